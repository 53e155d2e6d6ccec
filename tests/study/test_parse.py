"""Conditions from text to tree."""

from __future__ import annotations

import pytest

from posad.core.catalogue import CATALOGUE
from posad.core.place import Place
from posad.study.expressions.parse import parse
from posad.study.expressions.tree import Compare, Expression, In, Name, Number, Word
from posad.study.expressions.writing import write

HERE = Place("variables.yaml", 7, 10)


def tree(text: str) -> Expression:
    """Return the tree of a condition that has no problems."""
    found, problems = parse(text, HERE)
    assert problems == []
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("a=1 or b=2 and c=3", "a = 1 or b = 2 and c = 3"),
        ("(a=1 or b=2) and c=3", "(a = 1 or b = 2) and c = 3"),
        ("not a=1 and b=2", "not a = 1 and b = 2"),
        ("not (a=1 and b=2)", "not (a = 1 and b = 2)"),
        ("a = 1 И не b ≠ 2 или c В 1–3", "a = 1 and not b != 2 or c in 1-3"),
        ("a<>1", "a != 1"),
        ("18 <= age", "age >= 18"),
        ("age in 18-24, 30", "age in 18-24, 30"),
        ("age not in (18 — 24,30)", "not age in 18-24, 30"),
        ("t in -5--1, −3", "t in -5--1, -3"),
        ("mood = optimists", "mood = optimists"),
        ("mood в optimists, «others»", "mood in optimists, others"),
        ("city = «Великий Новгород»", "city = «Великий Новгород»"),
        ('city = "Тверь"', "city = «Тверь»"),
        ("better.4 и firms.sber.comfort >= 7", "better.4 and firms.sber.comfort >= 7"),
        ("a - b - c * 2 = 0", "a - b - c * 2 = 0"),
        ("a - (b - c) / 2 > 1.5", "a - (b - c) / 2 > 1.5"),
        ("-a < - 2", "0 - a < -2"),
        ("answered(a) и count(b) = 2", "answered(a) and count(b) = 2"),
        ("mean(a, b + 1, max(c)) > 3", "mean(a, b + 1, max(c)) > 3"),
        ("отвечено(a) или сколько(b) > 1", "answered(a) or count(b) > 1"),
    ],
)
def test_conditions_mean_what_they_say(text: str, canonical: str) -> None:
    """Precedence, synonyms, dashes and quotes are read as a survey researcher means them."""
    assert write(tree(text)) == canonical


def test_nodes_know_their_places() -> None:
    """Every node has the span of its own text inside the file."""
    found = tree("age >= 18")

    assert found == Compare(
        Name(("age",), Place("variables.yaml", 7, 10, 7, 13)),
        ">=",
        Number(18.0, Place("variables.yaml", 7, 17, 7, 19)),
        Place("variables.yaml", 7, 10, 7, 19),
    )


def test_a_bare_word_on_the_right_is_a_group() -> None:
    """A name of one part beside an equals sign, and words in a list, are groups; a name with dots is an item."""
    left = Name(("mood",), Place("variables.yaml", 7, 10, 7, 14))

    assert tree("mood = others") == Compare(
        left, "=", Word("others", Place("variables.yaml", 7, 17, 7, 23)), Place("variables.yaml", 7, 10, 7, 23)
    )
    assert tree("mood in a, b") == In(left, (), ("a", "b"), Place("variables.yaml", 7, 10, 7, 22))
    assert isinstance(tree("a.b = c.d"), Compare)


def test_places_follow_lines() -> None:
    """In a condition of several lines a problem is placed in its own line."""
    _, problems = parse("a = 1 and\nb == 2", HERE)

    assert [(p.code, p.place) for p in problems] == [
        ("expression-double-equals", Place("variables.yaml", 8, 3, 8, 5)),
    ]


@pytest.mark.parametrize(
    ("text", "codes", "column"),
    [
        ("", ["expression-empty"], 10),
        ("   ", ["expression-empty"], 10),
        ("a == 1", ["expression-double-equals"], 12),
        ("a => 1", ["expression-arrow"], 12),
        ("a =< 1", ["expression-arrow"], 12),
        ("a = 1 && b = 2", ["expression-ampersand"], 16),
        ("a = 1 || b = 2 | c = 1", ["expression-ampersand", "expression-ampersand"], 16),
        ("!(a = 1)", ["expression-exclamation"], 10),
        ("18 <= age <= 24", ["expression-chain"], 20),
        ("age > 18,5", ["expression-decimal-comma"], 18),
        ("a = 1, 2", ["expression-rest"], 15),
        ("a in 24-18", ["expression-range-reversed"], 15),
        ("a in", ["expression-list"], 14),
        ("a in 1,", ["expression-list"], 17),
        ("a = 1 b = 2", ["expression-rest"], 16),
        ("a = ", ["expression-unfinished"], 14),
        ("and a = 1", ["expression-expected"], 10),
        ("(a = 1", ["expression-bracket-open"], 10),
        ("a = 1)", ["expression-bracket-extra"], 15),
        ("a = «Тверь", ["expression-quote-open"], 14),
        ("a = 1 ; b", ["expression-character"], 16),
        ("cont(a) = 1", ["expression-function-unknown"], 10),
        ("count() = 1", ["expression-arguments"], 10),
        ("answered(a, b)", ["expression-arguments"], 10),
        ("a = 1234567890123456", ["expression-number-long"], 14),
        ("(" * 40 + "a", ["expression-deep"], 41),
        ("1" + "+1" * 101, ["expression-long"], 211),
    ],
)
def test_mistakes_are_told_at_their_place(text: str, codes: list[str], column: int) -> None:
    """Each mistake has its own code, in the catalogue, at the column of what is wrong."""
    found, problems = parse(text, HERE)

    assert found is None
    assert [p.code for p in problems] == codes
    assert problems[0].place.column == column
    assert set(codes) <= CATALOGUE.keys()


def test_an_unknown_function_names_the_nearest() -> None:
    """A mistyped function comes with the one that was meant."""
    assert parse("cont(a) = 1", HERE)[1][0].facts["near"] == "count"
