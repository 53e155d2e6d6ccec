"""The projection against Snyder's own numbers, classes and tiles against those counted by hand, lines that stay near."""

from __future__ import annotations

import itertools
from math import hypot, pi, radians, sin

import pytest
from hypothesis import given
from hypothesis import strategies as st

from posad.territory.maps.breaks import Classes, make_classes
from posad.territory.maps.projection import KNOWN, RADIUS, Albers, projection_for, run_on
from posad.territory.maps.thinning import thin
from posad.territory.maps.tiles import tiles

values = st.lists(st.floats(-1e6, 1e6).map(lambda v: round(v, 3)), min_size=1, max_size=40)


def test_the_projection_equals_the_published_example() -> None:
    """Snyder, page 291: parallels 29.5 and 45.5, origin 23 N 96 W, sphere of radius 1: 35 N 75 W lies at 0.2952720, 0.2416774."""
    x, y = Albers(-96, 23, 29.5, 45.5).forward(-75, 35)

    assert (round(x / RADIUS, 7), round(y / RADIUS, 7)) == (0.2952720, 0.2416774)


@given(st.floats(-60, 260), st.floats(-60, 89))
def test_there_and_back(longitude: float, latitude: float) -> None:
    """A place on the plane leads back to its degrees."""
    back = KNOWN["RU"].inverse(*KNOWN["RU"].forward(longitude, latitude))

    assert back == pytest.approx((longitude, latitude), abs=1e-7)


def test_standard_parallels_keep_length() -> None:
    """One degree along a standard parallel is as long on the plane as on the sphere."""
    russia = KNOWN["RU"]
    for latitude in (52.0, 64.0):
        (x1, y1), (x2, y2) = russia.forward(100, latitude), russia.forward(100.001, latitude)

        assert hypot(x2 - x1, y2 - y1) == pytest.approx(RADIUS * pi / 180e3 * sin(radians(90 - latitude)), rel=1e-6)


def test_a_country_across_the_equator_has_a_cone() -> None:
    """Parallels that would cancel out are moved apart, and places still lead there and back."""
    found = projection_for("", [(100, -10), (140, 10)])

    assert abs(found.cone) > 1e-3
    assert found.inverse(*found.forward(120, 4)) == pytest.approx((120, 4))


def test_longitudes_run_on_beyond_the_date_line() -> None:
    """West of the date line Chukotka lies beyond 180."""
    assert run_on(-169.7) == pytest.approx(190.3)


def test_quantiles_hold_equal_numbers() -> None:
    """Eight values in four classes are two in each; equal values are never parted."""
    classes = make_classes([8, 1, 2, 7, 3, 6, 4, 5], "quantile", 4)

    assert [classes.of(v) for v in range(1, 9)] == [0, 0, 1, 1, 2, 2, 3, 3]
    assert make_classes([1, 1, 1, 1, 2], "quantile", 5).bounds == (1, 2)


def test_jenks_parts_where_the_gaps_are() -> None:
    """Three heaps are three classes, whatever their sizes."""
    classes = make_classes([1, 2, 2, 50, 51, 900], "jenks", 3)

    assert [classes.of(v) for v in (1, 2, 50, 51, 900)] == [0, 0, 1, 1, 2]


def test_pretty_bounds_are_round() -> None:
    """From 3 to 47 in at most five classes: steps of ten."""
    assert make_classes([3, 12, 20, 33, 47], "pretty", 5).bounds == (0, 10, 20, 30, 40, 50)


@given(values, st.sampled_from(["quantile", "jenks", "pretty"]), st.integers(2, 5))
def test_every_value_is_in_a_class(numbers: list[float], way: str, most: int) -> None:
    """No more classes than asked, in order, and every value between the bounds of its own."""
    classes = make_classes(numbers, way, most)  # type: ignore[arg-type]

    assert len(classes) <= most
    assert list(classes.bounds) == sorted(classes.bounds)
    for value in numbers:
        k = classes.of(value)
        assert classes.bounds[k] <= value + 1e-9
        assert value <= classes.bounds[min(k + 1, len(classes.bounds) - 1)] + 1e-9


def test_no_values_no_classes() -> None:
    """Nothing is classed, and asking for a class does no harm."""
    assert len(make_classes([])) == 0
    assert Classes(()).of(1) == 0


@given(st.lists(st.tuples(st.floats(-50, 50), st.floats(-50, 50)), min_size=2, max_size=60), st.floats(0.1, 20))
def test_a_thinned_line_stays_near(line: list[tuple[float, float]], near: float) -> None:
    """The ends stay, and every point left out lies within the distance of the line that is drawn."""
    kept = thin(line, near)

    assert (kept[0], kept[-1]) == (0, len(line) - 1)
    for first, last in itertools.pairwise(kept):
        (x1, y1), (x2, y2) = line[first], line[last]
        long = hypot(x2 - x1, y2 - y1) ** 2
        for x, y in line[first + 1 : last]:
            along = min(max(((x - x1) * (x2 - x1) + (y - y1) * (y2 - y1)) / long, 0.0), 1.0) if long else 0.0
            assert hypot(x - x1 - along * (x2 - x1), y - y1 - along * (y2 - y1)) <= near + 1e-6


def test_a_small_island_stays_a_shape() -> None:
    """A closed line never becomes a stroke: it keeps four points."""
    island = [(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0), (0.0, 0.0)]

    assert len(thin(island, 100)) == 4


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), min_size=1, max_size=30))
def test_every_area_has_a_square_of_its_own(places: list[tuple[int, int]]) -> None:
    """No two areas share a square, whatever lies on top of what."""
    made = tiles({str(n): p for n, p in enumerate(places)})

    assert len(set(made.values())) == len(made) == len(places)


def test_tiles_keep_their_sides() -> None:
    """Four corners of a country stay corners."""
    made = tiles({"nw": (0, 9), "ne": (9, 9), "sw": (0, 0), "se": (9, 0)}, shape=1)

    assert made == {"nw": (0, 0), "ne": (1, 0), "sw": (0, 1), "se": (1, 1)}
