"""Interviews shared out among strata: fixed, proportional, equal, square-root, power, Neyman; with a fewest and a most for each.

Proportional and Neyman allocation: Neyman (1934), Cochran (1977, §5.5); power allocation: Bankier (1988), here with equal
coefficients of variation, n_h ∝ N_h^q, of which the square root is q = 1/2. Where a stratum would get more than it has people or
fewer than its least, it gets just that, and the others share the rest in their ratio.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from posad.study.frame.plan.values import Cell, Level, SampleDesign
from posad.territory.sample.rounding import largest_remainder
from posad.territory.sample.values import Allocation, Infeasible, Population


def allocate(design: SampleDesign, population: Population) -> Allocation:
    """Share out the interviews of a plan, one step inside the cells of another.

    Args:
        design: The plan.
        population: How many people each stratum has.

    Returns:
        The interviews of each stratum, exact and whole; whole numbers keep the sum at every step.

    Raises:
        Infeasible: where the least numbers, or the people there are, leave no way to share the interviews out.
    """
    exact: dict[Cell, Fraction] = {(): Fraction(design.size)}
    whole: dict[Cell, int] = {(): design.size}
    depth = 0
    for level in design.levels:
        depth += len(level.by)
        people: dict[Cell, Fraction] = {}
        for cell, n in population.strata.items():
            people[cell[:depth]] = people.get(cell[:depth], Fraction(0)) + n
        parts: dict[Cell, Fraction] = {}
        rounded: dict[Cell, int] = {}
        for above, n_above in whole.items():
            inside = {c: p for c, p in people.items() if c[: len(above)] == above}
            most = inside if population.counted else dict.fromkeys(inside, Fraction(design.size))
            shared = share_out(weights_of(level, inside), n_above, level.least, most)
            rounded |= largest_remainder(shared, n_above)
            parts |= shared
        exact, whole = parts, rounded
    return Allocation(design.strata, exact, whole, dict(population.strata))


def weights_of(level: Level, people: Mapping[Cell, Fraction]) -> dict[Cell, Fraction]:
    """Return the ratio in which a rule shares interviews out among cells; empty cells get none."""
    size = len(level.by)

    def one(cell: Cell, n: Fraction) -> Fraction:
        own = cell[-size:]
        match level.rule:
            case _ if n == 0:
                return Fraction(0)
            case "fixed":
                return Fraction(str(level.shares[own]))
            case "equal":
                return Fraction(1)
            case "root":
                return Fraction(float(n) ** 0.5)
            case "power":
                return Fraction(float(n) ** level.exponent)
            case "neyman":
                return n * Fraction(str(level.spread[own]))
            case _:
                return n

    return {cell: one(cell, n) for cell, n in people.items()}


def share_out(
    weights: Mapping[Cell, Fraction], n: int, least: int, people: Mapping[Cell, Fraction]
) -> dict[Cell, Fraction]:
    """Return n shared out in the ratio of weights, no cell below ``least`` or above ``people``, the most it may have.

    The answer is t·w held between the two bounds, with the one t at which the cells sum to n; t is found exactly, because the sum
    is a broken line in it.

    Raises:
        Infeasible: where the bounds leave no such t.
    """
    high = {c: Fraction(int(people[c])) for c in weights}
    low = {c: min(Fraction(least if weights[c] else 0), high[c]) for c in weights}
    if not sum(low.values()) <= n <= sum(high.values()):
        raise Infeasible(n, int(sum(low.values())), int(sum(high.values())))

    def held(t: Fraction) -> dict[Cell, Fraction]:
        return {c: max(low[c], min(high[c], t * w)) for c, w in weights.items()}

    bends = sorted({bound[c] / w for c, w in weights.items() if w for bound in (low, high)} | {Fraction(0)})
    if sum(held(bends[-1]).values()) < n:  # cells of weight zero alone are left
        raise Infeasible(n, int(sum(low.values())), int(sum(held(bends[-1]).values())))
    first, last = 0, len(bends) - 1
    while first < last:  # the first bend at which the sum reaches n
        middle = (first + last) // 2
        first, last = (first, middle) if sum(held(bends[middle]).values()) >= n else (middle + 1, last)
    if first == 0:
        return held(bends[0])
    below, above = bends[first - 1], bends[first]
    under, over = sum(held(below).values()), sum(held(above).values())
    return held(below + (above - below) * (n - under) / (over - under))
