"""``kind: decomposition`` as its author writes it, and the frozen plan it comes to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from posad.analysis.linear.fitting.terms import Regression, read_term, read_terms, usual_model
from posad.analysis.saying.naming import check_group, check_weight, groups_of
from posad.core.problems import Problem, problem
from posad.core.words import LocalText
from posad.study.folder.reading import Sheet
from posad.study.plans.values import Study


@dataclass(frozen=True, slots=True)
class DecompositionShape:
    """analysis/NAME.yaml with ``kind: decomposition``: what the difference of two groups in an outcome consists of.

    Attributes:
        kind: ``decomposition``.
        outcome: An answer or net (``move.leave``), or a mean (``life.mean``).
        between: The group spoken of, ``mood:optimists``; it is set against everybody else.
        against: Another group of the same variable to set it against instead.
        by: What the groups may be composed of otherwise: nets, grouping variables, numbers.
        title: The analysis in words.
        method: ``kitagawa`` for one variable with groups, ``oaxaca`` for several; chosen by ``by`` if absent.
        weight: The weight, the study's first if absent.
    """

    kind: Literal["decomposition"]
    outcome: str
    between: str
    by: list[str]
    against: str | None = None
    title: LocalText = LocalText()
    method: Literal["kitagawa", "oaxaca"] | None = None
    weight: str | None = None


@dataclass(frozen=True, slots=True)
class DecompositionPlan:
    """Two groups of a variable, an outcome and what they may be composed of otherwise."""

    regression: Regression
    variable: str
    first: int
    seconds: tuple[int, ...]
    rest: bool  # set against everybody else
    method: Literal["kitagawa", "oaxaca"]


def declare(sheet: Sheet, shape: DecompositionShape, study: Study) -> tuple[DecompositionPlan | None, list[Problem]]:
    """Return the plan, or everything wrong with the names in its file."""
    outcome, problems = read_term(sheet, ("outcome",), shape.outcome, study)
    by, wrong = read_terms(sheet, "by", shape.by, study)
    problems = [*problems, *wrong, *check_group(sheet, "between", shape.between, study)]
    variable, _, group = shape.between.partition(":")
    groups = groups_of(study, variable)
    if groups and shape.against is not None:
        problems += check_group(sheet, "against", f"{variable}:{shape.against}", study)
        if shape.against == group:
            problems.append(problem("analysis-same-group", sheet.at("against"), name=group))
    problems += check_weight(sheet, shape.weight, study)
    if not shape.by:
        problems.append(problem("analysis-no-drivers", sheet.at("by")))
    if outcome is not None and outcome.kind == "groups":
        problems.append(problem("scenario-groups", sheet.at("outcome"), name=outcome.name))
    one = len(by) == 1 and by[0].kind == "groups"
    if shape.method == "kitagawa" and not one and not problems:
        problems.append(problem("decomposition-kitagawa", sheet.at("by"), names=", ".join(shape.by)))
    if outcome is None or problems:
        return None, problems
    first = groups[group]
    rest = shape.against is None
    seconds = tuple(c for c in groups.values() if c != first) if shape.against is None else (groups[shape.against],)
    method = shape.method or ("kitagawa" if one else "oaxaca")
    regression = Regression(outcome, usual_model(outcome), by, (), None, shape.weight)
    return DecompositionPlan(regression, variable, first, seconds, rest, method), []
