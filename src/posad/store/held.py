"""Grouping keys held in memory as small numbers and counted by NumPy, where that is quicker than the database.

A key of a few thousand values at most is fetched once, row by row, and kept as the numbers of its values in their order; a joint
group is then one number, and counting it one pass over an array. Sums of weights are whole numbers below 2⁵³, so floating sums of
them are exact. The entries are those of the database, in the same order, to the last bit.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from posad.store.grouping import SUMS, UNITS, Lookup, key_values, sums_from_counts, weight_column
from posad.store.keys import quoted
from posad.store.values import MISSING, Key, Moments

ROOM = 4_000_000  # joint groups, occupied or not
VALUES = 20_000  # of one key
EXACT = 2**53
AT_ONCE = 10_000_000  # values fetched together
MEMORY = 400_000_000  # bytes of keys held

Fetch = Callable[[Sequence[str]], Sequence[NDArray[Any]]]
Numbers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Coded:
    """A key by row: the number of each row's value among ``values``, which are sorted as entries are."""

    codes: NDArray[np.int32]
    values: NDArray[Any]


@dataclass(frozen=True, slots=True)
class Weighted:
    """A weight by row: the joint number of profile, stratum and unit (those of all rows), rows that have one, and its parts."""

    unit: NDArray[np.int32]
    parts: tuple[Numbers, ...]  # profile, stratum, psu of each joint number
    there: NDArray[np.bool_] | None  # None: all
    sums: tuple[NDArray[np.float64], ...]  # none where they follow from counts


class Held:
    """The keys, conditions and weights of one table of answers that were asked for; forget it when the table changes.

    Args:
        fetch: returns SQL expressions by row, in one order of the rows always.
    """

    def __init__(self, fetch: Fetch) -> None:
        self._fetch = fetch
        self._keys: dict[Key, Coded | None] = {}
        self._weights: dict[str | None, Weighted | None] = {}
        self._conditions: dict[str | None, NDArray[np.bool_] | None] = {None: None}
        self._of_units: dict[tuple[str | None, Key], NDArray[np.int32] | None] = {}
        self._bytes = 0

    def moments(
        self, requests: Sequence[tuple[Key, ...]], weight: str | None, where: str | None, lookup: Lookup | None
    ) -> list[Moments | None]:
        """Return the sums of requests, nothing for those that the database answers better."""
        self._hold(dict.fromkeys(k for request in requests for k in request))
        weighted = self._weight(weight, lookup is None and weight is not None)
        if weighted is None:
            return [None] * len(requests)
        rows = self._rows(weighted, where)
        counted: dict[tuple[Key, ...], tuple[Numbers, list[Numbers]]] = {}
        return [self._one(r, weighted, weight, rows, lookup, counted) for r in requests]

    def _one(
        self,
        request: tuple[Key, ...],
        weighted: Weighted,
        weight: str | None,
        rows: NDArray[np.bool_] | None,
        lookup: Lookup | None,
        counted: dict[tuple[Key, ...], tuple[Numbers, list[Numbers]]],
    ) -> Moments | None:
        keys = [self._keys[k] for k in request]
        units = len(weighted.parts[0])
        sizes = [len(k.values) for k in keys if k is not None]
        if len(sizes) < len(keys) or np.prod([*sizes, units], dtype=np.float64) > ROOM:
            return None
        follow = {k: f for k in request if (f := self._of_unit(weight, k, weighted)) is not None}
        free = tuple(dict.fromkeys(k for k in request if k not in follow))
        if free not in counted:
            counted[free] = self._count(free, weighted, rows)
        group, sums = counted[free]
        shape = [*(self._size(k) for k in free), units]
        places = np.unravel_index(group, shape) if len(shape) > 1 else (group,)
        unit = places[-1]
        by_key = dict(zip(free, places, strict=False)) | {k: f[unit].astype(np.int64) for k, f in follow.items()}
        if follow:  # the keys stand in another order than the counted ones
            order = np.argsort(
                np.ravel_multi_index([*(by_key[k] for k in request), unit], [*sizes, units]), kind="stable"
            )
            unit, sums = unit[order], [s[order] for s in sums]
            by_key = {k: v[order] for k, v in by_key.items()}
        profile, stratum, psu = (part[unit] for part in weighted.parts)
        n = sums[0]
        d, w, high, low = sums[1:] or sums_from_counts(n, profile, lookup)
        values = tuple(k.values[by_key[r]] for r, k in zip(request, keys, strict=True) if k is not None)
        return Moments(values, n, d, w, high, low, profile, stratum, psu)

    def _size(self, key: Key) -> int:
        held = self._keys[key]
        assert held is not None
        return len(held.values)

    def _count(
        self, keys: tuple[Key, ...], weighted: Weighted, rows: NDArray[np.bool_] | None
    ) -> tuple[Numbers, list[Numbers]]:
        """Return the occupied joint groups of keys and units, their people, and their sums where counts do not give them."""
        code = weighted.unit  # joint numbers stay below ROOM, so that half a word holds them
        stride = len(weighted.parts[0])
        for key in reversed(keys):
            held = self._keys[key]
            assert held is not None
            code = code + held.codes * np.int32(stride) if stride > 1 else held.codes
            stride *= len(held.values)
        if rows is not None:
            code = code[rows]
        counts = np.bincount(code, minlength=1)
        group = np.flatnonzero(counts)
        parts = [s if rows is None else s[rows] for s in weighted.sums]
        sums = [np.bincount(code, s)[group].astype(np.int64) for s in parts]
        return group, [counts[group], *sums]

    def _of_unit(self, weight: str | None, key: Key, weighted: Weighted) -> NDArray[np.int32] | None:
        """Return a key's number by unit where it follows from the unit, as a weighting margin's does from the profile."""
        held = self._keys[key]
        if held is None or len(weighted.parts[0]) == 1:
            return None
        if (weight, key) not in self._of_units:
            found = np.zeros(len(weighted.parts[0]), dtype=np.int32)
            found[weighted.unit] = held.codes
            follows = found[weighted.unit] == held.codes
            whole = follows.all() if weighted.there is None else follows[weighted.there].all()
            self._of_units[weight, key] = found if whole else None
        return self._of_units[weight, key]

    def _rows(self, weighted: Weighted, where: str | None) -> NDArray[np.bool_] | None:
        """Return the rows that count, None for all."""
        if where not in self._conditions:
            (found,) = self._fetch([f"coalesce(({where}), FALSE)"])
            if len(self._conditions) > 32:
                self._conditions = {None: None}
            self._conditions[where] = np.ma.filled(found, False).astype(np.bool_)
        true, there = self._conditions[where], weighted.there
        if true is None or there is None:
            return there if true is None else true
        return true & there

    def hold(self, keys: Iterable[Key]) -> None:
        """Fetch keys that will be asked for, some at a time, as long as there is room for them."""
        new = [k for k in dict.fromkeys(keys) if k not in self._keys]
        rows = self._weight(None, False)
        step = max(1, AT_ONCE // max(1, len(rows.unit) if rows is not None else 1))
        for i in range(0, len(new), step):
            if self._bytes < MEMORY:
                self._hold(new[i : i + step])

    def _hold(self, keys: Iterable[Key]) -> None:
        """Fetch the keys that are not held yet, all at once."""
        new = [k for k in keys if k not in self._keys]
        if not new:
            return
        for key, values in zip(new, self._fetch([k.sql for k in new]), strict=True):
            coded = _coded(key_values(values, key)) if self._bytes < MEMORY else None
            self._bytes += 0 if coded is None else coded.codes.nbytes
            self._keys[key] = coded

    def _weight(self, weight: str | None, sums: bool) -> Weighted | None:
        if weight not in self._weights:
            self._weights[weight] = self._fetched(weight, sums)
        return self._weights[weight]

    def _fetched(self, weight: str | None, sums: bool) -> Weighted | None:
        names = [*UNITS, *(SUMS if sums else ())] if weight is not None else []
        columns = self._fetch(
            [quoted(weight_column(weight, p)) for p in names] if weight is not None else ["0::BIGINT"]
        )
        if weight is None:
            none = np.zeros(1, dtype=np.int64)
            return Weighted(np.zeros(len(columns[0]), dtype=np.int32), (none, none, none), None, ())
        gone = np.ma.getmaskarray(np.ma.asarray(columns[0]))
        there = None if not gone.any() else ~gone
        plain = {n: np.ma.filled(np.ma.asarray(c), 0).astype(np.int64) for n, c in zip(names, columns, strict=True)}
        if sums and any(float(plain[s].sum(dtype=np.float64)) >= EXACT for s in SUMS):
            return None
        coded = [_coded(plain[u]) for u in UNITS]
        if any(c is None for c in coded):
            return None
        joint = np.zeros(len(gone), dtype=np.int64)
        for c in coded:
            assert c is not None
            joint = joint * len(c.values) + c.codes
        both = _coded(joint)
        if both is None:
            return None
        first = np.zeros(len(both.values), dtype=np.int64)
        first[both.codes] = np.arange(len(gone))
        parts = tuple(plain[u][first] for u in UNITS)
        return Weighted(both.codes, parts, there, tuple(plain[s].astype(np.float64) for s in SUMS) if sums else ())


def _coded(values: NDArray[Any]) -> Coded | None:
    """Return values as numbers in their order, those that occur; nothing where they are too many."""
    if values.dtype.kind == "i" and len(values):
        there = values != MISSING
        low = int(values[there].min()) if there.any() else 0
        span = int(values[there].max()) - low + 2 if there.any() else 1
        if span <= VALUES:
            place = np.where(there, values - low + 1, 0)
            seen = np.bincount(place, minlength=span) > 0
            number = (np.cumsum(seen) - 1).astype(np.int32)
            known = np.flatnonzero(seen) + (low - 1)
            if seen[0]:
                known[0] = MISSING
            return Coded(number[place], known)
    distinct, codes = np.unique(values, return_inverse=True)
    if len(distinct) > VALUES:
        return None
    return Coded(codes.ravel().astype(np.int32), distinct)
