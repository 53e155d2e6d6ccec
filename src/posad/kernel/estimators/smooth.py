"""From a linearised column to an estimate: error, degrees of freedom, interval, and whether the weights fix it.

Every smooth function of weighted sums has a column z for each cell, to first order its error is that of the total Σwz. What an estimate
adds is only its value and its column.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from posad.kernel.design import Cells, Design, Floats, domain_df
from posad.kernel.distributions import t_quantile
from posad.kernel.ratios import set_by_weights, spread
from posad.kernel.values import Bases, Estimate, Statistic
from posad.store.values import BILLION

LEVEL = 0.95


def as_target(value: float) -> float:
    """Return a number that the weighting targets fix without the dust of whole billionths: 71.5 % must print as 72 %.

    >>> as_target(0.71499999995045)
    0.715
    """
    return round(value, 8)


def around(
    value: float, variance: float, told: bool, base: Bases, statistic: Statistic, df: int, level: float = LEVEL
) -> Estimate:
    """Return an estimate with the interval of Student's t; one person has no error, and what the weights fix no interval."""
    if math.isnan(value):
        return Estimate(None, None, None, None, base, statistic, df)
    if told:
        return Estimate(as_target(value), 0.0, None, None, base, statistic, df, set_by_weights=True)
    if math.isnan(variance) or df < 1 or not several(base):
        return Estimate(value, None, None, None, base, statistic, df)
    se = math.sqrt(max(variance, 0.0))
    half = t_quantile((1 + level) / 2, df) * se
    return Estimate(value, se, value - half, value + half, base, statistic, df)


def several(base: Bases) -> bool:
    """Tell whether more than one person carries the weight of a base; of one nobody knows how they differ from others.

    >>> several(Bases(4, 4.0, 1.0)), several(Bases(2, 2.0, 1.9))
    (False, True)
    """
    return base.unweighted > 1 and base.effective > 1 + 1e-9


def smooth(
    design: Design,
    cells: Cells,
    value: float,
    linear: Floats,
    inside: NDArray[np.bool_],
    statistic: Statistic,
    base: Bases | None = None,
    level: float = LEVEL,
) -> Estimate:
    """Return the estimate of a smooth function of weighted sums.

    Args:
        design: the constants of the weight.
        cells: the sums of the request.
        value: the estimate.
        linear: its column, C values: the estimate moves by linear·dw when the weight of a cell moves by dw.
        inside: C: the cells of the base, for its size and degrees of freedom.
        statistic: its name.
        base: the bases to print, by default those of ``inside``.
        level: confidence of the interval.
    """
    both = spread(design, cells, linear[:, None])
    told = bool(set_by_weights(both.aware, both.fixed)[0])
    shown = base_of(cells, inside) if base is None else base
    df = int(domain_df(design, cells, inside[:, None])[0])
    return around(float(value), float(both.aware[0]), told, shown, statistic, df, level)


def base_of(cells: Cells, inside: NDArray[np.bool_]) -> Bases:
    """Return the three bases of some cells."""
    n = int(cells.n[inside].sum())
    weighted = float(cells.w[inside].sum()) / BILLION
    squared = float(cells.w2h[inside].sum()) / BILLION + float(cells.w2l[inside].sum()) / BILLION**2
    return Bases(n, weighted, weighted**2 / squared if squared > 0 else 0.0)


def on_cells(cells: Cells, column: NDArray[np.generic]) -> Floats:
    """Return a column of the cells as numbers, NaN as zero; of another length it raises ValueError."""
    values = np.asarray(column, dtype=np.float64)
    if values.shape != cells.n.shape:
        raise ValueError(f"a column of {values.shape} for {len(cells.n)} cells")
    return np.nan_to_num(values, nan=0.0)
