"""Drawing with chances by size, systematically: towns of a frame, or the rows of any list.

Units whose size reaches the step are taken for certain, and the rest is drawn anew among the others (Hartley & Rao 1962; Särndal,
Swensson & Wretman 1992, §3.6.2). The list is laid out on a line, each unit as long as its size times the number to be drawn; points
stand one total apart from a start that the seed gives. In whole numbers, so that over all starts each unit is hit exactly n·x times:
the chance of every unit is exactly n·x/X. The order of the list spreads the sample over it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from fractions import Fraction

from posad.territory.sample.values import Drawn


def start_of(seed: int, name: str, total: int) -> int:
    """Return where the first point stands, from 0 up to a total: SHA-256 of the seed and the name of the stratum.

    The same on every computer, and no two strata of one seed share a start but by chance.

    >>> start_of(1, "central/small", 1000) == start_of(1, "central/small", 1000)
    True
    """
    digest = hashlib.sha256(f"{seed}/{name}".encode()).digest()
    return int.from_bytes(digest, "big") % total


def draw(sizes: Sequence[int], n: int, seed: int, name: str = "") -> tuple[Drawn, ...]:
    """Draw n units with chances proportional to their sizes, in the order of the list.

    Args:
        sizes: The size of each unit, whole and not negative; units of size 0 are never drawn.
        n: How many to draw.
        seed: Any whole number.
        name: The name of the list or stratum, so that several draws of one seed are independent.

    Raises:
        ValueError: where a size is negative or fewer than n units have one.
    """
    if any(x < 0 for x in sizes) or not 0 <= n <= sum(x > 0 for x in sizes):
        raise ValueError("there are not so many units to draw from")
    certain = certainties(sizes, n)
    rest = [(i, x) for i, x in enumerate(sizes) if i not in certain and x > 0]
    left = n - len(certain)
    found = [Drawn(i, Fraction(1), True) for i in certain]
    if left:
        total = sum(x for _, x in rest)
        chosen = systematic([x for _, x in rest], left, start_of(seed, name, total))
        found += [Drawn(rest[k][0], Fraction(left * rest[k][1], total), False) for k in chosen]
    return tuple(sorted(found, key=lambda d: d.index))


def certainties(sizes: Sequence[int], n: int) -> frozenset[int]:
    """Return the units taken for certain: those whose chance would be one or more, again and again among the rest."""
    certain: set[int] = set()
    while True:
        left = n - len(certain)
        total = sum(x for i, x in enumerate(sizes) if i not in certain)
        more = {i for i, x in enumerate(sizes) if i not in certain and x > 0 and left * x >= total}
        if not more or not left:
            return frozenset(certain)
        certain |= more


def systematic(sizes: Sequence[int], n: int, start: int) -> tuple[int, ...]:
    """Return the units hit by points ``start + k·X`` (k = 0 … n − 1) on the line where unit i is ``n·sizes[i]`` long.

    ``start`` is from 0 up to the total X of the sizes; no unit is longer than X, so none is hit twice.

    >>> systematic([1, 2, 3], 2, 0), systematic([1, 2, 3], 2, 5)
    ((0, 2), (1, 2))
    """
    total = sum(sizes)
    chosen = []
    end, unit = n * sizes[0], 0
    for k in range(n):
        point = start + k * total
        while point >= end:
            unit += 1
            end += n * sizes[unit]
        chosen.append(unit)
    return tuple(chosen)
