"""Columns that belong together: one question of several answers over many columns, or the rows of a grid."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from posad.exchange.inference.columns import whole_numbers
from posad.exchange.inference.values import Column

SELECTED = frozenset({"selected", "checked", "quoted", "выбрано", "отмечено"})
NOT_SELECTED = frozenset(
    {"not selected", "unselected", "unchecked", "not checked", "not quoted", "не выбрано", "не отмечено"}
)
_YES = SELECTED | {"yes", "да", "true"}
_NO = NOT_SELECTED | {"no", "нет", "false"}
_MOST_ANSWERS = 12
_LIKENESS = 0.6


@dataclass(frozen=True, slots=True)
class Member:
    """One column of a family: the parts of its name that tell it from the others (row, or row and criterion)."""

    column: str
    marks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Family:
    """Columns that belong together.

    ``chosen`` are the values that mean "chosen" in a family of several answers, by column; an empty text stands for "anything
    there". ``not_chosen`` are the values that mean the opposite.
    """

    name: str
    kind: Literal["multiple", "grid"]
    members: tuple[Member, ...]
    chosen: Mapping[str, str] | None = None
    not_chosen: tuple[str, ...] = ()


def find_families(columns: Mapping[str, Column]) -> list[Family]:
    """Return the families among columns: neighbours whose names differ in one mark and whose answers are alike.

    Neighbours with one more mark in common (``q14r01c01``) become a grid of rows and criteria.
    """
    found = []
    for name, members in _groups(list(columns)):
        looked = [columns[m.column] for m in members]
        if any(not c.counts for c in looked):
            looked = [c for c in looked if c.counts]
        if len(looked) < 2:
            continue
        family = _dichotomous(name, members, columns, looked) or _grid(name, members, looked)
        if family is not None:
            found.append(family)
    return found


def _groups(names: Sequence[str]) -> list[tuple[str, tuple[Member, ...]]]:
    groups: dict[str, list[Member]] = {}
    for name in names:
        key, marks = split_name(name)
        if marks:
            groups.setdefault(key, []).append(Member(name, marks))
    return [
        (_family_name(key), tuple(members))
        for key, members in groups.items()
        if len(members) > 1 and len({m.marks for m in members}) == len(members) and _rectangle(members)
    ]


def _family_name(key: str) -> str:
    """Return a name for a family: what its columns share, without the marks."""
    bare = re.sub(r"([_.\s-])\1+", r"\1", key.replace("r#c#", "").replace("[#]", "").replace("#", ""))
    return bare.strip(" _.-/") or key


def _rectangle(members: Sequence[Member]) -> bool:
    """Tell whether members with two marks cover every row and criterion."""
    if len(members[0].marks) == 1:
        return True
    return len(members) == len({m.marks[0] for m in members}) * len({m.marks[1] for m in members})


def split_name(name: str) -> tuple[str, tuple[str, ...]]:
    """Return the common part of a column's name with ``#`` for its marks, and the marks.

    >>> split_name("q7_1"), split_name("q14r01c02"), split_name("GRID_D9_3_D9")
    (('q7_#', ('1',)), ('q14r#c#', ('01', '02')), ('GRID_D9_#_D9', ('3',)))
    >>> split_name("LOOP_A_D7"), split_name("age2"), split_name("Где живёте / Москва")
    (('LOOP_#_D7', ('A',)), ('age2', ()), ('Где живёте / #', ('Москва',)))
    """
    if " / " in name:
        head, _, tail = name.rpartition(" / ")
        return f"{head} / #", (tail,)
    if match := re.fullmatch(r"(.*?[_.\s-]?)[rR](\d+)[_.\s-]?[cC](\d+)", name):
        return f"{match[1]}r#c#", (match[2], match[3])
    if match := re.fullmatch(r"(.+?)\[(.+)\]", name):
        return f"{match[1]}[#]", (match[2],)
    if match := re.fullmatch(r"(.+[_.\s-])(\d+)", name):
        return f"{match[1]}#", (match[2],)
    if match := re.fullmatch(r"(.+_)(\d+|[A-Za-z])(_[A-Za-z].*)", name):
        return f"{match[1]}#{match[3]}", (match[2],)
    return name, ()


def _dichotomous(
    name: str, members: tuple[Member, ...], columns: Mapping[str, Column], looked: Sequence[Column]
) -> Family | None:
    if len(members[0].marks) > 1:
        return None
    chosen: dict[str, str] = {}
    negatives: set[str] = set()
    for column in (columns[m.column] for m in members):
        pair = _pair(column)
        if pair is None:
            return None
        chosen[column.name] = pair[0]
        negatives.update(pair[1])
    told = {v for v in chosen.values() if v}
    by_words = len(told) == len(looked) and not told & {"1"}
    if not negatives and not by_words:
        return _blank_or_one(name, members, chosen, looked)
    return Family(name, "multiple", members, chosen, tuple(sorted(negatives)))


def _blank_or_one(
    name: str, members: tuple[Member, ...], chosen: Mapping[str, str], looked: Sequence[Column]
) -> Family | None:
    """Take columns that hold 1 or nothing, when enough is nothing."""
    if any(c.blanks == 0 for c in looked):
        return None
    return Family(name, "multiple", members, chosen)


def _pair(column: Column) -> tuple[str, tuple[str, ...]] | None:
    """Return the value that means "chosen" (empty when nobody chose) and those that mean the opposite, or None when unsure."""
    values = {t: " ".join((column.labels.get(t) or t).split()).casefold() for t in column.counts}
    negative = tuple(t for t, words in values.items() if words in NOT_SELECTED)
    rest = [t for t in values if t not in negative]
    if negative and len(rest) <= 1:
        return (rest[0] if rest else "", negative)
    if set(values) <= {"0", "1"}:
        said = {t: words for t, words in values.items() if words != t}
        if said.get("1", "yes") not in _YES and "0" in said:
            return None if said["0"] not in _NO else ("1" if "1" in values else "", ("0",))
        return ("1" if "1" in values else "", ("0",) if "0" in values else ())
    if len(rest) == 1 and not negative and column.blanks > 0 and not _is_number(rest[0]):
        return rest[0], ()
    return None


def _is_number(text: str) -> bool:
    return bool(re.fullmatch(r"-?\d+([.,]\d+)?", text))


def _grid(name: str, members: tuple[Member, ...], looked: Sequence[Column]) -> Family | None:
    """Take columns with the same value labels, or with nearly the same few answers."""
    labels = [tuple(sorted(c.labels.items())) for c in looked]
    if labels[0] and len(set(labels)) == 1:
        return Family(name, "grid", members)
    if any(labels) or any(len(c.counts) < 2 for c in looked):
        return None
    union = set().union(*(c.counts for c in looked))
    alike = all(len(c.counts) >= _LIKENESS * len(union) for c in looked)
    codes = all((found := whole_numbers(c)) is not None and found[0] >= 0 for c in looked)
    words = not any(_is_number(t) for t in union)
    enough = all(c.present >= 2 * len(c.counts) for c in looked)
    return (
        Family(name, "grid", members) if len(union) <= _MOST_ANSWERS and alike and enough and (codes or words) else None
    )


_SEPARATORS = (": ", " - ", " – ", " — ", " / ", "? ", ". ", " | ")


def common_text(labels: Iterable[str]) -> tuple[str, tuple[str, ...]]:
    """Return what a family's labels share, before or behind a separator, and what each adds.

    >>> common_text(["Чем пользуетесь? такси", "Чем пользуетесь? почта"])
    ('Чем пользуетесь?', ('такси', 'почта'))
    >>> common_text(["такси - Чем пользуетесь", "почта - Чем пользуетесь"])
    ('Чем пользуетесь', ('такси', 'почта'))
    >>> common_text(["такси", "почта"])
    ('', ('такси', 'почта'))
    """
    texts = tuple(labels)
    for separator in _SEPARATORS:
        for front in (True, False):
            cut = [t.partition(separator) if front else t.rpartition(separator)[::-1] for t in texts]
            heads = {head for head, _, _ in cut}
            tails = tuple(tail.strip() for _, _, tail in cut)
            if len(heads) == 1 and all(tails) and len(set(tails)) == len(tails) and (head := heads.pop().strip()):
                return head + ("?" if separator == "? " and front else ""), tails
    return "", texts
