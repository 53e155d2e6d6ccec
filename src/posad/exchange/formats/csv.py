"""CSV files of answers: what a survey service or Excel saved, numbers kept as text until they are coded."""

from __future__ import annotations

from pathlib import Path

from posad.core.place import Place
from posad.core.problems import Problem, problem
from posad.core.reading.csvs import CsvTable, read_csv
from posad.exchange.tables import clean_text, column_names, filled
from posad.store.values import RawTable

_SAID_BETTER = ("csv-header-empty", "csv-header-twice")  # said below with the names the columns were given


def read(path: Path, name: str, sheet: str | None = None) -> tuple[RawTable | None, list[Problem]]:
    """Return a CSV file as a raw table, every cell a text or None.

    Args:
        path: the file.
        name: its name for messages, relative to the study.
        sheet: a CSV file has no sheets; a sheet asked for is said to be ignored.
    """
    table, problems = read_csv(path, name)
    if table is None:
        return None, problems
    if sheet is not None:
        problems.append(problem("raw-sheet-ignored", Place(name), sheet=sheet))
    names, more = column_names(table.header, name)
    problems = [p for p in problems if p.code not in _SAID_BETTER] + more
    columns = {n: tuple(_cell(row, i) for row in table.rows) for i, n in enumerate(names)}
    if columns and all(not filled(values) for values in columns.values()):
        problems.append(problem("raw-no-rows", Place(name)))
        return None, problems
    return RawTable(_without_empty_tail(columns, table), notes=_notes(table)), problems


def _cell(row: tuple[str, ...], index: int) -> str | None:
    return clean_text(row[index]) if index < len(row) else None


def _without_empty_tail(
    columns: dict[str, tuple[str | None, ...]], table: CsvTable
) -> dict[str, tuple[str | None, ...]]:
    """Drop columns without name and answers, which Excel leaves at the right edge, and rows that are empty throughout."""
    kept = {n: v for (n, v), h in zip(columns.items(), table.header, strict=True) if clean_text(h) or filled(v)}
    rows = [i for i in range(len(table.rows)) if any(v[i] is not None for v in kept.values())]
    if len(rows) == len(table.rows):
        return kept
    return {n: tuple(v[i] for i in rows) for n, v in kept.items()}


def _notes(table: CsvTable) -> tuple[str, ...]:
    return (f"encoding {table.encoding}", f"delimiter {table.delimiter!r}")
