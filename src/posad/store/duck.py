"""Answers in DuckDB: the engine inside by default.

Rows stand in one table in the order of the respondents, ``row_`` numbering them from zero. A weight is seven columns, whole
numbers in billionths. Sums are whole numbers and come out sorted, so neither threads nor the order of rows change a bit of them.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from posad.store.billionths import squares, to_billionths
from posad.store.grouping import WEIGHT_PARTS, Lookup, assemble, batches, grouping_query, weight_column
from posad.store.held import Held
from posad.store.keys import quoted
from posad.store.values import MISSING, Key, Moments

if TYPE_CHECKING:
    import duckdb

TABLE = "answers"
HELD = 4_000_000  # rows up to which keys are held in memory
ROW = "row_"


class DuckEngine:
    """Answers in DuckDB, in memory; saved to and opened from Parquet."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection
        self._lookups: dict[str, Lookup | None] = {}
        self._held = Held(self._by_row)
        self._rows: int | None = None

    @classmethod
    def from_columns(cls, columns: Mapping[str, tuple[str, list[Any]]], threads: int | None = None) -> DuckEngine:
        """Return an engine with the columns given as (SQL type, values), None where missing; all of one length.

        >>> DuckEngine.from_columns({"age": ("INTEGER", [30, None])}).rows(["age"])
        {'age': [30, None]}
        """
        engine = cls(_connect(threads))
        lengths = {len(values) for _, values in columns.values()}
        if len(lengths) > 1:
            raise ValueError(f"columns of different lengths: {sorted(lengths)}")
        numbers = np.arange(next(iter(lengths), 0), dtype=np.int64)
        engine._connection.register("numbers_", {ROW: numbers})
        engine._connection.execute(f"CREATE TABLE {TABLE} AS SELECT {quoted(ROW)} FROM numbers_")
        engine._connection.unregister("numbers_")
        engine.add_columns(columns)
        return engine

    @classmethod
    def open(cls, path: Path | str, threads: int | None = None) -> DuckEngine:
        """Return an engine with the answers of a Parquet file that :meth:`save` wrote."""
        engine = cls(_connect(threads))
        source = str(path).replace("'", "''")
        engine._connection.execute(f"CREATE TABLE {TABLE} AS SELECT * FROM read_parquet('{source}') ORDER BY {ROW}")
        return engine

    def save(self, path: Path | str, *, plain: bool = False) -> None:
        """Write all columns, weights among them, as a Parquet file; the old file stays whole until the new one is.

        A ``plain`` file is for others: the number of the row, which only this class needs, is left out.
        """
        target = Path(path)
        target.parent.mkdir(parents=True, exist_ok=True)
        beside = target.with_name(target.name + f".{os.getpid()}.part")
        name = str(beside).replace("'", "''")
        wanted = f"* EXCLUDE ({quoted(ROW)})" if plain else "*"
        try:
            self._connection.execute(
                f"COPY (SELECT {wanted} FROM {TABLE} ORDER BY {ROW}) TO '{name}' (FORMAT parquet, COMPRESSION zstd)"
            )
            os.replace(beside, target)
        finally:
            beside.unlink(missing_ok=True)

    def close(self) -> None:
        """Let the memory go."""
        self._connection.close()

    def columns(self) -> Mapping[str, str]:
        """Return the columns, in their order, and their SQL types (without the running number)."""
        found = self._connection.execute(f"DESCRIBE {TABLE}").fetchall()
        return {str(row[0]): str(row[1]) for row in found if row[0] != ROW}

    def count(self, where: str | None = None) -> int:
        """Return the number of rows, of all or of those for which the condition is true."""
        found = self._connection.execute(f"SELECT count(*) FROM {TABLE}{_where(where)}").fetchone()
        return int(found[0]) if found else 0

    def add_columns(self, columns: Mapping[str, tuple[str, Sequence[Any] | NDArray[Any]]]) -> None:
        """Add columns, or put them in the place of those of the same name; values in the order of the rows."""
        if not columns:
            return
        self._refuse_lookalikes(columns)
        length = self.count()
        for name, (_, values) in columns.items():
            if len(values) != length:
                raise ValueError(f"column {name} has {len(values)} values for {length} rows")
        source: dict[str, Any] = {f"c{i}": _array(t, v) for i, (t, v) in enumerate(columns.values())}
        source[ROW] = np.arange(length, dtype=np.int64)
        new = ", ".join(
            f"CAST(new_.c{i} AS {sql_type}) AS {quoted(name)}"
            for i, (name, (sql_type, _)) in enumerate(columns.items())
        )
        kept = ", ".join(f"{TABLE}.{quoted(c)}" for c in [ROW, *self.columns()] if c not in columns)
        self._connection.register("new_", source)
        try:
            self._connection.execute(
                f"CREATE OR REPLACE TABLE {TABLE} AS SELECT {kept}, {new} FROM {TABLE} JOIN new_ USING ({ROW}) ORDER BY {ROW}"
            )
        finally:
            self._connection.unregister("new_")
        self._changed()

    def add_expression(self, column: str, sql_type: str, sql: str) -> None:
        """Add a column computed row by row from an SQL expression, or replace the one of that name."""
        self._refuse_lookalikes({column: None})
        kept = ", ".join(quoted(c) for c in [ROW, *self.columns()] if c != column)
        self._connection.execute(
            f"CREATE OR REPLACE TABLE {TABLE} AS SELECT {kept}, CAST(({sql}) AS {sql_type}) AS {quoted(column)} "
            f"FROM {TABLE} ORDER BY {ROW}"
        )
        self._changed()

    def keep(self, where: str) -> int:
        """Keep only the rows for which the condition is true, number them anew, and return how many are left."""
        kept = ", ".join(quoted(c) for c in self.columns())
        self._connection.execute(
            f"CREATE OR REPLACE TABLE {TABLE} AS SELECT row_number() OVER (ORDER BY {ROW}) - 1 AS {ROW}, {kept} "
            f"FROM {TABLE}{_where(where)} ORDER BY {ROW}"
        )
        self._changed()
        return self.count()

    def set_weight(
        self,
        name: str,
        d: NDArray[Any],
        w: NDArray[Any],
        profile: NDArray[np.int64] | None = None,
        stratum: NDArray[np.int64] | None = None,
        psu: NDArray[np.int64] | None = None,
    ) -> None:
        """Write a weight: before (``d``) and after (``w``) calibration, the joint level of its margins, stratum and PSU.

        Whole numbers are taken as billionths (``MISSING`` for none), floating ones are brought to mean one (NaN for none).
        A row without a weight, or without a profile, takes no part in anything computed with this weight.
        """
        before, after = _units(d), _units(w)
        zeros = np.zeros(len(before), dtype=np.int64)
        units = [zeros if part is None else np.asarray(part, dtype=np.int64) for part in (profile, stratum, psu)]
        there = (before != MISSING) & (after != MISSING) & (units[0] != MISSING)
        if np.any(before[there] < 0) or np.any(after[there] < 0):
            raise ValueError("weights must not be negative")
        high, low = squares(np.where(there, after, 0))
        parts = (before, after, high, low, *units)
        self.add_columns(
            {
                weight_column(name, part): ("BIGINT", np.ma.masked_array(values, ~there))
                for part, values in zip(WEIGHT_PARTS, parts, strict=True)
            }
        )

    def weights(self) -> tuple[str, ...]:
        """Return the names of the weights there are."""
        head, tail = weight_column("\0", "w").split("\0")
        return tuple(c[len(head) : -len(tail)] for c in self.columns() if c.startswith(head) and c.endswith(tail))

    def moments(self, keys: Sequence[Key], weight: str | None, where: str | None = None) -> Moments:
        """Return exact sums by the keys, with a weight by its name, or every row counting one."""
        return self.moments_many([tuple(keys)], weight, where)[0]

    def moments_many(
        self, requests: Sequence[Sequence[Key]], weight: str | None, where: str | None = None
    ) -> list[Moments]:
        """Return the sums of many requests at once, in their order: counted in memory where that is quicker."""
        asked = [tuple(r) for r in requests]
        found: list[Moments | None] = [None] * len(asked)
        if self._length() <= HELD:
            found = self._held.moments(asked, weight, where, self._lookup(weight))
        rest = [i for i, one in enumerate(found) if one is None]
        by_place = dict(zip(rest, self.moments_by_query([asked[i] for i in rest], weight, where), strict=True))
        return [by_place[i] if one is None else one for i, one in enumerate(found)]

    def hold(self, keys: Sequence[Key]) -> None:
        """Make ready for requests by these keys; it changes no sum."""
        if self._length() <= HELD:
            self._held.hold(keys)

    def moments_by_query(
        self, requests: Sequence[tuple[Key, ...]], weight: str | None, where: str | None = None
    ) -> list[Moments]:
        """Return the sums of many requests as the database finds them, several by one pass over the rows."""
        lookup = self._lookup(weight)
        found: list[Moments] = []
        for batch in batches(requests):
            query = grouping_query(TABLE, batch, weight, where, counts_only=weight is None or lookup is not None)
            found.extend(assemble(self._fetch(query.sql), query, lookup))
        return found

    def rows(
        self, columns: Sequence[str], where: str | None = None, limit: int | None = None
    ) -> Mapping[str, list[object]]:
        """Return the rows themselves, in the order of the respondents."""
        names = ", ".join(quoted(c) for c in columns) or "NULL"
        cut = f" LIMIT {int(limit)}" if limit is not None else ""
        found = self._connection.execute(f"SELECT {names} FROM {TABLE}{_where(where)} ORDER BY {ROW}{cut}").fetchall()
        return {c: [row[i] for row in found] for i, c in enumerate(columns)}

    def _changed(self) -> None:
        """Forget what was found of the table before."""
        self._lookups.clear()
        self._rows = None
        self._held = Held(self._by_row)

    def _length(self) -> int:
        if self._rows is None:
            self._rows = self.count()
        return self._rows

    def _by_row(self, expressions: Sequence[str]) -> list[NDArray[Any]]:
        """Return expressions by row, in the order of the respondents; whole numbers and truth values as they are."""
        parts = ", ".join(f"({sql}) AS c{i}" for i, sql in enumerate(expressions))
        found = self._fetch(f"SELECT {quoted(ROW)} AS row_, {parts} FROM {TABLE}")
        rows = np.asarray(found["row_"])
        columns = [found[f"c{i}"] for i in range(len(expressions))]
        if len(rows) > 1 and not np.all(rows[1:] > rows[:-1]):
            order = np.argsort(rows, kind="stable")
            columns = [c[order] for c in columns]
        return columns

    def _fetch(self, sql: str) -> dict[str, NDArray[Any]]:
        import duckdb

        try:
            return dict(self._connection.execute(sql).fetchnumpy())
        except (duckdb.ConversionException, duckdb.OutOfRangeException) as error:
            raise OverflowError("the weighted sums do not fit in 64 bits") from error

    def _lookup(self, weight: str | None) -> Lookup | None:
        """Return the weights by profile where they are a function of it, so that counts of rows suffice; else nothing."""
        if weight is None:
            return None
        if weight not in self._lookups:
            d, w, profile = (quoted(weight_column(weight, p)) for p in ("d", "w", "profile"))
            found = self._fetch(
                f"SELECT {profile} AS profile, min({d}) AS d, max({d}) AS d_, min({w}) AS w, max({w}) AS w_ "
                f"FROM {TABLE} WHERE {w} IS NOT NULL GROUP BY ALL ORDER BY 1"
            )
            one = np.array_equal(found["d"], found["d_"]) and np.array_equal(found["w"], found["w_"])
            self._lookups[weight] = Lookup(found["profile"], found["d"], found["w"]) if one else None
        return self._lookups[weight]

    def _refuse_lookalikes(self, columns: Mapping[str, object]) -> None:
        known: dict[str, str] = {}
        for name in [ROW, *self.columns(), *columns]:
            other = known.setdefault(name.lower(), name)
            if other != name or (name == ROW and name in columns):
                raise ValueError(f"columns {other} and {name} differ only by capital letters")


def _connect(threads: int | None) -> duckdb.DuckDBPyConnection:
    import duckdb

    settings: dict[str, str | bool | int | float | list[str]] = {
        "temp_directory": str(Path(tempfile.gettempdir()) / "posad-spill"),
        "autoinstall_known_extensions": "false",
    }
    if threads is not None:
        settings["threads"] = threads
    return duckdb.connect(config=settings)


def _where(where: str | None) -> str:
    return f" WHERE ({where})" if where else ""


def _units(weights: NDArray[Any]) -> NDArray[np.int64]:
    given = np.asarray(weights)
    return given.astype(np.int64) if given.dtype.kind in "iu" else to_billionths(given).units


def _array(sql_type: str, values: Sequence[Any] | NDArray[Any]) -> NDArray[Any]:
    """Return a column as NumPy holds it, with missing values masked."""
    if isinstance(values, np.ndarray):
        return values
    kind = sql_type.upper()
    if kind not in {"TINYINT", "SMALLINT", "INTEGER", "BIGINT", "BOOLEAN", "DOUBLE"}:
        return np.array([None if v is None else str(v) for v in values] or [], dtype=object)
    missing = np.fromiter((v is None for v in values), dtype=bool, count=len(values))
    numbers = np.array([0 if v is None else v for v in values], dtype=np.float64 if kind == "DOUBLE" else None)
    held: NDArray[Any] = numbers if kind == "DOUBLE" else numbers.astype(np.int64)
    if kind != "DOUBLE" and np.any(held != numbers):
        raise ValueError(f"a fraction in a column of type {sql_type}")
    return np.ma.masked_array(held, missing)
