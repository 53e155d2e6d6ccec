"""Distances equal those of all pairs; classes and growth are those counted by hand on an invented line of towns."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.territory.country import CAPITAL, CITY, TOWNS, country, town

from posad.study.frame.plan.rules.position import default_position, read_position
from posad.territory.position.distances import kilometres, nearest, nearest_by_all_pairs, vectors
from posad.territory.position.placing import OUTSIDE, place_territories
from posad.territory.position.trends import by_class, by_distance

degrees_ = st.integers(-4, 4).map(lambda n: n * 45.0)
spots = st.tuples(
    st.one_of(degrees_.filter(lambda d: abs(d) <= 90), st.floats(-90, 90)), st.one_of(degrees_, st.floats(-180, 180))
)


@settings(deadline=None, max_examples=150)
@given(st.lists(spots, min_size=1, max_size=120), st.data())
def test_nearest_equals_all_pairs(points: list[tuple[float, float]], data: st.DataObject) -> None:
    """Whatever the points, with poles, the date line and points on top of one another, the nearest is that of all pairs."""
    globe = vectors([p[0] for p in points], [p[1] for p in points])
    chosen = data.draw(st.lists(st.integers(0, len(points) - 1), unique=True, max_size=100))
    own = np.full(len(points), -1, dtype=np.int64)
    own[chosen] = np.arange(len(chosen))

    who, chord = nearest(globe, globe[chosen], own)
    true_who, true_chord = nearest_by_all_pairs(globe, globe[chosen], own)

    assert np.array_equal(who, true_who)
    assert np.array_equal(chord, true_chord)


def test_nearest_of_many() -> None:
    """Six thousand askers among two thousand candidates, crowded in places, get the nearest of all pairs to the last bit."""
    drawn = np.random.default_rng(7)
    centres = drawn.uniform((-80, -180), (80, 180), (40, 2))
    points = centres[drawn.integers(0, 40, 6000)] + drawn.normal(0, 1.5, (6000, 2))
    globe = vectors(np.clip(points[:, 0], -90, 90), points[:, 1])
    own = np.concatenate([np.arange(2000), np.full(4000, -1)])

    who, chord = nearest(globe, globe[:2000], own)
    true_who, true_chord = nearest_by_all_pairs(globe, globe[:2000], own)

    assert np.array_equal(who, true_who)
    assert np.array_equal(chord, true_chord)
    assert not np.any(who[:2000] == np.arange(2000))


def test_distances_on_a_globe() -> None:
    """A quarter of the equator is 10,007.6 km, the way over the pole and over the 180° meridian no longer than it is."""
    a = vectors([0.0, 80.0, 0.0], [0.0, 0.0, 179.5])
    b = vectors([0.0, 80.0, 0.0], [90.0, 180.0, -179.5])

    assert kilometres(((a - b) ** 2).sum(axis=1)).tolist() == [10007.6, 2223.9, 111.2]


def test_classes_by_hand() -> None:
    """Each town gets the class its kilometres say, the two large ones none, and the distances name the right towns."""
    frame = country(TOWNS)
    made = place_territories(frame, default_position(frame))
    names = [None if c == OUTSIDE else made.plan.classes[c].id for c in made.classes]

    assert names == [None, None, "belt", "belt", "near", "far", "remote", "near"]
    assert made.nearest["km_250k"].km.tolist() == [400, 400, 40, 25, 90, 170, 300, 95]
    assert made.nearest["km_1m"].km.tolist() == [np.inf, 400, 40, 375, 90, 230, 700, 95]
    assert made.nearest["km_250k"].town.tolist() == [1, 0, 0, 1, 0, 1, 1, 0]
    assert made.nearest["km_larger"].km.tolist() == [np.inf, 400, 40, 25, 90, 170, 300, 95]
    assert made.problems == ()


def test_growth_by_hand() -> None:
    """Growth is that of sums over towns counted both times; a town without the first count is in the people only."""
    frame = country(TOWNS)
    made = place_territories(frame, default_position(frame))
    rows = {r.id: r for r in by_class(made)}

    assert (rows["belt"].territories, rows["belt"].people, rows["belt"].both) == (2, 90_000, 2)
    assert rows["belt"].change == pytest.approx(100 * 20 / 70)
    assert (rows["near"].territories, rows["near"].people, rows["near"].both) == (2, 30_000, 1)
    assert rows["near"].change == pytest.approx(-20)
    assert rows["near"].share == pytest.approx(3 / 21)
    assert (rows["all"].territories, rows["all"].people) == (6, 210_000)
    bands = {r.id: r.territories for r in by_distance(made, "km_250k")}
    assert bands == {"0-30": 1, "30-50": 1, "50-75": 0, "75-100": 2, "100-150": 0, "150-300": 1, "300+": 1, "all": 6}
    assert [r.label.get("en") for r in by_distance(made, "km_250k")][:2] == ["under 30 km", "from 30 to under 50 km"]


def test_printed_distance_decides() -> None:
    """A town at 100.046 km is printed and classed as at 100.0 km: near, and in the band that begins with 100."""
    frame = country([CAPITAL, town("edge", 100.046, 10_000, 10_000)])
    made = place_territories(frame, default_position(frame))

    assert made.nearest["km_250k"].km[1] == 100.0
    assert made.plan.classes[made.classes[1]].id == "near"
    assert {r.id: r.territories for r in by_distance(made, "km_250k")}["100-150"] == 1


def test_travel_stands_in(tmp_path: Path) -> None:
    """A time of travel replaces the distance it is said to lead to, and that is told; unsaid, it replaces nothing and that is told."""
    folder = tmp_path
    frame = country([CAPITAL, town("island", 20, 10_000, 10_000, travel=150)])

    plain = place_territories(frame, default_position(frame))
    assert [p.code for p in plain.problems] == ["position-travel-unused"]
    assert plain.nearest["km_250k"].km[1] == 20

    (folder / "frame").mkdir()
    (folder / "frame/position.yaml").write_text("travel: {to: km_250k, kmh: 50}\n", encoding="utf-8")
    plan, problems = read_position(folder, frame)
    assert (problems, plan is not None) == ([], True)
    assert plan is not None
    made = place_territories(frame, plan)
    assert [p.code for p in made.problems] == ["position-travel-used"]
    assert made.nearest["km_250k"].km[1] == 125  # 150 minutes at 50 km/h
    assert made.nearest["km_250k"].town[1] == -1


def test_no_coordinates_no_class() -> None:
    """A town without coordinates has no distance and no class, is named, and has a line of its own in the table."""
    frame = country([CAPITAL, CITY, town("lost", None, 10_000, 10_000)])
    made = place_territories(frame, default_position(frame))

    assert np.isnan(made.nearest["km_250k"].km[2])
    assert made.classes[2] == OUTSIDE
    assert [(p.code, p.facts["names"]) for p in made.problems] == [("position-no-coordinates", "Lost")]
    assert {r.id: r.territories for r in by_distance(made, "km_1m")}["unknown"] == 1


def test_unknown_size_has_no_larger_town() -> None:
    """Of a town whose people nobody counted it is not known which towns are larger, though others are near it all the same."""
    frame = country([CAPITAL, replace(town("uncounted", 10, 0), people={})])
    made = place_territories(frame, default_position(frame))

    assert np.isnan(made.nearest["km_larger"].km[1])
    assert made.nearest["km_1m"].km[1] == 10
    assert [(p.code, p.facts["count"]) for p in made.problems] == [("position-of-unknown", 1)]


def test_no_so_large_town() -> None:
    """Where nobody has a million people that distance is infinite and said to be so; the others still make classes."""
    frame = country([CITY, *(town(f"village{km}", 400 + km, 1_000, 1_000) for km in (10, 60, 150, 900))])
    made = place_territories(frame, default_position(frame))

    assert np.all(np.isinf(made.nearest["km_1m"].km))
    assert [made.plan.classes[c].id for c in made.classes[1:]] == ["belt", "near", "far", "remote"]
    assert {r.id: r.territories for r in by_distance(made, "km_1m")}["300+"] == 4
    assert [p.code for p in made.problems] == ["position-nobody-so-large"]


MISTAKES = """nearest: {km_big: 500000, people: 10, km_none: 0}
of: peple < 100000
classes:
  first: {label: Первый, else: true}
  second: {label: Второй, if: km_bigg < 10}
  third: {label: Третий}
travel: {to: km_bug}
trend: {from: people_2011, to: people_2021}
bands: [50, 30]
"""


def test_mistakes_in_the_settings(tmp_path: Path) -> None:
    """Every wrong name, number and rule of position.yaml is told at its line with the nearest right name."""
    folder = tmp_path
    (folder / "frame").mkdir()
    (folder / "frame/position.yaml").write_text(MISTAKES, encoding="utf-8")
    plan, problems = read_position(folder, country(TOWNS))

    assert plan is None
    told = sorted((p.place.line, p.code, str(p.facts.get("near", ""))) for p in problems)
    assert told == [
        (1, "rule-name-taken", ""),
        (1, "value-out-of-range", ""),
        (2, "rule-name-unknown", "people"),
        (4, "rule-else-last", ""),
        (5, "rule-name-unknown", "km_big"),
        (6, "rule-if-or-else", ""),
        (7, "rule-name-unknown", "km_big"),
        (8, "rule-name-unknown", "people_2021"),
        (9, "value-out-of-range", ""),
    ]
