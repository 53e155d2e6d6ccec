"""The ways through a questionnaire: questions nobody reaches, ends everybody meets, names in conditions of loops and blocks."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.strategies import answers, questionnaires, scope_of_items

from posad.core.problems import Problem
from posad.study.questionnaire.reading.grammar import read_questionnaire
from posad.study.questionnaire.values import Questionnaire, columns_of, items_of
from posad.study.rules import asked, check_conditions, check_ways, violations

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


@settings(max_examples=60, deadline=None)
@given(questionnaires(), st.data())
def test_what_somebody_was_asked_is_not_unreachable(made: Questionnaire, data: st.DataObject) -> None:
    """A question that some answers along the way lead to is never called unreachable."""
    scope = scope_of_items(made.items())
    told = {str(p.facts.get("question", "")) for p in check_ways(made, scope)}
    row = dict(data.draw(answers(made.items())))
    for question in made.questions:
        if not asked(question, row, scope):
            row |= {c: None for c in row if c == question.id or c.startswith(f"{question.id}__")}
    reached = {q.id for q in made.questions if asked(q, row, scope)}
    answered = all(
        row[c] is not None for q in made.questions if q.id in reached for i in items_of(q) for c in columns_of(i)
    )

    assert not (told & reached) or not answered or violations(made, row, scope)
