"""``kind: gaps`` as its author writes it, and the frozen plan it comes to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from posad.analysis.saying.naming import check_group, check_waves_comparable, check_weight, groups_of
from posad.core.problems import Problem, near, problem
from posad.core.words import LocalText
from posad.study.addresses.waves import WAVE
from posad.study.folder.reading import Sheet, unknown
from posad.study.plans.values import Study
from posad.study.questionnaire.codes import substantive
from posad.study.questionnaire.values import Item, Kind


@dataclass(frozen=True, slots=True)
class GapsShape:
    """analysis/NAME.yaml with ``kind: gaps``: a question, and two groups or one group and everybody else.

    Attributes:
        kind: ``gaps``.
        of: A question with one or several answers.
        between: The group spoken of, ``mood:optimists`` or ``wave:2025``; it is set against everybody else.
        against: Another group of the same variable, ``pessimists``, to set it against instead.
        title: The analysis in words.
        answers: The codes to look at, all opinions if absent.
        correction: ``bh`` (Benjamini–Hochberg, for exploring) or ``holm`` (for headlines).
        weight: The weight, the study's first if absent.
    """

    kind: Literal["gaps"]
    of: str
    between: str
    against: str | None = None
    title: LocalText = LocalText()
    answers: list[int] | None = None
    correction: Literal["bh", "holm"] = "bh"
    weight: str | None = None


@dataclass(frozen=True, slots=True)
class GapsPlan:
    """Two groups and the answers they are compared in; ``second`` None means everybody outside the first."""

    item: str
    codes: tuple[int, ...]
    variable: str
    first: int
    second: int | None
    correction: Literal["bh", "holm"]
    weight: str | None


def declare(sheet: Sheet, shape: GapsShape, study: Study) -> tuple[GapsPlan | None, list[Problem]]:
    """Return the plan, or everything wrong with the names in its file."""
    item, problems = _item(sheet, shape, study)
    codes = tuple(o.code for o in substantive(item)) if item is not None else ()
    if item is not None and shape.answers is not None:
        known = {o.code for o in item.options}
        problems += [_no_answer(sheet, i, item, c) for i, c in enumerate(shape.answers) if c not in known]
        codes = tuple(dict.fromkeys(shape.answers))
    variable, _, group = shape.between.partition(":")
    groups = groups_of(study, variable)
    problems += check_group(sheet, "between", shape.between, study)
    if groups and shape.against is not None:
        problems += check_group(sheet, "against", f"{variable}:{shape.against}", study)
        if shape.against == group:
            problems.append(problem("analysis-same-group", sheet.at("against"), name=group))
    problems += check_weight(sheet, shape.weight, study)
    if item is None or problems:
        return None, problems
    if variable == WAVE:
        waves = (group, shape.against) if shape.against is not None else study.wave_ids()
        problems += check_waves_comparable(sheet, "between", [item.id], waves, study)
        if problems:
            return None, problems
    second = groups[shape.against] if shape.against is not None else None
    return GapsPlan(item.id, codes, variable, groups[group], second, shape.correction, shape.weight), []


def _item(sheet: Sheet, shape: GapsShape, study: Study) -> tuple[Item | None, list[Problem]]:
    item = study.item(shape.of)
    if item is None:
        known = [i.id for i in study.items() if i.kind in (Kind.SINGLE, Kind.MULTIPLE)]
        return None, [unknown("analysis-item-unknown", sheet.at("of"), shape.of, known)]
    if item.kind not in (Kind.SINGLE, Kind.MULTIPLE):
        return None, [problem("analysis-no-choice", sheet.at("of"), name=shape.of)]
    return item, []


def _no_answer(sheet: Sheet, at: int, item: Item, code: int) -> Problem:
    known = [str(o.code) for o in item.options]
    facts = {"item": item.id, "name": str(code), "near": near(str(code), known)}
    return problem("analysis-measure-unknown", sheet.at("answers", at), **facts)
