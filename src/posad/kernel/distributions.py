"""The normal, t and F distributions to ten digits and more, without SciPy.

The incomplete beta function is summed as a continued fraction (Lentz), its leading factor by the saddle-point form of
Loader (2000), which stays exact where logarithms of the gamma function cancel; quantiles are found by safeguarded Newton steps.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import lru_cache

HALF_LOG_TAU = 0.5 * math.log(2 * math.pi)


def normal_cdf(x: float) -> float:
    """Return the probability that a standard normal variable is at most x.

    >>> round(normal_cdf(1.96), 6)
    0.975002
    """
    return 0.5 * math.erfc(-x / math.sqrt(2))


@lru_cache(maxsize=256)
def normal_quantile(p: float) -> float:
    """Return the x below which a standard normal variable falls with probability p.

    >>> round(normal_quantile(0.975), 6)
    1.959964
    """
    _proper(p)
    if p > 0.5:
        return -normal_quantile(1 - p)
    if p == 0.5:
        return 0.0
    return _solve(normal_cdf, lambda x: math.exp(-x * x / 2 - HALF_LOG_TAU), p, -40.0, 0.0)


def t_cdf(x: float, df: float) -> float:
    """Return the probability that Student's t with df degrees of freedom is at most x.

    >>> round(t_cdf(2.0, 10), 6)
    0.963306
    """
    tail = 0.5 * _beta_tail(df / 2, 0.5, df / (df + x * x), x * x / (df + x * x))
    return 1 - tail if x > 0 else tail


@lru_cache(maxsize=256)
def t_quantile(p: float, df: float) -> float:
    """Return the x below which Student's t with df degrees of freedom falls with probability p.

    >>> round(t_quantile(0.975, 10), 6)
    2.228139
    """
    _proper(p)
    if p > 0.5:
        return -t_quantile(1 - p, df)
    if p == 0.5:
        return 0.0
    low = -2.0
    while t_cdf(low, df) > p:
        low *= 4
    return _solve(lambda x: t_cdf(x, df), lambda x: _t_density(x, df), p, low, 0.0)


def _t_density(x: float, df: float) -> float:
    whole = df + x * x
    return _beta_factor(df / 2, 0.5, df / whole, x * x / whole) / abs(x) if x else 0.0


def f_cdf(x: float, df1: float, df2: float) -> float:
    """Return the probability that Fisher's F with df1 and df2 degrees of freedom is at most x.

    >>> round(f_cdf(3.0, 2, 30), 6)
    0.935095
    """
    if x <= 0:
        return 0.0
    return _beta_tail(df1 / 2, df2 / 2, df1 * x / (df1 * x + df2), df2 / (df1 * x + df2))


@lru_cache(maxsize=256)
def f_quantile(p: float, df1: float, df2: float) -> float:
    """Return the x below which Fisher's F with df1 and df2 degrees of freedom falls with probability p.

    >>> round(f_quantile(0.95, 2, 30), 6)
    3.31583
    """
    _proper(p)
    high = 2.0
    while f_cdf(high, df1, df2) < p:
        high *= 4
    return _solve(lambda x: f_cdf(x, df1, df2), lambda x: _f_density(x, df1, df2), p, 0.0, high)


def _f_density(x: float, df1: float, df2: float) -> float:
    if x <= 0:
        return 0.0
    whole = df1 * x + df2
    return _beta_factor(df1 / 2, df2 / 2, df1 * x / whole, df2 / whole) / x


def _proper(p: float) -> None:
    if not 0 < p < 1:
        raise ValueError("a probability must lie strictly between 0 and 1")


def _solve(
    cdf: Callable[[float], float], density: Callable[[float], float], p: float, low: float, high: float
) -> float:
    """Return the root of cdf(x) = p between two bounds: Newton's step, or a bisection where it leaves them."""
    x = (low + high) / 2
    for _ in range(400):
        over = cdf(x) - p
        if over > 0:
            high = x
        else:
            low = x
        slope = density(x)
        new = x - over / slope if slope > 0 else low
        if not low < new < high:
            new = (low + high) / 2
        if abs(new - x) <= 1e-15 * abs(x) or new in (low, high):
            return new
        x = new
    return x


def _beta_tail(a: float, b: float, x: float, y: float) -> float:
    """Return the regularised incomplete beta function at x, with y = 1 − x given apart so that neither loses digits."""
    if x <= 0:
        return 0.0
    if y <= 0:
        return 1.0
    if x > (a + 1) / (a + b + 2):
        return 1 - _beta_factor(b, a, y, x) * _fraction(b, a, y) / b
    return _beta_factor(a, b, x, y) * _fraction(a, b, x) / a


def _beta_factor(a: float, b: float, x: float, y: float) -> float:
    """Return x^a · y^b / B(a, b)."""
    n = a + b
    log = _stirling(n) - _stirling(a) - _stirling(b) - _deviance(a, n * x) - _deviance(b, n * y)
    return math.exp(log) * math.sqrt(a * b / (2 * math.pi * n))


def _stirling(n: float) -> float:
    """Return log Γ(n + 1) less Stirling's approximation of it."""
    if n > 16:
        square = 1 / (n * n)
        series = (1 / 12, -1 / 360, 1 / 1260, -1 / 1680, 1 / 1188, -691 / 360360, 1 / 156)
        value = 0.0
        for term in reversed(series):
            value = value * square + term
        return value / n
    return math.lgamma(n + 1) - (n + 0.5) * math.log(n) + n - HALF_LOG_TAU


def _deviance(x: float, mean: float) -> float:
    """Return x·log(x/mean) + mean − x without cancellation near x = mean."""
    if abs(x - mean) >= 0.1 * (x + mean):
        return x * math.log(x / mean) + mean - x
    v = (x - mean) / (x + mean)
    value, term, j = (x - mean) * v, 2 * x * v, 1
    while True:
        term *= v * v
        new = value + term / (2 * j + 1)
        if new == value:
            return value
        value, j = new, j + 1


def _fraction(a: float, b: float, x: float) -> float:
    """Return the continued fraction of the incomplete beta function by the method of Lentz."""
    tiny = 1e-300
    d = 1 - (a + b) * x / (a + 1)
    d = 1 / (d if abs(d) > tiny else tiny)
    c, value = 1.0, d
    for m in range(1, 100_000):
        for step in (
            m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)),
            -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1)),
        ):
            d = 1 + step * d
            d = 1 / (d if abs(d) > tiny else tiny)
            c = 1 + step / c
            c = c if abs(c) > tiny else tiny
            value *= c * d
        if abs(c * d - 1) < 1e-16:
            return value
    return value
