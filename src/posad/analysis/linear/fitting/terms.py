"""What an outcome or a driver stands for: a net as zero or one, a number, a variable by its groups; and a regression of such terms.

A name is read once, here, so that every kind of analysis means the same by it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, cast

from posad.analysis.linear.models import ModelName
from posad.core.problems import Problem, problem
from posad.core.words import LocalText
from posad.study.addresses.resolving import measure_of
from posad.study.folder.reading import Sheet, Step, unknown
from posad.study.plans.values import Study
from posad.study.questionnaire.codes import substantive
from posad.study.questionnaire.values import Item, Kind

TermKind = Literal["share", "number", "groups"]


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
class Regression:
    """An outcome with its drivers and controls, every name found; ``group`` is whose answers, ``weight`` by which weight."""

    outcome: Term
    model: ModelName
    drivers: tuple[Term, ...]
    controls: tuple[Term, ...]
    group: str | None
    weight: str | None

    @property
    def terms(self) -> tuple[Term, ...]:
        """The outcome, the drivers, the controls."""
        return (self.outcome, *self.drivers, *self.controls)


def read_terms(sheet: Sheet, key: str, names: Sequence[str], study: Study) -> tuple[tuple[Term, ...], list[Problem]]:
    """Return what the names of a list stand for, or which of them stand for nothing."""
    found: list[Term] = []
    problems: list[Problem] = []
    for i, name in enumerate(names):
        term, wrong = read_term(sheet, (key, i), name, study)
        problems += wrong
        found += [term] if term is not None else []
    return tuple(found), problems


def usual_model(outcome: Term) -> ModelName:
    """Return the model of an outcome: a share's logistic, a number's linear, that of answers in order ordinal."""
    return cast(ModelName, {"share": "logit", "number": "linear", "groups": "ordinal"}[outcome.kind])


def check_model(sheet: Sheet, outcome: Term, model: ModelName) -> Iterator[Problem]:
    """Check that a model is of the outcome's kind."""
    allowed = {"share": ("logit", "linear"), "number": ("linear",), "groups": ("ordinal",)}[outcome.kind]
    if model not in allowed:
        yield problem("analysis-model-unfit", sheet.at("outcome"), name=outcome.name, model=model)


def read_term(sheet: Sheet, at: tuple[Step, ...], name: str, study: Study) -> tuple[Term | None, list[Problem]]:
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
    if item.row is not None and item.label:  # an answer to one line of a grid says nothing without the line
        both = {lang: f"{item.label.get(lang)}: {label.get(lang)}" for lang in study.languages}
        label = LocalText.from_mapping(both)
    if measure.kind == "mean":
        return Term(name, item.id, "number", "mean", (), own_label(item, study)), []
    return Term(name, item.id, "share", word, measure.codes, label), []


def _whole(
    sheet: Sheet, at: tuple[Step, ...], name: str, item: Item, study: Study
) -> tuple[Term | None, list[Problem]]:
    if item.kind in (Kind.NUMBER, Kind.SCALE):
        return Term(name, item.id, "number", "mean", (), own_label(item, study)), []
    variable = study.variable(name)
    if item.kind is not Kind.SINGLE or (variable is not None and not variable.exclusive):
        return None, [problem("analysis-no-term", sheet.at(*at), name=name)]
    codes = tuple(o.code for o in substantive(item))
    return Term(name, item.id, "groups", "", codes, own_label(item, study)), []


def own_label(item: Item, study: Study) -> LocalText:
    """Return the words of an item: its own, those of its question, or its name."""
    question = study.questionnaire.question(item.question)
    text = question.text if question is not None else LocalText()
    words = item.label or text
    # "Yourself" says nothing without its question
    if item.row is not None and item.criterion is None and item.label and text:
        words = LocalText.from_mapping({n: f"{item.label.get(n)} ({text.get(n)})" for n in study.languages})
    return words or LocalText.from_mapping(dict.fromkeys(study.languages, item.id))
