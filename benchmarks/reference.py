"""Plain raking in NumPy, as short as it can be written: what posad's raking is held against.

It checks nothing, explains nothing, keeps no profile and gives floating weights; iterative proportional fitting on the rows.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray


def rake(codes: NDArray[np.int64], targets: Sequence[NDArray[np.float64]], tolerance: float) -> NDArray[np.float64]:
    """Return weights of mean one that meet every margin to a relative gap.

    Args:
        codes: people × margins, levels numbered from zero.
        targets: the share of each level by margin, summing to one.
        tolerance: the largest relative gap allowed.
    """
    columns = [np.ascontiguousarray(codes[:, m]) for m in range(codes.shape[1])]
    weights = np.ones(len(codes))
    while True:
        gap = 0.0
        for column, target in zip(columns, targets, strict=True):
            factor = target * len(weights) / np.bincount(column, weights, len(target))
            weights *= factor[column]
            gap = max(gap, float(np.abs(factor - 1).max()))
        if gap < tolerance:
            return weights
