"""What every way of weighting shares: checks before, joint levels, whole billionths, proof of the margins, and the description."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from posad.kernel.weights.checks import Remark, check_base, check_margin, check_zero_targets
from posad.kernel.weights.raking import Fit
from posad.kernel.weights.values import Calibration, Floats, MarginLevel, NumberMargin
from posad.store.billionths import Billionths, squares, to_billionths
from posad.store.values import BILLION, MISSING

LOW_EFFICIENCY, VERY_LOW_EFFICIENCY = 0.60, 0.40
Targets = Sequence[Mapping[int, float]]


@dataclass(frozen=True, slots=True)
class Task:
    """A weighting that passed its checks: those weighed (of all rows), their weights before, levels, shares wanted, notes."""

    there: NDArray[np.bool_]
    d: Floats
    index: NDArray[np.int64]
    targets: Targets
    shares: Sequence[Floats]
    notes: tuple[Remark, ...]


def task_of(
    levels: NDArray[np.int64], targets: Targets, base: ArrayLike | None, numbers: Floats | None = None
) -> Task | list[Remark]:
    """Return what is to be weighed, or what is wrong with it; people without a level or a number get no weight."""
    codes = np.asarray(levels, dtype=np.int64).reshape(len(levels), len(targets))
    d = np.ones(len(codes)) if base is None else np.asarray(base, dtype=np.float64)
    wrong, notes = check_base(d, "base")
    there = ~np.isnan(d)
    for m in range(len(targets)):
        lost = there & (codes[:, m] == MISSING)
        if lost.any():
            notes.append(Remark("weighting-margin-missing", {"margin": m, "people": int(lost.sum())}))
    there &= np.all(codes != MISSING, axis=1)
    for q in range(0 if numbers is None else numbers.shape[1]):
        assert numbers is not None
        lost = there & ~np.isfinite(numbers[:, q])
        if lost.any():
            notes.append(Remark("weighting-number-missing", {"number": q, "people": int(lost.sum())}))
            there &= ~lost
    wrong += [r for m, t in enumerate(targets) for r in check_margin(m, t, codes[there, m], d[there])]
    if not wrong and not there.any():
        wrong.append(Remark("weighting-nobody", {}))
    if wrong:
        return wrong
    shares = [np.array(list(t.values())) / sum(t.values()) for t in targets]
    index = _level_numbers(codes[there], targets)
    wrong, zero = check_zero_targets(targets, shares, index, d[there])
    return wrong or Task(there, d[there], index, targets, shares, (*notes, *zero))


def _level_numbers(codes: NDArray[np.int64], targets: Targets) -> NDArray[np.int64]:
    """Return the number of each person's level in the order of the targets."""
    numbers = np.empty(codes.shape, dtype=np.int64)
    for m, target in enumerate(targets):
        known = np.array(list(target), dtype=np.int64)
        order = np.argsort(known)
        numbers[:, m] = order[np.searchsorted(known[order], codes[:, m])]
    return numbers


def profiles(index: NDArray[np.int64], shares: Sequence[Floats]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return each person's profile, and the levels of each profile, those that somebody has, in their order."""
    code = np.zeros(len(index), dtype=np.int64)
    room = 1
    for m, share in enumerate(shares):
        code = code * len(share) + index[:, m]
        room *= len(share)
    if room > 2**62:
        raise OverflowError("too many margins to be raked together")
    if room <= max(1000, len(index)):  # counting is quicker than sorting
        first = np.full(room, -1, dtype=np.int64)
        first[code[::-1]] = np.arange(len(code) - 1, -1, -1)
        occupied = np.flatnonzero(first >= 0)
        number = np.zeros(room, dtype=np.int64)
        number[occupied] = np.arange(len(occupied))
        return number[code], index[first[occupied]]
    _, first, profile = np.unique(code, return_index=True, return_inverse=True)
    return profile.ravel().astype(np.int64), index[first]


def indicators(joint: NDArray[np.int64], shares: Sequence[Floats]) -> NDArray[np.uint8]:
    """Return zeros and ones: whether each profile is at each level of each margin."""
    if not shares:
        return np.zeros((len(joint), 0), np.uint8)
    return np.concatenate([np.eye(len(s), dtype=np.uint8)[joint[:, m]] for m, s in enumerate(shares)], axis=1)


def live_profiles(joint: NDArray[np.int64], shares: Sequence[Floats]) -> NDArray[np.bool_]:
    """Tell which profiles have a target above zero in every margin."""
    if not shares:
        return np.ones(len(joint), dtype=np.bool_)
    live: NDArray[np.bool_] = np.all([s[joint[:, m]] > 0 for m, s in enumerate(shares)], axis=0)
    return live


def margin_table(task: Task, d: NDArray[np.int64], w: NDArray[np.int64]) -> tuple[MarginLevel, ...]:
    """Return every level of every margin: people, share before, wanted and after."""
    table = []
    for m, target in enumerate(task.targets):
        size = len(target)
        people = np.bincount(task.index[:, m], minlength=size)
        before, after = (np.bincount(task.index[:, m], part.astype(np.float64), size) / part.sum() for part in (d, w))
        table += [
            MarginLevel(m, code, int(people[i]), float(before[i]), float(task.shares[m][i]), float(after[i]))
            for i, code in enumerate(target)
        ]
    return tuple(table)


def assert_margins(table: tuple[MarginLevel, ...], w: NDArray[np.int64]) -> None:
    """Make sure of what weighting promises, to the rounding of weights to billionths."""
    assert_levels(table, int(w.sum()), len(w))


def assert_levels(table: tuple[MarginLevel, ...], weight: int, total: int) -> None:
    """Make sure of what weighting promises, by the sum of the weights of so many people.

    Rounding moves a level by half a billionth for each of its people, and by its part of what it moves everybody's sum.
    """
    if abs(weight - total * BILLION) > total:
        raise RuntimeError("weights do not sum to the number of people")
    for level in table:
        if abs(level.after - level.target) * total > 1e-9 * (level.people + 1) + 1e-9 * level.target * total:
            raise RuntimeError(f"level {level.code} of margin {level.margin} is at {level.after}, not {level.target}")


def spread_out(there: NDArray[np.bool_], values: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return values of those weighed at their places among all rows, ``MISSING`` for the others."""
    rows = np.full(len(there), MISSING, dtype=np.int64)
    rows[there] = values
    return rows


def finished(
    task: Task,
    after: Floats,
    profile: NDArray[np.int64],
    profile_levels: NDArray[np.generic],
    fit: Fit,
    at_bounds: int,
    base: Billionths,
    numbers: tuple[NumberMargin, ...] = (),
) -> Calibration:
    """Return the weight in whole billionths, its margins proven on them; ``base`` are the weights before."""
    made = to_billionths(after)
    table = margin_table(task, base.units, made.units)
    assert_margins(table, made.units)
    rows = [spread_out(task.there, part) for part in (base.units, made.units, profile)]
    return described(rows, profile_levels, table, fit, at_bounds, base.scale, task.notes, numbers)


def described(
    rows: Sequence[NDArray[np.int64]],
    profile_levels: NDArray[np.generic],
    table: tuple[MarginLevel, ...],
    fit: Fit,
    at_bounds: int,
    scale: float,
    notes: Sequence[Remark],
    numbers: tuple[NumberMargin, ...] = (),
) -> Calibration:
    """Return the weight (rows: before, after, profile) with its diagnostics."""
    w = rows[1]
    there = w[w != MISSING]
    groups = there, np.ones(len(there), dtype=np.int64)
    return described_by(rows, groups, profile_levels, table, fit, at_bounds, scale, notes, numbers)


def described_by(
    rows: Sequence[NDArray[np.int64]],
    groups: tuple[NDArray[np.int64], NDArray[np.int64]],
    profile_levels: NDArray[np.generic],
    table: tuple[MarginLevel, ...],
    fit: Fit,
    at_bounds: int = 0,
    scale: float = 1.0,
    notes: Sequence[Remark] = (),
    numbers: tuple[NumberMargin, ...] = (),
) -> Calibration:
    """Return the weight with its diagnostics, found from groups of equal weight: the weight of each and its number of people.

    Sums are whole numbers, so that neither the order of people nor the way they are grouped changes a bit.
    """
    d, w, profile = rows
    units, count = groups
    people = int(count.sum())
    effective = _effective(units, count)
    efficiency = effective / people
    remarks = list(notes)
    if efficiency < LOW_EFFICIENCY:
        code = "weighting-efficiency-very-low" if efficiency < VERY_LOW_EFFICIENCY else "weighting-efficiency-low"
        remarks.append(
            Remark(code, {"efficiency": round(100 * efficiency), "people": people, "effective": round(effective)})
        )
    return Calibration(
        d, w, profile, profile_levels, table, people, effective, people / effective, efficiency,
        float(units.min() / BILLION), float(units.max() / BILLION), at_bounds, fit.passes, fit.gap, scale, tuple(remarks), numbers,
    )  # fmt: skip


def _effective(units: NDArray[np.int64], count: NDArray[np.int64]) -> float:
    """Return (Σw)²/Σw² of Kish from whole numbers."""
    high, low = squares(units)
    large = int(high.max(initial=0)) * int(count.sum()) >= 2**62
    parts = [(a.astype(object) if large else a) * count for a in (units, high, low)]
    total, above, below = (int(part.sum()) for part in parts)
    return total**2 / (above * BILLION + below)
