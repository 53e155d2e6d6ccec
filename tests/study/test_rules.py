"""The rules of answers, and the order in which they are shown."""

from __future__ import annotations

from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.strategies import answers, questionnaires, scope_of_items

from posad.core.place import Place
from posad.core.words import LocalText
from posad.study.expressions.evaluate import Row
from posad.study.expressions.scope import Scope
from posad.study.questionnaire.reading.grammar import read_questionnaire
from posad.study.questionnaire.values import Entity, Option, Questionnaire, Role
from posad.study.rules import Rule, asked, order, violations

TEXT = """\
# Опрос
### move. Переехали бы?
[один ответ]
- 1 да
- 2 нет
### why. Почему?
[если move = 1; до 2]
- 1 работа
- 2 врачи
- 3 климат
- 97 ничего {исключающий}
### age. Возраст
[число 18–99]
- 999 отказ
### rate. Оцените
[сетка; шкала 1–5]
- sber: Сбер
- 99 не знаю
### city. Город
[открытый ответ]
"""


def study() -> tuple[Questionnaire, Scope]:
    """Return a small questionnaire and its names."""
    made, problems = read_questionnaire({"ru": ("q.md", TEXT)})
    assert made is not None
    assert problems == []
    return made, scope_of_items(made.items())


CLEAN: Row = {
    "move": 1, "why__1": 1, "why__2": 1, "why__3": 0, "why__97": 0, "age": 40.0, "rate__sber": 5, "city": "Тверь",
}  # fmt: skip
NOT_WHY = {"why__1": None, "why__2": None, "why__3": None, "why__97": None}


def broken(**changes: object) -> list[tuple[Rule, str, dict[str, object]]]:
    """Return the rules broken by the clean row with some answers changed."""
    made, scope = study()
    return [(v.rule, v.item, dict(v.facts)) for v in violations(made, {**CLEAN, **changes}, scope)]


def test_clean_answers_break_nothing() -> None:
    """Complete answers, and none at all, keep every rule."""
    made, scope = study()

    assert broken() == []
    assert violations(made, {}, scope) == []


def test_each_rule_is_told_with_its_facts() -> None:
    """Each broken rule names the item and what was found."""
    assert broken(move=2) == [(Rule.NOT_ASKED, "why", {})]
    assert broken(move=3, **NOT_WHY) == [(Rule.UNKNOWN_CODE, "move", {"value": 3})]
    assert broken(why__3=1) == [(Rule.OVER_LIMIT, "why", {"chosen": 3, "limit": 2})]
    assert broken(why__1=0, why__97=1) == [(Rule.EXCLUSIVE, "why", {"option": 97, "chosen": 2})]
    assert broken(why__1=7) == [(Rule.UNKNOWN_CODE, "why", {"option": 1, "value": 7})]
    assert broken(age=17) == [(Rule.OUT_OF_BOUNDS, "age", {"value": 17, "low": 18.0, "high": 99.0})]
    assert broken(age="сорок") == [(Rule.WRONG_TYPE, "age", {"value": "сорок"})]
    assert broken(rate__sber=6) == [(Rule.UNKNOWN_CODE, "rate.sber", {"value": 6})]
    assert broken(rate__sber="5") == [(Rule.WRONG_TYPE, "rate.sber", {"value": "5"})]
    assert broken(city=5) == [(Rule.WRONG_TYPE, "city", {"value": 5})]


def test_codes_beside_a_number_are_within_bounds() -> None:
    """A code offered beside a number is a valid answer although it lies outside the bounds."""
    assert broken(age=999) == []


def test_a_question_is_asked_only_when_its_condition_is_true() -> None:
    """An unknown condition doesn't put the question, as a filter keeps only what is true."""
    made, scope = study()
    why = made.questions[1]

    assert asked(why, {"move": 1}, scope) is True
    assert asked(why, {"move": 2}, scope) is False
    assert asked(why, {"move": None}, scope) is False
    assert asked(made.questions[0], {}, scope) is True
    assert broken(move=None) == [(Rule.NOT_ASKED, "why", {})]


def entities(count: int) -> tuple[Entity, ...]:
    """Return named rows."""
    return tuple(Entity(f"r{n}", LocalText(), Place("")) for n in range(count))


def option(code: int, *roles: Role) -> Option:
    """Return an unlabelled answer."""
    return Option(code, LocalText(), Place(""), frozenset(roles))


def test_the_order_is_the_same_everywhere() -> None:
    """The same seed gives the same order on every machine, another seed another order."""
    rows = entities(6)

    assert [r.id for r in order(rows, "1/firms")] == ["r1", "r0", "r2", "r3", "r4", "r5"]
    assert order(rows, "1/firms") == order(rows, "1/firms")
    assert len({order(rows, f"{n}/firms") for n in range(50)}) > 40


def test_every_order_is_as_likely() -> None:
    """Over 6,000 respondents each of the six orders of three rows comes about a thousand times."""
    counts = Counter(order(entities(3), f"respondent {n}") for n in range(6000))

    assert len(counts) == 6
    assert sum((c - 1000) ** 2 / 1000 for c in counts.values()) < 20.5  # chi-square, 5 df, p = 0.001


def test_pinned_stay_and_others_come_last() -> None:
    """Pinned answers keep their places; exclusive, don't know and other come last in their written order."""
    shown = [
        option(1, Role.PINNED), option(2), option(97, Role.EXCLUSIVE), option(3), option(4), option(96, Role.TEXT),
        option(99, Role.DONT_KNOW), option(98, Role.PINNED),
    ]  # fmt: skip

    orders = {tuple(o.code for o in order(shown, str(n))) for n in range(200)}

    assert {o[0] for o in orders} == {1}
    assert {o[4:] for o in orders} == {(97, 96, 99, 98)}
    assert {frozenset(o[1:4]) for o in orders} == {frozenset({2, 3, 4})}
    assert len(orders) == 6


def test_nothing_movable_stays_as_written() -> None:
    """Answers that are all pinned or special keep their order."""
    shown = (option(97, Role.EXCLUSIVE), option(1, Role.PINNED))

    assert order(shown, "x") == shown
    assert order((), "x") == ()


@settings(max_examples=80, deadline=None)
@given(questionnaires(), st.data())
def test_rules_bear_any_answers(made: Questionnaire, data: st.DataObject) -> None:
    """Any answers within the options break no rule but those of routing, bounds, limits and exclusive answers."""
    row = data.draw(answers(made.items()))

    found = violations(made, row, scope_of_items(made.items()))

    assert {v.rule for v in found} <= {Rule.NOT_ASKED, Rule.OUT_OF_BOUNDS, Rule.OVER_LIMIT, Rule.EXCLUSIVE, Rule.TWICE}


@settings(max_examples=80, deadline=None)
@given(questionnaires(), st.text(max_size=5))
def test_an_order_loses_nothing(made: Questionnaire, seed: str) -> None:
    """A shuffled list has the same members."""
    for q in made.questions:
        assert sorted(order(q.options, seed), key=repr) == sorted(q.options, key=repr)
        assert sorted(order(q.rows, seed), key=repr) == sorted(q.rows, key=repr)
