"""Signatures under sentences, kept in approvals.csv: given, found, and void when sentence, value or definition changes.

The file is one table for every kind of document; lines and columns of others are kept as they are.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from posad.claims.reading.values import Reading, Signature, every
from posad.core.place import Place
from posad.core.problems import Problem, problem
from posad.core.reading.csvs import read_csv

FILE = "approvals.csv"
COLUMNS = ("document", "key", "hash", "who", "when", "sentence")
NEEDED = ("document", "hash", "who", "when")
_CODES = {
    "sentence": "signature-sentence-changed",
    "value": "signature-value-changed",
    "definition": "signature-definition-changed",
}


def read_signatures(folder: Path) -> tuple[tuple[Signature, ...], list[Problem]]:
    """Return the signatures under sentences that approvals.csv holds, and what is wrong with the file."""
    if not (folder / FILE).exists():
        return (), []
    table, problems = read_csv(folder / FILE, FILE)
    problems = [p for p in problems if p.code != "csv-delimiter-assumed"]
    if table is None:
        return (), problems
    missing = [c for c in NEEDED if c not in table.header]
    if missing:
        return (), [*problems, problem("approvals-header", Place(FILE), columns=", ".join(missing))]
    columns = {name: table.column(name) or ("",) * len(table.rows) for name in COLUMNS}
    found = []
    for i in range(len(table.rows)):
        document, key, digests, who, when, sentence = (columns[name][i].strip() for name in COLUMNS)
        if digests.count("-") == 2:  # of a sentence, not of another kind of document
            found.append(Signature(document, key, digests, who, when, sentence, table.place(i)))
    return tuple(found), problems


def with_signatures(readings: Sequence[Reading], signatures: Sequence[Signature]) -> tuple[Reading, ...]:
    """Return the sentences, each with the signature that holds, or else the last one that is void and what has changed."""
    return tuple(_signed(reading, signatures) for reading in readings)


def _signed(reading: Reading, signatures: Sequence[Signature]) -> Reading:
    own = [s for s in signatures if s.document == reading.file]
    holding = [s for s in own if s.hash == reading.hash]
    if holding:
        return replace(reading, signed=holding[-1])
    said, _, defined = reading.hash.split("-")
    same = [s for s in own if s.parts[0] == said] or [s for s in own if s.key == reading.key]
    if not same:
        return reading
    last = same[-1]
    why = "sentence" if last.parts[0] != said else "definition" if last.parts[2] != defined else "value"
    return replace(reading, void=(last, why))


def signature_problems(
    readings: Sequence[Reading], signatures: Sequence[Signature], required: bool = False
) -> list[Problem]:
    """Return a warning for each signature that became void, a note for each whose sentence is gone.

    Args:
        readings: The sentences with their signatures.
        signatures: All signatures of the file.
        required: Whether a sentence without a signature that holds is an error.
    """
    found: list[Problem] = []
    for reading in every(readings):
        if reading.void is not None:
            signature, why = reading.void
            found.append(problem(_CODES[why], reading.place, who=signature.who, when=signature.when))
        if required and reading.signed is None:
            found.append(problem("sentence-unsigned", reading.place))
    met = {(r.file, r.key) for r in readings} | {(r.file, r.hash) for r in readings}
    met |= {(r.void[0].document, r.void[0].key) for r in readings if r.void is not None}
    for s in signatures:
        if (s.document, s.key) not in met and (s.document, s.hash) not in met:
            found.append(problem("signature-orphan", s.place, who=s.who, when=s.when, sentence=s.sentence[:80]))
    return found


def sign(folder: Path, readings: Iterable[Reading], who: str, when: str) -> tuple[int, list[Problem]]:
    """Write a signature under each sentence that has none which holds; return how many were written.

    Sentences with an error are not signed. The date comes from outside: nothing here asks a clock.
    """
    from posad.core.speech import has_errors

    new = [r for r in every(readings) if r.signed is None and not has_errors(r.problems)]
    if not new:
        return 0, []
    header, rows, delimiter, problems = _table(folder)
    if problems:
        return 0, problems
    values = [dict(zip(COLUMNS, (r.file, r.key, r.hash, who, when, r.sentence), strict=True)) for r in new]
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, lineterminator="\n")
    writer.writerows([header, *rows, *([v.get(name, "") for name in header] for v in values)])
    beside = folder / f".{FILE}.part"
    beside.write_text(out.getvalue(), encoding="utf-8", newline="\n")
    beside.replace(folder / FILE)
    return len(new), []


def _table(folder: Path) -> tuple[list[str], list[list[str]], str, list[Problem]]:
    """Return the header (with the columns of sentences), rows and delimiter of approvals.csv."""
    if not (folder / FILE).exists():
        return list(COLUMNS), [], ",", []
    table, problems = read_csv(folder / FILE, FILE)
    if table is None or any(c not in table.header for c in NEEDED):
        return [], [], ",", problems or [problem("approvals-header", Place(FILE), columns=", ".join(NEEDED))]
    added = [c for c in COLUMNS if c not in table.header]
    return [*table.header, *added], [[*row, *([""] * len(added))] for row in table.rows], table.delimiter, []
