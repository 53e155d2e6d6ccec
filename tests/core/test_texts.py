"""Text files in every encoding surveys come in, and the bytes behind their letters."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from posad.core.place import Place
from posad.core.reading.texts import Lines, decode, line_reader, read_text

WORDS = "Насколько вам нравится жить в вашем городе? Очень нравится; скорее нравится."


def codes(raw: bytes) -> tuple[str | None, list[str]]:
    """Return the text of bytes and the codes of the problems."""
    source, problems = decode(raw, "a.txt")
    return (source.text if source else None), [p.code for p in problems]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_utf8_is_read_without_a_word(encoding: str) -> None:
    """UTF-8, with or without a byte order mark, is what is expected."""
    assert codes(WORDS.encode(encoding)) == (WORDS, [])


@pytest.mark.parametrize("encoding", ["cp1251", "cp866", "koi8-r", "utf-16"])
def test_older_russian_encodings_are_read_and_named(encoding: str) -> None:
    """Texts of older programs are read right, with a note that says how."""
    assert codes(WORDS.encode(encoding)) == (WORDS, ["text-encoding-assumed"])


def test_western_letters_are_not_taken_for_russian() -> None:
    """A byte beside Latin letters is read as a Western letter."""
    assert codes("Le café très près".encode("cp1252")) == ("Le café très près", ["text-encoding-assumed"])


def test_a_damaged_utf8_file_is_an_error_at_the_broken_byte() -> None:
    """A few broken bytes do not turn a UTF-8 file into another encoding; the first is pointed at."""
    source, problems = decode("да\nнет".encode() + b"\xff" + b"!" + b"\xfe", "a.txt")

    assert source is not None
    assert source.text == "да\nнет\N{REPLACEMENT CHARACTER}!\N{REPLACEMENT CHARACTER}"
    assert [(p.code, p.place, p.facts["count"]) for p in problems] == [("text-bytes-broken", Place("a.txt", 2, 4), 2)]


def test_a_byte_cp1251_does_not_have_is_an_error() -> None:
    """A byte that means nothing in the assumed encoding is not passed over."""
    assert codes(WORDS.encode("cp1251") + b"\x98")[1] == ["text-encoding-assumed", "text-bytes-broken"]


def test_bytes_that_are_no_text() -> None:
    """A workbook or a picture is not read as text."""
    assert codes(b"PK\x03\x04\x00\x00abc") == (None, ["text-not-text"])


def test_line_breaks_become_line_feeds() -> None:
    """Windows and old Mac line breaks are line feeds in the text."""
    assert codes(b"a\r\nb\rc\nd") == ("a\nb\nc\nd", [])


def test_a_missing_file_and_a_folder_are_problems(tmp_path: Path) -> None:
    """What is not there, or is not a file, is said and never raised."""
    missing, first = read_text(tmp_path / "no.md", "no.md")
    folder, second = read_text(tmp_path, "answers")

    assert (missing, folder) == (None, None)
    assert [p.code for p in first + second] == ["file-missing", "file-not-readable"]
    assert first[0].place == Place("no.md")


@given(
    st.lists(st.sampled_from(["я", "a", "漢", "😀", "\r\n", "\n", "e\N{COMBINING ACUTE ACCENT}"]), max_size=30),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
)
def test_every_letter_knows_its_byte(pieces: list[str], encoding: str) -> None:
    """Cutting the file at the byte of a letter and reading both parts gives the text cut at that letter."""
    raw = "".join(pieces).encode(encoding)
    source, _ = decode(raw, "a.txt")
    assert source is not None
    inner = source.encoding

    for offset in range(len(source.text) + 1):
        at = source.byte(offset)
        before = raw[len(source.mark) : at].decode(inner).replace("\r\n", "\n")
        assert before + raw[at:].decode(inner).replace("\r\n", "\n") == source.text
        assert len(before) == offset


def test_the_line_break_a_file_uses_most() -> None:
    """New lines of an edit follow the file's own habit."""
    habits = {}
    for raw in (b"a\r\nb\r\nc\n", b"a\nb\r\nc\n", b"one line"):
        source, _ = decode(raw, "a.txt")
        habits[raw] = source.newline if source else None

    assert list(habits.values()) == ["\r\n", "\n", "\n"]


def test_places_of_spans() -> None:
    """Offsets become lines and columns counted from one, the end exclusive."""
    lines = Lines("a.md", "да\nнет\n")

    assert lines.place(0) == Place("a.md", 1, 1)
    assert lines.place(3, 6) == Place("a.md", 2, 1, 2, 4)
    assert lines.place(7) == Place("a.md", 3, 1)


def test_line_reader_gives_the_line_of_a_place(tmp_path: Path) -> None:
    """The lines shown beside problems come from the study folder; what is not there is None."""
    (tmp_path / "a.md").write_bytes("раз\r\nдва".encode("cp1251"))
    read_line = line_reader(tmp_path)

    assert read_line(Place("a.md", 2, 1)) == "два"
    assert read_line(Place("a.md", 9, 1)) is None
    assert read_line(Place("none.md", 1, 1)) is None
