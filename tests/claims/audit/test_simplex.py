"""Linear programming in whole numbers, against corners tried one by one."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from posad.claims.audit.simplex import Solution, greatest, least

Row = tuple[list[int], int]
SMALL = st.integers(-4, 4)


def rows(count: int, width: int) -> st.SearchStrategy[list[Row]]:
    """Return conditions with small whole coefficients."""
    return st.lists(
        st.tuples(st.lists(SMALL, min_size=width, max_size=width), st.integers(-6, 9)), min_size=count, max_size=count
    )


def tried(objective: list[int], upper: list[Row], equal: list[Row]) -> float | None:
    """Return the least value over every corner, found by solving each choice of tight conditions."""
    width = len(objective)
    bounds = [*upper, *(([-int(i == j) for j in range(width)], 0) for i in range(width))]
    best: float | None = None
    for tight in combinations(bounds, width - len(equal)):
        chosen = [*tight, *equal]
        left = np.array([r for r, _ in chosen], dtype=float)
        if abs(np.linalg.det(left)) < 1e-9:
            continue
        point = np.linalg.solve(left, np.array([b for _, b in chosen], dtype=float))
        if all(np.dot(r, point) <= b + 1e-7 for r, b in bounds):
            value = float(np.dot(objective, point))
            best = value if best is None else min(best, value)
    return best


@settings(deadline=None, max_examples=150)
@given(st.lists(SMALL, min_size=3, max_size=3), rows(3, 3), rows(1, 3))
def test_least_is_the_least_of_all_corners(objective: list[int], upper: list[Row], equal: list[Row]) -> None:
    """In a bounded problem the least value is that of the best corner, and none where no corner is allowed."""
    upper = [*upper, ([1, 1, 1], 12)]
    expected = tried(objective, upper, [])
    found = least(objective, upper).value

    assert (found is None) == (expected is None)
    assert found is None or expected is None or abs(float(found) - expected) < 1e-6
    if np.linalg.matrix_rank(np.array([equal[0][0]])):
        tied, by_hand = least(objective, upper, equal).value, tried(objective, upper, equal)
        assert (tied is None) == (by_hand is None)
        assert tied is None or by_hand is None or abs(float(tied) - by_hand) < 1e-6


@given(st.integers(0, 100), st.integers(0, 100))
def test_two_shares_give_the_bounds_of_frechet(a: int, b: int) -> None:
    """Of two shares the joint one lies between max(0, a + b − 100) and the smaller of them."""
    equal = [([1, 1, 1, 1], 100), ([1, 1, 0, 0], a), ([1, 0, 1, 0], b)]

    assert least([1, 0, 0, 0], equal=equal).value == max(0, a + b - 100)
    assert greatest([1, 0, 0, 0], equal=equal).value == min(a, b)


def test_fractions_stay_exact() -> None:
    """A value in thirds comes out in thirds."""
    assert greatest([Fraction(1, 3), 1], [([1, 3], 1), ([3, 1], 1)]).value == Fraction(1, 3)
    assert least([1, 1], [([-2, -1], -4), ([-1, -3], -6)]).value == Fraction(14, 5)


def test_what_has_no_end_or_no_solution_is_told() -> None:
    """A sum that may grow for ever has no greatest value; conditions that exclude one another have none at all."""
    assert greatest([1]) == Solution(None, True)
    assert least([1], [([1], -1)]) == Solution(None)
    assert least([1, 1], equal=[([1, 1], 3), ([2, 2], 6)]).value == 3  # one condition said twice
    assert least([1, 1], equal=[([1, 1], 3), ([2, 2], 7)]).value is None


def test_a_degenerate_problem_ends() -> None:
    """Beale's example, on which the plain rule cycles for ever, ends at −1/20."""
    quarter, half, fiftieth = Fraction(1, 4), Fraction(1, 2), Fraction(1, 50)
    upper: list[tuple[list[Fraction | int], int]] = [
        ([quarter, -60, -Fraction(1, 25), 9], 0),
        ([half, -90, -fiftieth, 3], 0),
        ([0, 0, 1, 0], 1),
    ]

    assert least([-Fraction(3, 4), 150, -fiftieth, 6], upper).value == -Fraction(1, 20)
