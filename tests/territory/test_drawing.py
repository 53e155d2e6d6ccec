"""Drawing by size: chances that are exact over all starts, certain units, the same units from the same seed."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from posad.territory.sample.drawing import certainties, draw, start_of, systematic

SIZES = st.lists(st.integers(1, 40), min_size=2, max_size=10)


@given(SIZES, st.integers(1, 5))
def test_over_all_starts_every_unit_has_its_chance_exactly(sizes: list[int], n: int) -> None:
    """Of the X starts there are, exactly n·x hit a unit of size x, and each start hits n different units."""
    if n * max(sizes) > sum(sizes):
        return
    total = sum(sizes)
    draws = [systematic(sizes, n, start) for start in range(total)]
    hits = Counter(i for d in draws for i in d)

    assert all(len(set(d)) == n for d in draws)
    assert [hits[i] for i in range(len(sizes))] == [n * x for x in sizes]


def test_units_that_reach_the_step_are_certain_again_and_again() -> None:
    """Of 100, 50, 10, 10, 10 three are drawn: 100 is certain, then 50 among the rest, and one of the three tens by chance."""
    assert certainties([100, 50, 10, 10, 10], 3) == {0, 1}

    found = draw([100, 50, 10, 10, 10], 3, 7)
    assert [d.index for d in found][:2] == [0, 1]
    assert [(d.chance, d.certain) for d in found] == [(Fraction(1), True), (Fraction(1), True), (Fraction(1, 3), False)]


@given(SIZES, st.integers(0, 10**9), st.text(max_size=5))
def test_chances_of_all_units_sum_to_the_number_drawn(sizes: list[int], seed: int, name: str) -> None:
    """The chance of a certain unit is one, of any other its share of the rest; over all units they sum to n."""
    n = max(1, len(sizes) // 2)
    certain = certainties(sizes, n)
    rest = sum(x for i, x in enumerate(sizes) if i not in certain)
    chances = [Fraction(1) if i in certain else Fraction((n - len(certain)) * x, rest) for i, x in enumerate(sizes)]
    drawn = draw(sizes, n, seed, name)

    assert sum(chances) == n == len({d.index for d in drawn})
    assert all(d.chance == chances[d.index] <= 1 for d in drawn)
    assert drawn == draw(sizes, n, seed, name)


def test_the_start_is_that_of_sha_256() -> None:
    """The start is SHA-256 of ``seed/name`` as a number modulo the total, so anybody can check a draw."""
    import hashlib

    digest = hashlib.sha256(b"7/central/small").hexdigest()

    assert start_of(7, "central/small", 1000) == int(digest, 16) % 1000


def test_starts_spread_evenly() -> None:
    """Over 2,000 seeds each tenth of a line is hit about 200 times (within five standard errors)."""
    counts = Counter(start_of(seed, "list", 10) for seed in range(2000))

    assert all(abs(counts[i] - 200) < 5 * (2000 * 0.1 * 0.9) ** 0.5 for i in range(10))


def test_units_without_size_are_never_drawn() -> None:
    """A size of zero has no chance, and more than there are cannot be drawn."""
    assert [d.index for d in draw([0, 5, 0, 5], 2, 1)] == [1, 3]
    with pytest.raises(ValueError):
        draw([0, 5, 0, 5], 3, 1)
    with pytest.raises(ValueError):
        draw([-1, 5], 1, 1)
