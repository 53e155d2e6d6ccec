"""Fay and Herriot's model of areas: each direct estimate drawn towards what its covariates say, the more the larger its error.

y = Xβ + u + e with u ~ N(0, A) and known sampling variances D. A is found by restricted maximum likelihood; the mean squared error is that
of Prasad and Rao (1990) in the form of Datta and Lahiri (2000) for REML: g1 + g2 + 2·g3. Equal to R's ``sae::eblupFH`` and ``mseFH``.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from posad.kernel.design import Floats

SETTLED = 1e-13  # of the bracket of A, relative
WIDEST = 2.0**60


@dataclass(frozen=True, slots=True)
class Areas:
    """Areas of a fitted model: values with their mean squared errors, how far each keeps its own estimate, β and its covariance, A."""

    values: Floats
    mse: Floats
    kept: Floats  # γ = A/(A + D): one keeps the direct estimate, nought takes the model's
    beta: Floats
    beta_cov: Floats
    between: float  # A

    def elsewhere(self, x: Floats) -> tuple[Floats, Floats]:
        """Return what the model says of areas without an estimate of their own (k×p covariates), and its mean squared error.

        >>> fay_herriot(np.array([0.4, 0.6]), np.ones((2, 1)), np.array([0.01, 0.01])).elsewhere(np.ones((1, 1)))[0].round(2).tolist()
        [0.5]
        """
        found: Floats = self.between + np.einsum("ij,jk,ik->i", x, self.beta_cov, x)
        return x @ self.beta, found


def fay_herriot(y: Floats, x: Floats, d: Floats) -> Areas:
    """Fit the model of areas.

    Args:
        y: m direct estimates.
        x: m×p covariates of full rank, a column of ones among them; p < m.
        d: m sampling variances, all above nought.

    Raises:
        ValueError: there are no more areas than covariates, or a variance is not above nought.
    """
    m, p = x.shape
    if m <= p or not np.all(d > 0):
        raise ValueError(f"{m} areas, {p} covariates, smallest variance {d.min(initial=np.inf)}")
    between = _between(y, x, d)
    v = between + d
    inverse: Floats = np.linalg.inv((x / v[:, None]).T @ x).astype(np.float64)
    beta = inverse @ (x.T @ (y / v))
    kept = between / v
    values = kept * y + (1 - kept) * (x @ beta)
    own = kept * d
    of_beta = (1 - kept) ** 2 * np.einsum("ij,jk,ik->i", x, inverse, x)
    of_between = d**2 / v**3 * 2 / float((1 / v**2).sum())
    return Areas(values, own + of_beta + 2 * of_between, kept, beta, inverse, between)


def _between(y: Floats, x: Floats, d: Floats) -> float:
    """Return A where the restricted likelihood is highest; nought where it falls from the start."""
    if _slope(0.0, y, x, d) <= 0:
        return 0.0
    low, high = 0.0, float(d.mean())
    while _slope(high, y, x, d) > 0 and high < d.mean() * WIDEST:
        low, high = high, 2 * high
    while high - low > SETTLED * high:
        middle = (low + high) / 2
        if middle in (low, high):
            break
        low, high = (middle, high) if _slope(middle, y, x, d) > 0 else (low, middle)
    return (low + high) / 2


def _slope(a: float, y: Floats, x: Floats, d: Floats) -> float:
    """Return the derivative of twice the restricted log-likelihood: y'PPy − tr P."""
    w = 1 / (a + d)
    wx = x * w[:, None]
    inverse = np.linalg.inv(wx.T @ x)
    residual = w * (y - x @ (inverse @ (wx.T @ y)))
    trace = float(w.sum() - np.einsum("ij,jk,ik->", wx, inverse, wx))
    return float(residual @ residual) - trace
