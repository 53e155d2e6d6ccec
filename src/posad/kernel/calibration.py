"""Weights made: raked to population margins or given in the answers, with everything a reader of them may ask.

What is wrong with targets or weights comes back as remarks, a code of the catalogue with its facts, for the caller to place in the
study's files. Margins and levels are named by their number and code; the caller knows their words.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from posad.core.problems import Fact
from posad.kernel.checks import Remark, as_percent, check_base, check_bounds, check_margin, check_zero_targets
from posad.kernel.raking import Fit, Margins, rake_groups, rake_within
from posad.store.billionths import to_billionths
from posad.store.values import BILLION, MISSING

Floats = NDArray[np.float64]
LOW_EFFICIENCY, VERY_LOW_EFFICIENCY = 0.60, 0.40


@dataclass(frozen=True, slots=True)
class MarginLevel:
    """One level of a margin: people, and its share before weighting, wanted, and after."""

    margin: int
    code: int
    people: int
    before: float
    target: float
    after: float


@dataclass(frozen=True, slots=True)
class Calibration:
    """One weight of n rows.

    ``d`` and ``w`` are weights before and after, in billionths of mean one (``MISSING`` for rows without a weight); ``profile`` numbers the
    joint level of the margins, ``profile_levels`` (P×L) tells its levels, in the order of ``levels``. ``design_effect`` is that
    of Kish, n·Σw²/(Σw)²; ``efficiency`` its inverse; ``lowest`` and ``highest`` the extreme weights; ``at_bounds`` how many people
    have a weight that a bound cut.
    """

    d: NDArray[np.int64]
    w: NDArray[np.int64]
    profile: NDArray[np.int64]
    profile_levels: NDArray[np.uint8]
    levels: tuple[MarginLevel, ...]
    people: int
    effective: float
    design_effect: float
    efficiency: float
    lowest: float
    highest: float
    at_bounds: int
    passes: int
    gap: float
    scale: float
    remarks: tuple[Remark, ...] = ()


def given(weights: ArrayLike) -> Calibration | list[Remark]:
    """Return a weight that came with the answers (NaN where a row has none), or what is wrong with it.

    How it was made is unknown, so errors take it as fixed.
    """
    values = np.asarray(weights, dtype=np.float64)
    wrong, notes = check_base(values, "weight")
    if wrong:
        return wrong
    whole = values[~np.isnan(values)]
    distinct = np.unique(whole)
    if 2 <= len(distinct) <= 12 and distinct[-1] <= 20 and np.array_equal(distinct, np.rint(distinct)):
        notes.append(Remark("weighting-looks-like-codes", {"values": ", ".join(f"{v:g}" for v in distinct)}))
    made = to_billionths(values)
    profile = np.where(np.isnan(values), MISSING, 0).astype(np.int64)
    levels = np.zeros((1, 0), dtype=np.uint8)
    return _described(
        made.units, made.units, profile, levels, (), Fit(whole, 0, 0.0, True, 0, 0, 0.0), 0, made.scale, notes
    )


def rake(
    levels: NDArray[np.int64],
    targets: Sequence[Mapping[int, float]],
    base: ArrayLike | None = None,
    bounds: tuple[float, float] | None = None,
) -> Calibration | list[Remark]:
    """Return weights that bring every margin to its target, or what prevents it.

    Args:
        levels: n×m codes of the margins, ``MISSING`` where a person has none; such people get no weight.
        targets: for each margin the share of each code in the population, in the order of the levels.
        base: weights before (NaN for none), by default one each.
        bounds: smallest and largest weight, as ratios to the mean weight.

    >>> made = rake(np.array([[1], [1], [2]]), [{1: 0.5, 2: 0.5}])
    >>> [w / BILLION for w in made.w.tolist()]
    [0.75, 0.75, 1.5]
    """
    codes = np.asarray(levels, dtype=np.int64).reshape(len(levels), len(targets))
    d = np.ones(len(codes)) if base is None else np.asarray(base, dtype=np.float64)
    wrong, notes = check_base(d, "base")
    there = ~np.isnan(d)
    for m in range(len(targets)):
        lost = there & (codes[:, m] == MISSING)
        if lost.any():
            notes.append(Remark("weighting-margin-missing", {"margin": m, "people": int(lost.sum())}))
    there &= np.all(codes != MISSING, axis=1)
    wrong += [r for m, t in enumerate(targets) for r in check_margin(m, t, codes[there, m], d[there])]
    if not wrong and not there.any():
        wrong.append(Remark("weighting-nobody", {}))
    if wrong:
        return wrong
    shares = [np.array(list(t.values())) / sum(t.values()) for t in targets]
    index = _level_numbers(codes[there], targets)
    wrong, zero = check_zero_targets(targets, shares, index, d[there])
    if bounds is not None:
        wrong += check_bounds(targets, shares, index, d[there], bounds)
    if wrong:
        return wrong
    return _raked(there, d, index, targets, shares, bounds, [*notes, *zero])


def _raked(
    there: NDArray[np.bool_],
    d: Floats,
    index: NDArray[np.int64],
    targets: Sequence[Mapping[int, float]],
    shares: Sequence[Floats],
    bounds: tuple[float, float] | None,
    notes: list[Remark],
) -> Calibration | list[Remark]:
    profile, joint = _profiles(index, shares)
    base = to_billionths(d[there])
    before = base.units.astype(np.float64)  # whole numbers, so that their sums do not depend on the order of people
    live = np.all([s[joint[:, m]] > 0 for m, s in enumerate(shares)], axis=0) if shares else np.ones(len(joint), bool)
    weighing = live[profile] & (before > 0)
    after = np.zeros(len(before))
    fit, after[weighing] = _weights(profile[weighing], before[weighing], joint, shares, bounds, len(before))
    if not fit.converged:
        code = list(targets[fit.margin])[fit.level]
        wanted = float(shares[fit.margin][fit.level])
        facts: dict[str, Fact] = {"margin": fit.margin, "level": code, "passes": fit.passes}
        facts |= {"target": as_percent(wanted), "reached": as_percent(fit.reached)}
        return [Remark("weighting-not-converged" if bounds is None else "weighting-bounds-conflict", facts)]
    made = to_billionths(after)
    cut = 0
    if bounds is not None:
        near = after[weighing] / after.mean()
        cut = int(np.sum((near <= bounds[0] * (1 + 1e-9)) | (near >= bounds[1] * (1 - 1e-9))))
    table = _margin_table(index, targets, shares, base.units, made.units)
    _assert_margins(table, made.units)
    x = np.concatenate([np.eye(len(s), dtype=np.uint8)[joint[:, m]] for m, s in enumerate(shares)] or
                       [np.zeros((len(joint), 0), np.uint8)], axis=1)  # fmt: skip
    rows = [_spread_out(there, part) for part in (base.units, made.units, profile)]
    return _described(rows[0], rows[1], rows[2], x, table, fit, cut, base.scale, notes)


def _weights(
    profile: NDArray[np.int64],
    before: Floats,
    joint: NDArray[np.int64],
    shares: Sequence[Floats],
    bounds: tuple[float, float] | None,
    people: int,
) -> tuple[Fit, Floats]:
    """Return the fit and the weight of each person; people of one profile and one weight before are one group."""
    if bounds is None:
        cells = np.unique(profile)
        sums = np.bincount(profile, before, len(joint))[cells].astype(np.float64, copy=False)
        fit = rake_groups(sums, Margins(joint[cells], shares))
        factor = np.zeros(len(joint))
        factor[cells] = fit.weights / sums
        return fit, before * factor[profile]
    base, which = np.unique(before, return_inverse=True)
    groups, group, count = np.unique(profile * len(base) + which.ravel(), return_inverse=True, return_counts=True)
    cell, number = np.divmod(groups, len(base))
    low, high = (b / people for b in bounds)
    fit = rake_within(base[number], count.astype(np.float64), Margins(joint[cell], shares), low, high)
    return fit, fit.weights[group.ravel()]


def _level_numbers(codes: NDArray[np.int64], targets: Sequence[Mapping[int, float]]) -> NDArray[np.int64]:
    """Return the number of each person's level in the order of the targets."""
    numbers = np.empty(codes.shape, dtype=np.int64)
    for m, target in enumerate(targets):
        known = np.array(list(target), dtype=np.int64)
        order = np.argsort(known)
        numbers[:, m] = order[np.searchsorted(known[order], codes[:, m])]
    return numbers


def _profiles(index: NDArray[np.int64], shares: Sequence[Floats]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
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


def _margin_table(
    index: NDArray[np.int64],
    targets: Sequence[Mapping[int, float]],
    shares: Sequence[Floats],
    d: NDArray[np.int64],
    w: NDArray[np.int64],
) -> tuple[MarginLevel, ...]:
    table = []
    for m, target in enumerate(targets):
        size = len(target)
        people = np.bincount(index[:, m], minlength=size)
        before, after = (np.bincount(index[:, m], part.astype(np.float64), size) / part.sum() for part in (d, w))
        table += [
            MarginLevel(m, code, int(people[i]), float(before[i]), float(shares[m][i]), float(after[i]))
            for i, code in enumerate(target)
        ]
    return tuple(table)


def _assert_margins(table: tuple[MarginLevel, ...], w: NDArray[np.int64]) -> None:
    """Make sure of what raking promises, to the rounding of weights to billionths."""
    total = len(w)
    if abs(int(w.sum()) - total * BILLION) > total:
        raise RuntimeError("weights do not sum to the number of people")
    for level in table:
        if abs(level.after - level.target) * total > 1e-9 * (level.people + 1) + 1e-10 * level.target * total:
            raise RuntimeError(f"level {level.code} of margin {level.margin} is at {level.after}, not {level.target}")


def _spread_out(there: NDArray[np.bool_], values: NDArray[np.int64]) -> NDArray[np.int64]:
    rows = np.full(len(there), MISSING, dtype=np.int64)
    rows[there] = values
    return rows


def _described(
    d: NDArray[np.int64],
    w: NDArray[np.int64],
    profile: NDArray[np.int64],
    profile_levels: NDArray[np.uint8],
    table: tuple[MarginLevel, ...],
    fit: Fit,
    at_bounds: int,
    scale: float,
    notes: Sequence[Remark],
) -> Calibration:
    values = w[w != MISSING] / BILLION
    people = len(values)
    effective = float(values.sum() ** 2 / (values @ values))
    efficiency = effective / people
    remarks = list(notes)
    if efficiency < LOW_EFFICIENCY:
        code = "weighting-efficiency-very-low" if efficiency < VERY_LOW_EFFICIENCY else "weighting-efficiency-low"
        remarks.append(
            Remark(code, {"efficiency": round(100 * efficiency), "people": people, "effective": round(effective)})
        )
    return Calibration(
        d, w, profile, profile_levels, table, people, effective, people / effective, efficiency,
        float(values.min()), float(values.max()), at_bounds, fit.passes, fit.gap, scale, tuple(remarks),
    )  # fmt: skip
