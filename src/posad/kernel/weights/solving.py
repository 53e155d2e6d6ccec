"""Calibration as a convex problem: the multipliers with which weighted sums of x meet their totals, by guarded Newton steps.

Deville and Särndal (1992): the weight after is d·F(x'λ), F by the method. λ is the lowest point of Σ d·G(x'λ) − λ'totals, G'
= F, which is convex; where it has no lowest point the totals cannot be met, and the direction in which it falls proves it.

To add a method: 1. its ``Distance`` here; 2. its name in ``Method``; 3. a value from R or CALMAR in the tests.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Method = Literal["linear", "rake", "logit"]
CLOSE, ENOUGH = 1e-14, 1e-11  # of a total: where to stop, and what is the rounding of sums
STEPS = 200


@dataclass(frozen=True, slots=True)
class Distance:
    """A method: the ratio F of weight after to before, its slope, G whose slope it is, and the reach of F."""

    ratio: Callable[[Floats], Floats]
    slope: Callable[[Floats], Floats]
    summed: Callable[[Floats], Floats]
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Solution:
    """Ratios of weights after to before by profile, steps, the largest gap with the number of its total, and a proof.

    ``proof`` is a direction of totals that no weights within reach can meet together, where the totals are impossible.
    """

    ratios: Floats
    steps: int
    gap: float
    worst: int
    reached: float
    converged: bool
    proof: Floats | None


def distance(method: Method, bounds: tuple[float, float] | None) -> Distance:
    """Return the distance of a method; bounds are the smallest and largest ratio of weight after to before."""
    if method == "logit":
        if bounds is None:
            raise ValueError("logit needs bounds")
        return _logit(*bounds)
    if method == "rake":
        if bounds is not None:
            raise ValueError("bounds belong to the linear and logit methods")
        return Distance(_exp, _exp, _exp, 0.0, np.inf)
    if bounds is None:
        return Distance(lambda u: 1 + u, np.ones_like, lambda u: u + u * u / 2, -np.inf, np.inf)
    return _bounded_linear(*bounds)


def _exp(u: Floats) -> Floats:
    values: Floats = np.exp(np.clip(u, -700, 700))
    return values


def _bounded_linear(low: float, high: float) -> Distance:
    def ratio(u: Floats) -> Floats:
        return np.clip(1 + u, low, high)

    def slope(u: Floats) -> Floats:
        return ((1 + u > low) & (1 + u < high)).astype(np.float64)

    def summed(u: Floats) -> Floats:
        inner = np.clip(u, low - 1, high - 1)
        area: Floats = inner + inner * inner / 2 + ratio(u) * (u - inner)
        return area

    return Distance(ratio, slope, summed, low, high)


def _logit(low: float, high: float) -> Distance:
    steep = (high - low) / ((1 - low) * (high - 1))
    ground, rise = np.log(high - 1), np.log(1 - low)

    def part(u: Floats) -> Floats:
        """Return where between low and high the ratio is, from zero to one, without overflow."""
        share: Floats = 1 / (1 + np.exp(np.clip(ground - rise - steep * u, -700, 700)))
        return share

    def ratio(u: Floats) -> Floats:
        values: Floats = low + (high - low) * part(u)
        return values

    def slope(u: Floats) -> Floats:
        inside = part(u)
        values: Floats = (high - low) * steep * inside * (1 - inside)
        return values

    def summed(u: Floats) -> Floats:
        area: Floats = low * u + (high - low) / steep * np.logaddexp(ground, rise + steep * u)
        return area

    return Distance(ratio, slope, summed, low, high)


def solve(before: Floats, x: Floats, totals: Floats, sizes: Floats, how: Distance) -> Solution:
    """Return the ratios with which Σ before·ratio·x meets the totals.

    Args:
        before: weight of each profile before, above zero.
        x: P×L values of each profile.
        totals: L totals wanted.
        sizes: L sizes against which a gap is judged: the total itself for a level, Σ before for a number around zero.
        how: the distance.
    """
    multipliers = np.zeros(x.shape[1])
    u = x @ multipliers
    value, step = float(before @ how.summed(u)), 0
    gaps = totals - x.T @ (before * how.ratio(u))
    best, since = np.inf, 0
    while step < STEPS:
        step += 1
        size = float(np.max(np.abs(gaps) / sizes, initial=0.0))
        since = 0 if size < 0.99 * best else since + 1
        best = min(best, size)
        if size < CLOSE or (since >= 3 and best < ENOUGH) or since > 40:
            break
        move = _newton(before * how.slope(u), x, gaps)
        multipliers, u, value, moved = _searched(before, x, totals, how, (multipliers, value, move, gaps))
        gaps = totals - x.T @ (before * how.ratio(u))
        if not moved:
            break
    ratios = how.ratio(u)
    relative = np.abs(gaps) / sizes
    worst = int(np.argmax(relative)) if len(relative) else 0
    gap = float(relative[worst]) if len(relative) else 0.0
    reached = float(totals[worst] - gaps[worst]) if len(relative) else 0.0
    converged = gap < ENOUGH
    proof = None if converged else _proof(before, x, totals, how, ratios)
    return Solution(ratios, step, gap, worst, reached, converged, proof)


def _newton(heavy: Floats, x: Floats, gaps: Floats) -> Floats:
    """Return Newton's step; levels of several margins depend on one another, so the matrix has no plain inverse."""
    matrix = (x * heavy[:, None]).T @ x
    diagonal = np.diag(matrix)
    scale = np.where(diagonal > 0, 1 / np.sqrt(np.where(diagonal > 0, diagonal, 1)), 0)
    inner = np.linalg.pinv(matrix * np.outer(scale, scale), rcond=1e-11, hermitian=True)
    step: Floats = scale * (inner @ (scale * gaps))
    if not np.any(step) or float(step @ gaps) <= 0:  # everybody is at a bound: go straight down
        step = gaps
    return step


def _searched(
    before: Floats, x: Floats, totals: Floats, how: Distance, state: tuple[Floats, float, Floats, Floats]
) -> tuple[Floats, Floats, float, bool]:
    """Return the multipliers after a step shortened until the objective falls enough."""
    start, value, move, gaps = state
    promised = float(move @ gaps)
    length = 1.0
    for _ in range(60):
        tried = start + length * move
        u = x @ tried
        new = float(before @ how.summed(u)) - float(tried @ totals)
        if new <= value - 1e-4 * length * promised or (length == 1.0 and promised < 1e-12 * max(1.0, abs(value))):
            return tried, u, new, True
        length /= 2
    return start, x @ start, value, False


def _proof(before: Floats, x: Floats, totals: Floats, how: Distance, ratios: Floats) -> Floats | None:
    """Return a direction along which no weights within reach meet the totals, or nothing where none was found.

    Walks towards the totals by the steps of Frank and Wolfe (1956); where the farthest that any weights can go along what is
    still missing falls short of the totals, that is the proof. Without an upper bound the weights still sum to one.
    """
    if not np.isfinite(how.low):
        return None
    point = x.T @ (before * np.clip(ratios, how.low, min(how.high, 1e6)))
    for _ in range(3000):
        missing = totals - point
        leaning = x @ missing
        extremes = before * np.where(leaning > 0, how.high, how.low) if np.isfinite(how.high) else None
        corner = x[int(np.argmax(leaning))] if extremes is None else x.T @ extremes
        if float(missing @ totals) > float(missing @ corner) + 1e-10:
            return missing
        move = corner - point
        length = float(move @ move)
        if length == 0:
            return None
        point = point + min(1.0, max(0.0, float(missing @ move) / length)) * move
    return None
