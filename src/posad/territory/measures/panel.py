"""The same territories at several periods: the only ones whose gaps compare."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from posad.core.problems import Problem, near, problem
from posad.core.words import LocalText
from posad.study.frame.values import Frame, Territory
from posad.territory.indicators.values import Indicator, Period
from posad.territory.measures.spreads import Floats
from posad.territory.position.placing import OUTSIDE, Positions

UNKNOWN = "unknown"
NO_TYPE = LocalText.of(ru="Тип не известен", en="Type not known")
NO_CLASS = LocalText.of(ru="Вне классов положения", en="Outside the classes of position")
YES = LocalText.of(ru="да", en="yes")


@dataclass(frozen=True, slots=True)
class Grouping:
    """A way to group the territories of a frame: the type of each in the frame's order, and the types in words."""

    id: str
    types: tuple[str, ...]
    labels: Mapping[str, LocalText]


@dataclass(frozen=True, slots=True)
class Panel:
    """Values of an indicator, one row for each period and one column for each territory that has them all."""

    indicator: Indicator
    periods: tuple[Period, ...]
    values: Floats
    people: Floats
    weight: str  # the population column that people are of
    grouping: Grouping
    types: tuple[str, ...]
    territories: tuple[str, ...]  # ids
    left_out: int


def group_by(positions: Positions, by: str) -> tuple[Grouping | None, list[Problem]]:
    """Return the territories by class of position, size, district, region, or the values of a tag."""
    frame = positions.frame
    labels: Mapping[str, LocalText]
    if by == "position":
        classes = positions.plan.classes
        types = ["outside" if c == OUTSIDE else classes[c].id for c in positions.classes]
        labels = {c.id: c.label for c in classes} | {"outside": NO_CLASS}
    elif by in ("size", "district", "region"):
        types = _written(frame, by)
        labels = {s.id: s.label for s in frame.sizes} if by == "size" else {d.id: d.name for d in frame.districts}
        labels = frame.regions if by == "region" else labels
    elif any(by in t.tags for t in frame.territories):
        types = [t.tags.get(by) or UNKNOWN for t in frame.territories]
        labels = {}
    else:
        tags = dict.fromkeys(tag for t in frame.territories for tag in t.tags)
        known = ["position", "size", "district", "region", *tags]
        facts = {"name": by, "near": near(by, known), "known": ", ".join(known)}
        return None, [problem("indicator-grouping-unknown", frame.place, **facts)]
    used = dict.fromkeys(types)
    order = [*(id for id in labels if id in used), *(id for id in used if id not in labels)]
    words = {id: labels.get(id) or (NO_TYPE if id == UNKNOWN else LocalText.of(ru=id, en=id)) for id in order}
    return Grouping(by, tuple(types), words), []


def _written(frame: Frame, by: str) -> list[str]:
    from posad.study.frame.counting import size_of

    if by == "region":
        return [t.region or UNKNOWN for t in frame.territories]
    if by == "district":
        return [t.district or UNKNOWN for t in frame.territories]
    sizes = [size_of(frame, t) for t in frame.territories]
    return [UNKNOWN if s is None else s.id for s in sizes]


def make_panel(
    indicator: Indicator, frame: Frame, grouping: Grouping, weight: str, periods: Sequence[str] = ()
) -> tuple[Panel | None, list[Problem]]:
    """Return the territories that have a value in every period and a number of people, and say which are left out.

    Args:
        indicator: The figures.
        frame: The frame they are of.
        grouping: Its territories by type.
        weight: The population column that counts people, the same for every period: a change is then one of values.
        periods: Names of periods; all of them if empty.
    """
    known = [p.id for p in indicator.periods]
    for name in periods:
        if name not in known:
            facts = {"name": name, "near": near(name, known)}
            return None, [problem("indicator-period", indicator.place, **facts)]
    chosen = tuple(p for p in indicator.periods if not periods or p.id in periods)
    values = [indicator.values[p.id] for p in chosen]
    some = {id for v in values for id in v}
    kept: list[tuple[int, Territory]] = []
    lost: list[tuple[int, Territory]] = []
    for i, t in enumerate(frame.territories):
        if t.id in some:
            whole = all(t.id in v for v in values) and t.people.get(weight, 0) > 0
            (kept if whole else lost).append((i, t))
    if not kept:
        return None, [problem("indicator-nobody", indicator.place, name=indicator.id)]
    problems = []
    if lost:
        names = ", ".join(t.name.get("ru") for _, t in lost[:5]) + (", …" if len(lost) > 5 else "")
        problems.append(problem("indicator-left-out", indicator.place, name=indicator.id, count=len(lost), names=names))
    return Panel(
        indicator,
        chosen,
        np.array([[v[t.id] for _, t in kept] for v in values], dtype=np.float64),
        np.array([t.people[weight] for _, t in kept], dtype=np.float64),
        weight,
        grouping,
        tuple(grouping.types[i] for i, _ in kept),
        tuple(t.id for _, t in kept),
        len(lost),
    ), problems
