"""Whole numbers of people out of exact shares: the method of largest remainders."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import TypeVar

K = TypeVar("K", bound=tuple[str, ...])


def largest_remainder(expected: Mapping[K, Fraction], total: int | None = None) -> dict[K, int]:
    """Round numbers to whole ones that keep their sum (Hamilton's method): everyone gets the whole part, the rest goes to the
    largest remainders, one each.

    Among equal remainders the larger number comes first, then the earlier name in the alphabet: the result does not depend on the
    order of cells. Arithmetic is exact, so equal remainders are equal.

    Args:
        expected: The exact number of each cell; none is negative.
        total: Their sum in whole people; the half-up rounded sum where None.

    Raises:
        ValueError: where the total is further from the sum of the numbers than remainders can bridge.

    >>> largest_remainder({("a",): Fraction(7, 2), ("b",): Fraction(5, 2), ("c",): Fraction(1)})
    {('a',): 4, ('b',): 2, ('c',): 1}
    """
    wanted = (2 * sum(expected.values()) + 1) // 2 if total is None else total
    whole = {cell: int(x) for cell, x in expected.items()}
    left = int(wanted) - sum(whole.values())
    if not 0 <= left <= len(whole):
        raise ValueError("the total is not the sum of the numbers")
    ranked = sorted(expected, key=lambda cell: (whole[cell] - expected[cell], -expected[cell], cell))
    for cell in ranked[:left]:
        whole[cell] += 1
    return whole


def scaled(weights: Mapping[K, Fraction], total: int) -> dict[K, Fraction]:
    """Return numbers in the ratio of weights that sum to a total; zeros where all weights are zero."""
    whole = sum(weights.values())
    return {cell: w * total / whole if whole else Fraction(0) for cell, w in weights.items()}
