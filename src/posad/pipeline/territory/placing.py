"""Where the territories of a study lie and which strategies they may follow: read, counted, laid out as tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from posad.core.numbers import number, percent, signed
from posad.core.place import Place
from posad.core.problems import Problem, problem
from posad.core.speech import has_errors
from posad.core.words import LocalText
from posad.study.expressions.tree import Expression
from posad.study.folder.facts import STUDY, read_facts
from posad.study.frame.plan.rules.position import POSITION, read_position
from posad.study.frame.plan.rules.strategies import STRATEGIES, read_strategies
from posad.study.frame.reading import read_frame
from posad.study.frame.territories import TABLE
from posad.study.frame.values import Frame
from posad.territory.position.placing import OUTSIDE, Positions, place_territories
from posad.territory.position.trends import TrendRow, by_class, by_distance
from posad.territory.strategies.flags import Flags, by_combination, by_strategy, find_strategies
from posad.territory.strategies.sensitivity import class_sensitivity, sensitivity

_WORDS: Mapping[str, tuple[str, str]] = {
    "class": ("Положение", "Position"),
    "distance": ("Расстояние {id}", "Distance {id}"),
    "territories": ("территорий", "territories"),
    "people": ("жителей", "people"),
    "share": ("доля жителей", "share of people"),
    "change": ("изменение {a}–{b}, %", "change {a}–{b}, %"),
    "both": ("из них с обоими числами", "of them with both counts"),
    "rule": ("правило", "rule"),
    "everyone": ("все остальные", "everybody else"),
    "circle": (
        "Расстояния — по дуге большого круга, до десятых км, внутри одной страны ({country}); реки, горы и эксклавы не учтены.",
        "Distances are great circles, to a tenth of a km, within one country ({country}); rivers, mountains and exclaves "
        "are not known.",
    ),
    "of": (
        "Класс получают территории, для которых верно: {rule}.",
        "A class is given to territories for which: {rule}.",
    ),
    "default": (
        "Файла {file} нет: правила по умолчанию.",
        "There is no {file}: the rules are the default ones.",
    ),
    "strategy": ("Стратегия", "Strategy"),
    "unsure": ("не известно", "not known"),
    "unsure_people": ("в них жителей", "people in them"),
    "together": ("Сочетание", "Combination"),
    "none": ("ни одной наверняка", "none for sure"),
    "threshold": ("Порог", "Threshold"),
    "step": ("сдвиг", "step"),
    "moved": ("стало", "moved to"),
    "several": (
        "Территория посчитана в каждой стратегии, которая ей подходит; сумма строк больше целого.",
        "A territory is counted in every strategy that fits; the rows add up to more than the whole.",
    ),
    "town": ("Территория", "Territory"),
    "nearest": ("ближайший", "nearest"),
}

Rows = list[list[str]]


@dataclass(frozen=True, slots=True)
class TableText:
    """A table ready to print: its title, its rows with the head first, and what stands under it."""

    title: str
    rows: Rows
    notes: tuple[str, ...] = ()


def languages_of(folder: Path) -> tuple[str, ...]:
    """Return the languages of a study, Russian and English for a folder that is only a frame."""
    return read_facts(folder)[0].languages if (folder / STUDY).exists() else ("ru", "en")


def position_study(folder: Path) -> tuple[Positions | None, list[Problem]]:
    """Return where the territories of a study lie; nothing where its frame or its rules hold an error."""
    frame, problems = read_frame(folder)
    if frame is None:
        return None, problems or [problem("frame-none", Place(TABLE), folder=folder.name)]
    if has_errors(problems):
        return None, problems
    plan, wrong = read_position(folder, frame, languages_of(folder))
    if plan is None:
        return None, problems + wrong
    made = place_territories(frame, plan)
    return made, [*problems, *wrong, *made.problems]


def strategies_study(folder: Path) -> tuple[Flags | None, list[Problem]]:
    """Return which strategies the territories of a study may follow; nothing where there are no rules or any is wrong."""
    positions, problems = position_study(folder)
    if positions is None:
        return None, problems
    if not (folder / STRATEGIES).exists():
        return None, [*problems, problem("study-file-missing", Place(STRATEGIES), name=STRATEGIES)]
    plan, wrong = read_strategies(folder, positions.frame, positions.plan, languages_of(folder))
    problems += wrong
    if plan is None:
        return None, problems
    flags = find_strategies(positions, plan)
    return flags, [*problems, *flags.problems]


def position_tables(made: Positions, folder: Path, language: str, *, sensitive: bool = False) -> Iterator[TableText]:
    """Yield the tables of position: classes, bands of each distance to a town of so many people, moved thresholds."""
    plan = made.plan
    notes = [_said("circle", language, country=made.frame.country), _said("of", language, rule=plan.of_text)]
    if not (folder / POSITION).exists():
        notes.append(_said("default", language, file=POSITION))
    head = [_said("class", language), *_trend_head(made, language), _said("rule", language)]
    rules = {c.id: c.text or _said("everyone", language) for c in plan.classes}
    rows = [[*_trend(made, r, language), rules.get(r.id, "")] for r in by_class(made)]
    yield TableText(_said("class", language), [head, *rows], tuple(notes))
    for one in plan.nearest:
        if one.people is None:
            continue
        title = _said("distance", language, id=one.id)
        head = [title, *_trend_head(made, language)]
        yield TableText(title, [head, *(_trend(made, r, language) for r in by_distance(made, one.id))])
    if sensitive:
        yield _classes_moved(made, language)


def _classes_moved(made: Positions, language: str) -> TableText:
    labels = [c.label.get(language) for c in made.plan.classes]
    head = [_said("threshold", language), _said("step", language), _said("moved", language), *labels]
    rows: Rows = [head]
    for row in class_sensitivity(made):
        counts = [number(n, language) for _, n in row.territories]
        rows.append(
            [_comparison(row.comparison, language), _step(row.step, language), _plain(row.moved, language), *counts]
        )
    return TableText(f"{_said('threshold', language)}: {_said('territories', language)}", rows)


def strategy_tables(flags: Flags, language: str, *, sensitive: bool = False) -> tuple[list[TableText], list[Problem]]:
    """Return the tables of strategies: each by itself, together, with moved thresholds; and what cannot be moved."""
    labels = {s.id: s.label.get(language) for s in flags.plan.strategies}
    names = ("strategy", "territories", "people", "share", "unsure", "unsure_people")
    rows: Rows = [[_said(n, language) for n in names]]
    for one in by_strategy(flags):
        counts = [number(n, language) for n in (one.territories, one.people)]
        unsure = [number(n, language) for n in (one.unsure, one.unsure_people)]
        rows.append([labels[one.id], *counts, percent(one.share, language, 1), *unsure])
    notes = [_said("several", language)]
    notes += [f"{s.label.get(language)}: {s.text}. {s.note.get(language)}".rstrip() for s in flags.plan.strategies]
    tables = [TableText(_said("strategy", language), rows, tuple(notes)), _together(flags, labels, language)]
    if not sensitive:
        return tables, []
    moved, problems = sensitivity(flags)
    head = [_said(n, language) for n in ("strategy", "threshold", "step", "moved", "territories", "people")]
    rows = [head]
    for row in moved:
        changes = [_signed(row.territories_change, language), _signed(row.people_change, language)]
        rows.append(
            [labels[row.id], row.threshold(language), _step(row.step, language), _plain(row.moved, language), *changes]
        )
    return [*tables, TableText(_said("threshold", language), rows)], list(problems)


def _together(flags: Flags, labels: Mapping[str, str], language: str) -> TableText:
    rows: Rows = [[_said(n, language) for n in ("together", "territories", "people", "share", "unsure")]]
    for one in by_combination(flags):
        name = " + ".join(labels[id] for id in one.ids) or _said("none", language)
        counts = [number(one.territories, language), number(one.people, language), percent(one.share, language, 1)]
        rows.append([name, *counts, number(one.unsure, language)])
    return TableText(_said("together", language), rows)


def town_rows(made: Positions, language: str, flags: Flags | None = None) -> Rows:
    """Return a row for every territory: its distances and the towns they lead to, its growth, class and strategies."""
    frame, plan = made.frame, made.plan
    strategies = flags.plan.strategies if flags is not None else ()
    head = ["id", _said("town", language), _said("people", language)]
    for one in plan.nearest:
        head += [one.id, f"{_said('nearest', language)} {one.id}"]
    rows: Rows = [[*head, "trend", "position", *(s.id for s in strategies)]]
    marks = {1: "1", 0: "0", -1: "?"}
    for i, t in enumerate(frame.territories):
        row = [t.id, t.name.get(language), _plain(float(made.people[i]), language)]
        for found in made.nearest.values():
            town = int(found.town[i])
            row += [_plain(float(found.km[i]), language, 1), _name(frame, town, language)]
        place = "" if made.classes[i] == OUTSIDE else plan.classes[made.classes[i]].id
        row += [_plain(float(made.growth[i]), language, 1), place]
        asked = flags is not None and bool(flags.inside[i])
        row += [marks[int(t[i])] if asked else "" for t in (flags.truth if flags is not None else ())]
        rows.append(row)
    return rows


def position_json(made: Positions) -> dict[str, object]:
    """Return classes and bands for a program."""
    bands = {n.id: [_trend_json(r) for r in by_distance(made, n.id)] for n in made.plan.nearest if n.people is not None}
    return {
        "of": made.plan.of_text,
        "trend": list(made.plan.trend) if made.plan.trend else None,
        "classes": [_trend_json(r) for r in by_class(made)],
        "bands": bands,
    }


def strategies_json(flags: Flags) -> dict[str, object]:
    """Return strategies, combinations and moved thresholds for a program."""
    moved, _ = sensitivity(flags)
    return {
        "strategies": [
            {
                "id": r.id, "rule": s.text, "territories": r.territories, "people": r.people, "share": r.share,
                "unsure": r.unsure, "unsure_people": r.unsure_people,
            }
            for r, s in zip(by_strategy(flags), flags.plan.strategies, strict=True)
        ],
        "combinations": [
            {"ids": list(r.ids), "territories": r.territories, "people": r.people, "unsure": r.unsure}
            for r in by_combination(flags)
        ],
        "sensitivity": [
            {
                "id": r.id, "threshold": r.threshold("en"), "step": r.step, "moved": r.moved,
                "territories": r.territories, "people": r.people,
                "territories_change": r.territories_change, "people_change": r.people_change,
            }
            for r in moved
        ],
    }  # fmt: skip


def _trend_json(row: TrendRow) -> dict[str, object]:
    return {
        "id": row.id, "territories": row.territories, "people": row.people, "share": row.share,
        "both": row.both, "change": row.change,
    }  # fmt: skip


def _trend_head(made: Positions, language: str) -> list[str]:
    head = [_said(n, language) for n in ("territories", "people", "share")]
    if made.plan.trend is None:
        return head
    found = [made.frame.source(column) for column in made.plan.trend]
    a, b = (c if s is None else s.as_of[:4] for c, s in zip(made.plan.trend, found, strict=True))
    return [*head, _said("change", language, a=a, b=b), _said("both", language)]


def _trend(made: Positions, row: TrendRow, language: str) -> list[str]:
    found = [row.label.get(language), number(row.territories, language), number(row.people, language)]
    found.append(percent(row.share, language, 1))
    if made.plan.trend is None:
        return found
    if row.change is not None or row.both:
        return [*found, "—" if row.change is None else _signed(row.change, language, 1), number(row.both, language)]
    return [*found, "—", "0"]


def _comparison(expression: Expression, language: str) -> str:
    from posad.study.expressions.writing import write

    return write(expression, "ru" if language == "ru" else "en")


def _plain(value: float, language: str, digits: int | None = None) -> str:
    """Return a number with the decimals it needs; nothing where there is none."""
    if not np.isfinite(value):
        return ""
    return number(value, language, (0 if value == int(value) else 2) if digits is None else digits)


def _signed(value: float, language: str, digits: int = 0) -> str:
    return signed(number(value, language, digits))


def _step(step: str, language: str) -> str:
    """Return a step as the language writes per cent."""
    return step if language == "ru" else step.replace(" %", "%")


def _name(frame: Frame, index: int, language: str) -> str:
    return frame.territories[index].name.get(language) if index >= 0 else ""


def _said(name: str, language: str, **facts: str) -> str:
    return LocalText.of(ru=_WORDS[name][0], en=_WORDS[name][1]).get(language).format(**facts)
