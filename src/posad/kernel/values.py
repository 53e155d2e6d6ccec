"""A number with everything a reader may ask about it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Statistic = Literal[
    "share", "mean", "ratio", "difference", "ratio_of_estimates", "count", "base", "total", "contrast", "quantile",
    "variance", "standard_deviation", "covariance", "correlation", "nps", "points", "coefficient", "odds_ratio", "index",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Bases:
    """The base of an estimate three ways: people, weighted people, and the effective base (Σw)²/Σw² (Kish)."""

    unweighted: int
    weighted: float
    effective: float


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a number comes from: enough to compute it again and to tell a changed definition from changed data."""

    address: str
    definition: str  # digest of question, codes, net, group, filter, weight definition
    data: str  # digest of the answers and weights used
    weight: str | None
    simulated: bool


@dataclass(frozen=True, slots=True)
class Estimate:
    """One estimate: value, linearised standard error, interval, bases.

    Shares are fractions (0.72), never percents. ``se`` is None where no error is defined (counts, an empty base), and
    ``set_by_weights`` marks a number that a weighting target fixes. ``value`` is None when the base is empty.
    """

    value: float | None
    se: float | None
    low: float | None
    high: float | None
    bases: Bases
    statistic: Statistic
    df: int
    set_by_weights: bool = False
    origin: Origin | None = None
