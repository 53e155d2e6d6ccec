"""Weights calibrated by the linear, logit or raking distance, to margins of levels and to means of numbers.

Bounds are ratios of a weight after to the same weight before (those of :func:`posad.kernel.weights.calibration.rake` are ratios to the
mean weight). All levels of all margins count; with no margin the sum of weights does.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

from posad.core.problems import Fact
from posad.kernel.weights.checks import Remark, as_percent
from posad.kernel.weights.making import Task, finished, indicators, live_profiles, profiles, task_of
from posad.kernel.weights.raking import Fit
from posad.kernel.weights.reach import check_reach
from posad.kernel.weights.solving import Method, Solution, distance, solve
from posad.kernel.weights.values import Calibration, Floats, NumberMargin
from posad.store.billionths import to_billionths
from posad.store.values import BILLION


def calibrate(
    levels: NDArray[np.int64],
    targets: Sequence[Mapping[int, float]],
    base: ArrayLike | None = None,
    *,
    method: Method = "linear",
    numbers: ArrayLike | None = None,
    means: Sequence[float] = (),
    bounds: tuple[float, float] | None = None,
    population: float | None = None,
) -> Calibration | list[Remark]:
    """Return weights nearest to those before that meet every margin, or what prevents it.

    Args:
        levels: n×m codes of the margins, ``MISSING`` where a person has none.
        targets: for each margin the share of each code in the population.
        base: weights before (NaN for none), by default one each.
        method: "linear", "logit" (needs bounds) or "rake".
        numbers: n×q numbers (NaN for none) whose means are calibrated.
        means: the q means in the population.
        bounds: smallest and largest ratio of a weight after to before, for "linear" and "logit".
        population: how many there are, for base weights that sum to about as many; by default the sum of weights is kept.

    >>> made = calibrate(np.zeros((3, 0), int), [], numbers=[[1.0], [2.0], [3.0]], means=[2.2])
    >>> [w / BILLION for w in made.w.tolist()]
    [0.7, 1.0, 1.3]
    """
    values = np.zeros((len(levels), 0)) if numbers is None else np.asarray(numbers, np.float64).reshape(len(levels), -1)
    if values.shape[1] != len(means):
        raise ValueError(f"{len(means)} means for {values.shape[1]} numbers")
    task = task_of(levels, targets, base, values)
    if not isinstance(task, Task):
        return task
    if bounds is not None and not 0 <= bounds[0] < 1 < bounds[1]:
        return [Remark("weighting-bounds-order", {"low": bounds[0], "high": bounds[1]})]
    how = distance(method, bounds)
    wrong = check_reach(task, values[task.there], means, how, population)
    return wrong or _calibrated(task, values[task.there], means, method, bounds, population)


def _calibrated(
    task: Task,
    values: Floats,
    means: Sequence[float],
    method: Method,
    bounds: tuple[float, float] | None,
    population: float | None,
) -> Calibration | list[Remark]:
    profile, x, live = _auxiliaries(task, values, means)
    base = to_billionths(task.d)
    before = base.units.astype(np.float64)
    weighing = live[profile] & (before > 0)
    sums = np.bincount(profile[weighing], before[weighing], len(x))
    met = sums > 0
    # Without a population the weights before are brought to the sum of those after, so that their scale does not matter.
    whole = 1.0 if population is None else float(task.d.sum()) / population
    totals, sizes = _totals(task, values.shape[1], x.shape[1])
    found = solve(sums[met] / sums.sum() * whole, x[met], totals, sizes, distance(method, bounds))
    if not found.converged:
        return [_impossible(task, found, bounds)]
    ratio = np.zeros(len(x))
    ratio[met] = found.ratios
    after = np.where(weighing, before * ratio[profile], 0.0)
    if negative := int(np.sum(after < 0)):
        lowest = float(after.min() / after.mean())
        return [Remark("weighting-below-zero", {"people": negative, "lowest": round(lowest, 3)})]
    cut = 0
    if bounds is not None:
        near = ratio[profile[weighing]]
        cut = int(np.sum((near <= bounds[0] * (1 + 1e-9)) | (near >= bounds[1] * (1 - 1e-9))))
    fit = Fit(ratio, found.steps, found.gap, True, 0, 0, 0.0)
    known = x if values.shape[1] or not task.targets else x.astype(np.uint8)
    made = finished(task, after, profile, known, fit, cut, base, _numbers(task, values, means, after))
    _assert_means(made, values, task)
    return made


def _auxiliaries(
    task: Task, values: Floats, means: Sequence[float]
) -> tuple[NDArray[np.int64], Floats, NDArray[np.bool_]]:
    """Return each person's profile, the auxiliaries of each profile, and whether its targets are above zero.

    Numbers stand less their targets and in units of their spread, so that no unit of measure matters.
    """
    profile, joint = profiles(task.index, task.shares)
    if values.shape[1]:
        rows = np.column_stack([profile.astype(np.float64), values])
        distinct, which = np.unique(rows, axis=0, return_inverse=True)
        profile, joint = which.ravel().astype(np.int64), joint[distinct[:, 0].astype(np.int64)]
        spread = values.std(axis=0)
        scaled = (distinct[:, 1:] - np.asarray(means)) / np.where(spread > 0, spread, 1.0)
    else:
        scaled = np.zeros((len(joint), 0))
    levels = indicators(joint, task.shares).astype(np.float64) if task.shares else np.ones((len(joint), 1))
    return profile, np.column_stack([levels, scaled]), live_profiles(joint, task.shares)


def _totals(task: Task, numbers: int, width: int) -> tuple[Floats, Floats]:
    shares = np.concatenate(task.shares) if task.shares else np.ones(1)
    totals = np.concatenate([shares, np.zeros(numbers)])
    assert len(totals) == width
    return totals, np.concatenate([np.where(shares > 0, shares, 1.0), np.ones(numbers)])


def _numbers(task: Task, values: Floats, means: Sequence[float], after: Floats) -> tuple[NumberMargin, ...]:
    before, made = (part / part.sum() for part in (task.d, after))
    return tuple(
        NumberMargin(q, float(before @ values[:, q]), float(mean), float(made @ values[:, q]))
        for q, mean in enumerate(means)
    )


def _assert_means(made: Calibration, values: Floats, task: Task) -> None:
    """Make sure of the calibrated means on the final whole numbers."""
    w = made.w[task.there] / BILLION
    for q, number in enumerate(made.numbers):
        off = abs(float(w @ values[:, q]) / float(w.sum()) - number.target)
        if off > 1e-9 * (float(np.abs(values[:, q]).max()) + abs(number.target)):
            raise RuntimeError(f"the mean of number {q} is off by {off}")


def _impossible(task: Task, found: Solution, bounds: tuple[float, float] | None) -> Remark:
    """Return what cannot be met: the level or number with the largest gap, and whether it is proven impossible."""
    places = [(m, code) for m, t in enumerate(task.targets) for code in t] or [(0, 0)]
    facts: dict[str, Fact] = {"passes": found.steps}
    if found.worst >= len(places):
        return Remark("weighting-mean-conflict", {**facts, "number": found.worst - len(places)})
    margin, code = places[found.worst]
    share = float(np.concatenate(task.shares)[found.worst]) if task.shares else 1.0
    facts |= {"margin": margin, "level": code, "target": as_percent(share), "reached": as_percent(found.reached)}
    proven = found.proof is not None
    if bounds is not None:
        return Remark("weighting-bounds-conflict-proven" if proven else "weighting-bounds-conflict", facts)
    return Remark("weighting-not-converged-proven" if proven else "weighting-not-converged", facts)
