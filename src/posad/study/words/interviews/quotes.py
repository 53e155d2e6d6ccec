"""interviews/quotes.yaml: quotes picked for print, by interview and name; ``#interview:01/partner`` in a chapter shows one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from posad.core.problems import Problem, near, problem
from posad.core.reading.csvs import read_csv
from posad.study.folder.reading import Sheet, ordered, read_sheet, shaped, shaped_each
from posad.study.words.interviews.cases import QUIET, cells
from posad.study.words.interviews.codings import paragraphs
from posad.study.words.interviews.shapes import QuoteShape
from posad.study.words.interviews.values import Approval, Case, Quote, Transcript

QUOTES = "interviews/quotes.yaml"
APPROVALS = "approvals.csv"
Approvals = Mapping[str, tuple[Approval, ...]]
_NAME = re.compile(r"\w[\w-]*")


def read_quotes(
    folder: Path, languages: tuple[str, ...], texts: Mapping[str, Transcript], cases: tuple[Case, ...]
) -> tuple[tuple[Quote, ...], list[Problem]]:
    """Read the quotes; whether their words were said is checked by ``words.interviews``."""
    sheet, problems = read_sheet(folder, QUOTES, languages)
    if sheet is None:
        return (), problems
    if not isinstance(sheet.value, Mapping):
        return (), [*problems, *shaped(sheet, Mapping[str, Mapping[str, QuoteShape]], sheet.value)[1]]  # type: ignore[type-abstract]
    approvals, wrong = read_approvals(folder)
    problems += wrong
    found: list[Quote] = []
    for interview, entries in sheet.value.items():
        if not isinstance(entries, Mapping):
            broken = {interview: entries}
            problems += shaped(sheet, Mapping[str, Mapping[str, QuoteShape]], broken)[1]  # type: ignore[type-abstract]
            continue
        shapes, wrong = shaped_each(sheet, QuoteShape, entries, interview)
        problems += wrong
        for name, shape in shapes.items():
            wrong = list(_wrong(sheet, interview, name, shape, texts, cases))
            problems += wrong
            found.append(_quote(sheet, interview, name, shape, approvals))
    return tuple(found), problems


def read_approvals(folder: Path) -> tuple[Approvals, list[Problem]]:
    """Read who approved which quote, from the study's one table of approvals; lines about other documents are passed over."""
    if not (folder / APPROVALS).exists():
        return {}, []
    table, problems = read_csv(folder / APPROVALS, APPROVALS)
    problems = [p for p in problems if p.code not in QUIET]
    if table is None or any(c not in table.header for c in ("document", "key", "hash", "who", "when")):
        return {}, problems  # the table of signatures says what it lacks
    found: dict[str, tuple[Approval, ...]] = {}
    for i in range(len(table.rows)):
        row = cells(table, i)
        if row["document"] == QUOTES:
            key = row["key"]
            found[key] = (*found.get(key, ()), Approval(row["who"], row["when"], row["hash"]))
    return found, problems


def _quote(sheet: Sheet, interview: str, name: str, shape: QuoteShape, approvals: Approvals) -> Quote:
    return Quote(
        f"{interview}/{name}",
        interview,
        ordered(shape.text, sheet.languages),
        sheet.key(interview, name),
        *(paragraphs(shape.par) or (0, 0)),
        shape.case,
        ordered(shape.label, sheet.languages),
        approvals.get(f"{interview}/{name}", ()),
        ordered(shape.printed, sheet.languages),
    )


def _wrong(
    sheet: Sheet, interview: str, name: str, shape: QuoteShape, texts: Mapping[str, Transcript], cases: tuple[Case, ...]
) -> Iterator[Problem]:
    place = sheet.key(interview, name)
    if not _NAME.fullmatch(name):
        yield problem("quote-name-form", place, name=name)
    if shape.printed:
        return
    if interview not in texts:
        facts = {"name": interview, "near": near(interview, texts)}
        yield problem("quote-interview-unknown", sheet.key(interview), **facts)
    elif shape.par == "":
        yield problem("quote-par-missing", place, name=f"{interview}/{name}")
    elif (numbers := paragraphs(shape.par)) is None:
        yield problem("coding-par-form", sheet.at(interview, name, "par"), name=str(shape.par))
    elif numbers[1] > (most := len(texts[interview].paragraphs)):
        at = sheet.at(interview, name, "par")
        yield problem("quote-par-beyond", at, name=numbers[1], interview=interview, most=most)
    here = [c.id for c in cases if c.interview == interview]
    if shape.case and shape.case not in here:
        facts = {"name": shape.case, "interview": interview, "near": near(shape.case, here)}
        yield problem("quote-case-unknown", sheet.at(interview, name, "case"), **facts)
