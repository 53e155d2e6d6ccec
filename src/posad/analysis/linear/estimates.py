"""Many estimates at once as values and linearised columns: covariance, contrasts and tests of all of them follow.

An estimate moves by column·dw when the weight of a person (or of a cell of people) moves by dw, so that to first order its error is
that of the weighted total of its column. The errors know calibration, strata and primary units (``kernel.ratios.spread``), and
whatever estimates share, because they are totals over the same people. Equal to R's ``svyby(covmat = TRUE)`` with ``svycontrast``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from posad.kernel.design import Cells, Design, Floats
from posad.kernel.estimators.smooth import LEVEL, around
from posad.kernel.ratios import bases, linearised, set_by_weights, spread
from posad.kernel.testing.tails import f_tail
from posad.kernel.values import Bases, Estimate, Statistic

FEWEST = 1e-14  # of the largest variance: less is nought


@dataclass(frozen=True, slots=True)
class Linear:
    """k estimates: values (NaN where there is none) and their columns over the cells (C×k)."""

    values: Floats
    columns: Floats

    def __len__(self) -> int:
        return len(self.values)

    def pick(self, which: Sequence[int] | NDArray[np.intp]) -> Linear:
        """Return some of the estimates."""
        return Linear(self.values[which], self.columns[:, which])


def ratios_of(cells: Cells, numerators: ArrayLike, denominators: ArrayLike) -> Linear:
    """Return ratios of weighted sums, C×k numerators over C×k denominators: shares, means, ratios."""
    a, b = (np.asarray(x, dtype=np.float64) for x in (numerators, denominators))
    return Linear(*linearised(cells, a, np.broadcast_to(b, a.shape)))


def together(*parts: Linear) -> Linear:
    """Return the estimates of several lists as one."""
    return Linear(np.concatenate([p.values for p in parts]), np.column_stack([p.columns for p in parts]))


def combined(linear: Linear, coefficients: ArrayLike) -> Linear:
    """Return m linear contrasts of k estimates (m×k coefficients).

    >>> pair = Linear(np.array([0.5, 0.2]), np.zeros((3, 2)))
    >>> combined(pair, [[1, -1]]).values.round(3).tolist()
    [0.3]
    """
    matrix = np.atleast_2d(np.asarray(coefficients, dtype=np.float64))
    return Linear(matrix @ linear.values, linear.columns @ matrix.T)


def transformed(linear: Linear, values: ArrayLike, jacobian: ArrayLike) -> Linear:
    """Return m smooth functions of k estimates by the delta method: their values and their m×k slopes."""
    return Linear(
        np.atleast_1d(np.asarray(values, dtype=np.float64)), linear.columns @ np.atleast_2d(np.asarray(jacobian)).T
    )


def covariance(design: Design, cells: Cells, linear: Linear) -> Floats:
    """Return the joint covariance (k×k) of estimates."""
    return spread(design, cells, linear.columns, covariance=True).aware


def estimates_of(
    design: Design,
    cells: Cells,
    linear: Linear,
    held: Sequence[Bases],
    statistic: Statistic,
    df: int | None = None,
    level: float = LEVEL,
) -> list[Estimate]:
    """Return estimates with t intervals; what the weights fix has none.

    Args:
        design: the constants of the weight.
        cells: the people.
        linear: the estimates.
        held: the bases of each, or one for all.
        statistic: what they are.
        df: degrees of freedom, those of the design where None.
        level: confidence of the intervals.
    """
    both = spread(design, cells, linear.columns)
    told = set_by_weights(both.aware, both.fixed)
    shown = list(held) * len(linear) if len(held) == 1 else list(held)
    free = design.df if df is None else df
    return [
        around(float(value), float(variance), bool(fixed), base, statistic, free, level)
        for value, variance, fixed, base in zip(linear.values, both.aware, told, shown, strict=True)
    ]


def bases_of(cells: Cells, denominators: ArrayLike) -> list[Bases]:
    """Return the bases of C×k columns, each three ways."""
    found = bases(cells, np.asarray(denominators, dtype=np.float64))
    return [Bases(int(n), float(w), float(e)) for n, w, e in zip(*found, strict=True)]


@dataclass(frozen=True, slots=True)
class Wald:
    """A test that several contrasts are all nought: the statistic (Hotelling's T² with a known design), its rank, p."""

    statistic: float
    rank: int
    p: float


def wald(values: ArrayLike, cov: ArrayLike, df: int) -> Wald:
    """Return Wald's test of k values being nought, as an F with the design's degrees of freedom (Korn and Graubard 1990).

    Directions without variance are left out; where one of them has a value, the difference is certain and p is nought.

    >>> w = wald([2.0, 0.0], [[1.0, 0.0], [0.0, 1.0]], 1000)
    >>> w.statistic, w.rank, round(w.p, 3)
    (4.0, 2, 0.136)
    """
    x, v = np.asarray(values, dtype=np.float64), np.asarray(cov, dtype=np.float64)
    own, axes = np.linalg.eigh((v + v.T) / 2)
    there = own > max(own.max(initial=0.0) * 1e-10, 0.0)
    rank = int(there.sum())
    along = axes.T @ x
    if rank == 0 or df < rank:
        return Wald(0.0, 0, 1.0 if not np.any(np.abs(x) > FEWEST) else 0.0)
    statistic = float(np.sum(along[there] ** 2 / own[there]))
    free = df - rank + 1
    return Wald(statistic, rank, float(f_tail(statistic * free / (df * rank), rank, free)))
