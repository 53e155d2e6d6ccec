"""Sheets of official workbooks as rows of plain values, and what their tables share: town marks, dashes, dates in titles."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from posad.core.numbers import parse_number
from posad.core.place import Place
from posad.core.problems import Problem, problem
from posad.exchange.tables import clean_cell

_TOWN = re.compile(r"^(?:[Гг](?:ор)?\.\s*|(?:[Гг]|[Гг]ород|ГОРОД)\s+)(?P<name>[А-ЯЁA-Z].*)$")
_FEDERAL = re.compile(r",?\s+[-–—]?\s*(?:столица российской федерации|город федерального значения).*$", re.IGNORECASE)
_FOOTNOTE = re.compile(r"(?:\*+|[¹²³⁰⁴-⁹]+[)⁾]?|(?<=\D)\d{1,2}\))$")
_GROUPED = re.compile(r"^\d{1,3}(?:[.,]\d{3})+$")
_URBAN = re.compile(
    r"^(?:пгт|пгт\.|рп|рп\.|р\.п\.|дп|кп|поселок городского типа|рабочий поселок)\s+(?P<name>.+)$", re.IGNORECASE
)
_RURAL = re.compile(r"^(?:с\.|с|п\.|п|д\.|д|ст-ца|х\.|х|аул|село|деревня|поселок|хутор|станица)\s+(?P<name>[А-ЯЁ].*)$")
_MONTHS = {
    "января": 1, "февраля": 2, "марта": 3, "апреля": 4, "мая": 5, "июня": 6,
    "июля": 7, "августа": 8, "сентября": 9, "октября": 10, "ноября": 11, "декабря": 12,
}  # fmt: skip
_DATE = re.compile(r"на (\d{1,2}) (" + "|".join(_MONTHS) + r") (\d{4})")
NOTHING = ("-", "–", "—", "…", "...", "x", "х")  # signs of official tables for a number that isn't given


@dataclass(frozen=True, slots=True)
class Sheet:
    """The rows of a sheet: the number of each and its cells as texts, numbers or None."""

    name: str
    rows: tuple[tuple[int, tuple[object, ...]], ...]


def read_sheets(path: Path) -> tuple[tuple[Sheet, ...], list[Problem]]:
    """Read every sheet of a workbook that its readers see; nothing where it is no workbook."""
    import zipfile

    import openpyxl

    try:
        with zipfile.ZipFile(path) as archive:
            unpacked = sum(p.file_size for p in archive.infolist())
        if unpacked > 1_000_000_000:
            return (), [problem("raw-too-large", Place(path.name), megabytes=unpacked // 1_000_000, most=1000)]
        workbook = openpyxl.load_workbook(path, read_only=True, data_only=True, keep_links=False)
    except Exception as error:  # damaged parts, forbidden entities: all end in "cannot be read"
        return (), [problem("raw-unreadable", Place(path.name), reason=f"{type(error).__name__}: {error}")]
    found = []
    try:
        for sheet in workbook.worksheets:
            if sheet.sheet_state != "visible":  # drafts and older years: nobody who opens the workbook checks them
                continue
            sheet.reset_dimensions()
            rows = enumerate(sheet.iter_rows(values_only=True), 1)
            found.append(Sheet(sheet.title, tuple((n, tuple(map(clean_cell, row))) for n, row in rows)))
    finally:
        workbook.close()
    return tuple(found), []


def text(cell: object) -> str:
    """Return a cell as a text on one line, without the marks of footnotes that follow it."""
    written = " ".join(str(cell).split()) if cell is not None else ""
    return _FOOTNOTE.sub("", written).strip()


def town(name: str, *, towns_only: bool = True) -> str | None:
    """Return the name of a town of an official table, or nothing where the row is something else.

    >>> town("г. Алейск"), town("г.Торжок"), town("Город Москва столица Российской Федерации город федерального значения")
    ('Алейск', 'Торжок', 'Москва')
    >>> town("город Тула"), town("городской округ город Тула"), town("пгт Ильский", towns_only=False)
    ('Тула', None, 'Ильский')
    """
    kinds = (_TOWN,) if towns_only else (_TOWN, _URBAN, _RURAL)
    for kind in kinds:
        if found := kind.match(name):
            return _FEDERAL.sub("", found["name"]).strip()
    return None


def people(cell: object) -> int | None:
    """Return a cell as a number of people, or nothing where the table has none or something else stands there.

    A comma or a point before three digits may part thousands or decimals, so ``40,000`` is no number here.

    >>> people("416 219"), people("40,000"), people("-"), people(-5)
    (416219, None, None, None)
    """
    if isinstance(cell, int):
        return cell if cell >= 0 else None
    written = str(cell).strip() if cell is not None else ""
    value = parse_number(written) if written not in NOTHING and not _GROUPED.match(written) else None
    return int(value) if value is not None and value == int(value) and value >= 0 else None


def date_of(sheets: Sequence[Sheet], first: int = 15) -> str:
    """Return the date that the titles of a workbook name («на 1 января 2024 года»), or an empty text."""
    for sheet in sheets:
        for _, row in sheet.rows[:first]:
            for cell in row:
                if isinstance(cell, str) and (found := _DATE.search(cell.casefold())):
                    return f"{found[3]}-{_MONTHS[found[2]]:02d}-{int(found[1]):02d}"
    return ""


def header(sheet: Sheet, *wanted: str) -> tuple[int, dict[str, int]] | None:
    """Return how many rows the head of a table takes and the column of every wanted word, or nothing where one is missing.

    Heads of official tables take several rows: a word is looked for in each, from the top. Titles stand alone in their row.
    """
    found: dict[str, int] = {}
    last = 0
    for at, (_, row) in enumerate(sheet.rows[:20]):
        if sum(cell is not None for cell in row) < 2:
            continue
        for i, cell in enumerate(row):
            written = text(cell).casefold()
            for word in wanted:
                if word not in found and re.search(word, written) and len(written) < 120:
                    found[word] = i
                    last = max(last, at)
        if len(found) == len(wanted):
            return last + 1, found
    return None
