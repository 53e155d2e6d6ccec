"""Weights as whole numbers: mean one, counted in billionths, so that sums are exact in any order and on any number of threads."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from posad.store.values import BILLION, MISSING

LARGEST = 96_000 * BILLION  # the largest weight whose square still fits in two BIGINTs


@dataclass(frozen=True, slots=True)
class Billionths:
    """Weights divided by their mean and rounded to billionths; ``scale`` is the mean they had."""

    units: NDArray[np.int64]
    scale: float


def to_billionths(weights: ArrayLike) -> Billionths:
    """Return weights of mean one in billionths; a missing weight (NaN) stays missing and does not enter the mean.

    Raises:
        ValueError: a weight is negative or infinite, or no weight is above zero.
        OverflowError: one weight is more than 96,000 times the mean.

    >>> to_billionths([1.0, 3.0, float("nan")]).units[:2].tolist()
    [500000000, 1500000000]
    """
    given = np.asarray(weights, dtype=np.float64)
    there = ~np.isnan(given)
    known = given[there]
    if np.any(known < 0) or np.any(np.isinf(known)):
        raise ValueError("weights must be finite and not negative")
    if not np.any(known > 0):
        raise ValueError("at least one weight must be above zero")
    scale = math.fsum(known.tolist()) / len(known)  # the same in any order of the rows
    scaled = known / scale
    if scaled.max() * BILLION > LARGEST:
        raise OverflowError("one weight is more than 96,000 times the mean weight")
    units = np.full(given.shape, MISSING, dtype=np.int64)
    units[there] = np.rint(scaled * BILLION).astype(np.int64)
    return Billionths(units, scale)


def squares(units: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the exact squares of weights in billionths as two whole numbers: square = first·1e9 + second.

    >>> high, low = squares(np.array([1_234_567_891], dtype=np.int64))
    >>> int(high[0]) * 10**9 + int(low[0]) == 1_234_567_891**2
    True
    """
    if units.size and int(units.max()) > LARGEST:
        raise OverflowError("one weight is more than 96,000 times the mean weight")
    whole, rest = np.divmod(units, BILLION)
    high, low = np.divmod(rest * rest, BILLION)
    return whole * whole * BILLION + 2 * whole * rest + high, low
