"""``kind: scenario`` as its author writes it, and the frozen plan it comes to.

A change is a part of people (``by: -50 %`` of those who name it, ``by: +30 %`` of those who don't), points of a scale (``by: +1``), or a
group whose level all others get (``equal: size:over100``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from posad.analysis.kinds.causes.labels import ASSOCIATION, Label, check_label
from posad.analysis.linear.fitting.terms import Regression, Term, read_term, read_terms, usual_model
from posad.analysis.saying.naming import check_group, check_weight, groups_of
from posad.core.problems import Problem, problem
from posad.core.words import LocalText
from posad.study.folder.reading import Sheet
from posad.study.plans.values import Study

BY = re.compile(r"(?P<sign>[+\-−–]?)\s*(?P<number>\d{1,6}(?:[.,]\d{1,6})?)\s*(?P<percent>%?)")


@dataclass(frozen=True, slots=True)
class ChangeShape:
    """What is changed, and by how much.

    Attributes:
        what: An answer, a net, a number or a scale: ``better.4``, ``life``.
        by: ``-50 %`` – half of those who name it no longer do; ``+30 %`` – of those who don't name it, three in ten do; ``+1`` – one point
            more on a scale, not beyond its end.
        equal: A group of a grouping variable, ``size:over100``: all other groups of the variable get its level.
    """

    what: str
    by: str | float | None = None
    equal: str | None = None


@dataclass(frozen=True, slots=True)
class ScenarioShape:
    """analysis/scenarios/NAME.yaml: what an outcome would be, if something were otherwise.

    Attributes:
        outcome: An answer or net (``move.leave``), or a mean (``life.mean``).
        change: What is otherwise.
        kind: ``scenario``; may be left out in the folder ``analysis/scenarios``.
        adjust_for: What is held equal: nets, grouping variables, numbers.
        suspects: What was measured and is not held equal, because it may be a result of the change or a part of it: the sensitivity row shows
            what would remain if it were.
        label: ``arithmetic``, ``adjusted association`` or ``causal under listed assumptions``.
        assumptions: What makes it causal, each in a sentence; obligatory for that label and for no other.
        title: The analysis in words.
        group: Only these people, such as ``youth:young``.
        weight: The weight, the study's first if absent.
    """

    outcome: str
    change: ChangeShape
    kind: Literal["scenario"] = "scenario"
    adjust_for: list[str] = field(default_factory=list)
    suspects: list[str] = field(default_factory=list)
    label: Label = ASSOCIATION
    assumptions: list[LocalText] = field(default_factory=list)
    title: LocalText = LocalText()
    group: str | None = None
    weight: str | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """A change as declared: ``part`` of people (−1 … 1), ``points`` of a scale, or ``equal`` to a group of a variable."""

    how: Literal["part", "points", "equal"]
    size: float = 0.0
    variable: str = ""
    group: int = 0


@dataclass(frozen=True, slots=True)
class ScenarioPlan:
    """A scenario with every name found; ``regression`` has what changes as its driver and what is held equal as its controls."""

    regression: Regression
    what: Term
    change: Change
    suspects: tuple[Term, ...]
    label: Label
    assumptions: tuple[LocalText, ...]
    variable: Term | None = None  # whose groups are made equal


def declare(sheet: Sheet, shape: ScenarioShape, study: Study) -> tuple[ScenarioPlan | None, list[Problem]]:
    """Return the plan, or everything wrong with the names in its file."""
    outcome, problems = read_term(sheet, ("outcome",), shape.outcome, study)
    what, wrong = read_term(sheet, ("change", "what"), shape.change.what, study)
    adjust, of_adjust = read_terms(sheet, "adjust_for", shape.adjust_for, study)
    suspects, of_suspects = read_terms(sheet, "suspects", shape.suspects, study)
    problems = [*problems, *wrong, *of_adjust, *of_suspects, *check_group(sheet, "group", shape.group, study)]
    problems += [*check_weight(sheet, shape.weight, study), *_fits(sheet, outcome, what)]
    problems += check_label(sheet, shape.label, shape.assumptions, bool(shape.adjust_for))
    problems += _once(sheet, shape)
    change, wrong = _change(sheet, shape.change, what, study)
    problems += wrong
    variable = None
    if change is not None and change.how == "equal":
        variable, wrong = read_term(sheet, ("change", "equal"), change.variable, study)
        problems += wrong
    if outcome is None or what is None or change is None or problems:
        return None, problems
    regression = Regression(outcome, usual_model(outcome), (what,), adjust, shape.group, shape.weight)
    return ScenarioPlan(regression, what, change, suspects, shape.label, tuple(shape.assumptions), variable), []


def _fits(sheet: Sheet, outcome: Term | None, what: Term | None) -> Iterator[Problem]:
    """Check that outcome and change are shares or numbers: groups have no level to be moved."""
    for term, at in ((outcome, ("outcome",)), (what, ("change", "what"))):
        if term is not None and term.kind == "groups":
            yield problem("scenario-groups", sheet.at(*at), name=term.name)


def _once(sheet: Sheet, shape: ScenarioShape) -> Iterator[Problem]:
    """Check that nothing is held equal that is changed or asked about."""
    for key, names in (("adjust_for", shape.adjust_for), ("suspects", shape.suspects)):
        for i, name in enumerate(names):
            if name in (shape.outcome, shape.change.what):
                yield problem("scenario-held-itself", sheet.at(key, i), name=name)


def _change(sheet: Sheet, shape: ChangeShape, what: Term | None, study: Study) -> tuple[Change | None, list[Problem]]:
    if (shape.by is None) == (shape.equal is None):
        return None, [problem("scenario-change-one", sheet.at("change"))]
    if shape.equal is not None:
        wrong = list(check_group(sheet, "change", shape.equal, study))
        variable, _, group = shape.equal.partition(":")
        found = Change("equal", variable=variable, group=groups_of(study, variable)[group]) if not wrong else None
        return found, wrong
    return _by(sheet, str(shape.by), what)


def _by(sheet: Sheet, text: str, what: Term | None) -> tuple[Change | None, list[Problem]]:
    at = sheet.at("change", "by")
    match = BY.fullmatch(text.strip())
    if match is None:
        return None, [problem("scenario-by-form", at, text=text)]
    size = float(match["number"].replace(",", ".")) * (-1 if match["sign"] in ("-", "−", "–") else 1)
    share = what is None or what.kind == "share"
    if bool(match["percent"]) != share or size == 0 or (share and abs(size) > 100):
        return None, [problem("scenario-by-form", at, text=text)]
    return (Change("part", size / 100) if share else Change("points", size)), []
