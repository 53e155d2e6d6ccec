"""Errors from replicate weights, for any statistic that is a function of weights: medians, ranks, gaps of ratios, clusters."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from posad.kernel.distributions import t_quantile
from posad.kernel.estimators.smooth import LEVEL, several
from posad.kernel.ratios import FIXED
from posad.kernel.replicates.making import Replicates
from posad.kernel.values import Bases, Estimate, Statistic
from posad.kernel.weights.values import Floats


@dataclass(frozen=True, slots=True)
class Replicated:
    """Estimates (k), their covariance (k×k), the replicates' own (B×k), and how many of them had a value."""

    values: Floats
    covariance: Floats
    replicates: Floats
    used: int


def replicated(made: Replicates, weights: ArrayLike, statistic: Callable[[Floats], ArrayLike]) -> Replicated:
    """Return a statistic with its covariance from replicates.

    Args:
        made: the replicate weights.
        weights: the n full weights.
        statistic: k numbers from n weights; NaN where there is none. A replicate without a value is left out, as R does.
    """
    full = np.atleast_1d(np.asarray(statistic(np.asarray(weights, dtype=np.float64)), dtype=np.float64))
    each = np.array([np.atleast_1d(np.asarray(statistic(made.weights(b)), np.float64)) for b in range(made.count)])
    there = np.all(np.isfinite(each), axis=1)
    rscales = made.rscales[there]
    found = each[there]
    if len(found) < 2:
        return Replicated(full, np.full((len(full), len(full)), np.nan), each, len(found))
    centre = full if made.mse else found[rscales > 0].mean(axis=0)
    away = (found - centre) * np.sqrt(rscales)[:, None]
    return Replicated(full, made.scale * (away.T @ away), each, len(found))


def replicate_estimates(
    made: Replicates,
    weights: ArrayLike,
    statistic: Callable[[Floats], ArrayLike],
    bases: Bases,
    name: Statistic = "mean",
    level: float = LEVEL,
) -> list[Estimate]:
    """Return the numbers of a statistic as estimates with t intervals on the degrees of freedom of the replicates."""
    found = replicated(made, weights, statistic)
    estimates = []
    for value, variance in zip(found.values.tolist(), np.diag(found.covariance).tolist(), strict=True):
        if not math.isfinite(value):
            estimates.append(Estimate(None, None, None, None, bases, name, made.df))
        elif not math.isfinite(variance) or made.df < 1 or not several(bases):
            estimates.append(Estimate(value, None, None, None, bases, name, made.df))
        else:
            se = math.sqrt(max(variance, 0.0))
            told = se <= 1e-6 * abs(value) and _told(made, statistic, len(estimates), variance)
            half = t_quantile((1 + level) / 2, made.df) * se
            low, high = (None, None) if told else (value - half, value + half)
            estimates.append(Estimate(value, 0.0 if told else se, low, high, bases, name, made.df, set_by_weights=told))
    return estimates


def _told(made: Replicates, statistic: Callable[[Floats], ArrayLike], number: int, variance: float) -> bool:
    """Tell whether the targets fix a number: it varies over the replicates before calibration and not after."""
    if made.plain is None:
        return False
    before = [float(np.atleast_1d(np.asarray(statistic(made.plain(b)), np.float64))[number]) for b in range(made.count)]
    known = np.array(before)[np.isfinite(before)]
    if len(known) < 2:
        return False
    plain = made.scale * float(np.sum((known - known.mean()) ** 2))
    return plain > 0 and variance <= FIXED * plain
