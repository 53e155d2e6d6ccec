"""Whom a number stands for, said of the answers as they are."""

from __future__ import annotations

from collections.abc import Callable

from posad.core.place import Place
from posad.evidence.facts import make_fact
from posad.kernel.values import Bases
from posad.study.plans.values import BannerPart
from posad.tabulation.context import Context
from posad.tabulation.tables import make_table

Answered = Callable[[dict[str, str]], Context]
HERE = Place("tables.yaml")
QUESTIONNAIRE = """\
# Проба
### like. Нравится ли город?
[один ответ]
- 1 да
- 2 нет
### why. Почему?
[если like = 2; один ответ]
- 1 скучно
- 2 далеко
"""
STUDY = "title: Проба\npopulation: Жители\nlanguages: [ru]\nsample: {type: quota}\n"


def town(answered: Answered, rows: list[str], sample: str = "quota") -> Context:
    """Return the study with rows of like, why and a weight."""
    answers = "\n".join(["like;why;w", *rows]) + "\n"
    description = "file: a.csv\nwave: w1\nsource: Проба\ncolumns: {w: 'weight:w'}\n"
    weights = "main: {method: given, column: w, note: Из файла}\n"
    return answered(
        {
            "study.yaml": STUDY.replace("quota", sample),
            "questionnaire.md": QUESTIONNAIRE,
            "weights.yaml": weights,
            "answers/a.csv": answers,
            "answers/a.yaml": description,
        }
    )


def test_answers_of_people_who_were_not_asked_are_named_in_the_base(answered: Answered) -> None:
    """Forty were asked and answered, six answered unasked: all forty-six are counted, and the base says so."""
    context = town(answered, ["2;1;1"] * 40 + ["1;;1"] * 60 + ["1;2;1"] * 6)
    table, _ = make_table(context, "why", (BannerPart(("like",), HERE),))
    fact, _ = make_fact(context, "why.1", HERE)

    assert table is not None
    assert fact is not None
    assert {c: b.unweighted for c, b in table.bases.items()} == {"total": 46, "like:1": 6, "like:2": 40}
    said = "ответившие «нет» на вопрос «Нравится ли город?»; и ещё 6, кому вопрос не задавали"
    assert (table.base_text.get("ru"), fact.base_text.get("ru"), fact.estimate.bases.unweighted) == (said, said, 46)


def test_people_without_a_weight_are_not_everybody(answered: Answered) -> None:
    """Ten of a hundred have no weight: the base is ninety, and is not called "all respondents" without a word of them."""
    context = town(answered, ["1;;1"] * 50 + ["2;1;2"] * 40 + ["2;1;"] * 10)
    table, _ = make_table(context, "like")
    fact, _ = make_fact(context, "like.1", HERE)

    assert table is not None
    assert fact is not None
    said = "все опрошенные; без тех, у кого нет веса (10)"
    assert (table.base_text.get("ru"), fact.base_text.get("ru"), table.bases["total"].unweighted) == (said, said, 90)


def test_everybody_asked_counts_people_without_a_weight_too(answered: Answered) -> None:
    """Of a hundred people ten have no weight: a hundred were asked, and that number is not called weighted."""
    context = town(answered, ["1;;1"] * 50 + ["2;1;2"] * 40 + ["2;1;"] * 10)
    fact, _ = make_fact(context, "n", HERE)

    assert fact is not None
    assert (fact.estimate.value, fact.estimate.bases) == (100.0, Bases(100, 100.0, 100.0))
    assert (fact.base_text.get("ru"), fact.base_text.get("en")) == ("все опрошенные", "all respondents")
    assert (fact.weight_text.get("ru"), fact.weight_text.get("en")) == (
        "без весов: каждый ответ считается за один",
        "unweighted: every respondent counts as one",
    )


def test_a_census_has_no_intervals_anywhere(answered: Answered) -> None:
    """Where everybody was asked neither tables nor single numbers nor differences have errors."""
    context = town(answered, ["1;;1"] * 60 + ["2;1;1"] * 40, "census")
    table, _ = make_table(context, "like", (BannerPart(("why",), HERE),))
    facts = [make_fact(context, text, HERE)[0] for text in ("like.1", "like.1-like.2", "like.1/like.2")]

    assert table is not None
    found = [*table.cells.values(), *(f.estimate for f in facts if f is not None)]
    assert len(found) == 9
    assert [e for e in found if (e.se, e.low, e.high) != (None, None, None)] == []
