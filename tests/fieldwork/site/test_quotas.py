"""Quotas at the site: places taken when the answers say where, people beyond them sent away, blocks given to the least full."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from tests.fieldwork.site.kinds import FILES
from tests.fieldwork.site.visitor import Fields, Site, open_site, walk

from posad.fieldwork.values import Status

Study = Callable[[dict[str, str]], Path]
QUOTAS = """\
total: 6
groups:
  age:
    young: age < 40
    old: age >= 40
quotas:
  ages:
    by: [age]
    targets: {young: 2, old: 4}
"""
BLOCKS = """\
blocks:
  concept:
    item: like
"""


def interview(site: Site, draw: random.Random, age: str) -> tuple[Status, list[str]]:
    """Go through an interview and return how it ended and the pages met."""
    root = site.begin()
    changed: dict[str, Fields] = {"age": {"age": [age]}}
    met = [s.url.rpartition("/")[2] for s in walk(site, root, draw, changed)]
    return site.interview(site.id_of(root)).status, met


def test_nobody_is_asked_beyond_a_quota(study_of: Study, tmp_path: Path) -> None:
    """Of ten young and ten old respondents two and four finish; the others leave right after the question that tells."""
    site = open_site(study_of({**FILES, "field.yaml": QUOTAS}), tmp_path / "ledger")
    draw = random.Random(1)
    ended = [(age, *interview(site, draw, age)) for age in ["25", "60"] * 10]
    counted = Counter((age, status) for age, status, _ in ended)

    assert counted[("25", Status.COMPLETE)] == 2
    assert counted[("60", Status.COMPLETE)] == 4
    assert counted[("25", Status.OVER_QUOTA)] + counted[("60", Status.OVER_QUOTA)] == 14
    assert {tuple(met) for _, status, met in ended if status is Status.OVER_QUOTA} == {("age",)}
    site.close()


def test_blocks_are_given_evenly_and_never_shown(study_of: Study, tmp_path: Path) -> None:
    """The question of a block is on no page and cannot be posted; its answers are given to the least full."""
    site = open_site(study_of({**FILES, "field.yaml": BLOCKS}), tmp_path / "ledger")
    draw = random.Random(2)
    given = Counter[object]()
    for _ in range(14):
        root = site.begin()
        met = list(walk(site, root, draw))
        id = site.id_of(root)
        assert site.interview(id).status is Status.COMPLETE
        assert all('name="like"' not in s.shown.text for s in met)
        given[site.saved(id)["like"]] += 1
    assert sorted(given.values()) == [2] * 7
    site.close()


def test_the_total_is_hard_for_those_of_no_known_group(study_of: Study, tmp_path: Path) -> None:
    """Whoever passes the question of a quota over counts in the total, and is sent away when that is full."""
    skipping = {
        name: FILES[name].replace("; screen out", "; optional; screen out") for name in ("questionnaire.en.md",)
    }
    skipping["questionnaire.md"] = FILES["questionnaire.md"].replace("; отсев", "; необязательный; отсев")
    field = QUOTAS.replace("total: 6", "total: 3")
    site = open_site(study_of({**FILES, **skipping, "field.yaml": field}), tmp_path / "ledger")
    draw = random.Random(3)
    ended = [interview(site, draw, "")[0] for _ in range(5)]

    assert Counter(ended) == {Status.COMPLETE: 3, Status.OVER_QUOTA: 2}
    site.close()
