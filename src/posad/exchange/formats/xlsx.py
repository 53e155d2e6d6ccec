"""Excel workbooks: one sheet's values, never its macros.

Read without loading the workbook whole; XML goes through ``defusedxml``; a workbook that unpacks to more than
``MOST_BYTES`` is refused before anything is unpacked. Merged header rows become one header (``Question / option``).
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from posad.core.place import Place
from posad.core.problems import Problem, near, problem
from posad.exchange.tables import clean_cell, column_names
from posad.store.values import RawTable

MOST_BYTES = 1_000_000_000  # of all parts unpacked
MOST_RATIO = 500  # unpacked to packed, for parts above MOST_BYTES / 20
_CHUNK = 1 << 20
_MERGE = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*?ref="([A-Z]+)(\d+):([A-Z]+)(\d+)"')
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s>/]")
_ERRORS = frozenset({"#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!"})


@dataclass(frozen=True, slots=True)
class _Merge:
    top: int
    left: int
    bottom: int
    right: int


def read(path: Path, name: str, sheet: str | None = None) -> tuple[RawTable | None, list[Problem]]:
    """Return one sheet of a workbook as a raw table: the named sheet, or the first one that is visible and not empty."""
    problems = _refusals(path, name)
    if problems:
        return None, problems
    try:
        return _read(path, name, sheet)
    except Exception as error:  # damaged parts, forbidden entities, bad references: all end in "cannot be read"
        return None, [problem("raw-unreadable", Place(name), reason=f"{type(error).__name__}: {error}")]


def _refusals(path: Path, name: str) -> list[Problem]:
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, OSError) as error:
        return [problem("raw-truncated", Place(name), reason=str(error))]
    total = sum(p.file_size for p in parts)
    packed = any(p.file_size > MOST_BYTES / 20 and p.file_size > MOST_RATIO * max(p.compress_size, 1) for p in parts)
    if total > MOST_BYTES or packed:
        return [problem("raw-too-large", Place(name), megabytes=total // 1_000_000, most=MOST_BYTES // 1_000_000)]
    return []


def _read(path: Path, name: str, sheet: str | None) -> tuple[RawTable | None, list[Problem]]:
    import openpyxl

    workbook = openpyxl.load_workbook(path, read_only=True, data_only=True, keep_links=False)
    try:
        chosen, problems = _choose(workbook, name, sheet)
        if chosen is None:
            return None, problems
        merges, formulas = _scan(path, chosen)
        chosen.reset_dimensions()  # some writers declare one cell only
        grid = [tuple(row) for row in chosen.iter_rows(values_only=True)]
        if formulas:
            problems += _uncounted(path, chosen.title, grid, name)
    finally:
        workbook.close()
    table, more = _table(grid, merges, chosen.title, name)
    return table, problems + more


def _choose(workbook: Any, name: str, sheet: str | None) -> tuple[Any, list[Problem]]:
    sheets = list(workbook.worksheets)
    names = [s.title for s in sheets]
    if sheet is not None:
        for s in sheets:
            if s.title == sheet:
                return s, []
        facts = {"sheet": sheet, "sheets": ", ".join(names), "near": near(sheet, names)}
        return None, [problem("raw-no-sheet", Place(name), **facts)]
    visible = [s for s in sheets if s.sheet_state == "visible"] or sheets
    if not visible:
        return None, [problem("raw-no-rows", Place(name))]
    chosen = visible[0]
    if len(sheets) > 1:
        others = ", ".join(n for n in names if n != chosen.title)
        return chosen, [problem("raw-first-sheet", Place(name), sheet=chosen.title, others=others)]
    return chosen, []


def _scan(path: Path, sheet: Any) -> tuple[tuple[_Merge, ...], bool]:
    """Return the merged ranges, which stand behind the cells, and whether any cell is a formula."""
    merges: list[_Merge] = []
    formulas = False
    tail = b""
    with zipfile.ZipFile(path) as archive, archive.open(sheet._worksheet_path.lstrip("/")) as part:
        while chunk := part.read(_CHUNK):
            window = tail + chunk
            formulas = formulas or bool(_FORMULA.search(window))
            last = 0
            for m in _MERGE.finditer(window):
                merges.append(_Merge(int(m[2]), _number(m[1]), int(m[4]), _number(m[3])))
                last = m.end()
            tail = window[max(last, len(window) - 200) :]
    return tuple(merges), formulas


def _number(letters: bytes) -> int:
    value = 0
    for letter in letters:
        value = value * 26 + letter - 64
    return value


def _uncounted(path: Path, title: str, grid: Sequence[Sequence[object]], name: str) -> list[Problem]:
    """Name formulas whose value was never saved: their answers would otherwise vanish without a word."""
    import openpyxl

    workbook = openpyxl.load_workbook(path, read_only=True, data_only=False, keep_links=False)
    try:
        sheet = workbook[title]
        sheet.reset_dimensions()
        cells = [
            (r, c)
            for r, row in enumerate(sheet.iter_rows(values_only=True))
            for c, value in enumerate(row)
            if isinstance(value, str) and value.startswith("=") and _at(grid, r, c) is None
        ]
    finally:
        workbook.close()
    if not cells:
        return []
    return [problem("raw-formula-without-value", Place(name, cells[0][0] + 1, cells[0][1] + 1), count=len(cells))]


def _at(grid: Sequence[Sequence[object]], row: int, column: int) -> object:
    return grid[row][column] if row < len(grid) and column < len(grid[row]) else None


def _table(
    grid: Sequence[Sequence[object]], merges: Sequence[_Merge], title: str, name: str
) -> tuple[RawTable | None, list[Problem]]:
    cells = [[clean_cell(v) for v in row] for row in grid]
    top = next((i for i, row in enumerate(cells) if any(v is not None for v in row)), None)
    if top is None:
        return None, [problem("raw-no-rows", Place(name))]
    width = max(i + 1 for row in cells for i, v in enumerate(row) if v is not None)
    cells = [row[:width] + [None] * (width - len(row)) for row in cells]
    top, header, problems = _header(cells, merges, top, width, name)
    names, more = column_names(header, name, top)
    problems += more
    body = [row for row in cells[top:] if any(v is not None for v in row)]
    if not body:
        return None, [*problems, problem("raw-no-rows", Place(name))]
    problems += _cell_errors(body, names, name)
    among = sum(m.top > top for m in merges)
    if among:
        problems.append(problem("raw-merged-cells", Place(name), count=among))
    body = [[None if isinstance(v, str) and v in _ERRORS else v for v in row] for row in body]
    columns = {n: tuple(row[i] for row in body) for i, n in enumerate(names) if _kept(header[i], body, i)}
    return RawTable(columns, notes=(f"sheet {title!r}", f"header ends in row {top}")), problems


def _kept(header: object, body: Sequence[Sequence[object]], index: int) -> bool:
    return header is not None or any(row[index] is not None for row in body)


def _header(
    cells: Sequence[Sequence[object]], merges: Sequence[_Merge], top: int, width: int, name: str
) -> tuple[int, list[object], list[Problem]]:
    """Return the number of the first row behind the header (from zero), one text for each column, and what was assumed."""
    problems: list[Problem] = []
    while (title := _title(cells, merges, top, width)) is not None:
        problems.append(problem("raw-title-row-skipped", Place(name, top + 1), text=str(title)))
        top += 1
    bottom = top + 1  # exclusive, from zero
    changed = True
    while changed:
        reach = max((_reach(m) for m in merges if top < m.top <= bottom), default=bottom)
        changed, bottom = reach > bottom, max(bottom, min(reach, len(cells)))
    spread = [list(row) for row in cells[top:bottom]]
    for m in merges:
        if top < m.top <= bottom:
            for r in range(m.top - 1 - top, min(m.bottom, bottom) - top):
                for c in range(m.left - 1, min(m.right, width)):
                    spread[r][c] = cells[m.top - 1][m.left - 1]
    header: list[object] = []
    for c in range(width):
        parts = list(dict.fromkeys(str(row[c]) for row in spread if row[c] is not None))
        header.append(" / ".join(parts) if parts else None)
    if bottom - top > 1:
        problems.append(problem("raw-header-rows-joined", Place(name, top + 1), rows=bottom - top))
    return bottom, header, problems


def _title(cells: Sequence[Sequence[object]], merges: Sequence[_Merge], top: int, width: int) -> object:
    """Return the text of a row that is a title over the whole table rather than a header, or None."""
    filled = [(i, v) for i, v in enumerate(cells[top]) if v is not None]
    if len(filled) != 1 or width < 2 or top + 2 >= len(cells):
        return None
    across = any(m.top == top + 1 and m.left == 1 and m.right >= width for m in merges)
    below = sum(v is not None for v in cells[top + 1])
    alone = filled[0][0] == 0 and below == width and not any(m.top == top + 1 for m in merges)
    return filled[0][1] if across or (alone and width > 2) else None


def _reach(merge: _Merge) -> int:
    """Return the last row (from one) that a merged header cell makes part of the header."""
    return merge.bottom + 1 if merge.right > merge.left else merge.bottom


def _cell_errors(body: Sequence[Sequence[object]], names: Sequence[str], name: str) -> list[Problem]:
    problems = []
    for i, column in enumerate(names):
        found = [str(row[i]) for row in body if isinstance(row[i], str) and row[i] in _ERRORS]
        if found:
            place = Place(name, 1, i + 1)
            problems.append(problem("raw-cell-error", place, column=column, count=len(found), value=found[0]))
    return problems
