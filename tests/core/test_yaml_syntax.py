"""What YAML means here, and what is said when it cannot be read."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from posad.core.place import Place
from posad.core.reading.yamls import read_plain
from posad.core.reading.yamls.compose import compose
from posad.core.speech import say


def value(text: str) -> object:
    """Return the plain value of a YAML text that has nothing wrong in it."""
    composed = compose(text, "a.yaml")
    assert composed.problems == []
    return composed.value


def found(text: str) -> list[tuple[str, int, int]]:
    """Return code, line and column of every problem of a YAML text."""
    return [(p.code, p.place.line, p.place.column) for p in compose(text, "a.yaml").problems]


@pytest.mark.parametrize(
    "written",
    [
        *(
            "no",
            "yes",
            "on",
            "off",
            "нет",
            "да",
            "True",
            "FALSE",
            "y",
            "01",
            "007",
            "+5",
            "1_000",
            "12:30",
            "190:20:30",
        ),
        *("2025-05-01", "0x1F", "0o17", "0b1", ".5", "5.", "1,5", ".inf", ".nan", "1e999", "12345678901234567890"),
        *("3-4", "54%", "<<"),
    ],
)
def test_what_only_looks_like_something_stays_text(written: str) -> None:
    """Words, dates, times, codes with zeros and the like stay the text they are."""
    assert value(f"a: {written}") == {"a": written}


@pytest.mark.parametrize(
    ("written", "meaning"),
    [
        *(
            ("5", 5),
            ("-3", -3),
            ("0", 0),
            ("0.5", 0.5),
            ("-1.25", -1.25),
            ("1e3", 1000.0),
            ("true", True),
            ("false", False),
        ),
        *(("null", None), ("~", None), ("", None), ("'5'", "5"), ('"true"', "true"), ("'null'", "null")),
    ],
)
def test_numbers_truth_and_nothing(written: str, meaning: object) -> None:
    """Plain numbers, true, false and nothing mean themselves; in quotes they are text."""
    read = value(f"a: {written}\nb: x")

    assert read == {"a": meaning, "b": "x"}
    assert isinstance(read, dict)
    assert type(read["a"]) is type(meaning)


def test_words_before_colons_are_text() -> None:
    """Codes, years and truth values before a colon are text as written."""
    assert value("1: a\n05: b\ntrue: c\n2025: d\n") == {"1": "a", "05": "b", "true": "c", "2025": "d"}


def test_long_texts_and_lists() -> None:
    """Block texts, lists with dashes, comments and a leading --- are ordinary YAML."""
    text = "---\na: >\n  one\n  two\nb:\n  - 1  # first\n  - x\nc: |\n  l1\n  l2\n"

    assert value(text) == {"a": "one two\n", "b": [1, "x"], "c": "l1\nl2\n"}


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("a: b: c\n", ("yaml-colon-inside", 1, 5)),
        ("a: x\n\tb: 5\n", ("yaml-tab", 2, 1)),
        ("a:\n  \tb: 5\n", ("yaml-tab", 2, 3)),
        ("a: x\n  b: 5\n", ("yaml-indent", 2, 4)),
        ("a:\n    b: 1\n  c: 2\n", ("yaml-indent", 3, 3)),
        ("a: x\nfoo\n", ("yaml-colon-missing", 2, 1)),
        ("a: x\nb:5\nc: 1\n", ("yaml-colon-missing", 2, 1)),
        ("a: 'x\nb: 4\n", ("yaml-quote-open", 1, 4)),
        ('a: "Сбер" и "Озон"\n', ("yaml-after-quote", 1, 11)),
        ('a: "\\d"\n', ("yaml-escape", 1, 6)),
        ("a: [b, c\nd: 5\n", ("yaml-bracket-open", 1, 4)),
        ("a: {b: 1\n", ("yaml-bracket-open", 1, 4)),
        ("a: ]\n", ("yaml-start-character", 1, 4)),
        ("a: @x\n", ("yaml-start-character", 1, 4)),
        ("a: `x`\n", ("yaml-start-character", 1, 4)),
        ("a: %5\n", ("yaml-start-character", 1, 4)),
        ("a: > 5\n", ("yaml-start-character", 1, 4)),
        ("a: - b\n", ("yaml-list-inline", 1, 4)),
        ("a: *b\n", ("yaml-anchor", 1, 4)),
        ("a: *звезда\n", ("yaml-anchor", 1, 4)),
        ("a: &b 5\n", ("yaml-anchor", 1, 4)),
        ("a: !x 5\n", ("yaml-tag", 1, 4)),
        ("a: 1\n---\nb: 2\n", ("yaml-several-documents", 2, 1)),
        ("a: x\x07y\n", ("yaml-character", 1, 5)),
        ("", ("yaml-empty", 1, 1)),
        ("# only a comment\n", ("yaml-empty", 1, 1)),
        ("a: {if: x in 3, 4}\n", ("yaml-comma-inside", 1, 17)),
        ("a: {m: 0,46, f: 0.54}\n", ("decimal-comma", 1, 8)),
        ("a: [0,5, 0,7]\n", ("decimal-comma", 1, 5)),
        ("a: 1\nb: 2\na: 3\n", ("key-twice", 3, 1)),
        ("{5: a, 05: b}\n", ("key-twice", 1, 8)),
        ("? [a]\n: b\n", ("key-not-text", 1, 3)),
        (": b\n", ("key-not-text", 1, 1)),
        ("[" * 90 + "]" * 90, ("yaml-too-deep", 1, 41)),
    ],
)
def test_each_mistake_has_its_hint_and_its_place(text: str, problem: tuple[str, int, int]) -> None:
    """Each usual slip of the pen is named as what it is, where it is."""
    assert found(text)[0] == problem


def test_mistakes_that_can_be_read_past_are_told_together() -> None:
    """Repeated words, anchors, tags and split values are all told at once."""
    text = "a: &x 1\nb: {if: y in 3, 4}\na: !!int 2\nc: *x\n"

    assert sorted(found(text)) == [
        ("key-twice", 3, 1),
        ("yaml-anchor", 1, 4),
        ("yaml-anchor", 4, 4),
        ("yaml-comma-inside", 2, 17),
        ("yaml-tag", 3, 4),
    ]


def test_lists_of_whole_numbers_without_spaces_are_lists() -> None:
    """Commas without spaces separate numbers as long as they all do."""
    assert value("a: [1,2,3]\nb: [18,24]\n") == {"a": [1, 2, 3], "b": [18, 24]}


def test_the_decimal_comma_is_shown_whole() -> None:
    """The hint about a decimal comma shows the number as its author meant it."""
    (comma,) = compose("a: {m: 0,46 %, f: 54 %}\n", "a.yaml").problems

    assert comma.place == Place("a.yaml", 1, 8, 1, 14)
    assert say(comma, "en") == "a decimal comma: '0,46 %'"


def test_places_of_words_and_values() -> None:
    """Every word and value has its place; what is not there has that of the nearest thing around it."""
    places = compose("nets:\n  move.leave: {codes: 3-4}\nlist: [a, 'bc']\n", "v.yaml").places

    assert places.key(("nets", "move.leave")) == Place("v.yaml", 2, 3, 2, 13)
    assert places.value(("nets", "move.leave", "codes")) == Place("v.yaml", 2, 23, 2, 26)
    assert places.value(("nets", "move.leave", "label")) == places.value(("nets", "move.leave"))
    assert places.value(("list", 1)) == Place("v.yaml", 3, 11, 3, 15)
    assert places.key(("list", 0)) == Place("v.yaml", 3, 8, 3, 9)
    assert places.value(("absent",)) == places.value(()) == Place("v.yaml", 1, 1)


def test_read_plain_of_a_file(tmp_path: Path) -> None:
    """A file is read as plain values, nothing when anything is wrong in it."""
    (tmp_path / "a.yaml").write_bytes("\ufeffa: нет\r\nb: [1, x]\r\n".encode())
    (tmp_path / "b.yaml").write_bytes(b"a: 1\na: 2\n")

    assert read_plain(tmp_path / "a.yaml", "a.yaml")[0] == {"a": "нет", "b": [1, "x"]}
    read, _, problems = read_plain(tmp_path / "b.yaml", "b.yaml")
    assert (read, [p.code for p in problems]) == (None, ["key-twice"])
    assert [p.code for p in read_plain(tmp_path / "c.yaml", "c.yaml")[2]] == ["file-missing"]


@given(st.text(alphabet="ab:-[]{},'\"#&*!|>%@?\n \t01.я\x00\\", max_size=40))
def test_no_text_crashes_the_reader(text: str) -> None:
    """Whatever is typed, the reader answers with a value or with problems that can be said."""
    composed = compose(text, "a.yaml")

    assert composed.problems or composed.value is not None
    assert all(say(p, language) for p in composed.problems for language in ("ru", "en"))
