"""One raw cell to one coded answer: codes, labels, texts of the mapping, values that mean "no answer"."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TypeVar

from posad.core.numbers import parse_number
from posad.study.plans.values import AnswersFile
from posad.study.questionnaire.values import Item, Option

_T = TypeVar("_T")
CHOSEN = frozenset(
    {"1", "yes", "true", "selected", "checked", "quoted", "x", "v", "+", "✓", "да", "выбрано", "отмечено", "истина"}
)
NOT_CHOSEN = frozenset(
    {
        "0",
        "no",
        "false",
        "not selected",
        "unchecked",
        "not quoted",
        "not checked",
        "-",
        "нет",
        "не выбрано",
        "не отмечено",
        "ложь",
    }
)
_RANGE = re.compile(r"(lowest|-?\d+(?:[.,]\d+)?)\s*(?:\.\.|–|-)\s*(highest|-?\d+(?:[.,]\d+)?)", re.IGNORECASE)


@dataclass(slots=True)
class Unknown:
    """Values of a column that have no code: how often each came, and in which rows first."""

    count: int = 0
    values: dict[str, int] = field(default_factory=dict)
    rows: list[int] = field(default_factory=list)

    def add(self, value: object, row: int) -> None:
        """Note one such value; rows are counted from one below the header."""
        text = str(value)
        self.count += 1
        self.values[text] = self.values.get(text, 0) + 1
        if len(self.rows) < 5:
            self.rows.append(row)


class Coder:
    """Turns cells of one item into codes, with the mapping's texts first, then codes, then labels.

    >>> from posad.core.place import Place; from posad.core.words import LocalText
    >>> p = Place("q.md"); options = (Option(1, LocalText.of(ru="Да", en="Yes"), p), Option(2, LocalText.of(ru="Нет"), p))
    >>> coder = Coder(options, {"none": 2}, ("99",))
    >>> [coder.code(v) for v in ("1", "2,0", "yes", "none", 7)], coder.is_missing(99.0)
    ([1, 2, 1, 2, None], True)
    """

    def __init__(self, options: Sequence[Option], values: Mapping[str, int], missing: Sequence[str]) -> None:
        self._codes = frozenset(o.code for o in options)
        self._values = {fold(k): v for k, v in values.items()}
        self._labels = _labels(options)
        self._missing = frozenset(fold(m) for m in missing)
        self._ranges = tuple(r for m in missing if (r := parse_range(m)))
        self._numbers = frozenset(n for m in missing if (n := parse_number(m)) is not None)
        self._known: dict[object, int | None] = {}
        self._lost: dict[object, bool] = {}

    def is_missing(self, value: object) -> bool:
        """Tell whether a cell means "no answer"."""
        if value is None:
            return True
        key = (type(value), value)
        if key not in self._lost:
            self._lost[key] = self._is_lost(value)
        return self._lost[key]

    def _is_lost(self, value: object) -> bool:
        if fold(value) in self._missing:
            return True
        if not self._numbers and not self._ranges:
            return False
        number = as_number(value)
        return number is not None and (number in self._numbers or any(a <= number <= b for a, b in self._ranges))

    def code(self, value: object) -> int | None:
        """Return the code of a cell, or None when it has none."""
        key = (type(value), value)
        if key not in self._known:
            self._known[key] = self._find(value)
        return self._known[key]

    def mapped(self, value: object) -> int | None:
        """Return what the mapping's own texts say, codes of no option included."""
        return self._values.get(fold(value))

    def doubtful(self, cells: Iterable[object]) -> tuple[frozenset[object], bool]:
        """Return the cells that are the code of one answer and the label of another, and whether others are labels for sure.

        Where some cells can only be labels, a doubtful one is most likely no code: "1" beside "3 or more" is one child.
        """
        clashing = {n for text, code in self._labels.items() if (n := as_number(text)) in self._codes and n != code}
        if not clashing:
            return frozenset(), False
        plain = [v for v in set(cells) if v is not None and not self.is_missing(v) and self.mapped(v) is None]
        doubtful = frozenset(v for v in plain if as_number(v) in clashing)
        return doubtful, any(self.code(v) is not None and as_number(v) not in self._codes for v in plain)

    def _find(self, value: object) -> int | None:
        text = fold(value)
        if text in self._values:
            code = self._values[text]
            return code if code in self._codes else None
        number = as_number(value)
        if number is not None and number.is_integer() and int(number) in self._codes:
            return int(number)
        return self._labels.get(text)


def coder_of(item: Item, file: AnswersFile) -> Coder:
    """Return the coder of an item: its own texts and missing values, else those of its question, else of every item (``*``)."""
    return Coder(item.options, _for(item, file.values) or {}, missing_of(item, file))


def missing_of(item: Item, file: AnswersFile) -> tuple[str, ...]:
    """Return the values of an item that mean "no answer"."""
    return (*(_for(item, file.missing) or ()), *file.missing.get("*", ()))


def _for(item: Item, by_name: Mapping[str, _T]) -> _T | None:
    return by_name.get(item.id, by_name.get(item.question))


def _labels(options: Iterable[Option]) -> dict[str, int]:
    """Return folded labels that belong to one option only."""
    found: dict[str, int | None] = {}
    for option in options:
        for text in {fold(words) for _, words in option.label.parts if words.strip()}:
            found[text] = None if found.get(text, option.code) != option.code else option.code
    return {text: code for text, code in found.items() if code is not None}


@lru_cache(maxsize=65536)
def _fold_text(text: str) -> str:
    return " ".join(text.split()).casefold()


def fold(value: object) -> str:
    """Return a cell's text for comparing: blanks joined, case ignored, whole floats as integers.

    >>> fold("  Not   Selected "), fold(2.0)
    ('not selected', '2')
    """
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return _fold_text(str(value))


@lru_cache(maxsize=65536)
def _parsed(text: str) -> float | None:
    return parse_number(text)


def as_number(value: object) -> float | None:
    """Return a cell as a number, decimal comma or point, or None."""
    if isinstance(value, bool):
        return float(value)
    if isinstance(value, int | float):
        return float(value)
    return _parsed(str(value))


def parse_range(text: str) -> tuple[float, float] | None:
    """Return the bounds of a range of missing values.

    >>> parse_range("97..99"), parse_range("lowest..-1"), parse_range("не знаю")
    ((97.0, 99.0), (-inf, -1.0), None)
    """
    found = _RANGE.fullmatch(text.strip())
    if not found:
        return None
    low = float("-inf") if found[1].lower() == "lowest" else parse_number(found[1])
    high = float("inf") if found[2].lower() == "highest" else parse_number(found[2])
    return (low, high) if low is not None and high is not None else None


def chosen(value: object, option: Option, coder: Coder, own_code: Container[int]) -> bool | None:
    """Tell whether a cell of an option's own column says "chosen"; None when it says neither.

    The mapping's texts come first (0 is "not chosen", anything else "chosen"), then the option's label, its own code where it
    is among those that :func:`written_by_own_code` found, then the usual words and 0/1.
    """
    mapped = coder.mapped(value)
    if mapped is not None:
        return mapped != 0
    text = fold(value)
    if any(text == fold(words) for _, words in option.label.parts) or (
        option.code in own_code and text == str(option.code)
    ):
        return True
    if text in NOT_CHOSEN:
        return False
    return True if text in CHOSEN else None


def written_by_own_code(columns: Mapping[int, Iterable[object]], coder: Coder) -> frozenset[int]:
    """Return the options chosen by their own code: all where each column holds only its code or 0 (a 7 in that of option 7).

    Columns coded 1 = yes, 2 = no are not written so, and their 2 must never count as "option 2 was chosen". Nor is the 0 of
    option 0 its code where a 0 stands in another column: there it says "not chosen".
    """
    zero = False
    for code, values in columns.items():
        for value in {v for v in values if v is not None}:
            if coder.is_missing(value) or coder.mapped(value) is not None:
                continue
            number = as_number(value)
            if number is not None and number not in (0, code):
                return frozenset()
            zero = zero or (number == 0 and code != 0)
    return frozenset(columns) - {0} if zero else frozenset(columns)
