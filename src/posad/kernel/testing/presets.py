"""Column tests as other programs make them, for moving a study over and for repeating published tables.

Each preset takes weights, overlap and raking as its program does, not as we think right; the documentation says where they go wrong.
W is the weighted base, e the effective one (Σ w)²/Σ w², e0 that of the people two columns share, n people.

To add one: 1. its name in ``Preset``; 2. its formulas here, in ``SHARES`` and ``MEANS``; 3. its habits in ``HABITS``; 4. the page of the docs.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from posad.kernel.testing.columns import PairTests, Quantity, finished, forms, pair_tests, pooled_variance
from posad.kernel.testing.corrections import Correction
from posad.kernel.testing.sums import ColumnSums
from posad.kernel.testing.tails import t_tails

Floats = NDArray[np.float64]
Preset = Literal["posad", "welch", "spss", "dimensions", "q", "crunch"]
Family = Literal[
    "table", "line"
]  # what a correction is made over: the whole table, or one line within one block of the banner


@dataclass(frozen=True, slots=True)
class Habits:
    """How a program goes about tests when nobody tells it otherwise."""

    correction: Correction
    family: Family
    nets: bool = True  # nets count in the family of a correction


HABITS: Mapping[Preset, Habits] = {
    "posad": Habits("bh", "table"),
    "welch": Habits("bh", "table"),
    "spss": Habits("bonferroni", "line"),
    "dimensions": Habits("none", "line"),
    "q": Habits("bh", "table", nets=False),
    "crunch": Habits("none", "line"),
}


def column_tests(sums: ColumnSums, quantity: Quantity, preset: Preset = "posad") -> PairTests:
    """Return the tests of every pair of columns of every line, as a program makes them."""
    return (SHARES if quantity == "share" else MEANS)[preset](sums)


def _both(values: Floats) -> tuple[Floats, Floats]:
    return values[:, :, None], values[:, None, :]


def _spss_shares(sums: ColumnSums) -> PairTests:
    """Return the z test of Custom Tables under WEIGHT BY: cell counts rounded to whole people, pooled share, no test at 0 or 100 %."""
    base, inside = np.floor(sums.b + 0.5), np.floor(sums.y + 0.5)
    share = np.where(base > 0, inside / np.where(base > 0, base, 1), np.nan)
    share = np.where((share > 0) & (share < 1), share, np.nan)
    p_a, p_b = _both(share)
    (y_a, y_b), (w_a, w_b) = _both(inside), _both(base)
    with np.errstate(divide="ignore", invalid="ignore"):
        pooled = (y_a + y_b) / (w_a + w_b)
        variance = pooled * (1 - pooled) * (1 / w_a + 1 / w_b)
    return finished(p_a - p_b, variance, np.full_like(variance, np.inf))


def _spss_means(sums: ColumnSums) -> PairTests:
    """Return the t test of Custom Tables: the variance within all columns of the line, weighted bases as if they were people."""
    base = np.where(sums.b > 0, sums.b, 1.0)
    inside = (sums.yy - sums.y**2 / base).sum(axis=1)
    df = sums.b.sum(axis=1) - (sums.b > 0).sum(axis=1)
    pooled = (inside / np.where(df > 0, df, np.nan))[:, None, None]
    m_a, m_b = _both(sums.values)
    w_a, w_b = _both(sums.b)
    with np.errstate(divide="ignore"):
        return finished(m_a - m_b, pooled * (1 / w_a + 1 / w_b), df[:, None, None])


def _dimensions(sums: ColumnSums, spread_: Floats) -> PairTests:
    first, second = _both(sums.values)
    e_a, e_b = _both(sums.effective)
    e_0 = sums.shared_effective
    with np.errstate(divide="ignore", invalid="ignore"):
        variance = spread_ * (1 / e_a + 1 / e_b - 2 * e_0 / (e_a * e_b))
    df = e_a + e_b - e_0 - 2
    return finished(first - second, variance, np.where(df > 0, df, np.nan))


def _dimensions_shares(sums: ColumnSums) -> PairTests:
    """Return the t test of UNICOM Intelligence: pooled share, effective bases, a term for shared people, e_a + e_b − e_0 − 2 df."""
    first, second = _both(sums.values)
    e_a, e_b = _both(sums.effective)
    with np.errstate(invalid="ignore"):
        pooled = (e_a * first + e_b * second) / (e_a + e_b)
    return _dimensions(sums, pooled * (1 - pooled))


def _dimensions_means(sums: ColumnSums) -> PairTests:
    return _dimensions(sums, pooled_variance(sums))


def _linearised(sums: ColumnSums) -> PairTests:
    """Return the complex-samples t test of Q: each column's own share or mean, weights taken as fixed (Taylor), e_a + e_b − 2 df."""
    first, second = _both(sums.values)
    a, b, ab = forms(sums, sums.fixed, (first, second))
    e_a, e_b = _both(sums.effective)
    return finished(first - second, a + b - 2 * ab, np.maximum(e_a + e_b - 2, 1))


def _crunch_shares(sums: ColumnSums) -> PairTests:
    """Return the t test of Crunch: unpooled shares on effective bases, e_a + e_b − 2 df, nothing for shared people."""
    return unpooled(sums.values, sums.effective, sums.effective)


def unpooled(shares: Floats, bases: Floats, people: Floats) -> PairTests:
    """Return unpooled t tests of shares (R×K) on bases, with degrees of freedom by people: na + nb − 2."""
    first, second = _both(shares)
    (e_a, e_b), (n_a, n_b) = _both(bases), _both(people)
    with np.errstate(divide="ignore", invalid="ignore"):
        variance = first * (1 - first) / e_a + second * (1 - second) / e_b
    return finished(first - second, variance, n_a + n_b - 2)


def _welch(sums: ColumnSums) -> PairTests:
    """Return the test of means of Welch on effective bases, for columns that share nobody; each column has its own variance."""
    base = np.where(sums.b > 0, sums.b, 1.0)
    e = sums.effective
    with np.errstate(divide="ignore", invalid="ignore"):
        own = np.maximum(sums.yy / base - (sums.y / base) ** 2, 0) * e / (e - 1)
        a, b = _both(np.where(e > 1, own / e, np.nan))
        e_a, e_b = _both(e)
        df = (a + b) ** 2 / (a**2 / (e_a - 1) + b**2 / (e_b - 1))
    first, second = _both(sums.values)
    return finished(first - second, a + b, df)


def _mean_test(sums: ColumnSums) -> PairTests:
    return pair_tests(sums, "mean")


SHARES: Mapping[Preset, Callable[[ColumnSums], PairTests]] = {
    "posad": pair_tests,
    "welch": pair_tests,
    "spss": _spss_shares,
    "dimensions": _dimensions_shares,
    "q": _linearised,
    "crunch": _crunch_shares,
}
MEANS: Mapping[Preset, Callable[[ColumnSums], PairTests]] = {
    "posad": _mean_test,
    "welch": _welch,
    "spss": _spss_means,
    "dimensions": _dimensions_means,
    "q": _linearised,
    "crunch": _welch,
}

__all__ = ["HABITS", "Family", "Habits", "Preset", "column_tests", "t_tails", "unpooled"]
