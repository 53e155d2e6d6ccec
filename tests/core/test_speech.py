"""How problems are said and shown."""

from __future__ import annotations

import json

import pytest

from posad.core.place import Place
from posad.core.problems import Problem, problem
from posad.core.speech import has_errors, in_order, say, severity, show, show_all, summary, to_json, way_out


def unknown(column: int = 1, *, line: int = 1, file: str = "a.yaml", end: int | None = None) -> Problem:
    """Return an unknown word at a place."""
    place = Place(file, line, column, line if end else None, end)
    return problem("key-unknown", place, key="qoutas", allowed="quotas", near="quotas")


def caret(line: str, found: Problem) -> tuple[str, str]:
    """Return the shown line and the line of carets under it, without the margin."""
    shown = show(found, "ru", line).split("\n")
    return shown[1].removeprefix("    "), shown[2].removeprefix("    ")


def test_say_in_both_languages() -> None:
    """The message is said in the language asked for, with the near name."""
    assert say(unknown(), "ru") == "лишнее слово «qoutas» — может быть, «quotas»?"
    assert say(unknown(), "en") == "unknown word 'qoutas' — did you mean 'quotas'?"


def test_no_near_name_no_guess() -> None:
    """An empty near name adds nothing."""
    assert say(problem("key-unknown", Place("a"), key="x", allowed="", near=""), "en") == "unknown word 'x'"


def test_way_out_names_facts() -> None:
    """The way out names the facts too."""
    assert way_out(unknown(), "ru") == "Здесь можно: quotas."
    assert way_out(unknown(), "en") == "Allowed here: quotas."


@pytest.mark.parametrize(
    ("got", "ru", "en"),
    [(1, "1 значение, а", "1 value for"), (2, "2 значения, а", "2 values for"), (5, "5 значений, а", "5 values for")],
)
def test_counts_agree_with_their_nouns(got: int, ru: str, en: str) -> None:
    """A count in a message takes the right form of its noun in each language."""
    row = problem("csv-row-long", Place("a.csv"), line=7, got=got, needed=4, count=1, lines="7")

    assert ru in say(row, "ru")
    assert en in say(row, "en")


def test_kinds_are_said_in_words() -> None:
    """Kinds of value are said in the language of the message."""
    wrong = problem("value-wrong-kind", Place("a.yaml"), needed="whole+list", got="x")

    assert say(wrong, "ru") == "здесь ожидается целое число или список, а написано «x»"
    assert say(wrong, "en") == "a whole number or a list is needed here, not 'x'"


def test_long_and_broken_facts_stay_on_one_line() -> None:
    """A fact with line breaks, control characters or endless length cannot break the message."""
    said = say(problem("key-unknown", Place("a"), key="a\nb\x1b[31m" + "x" * 999, allowed=""), "en")

    assert "\n" not in said
    assert "\x1b" not in said
    assert len(said) < 230


def test_braces_in_facts_are_only_text() -> None:
    """Braces in the user's own words are not taken for facts."""
    assert say(problem("key-unknown", Place("a"), key="{if: x}", allowed=""), "en") == "unknown word '{if: x}'"


def test_show_has_place_line_caret_and_way_out() -> None:
    """A problem is shown with its place, kind and code, the line, the caret and the way out."""
    assert show(unknown(3, end=9), "ru", "  qoutas: 5") == "\n".join(
        [
            "a.yaml:1:3: ошибка: лишнее слово «qoutas» — может быть, «quotas»? [key-unknown]",
            "      qoutas: 5",
            "      ^^^^^^",
            "    → Здесь можно: quotas.",
        ]
    )


def test_show_without_a_line() -> None:
    """Without its line a problem is shown by its place alone."""
    assert show(unknown(), "en").split("\n")[1:] == ["    → Allowed here: quotas."]


def test_tabs_move_the_caret() -> None:
    """A tab is shown as spaces up to the next fourth column and the caret stands under its letter."""
    assert caret("\ta\tqoutas", unknown(4, end=10)) == ("    a   qoutas", "        ^^^^^^")


def test_wide_and_combining_characters_move_the_caret() -> None:
    """Wide characters take two cells and combining ones none, so that the caret stays under its letter."""
    assert caret("漢字e\N{COMBINING ACUTE ACCENT}x", unknown(5)) == ("漢字e\N{COMBINING ACUTE ACCENT}x", "     ^")


def test_control_characters_are_not_sent_to_the_terminal() -> None:
    """Control and direction characters of the user's file are shown as replacement characters."""
    shown, _ = caret("a\x1b[31mb\N{RIGHT-TO-LEFT OVERRIDE}c", unknown(1))

    assert shown == "a\N{REPLACEMENT CHARACTER}[31mb\N{REPLACEMENT CHARACTER}c"


@pytest.mark.parametrize("column", [1, 60, 250, 499, 500])
def test_long_lines_are_clipped_round_the_caret(column: int) -> None:
    """Of a long line a part no wider than 100 cells is shown, and the caret points at the right letter."""
    line = "".join(chr(ord("а") + i % 32) for i in range(500))
    shown, under = caret(line, unknown(column))

    assert len(shown) <= 100
    assert shown[len(under) - 1] == line[column - 1]
    assert shown.startswith("…") == (column > 33)
    assert shown.endswith("…") == (column < 450)


def test_a_caret_past_the_end_of_the_line() -> None:
    """A place just after the last letter, or beyond it, puts the caret after the line."""
    assert caret("ab", unknown(3)) == ("ab", "  ^")
    assert caret("ab", unknown(99)) == ("ab", "  ^")


def test_a_span_over_several_lines_is_marked_to_the_end_of_the_first() -> None:
    """Of a span over several lines the first line's part is marked."""
    place = Place("a.yaml", 1, 3, 2, 4)

    assert caret("ab[cd", problem("yaml-tab", place)) == ("ab[cd", "  ^^^")


def test_a_folder_is_named_without_a_line() -> None:
    """A place that is a folder or a command has no line, and none is shown."""
    note = problem("csv-delimiter-assumed", Place("answers"), delimiter=";")

    assert show(note, "en").startswith("answers: note: ")


def test_show_all_sorts_counts_and_drops_doubles() -> None:
    """Problems are shown by file, line and column, each once, and counted by how grave they are."""
    note = problem("csv-delimiter-assumed", Place("b.csv"), delimiter=";")
    found = [note, unknown(2, line=10), unknown(2, line=9), unknown(1, file="A.yaml"), unknown(2, line=9)]

    shown = show_all(found, "ru", lambda place: None).split("\n\n")

    assert [block.split(": ")[0] for block in shown[:-1]] == ["A.yaml:1:1", "a.yaml:9:2", "a.yaml:10:2", "b.csv:1:1"]
    assert shown[-1] == "3 ошибки, 1 заметка"
    assert show_all(found, "en", lambda place: None).endswith("3 errors, 1 note")


def test_show_all_asks_for_the_line_of_each_place() -> None:
    """The line shown is the one the reader of lines gives for the place."""
    shown = show_all([unknown(1, line=2)], "en", lambda place: f"line {place.line} of {place.file}")

    assert "    line 2 of a.yaml\n    ^\n" in shown


def test_nothing_wrong_is_said() -> None:
    """No problems at all is a sentence too."""
    assert show_all([], "ru", lambda place: None) == "Замечаний нет"
    assert summary([], "en") == "No problems"


def test_order_puts_graver_first_at_one_place() -> None:
    """At one place errors come before notes."""
    note = problem("csv-delimiter-assumed", Place("a.yaml"), delimiter=";")

    assert in_order([note, unknown()]) == (unknown(), note)


def test_severity_and_errors() -> None:
    """Notes do not stop the work, errors do."""
    note = problem("csv-delimiter-assumed", Place("b.csv"), delimiter=";")

    assert severity(note) == "note"
    assert not has_errors([note])
    assert has_errors([note, unknown()])


def test_json_holds_everything() -> None:
    """A program gets code, place, facts and both languages as plain JSON values."""
    said = json.loads(json.dumps(to_json(unknown(3, end=9))))

    assert said == {
        "code": "key-unknown",
        "severity": "error",
        "file": "a.yaml",
        "line": 1,
        "column": 3,
        "end_line": 1,
        "end_column": 9,
        "facts": {"key": "qoutas", "allowed": "quotas", "near": "quotas"},
        "message": {
            "ru": "лишнее слово «qoutas» — может быть, «quotas»?",
            "en": "unknown word 'qoutas' — did you mean 'quotas'?",
        },
        "way_out": {"ru": "Здесь можно: quotas.", "en": "Allowed here: quotas."},
    }
