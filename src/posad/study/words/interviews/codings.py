"""interviews/codings/INTERVIEW.CODER.csv: who put which code on which words.

The anchor is the quote, word for word, inside its paragraph; where it lies in the transcript is computed by ``words.interviews``.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from pathlib import Path

from posad.core.place import Place
from posad.core.problems import Problem, near, problem
from posad.core.reading.csvs import CsvTable, read_csv
from posad.study.words.interviews.cases import QUIET
from posad.study.words.interviews.values import Codebook, Coding, Transcript

CODINGS = "interviews/codings"
COLUMNS = ("par", "code", "quote", "nth", "memo")
NEEDED = ("par", "code", "quote")
_PAR = re.compile(r"([0-9]{1,6})(?:\s*[-–]\s*([0-9]{1,6}))?")
Coded = tuple[tuple[str, str], ...]


def read_codings(
    folder: Path, codebook: Codebook | None, texts: Mapping[str, Transcript]
) -> tuple[tuple[Coding, ...], Coded, list[Problem]]:
    """Read every coder's file: the codings, who coded which interview, and everything wrong with either.

    ``codebook`` is None where it could not be read: codes are then not judged.
    """
    room = folder / CODINGS
    found: list[Coding] = []
    coded: list[tuple[str, str]] = []
    problems: list[Problem] = []
    for path in sorted(room.glob("*.csv")) if room.is_dir() else ():
        name = f"{CODINGS}/{path.name}"
        interview, dot, coder = path.stem.rpartition(".")
        if not dot or not coder:
            problems.append(problem("coding-file-name", Place(name), name=path.name))
            continue
        if interview not in texts:
            facts = {"name": interview, "near": near(interview, texts)}
            problems.append(problem("coding-interview-unknown", Place(name), **facts))
        coded.append((interview, coder))
        rows, wrong = _rows(path, name, interview, coder, codebook)
        problems += wrong
        found += rows
    return tuple(found), tuple(coded), problems


def _rows(
    path: Path, name: str, interview: str, coder: str, codebook: Codebook | None
) -> tuple[list[Coding], list[Problem]]:
    table, problems = read_csv(path, name)
    problems = [p for p in problems if p.code not in QUIET]
    if table is None:
        return [], [p for p in problems if p.code != "csv-empty"]
    missing = [c for c in NEEDED if c not in table.header]
    if missing:
        return [], [*problems, problem("codings-header", Place(name), columns=", ".join(missing))]
    found: list[Coding] = []
    seen: dict[tuple[object, ...], int] = {}
    for i in range(len(table.rows)):
        coding, wrong = _coding(table, i, interview, coder, codebook)
        problems += wrong
        if coding is None:
            continue
        key = (coding.code, coding.first, coding.last, coding.quote, coding.nth)
        if key in seen:
            problems.append(problem("coding-twice", coding.place, line=seen[key], name=coding.code))
            continue
        seen[key] = coding.place.line
        found.append(coding)
    return found, problems


def _coding(
    table: CsvTable, i: int, interview: str, coder: str, codebook: Codebook | None
) -> tuple[Coding | None, list[Problem]]:
    cell = dict(zip(table.header, table.rows[i], strict=True))
    place = {c: table.place(i, table.header.index(c)) for c in NEEDED}
    code, par, nth = (cell.get(c, "").strip() for c in ("code", "par", "nth"))
    problems: list[Problem] = []
    if codebook is None:
        pass
    elif code not in codebook.by_id:
        facts = {"name": code, "near": near(code, codebook.by_id)}
        problems.append(problem("coding-code-unknown", place["code"], **facts))
    elif not codebook.by_id[code].codable:
        problems.append(problem("coding-code-heading", place["code"], name=code))
    numbers = paragraphs(par)
    if numbers is None:
        problems.append(problem("coding-par-form", place["par"], name=par))
    if not cell["quote"].strip():
        problems.append(problem("coding-quote-empty", place["quote"]))
    if nth and not (nth.isascii() and nth.isdigit() and int(nth) > 0):
        problems.append(problem("coding-nth-form", table.place(i, table.header.index("nth")), name=nth))
    lost = {p.code for p in problems} & {"coding-par-form", "coding-quote-empty", "coding-nth-form"}
    if lost or numbers is None:
        return None, problems
    quote = unicodedata.normalize("NFC", cell["quote"].replace("\r\n", "\n").strip("\n"))
    memo = cell.get("memo", "").strip()
    return Coding(interview, coder, code, *numbers, quote, place["par"], int(nth or 1), memo), problems


def paragraphs(written: str | int) -> tuple[int, int] | None:
    """Return the first and last paragraph of ``4`` or ``4-6``, or nothing.

    >>> paragraphs("4"), paragraphs("4-6"), paragraphs("6-4")
    ((4, 4), (4, 6), None)
    """
    match = _PAR.fullmatch(str(written).strip())
    if match is None:
        return None
    first, last = int(match[1]), int(match[2] or match[1])
    return (first, last) if 1 <= first <= last else None
