"""The one query behind every number: rows counted and summed by keys, profile, stratum and PSU.

Written as text for any SQL database with ``GROUPING SETS``; an engine sends it and hands the columns back to :func:`assemble`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from posad.store.billionths import squares
from posad.store.keys import KeyArray, quoted
from posad.store.values import BILLION, MISSING, Key, Moments

WEIGHT_PARTS = ("d", "w", "w2h", "w2l", "profile", "stratum", "psu")
UNITS = ("profile", "stratum", "psu")
SUMS = ("d", "w", "w2h", "w2l")
KEYS_AT_ONCE = 10  # distinct keys of one pass over the rows; measured fastest between 5 and 12
LIMIT = 2**63 - 1


def weight_column(name: str, part: str) -> str:
    """Return the column of one part of a weight.

    >>> weight_column("main", "profile")
    'weight.main.profile'
    """
    return f"weight.{name}.{part}"


@dataclass(frozen=True, slots=True)
class Lookup:
    """The weights of each profile, where every respondent of a profile has the same ones."""

    profile: NDArray[np.int64]  # sorted
    d: NDArray[np.int64]
    w: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Query:
    """One pass over the rows, and how to read its columns: for each request the set it is answered by and its keys."""

    sql: str
    keys: tuple[Key, ...]
    requests: tuple[tuple[int, ...], ...]  # numbers of the keys, as asked for
    weighted: bool
    sums: bool


def batches(requests: Sequence[Sequence[Key]]) -> list[list[tuple[Key, ...]]]:
    """Return the requests in their order, cut into passes of at most ten distinct keys."""
    found: list[list[tuple[Key, ...]]] = []
    known: set[Key] = set()
    for request in requests:
        keys = tuple(request)
        if not found or len(known | set(keys)) > KEYS_AT_ONCE:
            found.append([])
            known = set()
        found[-1].append(keys)
        known |= set(keys)
    return found


def grouping_query(
    table: str, requests: Sequence[tuple[Key, ...]], weight: str | None, where: str | None, counts_only: bool
) -> Query:
    """Return the query that answers several requests by one pass over the rows."""
    keys = tuple(dict.fromkeys(k for request in requests for k in request))
    number = {k: i for i, k in enumerate(keys)}
    asked = tuple(tuple(number[k] for k in request) for request in requests)
    units = UNITS if weight is not None else ()
    sums = () if counts_only else SUMS
    parts = [f"({k.sql}) AS k{i}" for i, k in enumerate(keys)]
    conditions = [f"({where})"] if where else []
    if weight is not None:
        parts += [f"{quoted(weight_column(weight, p))} AS {p}" for p in (*units, *sums)]
        conditions.append(f"{quoted(weight_column(weight, 'w'))} IS NOT NULL")
    inner = f"SELECT {', '.join(parts) or '1'} FROM {table}" + (
        f" WHERE {' AND '.join(conditions)}" if conditions else ""
    )
    sets = dict.fromkeys(frozenset(request) for request in asked)
    by = ", ".join(f"({', '.join([*(f'k{i}' for i in sorted(s)), *units])})" for s in sets)
    names = [f"k{i}" for i in range(len(keys))]
    which = f"grouping_id({', '.join(names)})" if len(sets) > 1 else "0"
    chosen = [*names, *units, f"{which} AS set_", "count(*) AS n", *(f"CAST(sum({s}) AS BIGINT) AS {s}" for s in sums)]
    grouped = f"SELECT {', '.join(chosen)} FROM ({inner}) GROUP BY GROUPING SETS ({by})"
    # A sum over no rows is one row of NULLs in SQL, and no entry here.
    outer = [f"CAST(k{i} AS {'DOUBLE' if k.number else 'BIGINT'}) AS k{i}" for i, k in enumerate(keys)]
    sql = f"SELECT {', '.join([*outer, *units, 'set_', 'n', *sums])} FROM ({grouped}) WHERE n > 0"
    return Query(sql, keys, asked, weight is not None, bool(sums))


def assemble(columns: Mapping[str, NDArray[Any]], query: Query, lookup: Lookup | None) -> list[Moments]:
    """Return the moments of each request out of the columns of one query, sorted by keys, profile, stratum and PSU."""
    total = len(query.keys)
    made: dict[tuple[int, ...], Moments] = {}
    several = len({frozenset(r) for r in query.requests}) > 1
    for request in query.requests:
        if request not in made:
            absent = sum(1 << (total - 1 - i) for i in range(total) if i not in request)
            chosen = np.flatnonzero(columns["set_"] == absent) if several else np.arange(len(columns["n"]))
            made[request] = _one(columns, chosen, query, request, lookup)
    return [made[request] for request in query.requests]


def _one(
    columns: Mapping[str, NDArray[Any]],
    chosen: NDArray[np.intp],
    query: Query,
    request: tuple[int, ...],
    lookup: Lookup | None,
) -> Moments:
    keys = [key_values(columns[f"k{i}"][chosen], query.keys[i]) for i in request]
    n = columns["n"][chosen].astype(np.int64)
    none = np.zeros(len(chosen), dtype=np.int64)
    units = [columns[u][chosen].astype(np.int64) if query.weighted else none for u in UNITS]
    own = [columns[s][chosen].astype(np.int64) for s in SUMS] if query.sums else []
    sums = own or sums_from_counts(n, units[0], lookup)
    order = sorted_order([*keys, *units])
    d, w, w2h, w2l = (s[order] for s in sums)
    profile, stratum, psu = (u[order] for u in units)
    return Moments(tuple(k[order] for k in keys), n[order], d, w, w2h, w2l, profile, stratum, psu)


def key_values(values: NDArray[Any], key: Key) -> KeyArray:
    """Return a fetched key as whole numbers or as floating ones, missing as they are marked there."""
    if key.number:
        # Adding zero makes the negative zero an ordinary one.
        return np.ma.filled(np.ma.asarray(values, dtype=np.float64), np.nan) + 0.0
    return np.ma.filled(np.ma.asarray(values, dtype=np.int64), MISSING)


def sums_from_counts(
    n: NDArray[np.int64], profile: NDArray[np.int64], lookup: Lookup | None
) -> list[NDArray[np.int64]]:
    """Return Σd, Σw and both parts of Σw² of entries from their numbers of people; everybody weighs one without a lookup."""
    if lookup is None:
        _guard(n, BILLION)
        return [n * BILLION, n * BILLION, n * BILLION, np.zeros_like(n)]
    at = np.searchsorted(lookup.profile, profile)
    high, low = squares(lookup.w)
    found = []
    for value in (lookup.d, lookup.w, high, low):
        _guard(n, int(value.max(initial=0)))
        found.append(n * value[at])
    return found


def _guard(n: NDArray[np.int64], largest: int) -> None:
    if int(n.max(initial=0)) * largest > LIMIT:
        raise OverflowError("the weighted sums do not fit in 64 bits")


def sorted_order(columns: Sequence[NDArray[Any]]) -> NDArray[np.intp]:
    """Return the order that sorts rows by the columns, the first one foremost; missing whole numbers first, NaN last."""
    if not columns:
        return np.arange(0)
    code = np.zeros(len(columns[0]), dtype=np.int64)
    room = 1
    for column in columns:
        if column.dtype.kind == "f":
            return np.lexsort(tuple(reversed(columns)))
        there = column != MISSING
        lowest = int(column[there].min()) if there.any() else 0
        span = int(column[there].max()) - lowest + 2 if there.any() else 1
        room *= span
        if room > LIMIT:
            return np.lexsort(tuple(reversed(columns)))
        code = code * span + np.where(there, column - lowest + 1, 0)
    return np.argsort(code, kind="stable")
