"""What a model predicts on average: predictive margins and differences of them, in the units of the outcome.

A margin is the weighted mean of everybody's prediction with one thing set to a value; its column has two parts, that people differ
in their covariates (they were sampled too) and that the coefficients are estimated (Graubard and Korn 1999).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from posad.analysis.linear.estimates import Linear, combined, together
from posad.analysis.linear.models import Fit, _logistic, cumulative
from posad.kernel.design import Floats


def margin(fitted: Fit, x: Floats, weights: Floats, inside: NDArray[np.bool_], over: int | None = None) -> Linear:
    """Return the mean prediction over the people inside, everybody having the regressors ``x``.

    Args:
        fitted: the model.
        x: C×p regressors with a column of ones first, one of them set to what is asked.
        weights: C weights.
        inside: C, over whom the mean is taken.
        over: of an ordinal model, the code from which on its probability is meant; the highest where None.
    """
    people, model = margin_parts(fitted, x, weights, inside, over)
    return Linear(people.values, people.columns + model.columns)


def margin_parts(
    fitted: Fit, x: Floats, weights: Floats, inside: NDArray[np.bool_], over: int | None = None
) -> tuple[Linear, Linear]:
    """Return the margin with the column that comes of sampling people, and that of estimating the coefficients.

    R's ``svypredmeans`` adds the variances of both and leaves their covariance out, which is nought where the model is true; here the
    column of a margin is the sum of both, so that nothing is assumed and margins have a joint covariance.
    """
    part = inside.astype(np.float64)
    total = float(np.sum(weights * part))
    expected, slopes = predicted(fitted, x, over)
    value = float(np.sum(weights * part * expected)) / total
    moved = ((weights * part)[:, None] * slopes).sum(axis=0) / total
    values = np.array([value])
    people = Linear(values, (part * (expected - value) / total)[:, None])
    return people, Linear(values, (fitted.linear.columns @ moved)[:, None])


def predicted(fitted: Fit, x: Floats, over: int | None = None) -> tuple[Floats, Floats]:
    """Return everybody's prediction and its slopes in the coefficients (C×m)."""
    beta = fitted.coefficients
    if fitted.model == "linear":
        return x @ beta, x
    if fitted.model == "logit":
        mu = _logistic(x @ beta)
        return mu, x * (mu * (1 - mu))[:, None]
    own = x[:, 1:]
    count = len(beta) - own.shape[1] + 1
    cut = count - 1 if over is None else over
    below = cumulative(own, beta, count)[:, cut]
    density = below * (1 - below)
    slopes = np.zeros((len(x), len(beta)))
    slopes[:, : own.shape[1]] = own * density[:, None]
    slopes[:, own.shape[1] + cut - 1] = -density
    return 1 - below, slopes


def difference(first: Linear, second: Linear) -> Linear:
    """Return the first margin less the second."""
    return combined(together(first, second), [[1.0, -1.0]])
