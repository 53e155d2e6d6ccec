"""``kind: migration`` as its author writes it, and the frozen plan it comes to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from posad.analysis.kinds.towns.migration.future import Future, ProjectionShape, read_future
from posad.analysis.linear.fitting.terms import Term, read_term
from posad.analysis.saying.naming import check_group, check_variable, check_weight
from posad.core.problems import Problem, problem
from posad.core.words import LocalText
from posad.study.folder.reading import Sheet, unknown
from posad.study.plans.values import Study
from posad.study.questionnaire.values import Item, Kind


@dataclass(frozen=True, slots=True)
class MigrationShape:
    """analysis/NAME.yaml with ``kind: migration``: who would leave, where to, from where.

    Attributes:
        kind: ``migration``.
        leave: The wish to leave: an answer or net, ``move.leave``.
        stay: The wish to stay, ``move.stay``.
        where: Where those who would leave want to go: a question with one answer.
        origin: A grouping variable of the places people live in.
        youth: A group set against everybody else, ``youth:young``.
        title: The analysis in words.
        projection: A scenario of the years to come; it needs its inputs with their sources.
        weight: The weight, the study's first if absent.
    """

    kind: Literal["migration"]
    leave: str
    stay: str
    where: str
    origin: str | None = None
    youth: str | None = None
    title: LocalText = LocalText()
    projection: ProjectionShape | None = None
    weight: str | None = None


@dataclass(frozen=True, slots=True)
class MigrationPlan:
    """The terms of a wish, the item of destinations, the variables, and the scenario where there is one."""

    leave: Term
    stay: Term
    where: str
    origin: str | None
    youth: str | None
    future: Future | None
    weight: str | None


def declare(sheet: Sheet, shape: MigrationShape, study: Study) -> tuple[MigrationPlan | None, list[Problem]]:
    """Return the plan, or everything wrong with its file."""
    problems: list[Problem] = []
    terms: dict[str, Term] = {}
    for name in ("leave", "stay"):
        term, wrong = read_term(sheet, (name,), getattr(shape, name), study)
        problems += wrong
        if term is not None and term.kind != "share":
            problems.append(problem("domains-no-share", sheet.at(name), name=term.name))
        elif term is not None:
            terms[name] = term
    if len(terms) == 2 and terms["leave"].item != terms["stay"].item:
        problems.append(problem("migration-two-questions", sheet.at("stay"), first=shape.leave, second=shape.stay))
    where, wrong = _where(sheet, shape, study)
    problems += wrong
    inside = shape.projection.inside if shape.projection is not None else []
    for i, code in enumerate(inside):
        if where is not None and code not in {o.code for o in where.options}:
            place = sheet.at("projection", "inside", i)
            problems.append(problem("analysis-measure-unknown", place, item=shape.where, name=str(code)))
    problems += [
        *check_variable(sheet, "origin", shape.origin, study),
        *check_group(sheet, "youth", shape.youth, study),
    ]
    problems += check_weight(sheet, shape.weight, study)
    future = None
    if shape.projection is not None:
        future, wrong = read_future(sheet, shape.projection, shape.origin, study)
        problems += wrong
    if problems:
        return None, problems
    return MigrationPlan(
        terms["leave"], terms["stay"], shape.where, shape.origin, shape.youth, future, shape.weight
    ), []


def _where(sheet: Sheet, shape: MigrationShape, study: Study) -> tuple[Item | None, list[Problem]]:
    item = study.item(shape.where)
    if item is None:
        known = [i.id for i in study.items() if i.kind is Kind.SINGLE]
        return None, [unknown("analysis-item-unknown", sheet.at("where"), shape.where, known)]
    if item.kind is not Kind.SINGLE:
        return None, [problem("domains-no-groups", sheet.at("where"), name=shape.where)]
    return item, []
