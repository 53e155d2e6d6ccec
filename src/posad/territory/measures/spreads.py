"""How unlike territories are at one time: each measure takes values and, where people count, how many live in each.

Every function returns None where the measure is not defined: no values, a mean of zero or less for a relative measure, a value of zero
or less for a logarithm. Values must be finite and of one length with the people; people must be positive.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
FIFTH = 0.2


def floats(values: ArrayLike) -> Floats:
    """Return numbers as an array of doubles."""
    return np.asarray(values, dtype=np.float64)


def shares(people: ArrayLike | None, count: int) -> Floats:
    """Return the share of all people in each territory; equal shares without people.

    Raises:
        ValueError: People are not positive, or not as many as territories.
    """
    if people is None:
        return np.full(count, 1.0 / count) if count else np.zeros(0)
    p = floats(people)
    if len(p) != count or not np.all(np.isfinite(p)) or np.any(p <= 0):
        raise ValueError("people must be a positive number for every territory")
    total: float = p.sum()
    return floats(p / total)


def mean(values: ArrayLike, people: ArrayLike | None = None) -> float | None:
    """Return the mean over territories, or over people: ȳ = Σ pᵢ yᵢ.

    >>> mean([1.0, 2.0], [3, 1])
    1.25
    """
    y = floats(values)
    return float(shares(people, len(y)) @ y) if len(y) else None


def value_range(values: ArrayLike) -> float | None:
    """Return the distance from the lowest to the highest territory: max y - min y (OECD, Regions and Cities at a Glance).

    >>> value_range([4.0, 1.0, 2.0])
    3.0
    """
    y = floats(values)
    return float(y.max() - y.min()) if len(y) else None


def quintile_ratio(values: ArrayLike, people: ArrayLike | None = None, share: float = FIFTH) -> float | None:
    """Return how many times the mean of the top fifth of the people exceeds that of the bottom fifth.

    Territories are put in the order of their values; the fifth is counted in people, and the territory at its border enters with
    the part that fills it, so that the ratio does not jump (the OECD, whose measure this is, takes the border region whole).

    >>> quintile_ratio([1.0, 2.0, 3.0, 4.0, 5.0])
    5.0
    """
    y = floats(values)
    if not len(y) or np.any(y < 0):
        return None
    p = shares(people, len(y))
    low, high = _end_mean(y, p, share), _end_mean(-y, p, share)
    return -high / low if low > 0 else None


def _end_mean(y: Floats, p: Floats, share: float) -> float:
    """Return the mean of the lowest values that hold a share of the people."""
    order = np.argsort(y, kind="stable")
    before = np.concatenate(([0.0], np.cumsum(p[order])[:-1]))
    taken = np.clip(share - before, 0.0, p[order])
    return float(taken @ y[order] / taken.sum())


def sigma(values: ArrayLike) -> float | None:
    """Return the standard deviation of territories, each counting one: √(Σ(yᵢ - ȳ)²/n) (Eurofound's measure of sigma convergence).

    >>> sigma([1.0, 3.0])
    1.0
    """
    y = floats(values)
    return float(y.std()) if len(y) else None


def sigma_log(values: ArrayLike) -> float | None:
    """Return the standard deviation of natural logarithms, each territory counting one (Barro and Sala-i-Martin 1992).

    >>> sigma_log([1.0, math.e**2])
    1.0
    """
    y = floats(values)
    return float(np.log(y).std()) if len(y) and np.all(y > 0) else None


def variation(values: ArrayLike) -> float | None:
    """Return the coefficient of variation, each territory counting one: σ/ȳ.

    >>> variation([1.0, 3.0])
    0.5
    """
    return williamson(values, None)


def williamson(values: ArrayLike, people: ArrayLike | None) -> float | None:
    """Return the coefficient of variation weighted by people: √(Σ pᵢ(yᵢ - ȳ)²)/ȳ with ȳ = Σ pᵢ yᵢ (Williamson 1965).

    >>> williamson([1.0, 5.0], [3, 1]) == 3**0.5 / 2
    True
    """
    y = floats(values)
    if not len(y):
        return None
    p = shares(people, len(y))
    middle = float(p @ y)
    return math.sqrt(float(p @ (y - middle) ** 2)) / middle if middle > 0 else None


def gini(values: ArrayLike, people: ArrayLike | None = None) -> float | None:
    """Return the Gini coefficient: Σᵢ Σⱼ pᵢ pⱼ |yᵢ - yⱼ| / (2ȳ), of 0 for equality.

    In the order of values it is Σ pᵢ yᵢ (2Fᵢ - pᵢ)/ȳ - 1, where Fᵢ is the share of people up to and with i. Without people territories
    count equally, which makes it depend on how a country is cut up. It is not divided by (n-1)/n: twice the same territories give
    the same number.

    >>> gini([1.0, 3.0])
    0.25
    """
    y = floats(values)
    if not len(y) or np.any(y < 0):
        return None
    p = shares(people, len(y))
    order = np.argsort(y, kind="stable")
    y, p = y[order], p[order]
    middle = float(p @ y)
    return max(0.0, float((p * y) @ (2 * np.cumsum(p) - p)) / middle - 1) if middle > 0 else None
