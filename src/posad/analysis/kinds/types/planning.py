"""``kind: types`` as its author writes it, and the frozen plan it comes to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from posad.analysis.saying.naming import check_variable, check_weight
from posad.core.problems import Problem, problem
from posad.core.words import LocalText
from posad.study.addresses.resolving import measure_of
from posad.study.folder.reading import Sheet, Step, as_list, ordered, unknown
from posad.study.plans.values import Study
from posad.study.questionnaire.codes import valueless

NAMES: Mapping[str, LocalText] = {
    "social": LocalText.of(ru="Социальная дистанция", en="Social distance"),
    "consumer": LocalText.of(ru="Потребительская дистанция", en="Consumer distance"),
    "prestige": LocalText.of(ru="Дистанция престижа", en="Distance of prestige"),
}
"""Distances that have a name already; others bring their label."""


@dataclass(frozen=True, slots=True)
class DistanceShape:
    """A distance: a share, or the mean of several, less another.

    Attributes:
        plus: An item and a net or an answer, ``closer.nearer``, or several whose mean is taken.
        minus: What is taken off, likewise.
        label: The distance in words.
    """

    plus: str | list[str]
    minus: str | list[str] | None = None
    label: LocalText = LocalText()


@dataclass(frozen=True, slots=True)
class ConflictShape:
    """Liking against intention: four groups of people, and who they are.

    Attributes:
        liking: Who likes the town, ``like_city.top2``.
        intention: Who would leave, ``move.leave``.
        who: Variables and questions with one answer that tell who the groups are.
    """

    liking: str
    intention: str
    who: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class PolesShape:
    """Two poles of attraction, among those whose basic needs are met and among others.

    Attributes:
        here: Who holds with the town, ``where_better.here``.
        there: Who holds with the big city, ``where_better.3``.
        closed: Lacks, as ``better.12``: whoever names none of them has the needs met.
    """

    here: str
    there: str
    closed: list[str]


@dataclass(frozen=True, slots=True)
class TypesShape:
    """analysis/NAME.yaml with ``kind: types``: named distances, the conflict of liking and leaving, two poles; any of the three.

    Attributes:
        kind: ``types``.
        title: The analysis in words.
        distances: Distances by name; ``social``, ``consumer`` and ``prestige`` have their words.
        by: Groups to tell the distances of, such as types of territory.
        conflict: Liking against intention.
        poles: Two poles of attraction.
        weight: The weight, the study's first if absent.
    """

    kind: Literal["types"]
    title: LocalText = LocalText()
    distances: Mapping[str, DistanceShape] = field(default_factory=dict)
    by: str | None = None
    conflict: ConflictShape | None = None
    poles: PolesShape | None = None
    weight: str | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """Who gave some codes of an item, in words; ``valued`` leaves out of the base those who don't know."""

    item: str
    codes: tuple[int, ...]
    label: LocalText


@dataclass(frozen=True, slots=True)
class NamedDistance:
    """A distance: the mean of some shares less the mean of others."""

    id: str
    label: LocalText
    plus: tuple[Part, ...]
    minus: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Conflict:
    """Who likes, who would leave, and the items that tell who people are, with their codes."""

    liking: Part
    intention: Part
    who: tuple[tuple[str, tuple[int, ...]], ...]


@dataclass(frozen=True, slots=True)
class Poles:
    """Who holds with either pole, and the lacks that basic needs are met without."""

    here: Part
    there: Part
    closed: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class TypesPlan:
    """Everything that was asked for, every name found."""

    distances: tuple[NamedDistance, ...]
    by: str | None
    conflict: Conflict | None
    poles: Poles | None
    weight: str | None


def declare(sheet: Sheet, shape: TypesShape, study: Study) -> tuple[TypesPlan | None, list[Problem]]:
    """Return the plan, or everything wrong with the names in its file."""
    problems = [*check_variable(sheet, "by", shape.by, study), *check_weight(sheet, shape.weight, study)]
    if not shape.distances and shape.conflict is None and shape.poles is None:
        problems.append(problem("analysis-nothing-asked", sheet.at("kind"), known="distances, conflict, poles"))
    distances = []
    for id, one in shape.distances.items():
        plus, wrong = _parts(sheet, ("distances", id, "plus"), one.plus, study)
        minus, more = _parts(sheet, ("distances", id, "minus"), one.minus or [], study)
        problems += [*wrong, *more]
        label = ordered(one.label, sheet.languages) or NAMES.get(id) or LocalText.of(ru=id, en=id)
        distances.append(NamedDistance(id, label, plus, minus))
    conflict, wrong = _conflict(sheet, shape.conflict, study)
    poles, more = _poles(sheet, shape.poles, study)
    problems += [*wrong, *more]
    if problems:
        return None, problems
    return TypesPlan(tuple(distances), shape.by, conflict, poles, shape.weight), []


def _parts(
    sheet: Sheet, at: tuple[Step, ...], written: str | list[str], study: Study
) -> tuple[tuple[Part, ...], list[Problem]]:
    found, problems = [], list[Problem]()
    for name in as_list(written):
        question, _, word = name.rpartition(".")
        item = study.item(question)
        measure = measure_of(item, word, study) if item is not None else None
        if item is None:
            problems.append(
                unknown("analysis-item-unknown", sheet.at(*at), question or name, [i.id for i in study.items()])
            )
        elif measure is None:
            problems.append(problem("analysis-measure-unknown", sheet.at(*at), item=item.id, name=word, near=""))
        elif measure.kind != "share":
            problems.append(problem("analysis-no-share", sheet.at(*at), name=question))
        else:
            found.append(Part(item.id, measure.codes, measure.label))
    return tuple(found), problems


def _one(sheet: Sheet, at: tuple[Step, ...], written: str, study: Study) -> tuple[Part | None, list[Problem]]:
    found, problems = _parts(sheet, at, written, study)
    return (found[0] if found else None), problems


def _conflict(sheet: Sheet, shape: ConflictShape | None, study: Study) -> tuple[Conflict | None, list[Problem]]:
    if shape is None:
        return None, []
    liking, problems = _one(sheet, ("conflict", "liking"), shape.liking, study)
    intention, wrong = _one(sheet, ("conflict", "intention"), shape.intention, study)
    problems += wrong
    who = []
    for i, name in enumerate(shape.who):
        item = study.item(name)
        if item is None:
            problems.append(
                unknown("analysis-item-unknown", sheet.at("conflict", "who", i), name, [x.id for x in study.items()])
            )
        elif not item.options:
            problems.append(problem("analysis-no-choice", sheet.at("conflict", "who", i), name=name))
        else:
            out = valueless(item)
            who.append((item.id, tuple(o.code for o in item.options if o.code not in out)))
    if liking is None or intention is None:
        return None, problems
    return Conflict(liking, intention, tuple(who)), problems


def _poles(sheet: Sheet, shape: PolesShape | None, study: Study) -> tuple[Poles | None, list[Problem]]:
    if shape is None:
        return None, []
    here, problems = _one(sheet, ("poles", "here"), shape.here, study)
    there, wrong = _one(sheet, ("poles", "there"), shape.there, study)
    closed, more = _parts(sheet, ("poles", "closed"), shape.closed, study)
    problems += [*wrong, *more]
    return (Poles(here, there, closed) if here is not None and there is not None and closed else None), problems
