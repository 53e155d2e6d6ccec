"""Whether gaps narrow between two times or over many: beta, delta, gamma.

Official figures only: a regression of change on level finds convergence in nothing but noise (Galton's fallacy), so that beta here
comes with what would unmask it. Survey answers have errors, and their gaps are compared otherwise.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from posad.territory.measures.spreads import Floats, floats, sigma_log


@dataclass(frozen=True, slots=True)
class Beta:
    """The regression of growth on level, and what speaks against reading it as convergence.

    ``slope`` is β of (1/τ) ln(y_τ/y₀) = α + β ln y₀ + ε by ordinary least squares, ``error`` its standard error, ``r2`` its R².
    ``speed`` is λ of β = -(1 - e^(-λτ))/τ, a share of the gap closed each year, and ``half_life`` ln 2/λ years; both are None where β
    is not negative, or so steep that territories overtake one another. ``backward`` is the slope of growth on the *last* level.
    """

    slope: float
    error: float
    intercept: float
    r2: float
    years: float
    count: int
    speed: float | None
    half_life: float | None
    backward: float
    spread_first: float
    spread_last: float

    @property
    def galton(self) -> bool:
        """Whether the slope is negative though the spread of logarithms did not fall: a return to the mean, no convergence."""
        return self.slope < 0 and self.spread_last >= self.spread_first


def beta(first: ArrayLike, last: ArrayLike, years: float) -> Beta | None:
    """Return beta convergence between two times (Barro and Sala-i-Martin 1992; the form of Eurofound's convergEU).

    Args:
        first: Values at the first time, one for each territory.
        last: Values at the last time, in the same order.
        years: How many years lie between.

    Returns:
        The regression, or None with fewer than three territories, values of zero or less, or levels that do not differ. That the
        test of a real narrowing is the spread itself, and how the backward slope helps: Friedman 1992, Quah 1993.
    """
    a, b = floats(first), floats(last)
    if len(a) < 3 or len(a) != len(b) or np.any(a <= 0) or np.any(b <= 0) or years <= 0 or np.all(a == a[0]):
        return None
    level, growth = np.log(a), np.log(b / a) / years
    slope, intercept, error, r2 = _line(level, growth)
    backward = _line(np.log(b), growth)[0] if not np.all(b == b[0]) else math.nan
    left = 1 + slope * years
    speed = -math.log(left) / years if slope < 0 and left > 0 else None
    return Beta(
        slope, error, intercept, r2, years, len(a), speed, math.log(2) / speed if speed else None, backward,
        sigma_log(a) or 0.0, sigma_log(b) or 0.0,
    )  # fmt: skip


def _line(x: Floats, y: Floats) -> tuple[float, float, float, float]:
    """Return slope, intercept, standard error of the slope and R² by ordinary least squares."""
    dx, dy = x - x.mean(), y - y.mean()
    square = float(dx @ dx)
    slope = float(dx @ dy) / square
    rest = dy - slope * dx
    freedom = len(x) - 2
    error = math.sqrt(float(rest @ rest) / freedom / square) if freedom else math.nan
    spread = float(dy @ dy)
    return slope, float(y.mean() - slope * x.mean()), error, 1 - float(rest @ rest) / spread if spread > 0 else math.nan


def delta(values: ArrayLike, *, higher_is_better: bool) -> float | None:
    """Return the mean distance from the best territory: Σ(max y - yᵢ)/n, or Σ(yᵢ - min y)/n where less is better.

    Eurofound's delta is the sum; the mean can be compared where the number of territories differs. Its fall is delta convergence.

    >>> delta([1.0, 2.0, 6.0], higher_is_better=True)
    3.0
    """
    y = floats(values)
    if not len(y):
        return None
    return float((y.max() - y).mean() if higher_is_better else (y - y.min()).mean())


def gamma(periods: ArrayLike) -> float | None:
    """Return Kendall's index of how far ranks have stayed: Var(Σ_t R_it) / Var(T·R_i0), over T periods (Boyle and McCarthy 1997).

    Args:
        periods: Values, one row for each period in order, one column for each territory; equal values share their mean rank.

    Returns:
        1 where no rank changed, near 1/T where ranks have nothing to do with the first ones; None with fewer than two periods or where
        all territories are equal at first. Low values mean that territories changed places, not that gaps narrowed.

    >>> gamma([[1.0, 2.0, 3.0], [10.0, 20.0, 30.0]])
    1.0
    """
    table = floats(periods)
    if table.ndim != 2 or len(table) < 2 or table.shape[1] < 2:
        return None
    ranked = np.stack([ranks(row) for row in table])
    first = float(ranked[0].var())
    return float(ranked.sum(axis=0).var()) / (len(table) ** 2 * first) if first > 0 else None


def ranks(values: Floats) -> Floats:
    """Return ranks from 1, the mean rank for equal values.

    >>> ranks(floats([5.0, 1.0, 5.0])).tolist()
    [2.5, 1.0, 2.5]
    """
    _, place, count = np.unique(values, return_inverse=True, return_counts=True)
    ends = np.cumsum(count)
    return floats((ends - (count - 1) / 2)[place])
