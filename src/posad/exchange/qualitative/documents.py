"""Transcripts as documents: .txt, .docx, .odt to text with one turn for each paragraph and blank lines between."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from posad.core.place import Place
from posad.core.problems import Problem, problem
from posad.core.reading.texts import read_source
from posad.exchange.qualitative.archives import local, parse_xml, read_parts

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

KINDS = (".txt", ".docx", ".odt")
_PARTS = {".docx": "word/document.xml", ".odt": "content.xml"}
_SKIPPED = {"del", "moveFrom", "tracked-changes", "note", "annotation", "footnoteReference", "instrText", "pPr", "rPr"}
_BLANK = re.compile(r"\n[ \t]*\n")


def read_document(path: Path, name: str) -> tuple[str | None, list[Problem]]:
    """Return the text of a document as a transcript, or why there is none.

    In a text file without blank lines every line is a turn; one with blank lines is taken as it is. Tracked changes count as accepted.
    """
    kind = path.suffix.lower()
    if kind not in KINDS:
        return None, [problem("document-kind", Place(name), name=name)]
    if kind == ".txt":
        source, problems = read_source(path, name)
        if source is None:
            return None, problems
        paragraphs = (
            source.text.split("\n") if not _BLANK.search(source.text) else re.split(r"\n(?:[ \t]*\n)+", source.text)
        )
    else:
        paragraphs, problems = _zipped(path, name, _PARTS[kind])
    kept = [p.rstrip() for p in (unicodedata.normalize("NFC", p).strip("\n") for p in paragraphs) if p.strip()]
    if not kept:
        return None, problems or [problem("document-no-text", Place(name), name=name)]
    return "\n\n".join(kept) + "\n", problems


def _zipped(path: Path, name: str, part: str) -> tuple[list[str], list[Problem]]:
    parts, problems = read_parts(path, name, (part.lower(),))
    if parts is None:
        return [], problems
    if part not in parts:
        return [], [problem("document-unreadable", Place(name), name=name, reason=part)]
    root, problems = parse_xml(parts[part], name, Place(name))
    if root is None:
        return [], problems
    names = {local(e.tag) for e in root.iter()}
    if names & {"ins", "del", "moveTo", "tracked-changes"}:
        problems.append(problem("document-changes", Place(name), name=name))
    return ["".join(_words(p)) for p in _paragraphs(root)], problems


def _paragraphs(element: Element) -> Iterator[Element]:
    """Yield the paragraphs of a document, those of tables and lists among them, in their order."""
    for child in element:
        kind = local(child.tag)
        if kind in ("p", "h"):
            yield child
        elif kind not in _SKIPPED:
            yield from _paragraphs(child)


def _words(element: Element) -> Iterator[str]:
    """Yield the words of a paragraph. In .docx they stand in ``t``, in .odt anywhere."""
    kind = local(element.tag)
    docx = "wordprocessingml" in str(element.tag)
    if kind in _SKIPPED:
        return
    if kind == "tab":
        yield "\t"
    elif kind in ("br", "cr", "line-break"):
        yield "\n"
    elif kind == "noBreakHyphen":
        yield "-"
    elif kind == "s":
        count = next((v for k, v in element.attrib.items() if local(k) == "c"), "1")
        yield " " * (int(count) if count.isdigit() else 1)
    if (not docx or kind == "t") and element.text:
        yield element.text
    for child in element:
        yield from _words(child)
        if not docx and child.tail:
            yield child.tail
