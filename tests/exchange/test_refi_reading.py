"""Parts of REFI-QDA projects that other programs use: texts inside the project, pages of PDF, codes of whole texts, notes, sets."""

# ruff: noqa: E501  # XML, an element a line
from __future__ import annotations

import zipfile
from pathlib import Path

from tests.words.refi import Foreign, guid

from posad.core.problems import Problem
from posad.exchange.qualitative.refi.reading import read_project
from posad.exchange.qualitative.values import Incoming


def read(path: Path, foreign: Foreign, extra: dict[str, bytes] | None = None) -> tuple[Incoming, list[Problem]]:
    """Return a foreign project as it is read."""
    found, problems = read_project(foreign.write(path / "a.qdpx", extra), "a.qdpx", "en")
    assert found is not None
    return found, problems


def coding(number: int, code: str, foreign: Foreign, user: str = "Mary Ann") -> str:
    """Return a coding."""
    return f'<Coding guid="{guid(number)}" creatingUser="{foreign.coders[user]}"><CodeRef targetGUID="{{{foreign.codes[code].lower()}}}"/></Coding>'


def test_texts_may_stand_in_the_project(tmp_path: Path) -> None:
    """A text written in the project, and the text behind a PDF, are read with their selections; GUIDs may have braces and small letters."""
    foreign = Foreign()
    mark = f'<PlainTextSelection guid="{guid(1)}" startPosition="3" endPosition="8">{coding(2, "Trust", foreign)}</PlainTextSelection>'
    foreign.sources += [
        f'<TextSource guid="{guid(3)}" name="inline"><PlainTextContent>We trust it.</PlainTextContent>{mark}</TextSource>',
        f'<PDFSource guid="{guid(4)}" name="page.pdf" path="internal://page.pdf"><PDFSelection guid="{guid(5)}" page="1" firstX="0" firstY="0" '
        f'secondX="1" secondY="1"/><Representation guid="{guid(6)}" plainTextPath="internal://p.txt">{mark}</Representation></PDFSource>',
        f'<AudioSource guid="{guid(7)}" name="talk"/>',
    ]
    found, problems = read(tmp_path, foreign, {"sources/p.txt": b"We trust a page."})

    assert dict(found.texts) == {"inline": "We trust it.", "page": "We trust a page."}
    assert [(s.interview, found.texts[s.interview][s.start : s.end]) for s in found.segments] == [
        ("inline", "trust"),
        ("page", "trust"),
    ]
    assert sorted((p.code, p.facts["kind"]) for p in problems) == [
        ("qda-source-kind", "AudioSource"), ("qda-source-kind", "PDFSelection")
    ]  # fmt: skip


def test_a_code_of_a_whole_text_covers_it(tmp_path: Path) -> None:
    """A code put on a text as a whole becomes a segment over all of it."""
    foreign = Foreign()
    foreign.sources.append(
        f'<TextSource guid="{guid(3)}" name="A"><PlainTextContent>We trust it.</PlainTextContent>{coding(2, "Trust", foreign)}</TextSource>'
    )
    found, problems = read(tmp_path, foreign)

    assert [(s.start, s.end, s.code) for s in found.segments] == [(0, 12, "trust")]
    assert problems == []


def test_values_notes_and_what_has_no_place(tmp_path: Path) -> None:
    """Values of cases and of texts become attributes, notes become memos, sets and links are counted and named."""
    foreign = Foreign()
    value = '<VariableValue><VariableRef targetGUID="{}"/><{}>{}</{}></VariableValue>'
    ages = value.format(guid(50), "IntegerValue", "40", "IntegerValue")
    towns = value.format(guid(51), "TextValue", "Orel", "TextValue")
    foreign.text("A", b"We trust it.")
    foreign.sources.append(
        f'<TextSource guid="{guid(60)}" name="B"><PlainTextContent>No.</PlainTextContent>{towns}</TextSource>'
    )
    foreign.more = f'<Notes><Note guid="{guid(70)}" name="First thoughts"><PlainTextContent>Look again.</PlainTextContent></Note></Notes><Sets><Set guid="{guid(80)}" name="s"/></Sets>'
    path = foreign.write(tmp_path / "a.qdpx")
    with zipfile.ZipFile(path) as archive:
        parts = {n: archive.read(n) for n in archive.namelist()}
    variables = "".join(
        f'<Variable guid="{guid(g)}" name="{n}" typeOfVariable="Text"/>' for g, n in ((50, "age"), (51, "town"))
    )
    cases = f'<Variables>{variables}</Variables><Cases><Case guid="{guid(90)}" name="Ann">{ages}<SourceRef targetGUID="{guid(300)}"/></Case></Cases>'
    xml = parts["project.qde"].decode().replace("<Sources>", f"{cases}<Sources>")
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in {**parts, "project.qde": xml.encode()}.items():
            archive.writestr(name, data)
    found, problems = read_project(path, "a.qdpx", "en")

    assert found is not None
    assert [(c.id, c.interview, dict(c.attributes)) for c in found.cases] == [
        ("Ann", "A", {"age": "40"}),
        ("B", "B", {"town": "Orel"}),
    ]
    assert [(m.about, m.text) for m in found.memos] == [("project", "First thoughts: Look again.")]
    assert [(p.code, p.facts["what"]) for p in problems] == [("qda-left-out", "Sets")]
