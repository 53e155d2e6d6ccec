"""``kind: convergence`` as its author writes it, and the frozen plan it comes to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from posad.analysis.saying.naming import check_variable, check_wave, check_waves_comparable, check_weight, groups_of
from posad.core.problems import Problem, problem
from posad.core.words import LocalText
from posad.study.addresses.resolving import measure_of
from posad.study.folder.reading import Sheet, unknown
from posad.study.plans.values import Study


@dataclass(frozen=True, slots=True)
class ConvergenceShape:
    """analysis/NAME.yaml with ``kind: convergence``: a number of territories in two waves.

    Attributes:
        kind: ``convergence``.
        of: The number: an item and a net, ``move.stay``, or a mean, ``life.mean``.
        by: The territories or their types: a variable.
        since: The wave that is followed from.
        until: The wave that is followed to.
        title: The analysis in words.
        weight: The weight, the study's first if absent.
    """

    kind: Literal["convergence"]
    of: str
    by: str
    since: str | None = None
    until: str | None = None
    title: LocalText = LocalText()
    weight: str | None = None


@dataclass(frozen=True, slots=True)
class ConvergencePlan:
    """A number of an item – a share of codes, or a mean where there are none – in the groups of a variable and two waves."""

    item: str
    measure: str
    codes: tuple[int, ...] | None
    label: LocalText
    by: str
    waves: tuple[str, str]
    weight: str | None


def declare(sheet: Sheet, shape: ConvergenceShape, study: Study) -> tuple[ConvergencePlan | None, list[Problem]]:
    """Return the plan, or everything wrong with the names in its file."""
    problems = [*check_variable(sheet, "by", shape.by, study), *check_weight(sheet, shape.weight, study)]
    if not problems and len(groups_of(study, shape.by)) < 2:
        problems.append(problem("analysis-few-groups", sheet.at("by"), name=shape.by))
    name, _, word = shape.of.rpartition(".")
    item = study.item(name)
    measure = measure_of(item, word, study) if item is not None else None
    if item is None:
        known = [i.id for i in study.items()]
        problems.append(unknown("analysis-item-unknown", sheet.at("of"), name or shape.of, known))
    elif measure is None or measure.kind not in ("share", "mean"):
        problems.append(problem("analysis-measure-unknown", sheet.at("of"), item=item.id, name=word, near=""))
    problems += [p for key in ("since", "until") for p in check_wave(sheet, key, getattr(shape, key), study)]
    if not problems and shape.since == shape.until:
        problems.append(problem("analysis-same-group", sheet.at("until"), name=shape.since or ""))
    if problems or item is None or measure is None or shape.since is None or shape.until is None:
        return None, problems
    waves = (shape.since, shape.until)
    problems = list(check_waves_comparable(sheet, "until", [item.id], waves, study))
    if problems:
        return None, problems
    codes = measure.codes if measure.kind == "share" else None
    label = measure.label if measure.label else item.label
    return ConvergencePlan(item.id, word, codes, label, shape.by, waves, shape.weight), []
