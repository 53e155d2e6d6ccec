"""Conditions in words."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from posad.core.place import Place
from posad.study.expressions.parse import parse
from posad.tabulation.context import Context
from posad.tabulation.wording import quoted, who

Answered = Callable[[dict[str, str]], Context]


@pytest.mark.parametrize(
    ("condition", "ru", "en"),
    [
        (
            "like = 5",
            "ответившие «очень» на вопрос «Нравится ли вам город?»",
            "answered “a lot” to “Do you like your town?”",
        ),
        (
            "like != 5",
            "ответившие иначе, чем «очень» на вопрос «Нравится ли вам город?»",
            "answered other than “a lot” to “Do you like your town?”",
        ),
        (
            "like < 3",
            "ответившие «скорее нет» или «совсем нет» на вопрос «Нравится ли вам город?»",
            "answered “rather not” or “not at all” to “Do you like your town?”",
        ),
        (
            "like >= 4",
            "ответившие «очень» или «скорее да» на вопрос «Нравится ли вам город?»",
            "answered “a lot” or “rather” to “Do you like your town?”",
        ),
        (
            "not (like > 2)",
            "ответившие «скорее нет» или «совсем нет» на вопрос «Нравится ли вам город?»",
            "answered “rather not” or “not at all” to “Do you like your town?”",
        ),
        (
            "better.4",
            "отметившие «Медицина» в вопросе «Что в городе лучше?»",
            "chose “Medicine” in “What is better here?”",
        ),
        (
            "not better = 4",
            "не отметившие «Медицина» в вопросе «Что в городе лучше?»",
            "did not choose “Medicine” in “What is better here?”",
        ),
        ("mood = glad", "входящие в группу «Довольные» (Настрой)", "are in the group “Glad” (Mood)"),
        (
            "not mood.glad",
            "входящие в другую группу, чем «Довольные» (Настрой)",
            "are in a group other than “Glad” (Mood)",
        ),
        ("age >= 60", "указавшие 60 или больше в вопросе «Возраст»", "gave 60 or more in “Age”"),
        ("60 > age", "указавшие меньше 60 в вопросе «Возраст»", "gave less than 60 in “Age”"),
        ("age in 18-24, 30", "указавшие от 18 до 24 или 30 в вопросе «Возраст»", "gave 18 to 24 or 30 in “Age”"),
        ("answered(why)", "ответившие на вопрос «Почему не нравится?»", "answered “Why do you not like it?”"),
        (
            "not answered(why)",
            "не ответившие на вопрос «Почему не нравится?»",
            "did not answer “Why do you not like it?”",
        ),
        (
            "count(better) >= 2",
            "у кого число ответов на «Что в городе лучше?» – 2 или больше",
            "have number of answers to “What is better here?” of 2 or more",
        ),
        (
            "sex = 1 and (like = 5 or better.1)",
            "ответившие «мужской» на вопрос «Пол» и (ответившие «очень» на вопрос «Нравится ли вам город?» "
            "или отметившие «Работа» в вопросе «Что в городе лучше?»)",
            "answered “male” to “Sex” and (answered “a lot” to “Do you like your town?” or chose “Jobs” in “What is better here?”)",
        ),
        (
            "firms.taxi = 3",
            "ответившие «3» на вопрос «Оцените компании Такси»",
            "answered “3” to “Rate the companies Taxi”",
        ),
    ],
)
def test_conditions_are_said_with_labels(
    answered: Answered, town: dict[str, str], condition: str, ru: str, en: str
) -> None:
    """A condition is said in both languages with the words of the questionnaire, not with codes."""
    tree, problems = parse(condition, Place("tables.yaml"))
    assert tree is not None, problems
    found = who(answered(town).study, tree)

    assert found.get("ru") == ru
    assert found.get("en") == f"those who {en}"


def test_quotes_inside_quotes() -> None:
    """Quotation marks inside a quoted text become those of the second kind."""
    assert quoted("Оцените «Сбер»", "ru") == "«Оцените „Сбер“»"
    assert quoted("Rate “Sber”", "en") == "“Rate ‘Sber’”"
