"""``kind: services`` as its author writes it, and the frozen plan it comes to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from posad.analysis.saying.naming import check_variable, check_weight
from posad.core.problems import Problem, problem
from posad.core.words import LocalText
from posad.study.folder.reading import Sheet, unknown
from posad.study.plans.values import Study
from posad.study.questionnaire.values import Item, Kind

FEWEST_ROWS = 3
CHANNELS = ("online", "mixed", "offline", "none")


@dataclass(frozen=True, slots=True)
class ServicesShape:
    """analysis/NAME.yaml with ``kind: services``: a grid of ways to get services, and a scale of feeling modern.

    Attributes:
        kind: ``services``.
        of: A grid of one answer: its rows are services.
        online: Codes of getting a service online only.
        mixed: Codes of both ways.
        offline: Codes of offline only.
        none: Codes of not using the service.
        divide: Grouping variables by which the digital divide is measured.
        index: A grid of a scale whose rows make the index of a modern town.
        title: The analysis in words.
        weight: The weight, the study's first if absent.
    """

    kind: Literal["services"]
    of: str
    online: list[int]
    mixed: list[int]
    offline: list[int]
    none: list[int] = field(default_factory=list)
    divide: list[str] = field(default_factory=list)
    index: str | None = None
    title: LocalText = LocalText()
    weight: str | None = None


@dataclass(frozen=True, slots=True)
class ServicesPlan:
    """Items of the services and of the index by row, codes of each channel, variables of the divide."""

    of: str
    rows: tuple[tuple[str, str], ...]  # row, item
    channels: tuple[tuple[str, tuple[int, ...]], ...]
    divide: tuple[str, ...]
    index: str | None
    parts: tuple[tuple[str, str], ...]
    weight: str | None

    def codes(self, channel: str) -> tuple[int, ...]:
        """Return the codes of a channel."""
        return dict(self.channels)[channel]


def declare(sheet: Sheet, shape: ServicesShape, study: Study) -> tuple[ServicesPlan | None, list[Problem]]:
    """Return the plan, or everything wrong with the names in its file."""
    rows, problems = _rows(sheet, "of", shape.of, Kind.SINGLE, study)
    parts: Sequence[Item] = ()
    if shape.index is not None:
        parts, wrong = _rows(sheet, "index", shape.index, Kind.SCALE, study)
        problems += wrong
    if rows:
        problems += _codes(sheet, shape, rows[0])
    for i, name in enumerate(shape.divide):
        problems += check_variable(sheet, "divide", name, study)
        found = study.variable(name)
        if found is not None and not found.exclusive:
            problems.append(problem("domains-no-groups", sheet.at("divide", i), name=name))
    problems += check_weight(sheet, shape.weight, study)
    if problems:
        return None, problems
    channels = tuple((c, tuple(getattr(shape, c))) for c in CHANNELS)
    return ServicesPlan(
        shape.of, tuple((i.row or "", i.id) for i in rows), channels, tuple(shape.divide), shape.index,
        tuple((i.row or "", i.id) for i in parts), shape.weight,
    ), []  # fmt: skip


def _rows(sheet: Sheet, key: str, name: str, kind: Kind, study: Study) -> tuple[list[Item], list[Problem]]:
    rows = [i for i in study.questionnaire.items() if i.question == name and i.row is not None]
    if not rows:
        known = sorted({i.question for i in study.questionnaire.items() if i.row is not None})
        return [], [unknown("analysis-item-unknown", sheet.at(key), name, known)]
    if any(i.kind is not kind or i.criterion for i in rows):
        return [], [problem("services-not-such", sheet.at(key), name=name, kind=kind.value)]
    if len(rows) < FEWEST_ROWS:
        return [], [problem("services-rows-few", sheet.at(key), name=name, n=len(rows), needed=FEWEST_ROWS)]
    return rows, []


def _codes(sheet: Sheet, shape: ServicesShape, item: Item) -> Iterator[Problem]:
    """Tell codes that the grid does not have, and those named twice."""
    known = {o.code for o in item.options}
    seen: dict[int, str] = {}
    for channel in CHANNELS:
        for i, code in enumerate(getattr(shape, channel)):
            if code not in known:
                facts: dict[str, str | int] = {"item": shape.of, "name": str(code)}
                yield problem("analysis-measure-unknown", sheet.at(channel, i), **facts)
            elif code in seen:
                yield problem(
                    "services-code-twice", sheet.at(channel, i), answer=code, first=seen[code], second=channel
                )
            seen.setdefault(code, channel)
