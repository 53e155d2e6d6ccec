"""Weights made: raked to population margins, poststratified, or given in the answers, with everything a reader of them may ask.

What is wrong with targets or weights comes back as remarks, a code of the catalogue with its facts, for the caller to place in the
study's files. Margins and levels are named by their number and code; the caller knows their words.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

from posad.core.problems import Fact
from posad.kernel.weights.checks import Remark, as_percent, check_base, check_bounds
from posad.kernel.weights.making import Task, described, finished, indicators, live_profiles, profiles, task_of
from posad.kernel.weights.quick import rake_alike
from posad.kernel.weights.raking import Fit, Margins, rake_groups, rake_within
from posad.kernel.weights.values import Calibration, Floats, MarginLevel, NumberMargin
from posad.store.billionths import to_billionths
from posad.store.values import MISSING


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
    fit = Fit(whole, 0, 0.0, True, 0, 0, 0.0)
    return described((made.units, made.units, profile), levels, (), fit, 0, made.scale, notes)


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

    >>> from posad.store.values import BILLION
    >>> made = rake(np.array([[1], [1], [2]]), [{1: 0.5, 2: 0.5}])
    >>> [w / BILLION for w in made.w.tolist()]
    [0.75, 0.75, 1.5]
    """
    if base is None and bounds is None and (made := rake_alike(levels, targets)) is not None:
        return made
    task = task_of(levels, targets, base)
    if not isinstance(task, Task):
        return task
    if bounds is not None and (wrong := check_bounds(targets, task.shares, task.index, task.d, bounds)):
        return wrong
    return _raked(task, bounds)


def poststratify(
    cells: NDArray[np.int64], targets: Mapping[int, float], base: ArrayLike | None = None
) -> Calibration | list[Remark]:
    """Return weights that bring every crossed cell to its share of the population: raking to one margin, done in one pass.

    >>> from posad.store.values import BILLION
    >>> made = poststratify(np.array([11, 12, 12, 21]), {11: 0.2, 12: 0.3, 21: 0.5})
    >>> [w / BILLION for w in made.w.tolist()]
    [0.8, 0.6, 0.6, 2.0]
    """
    return rake(np.asarray(cells, dtype=np.int64).reshape(-1, 1), [targets], base)


def _raked(task: Task, bounds: tuple[float, float] | None) -> Calibration | list[Remark]:
    profile, joint = profiles(task.index, task.shares)
    base = to_billionths(task.d)
    before = base.units.astype(np.float64)  # whole numbers: their sums do not depend on the order
    weighing = live_profiles(joint, task.shares)[profile] & (before > 0)
    after = np.zeros(len(before))
    fit, after[weighing] = _weights(profile[weighing], before[weighing], joint, task.shares, bounds, len(before))
    if not fit.converged:
        code = list(task.targets[fit.margin])[fit.level]
        wanted = float(task.shares[fit.margin][fit.level])
        facts: dict[str, Fact] = {"margin": fit.margin, "level": code, "passes": fit.passes}
        facts |= {"target": as_percent(wanted), "reached": as_percent(fit.reached)}
        return [Remark("weighting-not-converged" if bounds is None else "weighting-bounds-conflict", facts)]
    cut = 0
    if bounds is not None:
        near = after[weighing] / after.mean()
        cut = int(np.sum((near <= bounds[0] * (1 + 1e-9)) | (near >= bounds[1] * (1 - 1e-9))))
    return finished(task, after, profile, indicators(joint, task.shares), fit, cut, base)


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


__all__ = ["Calibration", "MarginLevel", "NumberMargin", "given", "poststratify", "rake"]
