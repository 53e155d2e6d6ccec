"""Parquet files, such as data portals publish; the engine reads them."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from posad.core.place import Place
from posad.core.problems import Problem, problem
from posad.exchange.tables import clean_cell
from posad.store.parquet import read_parquet
from posad.store.values import RawTable


def read(path: Path, name: str, sheet: str | None = None) -> tuple[RawTable | None, list[Problem]]:
    """Return a Parquet file as a raw table; it has no sheets, and one asked for is said to be ignored."""
    columns, found = read_parquet(path)
    problems = [replace(p, place=Place(name)) for p in found]
    if sheet is not None:
        problems.append(problem("raw-sheet-ignored", Place(name), sheet=sheet))
    if columns is None:
        return None, problems
    table = RawTable(
        {
            c: tuple(clean_cell(float(v) if isinstance(v, Decimal) else v) for v in values)
            for c, values in columns.items()
        }
    )
    return (table, problems) if table.rows else (None, [*problems, problem("raw-no-rows", Place(name))])
