"""A level that wanders, seen with known errors: what it most likely was at each wave.

y = level + e with e ~ N(0, V) known; the level moves by N(0, q·Δt) between waves and starts anywhere. Given q the smoothed level is
the mean of the level given all waves, in closed form what the Kalman smoother gives (Durbin and Koopman 2012); q is not fixed where
it is likeliest – with few waves that is often nought – but averaged over by its restricted likelihood on a grid.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from posad.kernel.design import Floats

GRID = 60
WIDEST = 0.15  # the largest step of a share in one unit of time, as a standard deviation


@dataclass(frozen=True, slots=True)
class Smoothed:
    """The level at each wave and its standard error; ``step`` is the mean standard deviation of its step in a unit of time."""

    level: Floats
    errors: Floats
    step: float


def smooth(y: Floats, v: Floats, times: Floats, most: float = WIDEST) -> Smoothed:
    """Return the smoothed level of a series.

    Args:
        y: T values.
        v: T sampling variances, above nought.
        times: T times, growing.
        most: The largest standard deviation of a step in a unit of time; all up to it are alike before the answers.
    """
    steps = np.linspace(0.0, most, GRID)
    found = [_given(y, v, times, float(s) ** 2) for s in steps]
    logs = np.array([f[2] for f in found])
    weights = np.exp(logs - logs.max())
    weights /= weights.sum()
    levels, variances = (np.array([f[i] for f in found]) for i in (0, 1))
    level = weights @ levels
    variance = weights @ (variances + (levels - level) ** 2)
    return Smoothed(level, np.sqrt(variance), float(weights @ steps))


def _given(y: Floats, v: Floats, times: Floats, q: float) -> tuple[Floats, Floats, float]:
    """Return level and variances for one q, and the logarithm of its restricted likelihood."""
    ones = np.ones(len(y))
    wander = q * np.minimum.outer(times - times[0], times - times[0])
    whole = wander + np.diag(v)
    inverse = np.linalg.inv(whole)
    of_start = 1 / float(ones @ inverse @ ones)
    start = of_start * float(ones @ inverse @ y)
    gain = wander @ inverse
    level = start + gain @ (y - start)
    left = ones - gain @ ones
    variances = np.diag(wander - gain @ wander) + left**2 * of_start
    residual = y - start
    sign, size = np.linalg.slogdet(whole)
    assert sign > 0
    likelihood = -0.5 * (float(size) - np.log(of_start) + float(residual @ inverse @ residual))
    return level, np.maximum(variances, 0.0), likelihood


def times_of(waves: tuple[str, ...]) -> Floats:
    """Return when waves were, in years from the first, by ids such as 2025 or 2025-05; one apart where they do not say.

    >>> times_of(("2024-05", "2024-11", "2025-05")).tolist(), times_of(("a", "b")).tolist()
    ([0.0, 0.5, 1.0], [0.0, 1.0])
    """
    found = []
    for wave in waves:
        year, _, month = wave.partition("-")
        if not (year.isdigit() and len(year) == 4 and (not month or month[:2].isdigit())):
            return np.arange(len(waves), dtype=np.float64)
        found.append(int(year) + (int(month[:2]) - 1) / 12 if month else float(year))
    times = np.array(found, dtype=np.float64)
    return times - times[0] if np.all(np.diff(times) > 0) else np.arange(len(waves), dtype=np.float64)
