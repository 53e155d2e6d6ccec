"""``kind: loyalty`` as its author writes it, and the frozen plan it comes to."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from posad.analysis.linear.fitting.terms import Regression, check_model, read_term, read_terms, usual_model
from posad.analysis.saying.naming import check_group, check_variable, check_weight
from posad.core.problems import Problem, problem
from posad.core.words import LocalText
from posad.study.folder.reading import Sheet
from posad.study.plans.values import Study


@dataclass(frozen=True, slots=True)
class LoyaltyShape:
    """analysis/NAME.yaml with ``kind: loyalty``: an outcome, what may go with it, what is held equal.

    Attributes:
        kind: ``loyalty``.
        outcome: What is explained: an answer or net (``move.stay``), a mean (``life.mean``), or a question whose answers are in order
            (``move``).
        drivers: What may go with it: nets (``city_change.better``), grouping variables, numbers and scales by their name.
        controls: What is held equal and gets no part of the importance.
        title: The analysis in words.
        model: ``logit``, ``linear`` or ``ordinal``; chosen by the outcome if absent.
        profiles: A grouping variable whose groups are described by the outcome and the drivers.
        group: Only these people, such as ``youth:young``.
        weight: The weight, the study's first if absent.
    """

    kind: Literal["loyalty"]
    outcome: str
    drivers: list[str]
    controls: list[str] = field(default_factory=list)
    title: LocalText = LocalText()
    model: Literal["logit", "linear", "ordinal"] | None = None
    profiles: str | None = None
    group: str | None = None
    weight: str | None = None


@dataclass(frozen=True, slots=True)
class LoyaltyPlan(Regression):
    """A regression as declared, and the groups that are described."""

    profiles: str | None = None


def declare(sheet: Sheet, shape: LoyaltyShape, study: Study) -> tuple[LoyaltyPlan | None, list[Problem]]:
    """Return the plan, or everything wrong with the names in its file."""
    problems: list[Problem] = []
    outcome, wrong = read_term(sheet, ("outcome",), shape.outcome, study)
    drivers, of_drivers = read_terms(sheet, "drivers", shape.drivers, study)
    controls, of_controls = read_terms(sheet, "controls", shape.controls, study)
    problems += [*wrong, *of_drivers, *of_controls]
    problems += [
        *check_variable(sheet, "profiles", shape.profiles, study),
        *check_group(sheet, "group", shape.group, study),
    ]
    problems += check_weight(sheet, shape.weight, study)
    if not shape.drivers:
        problems.append(problem("analysis-no-drivers", sheet.at("drivers")))
    if outcome is None or problems:
        return None, problems
    model = shape.model or usual_model(outcome)
    problems += check_model(sheet, outcome, model)
    if problems:
        return None, problems
    return LoyaltyPlan(outcome, model, drivers, controls, shape.group, shape.weight, shape.profiles), []
