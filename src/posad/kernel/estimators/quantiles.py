"""Medians and other quantiles from exact sums by value, with the interval of Woodruff (1952).

The interval is that of the share at or below the quantile, turned back through the same rule. Two rules of R's ``svyquantile``:
"math", the smallest value with at least p of the weight at or below it, and "school", which takes the middle of two values where p of
the weight lies exactly between them. Rules that depend on the order of people with equal values are not offered.
"""

from __future__ import annotations

import math
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from posad.kernel.design import Cells, Design, Floats, domain_df
from posad.kernel.distributions import t_quantile
from posad.kernel.estimators.smooth import LEVEL, base_of, several
from posad.kernel.ratios import ratios
from posad.kernel.values import Estimate
from posad.store.values import BILLION

Rule = Literal["math", "school"]


def quantile(
    design: Design, cells: Cells, values: ArrayLike, p: float = 0.5, rule: Rule = "school", level: float = LEVEL
) -> Estimate:
    """Return a quantile of numbers with its interval.

    Args:
        design: the constants of the weight.
        cells: sums by the value among other keys.
        values: C numbers, NaN outside the base.
        p: the part of the weight at or below the quantile, between zero and one.
        rule: what to take where p falls exactly between two values.
        level: confidence of the interval.
    """
    numbers = np.asarray(values, dtype=np.float64)
    inside = ~np.isnan(numbers)
    base = base_of(cells, inside)
    df = int(domain_df(design, cells, inside[:, None])[0])
    steps = _steps(numbers[inside], cells.w[inside], base.unweighted)
    if steps is None:
        return Estimate(None, None, None, None, base, "quantile", df)
    value = _at(steps, p, rule)
    found = ratios(design, cells, inside & (numbers <= value), inside)
    share, variance = float(found.values[0]), float(found.variance[0])
    if bool(found.set_by_weights[0]):
        return Estimate(value, 0.0, None, None, base, "quantile", df, set_by_weights=True)
    if math.isnan(variance) or not several(base) or df < 1:
        return Estimate(value, None, None, None, base, "quantile", df)
    width = t_quantile((1 + level) / 2, df)
    low, high = (share + side * width * math.sqrt(max(variance, 0.0)) for side in (-1, 1))
    below = _at(steps, low, rule) if low >= 0 else None
    above = _at(steps, high, rule) if high <= 1 else None
    se = (above - below) / (2 * width) if below is not None and above is not None else None
    return Estimate(value, se, below, above, base, "quantile", df)


Steps = tuple[Floats, Floats, float]  # distinct values, weight at or below each, and what may be rounding


def _steps(values: Floats, w: Floats, people: int) -> Steps | None:
    heavy = w > 0
    if not heavy.any():
        return None
    distinct, at = np.unique(values[heavy], return_inverse=True)
    # Sums of whole billionths are exact; each weight is known to half a billionth.
    return distinct, np.cumsum(np.bincount(at.ravel(), w[heavy])), 0.5 * people


def _at(steps: Steps, p: float, rule: Rule) -> float:
    values, below, rounding = steps
    wanted = p * float(below[-1])
    at = int(np.searchsorted(below, wanted - rounding))
    at = min(at, len(values) - 1)
    exact = abs(float(below[at]) - wanted) <= rounding
    if exact and rule == "school" and at + 1 < len(values):
        return float(values[at] + values[at + 1]) / 2
    return float(values[at])


def weighted_quantile(values: NDArray[np.float64], weights: Floats, p: float = 0.5, rule: Rule = "school") -> float:
    """Return a quantile of rows with weights, for use with replicate weights; NaN where nobody has any weight.

    >>> weighted_quantile(np.array([1.0, 2.0, 3.0, 4.0]), np.ones(4))
    2.5
    """
    steps = _steps(values, np.rint(weights * BILLION), len(values))
    return math.nan if steps is None else _at(steps, p, rule)
