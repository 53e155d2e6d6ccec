"""SPSS files, written on the spot byte by byte or by pyreadstat."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.exchange.savfile import Var, mr_set, sav_bytes

from posad.exchange.reading import read_raw
from posad.store.values import RawTable


def load(path: Path, content: bytes) -> tuple[RawTable, list[tuple[str, object]]]:
    """Return the table of a file's bytes, and the codes of what was said with the encoding assumed."""
    path.write_bytes(content)
    table, problems = read_raw(path, name=path.name)
    assert table is not None, problems
    return table, [(p.code, p.facts.get("encoding")) for p in problems]


SEX = Var("пол", [1, 2, None], "Пол респондента", {1: "Мужской", 2: "Женский"})
AGE = Var("age", [31, 98, -1], "Возраст", missing=[(97, 99), -1])
WORDS = Var("words", ["Привет  ", "", "абв"], width=20)


def test_labels_missing_values_and_sets(tmp_path: Path) -> None:
    """Labels, missing ranges and multiple-response sets come as the file declares them; user-missing values stay."""
    used = [Var("q1_1", [1, 0, 1], "Такси"), Var("q1_2", [0, 0, 1], "Почта")]
    sets = [mr_set("used", "1", "Чем пользуетесь", ["V3", "V4"]), "$named=C 8 Назв V3 V4"]

    table, said = load(tmp_path / "a.sav", sav_bytes([SEX, AGE, WORDS, *used], sets=sets))

    assert said == []
    assert table.columns == {
        "пол": (1, 2, None),
        "age": (31, 98, -1),
        "words": ("Привет", None, "абв"),
        "q1_1": (1, 0, 1),
        "q1_2": (0, 0, 1),
    }
    assert table.labels == {"пол": "Пол респондента", "age": "Возраст", "q1_1": "Такси", "q1_2": "Почта"}
    assert table.value_labels == {"пол": {1: "Мужской", 2: "Женский"}}
    assert table.missing == {"age": ((97, 99), -1)}
    assert table.sets["used"] == ("Чем пользуетесь", ("q1_1", "q1_2"), 1)
    assert table.sets["named"][1:] == (("q1_1", "q1_2"), None)


@pytest.mark.parametrize(
    ("encoding", "declared", "page", "said"),
    [
        ("utf-8", "UTF-8", 65001, []),
        ("cp1251", "windows-1251", 1251, []),
        ("cp1251", None, 1251, []),
        ("cp1251", None, 2, [("sav-encoding-assumed", "cp1251")]),
        ("cp1251", None, 1252, [("sav-encoding-assumed", "cp1251")]),
        ("cp1251", "UTF-8", 65001, [("sav-encoding-assumed", "cp1251")]),
        ("utf-8", None, 2, [("sav-encoding-assumed", "UTF-8")]),
    ],
)
def test_code_pages(
    tmp_path: Path, encoding: str, declared: str | None, page: int, said: list[tuple[str, object]]
) -> None:
    """Russian letters come out right whatever the file declares, and an assumption is said."""
    table, problems = load(tmp_path / "c.sav", sav_bytes([SEX, WORDS], encoding, declared, code_page=page))

    assert (table.labels["пол"], table.value_labels["пол"][1]) == ("Пол респондента", "Мужской")
    assert table.columns["words"] == ("Привет", None, "абв")
    assert problems == said


def test_western_letters_stay_western(tmp_path: Path) -> None:
    """A file without a code page whose words are Latin with accents is not taken for Russian."""
    words = Var("w", ["café", "naïve", "Zoë"], width=8)

    table, said = load(tmp_path / "w.sav", sav_bytes([words], "cp1252", None))

    assert table.columns["w"] == ("café", "naïve", "Zoë")
    assert said == [("sav-encoding-assumed", "cp1252")]


WHOLE = sav_bytes([SEX, AGE, WORDS])


@pytest.mark.parametrize("kept", [0, 3, 100, 300, 600, len(WHOLE) - 30, len(WHOLE) - 1])
def test_a_cut_file_is_no_table(tmp_path: Path, kept: int) -> None:
    """A file cut anywhere is a problem: part of the answers is never taken for all of them."""
    path = tmp_path / "cut.sav"
    path.write_bytes(WHOLE[:kept])

    table, problems = read_raw(path, name="cut.sav")

    assert table is None
    assert problems[-1].code in ("raw-truncated", "raw-unreadable", "raw-empty-file", "raw-not-what-it-says")


@pytest.mark.parametrize(("at", "byte"), [(180, 1), (194, 1), (480, 0), (481, 1), (84, 255), (64, 9), (700, 200)])
def test_a_damaged_file_never_ends_the_program(tmp_path: Path, at: int, byte: int) -> None:
    """One changed byte of the dictionary, some of which bring the reading library down, gives a table or problems."""
    content = bytearray(WHOLE)
    content[at] = byte
    path = tmp_path / "bad.sav"
    path.write_bytes(content)

    table, problems = read_raw(path, name="bad.sav")

    assert table is not None or problems
