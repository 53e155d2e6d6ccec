"""Raking people who all weigh one beforehand: everything that depends on the joint level of the margins is done once for each level.

A million people have a few hundred joint levels. What the thorough way (``making``, ``calibration``) finds of them row by row, its
sums of whole numbers and its rounding to billionths, is found here from the number of people of each joint level, to the same bit.
Whatever is not plain (a missing or unknown code, an empty level, a target of zero, no convergence) is left to the thorough way, which
tells what is wrong.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from posad.kernel.weights.checks import ROUNDED
from posad.kernel.weights.making import assert_levels, described_by, indicators
from posad.kernel.weights.raking import Margins, rake_groups
from posad.kernel.weights.values import Calibration, Floats, MarginLevel
from posad.store.billionths import LARGEST
from posad.store.values import BILLION

MOST = 9_000_000  # people whose weights sum exactly in floating numbers
ROOM = 1 << 22  # joint levels, occupied or not
NEVER = -(1 << 40)  # what a code without a target adds to the number of a joint level


def rake_alike(levels: NDArray[np.int64], targets: Sequence[Mapping[int, float]]) -> Calibration | None:
    """Return the weights of people who weigh one each, as :func:`posad.kernel.weights.calibration.rake` makes them.

    Nothing is returned where something is out of the ordinary.
    """
    sizes = [len(t) for t in targets]
    room = int(np.prod(sizes, dtype=np.float64))
    plain = all(t and min(t.values()) > 0 and abs(sum(t.values()) - 1) <= ROUNDED for t in targets)
    if not targets or not plain or not 0 < len(levels) <= MOST or room > min(ROOM, max(1000, len(levels))):
        return None
    codes = np.asarray(levels, dtype=np.int64).reshape(len(levels), len(targets))
    joint = _joint_levels(codes, targets, sizes)
    if joint is None or joint.min() < 0:
        return None
    counts = np.bincount(joint, minlength=room)
    occupied = np.flatnonzero(counts)
    index = np.stack(np.unravel_index(occupied, sizes), axis=1).astype(np.int64)
    people = counts[occupied]
    if any(len(np.unique(index[:, m])) < size for m, size in enumerate(sizes)):
        return None
    shares = [np.array(list(t.values())) / sum(t.values()) for t in targets]
    before = people.astype(np.float64) * BILLION
    fit = rake_groups(before, Margins(index, shares))
    if not fit.converged:
        return None
    units = _in_billionths(BILLION * (fit.weights / before), people)
    if units is None:
        return None
    table = _table(index, people, units, targets, shares)
    assert_levels(table, int((people * units).sum()), len(levels))
    number = np.zeros(room, dtype=np.int64)
    number[occupied] = np.arange(len(occupied))
    weight = np.zeros(room, dtype=np.int64)
    weight[occupied] = units
    rows = (np.full(len(levels), BILLION, dtype=np.int64), weight.take(joint), number.take(joint))
    return described_by(rows, (units, people), indicators(index, shares), table, fit)


def _joint_levels(
    codes: NDArray[np.int64], targets: Sequence[Mapping[int, float]], sizes: Sequence[int]
) -> NDArray[np.int64] | None:
    """Return the number of each person's joint level, below zero where a code has no target."""
    joint = np.zeros(len(codes), dtype=np.int64)
    stride = int(np.prod(sizes))
    for m, target in enumerate(targets):
        stride //= sizes[m]
        # Codes below the smallest and above the largest known one are cut to places that are never.
        first = min(min(target) - 1, 0)
        if max(target) - first > 10_000:
            return None
        table = np.full(max(target) - first + 2, NEVER, dtype=np.int64)
        for level, code in enumerate(target):
            table[code - first] = level * stride
        column = codes[:, m] if first == 0 else codes[:, m] - first
        joint += table.take(column, mode="clip")
    return joint


def _in_billionths(after: Floats, people: NDArray[np.int64]) -> NDArray[np.int64] | None:
    """Return weights of mean one over all people in billionths; the mean is that of the exact sum."""
    total = sum((Fraction(a) * n for a, n in zip(after.tolist(), people.tolist(), strict=True)), Fraction())
    scaled = after / (float(total) / int(people.sum()))
    if scaled.max() * BILLION > LARGEST:
        return None
    return np.rint(scaled * BILLION).astype(np.int64)


def _table(
    index: NDArray[np.int64],
    people: NDArray[np.int64],
    units: NDArray[np.int64],
    targets: Sequence[Mapping[int, float]],
    shares: Sequence[Floats],
) -> tuple[MarginLevel, ...]:
    table = []
    everybody, whole = people.sum(), (people * units).sum()
    for m, target in enumerate(targets):
        inside = np.bincount(index[:, m], people, len(target))
        weight = np.bincount(index[:, m], (people * units).astype(np.float64), len(target))
        before, after = inside * float(BILLION) / (everybody * BILLION), weight / whole
        table += [
            MarginLevel(m, code, int(inside[i]), float(before[i]), float(shares[m][i]), float(after[i]))
            for i, code in enumerate(target)
        ]
    return tuple(table)
