"""Numbers with codes beside them: "999 refused" is an answer, never an amount."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from posad.core.place import Place
from posad.evidence.facts import make_fact
from posad.study.expressions.parse import parse
from posad.study.plans.values import BannerPart
from posad.tabulation.context import Context
from posad.tabulation.tables import make_table
from posad.tabulation.wording import who

Answered = Callable[[dict[str, str]], Context]
HERE = Place("tables.yaml")
TRIPS = """\
# Поездки
### trips. Сколько раз вы ездили?
[число 0–50]
- 998 не помню {не знаю}
- 999 отказ
### kids. Сколько детей?
[число 0–20]
### like. Нравится ли вам?
[один ответ]
- 1 нет
- 2 так себе
- 3 да
"""
STUDY = "title: Поездки\npopulation: Жители\nlanguages: [ru]\nsample: {type: quota}\n"
GROUPS = """\
size:
  label: Ездят
  groups:
    often: {label: Часто, if: trips >= 10}
    seldom: {label: Редко, if: trips < 10}
"""


@pytest.fixture
def trips(answered: Answered) -> Context:
    """Return forty people with 2 trips, forty with 20, ten who don't remember, fifteen who refused."""
    rows = ["2;1;1"] * 40 + ["20;2;2"] * 40 + ["998;3;3"] * 10 + ["999;4;3"] * 15
    answers = "\n".join(["trips;kids;like", *rows]) + "\n"
    files = {"study.yaml": STUDY, "questionnaire.md": TRIPS, "variables.yaml": GROUPS, "answers/a.csv": answers}
    return answered(files)


def test_a_code_beside_a_number_enters_no_mean(trips: Context) -> None:
    """The mean is (40·2 + 40·20) / 80 = 11, and its base, in tables too, is those 80 people."""
    fact, _ = make_fact(trips, "trips.mean", HERE)
    table, _ = make_table(trips, "trips")

    assert fact is not None
    assert table is not None
    assert (fact.estimate.value, fact.estimate.bases.unweighted) == (11.0, 80)
    assert (table.cells["mean", "total"].value, table.bases["total"].unweighted) == (11.0, 80)


def test_a_code_beside_a_number_is_not_more_than_another_number(trips: Context) -> None:
    """A refusal coded 999 is not "ten trips or more": those groups hold the forty and the forty."""
    table, _ = make_table(trips, "kids", (BannerPart(("size",), HERE),))

    assert table is not None
    assert [(c, b.unweighted) for c, b in table.bases.items()] == [
        ("total", 105),
        ("size:often", 40),
        ("size:seldom", 40),
    ]


def test_the_words_of_a_mean_say_what_is_left_out(trips: Context) -> None:
    """A number has no scale; whoever gave a code beside it is named in the base; nobody is left out where nobody can be."""
    facts = {name: make_fact(trips, f"{name}.mean", HERE)[0] for name in ("trips", "kids", "like")}
    said = {name: (f.measure.get("ru"), f.base_text.get("ru")) for name, f in facts.items() if f is not None}

    assert said == {
        "trips": ("среднее", "все опрошенные, кроме ответивших «не помню» или «отказ»"),
        "kids": ("среднее", "все опрошенные"),
        "like": ("среднее по шкале от 1 до 3", "все опрошенные"),
    }


@pytest.mark.parametrize(
    ("condition", "ru"),
    [
        ("trips >= 10", "указавшие 10 или больше в вопросе «Сколько раз вы ездили?»"),
        ("not (trips >= 10)", "указавшие меньше 10 в вопросе «Сколько раз вы ездили?»"),
        ("trips in 1-5", "указавшие от 1 до 5 в вопросе «Сколько раз вы ездили?»"),
        ("trips = 7", "указавшие 7 в вопросе «Сколько раз вы ездили?»"),
        ("trips = 999", "ответившие «отказ» на вопрос «Сколько раз вы ездили?»"),
    ],
)
def test_conditions_on_a_number_with_codes_are_said_as_they_count(trips: Context, condition: str, ru: str) -> None:
    """Amounts are said as amounts, codes by their words; a comparison by size names no code."""
    tree, problems = parse(condition, HERE)

    assert tree is not None, problems
    assert who(trips.study, tree).get("ru") == ru
