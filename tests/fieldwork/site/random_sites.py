"""Sites of questionnaires made at random, answers spoiled at random, and requests made up from a description."""

from __future__ import annotations

import random
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import requests
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis.core.result import Ok
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from tests.fieldwork.site.visitor import HOST, KEYS, Fields, Site
from tests.strategies import scope_of_items

from posad.fieldwork.ledger import open_ledger
from posad.fieldwork.site.app import make_app
from posad.fieldwork.site.desk import Desk, Edition
from posad.fieldwork.site.handlers.plain import openapi
from posad.fieldwork.site.places import Finder
from posad.study.plans.values import Study
from posad.study.questionnaire.values import Questionnaire
from posad.study.rules import make_rules

CHECKS = [
    schemathesis.checks.not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]


@contextmanager
def site_of(made: Questionnaire) -> Iterator[Site]:
    """Serve a questionnaire that stands in no folder."""
    study = Study("", made.title, made.title, made.languages, made)
    edition = Edition("1", make_rules(made, scope_of_items(made.items())), made.languages, made.title.get)
    with tempfile.TemporaryDirectory() as place, open_ledger(Path(place) / "ledger", "town") as ledger:
        desk = Desk(study, ledger, KEYS, edition, lambda id, tx: None, Finder())
        site = Site(desk, ledger, make_app(desk))
        with site.runner:
            yield site


def spoiled(fields: Fields, draw: random.Random) -> Fields:
    """Return a form as it is, or with something wrong in it (which some rules may still allow)."""
    names = list(fields)
    if draw.random() < 0.5 or not names:
        return fields
    name = draw.choice(names)
    values = fields[name]
    match draw.randrange(9):
        case 0:
            return {n: v for n, v in fields.items() if n != name}
        case 1:
            return {**fields, name: [*values, *values]}
        case 2:
            return {**fields, name: ["9999"]}
        case 3:
            return {**fields, name: [draw.choice(["", " ", "-5", "1e9", "1,5", "ё", "\x00", "0"])]}
        case 4:
            return {**fields, f"{name}__96__text": ["words"]}
        case 5:
            return {**fields, "stranger": ["1"]}
        case 6:
            return {**fields, name: [f" {v} " for v in values]}
        case 7:
            return {**fields, name: [*values, draw.choice(["0", "1", "97"])]}
        case _:
            other = draw.choice(names)
            return {**fields, name: fields[other]}


@dataclass
class Fuzzed:
    """What came of made-up requests."""

    requests: int = 0
    failures: list[str] = field(default_factory=list)


def fuzzed(site: Site, examples: int = 80) -> Fuzzed:
    """Send requests made from the description of the JSON addresses, then wild ones, and hold the answers to it."""
    found = Fuzzed()
    schema = schemathesis.openapi.from_dict(openapi(""))
    for result in schema.get_all_operations():
        assert isinstance(result, Ok)
        operation = result.ok()
        _sent(site, found, operation.as_strategy(), examples)
        wild = st.dictionaries(st.text(max_size=8), st.text(max_size=200), max_size=3)
        _sent(site, found, wild.map(lambda query, at=operation: at.Case(query=query)), examples)  # type: ignore[misc]
    return found


def _sent(site: Site, found: Fuzzed, cases: st.SearchStrategy[schemathesis.Case[Any]], examples: int) -> None:
    @settings(max_examples=examples, suppress_health_check=list(HealthCheck))
    @given(case=cases)
    def send(case: schemathesis.Case[Any]) -> None:
        query = urlencode(case.query or {}, doseq=True, quote_via=quote, errors="surrogatepass")
        answer = site.ask("GET", f"{case.formatted_path}?{query}")
        sent = requests.Request("GET", f"https://{HOST}{case.formatted_path}").prepare()
        headers = {name: [value] for name, value in answer.headers.items()}
        response = schemathesis.Response(answer.code, headers, answer.body, sent, 0.1, True)
        found.requests += 1
        try:
            case.validate_response(response, checks=CHECKS)
        except AssertionError as error:
            found.failures.append(f"{case.formatted_path} {query}: {error}")

    send()
