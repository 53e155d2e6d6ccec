"""The table nearest to a prior that meets every target, and the proof that there is none.

``project`` minimises the Kullback-Leibler distance from the prior plus a small penalty for every target missed, through the dual
(damped Newton): targets that cannot all be exact, such as printed shares that sum to 99 or 101, share the miss in proportion to their
rounding. ``feasible`` is the first phase of the simplex method.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import combinations
from math import comb

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
SOFT = 1e-3
SHARE_OF_ROUNDING = 0.94  # of its rounding a target may use in the table; people, who are whole, need the rest
_PASSES = 300
_TRIED = 1500


def project(prior: Floats, rows: Floats, wanted: Floats, tolerance: Floats) -> Floats:
    """Return the table of sum one nearest to a prior with ``rows @ table`` near what is wanted.

    Args:
        prior: K cells above zero.
        rows: m×K coefficients.
        wanted: m values.
        tolerance: m distances that count alike when not all can be kept.

    >>> table = project(np.ones(4) / 4, np.array([[1.0, 1, 0, 0], [1, 0, 1, 0]]), np.array([0.6, 0.5]), np.array([0.005, 0.005]))
    >>> [round(float(p), 4) for p in table]
    [0.3, 0.3, 0.2, 0.2]
    """
    scaled, goal = rows / tolerance[:, None], wanted / tolerance
    multipliers = np.zeros(len(rows))
    table, value = _table(prior, scaled, goal, multipliers)
    for _ in range(_PASSES if len(rows) else 0):
        slope = goal - scaled @ table - SOFT * multipliers
        if np.abs(slope).max() < 1e-7:
            break
        means = scaled @ table
        bend = (scaled * table) @ scaled.T - np.outer(means, means) + SOFT * np.eye(len(rows))
        step = np.linalg.solve(bend, slope)
        reach, gain = 1.0, float(slope @ step)
        while reach > 1e-9:
            tried, new = _table(prior, scaled, goal, multipliers + reach * step)
            if new >= value + 1e-4 * reach * gain - 1e-12 * abs(value):
                break
            reach /= 2
        else:
            break
        multipliers = multipliers + reach * step
        table, value = tried, new
    return table


def _table(prior: Floats, scaled: Floats, goal: Floats, multipliers: Floats) -> tuple[Floats, float]:
    """Return the table of the multipliers and the dual's value."""
    exponent = multipliers @ scaled
    top = float(exponent.max()) if len(exponent) else 0.0
    raised = prior * np.exp(exponent - top)
    total = float(raised.sum())
    value = float(multipliers @ goal) - top - float(np.log(total)) - 0.5 * SOFT * float(multipliers @ multipliers)
    return raised / total, value


def feasible(upper: Floats, limits: Floats, equal: Floats, values: Floats) -> Floats | None:
    """Return a table ≥ 0 with ``upper @ table ≤ limits`` and ``equal @ table = values``, or nothing where there is none."""
    slack = np.eye(len(upper))
    left = np.block([[upper, slack], [equal, np.zeros((len(equal), len(upper)))]])
    right = np.concatenate([limits, values])
    flip = np.where(right < 0, -1.0, 1.0)
    left, right = left * flip[:, None], right * flip
    count, size = left.shape
    tableau = np.concatenate([left, np.eye(count), right[:, None]], axis=1)
    basis = np.arange(size, size + count)
    cost = -tableau.sum(axis=0)
    cost[size : size + count] = 0.0
    for turn in range(20_000):
        entering = np.flatnonzero(cost[:size] < -1e-10)
        if not len(entering):
            break
        j = int(np.argmin(cost[:size])) if turn < 1_000 else int(entering[0])  # in the end Bland's rule: no circles
        ratios = np.full(count, np.inf)
        up = tableau[:, j] > 1e-11
        ratios[up] = tableau[up, -1] / tableau[up, j]
        least = float(ratios.min())
        if not np.isfinite(least):
            break
        tied = np.flatnonzero(ratios <= least + 1e-13)
        i = int(tied[np.argmin(basis[tied])])
        tableau[i] /= tableau[i, j]
        factor = tableau[:, j].copy()
        factor[i] = 0.0
        tableau -= factor[:, None] * tableau[i]
        cost -= cost[j] * tableau[i]
        basis[i] = j
    if -cost[-1] > 1e-8:
        return None
    found = np.zeros(size + count)
    found[basis] = tableau[:, -1]
    return found[: upper.shape[1]]


def smallest_conflict(count: int, possible: Callable[[Sequence[int]], bool]) -> tuple[int, ...]:
    """Return the fewest of some demands that cannot be met together.

    Args:
        count: How many demands there are; together they cannot be met.
        possible: Tells whether some of them can be met together.

    >>> smallest_conflict(4, lambda some: not {1, 3} <= set(some))
    (1, 3)
    """
    kept = list(range(count))
    for one in range(count):
        rest = [k for k in kept if k != one]
        if rest and not possible(rest):
            kept = rest
    for size in range(1, len(kept)):
        if comb(count, size) > _TRIED:
            break
        for some in combinations(range(count), size):
            if not possible(some):
                return some
    return tuple(kept)
