"""Taguette: its codebook both ways (tag, description), its highlights both ways (id, document, tag, content).

Tags are paths there, parts joined by dots; here they are ids with the codes above them. Highlights have no positions: their words are
looked for in the transcripts.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from pathlib import Path

from posad.core.place import Place
from posad.core.problems import Problem, problem
from posad.core.reading.csvs import CsvTable, harmless, read_csv
from posad.core.words import Language, LocalText
from posad.exchange.qualitative.naming import Taken, code_name, file_name
from posad.exchange.qualitative.refi.describing import description, read_description
from posad.exchange.qualitative.values import Incoming
from posad.study.words.interviews.values import Code, Codebook, Interviews, Segment

_TAGS = ("tag", "name", "path")
HIGHLIGHTS = ("id", "document", "tag", "content")


def codebook_csv(interviews: Interviews) -> str:
    """Return the codebook as Taguette reads it."""
    rows = [
        [path_of(interviews.codebook, c.id), description(c, interviews.languages[0])]
        for c, _ in interviews.codebook.walk()
    ]
    return _written(["path", "description"], rows)


def highlights_csv(interviews: Interviews, segments: Iterable[Segment]) -> str:
    """Return the codings as Taguette writes highlights; the same words with several codes have one number."""
    numbers: dict[tuple[str, int, int], int] = {}
    rows = []
    for s in sorted(segments):
        number = numbers.setdefault((s.interview, s.start, s.end), len(numbers) + 1)
        words = interviews.texts[s.interview].text[s.start : s.end]
        rows.append([str(number), s.interview, path_of(interviews.codebook, s.code), words])
    return _written(list(HIGHLIGHTS), rows)


def path_of(codebook: Codebook, code: str) -> str:
    """Return a code as a path of tags."""
    return ".".join(codebook.path(code))


def _written(head: list[str], rows: Iterable[list[str]]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([head, *([harmless(cell) for cell in row] for row in rows)])
    return out.getvalue()


def read_codebook_csv(path: Path, name: str, language: Language) -> tuple[Codebook | None, list[Problem]]:
    """Read a codebook: a column tag, name or path, and a description where there is one; a dot puts a tag under another."""
    table, problems = read_csv(path, name)
    if table is None:
        return None, problems
    heads = {h.lower(): i for i, h in enumerate(table.header)}
    column = next((heads[t] for t in _TAGS if t in heads), None)
    if column is None:
        return None, [*problems, problem("taguette-header", Place(name), columns="tag")]
    ids: dict[str, str] = {}
    found: dict[str, Code] = {}
    taken = Taken()
    for i, row in enumerate(table.rows):
        path_ = _plain(row[column])
        told = _plain(row[heads["description"]]) if "description" in heads else ""
        if path_:
            _add(path_, told, table.place(i, column), language, ids, found, taken)
    return Codebook(tuple(found.values())), problems


def _add(
    path: str, told: str, place: Place, language: Language, ids: dict[str, str], found: dict[str, Code], taken: Taken
) -> str:
    """Add a tag and the tags above it; return its id."""
    above, _, own = path.rpartition(".")
    under = (ids.get(above) or _add(above, "", place, language, ids, found, taken)) if above else ""
    id, texts = read_description(told, own, language)
    if path not in ids:
        ids[path] = taken.free(id if id and code_name(id) == id else code_name(own))
    elif not told:
        return ids[path]
    label = texts.pop("label", LocalText.from_mapping({language: own}))
    found[ids[path]] = Code(ids[path], label, place, under, codable=True, **texts)
    return ids[path]


def _plain(cell: str) -> str:
    """Return a cell without the apostrophe that keeps spreadsheets from computing it."""
    text = cell.strip()
    return text[1:] if text.startswith("'") and harmless(text[1:]) == text else text


def read_highlights_csv(
    path: Path, name: str, texts: Mapping[str, str], coder: str, language: Language
) -> tuple[Incoming | None, list[Problem]]:
    """Read highlights: the tags become codes, the words are looked for in the transcripts of the same names.

    Words that stand in a text several times are taken where they stand first behind the highlight before.
    """
    table, problems = read_csv(path, name)
    if table is None:
        return None, problems
    lacking = [c for c in HIGHLIGHTS[1:] if c not in [h.lower() for h in table.header]]
    if lacking:
        return None, [*problems, problem("taguette-header", Place(name), columns=", ".join(lacking))]
    ids: dict[str, str] = {}
    codes: dict[str, Code] = {}
    taken = Taken()
    segments: list[Segment] = []
    unknown: dict[str, int] = {}
    last: dict[str, tuple[str, int, int]] = {}
    for i in range(len(table.rows)):
        cell = _cells(table, i)
        place = table.place(i)
        code = _add(cell["tag"], "", place, language, ids, codes, taken) if cell["tag"] else ""
        document = file_name(cell["document"], "text")
        if document not in texts:
            unknown[cell["document"]] = unknown.get(cell["document"], 0) + 1
            continue
        span = _found(texts[document], cell["content"], cell.get("id", ""), last.get(document))
        if span is None:
            problems.append(problem("taguette-not-found", place, quote=cell["content"][:80], name=document))
            continue
        last[document] = (cell.get("id", ""), *span)
        if code:
            segments.append(Segment(document, *span, code, coder))
    problems += [problem("taguette-document-unknown", Place(name), name=n, count=c) for n, c in unknown.items()]
    coded = tuple(sorted({(s.interview, s.coder) for s in segments}))
    return Incoming(
        Codebook(tuple(codes.values())), segments=tuple(sorted(segments)), coders=(coder,), coded=coded
    ), problems


def _cells(table: CsvTable, i: int) -> dict[str, str]:
    return {h.lower(): _plain(c) for h, c in zip(table.header, table.rows[i], strict=True)}


def _found(text: str, content: str, id: str, before: tuple[str, int, int] | None) -> tuple[int, int] | None:
    words = content.replace("\r\n", "\n").strip()
    if before is not None and before[0] == id and text[before[1] : before[2]] == words:
        return before[1], before[2]
    at = text.find(words, before[2] if before is not None else 0)
    at = text.find(words) if at < 0 else at
    return (at, at + len(words)) if at >= 0 and words else None
