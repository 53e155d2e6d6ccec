"""Documents of transcripts, codebooks and highlights of other programs, positions counted in any way."""

from __future__ import annotations

import tempfile
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.words.made import interviews, segment

from posad.core.words import LocalText
from posad.exchange.qualitative.documents import read_document
from posad.exchange.qualitative.refi.describing import description, read_description
from posad.exchange.qualitative.refi.positions import Mark, Way, counted, settle, spans
from posad.exchange.qualitative.refi.reading import read_codebook, read_project
from posad.exchange.qualitative.refi.writing import write_codebook, write_project
from posad.exchange.qualitative.taguette import codebook_csv, highlights_csv, read_codebook_csv, read_highlights_csv
from posad.study.words.interviews.values import Code, Codebook, Segment

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
T = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"
O = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"  # noqa: E741


def docx(path: Path, body: str) -> Path:
    """Write a document of Word with a body."""
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", f'<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>')
    return path


def odt(path: Path, body: str) -> Path:
    """Write an OpenDocument text with a body."""
    xml = (
        f'<o:document-content xmlns:o="{O}" xmlns:t="{T}"><o:body><o:text>{body}</o:text></o:body></o:document-content>'
    )
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("content.xml", xml)
    return path


def test_word_documents_become_turns(tmp_path: Path) -> None:
    """Each paragraph is a turn; runs are joined, breaks and tables kept, deleted words left out and said to be."""
    body = (
        "<w:p><w:r><w:t>И: Ка</w:t></w:r><w:r><w:t>к вы?</w:t></w:r></w:p><w:p/>"
        "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>Р: Хо</w:t><w:br/><w:t>рошо</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
        "<w:p><w:r><w:t>Мы</w:t></w:r><w:del><w:r><w:delText> не</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t> все</w:t></w:r></w:ins><w:r><w:tab/><w:t>здесь</w:t></w:r></w:p>"
    )
    text, problems = read_document(docx(tmp_path / "a.docx", body), "a.docx")

    assert text == "И: Как вы?\n\nР: Хо\nрошо\n\nМы все\tздесь\n"
    assert [p.code for p in problems] == ["document-changes"]


def test_open_documents_become_turns(tmp_path: Path) -> None:
    """Spaces, tabs and breaks of an OpenDocument are words too; notes and headings are told apart from turns."""
    body = (
        "<t:h>Интервью</t:h><t:p>Р: Да,<t:s t:c='3'/>мы<t:tab/>здесь<t:line-break/>живём"
        "<t:note><t:note-body><t:p>сноска</t:p></t:note-body></t:note>.</t:p><t:list><t:list-item><t:p>Всё</t:p></t:list-item></t:list>"
    )
    text, problems = read_document(odt(tmp_path / "a.odt", body), "a.odt")

    assert text == "Интервью\n\nР: Да,   мы\tздесь\nживём.\n\nВсё\n"
    assert problems == []


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ("И: Да?\nР: Нет.\n".encode(), "И: Да?\n\nР: Нет.\n"),
        ("И: Да?\r\n\r\nР: Нет.\r\nНет.\r\n".encode("cp1251"), "И: Да?\n\nР: Нет.\nНет.\n"),
        ("Е\u0308лка".encode(), "Ёлка\n"),
    ],
)
def test_texts_become_turns(tmp_path: Path, data: bytes, text: str) -> None:
    """Lines are turns where no blank lines stand between; older encodings, line ends and composed letters are evened."""
    path = tmp_path / "a.txt"
    path.write_bytes(data)

    assert read_document(path, "a.txt")[0] == text


TEXTS = st.text(st.sampled_from("аб \n🙂.w"), min_size=1, max_size=40)
ANY = st.builds(Way, st.sampled_from(["lf", "stored", "crlf"]), st.booleans(), st.booleans(), st.booleans())


@given(TEXTS, ANY, st.data())
def test_positions_go_there_and_back(text: str, way: Way, data: st.DataObject) -> None:
    """Whatever a program counts, a span written its way is the same span when read its way."""
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    positions = counted(text, way, text.replace("\n", "\r\n"))
    mark = Mark(int(positions[start]), int(positions[end]) - (1 if way.inclusive else 0))

    if mark.start < mark.end + (1 if way.inclusive else 0):
        assert spans([mark], positions, way) == [(start, end)]


def test_names_of_selections_decide() -> None:
    """Where boundaries tell nothing, the beginning of the words that a program wrote beside a selection does."""
    text = "aaaa\nbbbb\ncccc dddd"
    crlf = text.replace("\n", "\r\n")
    at = crlf.index("cccc")
    told = settle(text, [Mark(at, at + 4, "cccc")], text)
    plain = settle(text, [Mark(text.index("cccc"), text.index("cccc") + 4, "cccc")], text)

    assert text[slice(*(told.spans[0] or (0, 0)))] == "cccc"
    assert told.way == Way("crlf")
    assert plain.way == Way()


WORDS = st.text(st.sampled_from('абв \n🙂.w<&\t"]'), min_size=1, max_size=30)


@given(WORDS, st.sampled_from(["refi", "maxqda", "utf16"]), st.text(max_size=12), st.data())
def test_any_project_of_ours_comes_back(text: str, target: str, memo: str, data: st.DataObject) -> None:
    """Whatever is selected in whatever text, with whatever memo, a project of ours is read as it was written."""
    own = interviews({"A": f"Р: {text}", "B": "Р: Да."})
    start = data.draw(st.integers(0, len(own.texts["A"].text) - 1))
    end = data.draw(st.integers(start + 1, len(own.texts["A"].text)))
    kept = " ".join("".join(c for c in memo if c.isprintable()).split())
    wanted = Segment("A", start, end, "b", "x", kept)
    archive, _ = write_project(replace(own, coded=(("A", "x"),)), [wanted], "p", target)  # type: ignore[arg-type]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.qdpx"
        path.write_bytes(archive)
        found, problems = read_project(path, path.name, "ru")

    assert found is not None
    assert dict(found.texts) == {t.id: t.text for t in own.transcripts}
    if own.texts["A"].text[start:end].strip():
        assert (found.segments, [p.code for p in problems]) == ((wanted,), [])
    else:
        assert (found.segments, [p.code for p in problems]) == ((), ["qda-coding-blank"])


def test_a_description_carries_a_code() -> None:
    """Definition, rules and labels in other languages go into a description and come back; foreign words are the definition."""
    own = interviews({"A": "Р: Да."}).codebook.codes[0]
    code = Code(
        "trust", LocalText.of(ru="Доверие", en="Trust"), own.place,
        definition=LocalText.of(ru="Верят", en="They believe"), include=LocalText.of(ru="Слова о вере"),
        exclude=LocalText.of(ru="Привычка"), example=LocalText.of(ru="Мы верим [им]"),
    )  # fmt: skip
    id, texts = read_description(description(code, "ru"), "Доверие", "ru")
    foreign = read_description("Some words\nof another program", "Trust", "en")

    assert id == "trust"
    assert {k: dict(v.parts) for k, v in texts.items()} == {
        "label": {"ru": "Доверие", "en": "Trust"},
        "definition": {"ru": "Верят", "en": "They believe"},
        "include": {"ru": "Слова о вере"},
        "exclude": {"ru": "Привычка"},
        "example": {"ru": "Мы верим [им]"},
    }
    assert (foreign[0], foreign[1]["definition"].get("en")) == ("", "Some words\nof another program")


def test_codebooks_go_there_and_back(tmp_path: Path) -> None:
    """As .qdc and as Taguette's table a codebook comes back with its ids, labels and tree."""
    own = interviews({"A": "Р: Да."}, ("top", "in", "deep"), under={"in": "top", "deep": "in"})
    (tmp_path / "a.qdc").write_bytes(write_codebook(own))
    (tmp_path / "a.csv").write_text(codebook_csv(own), encoding="utf-8")
    qdc, problems = read_codebook(tmp_path / "a.qdc", "a.qdc", "ru")
    table, more = read_codebook_csv(tmp_path / "a.csv", "a.csv", "ru")

    assert problems == more == []
    for found in (qdc, table):
        assert found is not None
        assert [(c.id, c.under, c.label.get("ru")) for c in found.codes] == [
            ("top", "", "top"), ("in", "top", "in"), ("deep", "in", "deep")
        ]  # fmt: skip


def test_codes_of_one_label_are_told_apart(tmp_path: Path) -> None:
    """Two codes of one label go out with their ids behind it, because some programs keep one code of a name, and come back without."""
    own = interviews({"A": "Р: Да."}, ("a", "b", "c"))
    labels = {"a": "Да", "b": "да", "c": "Нет"}
    book = Codebook(tuple(replace(c, label=LocalText.of(ru=labels[c.id])) for c in own.codebook.codes))
    data = write_codebook(replace(own, codebook=book))
    (tmp_path / "a.qdc").write_bytes(data)
    back, _ = read_codebook(tmp_path / "a.qdc", "a.qdc", "ru")

    assert [f'name="{n}"' in data.decode() for n in ("Да [a]", "да [b]", "Нет")] == [True, True, True]
    assert back is not None
    assert [c.label.get("ru") for c in back.codes] == ["Да", "да", "Нет"]


def test_highlights_go_there_and_back(tmp_path: Path) -> None:
    """Highlights find their words in the transcripts again, two codes on the same words and words that begin like a formula too."""
    own = interviews({"A": "Р: Да, и ещё раз да.\n\n- Нет.", "B": "Р: Да."}, ("top", "in"), under={"in": "top"})
    segments = [segment(own, "ещё раз", "in"), segment(own, "ещё раз", "top"), segment(own, "- Нет.", "in")]
    (tmp_path / "h.csv").write_text(highlights_csv(own, segments), encoding="utf-8")
    texts = {t.id: t.text for t in own.transcripts}
    found, problems = read_highlights_csv(tmp_path / "h.csv", "h.csv", texts, "x", "ru")

    assert problems == []
    assert found is not None
    assert list(found.segments) == sorted(segments)
    assert [(c.id, c.under) for c in found.codebook.codes] == [("top", ""), ("in", "top")]


def test_highlights_of_other_texts_are_named(tmp_path: Path) -> None:
    """A document that is not here and words that are not in it are named, and the rest is taken."""
    rows = "id,document,tag,content\n1,A,trust,Да\n2,A,trust,нет такого\n3,Z,trust,Да\n4,A,,Да\n"
    (tmp_path / "h.csv").write_text(rows, encoding="utf-8")
    found, problems = read_highlights_csv(tmp_path / "h.csv", "h.csv", {"A": "Р: Да."}, "x", "ru")

    assert found is not None
    assert [(s.start, s.end, s.code) for s in found.segments] == [(3, 5, "trust")]
    assert [p.code for p in problems] == ["taguette-not-found", "taguette-document-unknown"]
