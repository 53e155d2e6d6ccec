"""Scores made of answers: the net promoter score and indices of several questions, as means with errors.

Each takes the answers of the cells, one number for a joint answer, so both are means of a column and stand in any table or contrast.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

from posad.kernel.design import Cells, Design, Floats
from posad.kernel.estimators.smooth import LEVEL, on_cells, smooth
from posad.kernel.values import Estimate
from posad.store.values import BILLION


def promoter_column(answers: ArrayLike, promoters: Sequence[float], detractors: Sequence[float]) -> Floats:
    """Return 100 for promoters, −100 for detractors, zero for the others, NaN where there is no answer.

    >>> promoter_column([10.0, 7.0, 2.0, float("nan")], (9, 10), range(7)).tolist()
    [100.0, 0.0, -100.0, nan]
    """
    given = np.asarray(answers, dtype=np.float64)
    score = 100.0 * np.isin(given, list(promoters)) - 100.0 * np.isin(given, list(detractors))
    return np.where(np.isnan(given), np.nan, score)


def nps(
    design: Design,
    cells: Cells,
    answers: ArrayLike,
    promoters: Sequence[float] = (9, 10),
    detractors: Sequence[float] = tuple(range(7)),
    level: float = LEVEL,
) -> Estimate:
    """Return the net promoter score, from −100 to 100: the share of promoters less that of detractors, in points.

    Args:
        design: the constants of the weight.
        cells: sums by the answer.
        answers: C answers from 0 to 10, NaN outside the base.
        promoters: codes that count for.
        detractors: codes that count against.
        level: confidence of the interval, which is cut at −100 and 100.
    """
    made = mean_score(design, cells, promoter_column(answers, promoters, detractors), level)
    low, high = made.low, made.high
    return Estimate(
        made.value,
        made.se,
        None if low is None else max(low, -100.0),
        None if high is None else min(high, 100.0),
        made.bases,
        "nps",
        made.df,
        made.set_by_weights,
    )


def index_column(answers: Sequence[ArrayLike], least: int = 1, turned: Sequence[float | None] = ()) -> Floats:
    """Return the mean of a person's answers to several questions, NaN where fewer than ``least`` were answered.

    Args:
        answers: columns of the questions, NaN where there is no answer.
        least: how many questions must be answered.
        turned: for each question the sum of its ends, where it runs the other way (6 for a scale of 1 to 5), else None.

    >>> index_column([[1.0, 5.0], [3.0, float("nan")]]).tolist()
    [2.0, 5.0]
    """
    columns = [np.asarray(a, dtype=np.float64) for a in answers]
    columns = [c if s is None else s - c for c, s in zip(columns, [*turned, *[None] * len(columns)], strict=False)]
    given = np.array(columns)
    there = ~np.isnan(given)
    count = there.sum(axis=0)
    sums = np.where(there, given, 0.0).sum(axis=0)
    return np.where(count >= max(least, 1), sums / np.maximum(count, 1), np.nan)


def mean_score(design: Design, cells: Cells, scores: ArrayLike, level: float = LEVEL) -> Estimate:
    """Return the mean of a column of scores (NaN outside the base), such as an index of several questions."""
    column = np.asarray(scores, dtype=np.float64)
    inside: NDArray[np.bool_] = ~np.isnan(column)
    weight = float(cells.w[inside].sum()) / BILLION
    if weight <= 0:
        return smooth(design, cells, float("nan"), np.zeros(len(column)), inside, "mean", level=level)
    value = float(cells.w @ on_cells(cells, column)) / BILLION / weight
    linear = np.where(inside, on_cells(cells, column) - value, 0.0) / weight
    return smooth(design, cells, value, linear, inside, "mean", level=level)
