"""Tables as text: ``;``, ``,`` or tabs, any usual encoding, quotes with line breaks inside; what was assumed is said.

Cells are texts exactly as written; what they mean (``12,5``, ``1;3;5``) is for the room that knows the column.
"""

from __future__ import annotations

import contextlib
import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from posad.core.place import Place
from posad.core.problems import Problem, problem
from posad.core.reading.texts import Lines, read_source

if TYPE_CHECKING:
    import _csv

DELIMITERS = ("\t", ";", ",", "|")  # in the order of preference where several fit equally well

_SAMPLE = 300  # rows looked at to tell the delimiter
_NAMED = 10  # lines named one by one in a message
_SHOWN = {"\t": "Tab"}
_SEP_LINE = re.compile('"?sep=([\t;,|])"?\n', re.IGNORECASE)  # some programs write it for Excel


@dataclass(frozen=True)
class CsvTable:
    """A table of texts: every row has as many cells as the header."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    encoding: str = "utf-8"
    delimiter: str = ","
    name: str = ""
    lines: tuple[int, ...] = field(default=(), repr=False, compare=False)  # where the header and every row begin
    text: str = field(default="", repr=False, compare=False)  # the file's text, for the places of cells

    def column(self, name: str) -> tuple[str, ...] | None:
        """Return the cells of a column by its name, or nothing."""
        if name not in self.header:
            return None
        at = self.header.index(name)
        return tuple(row[at] for row in self.rows)

    def place(self, row_index: int, column_index: int = 0) -> Place:
        """Return the place of a cell by its row and column, both from 0; row -1 is the header."""
        if not self.lines:
            return Place(self.name, row_index + 2)
        starts = self._source.starts
        offset = starts[self.lines[row_index + 1] - 1]
        return self._source.place(*_cell(self.text, offset, self.delimiter, column_index))

    @cached_property
    def _source(self) -> Lines:
        return Lines(self.name, self.text)


def _cell(text: str, start: int, delimiter: str, index: int) -> tuple[int, int]:
    """Return the span of a cell in the row that begins at ``start``; of the last cell when there are fewer."""
    inside = False
    for at in range(start, len(text)):
        char = text[at]
        if char == '"' and text[start] == '"':
            inside = not inside
        elif not inside and char in (delimiter, "\n"):
            if index == 0 or char == "\n":
                return start, at
            index, start = index - 1, at + 1
    return start, len(text)


def read_csv(path: Path, name: str) -> tuple[CsvTable | None, list[Problem]]:
    """Read a table.

    Args:
        path: the file.
        name: its path relative to the study, for places.

    Returns:
        The table, or None where there is none to read; what was assumed or is wrong. Rows that are too short are filled with
        empty cells (a warning names them), rows that are too long are an error, rows without any value are left out.
    """
    source, problems = read_source(path, name)
    if source is None:
        return None, problems
    table, found = parse_csv(source.text, name, source.encoding)
    return table, problems + found


def parse_csv(text: str, name: str, encoding: str = "utf-8") -> tuple[CsvTable | None, list[Problem]]:
    """Read a table out of a text whose line breaks are line feeds."""
    told = _SEP_LINE.match(text)
    body = text[told.end() :] if told else text
    skipped = 1 if told else 0
    delimiter = told[1] if told else sniff(body)
    records, problems = _records(body, delimiter, name, skipped)
    filled = [(row, line) for row, line in records if any(map(str.strip, row))]
    if not filled:
        return None, [*problems, problem("csv-empty", Place(name), file=name)]
    header = _header([row for row, _ in filled])
    lines = tuple(line for _, line in filled)
    table = CsvTable(header, tuple(tuple(row) for row, _ in filled[1:]), encoding, delimiter, name, lines, text)
    problems += _names(table)
    table, ragged = _evened(table)
    problems += ragged
    if not told and delimiter != "," and len(header) > 1:
        shown = _SHOWN.get(delimiter, delimiter)
        problems.append(problem("csv-delimiter-assumed", Place(name), delimiter=shown))
    if empty := sum(1 for row, _ in records if row) - len(filled):
        problems.append(problem("csv-rows-empty", Place(name), count=empty))
    return table, problems


def sniff(text: str) -> str:
    r"""Return the delimiter of a table, by how steadily it gives every row as many cells as the header.

    >>> sniff("id;income\n1;12,5\n2;13,7\n")
    ';'
    """
    best, best_score = "", (0.0, 0)
    for delimiter in DELIMITERS:
        counts = [len(row) for row in islice(_reader(text, delimiter), _SAMPLE) if any(map(str.strip, row))]
        if not counts or counts[0] < 2:
            continue
        score = (round(sum(n == counts[0] for n in counts) / len(counts), 2), counts[0])
        if score > best_score and score[0] >= 0.5:
            best, best_score = delimiter, score
    return best or _most_frequent(text)


def _most_frequent(text: str) -> str:
    """Return the delimiter of a ragged table, which most rows have; for a single column, one that is not in the text."""
    rows = [row for row in islice(io.StringIO(text, newline="\n"), _SAMPLE) if row.strip()]
    having = {d: sum(d in row for row in rows) for d in DELIMITERS if rows and d in rows[0]}
    likely = max(having, key=lambda d: having[d], default=",")
    if having.get(likely, 0) * 2 > len(rows):
        return likely
    return next((d for d in (",", *DELIMITERS) if d not in text), ",")


def _reader(text: str, delimiter: str, *, strict: bool = False) -> _csv.Reader:
    csv.field_size_limit(2**31 - 1)
    return csv.reader(io.StringIO(text, newline="\n"), delimiter=delimiter, strict=strict)


def _records(text: str, delimiter: str, name: str, skipped: int) -> tuple[list[tuple[list[str], int]], list[Problem]]:
    """Return every row with the line it begins in, and what is wrong with the quotation marks."""
    try:
        return _numbered(_reader(text, delimiter, strict=True), skipped), []
    except csv.Error as error:
        records = _numbered(_reader(text, delimiter), skipped)
        if "end of data" not in str(error):
            line = _first_loose_quote(text, delimiter) + skipped
            return records, [problem("csv-quote-inside", Place(name, line), line=line)]
    row, line = records[-1]
    offset = Lines(name, text).starts[line - skipped - 1]
    start, _ = _cell(text, offset, delimiter, len(row) - 1)
    at = Lines(name, text).place(start)
    return records, [problem("csv-quote-open", Place(name, at.line + skipped, at.column))]


def _numbered(reader: _csv.Reader, skipped: int) -> list[tuple[list[str], int]]:
    records = []
    line = skipped + 1
    for row in reader:
        records.append((row, line))
        line = skipped + reader.line_num + 1
    return records


def _first_loose_quote(text: str, delimiter: str) -> int:
    """Return the line of the first quotation mark that closes in the middle of a value."""
    reader = _reader(text, delimiter, strict=True)
    with contextlib.suppress(csv.Error):
        for _ in reader:
            pass
    return int(reader.line_num)


def _header(rows: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """Return the names of columns, without those at the right end that have neither name nor values."""
    header = [" ".join(name.split()) for name in rows[0]]
    while (
        len(header) > 1 and not header[-1] and not any(cell.strip() for row in rows for cell in row[len(header) - 1 :])
    ):
        header.pop()
    return tuple(header)


def _names(table: CsvTable) -> list[Problem]:
    """Return what is wrong with the names of columns."""
    found: list[Problem] = []
    first: dict[str, int] = {}
    for i, name in enumerate(table.header):
        if not name and any(cell.strip() for row in table.rows for cell in row[i : i + 1]):
            found.append(problem("csv-header-empty", table.place(-1, i), number=i + 1))
        elif name and name in first:
            here, there = i + 1, first[name] + 1
            found.append(problem("csv-header-twice", table.place(-1, i), column=name, first=there, second=here))
        first.setdefault(name, i)
    return found


def _evened(table: CsvTable) -> tuple[CsvTable, list[Problem]]:
    """Give every row as many cells as the header; name the rows that had fewer or more."""
    width = len(table.header)
    if all(len(row) == width for row in table.rows):
        return table, []
    short = [i for i, row in enumerate(table.rows) if len(row) < width]
    long = [i for i, row in enumerate(table.rows) if any(map(str.strip, row[width:]))]
    problems = [_ragged(code, table, odd) for code, odd in (("csv-row-short", short), ("csv-row-long", long)) if odd]
    blank = ("",) * width
    return replace(table, rows=tuple((*row, *blank[len(row) :])[:width] for row in table.rows)), problems


def _ragged(code: str, table: CsvTable, odd: Sequence[int]) -> Problem:
    lines = [table.lines[i + 1] for i in odd]
    named = ", ".join(map(str, lines[:_NAMED])) + (", …" if len(lines) > _NAMED else "")
    width, got = len(table.header), len(table.rows[odd[0]])
    place = table.place(odd[0], min(width, got - 1))
    return problem(code, place, line=lines[0], got=got, needed=width, count=len(odd), lines=named)


_FORMULA = re.compile(r"\s*[=+\-@\t\r]")
_NUMBER_WRITTEN = re.compile(r"[-+]?[0-9][0-9\s.,\u00a0\u202f]*%?")


def harmless(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula: an apostrophe before what begins like one, numbers left alone.

    >>> harmless("=1+1"), harmless("@here"), harmless("-0.5"), harmless("-2+3"), harmless("Ozon")
    ("'=1+1", "'@here", '-0.5', "'-2+3", 'Ozon')
    """
    return f"'{cell}" if _FORMULA.match(cell) and not _NUMBER_WRITTEN.fullmatch(cell) else cell
