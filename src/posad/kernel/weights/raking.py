"""Raking itself, on groups of people who share every margin's level: iterative proportional fitting, with or without bounds.

Without bounds the multipliers are a product of one factor for each level (Deming and Stephan, 1940). With bounds each pass trims and
rakes at once: the factor of a level is the one with which the *trimmed* weights meet its target, so that at the end margins and
bounds hold together and the weights stay as near as they can to those before, in the same distance.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
TOLERANCE = 1e-13  # largest relative gap between a margin and its target
FLOOR = 1e-11  # a gap below this that no longer shrinks is the rounding of the sums
PASSES = 10_000
WINDOW = 200  # passes after which a gap that has not shrunk is given up


@dataclass(frozen=True, slots=True)
class Fit:
    """The outcome of raking groups: the weight of each, passes, the largest gap, and the margin and level that has it."""

    weights: Floats
    passes: int
    gap: float
    converged: bool
    margin: int
    level: int
    reached: float


@dataclass(frozen=True, slots=True)
class Margins:
    """Groups by margin: ``index`` (groups × margins) numbers the level, ``targets`` are the shares, summing to one."""

    index: NDArray[np.int64]
    targets: Sequence[Floats]

    def sums(self, margin: int, weights: Floats) -> Floats:
        """Return the weight of each level of a margin."""
        return np.bincount(self.index[:, margin], weights, len(self.targets[margin])).astype(np.float64, copy=False)

    def worst(self, weights: Floats) -> tuple[float, int, int, float]:
        """Return the largest relative gap, its margin and level, and the share reached there."""
        found = (0.0, 0, 0, 0.0)
        for margin, target in enumerate(self.targets):
            sums = self.sums(margin, weights)
            gaps = np.where(target > 0, np.abs(sums / np.where(target > 0, target, 1) - 1), 0)
            level = int(np.argmax(gaps))
            if gaps[level] > found[0]:
                found = (float(gaps[level]), margin, level, float(sums[level]))
        return found


def rake_groups(before: Floats, margins: Margins) -> Fit:
    """Return the weights of groups raked to the margins; ``before`` are their weights, all above zero, of any scale."""
    start = before / before.sum()

    def step(weights: Floats, margin: int) -> Floats:
        sums, target = margins.sums(margin, weights), margins.targets[margin]
        factor = np.where(sums > 0, target / np.where(sums > 0, sums, 1), 0)
        return weights * factor[margins.index[:, margin]]

    return _iterate(start, margins, step, lambda weights: weights)


def rake_within(before: Floats, people: Floats, margins: Margins, low: float, high: float) -> Fit:
    """Return the weight of one person of each group, raked with every weight between ``low`` and ``high``.

    ``before`` is the weight of one person of the group, ``people`` how many there are. Targets, ``low`` and ``high`` are shares of the
    whole: a person of mean weight has one divided by the number of people.
    """

    def step(weights: Floats, margin: int) -> Floats:
        index, target = margins.index[:, margin], margins.targets[margin]
        moved = weights * _factors(weights, people, index, target, low, high)[index]
        return np.clip(moved, 1e-150, 1e150)  # where targets conflict the factors grow without end

    def finish(weights: Floats) -> Floats:
        return np.clip(weights, low, high) * people

    fit = _iterate(before / (before @ people), margins, step, finish)
    return Fit(fit.weights / people, fit.passes, fit.gap, fit.converged, fit.margin, fit.level, fit.reached)


def _iterate(
    weights: Floats, margins: Margins, step: Callable[[Floats, int], Floats], finish: Callable[[Floats], Floats]
) -> Fit:
    best, since = np.inf, 0
    passes = 0
    found = margins.worst(finish(weights))
    while found[0] >= TOLERANCE and passes < PASSES and since < WINDOW:
        for margin in range(len(margins.targets)):
            weights = step(weights, margin)
        passes += 1
        found = margins.worst(finish(weights))
        since = 0 if found[0] < 0.99 * best else since + 1
        best = min(best, found[0])
        if since >= 5 and best < FLOOR:
            break
    return Fit(finish(weights), passes, found[0], found[0] < FLOOR, *found[1:])


def _factors(
    weights: Floats, people: Floats, index: NDArray[np.int64], target: Floats, low: float, high: float
) -> Floats:
    """Return the factor of each level with which trimmed weights meet its target, by Newton's steps kept inside a bracket."""
    levels = len(target)
    most, least = np.zeros(levels), np.full(levels, np.inf)
    np.maximum.at(most, index, weights)
    np.minimum.at(least, index, weights)
    below = np.where(most > 0, low / np.where(most > 0, most, 1), 0)
    above = np.where(np.isfinite(least) & (least > 0), high / np.where(least > 0, least, 1), 1)
    factor = np.clip(np.ones(levels), below, above)
    for _ in range(100):
        scaled = weights * factor[index]
        sums = np.bincount(index, np.clip(scaled, low, high) * people, levels)
        free = np.where((scaled > low) & (scaled < high), weights * people, 0)
        slope = np.bincount(index, free, levels)
        short = target - sums
        if np.all(np.abs(short) <= 1e-15 * target):
            break
        below, above = np.where(short > 0, factor, below), np.where(short < 0, factor, above)
        newton = factor + short / np.where(slope > 0, slope, 1)
        inside = (slope > 0) & (newton > below) & (newton < above)
        new = np.where(np.abs(short) <= 1e-15 * target, factor, np.where(inside, newton, (below + above) / 2))
        if np.array_equal(new, factor):
            break
        factor = new
    return factor
