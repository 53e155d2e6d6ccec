"""The step that makes the books of tables, as JSON for programs and CSV for people."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

from posad.core.problems import Problem
from posad.core.reading.csvs import harmless
from posad.core.words import LocalText
from posad.pipeline.steps.context import open_context
from posad.pipeline.steps.standing import cells_with_standing, with_standing
from posad.pipeline.values import Outcome, Step
from posad.simulation.values import MANIFEST
from posad.study.plans.values import Book, Study
from posad.tabulation.book.making import book_table
from posad.tabulation.context import Context
from posad.tabulation.json import table_json, table_rows
from posad.tabulation.layout.trends import corrected_together
from posad.tabulation.values import Table

FOLDER = "build/tables"


def book_tables(context: Context, book: Book) -> tuple[list[Table], list[Problem]]:
    """Return all tables of a book in the order of its rows."""
    tables: list[Table] = []
    problems: list[Problem] = []
    for row in book.rows:
        for item in items_named(context.study, row):
            table, found = book_table(
                context,
                item,
                book.banner,
                book.style,
                filter=book.filter,
                weight=book.weight,
                total=book.total,
                book=book.id,
                place=book.place,
            )
            problems += found
            if table is not None:
                tables.append(table)
    return corrected_together(tables), problems


def items_named(study: Study, name: str) -> list[str]:
    """Return the items of a question or item id; all items of a grid."""
    found = [i.id for i in study.items() if name in (i.id, i.question)]
    return found or [name]


def make_books(folder: Path, study: Study) -> Outcome:
    """Make every book of the study."""
    context = open_context(folder, study)
    made: list[str] = []
    problems: list[Problem] = []
    for book in study.books:
        tables, found = book_tables(context, book)
        part = book.filter is not None
        tables = [with_standing(context, t, filtered=part) for t in tables]
        problems += found
        path = folder / FOLDER / f"{book.id}.json"
        path.parent.mkdir(parents=True, exist_ok=True)
        plain = [cells_with_standing(table_json(t), context, t, filtered=part) for t in tables]
        text = json.dumps(plain, ensure_ascii=False, indent=1, sort_keys=True)
        path.write_text(text + "\n", encoding="utf-8")
        made.append(f"{FOLDER}/{book.id}.json")
        for language in study.languages:
            name = f"{FOLDER}/{book.id}.{language}.csv"
            (folder / name).write_text(book_csv(tables, language), encoding="utf-8-sig", newline="")
            made.append(name)
    return Outcome(tuple(made), tuple(dict.fromkeys(problems)))


def book_csv(tables: list[Table], language: str) -> str:
    """Return a book as one CSV sheet, tables one under another; semicolons for Russian Excel, commas otherwise."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";" if language == "ru" else ",")
    for table in tables:
        rows = [[table.id, table.question.get(language)], ["", table.base_text.get(language)]]
        rows += table_rows(table, language, digits=table.style.decimals)
        if "index" in table.style.statistics:
            rows += table_rows(table, language, "index", bare=True)
        rows += [["", note.get(language)] for note in table.all_notes()]
        writer.writerows([harmless(cell) for cell in row] for row in rows)
        writer.writerow([])
    return out.getvalue()


TABLES = Step(
    "tables",
    LocalText.of(ru="таблицы", en="tables"),
    ("tables.yaml", "variables.yaml", "questionnaire*.md", "study.yaml", "weights.yaml", MANIFEST),
    ("weigh",),
    make_books,
)
