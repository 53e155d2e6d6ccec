"""Sums turned into numbers with errors: shares, means, ratios, differences, counts.

Intervals: shares by Wilson (1927) on the effective base that the error implies, p(1 − p)/variance, as far as it is known
(``estimators.intervals``); at 0 % and 100 %, where there is no error to go by, on the effective base (Σw)²/Σw² of Kish; everything
else by Student's t with the design's degrees of freedom. A number fixed by weighting targets has no interval, and one person has no error.

To add a statistic: 1. its name in ``values.Statistic``; 2. its linearised column here; 3. a value from R in ``tests/oracles``.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from posad.kernel.design import Cells, Design, Floats, cells_of
from posad.kernel.distributions import t_quantile
from posad.kernel.estimators.intervals import weighted_wilson, wilson
from posad.kernel.estimators.smooth import LEVEL, around, as_target, several, smooth
from posad.kernel.ratios import Ratios, bases, linearised, prepared, ratios, set_by_weights, spread
from posad.kernel.values import Bases, Estimate, Statistic
from posad.store.values import BILLION, Moments

NOBODY = Bases(0, 0.0, 0.0)

Columns = tuple[ArrayLike, ArrayLike]  # numerators and denominators of a ratio, by entry


def shares(
    design: Design, sums: Moments | Cells, numerators: ArrayLike, denominators: ArrayLike, level: float = LEVEL
) -> list[Estimate]:
    """Return shares: of those counted by each denominator, the part counted by its numerator (both zeros and ones).

    Args:
        design: the constants of the weight.
        sums: moments of the request, or its cells.
        numerators: G×k indicators on the entries, each inside its denominator.
        denominators: G×k, G×1 or G indicators of the bases.
        level: confidence of the intervals.
    """
    found = ratios(design, sums, numerators, denominators)
    # Units are what varies: where people are drawn in groups, a domain within few of them knows its error badly.
    df = found.df if design.psu is not None else np.full(len(found.values), design.df)
    return [_share(found, i, int(df[i]), design.leverage, level) for i in range(len(found.values))]


def share(
    design: Design, sums: Moments | Cells, numerator: ArrayLike, denominator: ArrayLike, level: float = LEVEL
) -> Estimate:
    """Return one share; see :func:`shares`."""
    return shares(design, sums, numerator, denominator, level)[0]


def means(
    design: Design,
    sums: Moments | Cells,
    numerators: ArrayLike,
    denominators: ArrayLike,
    level: float = LEVEL,
    statistic: Literal["mean", "ratio"] = "mean",
) -> list[Estimate]:
    """Return means (numerators are scores, denominators indicators), or any ratios of weighted sums with a t interval."""
    found = ratios(design, sums, numerators, denominators)
    return [_by_t(found, i, int(found.df[i]), level, statistic) for i in range(len(found.values))]


def mean(
    design: Design, sums: Moments | Cells, numerator: ArrayLike, denominator: ArrayLike, level: float = LEVEL
) -> Estimate:
    """Return one mean; see :func:`means`."""
    return means(design, sums, numerator, denominator, level)[0]


def ratio(
    design: Design, sums: Moments | Cells, numerator: ArrayLike, denominator: ArrayLike, level: float = LEVEL
) -> Estimate:
    """Return the ratio of two weighted sums, such as spending to income."""
    return means(design, sums, numerator, denominator, level, "ratio")[0]


def count(design: Design, sums: Moments | Cells, counted: ArrayLike, level: float = LEVEL) -> Estimate:
    """Return how many people of the sample's size are counted when weighted (weights of mean one), with its error."""
    cells, column, _ = prepared(design, sums, counted, counted)
    linear = column.astype(np.float64)
    both = spread(design, cells, linear)
    told = bool(set_by_weights(both.aware, both.fixed)[0])
    base = _bases(bases(cells, column))
    value = float((cells.w @ linear)[0]) / BILLION
    return around(value, float(both.aware[0]), told, base, "count", design.df, level)


def base(design: Design, sums: Moments | Cells, denominator: ArrayLike) -> Bases:
    """Return the three bases of a denominator."""
    return each_base(design, sums, denominator)[0]


def each_base(design: Design, sums: Moments | Cells, denominators: ArrayLike) -> list[Bases]:
    """Return the three bases of each denominator (G×k)."""
    cells, _, b = prepared(design, sums, denominators, denominators)
    unweighted, weighted, effective = (part.tolist() for part in bases(cells, b))
    return [Bases(*one) for one in zip(unweighted, weighted, effective, strict=True)]


def difference(
    design: Design, sums: Moments | Cells, first: Columns, second: Columns, level: float = LEVEL
) -> Estimate:
    """Return the first share, mean or ratio less the second, people counted in both and the raking allowed for.

    The bases are those of the weaker side, the one with the smaller effective base.
    """
    pair = _pair(design, sums, first, second)
    value = round(float(pair.values[0] - pair.values[1]), 12)  # 0.575 − 0.33 is 0.245, which prints as 25 points
    linear = pair.linear[:, 0] - pair.linear[:, 1]
    return smooth(design, pair.cells, value, linear, pair.inside, "difference", pair.weaker, level)


def ratio_of(design: Design, sums: Moments | Cells, first: Columns, second: Columns, level: float = LEVEL) -> Estimate:
    """Return the first share, mean or ratio divided by the second ("three times as often").

    The interval is made for the logarithm by the delta method and turned back, so it is not symmetrical and never below zero.
    Where a side is not above zero there is no logarithm, hence no error; with nothing to divide by there is no value.
    """
    pair = _pair(design, sums, first, second)
    above, below = (float(v) for v in pair.values)
    weaker = pair.weaker
    if math.isnan(above) or math.isnan(below) or below == 0:
        return Estimate(None, None, None, None, weaker, "ratio_of_estimates", design.df)
    if above <= 0 or below < 0:
        return Estimate(above / below, None, None, None, weaker, "ratio_of_estimates", design.df)
    linear = pair.linear[:, 0] / above - pair.linear[:, 1] / below
    value = above / below
    logarithm = smooth(design, pair.cells, math.log(value), linear, pair.inside, "ratio_of_estimates", weaker, level)
    low, high = (None if x is None else math.exp(x) for x in (logarithm.low, logarithm.high))
    value = as_target(value) if logarithm.set_by_weights else value
    se = None if logarithm.se is None else value * logarithm.se
    return Estimate(value, se, low, high, weaker, "ratio_of_estimates", logarithm.df, logarithm.set_by_weights)


def _share(found: Ratios, i: int, df: int, leverage: float, level: float) -> Estimate:
    base = Bases(int(found.unweighted[i]), float(found.weighted[i]), float(found.effective[i]))
    value, variance = float(found.values[i]), float(found.variance[i])
    if math.isnan(value):
        return Estimate(None, None, None, None, base, "share", df)
    if bool(found.set_by_weights[i]):
        return Estimate(as_target(value), 0.0, None, None, base, "share", df, set_by_weights=True)
    known = several(base) and not math.isnan(variance)
    se = math.sqrt(max(variance, 0.0)) if known else None
    if df < 1 or base.effective <= 0:
        return Estimate(value, se, None, None, base, "share", df)
    quantile = t_quantile((1 + level) / 2, df)
    if 0 < value < 1 and known and variance > 0:
        low, high = weighted_wilson(value, variance, base.unweighted, base.effective, leverage, quantile)
    else:
        low, high = wilson(value, base.effective, quantile)
    return Estimate(value, se, low, high, base, "share", df)


def _by_t(found: Ratios, i: int, df: int, level: float, statistic: Statistic) -> Estimate:
    base = Bases(int(found.unweighted[i]), float(found.weighted[i]), float(found.effective[i]))
    value = float(found.values[i])
    return around(value, float(found.variance[i]), bool(found.set_by_weights[i]), base, statistic, df, level)


@dataclass(frozen=True, slots=True)
class _Pair:
    """Two ratios: values, linearised columns (C×2), the base of the weaker, the cells of both bases, all cells."""

    values: Floats
    linear: Floats
    weaker: Bases
    inside: NDArray[np.bool_]
    cells: Cells


def _pair(design: Design, sums: Moments | Cells, first: Columns, second: Columns) -> _Pair:
    values, columns, sides, there = [], [], [], []
    cells = sums if isinstance(sums, Cells) else None
    for numerator, denominator in (first, second):
        cells, a, b = prepared(design, sums, numerator, denominator)
        value, linear = linearised(cells, a, b)
        values.append(float(value[0]))
        columns.append(linear[:, 0])
        sides.append(_bases(bases(cells, b)))
        there.append(b[:, 0] != 0)
    assert cells is not None
    weaker = min(sides, key=lambda s: s.effective)
    return _Pair(np.array(values), np.column_stack(columns), weaker, there[0] | there[1], cells)


def _bases(found: tuple[ArrayLike, ArrayLike, ArrayLike]) -> Bases:
    unweighted, weighted, effective = (np.asarray(part).ravel()[0] for part in found)
    return Bases(int(unweighted), float(weighted), float(effective))


__all__ = [
    "LEVEL",
    "NOBODY",
    "base",
    "cells_of",
    "count",
    "difference",
    "each_base",
    "mean",
    "means",
    "ratio",
    "ratio_of",
    "share",
    "shares",
    "wilson",
]
