"""Linear programming in whole numbers: small dense problems solved exactly.

The tableau holds Python integers and is turned by Edmonds' rule, which keeps every entry whole (each division is exact), so that
"impossible" never hangs on a rounding error. Bland's rule cannot cycle.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm
from typing import Any

import numpy as np
from numpy.typing import NDArray

Number = int | Fraction
Table = NDArray[np.object_]


@dataclass(frozen=True, slots=True)
class Solution:
    """What a linear problem came to: the least value, or that nothing satisfies it (``value`` None), or that there is no least."""

    value: Fraction | None
    unbounded: bool = False


def least(
    objective: Sequence[Number],
    upper: Sequence[tuple[Sequence[Number], Number]] = (),
    equal: Sequence[tuple[Sequence[Number], Number]] = (),
) -> Solution:
    """Return the least value of a linear sum of numbers that are not negative.

    Args:
        objective: One coefficient for each number.
        upper: Conditions ``coefficients · x ≤ bound``.
        equal: Conditions ``coefficients · x = bound``.

    >>> least([1, 1], upper=[([-2, -1], -4), ([-1, -3], -6)]).value  # at (6/5, 8/5)
    Fraction(14, 5)
    """
    table, basis, count = _start(objective, upper, equal)
    real = table.shape[1] - 1 - count
    divisor, basis = _improve(table, basis, 1, real + count, -1)
    if table[-1, -1] != 0:
        return Solution(None)
    divisor = _drive_out(table, basis, divisor, real)
    divisor, basis = _improve(table, basis, divisor, real, -2)
    if divisor == 0:
        return Solution(None, True)
    scale = lcm(*(Fraction(c).denominator for c in objective)) if len(objective) else 1
    return Solution(Fraction(-table[-2, -1], divisor * scale))


def greatest(
    objective: Sequence[Number],
    upper: Sequence[tuple[Sequence[Number], Number]] = (),
    equal: Sequence[tuple[Sequence[Number], Number]] = (),
) -> Solution:
    """Return the greatest value of a linear sum; see :func:`least`."""
    found = least([-Fraction(c) for c in objective], upper, equal)
    return Solution(None if found.value is None else -found.value, found.unbounded)


def _start(
    objective: Sequence[Number],
    upper: Sequence[tuple[Sequence[Number], Number]],
    equal: Sequence[tuple[Sequence[Number], Number]],
) -> tuple[Table, list[int], int]:
    """Return the first tableau (the last two rows are the objective and the sum of artificial numbers), and its basis."""
    width, slacks = len(objective), len(upper)
    rows: list[list[int]] = []
    basis: list[int] = []
    artificial: list[int] = []
    for number, (coefficients, bound) in enumerate([*upper, *equal]):
        row = _whole([*coefficients, bound])
        slack = [int(number == i) for i in range(slacks)]
        sign = -1 if row[-1] < 0 else 1
        rows.append([sign * v for v in (*row[:-1], *slack, row[-1])])
        if number < slacks and sign == 1:
            basis.append(width + number)
        else:
            artificial.append(len(rows) - 1)
            basis.append(width + slacks + len(artificial) - 1)
    count = len(artificial)
    table: Table = np.zeros((len(rows) + 2, width + slacks + count + 1), dtype=object)
    for i, row in enumerate(rows):
        table[i, : width + slacks], table[i, -1] = row[:-1], row[-1]
    for n, i in enumerate(artificial):
        table[i, width + slacks + n] = 1
    table[-2, :width] = _whole(list(objective))
    for i in artificial:
        table[-1, : width + slacks] -= table[i, : width + slacks]
        table[-1, -1] -= table[i, -1]
    return table, basis, count


def _whole(values: Sequence[Number]) -> list[int]:
    """Return fractions times their common denominator."""
    exact = [Fraction(v) for v in values]
    scale = lcm(*(v.denominator for v in exact)) if exact else 1
    return [int(v * scale) for v in exact]


def _improve(table: Table, basis: list[int], divisor: int, width: int, goal: int) -> tuple[int, list[int]]:
    """Turn the tableau until the row ``goal`` has no negative cost; a divisor of 0 tells that there is no least value."""
    while True:
        entering = next((j for j in range(width) if table[goal, j] < 0), None)
        if entering is None:
            return divisor, basis
        leaving = _leaving(table, basis, entering)
        if leaving is None:
            return 0, basis
        divisor = _turn(table, leaving, entering, divisor)
        basis[leaving] = entering


def _leaving(table: Table, basis: Sequence[int], entering: int) -> int | None:
    best: tuple[Fraction, int] | None = None
    found = None
    for i in range(len(basis)):
        if table[i, entering] > 0:
            ratio = (Fraction(table[i, -1], table[i, entering]), basis[i])
            if best is None or ratio < best:
                best, found = ratio, i
    return found


def _turn(table: Table, row: int, column: int, divisor: int) -> int:
    """Pivot; every entry stays whole because the old divisor divides each two-by-two determinant."""
    pivot = table[row, column]
    kept = table[row].copy()
    outer: Any = np.outer(table[:, column], kept)
    table[:] = (table * pivot - outer) // divisor
    table[row] = kept
    return int(pivot)


def _drive_out(table: Table, basis: list[int], divisor: int, real: int) -> int:
    """Take artificial numbers out of the basis where a real one can stand for them; a row of zeros stays as it is."""
    for i, column in enumerate(basis):
        if column >= real:
            entering = next((j for j in range(real) if table[i, j] != 0), None)
            if entering is not None:
                if table[i, entering] < 0:
                    table[i] = -table[i]
                divisor = _turn(table, i, entering, divisor)
                basis[i] = entering
    return divisor
