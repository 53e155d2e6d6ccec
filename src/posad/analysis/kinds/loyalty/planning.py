"""``kind: loyalty`` as its author writes it, and the frozen plan it comes to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal, cast

from posad.analysis.linear.models import ModelName
from posad.analysis.saying.naming import check_group, check_variable, check_weight
from posad.core.problems import Problem, problem
from posad.core.words import LocalText
from posad.study.addresses.resolving import measure_of
from posad.study.folder.reading import Sheet, Step, unknown
from posad.study.plans.values import Study
from posad.study.questionnaire.values import Item, Kind

TermKind = Literal["share", "number", "groups"]


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
class Term:
    """One driver, control or outcome: a share (zero or one), a number, or groups of which the first is the one compared with."""

    name: str  # as written, "city_change.better"
    item: str
    kind: TermKind
    measure: str  # of a share, its net or code; of a number "mean"
    codes: tuple[int, ...]  # of a share those counted, of groups all
    label: LocalText


@dataclass(frozen=True, slots=True)
class LoyaltyPlan:
    """An outcome with its drivers as declared, every name found."""

    outcome: Term
    model: ModelName
    drivers: tuple[Term, ...]
    controls: tuple[Term, ...]
    profiles: str | None
    group: str | None
    weight: str | None


def declare(sheet: Sheet, shape: LoyaltyShape, study: Study) -> tuple[LoyaltyPlan | None, list[Problem]]:
    """Return the plan, or everything wrong with the names in its file."""
    problems: list[Problem] = []
    outcome, wrong = _term(sheet, ("outcome",), shape.outcome, study)
    problems += wrong
    lists: list[list[Term]] = []
    for key, names in (("drivers", shape.drivers), ("controls", shape.controls)):
        terms = []
        for i, name in enumerate(names):
            term, wrong = _term(sheet, (key, i), name, study)
            problems += wrong
            terms += [term] if term is not None else []
        lists.append(terms)
    problems += [
        *check_variable(sheet, "profiles", shape.profiles, study),
        *check_group(sheet, "group", shape.group, study),
    ]
    problems += check_weight(sheet, shape.weight, study)
    if not shape.drivers:
        problems.append(problem("analysis-no-drivers", sheet.at("drivers")))
    if outcome is None or problems:
        return None, problems
    model = shape.model or _usual(outcome)
    problems += _fits(sheet, outcome, model)
    if problems:
        return None, problems
    drivers, controls = lists
    return LoyaltyPlan(outcome, model, tuple(drivers), tuple(controls), shape.profiles, shape.group, shape.weight), []


def _usual(outcome: Term) -> ModelName:
    return cast(ModelName, {"share": "logit", "number": "linear", "groups": "ordinal"}[outcome.kind])


def _fits(sheet: Sheet, outcome: Term, model: ModelName) -> Iterator[Problem]:
    """Check that a model is of the outcome's kind."""
    allowed = {"share": ("logit", "linear"), "number": ("linear",), "groups": ("ordinal",)}[outcome.kind]
    if model not in allowed:
        yield problem("analysis-model-unfit", sheet.at("outcome"), name=outcome.name, model=model)


def _term(sheet: Sheet, at: tuple[Step, ...], name: str, study: Study) -> tuple[Term | None, list[Problem]]:
    """Return what a name stands for: a variable's groups, a number, a scale, answers in order, or a net or answer of an item."""
    item = study.item(name)
    if item is not None:
        return _whole(sheet, at, name, item, study)
    head, _, word = name.rpartition(".")
    item = study.item(head) if head else None
    if item is None:
        known = [i.id for i in study.items()]
        return None, [unknown("analysis-item-unknown", sheet.at(*at), name, known)]
    measure = measure_of(item, word, study)
    if measure is None or measure.kind not in ("share", "mean"):
        return None, [problem("analysis-measure-unknown", sheet.at(*at), item=item.id, name=word)]
    label = measure.label or LocalText.from_mapping(dict.fromkeys(study.languages, name))
    if measure.kind == "mean":
        return Term(name, item.id, "number", "mean", (), _own_label(item, study)), []
    return Term(name, item.id, "share", word, measure.codes, label), []


def _whole(
    sheet: Sheet, at: tuple[Step, ...], name: str, item: Item, study: Study
) -> tuple[Term | None, list[Problem]]:
    from posad.study.questionnaire.codes import substantive

    if item.kind in (Kind.NUMBER, Kind.SCALE):
        return Term(name, item.id, "number", "mean", (), _own_label(item, study)), []
    variable = study.variable(name)
    if item.kind is not Kind.SINGLE or (variable is not None and not variable.exclusive):
        return None, [problem("analysis-no-term", sheet.at(*at), name=name)]
    codes = tuple(o.code for o in substantive(item))
    return Term(name, item.id, "groups", "", codes, _own_label(item, study)), []


def _own_label(item: Item, study: Study) -> LocalText:
    question = study.questionnaire.question(item.question)
    words = item.label or (question.text if question is not None else LocalText())
    return words or LocalText.from_mapping(dict.fromkeys(study.languages, item.id))
