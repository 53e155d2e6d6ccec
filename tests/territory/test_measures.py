"""Measures of gaps against numbers counted by hand, and what must hold of each whatever the territories."""

from __future__ import annotations

import math
from collections.abc import Callable
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from posad.territory.measures.convergence import beta, delta, gamma
from posad.territory.measures.patterns import type_pattern, whole_pattern
from posad.territory.measures.spreads import (
    Floats,
    gini,
    mean,
    quintile_ratio,
    sigma,
    sigma_log,
    value_range,
    variation,
    williamson,
)
from posad.territory.measures.theil import decompose_l, decompose_t, theil_l, theil_t

Y, PEOPLE, TYPES = [1.0, 2.0, 6.0], [5, 3, 2], ["a", "a", "b"]
MEAN = 2.3  # 0.5·1 + 0.3·2 + 0.2·6

amounts = st.integers(1, 10_000).map(lambda n: n / 100)
towns = st.lists(st.tuples(amounts, st.integers(1, 1000), st.sampled_from("abc")), min_size=1, max_size=30)
Town = tuple[float, int, str]


def exactly(value: Any) -> Any:
    """Return what equals a number, or each of several, to 1e-12."""
    return pytest.approx(value, abs=1e-12, rel=0)


def columns(drawn: list[Town]) -> tuple[Floats, list[int], list[str]]:
    """Return values, people and types of drawn towns."""
    return np.array([t[0] for t in drawn]), [t[1] for t in drawn], [t[2] for t in drawn]


def test_spreads_counted_by_hand() -> None:
    """Range, means, coefficients of variation and Gini of three towns equal fractions counted by hand."""
    assert value_range(Y) == 5
    assert mean(Y, PEOPLE) == exactly(2.3)
    assert williamson(Y, PEOPLE) == exactly(19 / 23)  # √(0.845 + 0.027 + 2.738) = 1.9
    assert variation(Y) == exactly(math.sqrt(14 / 3) / 3)  # (4 + 1 + 9)/3 around 3
    assert sigma(Y) == exactly(math.sqrt(14 / 3))
    assert gini(Y, PEOPLE) == exactly(89 / 230)  # (0.15·1 + 0.10·5 + 0.06·4)/2.3
    assert gini(Y) == exactly(10 / 27)  # (1 + 5 + 4)/9/3
    assert sigma_log([1.0, math.e, math.e**2]) == exactly(math.sqrt(2 / 3))


def test_fifths_cut_a_territory() -> None:
    """The bottom fifth of the people lies within the first town; the top one takes town 6 whole."""
    assert quintile_ratio(Y, PEOPLE) == exactly(6)
    # of ten people the lowest two: one at 1, one at 2; the highest two: one at 9, one at 4
    assert quintile_ratio([1.0, 2.0, 4.0, 9.0], [1, 4, 4, 1]) == exactly(6.5 / 1.5)


def test_theil_counted_by_hand() -> None:
    """Theil's T and L of three towns, and their parts between and within two types, equal sums written out by hand."""
    t = 0.5 / 2.3 * math.log(1 / 2.3) + 0.6 / 2.3 * math.log(2 / 2.3) + 1.2 / 2.3 * math.log(6 / 2.3)
    l_ = 0.5 * math.log(2.3) + 0.3 * math.log(1.15) + 0.2 * math.log(2.3 / 6)
    a = 1.1 / 0.8  # the mean of type a
    between_t = 1.1 / 2.3 * math.log(a / 2.3) + 1.2 / 2.3 * math.log(6 / 2.3)
    between_l = 0.8 * math.log(2.3 / a) + 0.2 * math.log(2.3 / 6)
    within_t = 1.1 / 2.3 * (5 / 11 * math.log(1 / a) + 6 / 11 * math.log(2 / a))
    within_l = 0.8 * (5 / 8 * math.log(a) + 3 / 8 * math.log(a / 2))

    made_t, made_l = decompose_t(Y, TYPES, PEOPLE), decompose_l(Y, TYPES, PEOPLE)

    assert theil_t(Y, PEOPLE) == exactly(t)
    assert theil_l(Y, PEOPLE) == exactly(l_)
    assert made_t is not None
    assert made_l is not None
    assert (made_t.total, made_t.between, made_t.within) == exactly((t, between_t, within_t))
    assert (made_l.total, made_l.between, made_l.within) == exactly((l_, between_l, within_l))
    assert dict(made_t.groups) == exactly({"a": within_t, "b": 0})
    assert made_t.between_share == exactly(between_t / t)


def test_beta_counted_by_hand() -> None:
    """Three towns at 1, e, e² that grow by 0.3, 0.2 and 0.2 a year over two years give slope -1/20 with error √(1/1200)."""
    first = np.exp([0.0, 1.0, 2.0])
    last = first * np.exp([0.6, 0.4, 0.4])

    made = beta(first, last, 2)

    assert made is not None
    assert made.slope == exactly(-1 / 20)
    assert made.intercept == exactly(17 / 60)
    assert made.error == exactly(math.sqrt(1 / 1200))
    assert made.r2 == exactly(3 / 4)
    assert made.speed == exactly(-math.log(0.9) / 2)
    assert made.half_life == pytest.approx(2 * math.log(2) / -math.log(0.9), rel=1e-12)
    # last levels 0.6, 1.4, 2.4: Σ dx dy = -0.26/3, Σ dx² = 4.88/3
    assert made.backward == exactly(float(Fraction(-13, 244)))
    assert not made.galton


def test_noise_is_called_noise() -> None:
    """Two towns that swap their places give a slope of convergence, the same spread, and the mark of Galton's fallacy."""
    made = beta([1.0, 2.0, 3.0, 4.0], [4.0, 2.0, 3.0, 1.0], 1)

    assert made is not None
    assert made.slope < 0 < made.backward
    assert made.spread_first == made.spread_last
    assert made.galton
    assert made.speed is None  # they overtook one another


def test_delta_and_gamma_counted_by_hand() -> None:
    """The mean distance from the best, and Kendall's index over two and three periods with changes of ranks and ties."""
    assert delta(Y, higher_is_better=True) == 3
    assert delta(Y, higher_is_better=False) == 2
    # ranks 1 2 3 and 2 1 3: sums 3 3 6, variance 2; of 2·(1 2 3): 8/3
    assert gamma([[1, 2, 3], [2, 1, 3]]) == exactly(0.75)
    # ranks 1 2 3, 1.5 1.5 3, 3 2 1: sums 5.5 5.5 7, variance 0.5; of 3·(1 2 3): 6
    assert gamma([[1, 2, 3], [5, 5, 6], [3, 2, 1]]) == exactly(1 / 12)
    assert gamma([[1, 2, 3], [3, 2, 1]]) == 0


@pytest.mark.parametrize(
    "measure",
    [mean, value_range, quintile_ratio, sigma, sigma_log, variation, gini, theil_t, theil_l],
)
def test_nothing_of_nothing(measure: Callable[[list[float]], float | None]) -> None:
    """No measure invents a number where there is no territory."""
    assert measure([]) is None


def test_what_is_not_defined() -> None:
    """A mean of zero, a negative value and a logarithm of zero have no relative measure; zero is no matter for T."""
    assert williamson([-1.0, 1.0], None) is None
    assert gini([-1.0, 2.0]) is None
    assert theil_l([0.0, 1.0]) is None
    assert theil_t([0.0, 1.0]) == exactly(math.log(2))
    assert beta([1.0, 1.0, 1.0], [1.0, 2.0, 3.0], 1) is None
    assert beta([1.0, 2.0], [1.0, 2.0], 1) is None
    with pytest.raises(ValueError, match="people"):
        gini([1.0, 2.0], [1, 0])


@given(towns)
def test_gini_is_the_sum_over_pairs(drawn: list[Town]) -> None:
    """The sorted form of Gini equals the double sum over all pairs of territories."""
    y, people, _ = columns(drawn)
    p = np.array(people) / sum(people)
    pairs = (p[:, None] * p[None, :] * np.abs(y[:, None] - y[None, :])).sum() / 2 / float(p @ y)

    assert gini(y, people) == pytest.approx(float(pairs), abs=1e-12)


@given(towns)
def test_parts_add_up(drawn: list[Town]) -> None:
    """Between and within types make the whole of Theil's T and L, and no part is negative."""
    y, people, types = columns(drawn)
    for made in (decompose_t(y, types, people), decompose_l(y, types, people)):
        assert made is not None
        assert made.between + made.within == pytest.approx(made.total, abs=1e-12)
        assert min(made.between, made.within, *(part for _, part in made.groups)) >= 0


@given(towns, st.sampled_from([0.5, 3.0, 1000.0]))
def test_scale_is_no_matter(drawn: list[Town], factor: float) -> None:
    """Relative measures are the same in roubles and in thousands of roubles; range and sigma grow with the unit."""
    y, people, _ = columns(drawn)
    for measure in (quintile_ratio, williamson, gini, theil_t, theil_l):
        assert measure(y * factor, people) == pytest.approx(measure(y, people), rel=1e-9, abs=1e-12)
    assert value_range(y * factor) == pytest.approx((value_range(y) or 0) * factor)
    assert sigma(y * factor) == pytest.approx((sigma(y) or 0) * factor)


@given(towns)
def test_twice_the_same_is_the_same(drawn: list[Town]) -> None:
    """A country beside its double has the same gaps; so has one whose every town is cut into two equal halves."""
    y, people, _ = columns(drawn)
    for measure in (quintile_ratio, williamson, gini, theil_t, theil_l):
        assert measure(np.tile(y, 2), people * 2) == pytest.approx(measure(y, people), rel=1e-9, abs=1e-12)
    assert variation(np.tile(y, 2)) == pytest.approx(variation(y), rel=1e-9, abs=1e-12)


@given(towns)
def test_a_gift_from_rich_to_poor_narrows(drawn: list[Town]) -> None:
    """Moving a little from the richest town to the poorest, per head, lowers Gini, Theil and the coefficient of variation."""
    y, people, _ = columns(drawn)
    low, high = int(y.argmin()), int(y.argmax())
    assume(y[high] - y[low] > 0.02)
    moved = y.copy()
    gift = (y[high] - y[low]) / 4 * min(people[low], people[high])
    moved[high] -= gift / people[high]
    moved[low] += gift / people[low]
    for measure in (williamson, gini, theil_t, theil_l):
        assert (measure(moved, people) or 0) < (measure(y, people) or 0)


@given(st.lists(st.lists(amounts, min_size=4, max_size=4), min_size=2, max_size=4))
def test_gamma_only_knows_ranks(table: list[list[float]]) -> None:
    """Kendall's index is the same after any growing change of the figures of a period, and never negative."""
    made = gamma(table)
    assert made == gamma([[math.exp(x / 50) for x in row] for row in table])
    assert made is None or made >= 0


@pytest.mark.parametrize(
    ("group", "everyone", "name"),
    [
        ((80, 95), (100, 110), "catching-up"),
        ((120, 122), (100, 110), "flattening"),
        ((120, 115), (100, 110), "inversion"),
        ((120, 140), (100, 110), "outperforming"),
        ((80, 85), (100, 110), "slower-pace"),
        ((80, 75), (100, 110), "diving"),
        ((120, 118), (100, 90), "defending-better"),
        ((120, 125), (100, 90), "escaping"),
        ((80, 60), (100, 90), "falling-away"),
        ((120, 105), (100, 90), "underperforming"),
        ((80, 85), (100, 90), "recovering"),
        ((80, 78), (100, 90), "reacting-better"),
        ((80, 90), (100, 110), "parallel"),
        ((90, 130), (100, 110), "crossing-up"),
        ((110, 90), (100, 100), "crossing-down"),
        ((100, 105), (100, 100), "other"),
    ],
)
def test_types_beside_all(group: tuple[float, float], everyone: tuple[float, float], name: str) -> None:
    """Each of the names is given to a move it describes, and to its mirror image where less is better."""
    assert type_pattern(group, everyone, higher_is_better=True) == name
    mirrored = ((-group[0], -group[1]), (-everyone[0], -everyone[1]))
    assert type_pattern(*mirrored, higher_is_better=False) == name


def test_names_of_the_whole() -> None:
    """Better and closer is upward convergence; worse and wider is downward divergence; a level that stays leaves half a name."""
    assert whole_pattern((5, 6), (2, 1), higher_is_better=True) == "upward-convergence"
    assert whole_pattern((5, 6), (1, 2), higher_is_better=False) == "downward-divergence"
    assert whole_pattern((5, 4), (1, 2), higher_is_better=False) == "upward-divergence"
    assert whole_pattern((5, 5), (2, 1), higher_is_better=True) == "convergence"
    assert whole_pattern((5, 6), (1, 1 + 1e-15), higher_is_better=True) == "improvement"
    assert whole_pattern((5, 5), (1, 1), higher_is_better=True) == "no-change"
