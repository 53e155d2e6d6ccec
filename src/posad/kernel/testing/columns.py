"""The column test: is a share or a mean of one column different from that of another, people in both and the raking allowed for.

Shares: pooled share P = (ea·pa + eb·pb)/(ea + eb) over effective bases; D = (y − P·b)/W for each column. The variance of the
difference is the larger of two forms, both never negative:

* correlation form: A = P(1 − P)/e times what the raking and the design do to the variance of D, for each column, and
  Aa + Ab − 2ρ√(Aa·Ab), with ρ the measured correlation of the two D's;
* score form: the same with each A multiplied by κ = Σ w²(y − P)²/(P(1 − P)·Σ w²), which tells whether heavy weights go with an answer.
  κ of a column is known poorly from few people (two heavy people who said yes make the share high and κ higher still, so that nothing is
  ever found), so it is drawn towards the κ of both columns together as far as it is uncertain: (y − P)²/(P(1 − P)) of one person
  varies by (1 − 2P)²/(P(1 − P)) around one, that over the effective base is the variance of κ, and true κ are taken to lie about
  ¼ around the common one. With columns of thousands the score form is the raking-aware variance of Da − Db itself.

For columns that share nobody, with weights that no raking made, it is the pooled test on effective bases. Student's t has
max(ea + eb − e0 − 2, 3) degrees of freedom, e0 the effective base of the shared people, at most those of the design. Means are tested
alike: D = (y − m·b)/W around the columns' own means, the pooled variance within columns instead of P(1 − P), κ of each
column by itself and Satterthwaite's degrees of freedom, so that columns may vary unequally.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from posad.kernel.testing.sums import ColumnSums
from posad.kernel.testing.tails import t_tails

Floats = NDArray[np.float64]
Quantity = Literal["share", "mean"]
RELATION = 0.25  # how far κ of columns may well lie from the common one
NOTHING = 1e-9  # a variance this small beside that of independent columns: the same answers, or set by weights


@dataclass(frozen=True, slots=True)
class PairTests:
    """Tests of every column against every other: R×K×K differences (first less second), variances, degrees of freedom.

    NaN where no test can be made: an empty base, the same answers in both columns, everybody or nobody. Degrees of freedom are
    infinite where the statistic is taken for a normal one.
    """

    difference: Floats
    variance: Floats
    df: Floats

    @property
    def statistic(self) -> Floats:
        """The test statistics, difference over its error."""
        return self.difference / np.sqrt(self.variance)

    @property
    def p(self) -> Floats:
        """The p-values of all pairs; who needs a few of them takes those of their statistics."""
        return t_tails(self.statistic, self.df)


def pair_tests(sums: ColumnSums, quantity: Quantity = "share") -> PairTests:
    """Return the tests of every pair of columns of every line."""
    first, second = _sides(sums.values)
    e_a, e_b = _sides(sums.effective)
    if quantity == "share":
        pooled = _pooled(first, second, e_a, e_b)
        spread_ = pooled * (1 - pooled)
        centre = pooled, pooled
        with np.errstate(divide="ignore", invalid="ignore"):
            prior = (1 - 2 * pooled) ** 2 / spread_ / RELATION**2
    else:
        spread_ = pooled_variance(sums)
        centre = first, second
        prior = None
    variance, (a, b) = _variance(sums, centre, spread_, (e_a, e_b), prior)
    df = e_a + e_b - sums.shared_effective - 2
    if quantity == "mean":  # the column that varies more may be the small one: Satterthwaite
        with np.errstate(divide="ignore", invalid="ignore"):
            df = np.fmin(df, (a + b) ** 2 / (a**2 / (e_a - 1) + b**2 / (e_b - 1)))
    return finished(first - second, variance, np.minimum(np.maximum(df, 3), max(sums.df, 1)))


def finished(difference: Floats, variance: Floats, df: Floats) -> PairTests:
    """Return tests of differences with variances above nothing."""
    return PairTests(difference, np.where(variance > 0, variance, np.nan), np.broadcast_to(df, difference.shape))


def pooled_variance(sums: ColumnSums) -> Floats:
    """Return the variance within columns pooled over each pair (R×K×K), on effective bases."""
    e = sums.effective
    base = np.where(sums.b > 0, sums.b, 1.0)
    inside = np.maximum(sums.yy / base - (sums.y / base) ** 2, 0) * e  # effective sum of squares
    left, right = _sides(inside)
    e_a, e_b = _sides(e)
    return (left + right) / np.maximum(e_a + e_b - 2, 1)


def _sides(values: Floats) -> tuple[Floats, Floats]:
    return values[:, :, None], values[:, None, :]


def _pooled(first: Floats, second: Floats, e_a: Floats, e_b: Floats) -> Floats:
    whole = e_a + e_b
    return np.where(whole > 0, (e_a * first + e_b * second) / np.where(whole > 0, whole, 1), np.nan)


def _variance(
    sums: ColumnSums, centre: tuple[Floats, Floats], spread_: Floats, bases: tuple[Floats, Floats], prior: Floats | None
) -> tuple[Floats, list[Floats]]:
    """Return the variances of differences (R×K×K), NaN where nothing varies, and those of each side in the score form.

    ``prior`` are the effective people who speak for the κ of both columns together; without them each column has its own.
    """
    raw = forms(sums, sums.second, centre)[:2]
    *aware, between = forms(sums, sums.aware, centre)
    n = sums.respondents
    enlarged = n / (n - 1) if n > 1 else 1.0
    w = _sides(sums.b)
    with np.errstate(divide="ignore", invalid="ignore"):
        plain = [spread_ / e for e in bases]
        factor = [np.where(r > 0, np.maximum(v, 0) / r, 1.0) for v, r in zip(aware, raw, strict=True)]
        squares = [x**2 / e for x, e in zip(w, bases, strict=True)]  # Σ w² of a column
        around = [r * x**2 for r, x in zip(raw, w, strict=True)]  # Σ w²(y − P)²
        common = (around[0] + around[1]) / (spread_ * (squares[0] + squares[1]))
        own = [r / (spread_ * q) for r, q in zip(around, squares, strict=True)]
        related = own
        if prior is not None:
            related = [(prior * common + e * k) / (prior + e) for e, k in zip(bases, own, strict=True)]
        both = np.sqrt(np.maximum(aware[0], 0) * np.maximum(aware[1], 0))
        rho = np.clip(np.where(both > 0, between / np.where(both > 0, both, 1), 0), -1, 1)
        correlated = _difference([a * f / enlarged for a, f in zip(plain, factor, strict=True)], rho)
        sides = [a * k * f for a, k, f in zip(plain, related, factor, strict=True)]
        if prior is None:  # around a mean that the column's own people made
            sides = [s * np.where(e > 1, e / (e - 1), np.nan) for s, e in zip(sides, bases, strict=True)]
        variance = np.fmax(correlated, _difference(sides, rho))
        return np.where(variance > NOTHING * (plain[0] + plain[1]), variance, np.nan), sides


def _difference(variances: Sequence[Floats], rho: Floats) -> Floats:
    a, b = variances
    return a + b - 2 * rho * np.sqrt(a * b)


def forms(sums: ColumnSums, moments: Floats, centre: tuple[Floats, Floats]) -> tuple[Floats, Floats, Floats]:
    """Return the variances of Da and of Db and their covariance (R×K×K), D = (y − centre·b)/W, from moments of y and b."""
    k = sums.b.shape[1]
    yy, yb, bb = moments[:, :k, :k], moments[:, :k, k:], moments[:, k:, k:]
    w_a, w_b = _sides(np.where(sums.b > 0, sums.b, np.nan))
    one, other = centre
    diagonal = [np.diagonal(m, axis1=1, axis2=2) for m in (yy, yb, bb)]
    d_yy, d_yb, d_bb = (_sides(m) for m in diagonal)
    a = (d_yy[0] - 2 * one * d_yb[0] + one**2 * d_bb[0]) / w_a**2
    b = (d_yy[1] - 2 * other * d_yb[1] + other**2 * d_bb[1]) / w_b**2
    ab = (yy - other * yb - one * np.swapaxes(yb, 1, 2) + one * other * bb) / (w_a * w_b)
    return a, b, ab
