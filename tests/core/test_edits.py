"""Edits of the user's own files: what changes, and all that must not."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from posad.core.digests import digest_bytes
from posad.core.edits import Edit, apply_edits, text_edit
from posad.core.reading.texts import decode, read_source


def edit(folder: Path, file: str, old: bytes, new: str) -> Edit:
    """Return the edit that puts new words instead of the first occurrence of some bytes."""
    raw = (folder / file).read_bytes()
    at = raw.index(old)
    return Edit(file, at, at + len(old), new, digest_bytes(raw))


def codes(folder: Path, *edits: Edit) -> list[str]:
    """Apply edits and return the codes of what is wrong."""
    return [p.code for p in apply_edits(folder, edits)]


def test_only_the_span_changes(tmp_path: Path) -> None:
    """Byte order mark, Windows line breaks, broken bytes and a missing last line break stay as they were."""
    path = tmp_path / "a.md"
    path.write_bytes(b"\xef\xbb\xbf[71 %](#x)\r\nbroken \xff here\nlast")

    assert codes(tmp_path, edit(tmp_path, "a.md", b"71 %", "72\N{NO-BREAK SPACE}%")) == []
    assert path.read_bytes() == b"\xef\xbb\xbf[72\xc2\xa0%](#x)\r\nbroken \xff here\nlast"


def test_several_edits_of_several_files(tmp_path: Path) -> None:
    """Edits in any order, of any files, are all made; an insertion is an empty span."""
    (tmp_path / "report").mkdir()
    (tmp_path / "report" / "a.md").write_bytes(b"one two three")
    (tmp_path / "b.md").write_bytes(b"four")
    start = Edit("report/a.md", 0, 0, "zero ", digest_bytes(b"one two three"))

    third = edit(tmp_path, "report/a.md", b"three", "3")
    first = edit(tmp_path, "report/a.md", b"one", "1")

    assert codes(tmp_path, third, edit(tmp_path, "b.md", b"four", "4"), first, start) == []
    assert (tmp_path / "report" / "a.md").read_bytes() == b"zero 1 two 3"
    assert (tmp_path / "b.md").read_bytes() == b"4"


def test_words_are_written_in_the_encoding_and_line_breaks_of_the_file(tmp_path: Path) -> None:
    """A file of an older program stays in its encoding, with its own line breaks."""
    path = tmp_path / "a.md"
    path.write_bytes("Город\r\nлюбят многие\r\n".encode("cp1251"))

    assert codes(tmp_path, edit(tmp_path, "a.md", "многие".encode("cp1251"), "почти\nвсе")) == []
    assert path.read_bytes() == "Город\r\nлюбят почти\r\nвсе\r\n".encode("cp1251")


def test_a_letter_the_encoding_lacks_is_refused(tmp_path: Path) -> None:
    """A letter the file's encoding does not have is an error and nothing is written."""
    path = tmp_path / "a.md"
    raw = "Город любят многие жители".encode("cp1251")
    path.write_bytes(raw)

    assert codes(tmp_path, edit(tmp_path, "a.md", "многие".encode("cp1251"), "≈ все")) == ["edit-letter-impossible"]
    assert path.read_bytes() == raw


def test_a_file_changed_meanwhile_is_left_alone(tmp_path: Path) -> None:
    """When one file has changed since the edit was made, no file is written."""
    (tmp_path / "a.md").write_bytes(b"old")
    (tmp_path / "b.md").write_bytes(b"old")
    edits = [edit(tmp_path, f, b"old", "new") for f in ("a.md", "b.md")]
    (tmp_path / "b.md").write_bytes(b"older")

    assert codes(tmp_path, *edits) == ["edit-file-changed"]
    assert (tmp_path / "a.md").read_bytes() == b"old"
    assert (tmp_path / "b.md").read_bytes() == b"older"


@pytest.mark.parametrize(
    ("spans", "code"),
    [
        ([(0, 2), (1, 3)], "edit-overlap"),
        ([(1, 3), (1, 3)], "edit-overlap"),
        ([(2, 2), (2, 2)], "edit-overlap"),
        ([(0, 99)], "edit-span-wrong"),
        ([(3, 1)], "edit-span-wrong"),
        ([(-1, 1)], "edit-span-wrong"),
        ([(0, 5)], "edit-span-wrong"),
    ],
)
def test_spans_that_cannot_be(tmp_path: Path, spans: list[tuple[int, int]], code: str) -> None:
    """Overlapping spans, spans outside the file and spans that cut a letter in two are refused."""
    raw = "abcdя".encode()
    (tmp_path / "a.md").write_bytes(raw)

    assert codes(tmp_path, *(Edit("a.md", a, b, "x", digest_bytes(raw)) for a, b in spans)) == [code]
    assert (tmp_path / "a.md").read_bytes() == raw


def test_spans_side_by_side_do_not_overlap(tmp_path: Path) -> None:
    """Neighbouring spans and an insertion at their border are in order."""
    (tmp_path / "a.md").write_bytes(b"abcd")
    edits = [Edit("a.md", a, b, new, digest_bytes(b"abcd")) for a, b, new in ((2, 4, "Y"), (0, 2, "X"), (2, 2, "-"))]

    assert codes(tmp_path, *edits) == []
    assert (tmp_path / "a.md").read_bytes() == b"X-Y"


def test_nothing_outside_the_folder_is_touched(tmp_path: Path) -> None:
    """Paths and links that lead out of the study are refused."""
    study = tmp_path / "study"
    study.mkdir()
    outside = tmp_path / "out.md"
    outside.write_bytes(b"old")
    (study / "link.md").symlink_to(outside)
    (study / "ring.md").symlink_to(study / "ring.md")
    digest = digest_bytes(b"old")

    for file, code in (
        ("../out.md", "edit-outside"),
        (str(outside), "edit-outside"),
        ("link.md", "edit-outside"),
        ("ring.md", "file-not-readable"),
        (".", "file-not-readable"),
        ("none.md", "file-missing"),
    ):
        assert codes(study, Edit(file, 0, 3, "new", digest)) == [code]
    assert outside.read_bytes() == b"old"


def test_a_link_inside_the_folder_stays_a_link(tmp_path: Path) -> None:
    """Through a link inside the study the file itself is changed, and the link stays."""
    (tmp_path / "real.md").write_bytes(b"old")
    (tmp_path / "link.md").symlink_to("real.md")

    assert codes(tmp_path, edit(tmp_path, "link.md", b"old", "new")) == []
    assert (tmp_path / "link.md").is_symlink()
    assert (tmp_path / "real.md").read_bytes() == b"new"


def test_permissions_stay_and_nothing_is_left_behind(tmp_path: Path) -> None:
    """The file keeps its mode, and no temporary file remains."""
    path = tmp_path / "a.md"
    path.write_bytes(b"old")
    path.chmod(0o640)

    assert codes(tmp_path, edit(tmp_path, "a.md", b"old", "new")) == []
    assert path.stat().st_mode & 0o777 == 0o640
    assert os.listdir(tmp_path) == ["a.md"]


def test_an_edit_that_changes_nothing_leaves_the_file(tmp_path: Path) -> None:
    """Writing the same words again does not even touch the file."""
    (tmp_path / "a.md").write_bytes(b"same")
    before = (tmp_path / "a.md").stat().st_ino

    assert codes(tmp_path, edit(tmp_path, "a.md", b"same", "same")) == []
    assert (tmp_path / "a.md").stat().st_ino == before


def test_an_edit_of_a_text_that_was_read(tmp_path: Path) -> None:
    """Offsets in the text as read lead to the right bytes, past a mark, wide letters and Windows line breaks."""
    path = tmp_path / "a.md"
    path.write_bytes("\ufeffда\r\nнет\r\n[71 %](#x)\r\n".encode())
    source, _ = read_source(path, "a.md")
    assert source is not None
    at = source.text.index("71")

    assert codes(tmp_path, text_edit(source, at, at + 2, "72")) == []
    assert path.read_bytes() == "\ufeffда\r\nнет\r\n[72 %](#x)\r\n".encode()


@given(
    st.text(st.sampled_from("aя漢😀\n"), max_size=12),
    st.tuples(st.integers(0, 12), st.integers(0, 12)).map(sorted),
    st.text("bж\n", max_size=3),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
    st.booleans(),
)
def test_editing_bytes_is_editing_the_text(text: str, span: list[int], new: str, encoding: str, windows: bool) -> None:
    """An edit made in the bytes reads back as the same edit made in the text."""
    from posad.core.edits import _edited

    start, end = (min(at, len(text)) for at in span)
    raw = (text.replace("\n", "\r\n") if windows else text).encode(encoding)
    source, _ = decode(raw, "a.md")
    assert source is not None

    edited, problems = _edited(raw, "a.md", [text_edit(source, start, end, new)])

    again, _ = decode(edited, "a.md")
    assert problems == []
    assert again is not None
    assert again.text == text[:start] + new + text[end:]
