"""Raw files of every format, made on the spot."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from posad.core.problems import Problem
from posad.core.speech import say, way_out
from posad.exchange.formats import xlsx
from posad.exchange.reading import read_raw
from posad.store.values import RawTable


def codes(problems: Sequence[Problem]) -> list[str]:
    """Return the codes of problems, and make sure that each can be said in both languages."""
    for p in problems:
        assert all((say(p, language), way_out(p, language)) for language in ("ru", "en"))
    return [p.code for p in problems]


def read(path: Path, sheet: str | None = None) -> tuple[RawTable, list[str]]:
    """Return a file's table and the codes of what was said about it."""
    table, problems = read_raw(path, sheet=sheet, name=path.name)
    assert table is not None, codes(problems)
    return table, codes(problems)


def book(path: Path, rows: Sequence[Sequence[object]], merges: Sequence[str] = ()) -> Path:
    """Write a workbook of one sheet."""
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    assert sheet is not None
    sheet.title = "Данные"
    for row in rows:
        sheet.append(list(row))
    for merge in merges:
        sheet.merge_cells(merge)
    workbook.save(path)
    return path


def test_russian_excel_csv(tmp_path: Path) -> None:
    """A cp1251 file with semicolons and decimal commas keeps its cells as text and says what was assumed."""
    path = tmp_path / "ответы.csv"
    path.write_bytes("пол;вес;;\nмуж;0,75;;\nжен;1,25;;\n".encode("cp1251"))

    table, said = read(path)

    assert table.columns == {"пол": ("муж", "жен"), "вес": ("0,75", "1,25")}
    assert "text-encoding-assumed" in said


def test_headers_that_repeat_or_lack(tmp_path: Path) -> None:
    """Columns with the same name, or none, get names of their own that are said."""
    path = tmp_path / "a.csv"
    path.write_text("id,q1,q1,\n1,a,b,c\n2,,b,c\n", encoding="utf-8")

    table, said = read(path)

    assert list(table.columns) == ["id", "q1", "q1 (2)", "column 4"]
    assert table.columns["q1"] == ("a", None)
    assert said == ["raw-column-twice", "raw-column-without-name"]


def test_workbook_cells(tmp_path: Path) -> None:
    """Dates come in ISO form, whole floats as integers, numbers stored as text stay text, the empty edge goes."""
    rows: list[list[object]] = [
        ["id", "when", "seen", "age", "code", None],
        [1, date(2025, 5, 3), datetime.fromisoformat("2025-05-03 10:30"), 31.0, "007", None],
        [2, date(2025, 5, 4), datetime.fromisoformat("2025-05-04 00:00:01"), 31.5, " 1 ", None],
        [None, None, None, None, None, None],
    ]

    table, said = read(book(tmp_path / "b.xlsx", rows))

    assert table.columns == {
        "id": (1, 2),
        "when": ("2025-05-03", "2025-05-04"),
        "seen": ("2025-05-03 10:30:00", "2025-05-04 00:00:01"),
        "age": (31, 31.5),
        "code": ("007", "1"),
    }
    assert said == []


def test_merged_header_rows_become_one(tmp_path: Path) -> None:
    """A question over several columns is joined to the options below it, a title over the table is skipped."""
    rows: list[list[object]] = [
        ["Опрос жителей", None, None, None],
        ["id", "Чем пользуетесь?", None, "Возраст"],
        [None, "Такси", "Почта", None],
        [1, 1, 0, 30],
        [2, 0, 1, 40],
    ]
    path = book(tmp_path / "m.xlsx", rows, ["A1:D1", "A2:A3", "B2:C2", "D2:D3"])

    table, said = read(path)

    assert table.columns == {
        "id": (1, 2),
        "Чем пользуетесь? / Такси": (1, 0),
        "Чем пользуетесь? / Почта": (0, 1),
        "Возраст": (30, 40),
    }
    assert said == ["raw-title-row-skipped", "raw-header-rows-joined"]


def test_merged_answers_are_told(tmp_path: Path) -> None:
    """Merged cells among the answers hold one answer for several people, which is a warning."""
    path = book(tmp_path / "m.xlsx", [["id", "q"], [1, 5], [2, None], [3, 4]], ["B2:B3"])

    table, said = read(path)

    assert table.columns["q"] == (5, None, 4)
    assert said == ["raw-merged-cells"]


def test_sheets(tmp_path: Path) -> None:
    """The first visible sheet is taken and the others named; a sheet that is not there gets a near name."""
    path = book(tmp_path / "s.xlsx", [["id"], [1]])
    workbook = openpyxl.load_workbook(path)
    workbook.create_sheet("Коды").append(["a"])
    workbook.save(path)

    table, said = read(path)
    absent, problems = read_raw(path, sheet="Даные", name="s.xlsx")

    assert (table.columns, said) == ({"id": (1,)}, ["raw-first-sheet"])
    assert absent is None
    assert [(p.code, p.facts["near"]) for p in problems] == [("raw-no-sheet", "Данные")]


def test_formulas(tmp_path: Path) -> None:
    """A formula that was never counted and an Excel error are empty cells with a warning each."""
    path = book(tmp_path / "f.xlsx", [["id", "sum", "bad"], [1, "=1+1", "#N/A"], [2, 3, "x"]])

    table, said = read(path)

    assert table.columns == {"id": (1, 2), "sum": (None, 3), "bad": (None, "x")}
    assert said == ["raw-formula-without-value", "raw-cell-error"]


def test_zip_bombs_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A workbook that unpacks to more than the limit is not unpacked."""
    path = book(tmp_path / "z.xlsx", [["id"], [1]])
    monkeypatch.setattr(xlsx, "MOST_BYTES", 1000)

    table, problems = read_raw(path, name="z.xlsx")

    assert (table, codes(problems)) == (None, ["raw-too-large"])


def test_entities_in_workbooks_are_refused(tmp_path: Path) -> None:
    """XML that defines entities is not expanded."""
    source, path = book(tmp_path / "e.xlsx", [["id"], [1]]), tmp_path / "evil.xlsx"
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(path, "w") as new:
        for part in old.infolist():
            data = old.read(part)
            if part.filename.endswith("sheet1.xml"):
                data = b'<!DOCTYPE x [<!ENTITY a "aaaa">]>' + data
            new.writestr(part, data)

    table, problems = read_raw(path, name="evil.xlsx")

    assert (table, codes(problems)) == (None, ["raw-unreadable"])


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.csv", b"", "raw-empty-file"),
        ("a.csv", b"id,q1\n", "raw-no-rows"),
        ("a.csv", b"PK\x03\x04rest", "raw-not-what-it-says"),
        ("a.csv", b"$FL2rest", "raw-not-what-it-says"),
        ("a.csv", b"ab\x00\x01cd", "raw-not-what-it-says"),
        ("a.xlsx", b"id,q1\n1,2\n", "raw-not-what-it-says"),
        ("a.xlsx", b"PK\x03\x04rest", "raw-truncated"),
        ("a.xlsx", b"\xd0\xcf\x11\xe0rest", "raw-old-excel"),
        ("a.xls", b"\xd0\xcf\x11\xe0rest", "raw-old-excel"),
        ("a.sav", b"id,q1\n1,2\n", "raw-not-what-it-says"),
        ("a.sav", b"$FL2 cut", "raw-truncated"),
        ("a.docx", b"PK\x03\x04rest", "raw-unknown-format"),
        ("a.pdf", b"%PDF-1.7", "raw-unknown-format"),
    ],
)
def test_files_that_are_not_what_they_say(tmp_path: Path, name: str, content: bytes, code: str) -> None:
    """An empty, cut or misnamed file is one clear problem."""
    path = tmp_path / name
    path.write_bytes(content)

    table, problems = read_raw(path, name=name)

    assert (table, codes(problems)[-1]) == (None, code)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    """A missing file and a folder in its place are problems."""
    assert codes(read_raw(tmp_path / "no.csv", name="no.csv")[1]) == ["file-missing"]
    assert codes(read_raw(tmp_path, name="x.csv")[1]) == ["file-not-readable"]


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.one_of(st.binary(max_size=300), st.text(alphabet='a1,;\t"\n\r ж\u00a0', max_size=200).map(str.encode)))
def test_any_bytes_are_a_table_or_problems(tmp_path: Path, content: bytes) -> None:
    """Whatever bytes a CSV has, there is a table of equally long columns or a problem, never an exception."""
    path = tmp_path / "any.csv"
    path.write_bytes(content)

    table, problems = read_raw(path, name="any.csv")

    assert table is not None or problems
    assert table is None or len({len(v) for v in table.columns.values()}) == 1
    codes(problems)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, 7000), st.integers(0, 255))
def test_a_damaged_workbook_is_a_table_or_problems(tmp_path: Path, at: int, byte: int) -> None:
    """One changed byte of a workbook never raises."""
    path = tmp_path / "d.xlsx"
    if not path.exists():
        book(path, [["id", "q"], [1, 2], [2, 3]])
    content = bytearray(path.read_bytes())
    content[at % len(content)] = byte
    damaged = tmp_path / "damaged.xlsx"
    damaged.write_bytes(content)

    table, problems = read_raw(damaged, name="damaged.xlsx")

    assert table is not None or problems
