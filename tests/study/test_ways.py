"""The ways through a questionnaire: questions nobody reaches, ends everybody meets, names in conditions of loops and blocks."""

from __future__ import annotations

import math
from collections.abc import Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.strategies import questionnaires, scope_of_items

from posad.core.problems import Problem
from posad.study.questionnaire.reading.grammar import read_questionnaire
from posad.study.questionnaire.values import Item, Kind, Questionnaire, Role, columns_of, items_of, option_column
from posad.study.rules import Rule, asked, check_conditions, check_ways, ended, violations

MOVE = "# О\n### move. Переехали бы?\n[один ответ]\n- 1 да\n- 2 нет\n"
USED = "### used. Чем?\n[до 2]\n- 1 а\n- 2 б\n- 3 в\n- 97 ничем {исключающий}\n"
AGE = "### age. Сколько?\n[число 18–99]\n- 999 отказ\n"


def ways(text: str) -> list[Problem]:
    """Return what is told about the ways through a questionnaire that is otherwise sound."""
    made, problems = read_questionnaire({"ru": ("q.md", text)})
    assert made is not None
    assert problems == []
    scope = scope_of_items(made.items())
    assert check_conditions(made, scope) == []
    return check_ways(made, scope)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (f"{MOVE}### why. Почему?\n[если move = 1 и move = 2; открытый]\n", "question-unreachable"),
        (f"# О\n{USED}### why. Почему?\n[если used = 1 и used = 97; открытый]\n", "question-unreachable"),
        (f"# О\n{USED}### why. Почему?\n[если used = 1 и used = 2 и used = 3; открытый]\n", "question-unreachable"),
        (f"# О\n{AGE}### why. Почему?\n[если age < 18; открытый]\n", "question-unreachable"),
        (f"{MOVE}[отсев, если move = 2]\n### why. Почему?\n[если move = 2; открытый]\n", "question-unreachable"),
        (f"{MOVE}[отсев, если move in 1-2]\n", "screen-of-all"),
    ],
)
def test_a_way_that_leads_nowhere_is_told(text: str, code: str) -> None:
    """A condition that no answers meet, and an end that all answers meet, are told with their question."""
    assert [p.code for p in ways(text)] == [code]


@pytest.mark.parametrize(
    "text",
    [
        f"{MOVE}### why. Почему?\n[если move = 1; открытый]\n",
        f"# О\n{USED}### why. Почему?\n[если used = 1 и used = 2; открытый]\n",
        f"# О\n{AGE}### why. Почему?\n[если age > 98.5; открытый]\n",
        f"# О\n{AGE}### why. Почему?\n[если age = 999; открытый]\n",
        f"{MOVE}[необязательный]\n### why. Почему?\n[если не answered(move); открытый]\n",
        f"{MOVE}[отсев, если move = 2]\n### why. Почему?\n[если move = 1; открытый]\n",
        f"# О\n{USED}## Каждый\n[для каждого used]\n### often. Часто?\n[один ответ]\n- 1 да\n- 2 нет\n"
        "### why. Почему?\n[если often = 2; открытый]\n",
    ],
)
def test_a_way_that_leads_somewhere_is_not(text: str) -> None:
    """A condition that some answers meet is not told of."""
    assert ways(text) == []


def test_a_condition_of_a_block_is_told_of_once() -> None:
    """A wrong name in the condition of a block is one mistake, however many questions the block has."""
    text = f"{MOVE}## Б\n[если moves = 1]\n### a. Да?\n[открытый]\n### b. Нет?\n[открытый]\n"
    made, problems = read_questionnaire({"ru": ("q.md", text)})
    assert made is not None
    assert problems == []

    found = check_conditions(made, scope_of_items(made.items()))

    assert [(id, p.code, p.place.line, p.facts["near"]) for id, p in found] == [("a", "name-unknown", 7, "move")]


def test_a_question_of_a_loop_that_only_a_later_turn_reaches_is_reached() -> None:
    """One answer alone may be chosen: in the turn of the first the second cannot be, in the turn of the second it is."""
    one = USED.replace("[до 2]", "[до 1]")
    each = "## Каждый\n[для каждого used]\n### why. Почему?\n"

    assert ways(f"# О\n{one}{each}[если used = 2; открытый]\n") == []
    assert [p.code for p in ways(f"# О\n{one}{each}[если used = 1 и used = 2; открытый]\n")] == ["question-unreachable"]


def given_to(item: Item) -> st.SearchStrategy[Mapping[str, object]]:
    """Return answers to one item that break none of its own rules."""
    match item.kind:
        case Kind.MULTIPLE:
            alone = [o.code for o in item.options if Role.EXCLUSIVE in o.roles]
            together = [o.code for o in item.options if Role.EXCLUSIVE not in o.roles]
            chosen = [st.sampled_from([{code} for code in alone])] if alone else []
            if together:
                chosen.append(st.sets(st.sampled_from(together), min_size=1, max_size=item.limit or len(together)))
            return st.one_of(chosen).map(
                lambda codes: {option_column(item.column, o.code): int(o.code in codes) for o in item.options}
            )
        case Kind.SINGLE | Kind.SCALE:
            return st.sampled_from([{item.column: o.code} for o in item.options])
        case Kind.NUMBER:
            low, high = item.bounds or (-8, 200)
            halves = st.integers(math.ceil(2 * max(low, -8)), math.floor(2 * high)).map(lambda n: n / 2)
            beside = [st.sampled_from([o.code for o in item.options])] if item.options else []
            return st.one_of(halves, *beside).map(lambda n: {item.column: n})
        case _:
            return st.just({item.column: "Тверь"})


@settings(max_examples=60, deadline=None)
@given(questionnaires(), st.data())
def test_what_somebody_was_asked_is_not_unreachable(made: Questionnaire, data: st.DataObject) -> None:
    """A question that the answers of somebody who goes the whole way lead to is never called unreachable."""
    scope = scope_of_items(made.items())
    row: dict[str, object] = {c: None for i in made.items() for c in columns_of(i)}
    reached = set()
    for question in made.questions:
        put = [i for i in items_of(question) if asked(i, row, scope)]
        for item in put:
            if question.must_answer or data.draw(st.booleans()):
                row |= data.draw(given_to(item))
        reached |= {question.id} if put else set()
        if put and ended(question, row, scope) is not None:
            break

    told = {str(p.facts.get("question", "")) for p in check_ways(made, scope)}

    assert [v for v in violations(made, row, scope) if v.rule is not Rule.TWICE] == []
    assert told & reached == set()
