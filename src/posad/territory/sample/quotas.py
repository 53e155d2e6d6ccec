"""Quota tables of any interlock, rounded so that they agree with the allocation and with one another."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from posad.study.frame.plan.values import Cell
from posad.territory.sample.rounding import largest_remainder
from posad.territory.sample.values import Allocation, Population, QuotaTable


def expected_cells(population: Population, allocation: Allocation) -> dict[Cell, Fraction]:
    """Return the interviews expected in each cell of everything interlocked: those of its stratum, by the make-up of the stratum."""
    at = [population.dims.index(d) for d in allocation.dims]
    inside: dict[Cell, Fraction] = {}
    for cell, n in population.cells.items():
        key = tuple(cell[i] for i in at)
        inside[key] = inside.get(key, Fraction(0)) + n
    found = {}
    for cell, n in population.cells.items():
        key = tuple(cell[i] for i in at)
        found[cell] = allocation.whole[key] * n / inside[key] if inside[key] else Fraction(0)
    return found


def quota_table(dims: tuple[str, ...], population: Population, allocation: Allocation) -> QuotaTable:
    """Return a table of quotas by largest remainders.

    Where the table contains every dimension of the allocation, it is rounded inside each stratum; else inside the groups of those it
    shares with the first steps of the allocation, whose totals are whole; else over all interviews.
    """
    if set(dims) == set(allocation.dims):  # the allocation itself, with the exact numbers behind it
        whole = project({c: Fraction(n) for c, n in allocation.whole.items()}, allocation.dims, dims)
        exact = project(allocation.exact, allocation.dims, dims)
        return QuotaTable(dims, allocation.dims, {c: int(n) for c, n in whole.items()}, exact)
    expected = project(expected_cells(population, allocation), population.dims, dims)
    held = _held(dims, allocation.dims)
    totals = project({c: Fraction(n) for c, n in allocation.whole.items()}, allocation.dims, held)
    at = [dims.index(d) for d in held]
    quota: dict[Cell, int] = {}
    for group, total in totals.items():
        inside = {c: x for c, x in expected.items() if tuple(c[i] for i in at) == group}
        quota |= largest_remainder(inside, int(total)) if inside else {}
    return QuotaTable(dims, held, {c: quota[c] for c in expected}, expected)


def _held(dims: tuple[str, ...], strata: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(d for d in strata if d in dims)


def project(cells: Mapping[Cell, Fraction], have: tuple[str, ...], want: tuple[str, ...]) -> dict[Cell, Fraction]:
    """Return cells summed to fewer dimensions, in the order asked for."""
    at = [have.index(d) for d in want]
    found: dict[Cell, Fraction] = {}
    for cell, n in cells.items():
        key = tuple(cell[i] for i in at)
        found[key] = found.get(key, Fraction(0)) + n
    return found
