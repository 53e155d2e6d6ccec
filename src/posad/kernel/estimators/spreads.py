"""How answers scatter and go together: variance, standard deviation, covariance, correlation.

As R's ``svyvar``: the weighted mean of products of distances from the means, times n/(n − 1); to first order the means add no error.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from posad.kernel.design import Cells, Design, Floats
from posad.kernel.estimators.smooth import LEVEL, base_of, on_cells, smooth
from posad.kernel.values import Bases, Estimate
from posad.store.values import BILLION


def variance(design: Design, cells: Cells, values: ArrayLike, level: float = LEVEL) -> Estimate:
    """Return the variance of numbers in the population (C numbers, NaN outside the base)."""
    found = _products(cells, [np.asarray(values, dtype=np.float64)])
    if found is None:
        return smooth(design, cells, math.nan, np.zeros(len(cells.n)), _inside([values]), "variance", level=level)
    return smooth(design, cells, found.values[0, 0], found.linear[0, 0], found.inside, "variance", found.base, level)


def standard_deviation(design: Design, cells: Cells, values: ArrayLike, level: float = LEVEL) -> Estimate:
    """Return the standard deviation of numbers in the population, never below zero in its interval."""
    found = _products(cells, [np.asarray(values, dtype=np.float64)])
    inside = _inside([values])
    if found is None or found.values[0, 0] <= 0:
        value = math.nan if found is None else 0.0
        return smooth(design, cells, value, np.zeros(len(cells.n)), inside, "standard_deviation", level=level)
    root = math.sqrt(found.values[0, 0])
    made = smooth(design, cells, root, found.linear[0, 0] / (2 * root), inside, "standard_deviation", found.base, level)
    return made if made.low is None or made.low >= 0 else _from_zero(made)


def covariance(design: Design, cells: Cells, first: ArrayLike, second: ArrayLike, level: float = LEVEL) -> Estimate:
    """Return the covariance of two numbers over people who have both."""
    found = _products(cells, [np.asarray(v, dtype=np.float64) for v in (first, second)])
    inside = _inside([first, second])
    if found is None:
        return smooth(design, cells, math.nan, np.zeros(len(cells.n)), inside, "covariance", level=level)
    return smooth(design, cells, found.values[0, 1], found.linear[0, 1], inside, "covariance", found.base, level)


def correlation(design: Design, cells: Cells, first: ArrayLike, second: ArrayLike, level: float = LEVEL) -> Estimate:
    """Return the correlation of two numbers over people who have both; none where one of them does not vary.

    The interval is made on Fisher's scale, artanh r, and turned back, so that it stays between −1 and 1.
    """
    found = _products(cells, [np.asarray(v, dtype=np.float64) for v in (first, second)])
    inside = _inside([first, second])
    nothing = smooth(design, cells, math.nan, np.zeros(len(cells.n)), inside, "correlation", level=level)
    if found is None:
        return nothing
    xx, yy, xy = found.values[0, 0], found.values[1, 1], found.values[0, 1]
    size = float(np.sqrt(xx * yy))
    if not size > 1e-14 * _magnitude(cells, inside, first, second):
        return nothing
    r = float(np.clip(xy / size, -1, 1))
    linear = found.linear[0, 1] / size - r / 2 * (found.linear[0, 0] / xx + found.linear[1, 1] / yy)
    made = smooth(design, cells, r, linear, inside, "correlation", found.base, level)
    if made.se is None or made.low is None or abs(r) >= 1 - 1e-12:
        return Estimate(r, made.se, made.low, made.high, made.bases, "correlation", made.df, made.set_by_weights)
    half = (r - made.low) / (1 - r * r)
    low, high = (math.tanh(math.atanh(r) + side * half) for side in (-1, 1))
    return Estimate(r, made.se, low, high, made.bases, "correlation", made.df, made.set_by_weights)


@dataclass(frozen=True, slots=True)
class _Products:
    """Covariances (k×k), their columns (k×k×C), the cells of the base and its sizes."""

    values: Floats
    linear: Floats
    inside: NDArray[np.bool_]
    base: Bases


def _inside(columns: list[ArrayLike]) -> NDArray[np.bool_]:
    there: NDArray[np.bool_] = np.all([~np.isnan(np.asarray(c, dtype=np.float64)) for c in columns], axis=0)
    return there


def _products(cells: Cells, columns: list[Floats]) -> _Products | None:
    inside = _inside(list(columns))
    base = base_of(cells, inside)
    if base.unweighted < 2 or base.weighted <= 0:
        return None
    w = np.where(inside, cells.w, 0.0) / BILLION
    away = [on_cells(cells, c) - float(w @ on_cells(cells, c)) / base.weighted for c in columns]
    correction = base.unweighted / (base.unweighted - 1)
    k = len(columns)
    values, linear = np.zeros((k, k)), np.zeros((k, k, len(w)))
    for i in range(k):
        for j in range(k):
            product = away[i] * away[j] * correction
            values[i, j] = float(w @ product) / base.weighted
            linear[i, j] = np.where(inside, product - values[i, j], 0.0) / base.weighted
    return _Products(values, linear, inside, base)


def _magnitude(cells: Cells, inside: NDArray[np.bool_], first: ArrayLike, second: ArrayLike) -> float:
    """Return the size below which a spread is the rounding of numbers this large."""
    sizes = [float(np.max(np.abs(on_cells(cells, np.asarray(v))[inside]), initial=0.0)) for v in (first, second)]
    return sizes[0] * sizes[1]


def _from_zero(made: Estimate) -> Estimate:
    return Estimate(made.value, made.se, 0.0, made.high, made.bases, made.statistic, made.df, made.set_by_weights)
