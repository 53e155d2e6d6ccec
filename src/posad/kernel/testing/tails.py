"""Two-sided tail probabilities of many test statistics at once, without SciPy.

The tail of Student's t is the incomplete beta function of ½ and half the degrees of freedom, summed as a continued fraction (Lentz); a
book of tables asks for a hundred thousand of them, which one at a time would be slow.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import ArrayLike, NDArray

from posad.kernel.distributions import f_cdf

Floats = NDArray[np.float64]
SHIFT = 16  # from here on Stirling's series has all digits


def t_tails(statistic: ArrayLike, df: ArrayLike) -> Floats:
    """Return the two-sided p-values of Student's t; NaN where the statistic or its degrees of freedom are none.

    With infinite degrees of freedom the statistic is a standard normal one.

    >>> t_tails([2.228138852, 0.0, 1.959963985], [10, 5, np.inf]).round(6).tolist()
    [0.05, 1.0, 0.05]
    """
    t, nu = np.broadcast_arrays(np.abs(np.asarray(statistic, np.float64)), np.asarray(df, np.float64))
    p = np.full(t.shape, np.nan)
    known = ~np.isnan(t) & (nu > 0)
    normal = known & np.isinf(nu)
    p[normal] = normal_tails(t[normal])
    known &= ~normal
    square, half = t[known] ** 2, nu[known] / 2
    whole = nu[known] + square
    p[known] = _beta_half(half, nu[known] / whole, square / whole)
    return p


def normal_tails(statistic: ArrayLike) -> Floats:
    """Return the two-sided p-values of a standard normal statistic.

    >>> normal_tails([1.959963985]).round(6).tolist()
    [0.05]
    """
    z = np.abs(np.asarray(statistic, dtype=np.float64)) / math.sqrt(2)
    return np.array([math.erfc(x) for x in z.ravel().tolist()]).reshape(z.shape)


def f_tail(statistic: float, df1: float, df2: float) -> float:
    """Return the upper tail of Fisher's F, exact where it is small.

    >>> round(f_tail(3.31583, 2, 30), 6)
    0.05
    """
    return 1.0 if statistic <= 0 else f_cdf(1 / statistic, df2, df1)


def _beta_half(a: Floats, x: Floats, y: Floats) -> Floats:
    """Return the regularised incomplete beta function at x of a and ½, with y = 1 − x given apart."""
    factor = np.exp(_log_ratio(a) - 0.5 * math.log(math.pi) + a * np.log(np.where(x > 0, x, 1.0)))
    factor = np.where(x > 0, factor * np.sqrt(y), 0.0)
    turned = x > (a + 1) / (a + 2.5)
    first, second = np.where(turned, 0.5, a), np.where(turned, a, 0.5)
    tail = factor * _fraction(first, second, np.where(turned, y, x)) / first
    return np.where(turned, 1 - tail, tail)


def _log_ratio(a: Floats) -> Floats:
    """Return log Γ(a + ½) − log Γ(a)."""
    steps = np.arange(SHIFT)
    lifted = np.log((a[:, None] + steps) / (a[:, None] + steps + 0.5)).sum(axis=1)
    z = a + SHIFT
    rest: Floats = z * np.log1p(0.5 / z) + 0.5 * np.log(z) - 0.5 + _stirling(z + 0.5) - _stirling(z) + lifted
    return rest


def _stirling(z: Floats) -> Floats:
    square = 1 / (z * z)
    series: Floats = (1 / 12 + square * (-1 / 360 + square * (1 / 1260 + square * (-1 / 1680 + square / 1188)))) / z
    return series


def _fraction(a: Floats, b: Floats, x: Floats) -> Floats:
    """Return the continued fraction of the incomplete beta function, each to its last digit: none depends on those beside it."""
    tiny = 1e-300
    found = np.full_like(a, np.nan)
    left, open_, waiting = np.arange(len(a)), np.ones(len(a), dtype=bool), len(a)
    d = 1 / _away(1 - (a + b) * x / (a + 1), tiny)
    c, h = np.ones_like(a), d
    for m in range(1, 10_000):
        if not len(left):
            break
        a_2m = a + 2 * m
        even = m * (b - m) * x / ((a_2m - 1) * a_2m)
        odd = -(a + m) * (a + b + m) * x / (a_2m * (a_2m + 1))
        for term in (even, odd):
            d = 1 / _away(1 + term * d, tiny)
            c = _away(1 + term / c, tiny)
            step = c * d
            h = h * step
        open_ &= np.abs(step - 1) >= 1e-15
        count = int(np.count_nonzero(open_))
        if count < waiting:  # a fraction that is done keeps its digits, and stays along until half of them are
            done = np.isnan(found[left]) & ~open_
            found[left[done]] = h[done]
            waiting = count
            if 2 * count <= len(left):
                left, (a, b, x, c, d, h) = left[open_], (part[open_] for part in (a, b, x, c, d, h))
                open_ = np.ones(count, dtype=bool)
    found[left] = np.where(np.isnan(found[left]), h, found[left])
    return found


def _away(value: Floats, tiny: float) -> Floats:
    near = np.abs(value) < tiny
    return np.where(near, tiny, value) if near.any() else value
