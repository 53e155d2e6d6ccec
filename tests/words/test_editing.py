"""Rows of codings added, taken out and put anew in the study's own files, every other byte kept."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from tests.words.made import coding

from posad.study.words.interviews.codings import read_codings
from posad.study.words.interviews.values import Codebook, Coding
from posad.words.interviews.editing import add_codings, file_of, remove_codings, replace_codings

NAME = file_of("A", "x")
OWN = 'code;par;quote;кто\r\na;1;«да»;Анна\r\n\r\nb;2;"нет\r\n\r\nнет";Анна\r\n'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a study with a coder's file in an order and form of its own."""
    path = tmp_path / NAME
    path.parent.mkdir(parents=True)
    path.write_bytes(OWN.encode("utf-8"))
    return tmp_path


def read(folder: Path) -> list[Coding]:
    """Return the codings of a folder."""
    return list(read_codings(folder, Codebook(), {})[0])


def test_a_row_is_added_in_the_columns_of_the_file(folder: Path) -> None:
    """A new row takes the file's own columns, delimiter and line ends; what stood there stays byte for byte."""
    assert add_codings(folder, [coding("слово; и\nеще", 3)]) == []
    assert (folder / NAME).read_bytes() == (OWN + 'a;3;"слово; и\r\nеще";\r\n').encode()


def test_a_file_is_made_where_there_is_none(tmp_path: Path) -> None:
    """The first coding of a coder makes the file with its header."""
    assert add_codings(tmp_path, [coding("да"), replace(coding("нет", nth=2), memo="м")]) == []
    assert (tmp_path / NAME).read_text("utf-8") == "par,code,quote,nth,memo\n1,a,да,,\n1,a,нет,2,м\n"


def test_undoing_an_addition_restores_the_file(folder: Path) -> None:
    """A coding added and removed again leaves the bytes as they were; rows over several lines are removed whole."""
    new = coding("слово\nи еще", 3)
    add_codings(folder, [new])
    remove_codings(folder, [new])
    once = (folder / NAME).read_bytes()
    remove_codings(folder, [read(folder)[1]])

    assert once == OWN.encode()
    assert (folder / NAME).read_bytes() == OWN.split("b;2")[0].encode()


def test_a_row_is_put_anew(folder: Path) -> None:
    """A changed row keeps the columns that are not ours."""
    old = read(folder)[0]

    assert replace_codings(folder, [(old, replace(old, first=4, last=5, quote="да, да"))]) == []
    assert (folder / NAME).read_bytes() == OWN.replace("a;1;«да»;Анна", "a;4-5;да, да;Анна").encode()


def test_a_row_that_is_gone_changes_nothing(folder: Path) -> None:
    """Where one of several rows is no longer there, nothing is written and it is said."""
    found = replace_codings(folder, [(read(folder)[0], None), (coding("чего нет"), None)])

    assert [p.code for p in found] == ["coding-gone"]
    assert (folder / NAME).read_bytes() == OWN.encode()
