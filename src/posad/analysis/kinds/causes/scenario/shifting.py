"""The expected outcome under a stated change: everybody's prediction as they are, and with the change that happens to a part of them.

A change to a part of people is an intervention by chance; its expectation is exact, (part)·(prediction changed − prediction as is), so
nothing is drawn (Díaz and van der Laan 2012). The column of an estimate has up to three parts: that people are a sample, that the
coefficients are estimated, and, where a group is brought to the level of another, that the levels are estimated too.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from posad.analysis.linear.estimates import Linear
from posad.analysis.linear.margins import predicted
from posad.analysis.linear.models import Fit
from posad.kernel.design import Floats

Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Level:
    """An estimated level that a change depends on: its column (C), and how each person's part and target move with it (C each)."""

    column: Floats
    part: Floats
    target: Floats


@dataclass(frozen=True, slots=True)
class Shift:
    """A change: what each person would have (C), and to which part of such people it happens (C, from nought to one)."""

    target: Floats
    part: Floats
    levels: tuple[Level, ...] = field(default=())

    def moved(self, now: Floats) -> Mask:
        """Tell who may change."""
        found: Mask = (self.part > 0) & (np.abs(self.target - now) > 1e-12)
        return found


def by_part(now: Floats, size: float, inside: Mask) -> Shift:
    """Return the change that a part of those who have an answer lose it (size below nought), or of those who lack it gain it.

    >>> shift = by_part(np.array([1.0, 0.0]), -0.5, np.ones(2, dtype=bool))
    >>> shift.target.tolist(), shift.part.tolist()
    ([0.0, 0.0], [0.5, 0.0])
    """
    gain = size > 0
    who = inside & ((now == 0.0) if gain else (now == 1.0))
    return Shift(np.full(len(now), float(gain)), np.where(who, abs(size), 0.0))


def by_points(now: Floats, size: float, inside: Mask, ends: tuple[float, float]) -> Shift:
    """Return the change of everybody's number by some points, but not beyond the ends of its scale.

    >>> by_points(np.array([1.0, 9.5]), 1.0, np.ones(2, dtype=bool), (1.0, 10.0)).target.tolist()
    [2.0, 10.0]
    """
    return Shift(np.clip(now + size, *ends), inside.astype(np.float64))


def to_level(now: Floats, groups: Sequence[Mask], target: int, weights: Floats, inside: Mask, share: bool) -> Shift:
    """Return the change that gives every group the level of one of them: of a share by chance, of a number by a move of its mean.

    In a group with the share p below the wanted q, those without the answer gain it with the chance (q − p)/(1 − p); where p is above q,
    those with it lose it with the chance (p − q)/p.
    """
    level, column = _mean(now, groups[target] & inside, weights)
    goal, part = now.copy(), np.zeros(len(now))
    wanted = Level(column, np.zeros(len(now)), np.zeros(len(now)))
    levels = [wanted]
    for k, group in enumerate(groups):
        there = group & inside
        if k == target or not there.any():
            continue
        own, own_column = _mean(now, there, weights)
        moves = Level(own_column, np.zeros(len(now)), np.zeros(len(now)))
        levels.append(moves)
        if not share:
            goal[there] += level - own
            part[there] = 1.0
            wanted.target[there], moves.target[there] = 1.0, -1.0
        elif level > own:
            who = there & (now == 0.0)
            goal[who], part[who] = 1.0, (level - own) / (1 - own)
            wanted.part[who], moves.part[who] = 1 / (1 - own), (level - 1) / (1 - own) ** 2
        elif level < own:
            who = there & (now == 1.0)
            goal[who], part[who] = 0.0, (own - level) / own
            wanted.part[who], moves.part[who] = -1 / own, level / own**2
    return Shift(goal, part, tuple(levels))


def _mean(values: Floats, there: Mask, weights: Floats) -> tuple[float, Floats]:
    """Return a weighted mean and its column."""
    total = float(np.sum(weights[there]))
    mean = float(np.sum((weights * values)[there])) / total
    return mean, np.where(there, (values - mean) / total, 0.0)


@dataclass(frozen=True, slots=True)
class Design:
    """The columns of a model: what is held equal with a column of ones first (C×q), what changes, and whether they are multiplied."""

    held: Floats
    now: Floats
    products: bool = False

    def columns(self, values: Floats) -> Floats:
        """Return the model's columns where what changes has these values; what changes stands second."""
        x = np.column_stack([self.held[:, :1], values, self.held[:, 1:]])
        return np.column_stack([x, self.held[:, 1:] * values[:, None]]) if self.products else x


def shifted(fitted: Fit, design: Design, shift: Shift, y: Floats, weights: Floats, inside: Mask) -> Linear:
    """Return the mean outcome now, the mean it would be, and the change, as three estimates.

    Args:
        fitted: The model of the outcome with the columns of ``design``.
        design: Its columns.
        shift: The change.
        y: C outcomes; the mean now is theirs.
        weights: C weights.
        inside: C, over whom the mean is taken.
    """
    there = inside.astype(np.float64)
    total = float(np.sum(weights * there))
    before, slopes_before = predicted(fitted, design.columns(design.now) * there[:, None])
    after, slopes_after = predicted(fitted, design.columns(shift.target) * there[:, None])
    each = shift.part * (after - before) * there
    change = float(np.sum(weights * each)) / total
    moved = ((weights * shift.part * there)[:, None] * (slopes_after - slopes_before)).sum(axis=0) / total
    column = there * (each - change) / total + fitted.linear.columns @ moved
    for level in shift.levels:
        steep = _steepness(fitted, design, shift, after) if np.any(level.target) else np.zeros(len(y))
        slope = np.sum(weights * there * (level.part * (after - before) + shift.part * level.target * steep)) / total
        column = column + level.column * slope
    now = float(np.sum(weights * there * y)) / total
    present = there * (y - now) / total
    return Linear(np.array([now, now + change, change]), np.column_stack([present, present + column, column]))


def _steepness(fitted: Fit, design: Design, shift: Shift, after: Floats) -> Floats:
    """Return the slope of each prediction in what changes."""
    own = fitted.coefficients[1] * np.ones(len(after))
    if design.products:
        own = own + design.held[:, 1:] @ fitted.coefficients[design.held.shape[1] + 1 :]
    found: Floats = own * after * (1 - after) if fitted.model == "logit" else own
    return found
