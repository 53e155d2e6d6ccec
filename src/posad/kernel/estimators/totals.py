"""Totals of the population: people or amounts counted, in the units of the weights as they came."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from posad.kernel.design import Cells, Design
from posad.kernel.estimators.smooth import LEVEL, base_of, on_cells, smooth
from posad.kernel.values import Estimate
from posad.store.values import BILLION


def total(design: Design, cells: Cells, amounts: ArrayLike, scale: float = 1.0, level: float = LEVEL) -> Estimate:
    """Return the weighted total of amounts (an indicator counts people), with its error.

    Args:
        design: the constants of the weight.
        cells: the sums of the request.
        amounts: C amounts, NaN where there is none.
        scale: how many of the population one weighted person stands for: the mean of the weights as they came, or the size of
            the population over the weighted people.
        level: confidence of the interval.
    """
    there = ~np.isnan(np.asarray(amounts, dtype=np.float64))
    column = on_cells(cells, np.asarray(amounts)) * scale
    value = float(cells.w @ column) / BILLION
    everybody = np.ones(len(cells.n), dtype=bool)
    base = base_of(cells, there & (column != 0))
    return smooth(design, cells, value, column, everybody, "total", base, level)
