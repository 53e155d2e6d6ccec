"""Any function of several estimates: gaps of gaps, indices to the total, shares of change, with what they have in common.

To compare more than two numbers: 1. their numerators and denominators as columns; 2. ``contrast`` with one coefficient for each, or
``function_of`` with a function and its slopes.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import ArrayLike

from posad.kernel.design import Cells, Design, Floats
from posad.kernel.estimators.smooth import LEVEL, smooth
from posad.kernel.ratios import linearised, prepared
from posad.kernel.values import Estimate
from posad.store.values import Moments


def contrast(
    design: Design,
    sums: Moments | Cells,
    numerators: ArrayLike,
    denominators: ArrayLike,
    coefficients: Sequence[float],
    level: float = LEVEL,
) -> Estimate:
    """Return a linear contrast of ratios, Σ coefficient·ratio, its error knowing everything that the ratios share.

    Args:
        design: the constants of the weight.
        sums: the request's moments or cells.
        numerators: G×k columns.
        denominators: G×k columns.
        coefficients: k numbers, such as (1, −1, −1, 1) for a gap of gaps.
        level: confidence of the interval.
    """
    slopes = np.asarray(coefficients, dtype=np.float64)
    return function_of(design, sums, numerators, denominators, lambda r: float(slopes @ r), lambda _: slopes, level)


def function_of(
    design: Design,
    sums: Moments | Cells,
    numerators: ArrayLike,
    denominators: ArrayLike,
    function: Callable[[Floats], float],
    slopes: Callable[[Floats], Floats],
    level: float = LEVEL,
) -> Estimate:
    """Return a smooth function of ratios by the delta method; with an empty base there is no value."""
    cells, a, b = prepared(design, sums, numerators, denominators)
    values, linear = linearised(cells, a, b)
    inside = np.any(np.broadcast_to(b, linear.shape) != 0, axis=1)
    if np.any(np.isnan(values)):
        return smooth(design, cells, float("nan"), np.zeros(len(cells.n)), inside, "contrast", level=level)
    return smooth(design, cells, function(values), linear @ slopes(values), inside, "contrast", level=level)
