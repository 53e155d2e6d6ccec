"""``kind: influence`` as its author writes it, and the frozen plan it comes to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from posad.analysis.saying.naming import check_group, check_weight
from posad.core.place import Place
from posad.core.problems import Problem, near, problem
from posad.core.words import LocalText
from posad.study.addresses.resolving import measure_of
from posad.study.folder.reading import Sheet, ordered, unknown
from posad.study.plans.values import Study
from posad.study.questionnaire.values import Item

Base = Literal["raters", "all"]


@dataclass(frozen=True, slots=True)
class NamedShape:
    """A named group of rows.

    Attributes:
        label: The name in words.
        rows: Rows of the question, by name.
        within: The group it is a part of, which must hold all its rows.
    """

    label: LocalText
    rows: list[str]
    within: str | None = None


@dataclass(frozen=True, slots=True)
class InfluenceShape:
    """analysis/NAME.yaml with ``kind: influence``: rows of a grid as points of a map, with the errors of both coordinates.

    Attributes:
        kind: ``influence``.
        of: The grid: its rows become points.
        x: What is measured along: criterion and net, such as ``comfort.top4``; a net alone where the grid has no criteria.
        y: What is measured upwards.
        title: The map in words.
        x_label: The axis along in a few words, if the question's own are too long.
        y_label: The axis upwards.
        base: ``raters``: shares among those who rated the row; ``all``: among everybody asked, those who do not know it too.
        group: Only these people, such as ``youth:young``.
        weight: The weight, the study's first if absent.
        known: Who knows the row: a grid of the same rows with a net, such as ``used.aware``.
        users: Who uses it, likewise.
        groups: Named groups of rows; a group inside another says ``within``.
    """

    kind: Literal["influence"]
    of: str
    x: str
    y: str
    title: LocalText = LocalText()
    x_label: LocalText = LocalText()
    y_label: LocalText = LocalText()
    base: Base = "raters"
    group: str | None = None
    weight: str | None = None
    known: str | None = None
    users: str | None = None
    groups: Mapping[str, NamedShape] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Axis:
    """One axis: the measure's name and its codes."""

    criterion: str
    measure: str
    codes: tuple[int, ...]
    label: LocalText


@dataclass(frozen=True, slots=True)
class Company:
    """One point of the map: its row and its items; ``known`` and ``users`` are items and codes where they are asked."""

    row: str
    label: LocalText
    x: str
    y: str
    known: tuple[str, str, tuple[int, ...]] | None = None  # item, measure, codes
    users: tuple[str, str, tuple[int, ...]] | None = None


@dataclass(frozen=True, slots=True)
class Named:
    """A named group of rows; ``level`` is 0 for a group inside none."""

    id: str
    label: LocalText
    rows: tuple[str, ...]
    within: str | None
    level: int


@dataclass(frozen=True, slots=True)
class InfluencePlan:
    """An influence map as declared, every name found."""

    of: str
    x: Axis
    y: Axis
    companies: tuple[Company, ...]
    base: Base
    group: str | None
    weight: str | None
    named: tuple[Named, ...] = ()


def declare(sheet: Sheet, shape: InfluenceShape, study: Study) -> tuple[InfluencePlan | None, list[Problem]]:
    """Return the plan of a map, or everything wrong with the names in its file."""
    items = [i for i in study.questionnaire.items() if i.question == shape.of and i.row is not None]
    if not items:
        known = sorted({i.question for i in study.questionnaire.items() if i.row is not None})
        return None, [unknown("analysis-item-unknown", sheet.at("of"), shape.of, known)]
    axes, problems = [], list[Problem]()
    for end, written, words in (("x", shape.x, shape.x_label), ("y", shape.y, shape.y_label)):
        axis, wrong = _axis(sheet.at(end), written, ordered(words, sheet.languages), items, study)
        axes.append(axis)
        problems += wrong
    sides = {"known": _side(shape.known, study), "users": _side(shape.users, study)}
    problems += _no_side(sheet, "known", shape.known, sides["known"])
    problems += _no_side(sheet, "users", shape.users, sides["users"])
    problems += [*check_group(sheet, "group", shape.group, study), *check_weight(sheet, shape.weight, study)]
    named, wrong = _named(sheet, shape.groups, [i.row or "" for i in items], shape.of)
    x, y = axes
    if problems or wrong or x is None or y is None:
        return None, [*problems, *wrong]
    along = {i.row: i for i in items if i.criterion == (x.criterion or i.criterion)}
    up = {i.row: i for i in items if i.criterion == (y.criterion or i.criterion)}
    companies = tuple(
        Company(
            row or "", item.label, item.id, up[row].id, sides["known"].get(row or ""), sides["users"].get(row or "")
        )
        for row, item in along.items()
        if row in up
    )
    return InfluencePlan(shape.of, x, y, companies, shape.base, shape.group, shape.weight, named), []


def _axis(
    place: Place, written: str, said: LocalText, items: Sequence[Item], study: Study
) -> tuple[Axis | None, list[Problem]]:
    criterion, _, name = written.rpartition(".")
    own = [i for i in items if not criterion or i.criterion == criterion]
    if not own:
        known = sorted({i.criterion or "" for i in items})
        facts = {"item": items[0].question, "name": written, "near": near(criterion, known)}
        return None, [problem("analysis-measure-unknown", place, **facts)]
    measure = measure_of(own[0], name, study)
    if measure is None or measure.kind != "share":
        return None, [problem("analysis-measure-unknown", place, item=own[0].id, name=name)]
    question = study.questionnaire.question(own[0].question)
    words = next((c.label for c in question.criteria if c.id == criterion), LocalText()) if question else LocalText()
    label = said or LocalText.from_mapping(
        {n: ": ".join(t for t in (words.get(n), measure.label.get(n)) if t) or name for n in study.languages}
    )
    return Axis(criterion, name, measure.codes, label), []


_Side = Mapping[str, tuple[str, str, tuple[int, ...]]]


def _side(written: str | None, study: Study) -> _Side:
    """Return, by row, the item and codes that a grid of the same rows with a net names."""
    question, _, name = (written or "").rpartition(".")
    found = {}
    for item in study.questionnaire.items():
        if item.question == question and item.row is not None:
            measure = measure_of(item, name, study)
            if measure is not None and measure.kind == "share":
                found[item.row] = (item.id, name, measure.codes)
    return found


def _no_side(sheet: Sheet, end: str, written: str | None, found: _Side) -> Iterator[Problem]:
    if written is not None and not found:
        question, _, name = written.rpartition(".")
        yield problem("analysis-measure-unknown", sheet.at(end), item=question or written, name=name)


def _named(
    sheet: Sheet, groups: Mapping[str, NamedShape], rows: Sequence[str], question: str
) -> tuple[tuple[Named, ...], list[Problem]]:
    """Return the named groups with their levels, each row in one group of a level."""
    problems, named = [], list[Named]()
    for id, shape in groups.items():
        for i, row in enumerate(shape.rows):
            if row not in rows:
                facts = {
                    "item": question,
                    "name": row,
                    "near": near(row, rows),
                    "known": ", ".join(dict.fromkeys(rows)),
                }
                problems.append(problem("analysis-row-unknown", sheet.at("groups", id, "rows", i), **facts))
        problems += _nesting(sheet, id, shape, groups)
        label = ordered(shape.label, sheet.languages)
        named.append(Named(id, label, tuple(shape.rows), shape.within, _level(id, groups)))
    seen: dict[tuple[int, str], str] = {}
    for group in named:
        for row in group.rows:
            first = seen.setdefault((group.level, row), group.id)
            if first != group.id:
                facts = {"name": row, "first": first, "second": group.id}
                problems.append(problem("analysis-row-twice", sheet.key("groups", group.id), **facts))
    return tuple(named), problems


def _nesting(sheet: Sheet, id: str, shape: NamedShape, groups: Mapping[str, NamedShape]) -> Iterator[Problem]:
    if shape.within is None:
        return
    if shape.within not in groups or shape.within == id:
        yield unknown("analysis-item-unknown", sheet.at("groups", id, "within"), shape.within, groups)
    elif not {*shape.rows} <= {*groups[shape.within].rows}:
        yield problem("analysis-group-nesting", sheet.at("groups", id, "within"), name=id, outer=shape.within)


def _level(id: str, groups: Mapping[str, NamedShape]) -> int:
    level, seen = 0, {id}
    outer = groups[id].within
    while outer is not None and outer in groups and outer not in seen:
        level, seen = level + 1, {*seen, outer}
        outer = groups[outer].within
    return level
