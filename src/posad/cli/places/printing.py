"""Tables of places on the terminal: for the eye, or as CSV."""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING

import click

from posad.cli.studies.asking import aligned

if TYPE_CHECKING:
    from posad.pipeline.territory.placing import Rows, TableText


def print_table(table: TableText, language: str, *, as_csv: bool) -> None:
    """Print a table, its title before it and what must be known of it after it; as CSV the rows alone."""
    if as_csv:
        print_rows(table.rows, language)
        click.echo()
        return
    click.echo(table.title)
    click.echo(aligned(table.rows))
    for note in table.notes:
        click.echo(note)
    click.echo()


def print_rows(rows: Rows, language: str) -> None:
    """Print rows as CSV, with the delimiter that spreadsheets of the language expect."""
    from posad.core.reading.csvs import harmless

    out = io.StringIO()
    delimiter = ";" if language == "ru" else ","
    csv.writer(out, delimiter=delimiter, lineterminator="\n").writerows(
        [harmless(unformatted(c, language)) for c in row] for row in rows
    )
    click.echo(out.getvalue(), nl=False)


_NUMBERS = {
    "ru": re.compile(r"[+−]?[0-9]+(?:\u00a0[0-9]{3})*(?:,[0-9]+)?(?:\u00a0%)?"),
    "en": re.compile(r"[+−]?[0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?%?"),
}


def unformatted(cell: str, language: str) -> str:
    r"""Return a number as spreadsheets of the language read it: no groups of thousands, a plain minus; other cells as they are.

    >>> unformatted("1,234,567.5", "en"), unformatted("−12\u00a0345,6", "ru"), unformatted("+3.5%", "en")
    ('1234567.5', '-12345,6', '3.5%')
    >>> unformatted("Mill, 2", "en")
    'Mill, 2'
    """
    if not _NUMBERS[language].fullmatch(cell):
        return cell
    plain = cell.replace("−", "-").removeprefix("+").replace("\u00a0", "")
    return plain.replace(",", "") if language == "en" else plain
