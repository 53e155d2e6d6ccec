"""The way through an interview: pages, saving, going back, two windows, resuming, consent, withdrawal, versions."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tests.fieldwork.site.kinds import FILES
from tests.fieldwork.site.visitor import Fields, Site, fields_of, open_site, walk

from posad.fieldwork.values import Status

Study = Callable[[dict[str, str]], Path]


@pytest.fixture
def site(study_of: Study, tmp_path: Path) -> Iterator[Site]:
    """Return the site of the study of all kinds."""
    opened = open_site(study_of(FILES), tmp_path / "ledger.sqlite")
    yield opened
    opened.close()


def step(site: Site, root: str, answers: Fields) -> str:
    """Answer the page the interview has come to and return the next address."""
    url, page = site.follow(site.get(root))
    answered = site.post(url, {**fields_of(page.text), "_go": ["next"], **answers})
    assert answered.code == 303, answered.text
    return answered.to


def test_an_interview_goes_through_every_kind(site: Site) -> None:
    """A walk in order meets every page once, keeps every column of every question put, and ends complete."""
    root = site.begin()
    met = [s.url.rpartition("/")[2] for s in walk(site, root, random.Random(1), {"used": {"used": ["1", "3"]}})]
    id = site.id_of(root)

    assert site.interview(id).status is Status.COMPLETE
    assert [row.page for row in site.rows(id)] == met
    assert [m for m in met if m.startswith("often")] == ["often.used_1", "often.used_3"]
    kept = site.saved(id)
    put = [p for p in site.desk.edition.rules.pages if p.id in met]
    why = "why"
    assert {c for p in put for part in p.parts for c in part.columns if not c.startswith(why)} <= set(kept)
    assert site.get(root).to.endswith("/_end")
    assert "Спасибо" in site.get(f"{root}/_end").text
