"""Texts kept on the disk between builds."""

from __future__ import annotations

from pathlib import Path

import pytest

from posad.core.reading.kept import Shelf


def test_a_kept_text_comes_back_whole(tmp_path: Path) -> None:
    """What was put on a shelf is read again by another one, to the last character."""
    text = "дом\r\n<svg/>\x00 \n"
    Shelf(tmp_path / "kept").put("one", text)

    assert Shelf(tmp_path / "kept").get("one") == text
    assert Shelf(tmp_path / "kept").get("two") is None


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: data[:-1],
        lambda data: data + b" ",
        lambda data: data.replace(b"whole", b"other"),
        lambda data: b"",
        lambda data: b"\xff\xfe\n" + data,
        lambda data: data.partition(b"\n")[2],
    ],
)
def test_a_damaged_text_counts_as_none(tmp_path: Path, damage: object) -> None:
    """A kept text that was cut, lengthened, changed or emptied is not read."""
    Shelf(tmp_path).put("one", "a whole text")
    assert callable(damage)
    (tmp_path / "one").write_bytes(damage((tmp_path / "one").read_bytes()))

    assert Shelf(tmp_path).get("one") is None


def test_what_nobody_wants_is_forgotten(tmp_path: Path) -> None:
    """Texts that were read, put or wanted stay; all others go, with what a killed process left behind."""
    first = Shelf(tmp_path)
    for name in ("read", "wanted", "left"):
        first.put(name, name)
    (tmp_path / ".left.1").write_text("half", encoding="utf-8")
    shelf = Shelf(tmp_path)
    shelf.get("read")
    shelf.want("wanted")
    shelf.put("new", "new")
    shelf.forget()

    assert sorted(p.name for p in tmp_path.iterdir()) == ["new", "read", "wanted"]


def test_a_folder_that_cannot_be_written_costs_only_time(tmp_path: Path) -> None:
    """Where a file stands in the way of the folder nothing is kept, and nothing fails."""
    (tmp_path / "kept").write_text("a file", encoding="utf-8")
    shelf = Shelf(tmp_path / "kept")
    shelf.put("one", "text")
    shelf.forget()

    assert shelf.get("one") is None
    assert (tmp_path / "kept").read_text(encoding="utf-8") == "a file"
