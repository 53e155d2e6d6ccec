"""Shares of messages, out of labels of many and hand codes of a probability sample of them, group by group.

Labels alone are biased as soon as they err; hand codes alone are dear. The tuned difference estimator takes the labels' mean over all
messages and adds what hand codes say of their error: p = mean(y) + λ·(mean of all labels − mean of labels in the sample), with the λ
that makes the variance least. Source: Angelopoulos, Duchi, Zrnic 2023 (PPI++); Egami and others 2023 (DSL).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

LEAST = 30  # hand codes of a group below which no share is told
Z = 1.959963984540054


@dataclass(frozen=True, slots=True)
class Prevalence:
    """The share of a group's messages that bear a theme: from 0 to 1, with its standard error and 95 % interval."""

    value: float
    error: float
    low: float
    high: float
    coded: int
    messages: int
    matches: int
    tuning: float


@dataclass(frozen=True, slots=True)
class NoGold:
    """Why no share can be told: too few hand codes. The number of matches may be printed, never a share."""

    coded: int
    messages: int
    matches: int


def prevalence(
    labels: NDArray[np.bool_], at: NDArray[np.int64], codes: NDArray[np.bool_], least: int = LEAST
) -> Prevalence | NoGold:
    """Return the corrected share of one group, or why there is none.

    Args:
        labels: The label of every message of the group, N.
        at: Which messages were coded by hand, n places drawn with equal chances from the group.
        codes: What the hand said of them, n.
        least: How many hand codes are needed.

    Raises:
        ValueError: when ``at`` and ``codes`` differ in length or name a message twice.
    """
    if len(at) != len(codes) or len(np.unique(at)) != len(at):
        raise ValueError("one hand code for each message of the sample, each message once")
    total, n, matches = len(labels), len(at), int(np.count_nonzero(labels))
    if n < max(least, 2):
        return NoGold(n, total, matches)
    y, x = codes.astype(np.float64), labels[at].astype(np.float64)
    spread = float(np.var(x, ddof=1))
    tuning = float(np.cov(y, x)[0, 1]) / spread if spread > 0 else 0.0
    value = float(y.mean() + tuning * (labels.mean() - x.mean()))
    left = y - tuning * x
    variance = float(np.var(left, ddof=1)) * (1 - n / total) / n
    if variance == 0:  # all alike: what a sample of n could have missed
        variance = (value * (1 - value) or 1 / (n + 2) * (1 - 1 / (n + 2))) / n * (1 - n / total)
    error = math.sqrt(variance)
    value = min(max(value, 0.0), 1.0)
    return Prevalence(value, error, max(0.0, value - Z * error), min(1.0, value + Z * error), n, total, matches, tuning)
