"""Items as grouping keys, and back: which entries of a grouped result gave which answers.

A single answer, a point of a scale, a group or a number is its own key. Several answers are one key, the joint pattern of all
options as bits in the order of the options, so that any net, pair or count of them is a function of the key.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import assert_never

import numpy as np
from numpy.typing import NDArray

from posad.store.values import MISSING, Key
from posad.study.questionnaire.values import Item, Kind, columns_of

FEW = 8  # codes that are sooner compared one by one than looked up
BITS = 62  # options that fit in one whole-number key

KeyArray = NDArray[np.int64] | NDArray[np.float64]


def quoted(name: str) -> str:
    """Return a column's name as SQL, always in quotes.

    >>> quoted("better__96")
    '"better__96"'
    """
    return '"' + name.replace('"', '""') + '"'


def item_key(item: Item) -> Key:
    """Return the key by which rows are grouped for an item's answers; an item that fits no single key raises ValueError."""
    keys = item_keys(item)
    if len(keys) != 1:
        raise ValueError(f"{item.id} has more than {BITS} options: group it by item_keys")
    return keys[0]


def item_keys(item: Item) -> tuple[Key, ...]:
    """Return the keys of an item: one, except that several answers take one for each 62 options."""
    match item.kind:
        case Kind.MULTIPLE:
            columns = [quoted(c) for c in columns_of(item)]
            asked = " OR ".join(f"{c} IS NOT NULL" for c in columns) or "FALSE"
            parts = [columns[i : i + BITS] for i in range(0, len(columns), BITS)]
            return tuple(Key(f"CASE WHEN {asked} THEN {_pattern(part)} END") for part in parts)
        case Kind.SINGLE | Kind.SCALE:
            return (Key(quoted(item.column)),)
        case Kind.NUMBER:
            return (Key(quoted(item.column), number=True),)
        case Kind.OPEN | Kind.TERRITORY:
            return (Key(f"CASE WHEN {quoted(item.column)} IS NOT NULL THEN 1 END"),)
        case Kind.GRID | Kind.RANKING:
            raise ValueError("an item is never a whole grid or ranking")
        case _:
            assert_never(item.kind)


def _pattern(columns: list[str]) -> str:
    return " + ".join(f"CASE WHEN {c} = 1 THEN {1 << i}::BIGINT ELSE 0 END" for i, c in enumerate(columns))


def answered(key: KeyArray) -> NDArray[np.bool_]:
    """Tell which entries answered at all (were asked, for several answers).

    >>> answered(np.array([MISSING, 3])).tolist()
    [False, True]
    """
    there: NDArray[np.bool_] = ~np.isnan(key) if key.dtype.kind == "f" else key != MISSING
    return there


def gave(item: Item, key: KeyArray, codes: Iterable[int]) -> NDArray[np.bool_]:
    """Tell which entries gave at least one of the codes.

    ``key`` is the item's key as :func:`item_key` made it. Codes the item does not have are given by nobody.
    """
    wanted = tuple(codes)
    if item.kind is not Kind.MULTIPLE:
        given = np.zeros(len(key), dtype=np.bool_)
        for code in wanted if len(wanted) <= FEW else ():
            given |= key == code
        return given if len(wanted) <= FEW else np.isin(key, np.array(wanted, dtype=key.dtype))
    mask = sum(1 << i for i, o in enumerate(item.options[:BITS]) if o.code in wanted)
    some: NDArray[np.bool_] = answered(key) & ((key.astype(np.int64) & mask) != 0)
    return some


def how_many(item: Item, key: KeyArray, codes: Iterable[int] | None = None) -> NDArray[np.int64]:
    """Return how many of the codes (by default of all) each entry gave; zero where the item was not asked."""
    wanted = [o.code for o in item.options] if codes is None else list(codes)
    return (
        np.sum([gave(item, key, (c,)) for c in wanted], axis=0, dtype=np.int64)
        if wanted
        else np.zeros(len(key), np.int64)
    )
