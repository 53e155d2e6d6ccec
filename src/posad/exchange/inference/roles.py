"""Columns that are not answers: who the respondent is, when, and how much each counts."""

from __future__ import annotations

import re
from collections.abc import Mapping

from posad.core.numbers import parse_number
from posad.exchange.inference.columns import numbers, text_of, whole_numbers
from posad.exchange.inference.values import Column
from posad.exchange.tables import filled
from posad.store.values import RawTable

_WEIGHT = re.compile(
    r"(?:.*[_.\s-])?(?:weight|weights|wt|wgt|wght|ves|вес|весовой|pondera)(?:var|ing|s)?(?:[_.\s-]?\w{1,12})?|w[_.]\w{1,6}",
    re.IGNORECASE,
)
_NOT_WEIGHT = re.compile(r".*(kg|lb|кг|height|loss|тела|body|ваш|your).*", re.IGNORECASE)
_IDS = (
    re.compile(
        r"resp(ondent)?[_.\s-]?(id|no|num(ber)?|serial)?|респондент\w*|номер[_\s](анкеты|респондента)", re.IGNORECASE
    ),
    re.compile(
        r"(unique|case|interview|int|user|participant|response|quest(ionnaire)?)[_.\s-]?(id|no|num(ber)?)",
        re.IGNORECASE,
    ),
    re.compile(r"(id|uuid|ид|номер|анкета|caseid)", re.IGNORECASE),
    re.compile(r"rec(ord)?[_.\s-]?(id|no|num(ber)?)", re.IGNORECASE),
    re.compile(r"column \d+", re.IGNORECASE),
)
_STARTED = re.compile(r"(start(ed)?[_.\s-]?(date|time|at)?|(date|time)?[_.\s-]?start(ed)?|начало)", re.IGNORECASE)
_FINISHED = re.compile(
    r"((end|finish(ed)?|submit(ted)?|completed)[_.\s-]?(date|time|at)?|конец|окончание|завершено)", re.IGNORECASE
)
_MOMENT = re.compile(r"\d{1,4}[-./]\d{1,2}[-./]\d{1,4}([ T]\d{1,2}:\d{2}.*)?")
_DOUBTFUL_CODES = 20


def system_role(column: Column) -> str | None:
    """Return ``started`` or ``finished`` when both the name and the values say so."""
    if not column.counts or not all(_MOMENT.fullmatch(t) for t in column.counts):
        return None
    if _STARTED.fullmatch(column.name):
        return "started"
    return "finished" if _FINISHED.fullmatch(column.name) else None


def find_respondent(columns: Mapping[str, Column], raw: RawTable) -> str | None:
    """Return the column that best numbers the respondents: a telling name, never blank, never twice."""
    fit = [n for n, c in columns.items() if identifies(c, raw.rows)]
    for pattern in _IDS:
        for name in fit:
            if pattern.fullmatch(name):
                return name
    return None


def identifies(column: Column, rows: int) -> bool:
    """Tell whether every row has its own value."""
    return column.blanks == 0 and len(column.counts) == rows and rows > 1


def is_row_number(column: Column, raw: RawTable) -> bool:
    """Tell whether a column only counts rows: 0, 1, 2 … or 1, 2, 3 … down the file, or all different under a telling name."""
    if column.labels or whole_numbers(column) is None or not identifies(column, raw.rows):
        return False
    down = [text_of(v) for v in raw.columns[column.name]]
    counted = any(down == [str(i + start) for i in range(raw.rows)] for start in (0, 1))
    return counted or any(p.fullmatch(column.name) for p in _IDS)


def weight_doubt(column: Column) -> str | None:
    """Return None when a column is no weight, an empty text when it looks like one, else why that is doubtful.

    A column of few whole numbers, or with value labels, is rather the code of a weighting cell than a weight; one with words or
    negative numbers among the numbers may be a weight that was spoiled.
    """
    if not _WEIGHT.fullmatch(column.name) or _NOT_WEIGHT.fullmatch(column.name) or not column.counts:
        return None
    found = numbers(column)
    if len(found) < len(column.counts):
        return "words" if 2 * sum(column.counts[t] for t in found) > column.present else None
    if column.labels:
        return "labels"
    if whole_numbers(column) is not None:
        return "codes" if len(column.counts) <= _DOUBTFUL_CODES else None
    return "" if max(found.values()) > 0 and min(found.values()) >= 0 else "words"


def preferred_weights(names: list[str]) -> list[str]:
    """Return weight columns, the one to use first: "final" before others, then the plainest name.

    >>> preferred_weights(["w_LV", "weight_a", "final_weight"])
    ['final_weight', 'weight_a', 'w_LV']
    """

    def rank(name: str) -> tuple[int, int]:
        lower = name.lower()
        return (0 if "final" in lower or "итог" in lower else 1, 0 if "wei" in lower or "вес" in lower else 1)

    return sorted(names, key=rank)


def is_blank(values: Mapping[str, Column], name: str, raw: RawTable) -> bool:
    """Tell whether nobody answered in a column."""
    return not values[name].counts and not filled(raw.columns[name])


def is_amount(column: Column) -> bool:
    """Tell whether nearly everything in a column is a number."""
    good = sum(n for t, n in column.counts.items() if parse_number(t) is not None)
    return good >= 0.9 * column.present > 0
