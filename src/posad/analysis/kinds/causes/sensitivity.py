"""How strong something unmeasured would have to be to change an answer.

E-values (VanderWeele and Ding 2017) are on the scale of risk ratios, robustness values and bounds by measured terms (Cinelli and
Hazlett 2020) on that of explained variance. Both speak of one hidden factor added to what is already held equal.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, sqrt

import numpy as np

from posad.kernel.design import Floats

RISK = (
    0.91  # a standardised difference d stands for a risk ratio of exp(0.91·d) (Chinn 2000; VanderWeele and Ding 2017)
)


def e_value(ratio: float) -> float:
    """Return the E-value of a risk ratio: the ratio by which a hidden factor must go with both, to explain it away.

    >>> round(e_value(3.9), 2), round(e_value(1 / 3.9), 2), e_value(1.0)
    (7.26, 7.26, 1.0)
    """
    up = max(ratio, 1 / ratio)
    return up + sqrt(up * (up - 1))


def e_value_of_interval(low: float, high: float) -> float:
    """Return the E-value of the end of an interval that is nearer to one; one where the interval holds one.

    >>> e_value_of_interval(0.9, 1.2), round(e_value_of_interval(1.8, 8.7), 2)
    (1.0, 3.0)
    """
    if low <= 1 <= high:
        return 1.0
    return e_value(low if low > 1 else high)


def ratio_of_difference(standardised: float) -> float:
    """Return the risk ratio that a difference in standard deviations stands for.

    >>> round(ratio_of_difference(0.5), 2)
    1.58
    """
    return exp(RISK * standardised)


def robustness(partial_f: float) -> float:
    """Return the part of what is left of both that a hidden factor must explain, to take an association to nought.

    Args:
        partial_f: Cohen's partial f of the association, √(R²/(1−R²)).

    >>> round(robustness(0.2), 3), robustness(0.0)
    (0.181, 0.0)
    """
    f2 = partial_f**2
    return (sqrt(f2**2 + 4 * f2) - f2) / 2


@dataclass(frozen=True, slots=True)
class Hidden:
    """A hidden factor as strong as some measured term: by how much it could move the coefficient, as a part of the coefficient."""

    term: int  # number of the measured term
    part: float


def residual(columns: Floats, weights: Floats, others: Floats) -> Floats:
    """Return what others (C×q, a column of ones among them) leave of columns (C×k) under weights."""
    root = np.sqrt(weights)[:, None]
    found: Floats = columns - others @ np.linalg.lstsq(others * root, columns * root, rcond=None)[0]
    return found


def _explained(of: Floats, by: Floats, weights: Floats) -> float:
    """Return the part of the weighted sum of squares of ``of`` (C) that ``by`` (C×k) explains without a constant."""
    whole = float(np.sum(weights * of**2))
    left = residual(of[:, None], weights, by)[:, 0]
    return 1 - float(np.sum(weights * left**2)) / whole if whole > 0 else 0.0


def partial_f(y: Floats, a: Floats, controls: Floats, weights: Floats) -> float:
    """Return Cohen's partial f of ``a`` in the weighted linear regression of ``y`` on it and the controls.

    >>> one = np.ones((4, 1)); round(partial_f(np.array([0, 1.0, 2, 4]), np.array([0, 1.0, 2, 3]), one, np.ones(4)), 3)
    5.307
    """
    left = residual(np.column_stack([y, a]), weights, controls)
    r2 = _explained(left[:, 0], left[:, 1:], weights)
    return sqrt(r2 / (1 - r2)) if r2 < 1 else float("inf")


def strongest(y: Floats, a: Floats, terms: list[Floats], weights: Floats) -> Hidden | None:
    """Return the measured term which, doubled by a hidden factor as strong, could move the coefficient of ``a`` most.

    Cinelli and Hazlett's (2020) bound with k = 1, by the partial R² of each term's columns with ``a`` and with ``y``. Nothing without
    terms, or where ``a`` has no association to move.
    """
    ones = np.ones((len(y), 1))
    found: list[Hidden] = []
    for j, own in enumerate(terms):
        rest = np.column_stack([ones, *(t for i, t in enumerate(terms) if i != j)])
        every = np.column_stack([rest, own])
        left = residual(np.column_stack([a, y, own]), weights, rest)
        with_a = _explained(left[:, 0], left[:, 2:], weights)
        beyond = residual(np.column_stack([y, own]), weights, np.column_stack([rest, a]))
        with_y = _explained(beyond[:, 0], beyond[:, 1:], weights)
        if with_a >= 0.5:  # the bound has no meaning: so strong a hidden factor would determine the rest
            return Hidden(j, float("inf"))
        of_a = with_a / (1 - with_a)
        shared = with_a**2 / ((1 - with_a) * (1 - with_a))
        of_y = min(((1 + sqrt(shared)) / sqrt(1 - shared)) ** 2 * with_y / (1 - with_y), 1.0) if shared < 1 else 1.0
        inner = residual(np.column_stack([y, a]), weights, every)
        slope = float(np.sum(weights * inner[:, 0] * inner[:, 1]) / np.sum(weights * inner[:, 1] ** 2))
        noise = sqrt(
            float(np.sum(weights * (inner[:, 0] - slope * inner[:, 1]) ** 2) / np.sum(weights * inner[:, 1] ** 2))
        )
        if slope != 0:
            found.append(Hidden(j, sqrt(of_y * of_a / (1 - of_a)) * noise / abs(slope)))
    return max(found, key=lambda h: h.part) if found else None
