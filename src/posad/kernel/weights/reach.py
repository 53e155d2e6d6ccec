"""Certificates: what a single margin or mean can reach within the bounds, and so which targets are impossible."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from posad.core.problems import Fact
from posad.kernel.weights.checks import Remark, as_percent
from posad.kernel.weights.making import Task, live_profiles
from posad.kernel.weights.solving import Distance, Floats


def check_reach(
    task: Task, values: Floats, means: Sequence[float], how: Distance, population: float | None
) -> list[Remark]:
    """Return a certificate for each level or mean that no ratios within the reach of the method can bring to its target."""
    live = live_profiles(task.index, task.shares) & (task.d > 0)
    d = np.where(live, task.d, 0.0)
    d = d / (d.sum() if population is None else population)
    found = []
    for m, share in enumerate(task.shares):
        sums = np.bincount(task.index[:, m], d, len(share))
        people = np.bincount(task.index[live, m], minlength=len(share))
        for level in np.flatnonzero(share > 0):
            facts: dict[str, Fact] = {"margin": m, "level": list(task.targets[m])[int(level)]}
            facts |= {"people": int(people[level]), "target": as_percent(float(share[level]))}
            before = float(sums[level])
            if before * how.high < share[level] * (1 - 1e-12):
                facts |= {"reach": as_percent(before * how.high), "bound": how.high}
                found.append(Remark("weighting-ratio-too-low", facts))
            elif before * how.low > share[level] * (1 + 1e-12):
                facts |= {"reach": as_percent(before * how.low), "bound": how.low}
                found.append(Remark("weighting-ratio-too-high", facts))
    for q, mean in enumerate(means):
        lowest, highest = _reach_of_mean(values[live, q], d[live], how)
        slack = 1e-12 * max(abs(lowest), abs(highest), abs(mean)) if np.isfinite(lowest + highest) else 0.0
        if not lowest - slack <= mean <= highest + slack or not np.isfinite(mean):
            facts = {"number": q, "target": float(mean), "low": float(f"{lowest:.6g}"), "high": float(f"{highest:.6g}")}
            found.append(Remark("weighting-mean-unreachable", facts))
    return found


def _reach_of_mean(values: Floats, d: Floats, how: Distance) -> tuple[float, float]:
    """Return the smallest and largest mean that weights between low·d and high·d of sum one can have."""
    if not np.isfinite(how.low):
        return (-np.inf, np.inf) if np.ptp(values) > 0 else (float(values[0]), float(values[0]))
    if not np.isfinite(how.high):
        return float(values.min()), float(values.max())
    order = np.argsort(values, kind="stable")
    return _filled(values[order], d[order], how), _filled(values[order][::-1], d[order][::-1], how)


def _filled(values: Floats, d: Floats, how: Distance) -> float:
    """Return the mean when the first people get as much as they can and the others as little."""
    spare = 1 - how.low * d.sum()
    more = np.cumsum((how.high - how.low) * d)
    extra = np.diff(np.minimum(more, spare), prepend=0.0)
    return float((how.low * d + extra) @ values)
