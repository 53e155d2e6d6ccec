"""Tables as text, as Excel and other programs save them."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from posad.core.reading.csvs import CsvTable, parse_csv, read_csv, sniff
from posad.core.speech import say


def table(text: str) -> tuple[CsvTable, list[tuple[str, str]]]:
    """Return a table, and code and place of every problem with it."""
    read, problems = parse_csv(text, "a.csv")
    assert read is not None
    return read, [(p.code, f"{p.place.line}:{p.place.column}") for p in problems]


def test_commas_and_points_need_no_word() -> None:
    """A UTF-8 table with commas is read without any note."""
    read, problems = table("id,age\n1,34\n2,51\n")

    assert (read.header, read.rows, read.delimiter) == (("id", "age"), (("1", "34"), ("2", "51")), ",")
    assert problems == []


@pytest.mark.parametrize("delimiter", [";", "\t", "|"])
def test_other_delimiters_are_assumed_aloud(delimiter: str) -> None:
    """Another delimiter is recognised and a note says which; decimal commas do not confuse it."""
    read, problems = table(f"id{delimiter}income\n1{delimiter}12,5\n2{delimiter}13,75\n")

    assert read.rows == (("1", "12,5"), ("2", "13,75"))
    assert read.delimiter == delimiter
    assert problems == [("csv-delimiter-assumed", "1:1")]


@pytest.mark.parametrize(
    ("text", "delimiter"),
    [
        ('id,text\n1,"да; нет; может"\n2,"a;b;c"\n', ","),
        ("id;codes\n1;1,3,5\n2;2,4\n3;1\n", ";"),
        ("id\ttext\n1\tone, two; three\n2\tfour\n", "\t"),
        ('a;b\n"x;y";"1,2\n3,4"\n', ";"),
        ("q1,q2\n1,2\n,\n3,4\n", ","),
        ("имя;комментарий\nА;да, конечно, да\nБ;нет\n", ";"),
    ],
)
def test_the_delimiter_is_told_by_what_stays_steady(text: str, delimiter: str) -> None:
    """Delimiters inside quotes, decimal commas and free words do not mislead."""
    assert sniff(text) == delimiter


def test_one_column_stays_one() -> None:
    """A single column keeps its decimal commas and its commas in words."""
    assert table("income\n1,5\n2\n")[0].rows == (("1,5",), ("2",))
    assert table("Question, answer\nyes\nno\n")[0].header == ("Question, answer",)


def test_the_line_for_excel_names_the_delimiter() -> None:
    """A first line such as sep=; is obeyed, left out, and counted in the places."""
    read, problems = table("sep=;\na;b\n1;2\n")

    assert (read.header, read.rows, read.delimiter) == (("a", "b"), (("1", "2"),), ";")
    assert str(read.place(0, 1)) == "a.csv:3:3"
    assert problems == []


def test_line_breaks_and_doubled_quotes_inside_values() -> None:
    """A quoted value keeps its line breaks, delimiters and quotation marks; places count the file's lines."""
    read, problems = table('id,words\n1,"one\ntwo, ""three"""\n2,four\n')

    assert read.rows == (("1", 'one\ntwo, "three"'), ("2", "four"))
    assert problems == []
    assert [str(read.place(row, 1)) for row in (-1, 0, 1)] == ["a.csv:1:4", "a.csv:2:3", "a.csv:4:3"]
    assert read.place(0, 1).end_line == 3


def test_short_rows_are_filled_and_named() -> None:
    """Rows with too few values are filled with empty ones, and a warning names them."""
    read, problems = parse_csv("a,b,c\n1,2\n1,2,3\n4\n", "a.csv")

    assert read is not None
    assert read.rows == (("1", "2", ""), ("1", "2", "3"), ("4", "", ""))
    assert [(p.code, p.place.line) for p in problems] == [("csv-row-short", 2)]
    assert say(problems[0], "en") == (
        "line 2 has 2 values for 3 columns; the missing ones are taken as empty. 2 such: 2, 4"
    )


def test_long_rows_are_an_error_at_the_first_extra_value() -> None:
    """A row with more values than columns is an error, unless the extra ones are empty."""
    _, problems = table("a,b\n1,2,3\n1,2,\n")

    assert problems == [("csv-row-long", "2:5")]


def test_many_ragged_rows_are_one_problem() -> None:
    """A thousand ragged rows are told once, the first ten by line."""
    _, problems = parse_csv("a,b\n" + "1,2\n" * 1001 + "1\n" * 1000, "a.csv")

    assert len(problems) == 1
    assert problems[0].facts["count"] == 1000
    assert problems[0].facts["lines"] == ", ".join(map(str, range(1003, 1013))) + ", …"


def test_doubled_and_nameless_columns() -> None:
    """A name used twice and a filled column without a name are errors at their cells."""
    _, problems = table("a,b,a,,c\n1,2,3,4,5\n")

    assert problems == [("csv-header-twice", "1:5"), ("csv-header-empty", "1:7")]


def test_what_spreadsheets_leave_behind_is_left_out() -> None:
    """Empty columns at the right and rows of delimiters alone are left out; the rows are counted in a note."""
    read, problems = table("a,b,,\n1,2,,\n,,,\n\n3,4,,\n,,,\n")

    assert (read.header, read.rows) == (("a", "b"), (("1", "2"), ("3", "4")))
    assert problems == [("csv-rows-empty", "1:1")]


def test_names_of_columns_lose_spaces_and_line_breaks() -> None:
    """The name of a column is one line without spaces round it; cells stay as written."""
    assert table('" id ","long\nname"\n 1 ,"x "\n')[0] == CsvTable(("id", "long name"), ((" 1 ", "x "),), name="a.csv")


def test_a_quote_never_closed_is_found_where_it_opens() -> None:
    """A quotation mark that swallows the rest of the file is an error where it stands."""
    assert table('a,b\n1,x\n2,"y\n3,z\n')[1][0] == ("csv-quote-open", "3:3")


def test_a_quote_closed_inside_a_value_is_a_warning() -> None:
    """Undoubled quotation marks are read as well as can be, and said."""
    read, problems = table('a,b\n1,"OOO "Daisy""\n2,y\n')

    assert read.rows[1] == ("2", "y")
    assert problems == [("csv-quote-inside", "2:1")]


@pytest.mark.parametrize("text", ["", "\n\n", " \n;;\n"])
def test_an_empty_table_is_an_error(text: str) -> None:
    """A file without a single value is no table."""
    read, problems = parse_csv(text, "a.csv")

    assert read is None
    assert [p.code for p in problems] == ["csv-empty"]


def test_a_header_alone_is_a_table_without_rows() -> None:
    """Names of columns without data are a table of no rows."""
    assert table("a,b\n") == (CsvTable(("a", "b"), (), name="a.csv"), [])


def test_a_russian_excel_file(tmp_path: Path) -> None:
    """What Russian Excel saves (cp1251, semicolons, Windows line breaks) is read, and both assumptions are said."""
    path = tmp_path / "a.csv"
    path.write_bytes("номер;пол;доход\r\n1;мужской;12,5\r\n2;женский;13,75\r\n".encode("cp1251"))

    read, problems = read_csv(path, "answers/a.csv")

    assert read is not None
    assert read.column("доход") == ("12,5", "13,75")
    assert read.column("возраст") is None
    assert read.encoding == "cp1251"
    assert str(read.place(1, 1)) == "answers/a.csv:3:3"
    assert [p.code for p in problems] == ["text-encoding-assumed", "csv-delimiter-assumed"]


def test_a_missing_file_is_a_problem(tmp_path: Path) -> None:
    """A file that is not there is said, not raised."""
    assert [p.code for p in read_csv(tmp_path / "a.csv", "a.csv")[1]] == ["file-missing"]


def test_a_value_longer_than_usual_limits() -> None:
    """A written answer of a million letters is read whole."""
    assert table("a,b\n1," + "x" * 1_000_000 + "\n")[0].rows[0][1] == "x" * 1_000_000


CELLS = st.text(st.sampled_from('aя1,;" \n\t|'), max_size=6).map(str.strip)


@given(
    st.lists(st.lists(CELLS, min_size=3, max_size=3), min_size=1, max_size=6),
    st.sampled_from([",", ";", "\t"]),
    st.sampled_from([csv.QUOTE_ALL, csv.QUOTE_MINIMAL]),
)
def test_what_a_program_writes_is_read_back(rows: list[list[str]], delimiter: str, quoting: int) -> None:
    """Any table a program saves in the usual way comes back cell by cell, and each place points at its cell."""
    kept = [("1", *row) for row in rows]
    out = io.StringIO()
    out.write(f"sep={delimiter}\n")
    csv.writer(out, delimiter=delimiter, quoting=quoting, lineterminator="\n").writerows(  # type: ignore[arg-type]
        [("id", "q1", "q2", "q3"), *kept]
    )

    read, problems = table(out.getvalue())

    assert problems == []
    assert read.rows == tuple(kept)
    lines = out.getvalue().split("\n")
    for i, row in enumerate(read.rows):
        for j, cell in enumerate(row):
            place = read.place(i, j)
            written = lines[place.line - 1][place.column - 1 :]
            assert written.removeprefix('"').startswith(cell.replace('"', '""').split("\n")[0])


@given(st.text(alphabet='ab1,;\t|"\n ', max_size=60))
def test_no_text_crashes_the_reader(text: str) -> None:
    """Whatever the file holds, there is a table of even rows or a problem that says why not."""
    read, problems = parse_csv(text, "a.csv")

    assert read is not None or [p.code for p in problems][-1] == "csv-empty"
    if read is not None:
        assert {len(row) for row in read.rows} <= {len(read.header)}
        assert all(read.place(i, 0).line >= 1 for i in range(-1, len(read.rows)))
    assert all(say(p, language) for p in problems for language in ("ru", "en"))
