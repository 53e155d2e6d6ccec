"""Acceptance of the respondent's site: what is forged is refused, what is asked can be answered by everybody."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.acceptance.field_forgeries import Fields, of_any_page, of_page
from tests.acceptance.field_requests import requests_to
from tests.fieldwork.site.kinds import FILES, WITH_CONSENT
from tests.fieldwork.site.random_sites import fuzzed, site_of, spoiled
from tests.fieldwork.site.visitor import FORM, KEYS, Answer, Site, fields_of, fill, open_site, walk
from tests.strategies import questionnaires

from posad.core.reading.csvs import harmless
from posad.fieldwork.links import Keys, Purpose, sign
from posad.study.questionnaire.values import Questionnaire
from posad.study.rules import judge, settle

Study = Callable[[dict[str, str]], Path]
LIKE = {"like": ["1"]}  # puts the question behind it too


@pytest.fixture
def site(study_of: Study, tmp_path: Path) -> Iterator[Site]:
    """Return the site of the study of all kinds."""
    opened = open_site(study_of(FILES), tmp_path / "ledger.sqlite")
    yield opened
    opened.close()


def everything(site: Site) -> list[tuple[object, ...]]:
    """Return all pages and interviews of the ledger as they stand."""
    with site.ledger.reading() as tx:
        return [*tx.all("SELECT * FROM page ORDER BY seq"), *tx.all("SELECT id, status, revision FROM interview")]


def refused(site: Site, before: list[tuple[object, ...]], answer: Answer, kind: str) -> None:
    """Hold that a request was answered in order and left the ledger as it was."""
    assert answer.code in (200, 303, 400, 403, 404, 405, 409, 413, 415, 422), (kind, answer.code)
    assert everything(site) == before, kind
    assert "Traceback" not in answer.text, kind


def test_6d_forged_posts(site: Site) -> None:
    """Of over 200 kinds of forged posts, made from every kind of question, none is accepted and none crashes the site."""
    root, met = site.begin(), set[str]()
    pages = site.desk.edition.rules.pages
    changed: dict[str, Fields] = {"like": LIKE, "used": {"used": ["1", "3"]}}
    draw = random.Random(6)
    url, shown = site.follow(site.get(root))
    while "/_end" not in url:
        page = site.page(url)
        token = fields_of(shown.text)["_token"]
        honest = {"_token": token, "_in": ["ru"], "_go": ["next"], **fill(page, draw), **changed.get(page.id, {})}
        before = everything(site)
        for forgery in (*of_page(page), *of_any_page(pages, page)):
            answer = site.post(url, forgery.change(dict(honest)))
            assert answer.code != 303, forgery.kind
            refused(site, before, answer, forgery.kind)
            met.add(forgery.kind)
        for other in pages:  # pages not come to yet, hidden ones, turns of answers not chosen
            if other.number > page.number:
                refused(site, before, site.post(f"{root}/{other.id}", {**honest, **fill(other, draw)}), other.id)
                met.add(f"a page not come to: {other.parts[0].question.kind}")
        answered = site.post(url, honest)
        assert answered.code == 303, answered.text  # the honest post, after all of them
        url, shown = site.follow(answered)
    assert site.interview(site.id_of(root)).status == "complete"
    assert len(met) >= 200, sorted(met)


def test_6d_forged_requests(site: Site) -> None:
    """Methods, origins, types, sizes, links and pages made wrong around an honest post change nothing and crash nothing."""
    root = site.begin()
    url, shown = site.follow(site.get(root))
    fields = {**fields_of(shown.text), "_go": ["next"], "age": ["40"]}
    body = urlencode([(k, v) for k, values in fields.items() for v in values]).encode()
    before, kinds = everything(site), set[str]()
    for sent in requests_to(root, url, body):
        refused(site, before, site.ask(sent.method, sent.url, sent.body, sent.headers), sent.kind)
        kinds.add(sent.kind)

    assert len(kinds) >= 60
    assert site.ask("POST", url, body, [("content-type", FORM)]).code == 303
    again = everything(site)
    replayed = site.ask("POST", url, body, [("content-type", FORM)])
    assert (replayed.code, everything(site)) == (303, again)  # sent twice, kept once


def test_6d_one_answer_for_all_that_is_not_there(site: Site) -> None:
    """Unknown, foreign, expired and changed links, panels and invitations get the same page, byte for byte, and headers."""
    real = site.begin()
    link = real.rpartition("/")[2]
    dead = [
        f"/i/{'A' * 54}",
        f"/i/{link[:-1]}A" if link[-1] != "A" else f"/i/{link[:-1]}B",
        f"/i/{sign(KEYS, Purpose.INTERVIEW, 'f' * 32)}",
        f"/i/{sign(KEYS, Purpose.INTERVIEW, 'f' * 32, 60)}/age",
        f"/i/{sign(Keys('other', KEYS.secrets), Purpose.INTERVIEW, 'f' * 32)}/_withdraw",
        f"/v/{sign(KEYS, Purpose.INTERVIEW, 'f' * 32)}",
        "/v/nobody",
        "/p/nobody?id=1",
        "/nowhere",
        "/static/../app.py",
        "/static/..%2f..%2fapp.py",
        "/static/style.css",
        "/i/..",
        "/.env",
        "/%00",
    ]
    answers = [site.get(url) for url in dead]

    assert {a.code for a in answers} == {404}
    assert len({(a.body, tuple(sorted(a.headers.items()))) for a in answers}) == 1


def test_6d_tickets_and_consent(study_of: Study, tmp_path: Path) -> None:
    """An interview begins only with a ticket of ours, once; without consent to the document that was shown it does not go on."""
    site = open_site(study_of(WITH_CONSENT), tmp_path / "consent.sqlite")
    first = site.get("/")
    ticket = fields_of(first.text)["_token"][0]
    forged = [
        "",
        "x" * 59,
        ticket[:-1] + ("A" if ticket[-1] != "A" else "B"),
        sign(KEYS, Purpose.START, "0" * 32, 60),
        sign(KEYS, Purpose.INTERVIEW, "0" * 32),
        sign(Keys("other", KEYS.secrets), Purpose.START, "0" * 32),
    ]
    for one in forged:
        assert site.post("/", {"_token": [one], "_go": ["start"]}).code == 403
    assert site.post("/", {"_token": [ticket, ticket]}).code == 403
    begun = [site.post("/", {"_token": [ticket], "_go": ["start"]}) for _ in range(3)]
    assert len({a.to for a in begun}) == 1
    assert len(everything(site)) == 1

    root = begun[0].to
    url, page = site.follow(begun[0])
    assert url == f"{root}/_consent"
    before, honest = everything(site), fields_of(page.text)
    for fields in (
        {**honest, "_go": ["yes"], "_token": ["0.AAAAAAAAAAAAAAAAAAAAAA"]},
        {**honest, "_go": ["yes"], "_version": ["000000000000"]},
        {**honest, "_go": ["yes"], "_version": []},
        {**honest, "_go": ["no"]},
        {**honest, "_go": ["maybe"]},
        honest,
    ):
        refused(site, before, site.post(url, fields), str(fields))
    refused(site, before, site.post(f"{root}/age", {**honest, "age": ["30"]}), "a page before consent")
    assert site.post(url, {**honest, "_go": ["yes"]}).code == 303
    consent = site.desk.consent
    assert consent is not None
    assert site.saved(site.id_of(root)) == {"_consent": consent.version}
    for wrong in ({}, {"_go": ["yes"]}, {"_go": ["yes"], "_token": honest["_token"]}):
        assert site.post(f"{root}/_withdraw", wrong).code == 403
    site.close()


def test_6d_sessions_and_logs(site: Site, capfd: pytest.CaptureFixture[str]) -> None:
    """No cookie is set or believed, so no session can be fixed; nothing that is sent is written to a log."""
    evil = "session=fixed; id=1\r\nX: 1"
    answers = [
        site.ask("GET", "/", headers=[("cookie", evil.replace("\r\n", " ")), ("user-agent", "\x1b[31mevil\nline")])
    ]
    root = site.begin()
    answers.append(
        site.ask("GET", f"{root}/age?lang=\x1b[31m%0d%0aSet-Cookie:a=b", headers=[("x-forwarded-for", "\nevil")])
    )
    answers.append(site.post(f"{root}/age", {"_token": ["\nERROR forged line"], "age\n": ["1"]}))
    answers.append(
        site.ask("GET", "/", headers=[("host-override", "evil.example"), ("x-forwarded-host", "evil.example")])
    )

    assert all("set-cookie" not in a.headers for a in answers)
    assert all("evil" not in a.text for a in answers)
    assert capfd.readouterr() == ("", "")
    assert "evil" not in str(everything(site))


@pytest.mark.parametrize(
    "formula", ["=1+1", "+1+1", "-2+3", "@SUM(1)", "=cmd|' /C calc'!A0", "\t=1", '=HYPERLINK("http://evil")']
)
def test_6d_formulas_are_kept_as_words(site: Site, formula: str) -> None:
    """What looks like a formula is kept as typed, shown escaped, and is no formula in the files that leave the house."""
    root = site.begin()
    for step in walk(site, root, random.Random(3), {"comment": {"comment": [formula]}}):
        last = step.url
    kept = site.saved(site.id_of(root))["comment"]

    assert kept == formula.strip()
    assert harmless(str(kept))[0] not in "=+-@\t"
    assert "comment" in last


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
@given(questionnaires(languages=("ru",)), st.randoms(use_true_random=False))
def test_6d_the_site_accepts_what_the_rules_call_valid(made: Questionnaire, draw: random.Random) -> None:
    """On random questionnaires and answers, right and wrong, a post is taken exactly when the rules take it, and kept as they say."""
    with site_of(made) as site:
        rules = site.desk.edition.rules
        root = site.begin()
        id = site.id_of(root)
        url, shown = site.follow(site.get(root))
        for _ in range(20):
            if "/_end" in url:
                break
            page = site.page(url)
            own = {n: v for n, v in fields_of(shown.text).items() if n in ("_token", "_in")}
            posted = spoiled(fill(page, draw), draw)
            held = settle(rules, site.saved(id), id)
            judged = judge(rules, page, posted, held, id)
            rows = len(site.rows(id))
            answered = site.post(url, {**own, **posted, "_go": ["next"]})
            assert (answered.code == 303) is judged.accepted, (answered.code, posted, judged.refusals)
            kept = site.rows(id)[rows:]
            assert [dict(row.answers) for row in kept] == ([dict(judged.answers)] if judged.accepted else [])
            if judged.accepted:
                url, shown = site.follow(answered)


def test_6d_json_addresses_bear_anything(site: Site) -> None:
    """Every JSON address answers thousands of made-up requests as its description says, and never with an error of its own."""
    found = fuzzed(site)

    assert found.requests >= 100
    assert found.failures == []
