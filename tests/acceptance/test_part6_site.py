"""Acceptance of the respondent's site: what is forged is refused, what is asked can be answered by everybody."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tests.acceptance.field_forgeries import Fields, of_any_page, of_page
from tests.fieldwork.site.kinds import FILES
from tests.fieldwork.site.visitor import Answer, Site, fields_of, fill, open_site

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
