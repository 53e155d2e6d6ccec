"""Quotas at the site: places taken when the answers say where, people beyond them sent away, blocks given to the least full."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from functools import partial
from pathlib import Path

from tests.fieldwork.site.kinds import FILES
from tests.fieldwork.site.visitor import Fields, Site, open_site, walk

from posad.fieldwork.ledger import reading
from posad.fieldwork.ledger.commands import Rebuild, Reject, Tick
from posad.fieldwork.site.desk import Settings
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


def test_people_beyond_a_soft_table_are_led_to_the_end(study_of: Study, tmp_path: Path) -> None:
    """Of ten young people two fill the cell, the others complete beyond it and count nowhere; the total stays hard."""
    soft = QUOTAS.replace("{young: 2, old: 4}", "{young: 2, old: 4}\n    over_quota: accept")
    site = open_site(study_of({**FILES, "field.yaml": soft + BLOCKS}), tmp_path / "ledger")
    draw = random.Random(4)
    young = [interview(site, draw, "25")[0] for _ in range(10)]
    with site.desk.ledger.reading() as tx:
        counts = {c.cell.id: (c.done, c.held) for c in reading.counts(tx)}
        extra = [i.extra for i in reading.interviews(tx)]
    assert Counter(young) == {Status.COMPLETE: 10}
    assert Counter(extra) == {False: 2, True: 8}
    assert (counts["total"], counts["ages:young"]) == ((2, 0), (2, 0))
    old = [interview(site, draw, "60")[0] for _ in range(6)]
    assert Counter(old) == {Status.COMPLETE: 4, Status.OVER_QUOTA: 2}, "the total is full: nobody more, soft or not"
    assert interview(site, draw, "25")[0] is Status.OVER_QUOTA
    assert site.desk.ledger.do(Rebuild(1_750_000_000.0)) == {}
    site.close()


def test_a_place_that_comes_free_is_taken_by_who_went_on_beyond(study_of: Study, tmp_path: Path) -> None:
    """Somebody led on beyond a full cell gets the place that a rejected interview leaves, and counts in it with their own block."""
    soft = f"over_quota: accept\n{QUOTAS}{BLOCKS}"
    site = open_site(study_of({**FILES, "field.yaml": soft}), tmp_path / "ledger")
    draw = random.Random(5)
    roots = []
    for _ in range(2):
        roots.append(site.begin())
        list(walk(site, roots[-1], draw, {"age": {"age": ["25"]}}))
    root = site.begin()
    steps = walk(site, root, draw, {"age": {"age": ["25"]}})
    for _ in range(3):
        next(steps)
    assert site.interview(site.id_of(root)).status is Status.STARTED
    site.desk.ledger.do(Reject(1_750_000_000.0, site.id_of(roots[0]), "anna", "speeder"))
    list(steps)
    found = site.interview(site.id_of(root))

    assert (found.status, found.extra) == (Status.COMPLETE, False)
    assert f"block:concept.{site.saved(found.id)['like']}" in found.cells
    assert site.desk.ledger.do(Rebuild(1_750_000_000.0)) == {}
    site.close()


def test_who_comes_back_late_goes_on_beyond_a_soft_table(study_of: Study, tmp_path: Path) -> None:
    """A place that lapsed and went to somebody else costs nobody the interview where the table accepts, but does where it closes."""
    ended = []
    for n, policy in enumerate(("accept", "close")):
        clock = [1_750_000_000.0]
        field = f"over_quota: {policy}\n{QUOTAS}".replace("young: 2, old: 4", "young: 1, old: 5")
        settings = Settings(clock=partial(clock.__getitem__, 0))
        site = open_site(study_of({**FILES, "field.yaml": field}), tmp_path / f"ledger{n}", settings)
        root = site.begin()
        steps = walk(site, root, random.Random(6), {"age": {"age": ["25"]}})
        for _ in range(2):
            next(steps)
        assert site.interview(site.id_of(root)).status is Status.HELD
        for _ in range(40):
            clock[0] += 60
            site.desk.ledger.do(Tick(clock[0]))
        assert interview(site, random.Random(7), "25")[0] is Status.COMPLETE
        list(steps)
        late = site.interview(site.id_of(root))
        ended.append((late.status, late.extra))
        assert site.desk.ledger.do(Rebuild(clock[0])) == {}
        site.close()
    assert ended == [(Status.COMPLETE, True), (Status.OVER_QUOTA, False)]
