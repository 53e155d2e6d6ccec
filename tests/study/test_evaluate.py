"""Conditions for one respondent: three values of truth, two readings of an answer."""

from __future__ import annotations

from pathlib import Path

import pytest

from posad.core.catalogue.expressions import ENTRIES
from posad.core.place import Place
from posad.core.words import LocalText
from posad.study.expressions.evaluate import evaluate
from posad.study.expressions.parse import parse
from posad.study.expressions.scope import Scope, check_names
from posad.study.plans.values import Group, Net, Variable
from posad.study.questionnaire.values import Item, Kind, Option, Role

P = Place("q.md")
NO = LocalText()


def options(*codes: int, **roles: Role) -> tuple[Option, ...]:
    """Return unlabelled options; ``c99=Role.DONT_KNOW`` gives code 99 a role."""
    return tuple(
        Option(c, LocalText.of(ru=f"ответ {c}"), P, frozenset(r for n, r in roles.items() if n == f"c{c}"))
        for c in codes
    )


LIKE = Item("like", Kind.SCALE, NO, "like", options(1, 2, 3, 4, 5, 99, c99=Role.DONT_KNOW))
MOVE = Item("move", Kind.SINGLE, NO, "move", options(1, 2, 3, 4))
BETTER = Item("better", Kind.MULTIPLE, NO, "better", options(1, 4, 97))
AGE = Item("age", Kind.NUMBER, NO, "age", options(999, c999=Role.OUT_OF_BASE))
CITY = Item("city", Kind.OPEN, NO, "city")
TOWN = Item("town", Kind.TERRITORY, NO, "town")
SBER = Item("firms.sber", Kind.SCALE, NO, "firms", options(*range(1, 11)), row="sber")
OZON = Item("firms.ozon", Kind.SCALE, NO, "firms", options(*range(1, 11)), row="ozon")
MOOD = Variable("mood", NO, (Group("glad", 1, NO, None, P), Group("sad", 2, NO, None, P)), P)
MANY = Variable("many", NO, (Group("one", 1, NO, None, P), Group("two", 2, NO, None, P)), P, exclusive=False)
ITEMS = (LIKE, MOVE, BETTER, AGE, CITY, TOWN, SBER, OZON)
SCOPE = Scope(
    {i.id: i for i in ITEMS},
    {"move.leave": Net("leave", "move", (3, 4), NO, P), "firms.top4": Net("top4", "firms", (7, 8, 9, 10), NO, P)},
    {"mood": MOOD, "many": MANY},
)  # fmt: skip
ROW = {
    "like": 4, "move": 3, "better__1": 0, "better__4": 1, "better__97": 0, "age": 40.0, "city": "Тверь", "town": "Кимры",
    "firms__sber": 8, "firms__ozon": 2, "mood": 2, "many__1": 1, "many__2": 0,
}  # fmt: skip


def value(text: str, **changes: object) -> object:
    """Return a condition's value for the row above with some answers changed."""
    tree, problems = parse(text, P)
    assert tree is not None, problems
    assert check_names(tree, SCOPE, condition=False) == []
    return evaluate(tree, {**ROW, **changes}, SCOPE)


NO_BETTER = {"better__1": None, "better__4": None, "better__97": None}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("like = 4", True),
        ("like != 4", False),
        ("move.leave", True),
        ("move.3 and not move.4", True),
        ("firms.sber.top4 and not firms.ozon.top4", True),
        ("better = 4", True),
        ("better != 4", False),
        ("better = 1", False),
        ("better in 1-3, 97", False),
        ("better in 2-4", True),
        ("better.4", True),
        ("count(better)", 1.0),
        ("answered(better)", True),
        ("mood = sad", True),
        ("mood in glad, sad", True),
        ("mood.glad", False),
        ("many = one", True),
        ("many.two", False),
        ("city = «Тверь»", True),
        ("city = «тверь»", False),
        ("city != town", True),
        ("town in «Кимры», «Ржев»", True),
        ("firms.sber > firms.ozon", True),
        ("firms.sber = firms.ozon", False),
        ("like = move", False),
        ("firms.sber - firms.ozon * 2 + 1 = 5", True),
        ("age / 0 = 1", None),
        ("mean(firms.sber, firms.ozon)", 5.0),
        ("min(firms.sber, firms.ozon, 1.5)", 1.5),
        ("max(like, move)", 4.0),
        ("age in 18-24, 35-40", True),
        ("age not in 18-24", True),
    ],
)
def test_answers_give_the_value_worked_out_by_hand(text: str, expected: object) -> None:
    """Codes, nets, groups, texts, several answers and numbers have the value a person would find."""
    assert value(text) == expected


@pytest.mark.parametrize(
    ("text", "changes", "expected"),
    [
        ("like = 4", {"like": None}, None),
        ("not like = 4", {"like": None}, None),
        ("like in 1-5", {"like": None}, None),
        ("like = 4 and move = 1", {"like": None}, False),
        ("like = 4 or move = 3", {"like": None}, True),
        ("like = 4 and move = 3", {"like": None}, None),
        ("like = 4 or move = 1", {"like": None}, None),
        ("better = 4", NO_BETTER, None),
        ("better in 1, 4", NO_BETTER, None),
        ("count(better)", NO_BETTER, None),
        ("count(better)", {"better__4": 0}, 0.0),
        ("answered(better)", NO_BETTER, False),
        ("answered(better)", {"better__4": 0}, True),
        ("answered(city)", {"city": None}, False),
        ("answered(mood)", {"mood": None}, False),
        ("move.leave", {"move": None}, None),
        ("mood = sad", {"mood": None}, None),
        ("city = «Тверь»", {"city": None}, None),
        ("firms.sber + 1", {"firms__sber": None}, None),
        ("mean(firms.sber, firms.ozon)", {"firms__sber": None}, 2.0),
        ("mean(firms.sber, firms.ozon)", {"firms__sber": None, "firms__ozon": None}, None),
        ("age > 18", {"age": float("nan")}, None),
    ],
)
def test_missing_answers_are_unknown(text: str, changes: dict[str, object], expected: object) -> None:
    """A missing answer makes a comparison unknown, unless the other side of and, or settles it."""
    assert value(text, **changes) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("like = 99", True),
        ("like != 5", True),
        ("like in 99", True),
        ("answered(like)", True),
        ("like > 3", None),
        ("like - 1", None),
        ("mean(like, firms.sber)", 8.0),
        ("max(like, 0)", 0.0),
    ],
)
def test_dont_know_has_a_code_but_no_value(text: str, expected: object) -> None:
    """99 "don't know" is never larger than 3, and never enters a mean."""
    assert value(text, like=99) == expected


def test_a_refused_number_has_no_value() -> None:
    """999 "refused" beside a number is not an age."""
    assert value("age > 18", age=999.0) is None
    assert value("age = 999", age=999.0) is True


def test_an_overflow_is_missing() -> None:
    """A result too large for a double is missing rather than infinite."""
    assert value("age * age", age=1e200) is None


def test_unchecked_names_are_the_programmers_mistake() -> None:
    """Evaluating a name that check_names would refuse raises."""
    tree, _ = parse("nothing = 1", P)
    assert tree is not None

    with pytest.raises(ValueError, match="nothing"):
        evaluate(tree, ROW, SCOPE)


def told(text: str) -> list[tuple[str, object]]:
    """Return the codes of what check_names finds, each with the nearest name."""
    tree, problems = parse(text, P)
    assert tree is not None, problems
    return [(p.code, p.facts.get("near", "")) for p in check_names(tree, SCOPE)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("lik = 1", [("name-unknown", "like")]),
        ("firms.sberr = 1", [("name-unknown", "firms.sber")]),
        ("firms = 1", [("name-is-grid", "")]),
        ("answered(firms)", [("name-is-grid", "")]),
        ("move.leav", [("net-unknown", "leave")]),
        ("firms.sber.top", [("net-unknown", "top4")]),
        ("move.7", [("code-unknown", "")]),
        ("move.03", [("code-unknown", "")]),
        ("move = 7", [("code-unknown", "")]),
        ("move in 5-9", [("code-unknown", "")]),
        ("better = 5", [("code-unknown", "")]),
        ("mood = glade", [("group-unknown", "glad")]),
        ("mood.glade", [("group-unknown", "glad")]),
        ("mood in glade", [("group-unknown", "glad")]),
        ("move = «ответ 3»", [("word-with-codes", "move = 3")]),
        ("move = lika", [("word-with-codes", "like")]),
        ("better > 1", [("several-ordered", "")]),
        ("better = move", [("several-ordered", "")]),
        ("better = many", [("several-with-several", "")]),
        ("better + 1 = 2", [("several-as-number", "")]),
        ("better", [("condition-not-truth", "")]),
        ("age", [("condition-not-truth", "")]),
        ("city = 5", [("text-with-number", "")]),
        ("age = «сорок»", [("text-with-number", "")]),
        ("city in 1-5", [("text-with-number", "")]),
        ("city > town", [("text-ordered", "")]),
        ("city + 1 = 2", [("text-as-number", "")]),
        ("move.leave = 1", [("truth-compared", "")]),
        ("move.leave in 1", [("truth-compared", "")]),
        ("move.leave + 1 = 2", [("truth-as-number", "")]),
        ("count(move) = 1", [("count-of-one", "")]),
        ("answered(move.leave)", [("function-needs-question", "")]),
        ("answered(1 + 1)", [("function-needs-question", "")]),
        ("lik = 1 and mov = 2", [("name-unknown", "like"), ("name-unknown", "move")]),
    ],
)
def test_names_are_checked_against_the_study(text: str, expected: list[tuple[str, object]]) -> None:
    """Every wrong name or join is told, with the nearest valid name where there is one."""
    assert told(text) == expected


def test_every_entry_about_conditions_is_tested() -> None:
    """No problem of conditions is without a case in the tests of this room."""
    folder = Path(__file__).parent
    sources = "".join(
        (folder / name).read_text(encoding="utf-8") for name in ("test_parse.py", "test_evaluate.py", "test_ways.py")
    )

    assert [code for code in ENTRIES if f'"{code}"' not in sources] == []
