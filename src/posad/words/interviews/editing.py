"""Changes of codings and approvals in the study's own files: rows added, taken out, put anew; every other byte stays.

These are the verbs of whoever codes: the command line and a page in a browser. A file that changed since it was read is left alone and
said to have changed (:mod:`posad.core.edits`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from posad.core.edits import Edit, apply_edits, text_edit
from posad.core.place import Place
from posad.core.problems import Problem, problem
from posad.core.reading.csvs import CsvTable, parse_csv
from posad.core.reading.texts import Lines, Source, read_source
from posad.study.words.interviews.codings import CODINGS, COLUMNS, NEEDED, paragraphs
from posad.study.words.interviews.quotes import APPROVALS, QUOTES
from posad.study.words.interviews.values import Coding
from posad.study.words.interviews.writing import coding_row, row_text
from posad.words.interviews.quoting import Checked

APPROVAL_COLUMNS = ("document", "key", "hash", "who", "when", "sentence")


def file_of(interview: str, coder: str) -> str:
    """Return the file of a coder for an interview."""
    return f"{CODINGS}/{interview}.{coder}.csv"


def add_codings(folder: Path, codings: Iterable[Coding]) -> list[Problem]:
    """Add codings to their coders' files; files that are not there are made."""
    by_file: dict[str, list[Coding]] = {}
    for coding in codings:
        by_file.setdefault(file_of(coding.interview, coding.coder), []).append(coding)
    edits: list[Edit] = []
    for name, new in by_file.items():
        if problems := ensure_table(folder, name, COLUMNS):
            return problems
        source, table, problems = _open(folder, name)
        if source is None or table is None:
            return problems
        rows = [dict(zip(COLUMNS, coding_row(c), strict=True)) for c in new]
        edits.append(_appended(source, table, rows))
    return apply_edits(folder, edits)


def remove_codings(folder: Path, codings: Iterable[Coding]) -> list[Problem]:
    """Take codings out of their coders' files; of one that is not there it is said."""
    return replace_codings(folder, [(coding, None) for coding in codings])


def replace_codings(folder: Path, pairs: Sequence[tuple[Coding, Coding | None]]) -> list[Problem]:
    """Put codings in the place of others, all of them or none.

    Args:
        folder: The study.
        pairs: The coding there is, and the one to stand in its row; None takes the row out.
    """
    by_file: dict[str, list[tuple[Coding, Coding | None]]] = {}
    for old, new in pairs:
        by_file.setdefault(file_of(old.interview, old.coder), []).append((old, new))
    edits: list[Edit] = []
    for name, wanted in by_file.items():
        source, table, problems = _open(folder, name)
        if source is None or table is None:
            return problems
        taken: set[int] = set()
        for old, new in wanted:
            row = _row_of(table, old, taken)
            if row is None:
                return [problem("coding-gone", old.place, name=old.code, quote=old.quote[:80])]
            taken.add(row)
            edits.append(_put(source, table, row, new))
    return apply_edits(folder, edits)


def _open(folder: Path, name: str) -> tuple[Source | None, CsvTable | None, list[Problem]]:
    source, problems = read_source(folder / name, name)
    if source is None:
        return None, None, problems
    table, found = parse_csv(source.text, name, source.encoding)
    missing = [c for c in NEEDED if table is None or c not in table.header]
    if missing:
        return source, None, [*found, problem("codings-header", Place(name), columns=", ".join(missing))]
    return source, table, []


def _appended(source: Source, table: CsvTable, rows: Sequence[Mapping[str, str]]) -> Edit:
    """Return the edit that puts rows at a table's end, cells in the order of its own columns."""
    text = "".join(row_text([row.get(name, "") for name in table.header], table.delimiter) for row in rows)
    head = "" if source.text.endswith("\n") or not source.text else "\n"
    end = len(source.text)
    return text_edit(source, end, end, head + text)


def _row_of(table: CsvTable, coding: Coding, taken: set[int]) -> int | None:
    """Return the row of a coding: its own line where it still stands there, else the first that says the same."""

    def same(i: int) -> bool:
        cell = dict(zip(table.header, table.rows[i], strict=True))
        nth = cell.get("nth", "").strip()
        return (
            i not in taken
            and cell["code"].strip() == coding.code
            and paragraphs(cell["par"]) == (coding.first, coding.last)
            and cell["quote"].strip("\n") == coding.quote
            and int(nth if nth.isdigit() else 1) == coding.nth
        )

    rows = [i for i in range(len(table.rows)) if same(i)]
    own = [i for i in rows if table.lines[i + 1] == coding.place.line]
    return next(iter(own or rows), None)


def _put(source: Source, table: CsvTable, row: int, new: Coding | None) -> Edit:
    starts = Lines(source.name, source.text).starts
    start = starts[table.lines[row + 1] - 1]
    end = _row_end(source.text, start)
    if new is None:
        return text_edit(source, start, end, "")
    cell = dict(zip(table.header, table.rows[row], strict=True)) | dict(zip(COLUMNS, coding_row(new), strict=True))
    return text_edit(source, start, end, row_text([cell.get(name, "") for name in table.header], table.delimiter))


def _row_end(text: str, start: int) -> int:
    """Return where a row ends, its line end included; line ends inside quotation marks are words."""
    inside = False
    for at in range(start, len(text)):
        if text[at] == '"':
            inside = not inside
        elif text[at] == "\n" and not inside:
            return at + 1
    return len(text)


def ensure_table(folder: Path, name: str, columns: Sequence[str]) -> list[Problem]:
    """Make a table with its header alone, where there is none; one that is there is left as it is."""
    path = folder / name
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8", newline="\n") as out:
            out.write(row_text(columns))
    except FileExistsError:
        return []
    except OSError as error:
        return [problem("edit-not-written", Place(name), file=name, reason=error.strerror or str(error))]
    return []


def append_rows(folder: Path, name: str, columns: Sequence[str], rows: Sequence[Mapping[str, str]]) -> list[Problem]:
    """Add rows to a table of the study, in the order of its own columns; a table that is not there is made."""
    if problems := ensure_table(folder, name, columns):
        return problems
    source, problems = read_source(folder / name, name)
    if source is None:
        return problems
    table, problems = parse_csv(source.text, name, source.encoding)
    if table is None:
        return problems
    return apply_edits(folder, [_appended(source, table, rows)])


def approve(folder: Path, quotes: Iterable[Checked], who: str, when: str) -> list[Problem]:
    """Note in approvals.csv that somebody let quotes be printed as they stand; the date comes from outside."""
    if problems := ensure_table(folder, APPROVALS, APPROVAL_COLUMNS):
        return problems
    source, problems = read_source(folder / APPROVALS, APPROVALS)
    if source is None:
        return problems
    table, problems = parse_csv(source.text, APPROVALS, source.encoding)
    missing = [c for c in APPROVAL_COLUMNS[:-1] if table is None or c not in table.header]
    if table is None or missing:
        return [problem("approvals-header", Place(APPROVALS), columns=", ".join(missing))]
    rows = [
        {
            "document": QUOTES,
            "key": q.quote.id,
            "hash": q.hash,
            "who": who,
            "when": when,
            "sentence": q.quote.text.parts[0][1] if q.quote.text.parts else "",
        }
        for q in quotes
    ]
    return apply_edits(folder, [_appended(source, table, rows)])
