"""Parquet files as raw tables."""

from __future__ import annotations

from pathlib import Path

import duckdb

from posad.exchange.reading import read_raw


def write(path: Path, query: str) -> Path:
    """Write the rows of a query as a Parquet file."""
    duckdb.connect().execute(f"COPY ({query}) TO '{path}' (FORMAT parquet)")
    return path


def test_columns_keep_their_order_and_cells_are_clean(tmp_path: Path) -> None:
    """Columns come in the file's order, whole floats as integers, blanks as nothing."""
    path = write(
        tmp_path / "t.parquet", "SELECT 'b ' AS sex, 2.0 AS people, '' AS empty UNION ALL SELECT 'a', 2.5, 'x'"
    )
    table, problems = read_raw(path, name="t.parquet")

    assert table is not None
    assert problems == []
    assert list(table.columns) == ["sex", "people", "empty"]
    assert {(r[0], r[1], r[2]) for r in zip(*table.columns.values(), strict=True)} == {("b", 2, None), ("a", 2.5, "x")}


def test_what_cannot_be_read_is_told(tmp_path: Path) -> None:
    """A damaged file, an empty one and a sheet asked for are named, never a traceback."""
    damaged = tmp_path / "d.parquet"
    damaged.write_bytes(b"PAR1" + b"\0" * 40 + b"PAR1")
    empty = write(tmp_path / "e.parquet", "SELECT 1 AS a WHERE false")

    assert [p.code for p in read_raw(damaged, name="d.parquet")[1]] == ["raw-unreadable"]
    assert [p.code for p in read_raw(empty, name="e.parquet")[1]] == ["raw-no-rows"]
    assert [p.code for p in read_raw(empty, sheet="one", name="e.parquet")[1]] == ["raw-sheet-ignored", "raw-no-rows"]
