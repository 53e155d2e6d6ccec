"""Which quota cells an interview counts in, as soon as its answers say so."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from posad.core.problems import Problem, problem
from posad.fieldwork.quotas.cells import TOTAL, block_cell, closed_cell, stage_cell, table_cell
from posad.fieldwork.quotas.tables import Amended
from posad.fieldwork.values import Interview
from posad.study.expressions.evaluate import Row, evaluate
from posad.study.expressions.scope import Scope
from posad.study.expressions.tree import Expression
from posad.study.frame.plan.values import Dimension
from posad.study.frame.values import Frame
from posad.study.plans.field.values import FieldPlan
from posad.study.plans.values import Study
from posad.study.plans.variables import scope_of
from posad.study.questionnaire.values import Item, Kind

Wanted = tuple[tuple[str, ...], Mapping[str, tuple[str, ...]]]
"""The cells of an interview, and its choices among blocks."""

GroupOf = Callable[[Row], str | None]
"""Finds the group of a dimension a respondent is in; None while the answers do not say."""

NOBODY = ""
"""The group of those whom the answers put in none: they count in the total alone."""


@dataclass(frozen=True, slots=True)
class Placing:
    """Finds the cells of interviews: dimensions with how each is found, tables, blocks, the stage that is on."""

    dimensions: Mapping[str, GroupOf]
    tables: tuple[tuple[str, tuple[str, ...], frozenset[tuple[str, ...]]], ...]
    choices: Mapping[str, tuple[str, ...]]
    stages: Mapping[str, bool]  # of each declared stage: whether it is apart
    answers: Mapping[str, tuple[str, int]]  # what a block's cell answers: (column, code)
    soft: frozenset[str] = field(default=frozenset())  # cells beyond which interviews are led to their end

    def wanted(self, answers: Mapping[str, object], interview: Interview) -> Wanted | None:
        """Return the cells an interview needs, or nothing while a dimension is not known yet.

        Somebody in a combination that a table does not have is over its quota from the beginning: they are given the table's closed
        cell, which takes nobody.
        """
        own = (stage_cell(interview.stage),) if interview.stage in self.stages else ()
        if self.stages.get(interview.stage, False):
            return own, self.choices
        cells = [TOTAL, *own]
        groups: dict[str, str] = {}
        for name, find in self.dimensions.items():
            group = find(answers)
            if group is None:
                return None
            groups[name] = group
        for table, by, known in self.tables:
            cell = tuple(groups[d] for d in by)
            if cell in known:
                cells.append(table_cell(table, cell))
            elif NOBODY not in cell:
                cells.append(closed_cell(table))
        return tuple(cells), self.choices

    def beyond(self, refused: Sequence[str]) -> bool:
        """Tell whether somebody whom these cells refuse is led to the end beyond the quotas."""
        return bool(refused) and self.soft.issuperset(refused)

    def settled(self, wanted: Wanted, saved: Mapping[str, object]) -> Wanted:
        """Return the cells of an interview some of whose blocks are answered already: those are chosen no more."""
        cells, choices = list(wanted[0]), dict(wanted[1])
        for name, options in wanted[1].items():
            given = [c for c in options if saved.get(self.answers[c][0]) == self.answers[c][1]]
            if given:
                cells.append(given[0])
                del choices[name]
        return tuple(cells), choices

    def answers_of(self, chosen: Mapping[str, str]) -> dict[str, int]:
        """Return the answers that chosen blocks give: the code of each block's question."""
        return dict(self.answers[cell] for cell in chosen.values())


def placing_of(
    study: Study, plan: FieldPlan, now: Amended, dimensions: Sequence[Dimension] = ()
) -> tuple[Placing | None, list[Problem]]:
    """Return how the cells of interviews are found, or which groups nothing says the people of.

    A dimension's groups are found by the conditions of field.yaml; else by the grouping variable of its name; else by a question of
    its name whose codes are the groups, or whose numbers lie in the bounds of the groups; districts and sizes else by the territory
    that was answered.
    """
    known = {d.id: d for d in dimensions}
    finder = _Finder(study, plan, known)
    found: dict[str, GroupOf] = {}
    problems: list[Problem] = []
    for table in now.tables:
        for at, dim in enumerate(table.by):
            groups = tuple(dict.fromkeys(cell[at] for cell in table.targets))
            if dim not in found:
                group_of, lost = finder.find(dim, groups)
                facts = {"dim": dim}
                problems += [problem("quota-group-unknown", table.place, group=g, **facts) for g in lost]
                found[dim] = group_of
    if problems:
        return None, problems
    tables = tuple((t.id, t.by, frozenset(t.targets)) for t in now.tables)
    choices = {b.id: tuple(block_cell(b.id, c) for c in b.targets) for b in plan.blocks}
    answers = {block_cell(b.id, c): (b.item.replace(".", "__"), c) for b in plan.blocks for c in b.targets}
    return Placing(found, tables, choices, {s.id: s.apart for s in plan.stages}, answers, _soft(plan, now)), []


def _soft(plan: FieldPlan, now: Amended) -> frozenset[str]:
    """Return the cells beyond which interviews are led to their end; one without a target stays closed."""
    accepting = [t for t in now.tables if (t.over_quota or plan.over_quota) == "accept"]
    return frozenset(table_cell(t.id, cell) for t in accepting for cell, target in t.targets.items() if target)


class _Finder:
    """Finds out how the groups of a dimension are told from answers."""

    def __init__(self, study: Study, plan: FieldPlan, known: Mapping[str, Dimension]) -> None:
        self.study, self.plan, self.known = study, plan, known
        self.scope = scope_of(study)

    def find(self, dim: str, groups: Sequence[str]) -> tuple[GroupOf, list[str]]:
        """Return how a dimension's groups are found, and the groups for which nothing says it."""
        if declared := self.plan.groups.get(dim):
            return _by_conditions(declared, self.scope), [g for g in groups if g not in declared]
        variable = self.study.variable(dim)
        if variable is not None and variable.exclusive:
            conditions = {g.id: g.condition for g in variable.groups}
            return _by_conditions(conditions, self.scope), [g for g in groups if g not in conditions]
        item = self.study.questionnaire.item(dim)
        bounds = self.known[dim].bounds if dim in self.known else {}
        if item is not None and item.kind is Kind.NUMBER and bounds:
            return _by_bounds(item, bounds), [g for g in groups if g not in bounds]
        if item is not None and item.kind in (Kind.SINGLE, Kind.SCALE):
            codes = {str(o.code) for o in item.options}
            return _by_code(item, codes & set(groups)), [g for g in groups if g not in codes]
        places = [i for i in self.study.questionnaire.items() if i.kind is Kind.TERRITORY]
        if self.study.frame is not None and len(places) == 1 and dim in ("district", "size"):
            by_id = _territories(self.study.frame, dim, bounds)
            return _by_territory(places[0], by_id), [g for g in groups if g not in set(by_id.values())]
        return _by_conditions({}, self.scope), list(groups)


def _by_conditions(conditions: Mapping[str, Expression | None], scope: Scope) -> GroupOf:
    """Find the first group whose condition is true; one without a condition takes those of whom all before are known to be false."""

    def find(row: Row) -> str | None:
        unknown = False
        for group, condition in conditions.items():
            truth = None if condition is None else evaluate(condition, row, scope)
            if truth is True:
                return group
            if condition is None and not unknown:
                return group
            unknown = unknown or (condition is not None and truth is None)
        return None if unknown else NOBODY

    return find


def _by_code(item: Item, groups: set[str]) -> GroupOf:
    def find(row: Row) -> str | None:
        value = row.get(item.column)
        if not isinstance(value, int | float):
            return None
        return str(int(value)) if str(int(value)) in groups else NOBODY

    return find


def _by_bounds(item: Item, bounds: Mapping[str, tuple[int, int | None]]) -> GroupOf:
    outside = {o.code for o in item.options}

    def find(row: Row) -> str | None:
        value = row.get(item.column)
        if not isinstance(value, int | float):
            return None
        if value in outside:
            return NOBODY
        return next(
            (g for g, (low, high) in bounds.items() if low <= value and (high is None or value < high + 1)), NOBODY
        )

    return find


def _territories(frame: Frame, dim: str, bounds: Mapping[str, tuple[int, int | None]]) -> dict[str, str]:
    if dim == "district":
        return {t.id: t.district for t in frame.territories}
    ranges = bounds or {s.id: (s.low, s.high) for s in frame.sizes}
    found: dict[str, str] = {}
    for t in frame.territories:
        people = t.people.get(frame.population)
        if people is not None:
            inside = (g for g, (low, high) in ranges.items() if low <= people and (high is None or people < high))
            found[t.id] = next(inside, NOBODY)
    return found


def _by_territory(item: Item, by_id: Mapping[str, str]) -> GroupOf:
    def find(row: Row) -> str | None:
        value = row.get(item.column)
        return by_id.get(value, NOBODY) if isinstance(value, str) else None

    return find
