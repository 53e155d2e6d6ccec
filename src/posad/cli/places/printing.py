"""Tables of places on the terminal: for the eye, or as CSV."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import click

from posad.cli.asking import aligned

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
    csv.writer(out, delimiter=delimiter, lineterminator="\n").writerows([harmless(c) for c in row] for row in rows)
    click.echo(out.getvalue(), nl=False)
