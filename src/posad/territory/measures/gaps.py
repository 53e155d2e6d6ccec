"""Every measure of one indicator: at each period, between and within types of territory, and from the first period to the last."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from posad.territory.measures.convergence import Beta, beta, delta, gamma
from posad.territory.measures.panel import Panel
from posad.territory.measures.patterns import Pattern, Whole, type_pattern, whole_pattern
from posad.territory.measures.spreads import (
    Floats,
    gini,
    mean,
    quintile_ratio,
    sigma,
    sigma_log,
    value_range,
    variation,
    williamson,
)
from posad.territory.measures.theil import Decomposition, decompose_l, decompose_t

SPREADS: Mapping[str, Callable[[Floats, Floats], float | None]] = {
    "mean": mean,
    "mean_plain": lambda y, p: mean(y),
    "range": lambda y, p: value_range(y),
    "quintile_ratio": quintile_ratio,
    "williamson": williamson,
    "variation": lambda y, p: variation(y),
    "gini": gini,
    "gini_plain": lambda y, p: gini(y),
    "sigma": lambda y, p: sigma(y),
    "sigma_log": lambda y, p: sigma_log(y),
}
"""The measures of one period by name; those called ``plain``, and range and sigma, let each territory count one."""


@dataclass(frozen=True, slots=True)
class PeriodGaps:
    """The measures of one period by name (None: not defined), Theil's two between and within types, distance from the best."""

    period: str
    values: Mapping[str, float | None]
    theil_t: Decomposition | None
    theil_l: Decomposition | None
    delta: float | None


@dataclass(frozen=True, slots=True)
class TypeGaps:
    """One type of territory: how many, their people, their mean by period, and how it moved beside the mean of all."""

    type: str
    territories: int
    people: int
    means: tuple[float, ...]
    spreads: tuple[float | None, ...]  # the weighted coefficient of variation inside the type, by period
    pattern: Pattern | None


@dataclass(frozen=True, slots=True)
class Gaps:
    """All that is measured of an indicator.

    ``relative`` names what became of the weighted coefficient of variation, ``absolute`` of the standard deviation; both stand beside
    the weighted mean. They are None with one period, or where neither direction is good. ``beta`` needs years between the periods.
    """

    panel: Panel
    periods: tuple[PeriodGaps, ...]
    types: tuple[TypeGaps, ...]
    relative: Whole | None
    absolute: Whole | None
    beta: Beta | None
    gamma: float | None


def measure_gaps(panel: Panel) -> Gaps:
    """Return every measure of the territories of a panel."""
    way = panel.indicator.direction
    periods = tuple(_period(panel, i) for i in range(len(panel.periods)))
    types = tuple(_type(panel, type) for type in panel.grouping.labels if type in panel.types)
    if len(periods) < 2:
        return Gaps(panel, periods, types, None, None, None, None)
    first, last = panel.values[0], panel.values[-1]
    years = panel.periods[-1].start - panel.periods[0].start
    relative = absolute = None
    if way != "none":
        relative = _whole(periods, "williamson", higher_is_better=way == "up")
        absolute = _whole(periods, "sigma", higher_is_better=way == "up")
    return Gaps(panel, periods, types, relative, absolute, beta(first, last, years), gamma(panel.values))


def _period(panel: Panel, i: int) -> PeriodGaps:
    y, people = panel.values[i], panel.people
    best = panel.indicator.direction
    return PeriodGaps(
        panel.periods[i].id,
        {name: measure(y, people) for name, measure in SPREADS.items()},
        decompose_t(y, panel.types, people),
        decompose_l(y, panel.types, people),
        None if best == "none" else delta(y, higher_is_better=best == "up"),
    )


def _type(panel: Panel, type: str) -> TypeGaps:
    mine = np.array([t == type for t in panel.types])
    means = tuple(float(panel.people[mine] @ y[mine] / panel.people[mine].sum()) for y in panel.values)
    pattern = None
    if len(panel.periods) > 1 and panel.indicator.direction != "none":
        every = tuple(mean(y, panel.people) or 0.0 for y in (panel.values[0], panel.values[-1]))
        up = panel.indicator.direction == "up"
        pattern = type_pattern((means[0], means[-1]), (every[0], every[1]), higher_is_better=up)
    inner = tuple(williamson(y[mine], panel.people[mine]) for y in panel.values)
    return TypeGaps(type, int(mine.sum()), int(panel.people[mine].sum()), means, inner, pattern)


def _whole(periods: tuple[PeriodGaps, ...], spread: str, *, higher_is_better: bool) -> Whole | None:
    levels = (periods[0].values["mean"], periods[-1].values["mean"])
    spreads = (periods[0].values[spread], periods[-1].values[spread])
    if None in levels or None in spreads:
        return None
    (a, b), (c, d) = levels, spreads
    assert a is not None
    assert b is not None
    assert c is not None
    assert d is not None
    return whole_pattern((a, b), (c, d), higher_is_better=higher_is_better)
