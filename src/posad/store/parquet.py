"""Parquet files of others as plain columns, and plain columns as Parquet files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from posad.core.place import Place
from posad.core.problems import Problem, problem


def read_parquet(path: Path) -> tuple[dict[str, Sequence[object]] | None, list[Problem]]:
    """Return the columns of a Parquet file as Python values, in the order of its rows; None where it can't be read."""
    import duckdb

    connection = duckdb.connect(config={"autoinstall_known_extensions": "false"})
    try:
        connection.execute("SET threads = 1")
        found = connection.execute("SELECT * FROM read_parquet(?)", [str(path)])
        names = [str(d[0]) for d in found.description or ()]
        rows = found.fetchall()
    except duckdb.Error as error:
        return None, [problem("raw-unreadable", Place(path.name), reason=str(error).splitlines()[0])]
    finally:
        connection.close()
    columns: Sequence[Sequence[object]] = list(zip(*rows, strict=True)) or [()] * len(names)
    return dict(zip(names, columns, strict=True)), []


def write_parquet(path: Path, columns: Mapping[str, tuple[str, list[Any]]]) -> None:
    """Write columns given as (SQL type, values) as a Parquet file, rows in their order; an old file stays whole until it is done."""
    from posad.store.duck import DuckEngine

    engine = DuckEngine.from_columns(columns, threads=1)
    try:
        engine.save(path, plain=True)
    finally:
        engine.close()
