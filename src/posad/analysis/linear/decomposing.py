"""What the difference of two groups consists of: that they are composed otherwise, and that alike people of both answer otherwise.

Kitagawa (1955) for one variable, with the averages of both groups as weights; Oaxaca (1973) and Blinder (1973) for several, with the
coefficients of a pooled regression that has the group in it (Jann 2008). Both add up exactly, and every part is an estimate with a
linearised column. "Explained" is composition, no cause.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from posad.analysis.linear.estimates import Linear
from posad.analysis.linear.margins import predicted
from posad.analysis.linear.models import fit
from posad.kernel.design import Floats

Mask = NDArray[np.bool_]


def means_of(values: Floats, there: Mask, weights: Floats) -> Linear:
    """Return the weighted means of C×k values over some people, as estimates.

    >>> means_of(np.array([[1.0], [3.0]]), np.ones(2, dtype=bool), np.array([1.0, 3.0])).values.tolist()
    [2.5]
    """
    part = there.astype(np.float64)
    total = float(np.sum(weights * part))
    means = ((weights * part) @ values) / total
    return Linear(means, part[:, None] * (values - means) / total)


def kitagawa(y: Floats, cells: Sequence[Mask], first: Mask, second: Mask, weights: Floats) -> Linear:
    """Return the difference of two groups' means, its part by composition, and its part by rates.

    Args:
        y: C outcomes.
        cells: The groups of one variable, each with people of both sides.
        first: C, who is in the first group.
        second: C, who is in the second.
        weights: C weights.

    Composition is Σ (p₁ − p₂)(r₁ + r₂)/2, rates are Σ (r₁ − r₂)(p₁ + p₂)/2.
    """
    inside = np.column_stack(cells).astype(np.float64)
    p1, p2 = (means_of(inside, side, weights) for side in (first, second))
    r1, r2 = (
        Linear(np.array([m.values[0] for m in made]), np.column_stack([m.columns for m in made]))
        for made in ([means_of(y[:, None], side & cell, weights) for cell in cells] for side in (first, second))
    )
    apart, rates = p1.values - p2.values, r1.values - r2.values
    middle, shares = (r1.values + r2.values) / 2, (p1.values + p2.values) / 2
    composition = (p1.columns - p2.columns) @ middle + (r1.columns + r2.columns) @ (apart / 2)
    rate = (r1.columns - r2.columns) @ shares + (p1.columns + p2.columns) @ (rates / 2)
    parts = np.array([float(apart @ middle), float(rates @ shares)])
    return Linear(np.array([parts.sum(), *parts]), np.column_stack([composition + rate, composition, rate]))


def oaxaca(y: Floats, x: Floats, blocks: Sequence[Sequence[int]], first: Mask, second: Mask, weights: Floats) -> Linear:
    """Return the difference of two groups' means, what composition explains of it, what is left, and the part of each block.

    Args:
        y: C outcomes.
        x: C×p columns with one of ones first.
        blocks: For each variable the numbers of its columns.
        first: C, who is in the first group.
        second: C, who is in the second.
        weights: C weights.

    The part of a variable is that of all its columns, which does not depend on the group it is compared with.
    """
    both = first | second
    pooled = fit("linear", np.where(both[:, None], np.column_stack([x, first]), 0.0), y, weights, both)
    beta = pooled.coefficients[:-1]
    a, b = (means_of(x, side, weights) for side in (first, second))
    apart = a.values - b.values
    each = (a.columns - b.columns) * beta + pooled.linear.columns[:, :-1] * apart
    ya, yb = (means_of(y[:, None], side, weights) for side in (first, second))
    gap, moved = float(ya.values[0] - yb.values[0]), (ya.columns - yb.columns)[:, 0]
    explained = float(apart @ beta)
    values = [gap, explained, gap - explained, *(float(apart[list(k)] @ beta[list(k)]) for k in blocks)]
    whole = each.sum(axis=1)
    columns = [moved, whole, moved - whole, *(each[:, list(k)].sum(axis=1) for k in blocks)]
    return Linear(np.array(values), np.column_stack(columns))


def composition_by_logit(y: Floats, x: Floats, first: Mask, second: Mask, weights: Floats) -> float | None:
    """Return what composition explains by a logistic model with the group in it, as a check of shares; nothing where it has none.

    The mean prediction over the first group less that over the second, both having the same mixture of the two groups' levels.
    """
    both = first | second
    columns = np.where(both[:, None], np.column_stack([x, first]), 0.0)
    model = fit("logit", columns, y, weights, both)
    if not model.converged:
        return None
    part = float(np.sum(weights[first]) / np.sum(weights[both]))
    found = 0.0
    for level, share in ((1.0, part), (0.0, 1 - part)):
        at = columns.copy()
        at[both, -1] = level
        mean, _ = predicted(model, at)
        sides = [float(np.sum((weights * mean)[s]) / np.sum(weights[s])) for s in (first, second)]
        found += share * (sides[0] - sides[1])
    return found
