"""Distances and classes of position of every territory of a frame."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from posad.core.place import Place
from posad.core.problems import Problem, problem
from posad.study.expressions.tree import Expression
from posad.study.frame.plan.rules.position import NearestPlan, PositionPlan
from posad.study.frame.plan.rules.scope import frame_scope
from posad.study.frame.values import Frame
from posad.territory.position.columns import Truth, answers, engine_of, populations, sizes
from posad.territory.position.distances import Floats, Ints, kilometres, nearest, tenths, vectors

OUTSIDE = -1  # no class: the territory is not among those that get one, or a rule cannot be answered for it


@dataclass(frozen=True, slots=True)
class Nearest:
    """One distance of all territories: kilometres (infinite where there is no such town) and which territory it is (-1: none).

    ``travelled`` marks territories whose kilometres come of a time of travel, so that the town it leads to is not known.
    """

    plan: NearestPlan
    km: Floats
    town: Ints
    travelled: NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Positions:
    """A frame with its distances, growth and classes, in the order of its territories.

    ``people`` are NaN where unknown, ``growth`` is the change of the trend's columns in per cent, ``inside`` marks territories that
    get a class, ``classes`` are numbers of ``plan.classes`` or ``OUTSIDE``.
    """

    frame: Frame
    plan: PositionPlan
    people: Floats
    nearest: Mapping[str, Nearest]
    growth: Floats
    inside: NDArray[np.bool_]
    classes: Ints
    problems: tuple[Problem, ...] = ()

    def numbers(self) -> dict[str, Floats]:
        """Return the counted columns that rules may name."""
        return {**{id: one.km for id, one in self.nearest.items()}, "trend": self.growth}

    def codes(self) -> list[int | None]:
        """Return the classes as codes from 1, None where there is none."""
        return [None if c == OUTSIDE else int(c) + 1 for c in self.classes]


def place_territories(frame: Frame, plan: PositionPlan) -> Positions:
    """Return where every territory of a frame lies beside larger towns, and what was assumed or is missing.

    Territories without coordinates have no distance and, where a rule needs one, no class; they are named.
    """
    people = populations(frame, frame.population)
    found = distances(frame, plan, people)
    growth = growth_of(frame, plan)
    scope = frame_scope(frame, found)
    engine = engine_of(frame, scope, {**{id: one.km for id, one in found.items()}, "trend": growth})
    try:
        rules: list[Expression | None] = [plan.of, *(c.rule for c in plan.classes)]
        true = answers(engine, rules, scope)
    finally:
        engine.close()
    inside = true[0] == 1
    classes = classed(true[1:], inside, [c.rule is None for c in plan.classes])
    made = Positions(frame, plan, people, found, growth, inside, classes)
    return Positions(frame, plan, people, found, growth, inside, classes, tuple(_told(made, true[0])))


def classed(true: Sequence[Truth], inside: NDArray[np.bool_], rest: Sequence[bool]) -> Ints:
    """Return the first class that is surely true of each territory; "else" takes those of whom every earlier rule is false.

    A territory of which an earlier rule is unknown gets no later class: it might belong to the earlier one.
    """
    classes = np.full(len(inside), OUTSIDE, dtype=np.int64)
    open_ = inside.copy()
    for number, (answer, last) in enumerate(zip(true, rest, strict=True)):
        classes[open_ & ((answer == 1) | last)] = number
        open_ &= answer == 0
    return classes


def distances(frame: Frame, plan: PositionPlan, people: Floats) -> dict[str, Nearest]:
    """Return every distance of a plan, times of travel in the place of the one they lead to."""
    latitude = np.array([np.nan if t.latitude is None else t.latitude for t in frame.territories])
    longitude = np.array([np.nan if t.longitude is None else t.longitude for t in frame.territories])
    placed = np.flatnonzero(np.isfinite(latitude) & np.isfinite(longitude))
    points = vectors(latitude[placed], longitude[placed])
    minutes = np.array([np.nan if t.travel is None else t.travel for t in frame.territories])
    found = {}
    for one in plan.nearest:
        km, town = np.full(len(people), np.inf), np.full(len(people), -1, dtype=np.int64)
        km[~(np.isfinite(latitude) & np.isfinite(longitude))] = np.nan
        if one.people is None:
            km[np.isnan(people)] = np.nan  # its size is not known, and so not who is larger
        for askers, goals in _searches(frame, one, people[placed], placed):
            km[placed[askers]], town[placed[askers]] = _search(points, placed, people, askers, goals)
        travelled = np.isfinite(minutes) if one.id == plan.travel_to else np.zeros(len(people), dtype=np.bool_)
        km, town = np.where(travelled, tenths(minutes * plan.kmh / 60), km), np.where(travelled, -1, town)
        found[one.id] = Nearest(one, km, town, travelled)
    return found


def _searches(frame: Frame, one: NearestPlan, people: Floats, placed: Ints) -> Iterator[tuple[Ints, Ints]]:
    """Yield who looks for whom: everybody for towns of so many people, or each size class for all larger ones."""
    everyone = np.arange(len(people), dtype=np.int64)
    if one.people is not None:
        yield everyone, np.flatnonzero(people >= one.people)
        return
    known = sizes(frame)
    classes = np.array([known[i] or 0 for i in placed], dtype=np.int64)
    order = [i for i, _ in sorted(enumerate(frame.sizes, 1), key=lambda pair: pair[1].low)]
    rank = np.array([0, *(order.index(code) + 1 for code in range(1, len(order) + 1))])[classes]
    for level in range(1, len(order) + 1):
        yield np.flatnonzero(rank == level), np.flatnonzero(rank > level)


def _search(points: Floats, placed: Ints, people: Floats, askers: Ints, goals: Ints) -> tuple[Floats, Ints]:
    """Return kilometres and towns; of equally near towns the one with more people, then the earlier in the frame, is taken."""
    ranked = goals[np.lexsort((goals, -people[placed[goals]]))]
    own = np.full(len(points), -1, dtype=np.int64)
    own[ranked] = np.arange(len(ranked))
    who, chord = nearest(points[askers], points[ranked], own[askers])
    if not len(ranked):
        return kilometres(chord), who
    return kilometres(chord), np.where(who < 0, -1, placed[ranked[np.maximum(who, 0)]])


def growth_of(frame: Frame, plan: PositionPlan) -> Floats:
    """Return the change between the trend's columns in per cent, NaN where either number is missing or the first is zero."""
    if plan.trend is None:
        return np.full(len(frame.territories), np.nan)
    first, last = (populations(frame, c) for c in plan.trend)
    return np.where(first > 0, 100 * (last / np.where(first > 0, first, 1.0) - 1), np.nan)


def _told(made: Positions, of: Truth) -> Iterator[Problem]:
    """Say what was assumed and what is missing."""
    frame, plan = made.frame, made.plan
    lost = [t for t in frame.territories if t.latitude is None or t.longitude is None]
    if lost:
        yield _named("position-no-coordinates", lost[0].place, [t.name.get("ru") for t in lost])
    unsure = np.flatnonzero(of == -1)
    if len(unsure):
        names = [frame.territories[i].name.get("ru") for i in unsure]
        yield _named("position-of-unknown", frame.territories[unsure[0]].place, names, rule=plan.of_text)
    open_ = made.inside & (made.classes == OUTSIDE) & bool(plan.classes)
    unclassed = [i for i in np.flatnonzero(open_) if frame.territories[i].latitude is not None]
    if unclassed:
        names = [frame.territories[i].name.get("ru") for i in unclassed]
        yield _named("position-no-class", frame.territories[unclassed[0]].place, names)
    travels = sum(t.travel is not None for t in frame.territories)
    if travels and plan.travel_to is None:
        yield problem("position-travel-unused", plan.place, count=travels)
    elif travels:
        yield problem("position-travel-used", plan.place, count=travels, name=str(plan.travel_to), kmh=f"{plan.kmh:g}")
    for one in plan.nearest:
        if one.people is not None and not np.any(made.people >= one.people):
            yield problem("position-nobody-so-large", plan.place, name=one.id, people=one.people)


def _named(code: str, place: Place, names: list[str], **facts: str) -> Problem:
    shown = ", ".join(names[:5]) + (", …" if len(names) > 5 else "")
    return problem(code, place, count=len(names), names=shown, **facts)
