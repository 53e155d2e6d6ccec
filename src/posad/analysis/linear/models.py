"""Weighted regressions with the design's errors: linear, logistic, proportional odds.

Coefficients solve Σ w·score = 0; a coefficient's column is the score times the inverse information, so that its error is that of the
weighted total of the column (Binder 1983), over calibration, strata and primary units. Equal to R's ``svyglm`` and ``svyolr``.

To add a model: 1. a function here that returns a :class:`Fit`; 2. its predictions in ``margins.py``; 3. a value from R in
``tests/analysis/oracles``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from posad.analysis.linear.estimates import Linear
from posad.kernel.design import Floats

ModelName = Literal["linear", "logit", "ordinal"]
MOST_STEPS = 100
SETTLED = 1e-10
FAR = 30.0  # of a linear predictor: a probability that far from the middle is nought or one


@dataclass(frozen=True, slots=True)
class Fit:
    """A fitted model: coefficients with their columns (C×p), of an ordinal one the slopes first, then K−1 cut points.

    ``scores`` are without weights; people outside the model have zeros. ``explained`` is R² of a linear model, McFadden's pseudo R²
    of the others. ``converged`` is false where the likelihood has no maximum: a group has only one outcome.
    """

    model: ModelName
    linear: Linear
    explained: float
    converged: bool

    @property
    def coefficients(self) -> Floats:
        """The coefficients."""
        return self.linear.values


Fitted = tuple[Floats, Floats, float, bool]  # coefficients, columns, R², whether it converged


def fit(model: ModelName, x: Floats, y: Floats, weights: Floats, inside: NDArray[np.bool_]) -> Fit:
    """Fit a model to the people inside.

    Args:
        model: which one.
        x: C×p regressors with a column of ones first; an ordinal model leaves that column out by itself.
        y: C outcomes: numbers, zeros and ones, or codes 0, 1 … K−1.
        weights: C weights.
        inside: C, who takes part; the others have zero columns.
    """
    makers: dict[ModelName, Callable[[Floats, Floats, Floats], Fitted]] = {
        "linear": _least_squares,
        "logit": _logit,
        "ordinal": _ordinal,
    }
    own = x[inside] if model != "ordinal" else x[inside, 1:]
    beta, columns, explained, converged = makers[model](own, y[inside], weights[inside])
    whole = np.zeros((len(x), len(beta)))
    whole[inside] = columns
    return Fit(model, Linear(beta, whole), explained, converged)


def _least_squares(x: Floats, y: Floats, w: Floats) -> Fitted:
    gram = (x * w[:, None]).T @ x
    inverse = np.linalg.inv(gram)
    beta = inverse @ (x.T @ (w * y))
    residual = y - x @ beta
    middle = np.sum(w * y) / np.sum(w)
    whole = np.sum(w * (y - middle) ** 2)
    explained = 1 - float(np.sum(w * residual**2) / whole) if whole > 0 else 0.0
    return beta, (x * residual[:, None]) @ inverse, explained, True


def _logit(x: Floats, y: Floats, w: Floats) -> Fitted:
    beta = np.zeros(x.shape[1])
    last, converged = -np.inf, False
    for _ in range(MOST_STEPS):
        mu = _logistic(x @ beta)
        information = (x * (w * mu * (1 - mu))[:, None]).T @ x
        try:
            move: Floats = np.linalg.solve(information, x.T @ (w * (y - mu))).astype(np.float64)
        except np.linalg.LinAlgError:
            break
        beta, likelihood = _halved(beta, move, last, lambda b: _binomial(x, y, w, b))
        if not np.all(np.isfinite(beta)) or np.max(np.abs(x @ beta)) > FAR:
            break
        if np.max(np.abs(move)) < SETTLED * (1 + np.max(np.abs(beta))):
            converged = True
            break
        last = likelihood
    if not converged:
        return np.zeros_like(beta), np.zeros_like(x), 0.0, False
    mu = _logistic(x @ beta)
    inverse = np.linalg.inv((x * (w * mu * (1 - mu))[:, None]).T @ x)
    share = float(np.sum(w * y) / np.sum(w))
    empty = float(np.sum(w) * (share * np.log(share) + (1 - share) * np.log(1 - share)))
    return beta, (x * (y - mu)[:, None]) @ inverse, 1 - _binomial(x, y, w, beta) / empty, True


def _logistic(eta: Floats) -> Floats:
    """Return probabilities of linear predictors, without overflow.

    >>> _logistic(np.array([0.0, 1000.0])).tolist()
    [0.5, 1.0]
    """
    small = np.exp(-np.abs(eta))
    found: Floats = np.where(eta >= 0, 1 / (1 + small), small / (1 + small))
    return found


def _binomial(x: Floats, y: Floats, w: Floats, beta: Floats) -> float:
    eta = x @ beta
    return float(np.sum(w * (y * eta - np.logaddexp(0, eta))))


def _halved(beta: Floats, move: Floats, last: float, likelihood: Callable[[Floats], float]) -> tuple[Floats, float]:
    """Return a step that does not lose likelihood, halved where it would."""
    for _ in range(30):
        new = beta + move
        value = likelihood(new)
        if np.isfinite(value) and value >= last - 1e-9 * (1 + abs(last)):
            return new, value
        move = move / 2
    return beta + move, likelihood(beta + move)


def _ordinal(x: Floats, y: Floats, w: Floats) -> Fitted:
    """Fit proportional odds, logit P(Y ≤ k) = ζ_k − xβ (McCullagh 1980), by guarded Newton steps."""
    codes = y.astype(np.int64)
    count = int(codes.max(initial=0)) + 1
    held = np.bincount(codes, w, count)
    below = np.cumsum(held)[:-1] / held.sum()
    theta = np.concatenate([np.zeros(x.shape[1]), np.log(below / (1 - below))])
    empty = float(np.sum(held * np.log(held / held.sum())))
    last, converged = -np.inf, False
    for _ in range(MOST_STEPS):
        scores, information = _ordinal_scores(x, codes, w, theta, count)
        try:
            move: Floats = np.linalg.solve(information, scores.T @ w).astype(np.float64)
        except np.linalg.LinAlgError:
            break
        theta, likelihood = _halved(theta, move, last, lambda t: _ordinal_likelihood(x, codes, w, t, count))
        slopes = x @ theta[: x.shape[1]]
        if not np.all(np.isfinite(theta)) or np.max(np.abs(slopes), initial=0.0) > FAR:
            break
        if np.max(np.abs(move)) < SETTLED * (1 + np.max(np.abs(theta))):
            converged = True
            break
        last = likelihood
    if not converged:
        return np.zeros_like(theta), np.zeros((len(x), len(theta))), 0.0, False
    scores, information = _ordinal_scores(x, codes, w, theta, count)
    explained = 1 - _ordinal_likelihood(x, codes, w, theta, count) / empty
    return theta, scores @ np.linalg.inv(information), explained, True


def cumulative(x: Floats, theta: Floats, count: int) -> Floats:
    """Return P(Y ≤ k) of each person for k = −1 … K−1 (C×(K+1)) by an ordinal model."""
    p = x.shape[1]
    eta = theta[p:][None, :] - (x @ theta[:p])[:, None]
    assert eta.shape[1] == count - 1
    return np.column_stack([np.zeros(len(x)), _logistic(eta), np.ones(len(x))])


def _ordinal_likelihood(x: Floats, codes: NDArray[np.int64], w: Floats, theta: Floats, count: int) -> float:
    if np.any(np.diff(theta[x.shape[1] :]) <= 0):
        return -np.inf
    f = cumulative(x, theta, count)
    rows = np.arange(len(x))
    probability = f[rows, codes + 1] - f[rows, codes]
    with np.errstate(divide="ignore"):
        return float(np.sum(w * np.log(probability)))


def _ordinal_scores(x: Floats, codes: NDArray[np.int64], w: Floats, theta: Floats, count: int) -> tuple[Floats, Floats]:
    """Return the scores (C×m) and the observed information (m×m) of proportional odds."""
    n, p = x.shape
    f = cumulative(x, theta, count)
    rows = np.arange(n)
    upper, lower = f[rows, codes + 1], f[rows, codes]
    probability = np.maximum(upper - lower, 1e-300)
    du, dl = upper * (1 - upper), lower * (1 - lower)  # densities at both cuts
    ddu, ddl = du * (1 - 2 * upper), dl * (1 - 2 * lower)
    above = np.zeros((n, p + count - 1))  # derivative of the upper cut's predictor
    under = np.zeros_like(above)
    has_upper, has_lower = codes < count - 1, codes > 0
    above[has_upper, :p], under[has_lower, :p] = -x[has_upper], -x[has_lower]
    above[rows[has_upper], p + codes[has_upper]] = 1.0
    under[rows[has_lower], p + codes[has_lower] - 1] = 1.0
    scores = (above * du[:, None] - under * dl[:, None]) / probability[:, None]
    second = (above * (w * ddu / probability)[:, None]).T @ above - (under * (w * ddl / probability)[:, None]).T @ under
    information = (scores * w[:, None]).T @ scores - second
    return scores, information
