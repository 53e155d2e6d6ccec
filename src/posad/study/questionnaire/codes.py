"""Lists of answer codes as people write them: ``3``, ``3-4``, ``1, 2, 7-10``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from posad.study.questionnaire.values import Item, Kind, Option, Role

_PIECE = re.compile(r"\s*([0-9]{1,9})\s*(?:[-–—]\s*([0-9]{1,9})\s*)?")

Ranges = tuple[tuple[int, int], ...]


def read_codes(text: str) -> Ranges | None:
    """Return the inclusive ranges of a written list of codes, or nothing when it isn't one.

    >>> read_codes("1, 2, 7-10")
    ((1, 1), (2, 2), (7, 10))
    >>> read_codes("sber") is None
    True
    """
    ranges = []
    for piece in text.split(","):
        match = _PIECE.fullmatch(piece)
        if match is None:
            return None
        low = int(match[1])
        high = int(match[2] or match[1])
        if high < low:
            return None
        ranges.append((low, high))
    return tuple(ranges)


def codes_text(codes: Iterable[int]) -> str:
    """Return codes in their shortest written form.

    >>> codes_text([10, 7, 8, 9, 1])
    '1,7-10'
    """
    runs: list[list[int]] = []
    for code in sorted(set(codes)):
        if runs and code == runs[-1][1] + 1:
            runs[-1][1] = code
        else:
            runs.append([code, code])
    return ",".join(str(a) if a == b else f"{a}-{b}" for a, b in runs)


def measure_word(item: Item, codes: Iterable[int]) -> str:
    """Return how an address names codes of an item: in ranges, but every "don't know" by itself."""
    unsure = {o.code for o in item.options if Role.DONT_KNOW in o.roles}
    chosen = set(codes)
    plain, alone = chosen - unsure, sorted(chosen & unsure)
    return ",".join([*([codes_text(plain)] if plain else []), *map(str, alone)])


@dataclass(frozen=True, slots=True)
class Picked:
    """Codes picked from an item's options, and what stood in the way.

    ``unknown`` are ends of ranges that are no code of the item; ``outside`` are codes that take people out of the base;
    ``swept`` are "don't know" codes caught inside a range without being named.
    """

    codes: tuple[int, ...]
    unknown: tuple[int, ...] = ()
    outside: tuple[int, ...] = ()
    swept: tuple[int, ...] = ()


def pick_codes(options: Sequence[Option], ranges: Ranges) -> Picked:
    """Return the options' codes within the ranges, in ascending order.

    Both ends of a range must be codes of the item; a "don't know" must be named by itself.
    """
    roles = {o.code: o.roles for o in options}
    ends = {end for pair in ranges for end in pair}
    named = {low for low, high in ranges if low == high}
    codes = sorted(c for c in roles if any(low <= c <= high for low, high in ranges))
    return Picked(
        tuple(codes),
        tuple(sorted(ends - set(roles))),
        tuple(c for c in codes if Role.OUT_OF_BASE in roles[c]),
        tuple(c for c in codes if Role.DONT_KNOW in roles[c] and c not in named),
    )


def valueless(item: Item) -> frozenset[int]:
    """Return the codes that stand for no amount: "don't know", out of the base, and every code outside the bounds of a number.

    A "999 refused" beside a number of 0–100 is an answer, but must enter no mean and no comparison by size.
    """
    none = {Role.DONT_KNOW, Role.OUT_OF_BASE}
    bounded = item.kind is Kind.NUMBER and item.bounds is not None
    return frozenset(o.code for o in item.options if bounded or o.roles & none)


def out_of_base(item: Item) -> frozenset[int]:
    """Return the codes that take people out of the base: those marked so, and of a number all that are no amount."""
    if item.kind is Kind.NUMBER:
        return valueless(item)
    return frozenset(o.code for o in item.options if Role.OUT_OF_BASE in o.roles)


def substantive(item: Item) -> tuple[Option, ...]:
    """Return the options that stand for an opinion: without "don't know" and without those out of the base."""
    return tuple(o for o in item.options if not o.roles & {Role.DONT_KNOW, Role.OUT_OF_BASE})
