"""How each raw column looks: its values, its labels, what in it means "no answer"."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from posad.core.numbers import parse_number
from posad.exchange.inference.values import Column, Hints
from posad.store.values import RawTable

NO_ANSWER = frozenset({"NA", "N/A", "n/a", "#N/A", "#NULL!", "NULL", "NaN", "nan", "<NA>", "."})
MOST_CODES = 60
_ENDS = {"low": ("lowest", -1e300), "high": ("highest", 1e300)}
_DONT_KNOW = re.compile(
    r"\W*(?:do not read\W*)?(don.?t know|do not know|refused?|no answer|not sure|unsure|затрудн\w*|не знаю|нет ответа|отказ\w*|не могу ответить)\b.*",
    re.IGNORECASE,
)
_OTHER = re.compile(r"(other|другое|другой|другая|иное|прочее)\b\s*(?:[(,:;/–—-].*|please.*|specify.*)?", re.IGNORECASE)
_NONE = re.compile(
    r"(none of (the above|these|them)|ничего из (перечисленного|этого)|ни (один|одно|одна) из .*|ничего)\.?",
    re.IGNORECASE,
)


def text_of(value: object) -> str:
    """Return a cell as text, whole floats without their point.

    >>> text_of(2.0), text_of("1.0"), text_of(" да")
    ('2', '1', 'да')
    """
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    text = str(value).strip()
    whole = re.fullmatch(r"(-?\d+)[.,]0+", text)
    return whole[1] if whole else text


def look_at(raw: RawTable, hints: Hints) -> dict[str, Column]:
    """Return every column of a raw table as it looks."""
    return {name: _look(name, values, raw, hints) for name, values in raw.columns.items()}


def _look(name: str, values: Sequence[object], raw: RawTable, hints: Hints) -> Column:
    texts = Counter(text_of(v) for v in values if v is not None)
    labels = {text_of(k): v for k, v in raw.value_labels.get(name, {}).items()}
    labels.update(hints.value_labels.get(name, {}))
    declared = raw.missing.get(name, ())
    missing = [_said(m) for m in declared]
    lost = {t for t in texts if any(_within(t, m) for m in declared)}
    if len(texts) > 1:
        tokens = sorted(t for t in texts if t in NO_ANSWER and t not in labels)
        missing += tokens
        lost |= set(tokens)
    counts = {t: n for t, n in texts.items() if t not in lost}
    label = hints.labels.get(name) or raw.labels.get(name, "")
    kept = {k: v for k, v in labels.items() if k not in lost and not any(_within(k, m) for m in declared)}
    blanks = len(values) - sum(counts.values())
    return Column(name, counts, blanks, label, kept, tuple(dict.fromkeys(missing)))


def _said(declared: object) -> str:
    if isinstance(declared, tuple):
        low, high = declared
        start = "lowest" if float(low) < _ENDS["low"][1] else text_of(low)
        end = "highest" if float(high) > _ENDS["high"][1] else text_of(high)
        return f"{start}..{end}"
    return text_of(declared)


def _within(text: str, declared: object) -> bool:
    if isinstance(declared, tuple):
        number = parse_number(text)
        return number is not None and float(declared[0]) <= number <= float(declared[1])
    return text == text_of(declared)


def whole_numbers(column: Column) -> tuple[int, ...] | None:
    """Return the distinct values of a column in ascending order when all are whole numbers, else None."""
    found: list[int] = []
    for text in column.counts:
        if not re.fullmatch(r"-?\d{1,15}", text):
            return None
        found.append(int(text))
    return tuple(sorted(set(found)))


def numbers(column: Column) -> Mapping[str, float]:
    """Return those values of a column that are numbers."""
    return {t: n for t in column.counts if (n := parse_number(t)) is not None}


def is_category(column: Column) -> bool:
    """Tell whether texts repeat enough to be answers to choose from rather than words of one's own."""
    distinct = len(column.counts)
    if not 0 < distinct <= MOST_CODES or max(map(len, column.counts)) > 150:
        return False
    return column.present >= 2 * distinct and (distinct <= 12 or column.present >= 10 * distinct)


def is_code(column: Column) -> bool:
    """Tell whether whole numbers look like codes rather than amounts: few, small, each given often."""
    found = whole_numbers(column)
    if not found or found[0] < 0 or found[-1] > 9999:
        return False
    return len(found) <= 12 and column.present >= 3 * len(found)


def is_dont_know(label: str) -> bool:
    """Tell whether an answer says "don't know" or "no answer": in the base of shares, out of means."""
    return bool(_DONT_KNOW.fullmatch(label.strip()))


def is_other(label: str) -> bool:
    """Tell whether an answer is "other"."""
    return bool(_OTHER.fullmatch(label.strip()))


def is_none_of_these(label: str) -> bool:
    """Tell whether an answer excludes the others ("none of the above")."""
    return bool(_NONE.fullmatch(label.strip()))
