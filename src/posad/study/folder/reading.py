"""What every reader of a settings file needs: the file's values with their places, texts in several languages, conditions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from pathlib import Path
from typing import Any, TypeVar

from posad.core.place import Place
from posad.core.problems import Problem, near, problem
from posad.core.reading.yamls import Places, fit, read_plain
from posad.core.words import LocalText
from posad.study.expressions.parse import parse
from posad.study.expressions.scope import Scope, check_names
from posad.study.expressions.tree import Expression
from posad.study.questionnaire.codes import Picked, codes_text, pick_codes, read_codes
from posad.study.questionnaire.values import Item

T = TypeVar("T")
Step = str | int

NAME = re.compile(r"[a-z][a-z0-9_]*")
WAVE = re.compile(r"[A-Za-z0-9_]+(?:-[0-9]+)*")


@dataclass(frozen=True, slots=True)
class Ground:
    """What the settings of a study stand on: its languages and the names its questionnaire and variables give.

    ``scope`` is None where the questionnaire could not be read; names are then not checked.
    """

    folder: Path
    languages: tuple[str, ...]
    scope: Scope | None = None

    def item(self, id: str) -> Item | None:
        """Return an item or a grouping variable (as an item), or nothing."""
        return self.scope.item(id) if self.scope is not None else None

    def grid(self, id: str) -> tuple[Item, ...]:
        """Return the items of a question by its id."""
        return tuple(i for i in self.scope.items.values() if i.question == id) if self.scope is not None else ()

    def names(self) -> list[str]:
        """Return the names of variables and items."""
        return [*self.scope.variables, *self.scope.items] if self.scope is not None else []

    def names_and_grids(self) -> list[str]:
        """Return the names of variables, questions and items."""
        questions = [i.question for i in self.scope.items.values()] if self.scope is not None else []
        return list(dict.fromkeys([*questions, *self.names()]))

    def missing(self, code: str, place: Place, name: str, *more: str) -> list[Problem]:
        """Return the problem of a name that is no item; a grid's says so. ``more`` are other words allowed here."""
        if self.scope is None:
            return []
        if rows := self.grid(name):
            return [problem("grid-not-one-item", place, name=name, example=rows[0].id)]
        return [unknown(code, place, name, [*more, *self.names()])]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One settings file: plain values and where each stands."""

    name: str
    value: Any
    places: Places
    languages: tuple[str, ...]

    def at(self, *path: Step) -> Place:
        """Return the place of a value."""
        return self.places.value(path)

    def key(self, *path: Step) -> Place:
        """Return the place of a word before its colon."""
        return self.places.key(path)

    def part(self, *path: Step) -> Any:
        """Return a plain value, or None where there is none."""
        value = self.value
        for step in path:
            if isinstance(value, Mapping):
                value = value.get(str(step))
            elif isinstance(value, list) and isinstance(step, int) and step < len(value):
                value = value[step]
            else:
                return None
        return value

    def mapping(self, *path: Step) -> Mapping[str, Any]:
        """Return a plain mapping, or an empty one where something else stands."""
        value = self.part(*path)
        return value if isinstance(value, Mapping) else {}


def read_sheet(folder: Path, name: str, languages: tuple[str, ...]) -> tuple[Sheet | None, list[Problem]]:
    """Read a settings file; nothing where it is absent or is no YAML."""
    path = folder / name
    if not path.exists():
        return None, []
    value, places, problems = read_plain(path, name)
    return (Sheet(name, value, places, languages) if value is not None else None), problems


def shaped(sheet: Sheet, kind: type[T], value: Any) -> tuple[T | None, list[Problem]]:
    """Fit values of a settings file to a shape and check the languages of its texts.

    ``value`` keeps its path from the root of the file: to fit one part, hand over ``{"its": {"path": part}}``.
    """
    found, problems = fit(value, kind, sheet.places, sheet.languages[0])
    if found is not None:
        for path, text in _texts(found, ()):
            problems += _check_text(sheet, path, text)
    return found, problems


def shaped_each(
    sheet: Sheet, kind: type[T], values: Mapping[str, Any], *path: str
) -> tuple[dict[str, T], list[Problem]]:
    """Fit every entry of a mapping by itself, so that one bad entry doesn't hide the others.

    ``path`` leads to the mapping from the root of the file.
    """
    found: dict[str, T] = {}
    problems: list[Problem] = []
    shape: Any = kind
    for _ in range(len(path) + 1):
        shape = Mapping[str, shape]
    for id, value in values.items():
        nested: Any = {id: value}
        for step in reversed(path):
            nested = {step: nested}
        whole, wrong = shaped(sheet, shape, nested)
        problems += wrong
        if whole is not None:
            entry: Any = whole
            for step in (*path, id):
                entry = entry[step]
            found[id] = entry
    return found, problems


def _texts(value: object, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], LocalText]]:
    if isinstance(value, LocalText):
        yield path, value
    elif is_dataclass(value):
        for f in fields(value):
            yield from _texts(getattr(value, f.name), (*path, f.name.rstrip("_")))
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _texts(inner, (*path, str(key)))


def _check_text(sheet: Sheet, path: tuple[str, ...], text: LocalText) -> list[Problem]:
    written = sheet.part(*path)
    if written is None:
        return []
    own, name = sheet.languages[0], path[-1] if path else sheet.name
    if not isinstance(written, Mapping):
        return [] if str(written).strip() else [problem("text-empty", sheet.at(*path), name=name)]
    problems = []
    if not text.has(own):
        problems.append(problem("text-own-language-missing", sheet.at(*path), name=own))
    for language, words in text.parts:
        if language not in sheet.languages:
            known = ", ".join(sheet.languages)
            problems.append(problem("text-language-unknown", sheet.key(*path, language), name=language, known=known))
        elif not words.strip():
            problems.append(problem("text-empty", sheet.at(*path, language), name=f"{name}.{language}"))
    return problems


def ordered(text: LocalText, languages: Sequence[str]) -> LocalText:
    """Return a text with the study's languages in the study's order."""
    parts = dict(text.parts)
    return LocalText.from_mapping({name: parts[name] for name in (*languages, *parts) if name in parts})


def check_name(name: str, code: str, place: Place) -> list[Problem]:
    """Tell a name that can't be used in addresses and columns."""
    return [] if NAME.fullmatch(name) else [problem(code, place, name=name)]


def inside(place: Place, text: str) -> tuple[Place, bool]:
    """Return where the characters of a YAML value begin, and whether they stand in the file one for one.

    A quoted value begins behind its quote; of a value folded over lines only the beginning is known.
    """
    if place.end_line != place.line or place.end_column is None:
        return place, False
    extra = place.end_column - place.column - len(text)
    start = place.column + (1 if extra > 0 else 0)
    return Place(place.file, place.line, start, place.line, start + len(text)), extra in (0, 2)


def condition(text: str, place: Place, ground: Ground) -> tuple[Expression | None, list[Problem]]:
    """Parse a condition written as a YAML value and check its names; every problem points inside the value."""
    start, exact = inside(place, text)
    tree, problems = parse(text, start)
    if tree is not None and ground.scope is not None:
        problems = [*problems, *check_names(tree, ground.scope)]
    return tree, problems if exact else [replace(p, place=place) for p in problems]


def codes_of(value: object) -> tuple[tuple[int, int], ...] | None:
    """Return the ranges of a list of codes in any way it may be written, or nothing.

    >>> codes_of("3-4"), codes_of([3, "7-10"])
    (((3, 4),), ((3, 3), (7, 10)))
    """
    if isinstance(value, bool):
        return None
    if isinstance(value, int):
        return ((value, value),)
    if isinstance(value, str):
        return read_codes(value)
    if isinstance(value, list) and value:
        parts = [codes_of(v) for v in value]
        return None if None in parts else tuple(pair for part in parts for pair in part or ())
    return None


def picked(item: Item, value: object, place: Place) -> tuple[tuple[int, ...], list[Problem]]:
    """Return the codes of an item that a written list picks, or what is wrong with it."""
    ranges = codes_of(value)
    if ranges is None:
        return (), [problem("codes-form", place, name=written(value))]
    found: Picked = pick_codes(item.options, ranges)
    known = codes_text(o.code for o in item.options)
    problems = [problem("codes-unknown", place, name=str(c), item=item.id, known=known) for c in found.unknown]
    problems += [problem("codes-out-of-base", place, name=str(c), item=item.id) for c in found.outside]
    problems += [problem("codes-swept", place, name=str(c), item=item.id) for c in found.swept]
    return (() if problems else found.codes), problems


def written(value: object) -> str:
    """Return a value as its author may recognise it."""
    if isinstance(value, list):
        return ", ".join(written(v) for v in value)
    return str(value)


def unknown(code: str, place: Place, name: str, known: Iterable[str]) -> Problem:
    """Return the problem of a name that doesn't exist, with the nearest that does."""
    return problem(code, place, name=name, near=near(name, known))


def as_list(value: str | list[str]) -> list[str]:
    """Return a list of one for a lone word."""
    return [value] if isinstance(value, str) else list(value)
