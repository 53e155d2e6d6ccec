"""Which strategies each territory may follow, by the rules of the study: yes, no, or not known for want of a tag or a number."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from posad.core.problems import Problem, problem
from posad.store.duck import DuckEngine
from posad.study.expressions.scope import Scope
from posad.study.frame.plan.rules.scope import frame_scope, tag_kinds
from posad.study.frame.plan.rules.strategies import StrategyPlan
from posad.study.questionnaire.values import Kind
from posad.territory.position.columns import Truth, answers, engine_of
from posad.territory.position.placing import Positions

Which = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Flags:
    """The strategies of every territory of a frame, in its order.

    ``inside`` marks the territories that are asked; ``truth`` holds for each strategy 1, 0 or -1 (not known) by territory.
    """

    positions: Positions
    plan: StrategyPlan
    inside: Which
    truth: tuple[Truth, ...]
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class StrategyRow:
    """How many territories and people may follow a strategy, and of how many it is not known; shares are of people."""

    id: str
    territories: int
    people: int
    share: float
    unsure: int
    unsure_people: int
    unsure_share: float


@dataclass(frozen=True, slots=True)
class CombinationRow:
    """Territories that may surely follow exactly these strategies; of ``unsure`` of them some other one is not known."""

    ids: tuple[str, ...]
    territories: int
    people: int
    share: float
    unsure: int


@contextmanager
def opened(positions: Positions, plan: StrategyPlan) -> Iterator[tuple[DuckEngine, Scope]]:
    """Open the frame for the rules of strategies: its columns, distances, classes of position and tags."""
    frame = positions.frame
    declared = {id: Kind.NUMBER if t.number else Kind.OPEN for id, t in plan.tags.items()}
    scope = frame_scope(frame, positions.nearest, declared, {c.id: c.label for c in positions.plan.classes})
    there = tag_kinds(frame)
    otherwise = {id: t.otherwise for id, t in plan.tags.items() if t.otherwise is not None and id in there}
    engine = engine_of(frame, scope, positions.numbers(), {"position": positions.codes()}, otherwise)
    try:
        yield engine, scope
    finally:
        engine.close()


def find_strategies(positions: Positions, plan: StrategyPlan) -> Flags:
    """Return which strategies every territory may follow, and say of how many it is not known."""
    with opened(positions, plan) as (engine, scope):
        found = answers(engine, [plan.of, *(s.rule for s in plan.strategies)], scope)
    inside = positions.inside if plan.of is None else found[0] == 1
    problems = []
    for strategy, truth in zip(plan.strategies, found[1:], strict=True):
        unsure = int((inside & (truth == -1)).sum())
        if unsure:
            problems.append(problem("strategy-unsure", strategy.place, count=unsure, name=strategy.id))
    return Flags(positions, plan, inside, tuple(found[1:]), tuple(problems))


def by_strategy(flags: Flags) -> tuple[StrategyRow, ...]:
    """Return a row for each strategy; a territory is counted in every one it may follow."""
    rows = []
    for strategy, truth in zip(flags.plan.strategies, flags.truth, strict=True):
        yes, unsure = flags.inside & (truth == 1), flags.inside & (truth == -1)
        rows.append(
            StrategyRow(
                strategy.id,
                int(yes.sum()),
                people_in(flags, yes),
                share_of(flags, yes),
                int(unsure.sum()),
                people_in(flags, unsure),
                share_of(flags, unsure),
            )
        )
    return tuple(rows)


def by_combination(flags: Flags) -> tuple[CombinationRow, ...]:
    """Return a row for each set of strategies that some territory may surely follow, those with most people first.

    Every territory asked is in exactly one row; the empty set are those for which no strategy is sure.
    """
    sets: dict[tuple[str, ...], list[int]] = {}
    ids = [s.id for s in flags.plan.strategies]
    for i in np.flatnonzero(flags.inside):
        sets.setdefault(tuple(id for id, t in zip(ids, flags.truth, strict=True) if t[i] == 1), []).append(int(i))
    unknown = np.any([t == -1 for t in flags.truth], axis=0) if flags.truth else np.zeros(len(flags.inside), np.bool_)
    rows = []
    for key, members in sets.items():
        which = np.zeros(len(flags.inside), dtype=np.bool_)
        which[members] = True
        unsure = int((which & unknown).sum())
        rows.append(CombinationRow(key, len(members), people_in(flags, which), share_of(flags, which), unsure))
    return tuple(sorted(rows, key=lambda r: (-r.people, r.ids)))


def people_in(flags: Flags, which: Which) -> int:
    """Return how many people live in some territories; those whose number is not known count nothing."""
    return int(np.nansum(flags.positions.people[which]))


def share_of(flags: Flags, which: Which) -> float:
    """Return the share of some territories in the people of all that are asked."""
    everyone = people_in(flags, flags.inside)
    return people_in(flags, which) / everyone if everyone else 0.0
