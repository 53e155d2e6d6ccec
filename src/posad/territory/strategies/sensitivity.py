"""How much hangs on the thresholds: each number of a rule moved by 10 and 25 per cent, or by the steps of its tag."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from posad.core.problems import Problem, problem
from posad.study.expressions.tree import Expression
from posad.study.expressions.writing import write
from posad.study.frame.plan.rules.scope import frame_scope, tag_kinds
from posad.territory.position.columns import answers, engine_of
from posad.territory.position.placing import Positions, classed
from posad.territory.strategies.flags import Flags, opened, people_in
from posad.territory.strategies.thresholds import Move, moves, thresholds


@dataclass(frozen=True, slots=True)
class SensitivityRow:
    """A strategy with one threshold moved: how many territories and people it then has, and how many more or fewer."""

    id: str
    comparison: Expression
    value: float
    step: str
    moved: float
    territories: int
    people: int
    territories_change: int
    people_change: int

    def threshold(self, language: str) -> str:
        """Return the comparison the threshold stands in, as text."""
        return write(self.comparison, language)


@dataclass(frozen=True, slots=True)
class ClassRow:
    """Classes of position with one threshold of one class moved: territories and people of every class then."""

    id: str  # of the class whose rule holds the threshold
    comparison: Expression
    value: float
    step: str
    moved: float
    territories: tuple[tuple[str, int], ...]
    people: tuple[tuple[str, int], ...]


def sensitivity(flags: Flags) -> tuple[tuple[SensitivityRow, ...], tuple[Problem, ...]]:
    """Return what becomes of every strategy when each of its thresholds is moved, the others staying as they are."""
    plan = flags.plan
    steps = {t.id: t.steps for t in plan.tags.values()}
    tags = {*tag_kinds(flags.positions.frame), *plan.tags}
    categories = frozenset(tag for tag in tags if not steps.get(tag))
    asked: list[tuple[int, Move]] = []
    problems = []
    for number, strategy in enumerate(plan.strategies):
        for threshold in thresholds(strategy.rule, categories):
            made = list(moves(threshold, strategy.rule, steps))
            asked += [(number, move) for move in made]
            if not made:
                problems.append(problem("threshold-zero", strategy.place, rule=write(threshold.inside, "en")))
    with opened(flags.positions, plan) as (engine, scope):
        found = answers(engine, [move.rule for _, move in asked], scope)
    rows = []
    for (number, move), truth in zip(asked, found, strict=True):
        before, after = flags.inside & (flags.truth[number] == 1), flags.inside & (truth == 1)
        people = people_in(flags, after)
        rows.append(
            SensitivityRow(
                plan.strategies[number].id,
                move.threshold.inside,
                move.threshold.value,
                move.step,
                move.value,
                int(after.sum()),
                people,
                int(after.sum()) - int(before.sum()),
                people - people_in(flags, before),
            )
        )
    return tuple(rows), tuple(problems)


def class_sensitivity(positions: Positions) -> tuple[ClassRow, ...]:
    """Return what becomes of the classes of position when each threshold of their rules is moved."""
    plan, frame = positions.plan, positions.frame
    scope = frame_scope(frame, positions.nearest)
    rules = [c.rule for c in plan.classes]
    asked = [
        (number, move)
        for number, rule in enumerate(rules)
        if rule is not None
        for threshold in thresholds(rule)
        for move in moves(threshold, rule, {})
    ]
    engine = engine_of(frame, scope, positions.numbers())
    try:
        own = answers(engine, rules, scope)
        found = answers(engine, [move.rule for _, move in asked], scope)
    finally:
        engine.close()
    rows = []
    for (number, move), truth in zip(asked, found, strict=True):
        true = [truth if i == number else t for i, t in enumerate(own)]
        classes = classed(true, positions.inside, [r is None for r in rules])
        each = [(c.id, positions.inside & (classes == i)) for i, c in enumerate(plan.classes)]
        rows.append(
            ClassRow(
                plan.classes[number].id,
                move.threshold.inside,
                move.threshold.value,
                move.step,
                move.value,
                tuple((id, int(which.sum())) for id, which in each),
                tuple((id, int(np.nansum(positions.people[which]))) for id, which in each),
            )
        )
    return tuple(rows)
