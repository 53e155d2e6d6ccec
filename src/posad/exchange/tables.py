"""What every format shares: clean cells and column names that a mapping can point at."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta

from posad.core.place import Place
from posad.core.problems import Problem, problem


def clean_cell(value: object) -> object:
    """Return a cell as text, a number or None: dates in ISO form, whole floats as integers, blanks as None.

    >>> clean_cell(3.0), clean_cell(" да "), clean_cell("  "), clean_cell(True), clean_cell(float("nan"))
    (3, 'да', None, 1, None)
    >>> clean_cell(date(2025, 5, 3))
    '2025-05-03'
    """
    if value is None or isinstance(value, str):
        return clean_text(value or "")
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, int):
        return value
    if isinstance(value, float):
        return _clean_float(value)
    return _clean_moment(value)


def clean_text(value: str) -> str | None:
    """Return a text without the blanks round it, or None when nothing is left."""
    return value.strip(" \t\r\n\u00a0\ufeff\x00") or None


def _clean_float(value: float) -> float | int | None:
    if not math.isfinite(value):
        return None
    return int(value) if value.is_integer() and abs(value) < 2**53 else value


def _clean_moment(value: object) -> str | None:
    if isinstance(value, datetime):
        midnight = value.time() == time()
        return value.date().isoformat() if midnight else value.replace(tzinfo=None).isoformat(" ", "seconds")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, timedelta):
        return str(value)
    return clean_text(str(value))


def column_names(header: Sequence[object], name: str, line: int = 1) -> tuple[tuple[str, ...], list[Problem]]:
    """Return one distinct name for each column: blanks become ``column 3``, repeats get a number.

    Args:
        header: the header's cells.
        name: the file's name for messages.
        line: the header's line in the file.

    >>> column_names(["q1", "", "q1"], "a.csv")[0]
    ('q1', 'column 2', 'q1 (2)')
    """
    taken: set[str] = set()
    names: list[str] = []
    problems: list[Problem] = []
    plain = [clean_text(str(h)) if h is not None else None for h in header]
    own = {p for p in plain if p}
    for i, text in enumerate(plain):
        wish = text or f"column {i + 1}"
        found = _free(wish, taken if text else taken | own)
        place = Place(name, line, i + 1)
        if text is None:
            problems.append(problem("raw-column-without-name", place, column=i + 1, name=found))
        elif found != wish:
            problems.append(problem("raw-column-twice", place, name=wish, new=found))
        taken.add(found)
        names.append(found)
    return tuple(names), problems


def _free(wish: str, taken: set[str]) -> str:
    number = 2
    found = wish
    while found in taken:
        found = f"{wish} ({number})"
        number += 1
    return found


def filled(values: Iterable[object]) -> int:
    """Return how many cells hold something."""
    return sum(v is not None for v in values)
