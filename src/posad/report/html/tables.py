"""A table on the page: nested heads, bases under them, small bases marked, hidden ones said so."""

from __future__ import annotations

from dataclasses import dataclass

from posad.core.digests import digest_of
from posad.core.numbers import number, percent
from posad.core.words import Language
from posad.kernel.values import Estimate
from posad.report.svg.reading import bare
from posad.report.wording import words
from posad.tabulation.book.words import p_said
from posad.tabulation.json import change_said
from posad.tabulation.values import Column, Row, Table

MARKED = ("no_tests", "flagged")


@dataclass(frozen=True, slots=True)
class Head:
    """One cell of the head: its words and how many columns and lines it spans."""

    words: str
    across: int
    down: int
    first: bool  # the first column of a block


@dataclass(frozen=True, slots=True)
class TableCell:
    """One printed number with its words for those who point at it."""

    printed: str
    tip: str
    low: bool
    first: bool
    marks: str = ""  # letters of lower columns
    arrow: str = ""


@dataclass(frozen=True, slots=True)
class TableRow:
    """One line of the table."""

    label: str
    kind: str
    indent: int
    cells: tuple[TableCell, ...]


@dataclass(frozen=True, slots=True)
class TableView:
    """A table ready for the template."""

    id: str
    title: str
    question: str
    heads: tuple[tuple[Head, ...], ...]
    bases: tuple[TableRow, ...]
    rows: tuple[TableRow, ...]
    notes: tuple[str, ...]
    simulated: bool


def table_view(table: Table, language: Language) -> TableView:
    """Return a table in one language."""
    title, question = table.title.get(language), table.question.get(language)
    notes = [f"{words('base', language)}: {table.base_text.get(language)}." if table.base_text else ""]
    notes += [n.get(language) for n in table.all_notes()]
    if any(table.tiers.get(c.id) in MARKED for c in table.columns):
        notes.append(words("low_base_note", language))
    if any(table.tiers.get(c.id) == "hidden" for c in table.columns):
        notes.append(f"– {words('hidden_value', language)}.")
    return TableView(
        f"t-{digest_of(table.id)[:12]}",
        title or question,
        question if question != title else "",
        _heads(table, language),
        _base_rows(table, language),
        tuple(_row(table, row, language, number == 0) for number, row in enumerate(table.rows)),
        tuple(n for n in notes if n),
        table.simulated,
    )


def _first(table: Table, number: int) -> bool:
    return number > 0 and table.columns[number].block != table.columns[number - 1].block


def _heads(table: Table, language: Language) -> tuple[tuple[Head, ...], ...]:
    """Return the lines of the head, neighbours with the same words joined."""
    depth = max((len(c.labels) for c in table.columns), default=1)
    lines = []
    for level in range(depth):
        line: list[Head] = []
        before: tuple[object, ...] | None = None
        for place, column in enumerate(table.columns):
            if level >= len(column.labels):
                before = None
                continue
            last = level == len(column.labels) - 1
            key = (
                column.block,
                *(label.get(language) for label in column.labels[: level + 1]),
                column.id if last else "",
            )
            if key == before:
                line[-1] = Head(line[-1].words, line[-1].across + 1, line[-1].down, line[-1].first)
            else:
                label = column.labels[level].get(language)
                line.append(Head(label, 1, depth - level if last else 1, _first(table, place)))
            before = key
        lines.append(tuple(line))
    return tuple(lines)


def _base_rows(table: Table, language: Language) -> tuple[TableRow, ...]:
    def cell(number_: int, column: Column, effective: bool) -> TableCell:
        bases, low = table.bases.get(column.id), table.tiers.get(column.id) in MARKED
        if bases is None:
            return TableCell("–", "", False, _first(table, number_))
        value = number(bases.effective if effective else bases.unweighted, language)
        return TableCell(value + ("*" if low and not effective else ""), "", low, _first(table, number_))

    names = ((f"{words('base', language)}, n", False), (words("effective_n", language), True))
    rows = tuple(
        TableRow(name, "base", 0, tuple(cell(i, c, effective) for i, c in enumerate(table.columns)))
        for name, effective in names
    )
    if not any(c.letter for c in table.columns):
        return rows
    named = tuple(TableCell(c.letter, "", False, _first(table, i)) for i, c in enumerate(table.columns))
    return (TableRow(words("letter", language), "letters", 0, named), *rows)


def _row(table: Table, row: Row, language: Language, first: bool) -> TableRow:
    cells = tuple(_cell(table, row, column, language, first, i) for i, column in enumerate(table.columns))
    return TableRow(row.label.get(language), row.kind, row.indent, cells)


def _cell(table: Table, row: Row, column: Column, language: Language, first: bool, place: int) -> TableCell:
    estimate = table.cells.get((row.id, column.id))
    tier, starts = table.tiers.get(column.id, "full"), _first(table, place)
    if estimate is None or estimate.value is None or tier == "hidden":
        return TableCell(
            "–", words("hidden_value", language) if tier == "hidden" else words("no_data", language), False, starts
        )
    change = table.changes.get((row.id, column.id))
    said = printed(estimate, language, sign=first)
    if change is not None:
        said = change_said(estimate.value, row.kind in ("answer", "net"), change, language)
    tip = _tip(estimate, language, row.kind in ("answer", "net")) + _p_values(table, row, column, language)
    return TableCell(said, tip, tier in MARKED, starts, *table.marks(row.id, column.id))


def _p_values(table: Table, row: Row, column: Column, language: Language) -> str:
    """Return the corrected p-values behind the marks of a cell."""
    if table.tests is None:
        return ""
    letters = {c.id: c.letter for c in table.columns}
    found = []
    for test in (*table.tests.pairs, *table.tests.parts):
        higher = test.first if test.difference > 0 or test.second == "rest" else test.second
        if test.found and test.row == row.id and higher == column.id:
            other = test.second if higher == test.first else test.first
            mark = letters.get(other) or table.marks(row.id, column.id)[1]
            found.append(f"; {mark}: {p_said(test.adjusted, language)}" if mark else "")
    return "".join(found)


def printed(estimate: Estimate, language: Language, sign: bool = False) -> str:
    """Return an estimate as a table prints it: whole percents, one decimal for means."""
    if estimate.value is None:
        return "–"
    if estimate.statistic == "share":
        return percent(estimate.value, language) if sign else bare(estimate.value, language)
    return number(estimate.value, language, 1)


def _tip(estimate: Estimate, language: Language, share: bool) -> str:
    if estimate.value is None:
        return ""
    if estimate.set_by_weights:
        return words("set_by_weights", language)
    value, low, high = (
        "" if v is None else percent(v, language, 1) if share else number(v, language, 2)
        for v in (estimate.value, estimate.low, estimate.high)
    )
    between = (
        f"; {words('interval', language)} {words('from_to', language, low=low, high=high)}" if low and high else ""
    )
    return f"{value}{between}; {words('n', language, n=number(estimate.bases.unweighted, language))}"
