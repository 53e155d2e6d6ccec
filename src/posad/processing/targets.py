"""Which column of a raw file feeds what: items, options, written-in words and system columns.

The mapping of the answers' settings comes first; a column that bears the very name of an item, an option or a system column
needs no line there.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from posad.core.place import Place
from posad.core.problems import Problem, near, problem
from posad.study.plans.values import AnswersFile
from posad.study.questionnaire.values import Item, Kind, Questionnaire, text_column

_K = TypeVar("_K", str, int)
SYSTEM = ("respondent", "started", "finished", "wave", "stratum", "psu")
GIVEN = "weight:"


@dataclass(slots=True)
class Targets:
    """The columns of one raw file by what they feed.

    ``whole`` maps an item's id to its column, ``more`` an item of several answers to its further columns (the second answer
    named, the third …), ``options`` an item's id and option code to a column, ``words`` the same to a column of written-in words,
    ``system`` a system name or ``weight:NAME`` to a column.
    """

    whole: dict[str, str] = field(default_factory=dict)
    more: dict[str, list[str]] = field(default_factory=dict)
    options: dict[str, dict[int, str]] = field(default_factory=dict)
    words: dict[str, dict[int, str]] = field(default_factory=dict)
    system: dict[str, str] = field(default_factory=dict)
    unused: list[str] = field(default_factory=list)


def find_targets(
    columns: Iterable[str], file: AnswersFile, questionnaire: Questionnaire
) -> tuple[Targets, list[Problem]]:
    """Return what each raw column feeds, and what is wrong with the mapping."""
    there = list(columns)
    names = _names(questionnaire)
    found = Targets()
    problems = [
        problem("mapping-no-such-column", file.place, column=c, file=file.path, near=near(c, there))
        for c, target in file.columns.items()
        if c not in there and target is not None
    ]
    for column in there:
        wish = file.columns[column] if column in file.columns else _same_name(column, names)
        if wish is None:
            if column not in file.columns:
                found.unused.append(column)
        elif wish.startswith(GIVEN):
            _put(found.system, wish, column, file, problems)
        elif wish not in names:
            problems.append(
                problem("mapping-no-such-item", file.place, column=column, name=wish, near=near(wish, names))
            )
        else:
            _feed(found, names[wish], wish, column, file, problems)
    return found, problems


_Name = tuple[str, str, int | None]  # (what, item id, option code); "several" is "whole" of an item of several answers


def _names(questionnaire: Questionnaire) -> Mapping[str, _Name]:
    names: dict[str, _Name] = {s: ("system", s, None) for s in SYSTEM}
    for item in questionnaire.items():
        for alias in (item.id, item.column):
            names[alias] = ("several" if item.kind is Kind.MULTIPLE else "whole", item.id, None)
        for option in item.options:
            for alias in (f"{item.id}.{option.code}.text", text_column(item.column, option.code)):
                names[alias] = ("words", item.id, option.code)
            if item.kind is Kind.MULTIPLE:
                for alias in (f"{item.id}.{option.code}", f"{item.column}__{option.code}"):
                    names[alias] = ("options", item.id, option.code)
    return names


def _same_name(column: str, names: Mapping[str, _Name]) -> str | None:
    return column if column in names else None


def _feed(found: Targets, name: _Name, wish: str, column: str, file: AnswersFile, problems: list[Problem]) -> None:
    what, item, code = name
    match what:
        case "system":
            _put(found.system, wish, column, file, problems)
        case "several" if item in found.whole:
            found.more.setdefault(item, []).append(column)
        case "whole" | "several":
            _put(found.whole, item, column, file, problems)
        case "options" if code is not None:
            _put(found.options.setdefault(item, {}), code, column, file, problems)
        case "words" if code is not None:
            _put(found.words.setdefault(item, {}), code, column, file, problems)


def _put(room: dict[_K, str], key: _K, column: str, file: AnswersFile, problems: list[Problem]) -> None:
    if key in room:
        facts = {"name": str(key), "first": room[key], "second": column}
        problems.append(problem("mapping-two-columns-for-one", file.place, **facts))
        return
    room[key] = column


def check_coverage(found: Targets, file: AnswersFile, questionnaire: Questionnaire) -> list[Problem]:
    """Return notes on columns that nothing uses, items without a column, and items fed in two ways at once."""
    place = Place(file.path)
    problems: list[Problem] = []
    items: list[Item] = list(questionnaire.items())
    bare = [i.id for i in items if i.id not in found.whole and i.id not in found.options]
    if found.unused:
        problems.append(problem("raw-columns-unused", place, count=len(found.unused), columns=first_few(found.unused)))
    if bare and len(bare) == len(items):
        problems.append(problem("no-item-has-a-column", file.place, file=file.path))
    elif bare:
        problems.append(problem("items-without-column", place, count=len(bare), items=first_few(bare)))
    for item in items:
        parts = found.options.get(item.id, {})
        if parts and item.id in found.whole:
            facts = {"item": item.id, "column": found.whole[item.id]}
            problems.append(problem("mapping-item-twice", file.place, **facts))
        lost = [o.code for o in item.options if o.code not in parts] if parts else []
        if lost:
            facts_ = {"item": item.id, "codes": first_few(map(str, lost))}
            problems.append(problem("options-without-column", place, **facts_))
    return problems


def first_few(names: Iterable[object], most: int = 8) -> str:
    """Return a list in one line, cut to the first few.

    >>> first_few(["a", "b", "c"], most=2)
    'a, b …'
    """
    words = [str(n) for n in names]
    return ", ".join(words[:most]) + (" …" if len(words) > most else "")


__all__ = ["GIVEN", "SYSTEM", "Targets", "check_coverage", "find_targets", "first_few"]
