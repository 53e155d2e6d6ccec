"""One column to one question: coded answers, a scale, several answers in a cell, a number, words."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace

from posad.core.numbers import parse_number
from posad.core.words import LocalText
from posad.exchange.inference.columns import is_category, is_code, numbers, whole_numbers
from posad.exchange.inference.options import HERE, Coding, clean_label, coding_of, coding_of_values
from posad.exchange.inference.roles import is_amount
from posad.exchange.inference.values import Column
from posad.study.questionnaire.values import Kind, Option, Question

_MOST_PARTS = 40
_MANY = 15  # unlabelled values that make a column a number in spite of a few labels
_LONGEST_SCALE = 11


@dataclass(frozen=True, slots=True)
class Guess:
    """One question proposed for one column, with what the mapping must say for it."""

    question: Question
    coding: Coding | None = None
    missing: tuple[str, ...] = ()
    delimiter: str | None = None
    doubts: tuple[str, ...] = ()


def guess(column: Column, id: str, language: str, kind: str | None = None, delimiter: str | None = None) -> Guess:
    """Return the question for a column.

    Args:
        column: the column as it looks.
        id: the question's id.
        language: the language of labels.
        kind: single, multiple, number or open, when the researcher said so.
        delimiter: between several answers, when the researcher said so.
    """
    text = LocalText.from_mapping({language: clean_label(column.label or column.name)})
    base = Question(id, text, Kind.OPEN, HERE)
    if kind == "open" or (not column.counts and not column.labels):
        return Guess(base, missing=column.missing)
    if kind == "number" or (kind is None and not column.labels and _is_number(column)):
        return _number(column, base)
    if kind is None and column.labels and _is_labelled_number(column):
        return _number(column, base, tuple(column.labels))
    if kind in (None, "multiple") and (found := delimiter_of(column, delimiter, kind == "multiple")) is not None:
        return _several(column, base, language, found)
    if kind is None and not column.labels and not is_code(column) and not is_category(column):
        return Guess(base, missing=column.missing)
    if kind == "multiple":
        return _several(column, base, language, delimiter or ";")
    return _single(column, base, language)


def _is_number(column: Column) -> bool:
    return is_amount(column) and not is_code(column) and not (_mixed(column) and is_category(column))


def _mixed(column: Column) -> bool:
    return any(parse_number(t) is None for t in column.counts)


def _is_labelled_number(column: Column) -> bool:
    """Tell whether labels name only special values of an amount (999 "refused")."""
    found = numbers(column)
    bare = [t for t in found if t not in column.labels]
    return len(found) == len(column.counts) and len(bare) > _MANY and len(column.labels) <= 5


def _number(column: Column, base: Question, special: tuple[str, ...] = ()) -> Guess:
    words = tuple(t for t in column.counts if parse_number(t) is None)
    doubts = ("import-special-values-missing",) if special or words else ()
    missing = tuple(dict.fromkeys((*column.missing, *special, *words)))
    return Guess(replace(base, kind=Kind.NUMBER), missing=missing, doubts=doubts)


def _single(column: Column, base: Question, language: str) -> Guess:
    coding = coding_of([column], language)
    doubts: tuple[str, ...] = ("import-codes-without-label",) if coding.unlabelled else ()
    doubts += ("import-order-assumed",) if coding.sorted else ()
    ends = scale_of(column)
    if ends is not None:
        options = _scale_points(ends, coding.options)
        return Guess(replace(base, kind=Kind.SCALE, scale=ends, options=options), coding, column.missing)
    return Guess(replace(base, kind=Kind.SINGLE, options=coding.options), coding, column.missing, doubts=doubts)


def scale_of(column: Column) -> tuple[int, int] | None:
    """Return the ends of a scale whose points between are not all labelled ("1 not at all … 10 very much"), or None."""
    labelled = whole_numbers(Column("", dict.fromkeys(column.labels, 1), 0))
    met = whole_numbers(column)
    if not labelled or not met or labelled[0] not in (0, 1) or len(labelled) < 2:
        return None
    low = labelled[0]
    inside = [c for c in labelled if low < c <= low + _LONGEST_SCALE - 1]
    if not inside:
        return None
    high = max(inside)
    bare = [c for c in range(low, high + 1) if c not in labelled]
    odd = [c for c in met if not low <= c <= high and c not in labelled]
    return (low, high) if len(bare) >= 2 and not odd and any(c in met for c in bare) else None


def _scale_points(ends: tuple[int, int], options: tuple[Option, ...]) -> tuple[Option, ...]:
    known = {o.code: o for o in options}
    points = [known.get(c, Option(c, LocalText(), HERE)) for c in range(ends[0], ends[1] + 1)]
    points = [replace(p, label=LocalText()) if p.label.get("") == str(p.code) else p for p in points]
    return (*points, *(o for o in options if not ends[0] <= o.code <= ends[1]))


def delimiter_of(column: Column, wish: str | None, sure: bool) -> str | None:
    """Return what stands between several answers of a cell, or None when the column has one answer a cell.

    A semicolon or a bar between parts that repeat is taken; a comma only between whole numbers where a cell has two of them, or
    between texts most of which stand alone in some other cell.
    """
    for delimiter in (wish,) if wish else (";", "|", ","):
        cells = [t for t in column.counts if delimiter in t]
        parts = Counter[str]()
        for text, count in column.counts.items():
            parts.update({p.strip(): count for p in text.split(delimiter) if p.strip()})
        if not cells or not 0 < len(parts) <= _MOST_PARTS:
            continue
        if (
            sure
            or wish
            or (delimiter != "," and _repeat(column, parts))
            or (delimiter == "," and _commas(column, parts))
        ):
            return delimiter
    return None


def _repeat(column: Column, parts: Counter[str]) -> bool:
    return sum(parts.values()) >= 2 * len(parts) and (len(parts) <= len(column.counts) or len(parts) <= 12)


def _commas(column: Column, parts: Counter[str]) -> bool:
    if all(p.isdigit() for p in parts):
        return any(t.count(",") >= 2 for t in column.counts)
    alone = sum(p in column.counts for p in parts)
    return alone >= 0.6 * len(parts) and len(parts) < len(column.counts) and _repeat(column, parts)


def _several(column: Column, base: Question, language: str, delimiter: str) -> Guess:
    parts = dict.fromkeys(p for t in column.counts for piece in t.split(delimiter) if (p := piece.strip()))
    labels = {k: clean_label(v) for k, v in column.labels.items()}
    coding = coding_of_values(parts, labels, language, several=True)
    question = replace(base, kind=Kind.MULTIPLE, options=coding.options)
    doubts = ("import-codes-without-label",) if coding.unlabelled else ()
    return Guess(question, coding, column.missing, delimiter, doubts)
