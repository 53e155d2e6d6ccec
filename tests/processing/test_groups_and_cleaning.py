"""Grouping variables, cleaning rules and rules of the questionnaire over coded answers."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.processing.plain import FILE, STUDY

from posad.core.problems import Problem
from posad.core.speech import say, way_out
from posad.exchange.reading import read_raw
from posad.processing.cleaning import clean
from posad.processing.coding import code_answers
from posad.processing.deriving import derive, prove
from posad.store.duck import DuckEngine
from posad.store.values import RawTable
from posad.study.plans.values import Study
from posad.study.plans.variables import scope_of
from posad.study.rules import violations

ANSWERS = """\
respondent,sex,age,like,better,move
a,1,20,1,1;4,2
b,2,40,5,97,1
c,1,,3,1;97,
d,2,60,99,1;4;96,
e,,30,2,4,1
"""
AGES = """\
ages:
  label: Возраст
  {settings}groups:
    young: {{label: Молодые, if: age < 35}}
    old: {{label: Старшие, {old}}}
"""
OVERLAP = """\
who:
  label: Кто
  exclusive: false
  groups:
    men: {label: Мужчины, if: sex = 1}
    fond: {label: Довольные, if: like >= 3}
    asked: {label: Спрошенные, if: answered(move)}
"""


def engine_of(study: Study) -> DuckEngine:
    """Return the coded answers of a study."""
    raw, _ = read_raw(Path(study.folder) / "answers" / "a.csv", name="answers/a.csv")
    assert raw is not None
    coded, _ = code_answers(raw, study.answers[0], study)
    assert coded is not None
    return DuckEngine.from_columns(coded)


def told(problems: list[Problem]) -> dict[str, dict[str, object]]:
    """Return the facts of problems by code, each said in both languages."""
    assert all((say(p, language), way_out(p, language)) for p in problems for language in ("ru", "en"))
    return {p.code: dict(p.facts) for p in problems}


def test_people_go_to_groups(small: Callable[..., Study]) -> None:
    """A true condition takes a person; an unknown one leaves him missing, "else" takes those for whom all are false."""
    study = small(ANSWERS, variables=AGES.format(settings="", old="else: true"))
    engine = engine_of(study)

    assert derive(engine, study) == []
    assert engine.rows(["ages"])["ages"] == [1, 2, None, 2, 1]
    assert prove(engine, study) == []


def test_groups_that_overlap(small: Callable[..., Study]) -> None:
    """Groups that may overlap are one 0/1 column each; unknown is missing, a "don't know" has no value to compare."""
    study = small(ANSWERS, variables=OVERLAP)
    engine = engine_of(study)
    derive(engine, study)

    assert engine.rows(["who__1"])["who__1"] == [1, 0, 1, 0, None]
    assert engine.rows(["who__2"])["who__2"] == [0, 1, 1, None, 0]
    assert engine.rows(["who__3"])["who__3"] == [1, 1, 0, 0, 1]


def test_exactly_one_is_proven(small: Callable[..., Study]) -> None:
    """A promise of exactly one group is checked: people in none, in several, or without the answer are named."""
    gap = small(ANSWERS, variables=AGES.format(settings="exactly_one: true\n  ", old="if: age > 50"))
    engine = engine_of(gap)
    derive(engine, gap)
    found = told(prove(engine, gap))

    assert found == {
        "groups-none-error": {"variable": "ages", "count": 1, "examples": "b"},
        "groups-unknown-error": {"variable": "ages", "count": 1, "examples": "c"},
    }


def test_groups_that_meet(small: Callable[..., Study]) -> None:
    """Two true conditions of an exclusive variable: the first takes the person and that is said; an empty group is said."""
    study = small(ANSWERS, variables=AGES.format(settings="", old="if: age >= 30"))
    empty = small(ANSWERS, variables=AGES.format(settings="", old="if: age > 90"))
    engine, other = engine_of(study), engine_of(empty)
    derive(engine, study)
    derive(other, empty)

    assert engine.rows(["ages"])["ages"] == [1, 2, None, 2, 1]
    assert told(prove(engine, study)) == {"groups-several": {"variable": "ages", "count": 1, "examples": "e"}}
    assert told(prove(other, empty)) == {"group-empty": {"variable": "ages", "group": "old"}}


def test_a_variable_may_use_another(small: Callable[..., Study]) -> None:
    """A variable whose condition names another is derived after it, whatever their order in the file."""
    pair = """\
both:
  label: Оба
  groups:
    a: {label: А, if: ages = young and sex = 1}
""" + AGES.format(settings="", old="else: true")
    study = small(ANSWERS, variables=pair)
    engine = engine_of(study)
    derive(engine, study)

    assert engine.rows(["both"])["both"] == [1, None, None, None, None]


CLEANING = """\
rules:
  kids: {if: age < 25, action: exclude, reason: Младше 25}
  alone: {if: better = 97, action: flag, reason: Выбрано «ничего»}
  early: {if: age < 35, action: exclude, reason: Младше 35}
  nobody: {if: age > 98, action: flag, reason: Старше 98}
"""


def test_cleaning_flags_and_excludes(small: Callable[..., Study]) -> None:
    """Rules flag and exclude with a log; nothing is deleted, the first excluding rule is the reason, unknown is not caught."""
    study = small(ANSWERS, cleaning=CLEANING)
    engine = engine_of(study)

    log = clean(engine, study)

    assert (log.read, log.used, log.unflagged, engine.count()) == (5, 3, 1, 5)
    assert engine.rows(["excluded_"])["excluded_"] == ["kids", None, None, None, "early"]
    assert engine.rows(["flag:alone"])["flag:alone"] == [0, 1, 1, 0, 0]
    assert [(r.id, r.respondents, r.alone) for r in log.rules] == [
        ("kids", ("a",), 0),
        ("alone", ("b", "c"), 2),
        ("early", ("a", "e"), 1),
        ("nobody", (), 0),
    ]
    assert {p.code for p in log.problems} >= {"cleaning-catches-nobody", "cleaning-excludes-many"}
    assert log.to_json()["rules"][2] == {
        "id": "early",
        "action": "exclude",
        "reason": {"ru": "Младше 35"},
        "people": 2,
        "alone": 1,
        "with": 5,
        "without": 3,
        "respondents": ["a", "e"],
    }


def test_broken_rules_of_the_questionnaire_are_counted(small: Callable[..., Study]) -> None:
    """Answers where nobody asked, too many answers and exclusive ones beside others are counted, and stay."""
    study = small(ANSWERS)
    engine = engine_of(study)

    log = clean(engine, study)

    assert [(b.item, b.rule, b.people, b.examples) for b in log.broken] == [
        ("better", "over-limit", 1, ("d",)),
        ("better", "exclusive-with-others", 1, ("c",)),
        ("move", "answer-where-not-asked", 1, ("b",)),
    ]
    assert engine.rows(["move"])["move"] == [2, 1, None, None, 1]
    assert told(list(log.problems))["answers-where-not-asked"] == {"item": "move", "count": 1, "examples": "b"}


def test_without_rules_everybody_is_usable(small: Callable[..., Study]) -> None:
    """A study without cleaning rules keeps everyone, and says nothing about cleaning."""
    study = small("sex,age\n1,30\n2,40\n")
    engine = engine_of(study)

    log = clean(engine, study)

    assert (log.read, log.used, log.unflagged, log.rules, log.broken, log.problems) == (2, 2, 2, (), (), ())
    assert engine.rows(["excluded_"])["excluded_"] == [None, None]


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from([None, 1, 2, 3, 4, 5, 99]),
            st.sampled_from([None, "1", "1;4", "1;4;96", "97", "97;1"]),
            st.sampled_from([None, 1, 2]),
        ),
        min_size=1,
        max_size=15,
    )
)
def test_counted_rules_are_those_of_each_row(rows: list[tuple[int | None, str | None, int | None]]) -> None:
    """What the engine counts of broken rules is what the one rule set says of each respondent."""
    cells = {n: [r[i] for r in rows] for i, n in enumerate(("like", "better", "move"))}
    coded, _ = code_answers(RawTable(cells), FILE, STUDY)
    assert coded is not None

    log = clean(DuckEngine.from_columns(coded), STUDY)

    scope = scope_of(STUDY)
    expected: dict[tuple[str, str], int] = {}
    for i in range(len(rows)):
        row = {name: values[i] for name, (_, values) in coded.items()}
        for v in violations(STUDY.questionnaire, row, scope):
            key = (v.item, v.rule.value)
            expected[key] = expected.get(key, 0) + 1
    assert {(b.item, b.rule): b.people for b in log.broken} == expected
