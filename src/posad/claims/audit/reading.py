"""The three tables of an audit: statements, how each is read, and the numbers the report prints.

Statements are anybody's list; columns that hold somebody's verdicts are not read. ``bindings.csv`` says of each statement what it is
about (an address) and how it is read, never a value. ``printed.csv`` holds the numbers of charts, as printed, with their lines; where
the print does not show to which of several answers a number belongs, all of them are named (``3/4``), and a list the report
prints is rows of ``list:NAME``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

from posad.claims.audit.values import Binding, Key, Mark, Statement, key_of
from posad.core.numbers import parse_number
from posad.core.place import Place
from posad.core.problems import Problem, near, problem
from posad.core.reading.csvs import CsvTable, read_csv
from posad.evidence.facts import settle
from posad.evidence.territory.counts import frame_fact, is_of_frame
from posad.study.plans.values import Study

BINDINGS, PRINTED = "audit/bindings.csv", "audit/printed.csv"
LIST = "list:"
STATEMENT_COLUMNS = (
    "id", "statement", "slide", "section", "seed_line", "line", "printed_value", "unit", "type", "question_or_source", "base",
)  # fmt: skip
BINDING_COLUMNS = ("id", "reading", "address", "note")
PRINTED_COLUMNS = ("question", "option", "value", "group", "rounding", "base", "line")

READINGS: Mapping[str, tuple[int, int]] = {
    "number": (1, 9), "more": (2, 2), "majority": (1, 1), "rank": (1, 9), "joint": (2, 2), "topbox": (1, 1),
    "unit": (1, 1), "order": (1, 1), "count": (1, 1), "label": (1, 1), "wording": (1, 1), "base": (1, 1), "record": (1, 1),
    "listed": (0, 0), "source": (0, 9), "quote": (0, 0), "unstated": (0, 1),
    "cause": (0, 9), "trend": (0, 9), "forecast": (0, 9), "opinion": (0, 9),
}  # fmt: skip
ADDRESSED = frozenset(
    ("number", "more", "majority", "rank", "joint", "topbox", "label", "cause", "trend", "forecast", "opinion")
)


@dataclass(frozen=True, slots=True)
class PrintedNumbers:
    """What the report prints: numbers, and lists by name."""

    marks: tuple[Mark, ...] = ()
    lists: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def exact(text: str) -> tuple[Fraction, Fraction] | None:
    """Return a printed number and half of its last digit's unit; a per cent sign and words around it are not read.

    >>> exact("8,8 "), exact("57 %"), exact("?")
    ((Fraction(44, 5), Fraction(1, 20)), (Fraction(57, 1), Fraction(1, 2)), None)
    """
    plain = text.strip().removesuffix("%").strip()
    value = parse_number(plain)
    if value is None:
        return None
    written = Decimal(repr(value))
    digits = len(plain.replace(",", ".").partition(".")[2]) if "," in plain or "." in plain else 0
    return Fraction(written), Fraction(1, 2 * 10**digits)


def read_statements(path: Path, name: str) -> tuple[tuple[Statement, ...], list[Problem]]:
    """Return the statements of a list, in its order, and what is wrong with it."""
    table, problems = read_csv(path, name)
    if table is None:
        return (), problems
    problems += _needed(table, ("id", "statement"))
    ignored = [c for c in table.header if c and c not in STATEMENT_COLUMNS]
    if ignored:
        problems.append(problem("audit-columns-ignored", table.place(-1), names=", ".join(ignored)))
    if not {"id", "statement"} <= set(table.header):
        return (), problems
    found: dict[str, Statement] = {}
    for row, place in _rows(table):
        text = {c: row.get(c, "").strip() for c in STATEMENT_COLUMNS}
        if not text["id"] or text["id"] in found:
            code = "audit-id-twice" if text["id"] else "audit-id-missing"
            problems.append(problem(code, place, id=text["id"]))
            continue
        found[text["id"]] = Statement(
            text["id"], text["statement"], text["printed_value"], text["unit"], text["type"],
            text["question_or_source"], text["base"], text["seed_line"] or text["line"], place,
        )  # fmt: skip
    return tuple(found.values()), problems


def read_bindings(
    folder: Path, study: Study, statements: tuple[Statement, ...], lists: Mapping[str, tuple[str, ...]]
) -> tuple[Mapping[str, Binding], list[Problem]]:
    """Return how each statement is read, by its id; what cannot be read is named with its place in the table."""
    if not (folder / BINDINGS).is_file():
        return {}, [problem("audit-bindings-none", Place(BINDINGS))]
    table, problems = read_csv(folder / BINDINGS, BINDINGS)
    if table is None:
        return {}, problems
    problems += _needed(table, ("id", "reading"))
    known = [s.id for s in statements]
    if extra := [c for c in table.header if c and c not in BINDING_COLUMNS]:
        problems.append(problem("audit-binding-column", table.place(-1), names=", ".join(extra)))
    found: dict[str, Binding] = {}
    for n, (row, place) in enumerate(_rows(table)):
        binding = Binding(
            row.get("id", "").strip(), row.get("reading", "").strip(), tuple(row.get("address", "").split()),
            row.get("note", "").strip(), place,
        )  # fmt: skip
        wrong = _wrong(binding, known, found, study, lists, _cell(table, n, "address"))
        problems += wrong
        if not wrong:
            found[binding.id] = binding
    return found, problems


def _wrong(
    binding: Binding,
    known: list[str],
    found: Mapping[str, Binding],
    study: Study,
    lists: Mapping[str, tuple[str, ...]],
    at: Place,
) -> list[Problem]:
    if binding.id not in known:
        return [problem("audit-binding-unknown", binding.place, id=binding.id, near=near(binding.id, known))]
    if binding.id in found:
        return [problem("audit-id-twice", binding.place, id=binding.id)]
    if binding.reading not in READINGS:
        nearest = near(binding.reading, READINGS) or ", ".join(READINGS)
        return [problem("audit-reading-unknown", binding.place, name=binding.reading, near=nearest)]
    low, high = READINGS[binding.reading]
    if not low <= len(binding.names) <= high:
        counts = {"got": len(binding.names), "low": low, "high": high}
        return [problem("audit-binding-names", at, reading=binding.reading, **counts)]
    problems: list[Problem] = []
    for name in binding.names:
        problems += _unknown(binding.reading, name, known, study, lists, at)
    return problems


def _unknown(
    reading: str, name: str, known: list[str], study: Study, lists: Mapping[str, tuple[str, ...]], at: Place
) -> list[Problem]:
    """Return what is wrong with one name of a binding."""
    if reading in ADDRESSED:
        return settle(study, name, at)[1]
    there: list[str] = []
    if reading in ("count", "order"):
        there = [LIST + n for n in (*lists, *(one.id for one in study.questionnaire.lists))]
        parts = ("rows", "criteria", "options", "limit")
        there += [f"{q.id}.{p}" for q in study.questionnaire.questions for p in parts] if reading == "count" else []
    elif reading in ("unit", "wording"):
        there = [q.id for q in study.questionnaire.questions]
        there += [f"{q.id}.{c.id}" for q in study.questionnaire.questions for c in q.criteria]
    elif reading in ("base", "record"):
        there = ["population", *study.facts, *(known if reading == "base" else ())]
    elif reading == "source":
        if is_of_frame(study, name):
            return frame_fact(study, name, at)[1]
        there = [t.id for t in study.targets]
    if not there or name in there:
        return []
    return [problem("audit-name-unknown", at, name=name, reading=reading, near=near(name, there))]


def read_printed(path: Path, name: str, study: Study) -> tuple[PrintedNumbers, list[Problem]]:
    """Return the printed numbers and lists; an absent table is an empty one."""
    if not path.is_file():
        return PrintedNumbers(), []
    table, problems = read_csv(path, name)
    if table is None:
        return PrintedNumbers(), problems
    problems += _needed(table, ("question", "option", "value"))
    marks: list[Mark] = []
    lists: dict[str, list[str]] = {}
    for row, place in _rows(table):
        text = {c: row.get(c, "").strip() for c in PRINTED_COLUMNS}
        if text["question"].startswith(LIST):
            lists.setdefault(text["question"].removeprefix(LIST), []).append(text["option"])
            continue
        number = exact(text["value"])
        step = exact(text["rounding"]) if text["rounding"] else None
        if number is None or (text["rounding"] and step is None):
            problems.append(problem("audit-number", place, value=text["value"], rounding=text["rounding"]))
            continue
        keys, wrong = _keys(text, study, place)
        problems += wrong
        if keys:
            half = step[0] / 2 if step is not None else number[1]
            marks.append(Mark(number[0], half, tuple(keys), text["line"], text["base"]))
    return PrintedNumbers(tuple(marks), {n: tuple(v) for n, v in lists.items()}), problems


def _keys(text: Mapping[str, str], study: Study, place: Place) -> tuple[list[Key], list[Problem]]:
    """Return every estimate a printed number may stand for."""
    question = study.questionnaire.question(text["question"])
    rows = [i.id for i in study.questionnaire.items() if i.question == text["question"]] if question else []
    items = rows or [text["question"]]
    behind = f"@{text['group']}" if text["group"] else ""
    keys: list[Key] = []
    problems: list[Problem] = []
    for item in items:
        for option in text["option"].split("/"):
            resolved, wrong = settle(study, f"{item}{'.' + option if option else ''}{behind}", place)
            problems += wrong
            if resolved is not None and resolved.second is None:
                keys.append(key_of(resolved.first))
    return keys, problems[:1]


def _needed(table: CsvTable, names: tuple[str, ...]) -> list[Problem]:
    missing = [n for n in names if n not in table.header]
    if not missing:
        return []
    guess = near(missing[0], table.header)
    return [problem("audit-column-missing", table.place(-1), names=", ".join(missing), near=guess)]


def _rows(table: CsvTable) -> Iterator[tuple[Mapping[str, str], Place]]:
    for n, row in enumerate(table.rows):
        yield dict(zip(table.header, row, strict=True)), table.place(n)


def _cell(table: CsvTable, row: int, column: str) -> Place:
    """Return the place of a cell by the name of its column."""
    return table.place(row, table.header.index(column) if column in table.header else 0)
