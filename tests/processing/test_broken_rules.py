"""Rules of interviews counted over whole files: what the engine counts is what the rules say of each row."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.processing.plain import STUDY
from tests.strategies import answers, questionnaires

from posad.processing.cleaning import clean
from posad.store.duck import DuckEngine
from posad.study.plans.variables import scope_of
from posad.study.questionnaire.reading.grammar import read_questionnaire
from posad.study.questionnaire.values import Item, Kind, Questionnaire, columns_of
from posad.study.rules import Rule, violations

COUNTED = {Rule.NOT_ASKED, Rule.OVER_LIMIT, Rule.EXCLUSIVE, Rule.TWICE}


def type_of(item: Item) -> str:
    """Return the engine's type of an item's columns."""
    words = item.kind in (Kind.OPEN, Kind.TERRITORY)
    return "VARCHAR" if words else "DOUBLE" if item.kind is Kind.NUMBER else "INTEGER"


@settings(max_examples=25, deadline=None)
@given(questionnaires(), st.data())
def test_the_engine_counts_what_the_rules_say(made: Questionnaire, data: st.DataObject) -> None:
    """Loops, conditions of blocks, ends and rankings are counted in SQL as they are judged row by row."""
    study = replace(STUDY, questionnaire=made, nets=(), variables=(), cleaning=(), answers=())
    rows = [dict(data.draw(answers(made.items()))) for _ in range(3)]
    columns = {c: (type_of(i), [r[c] for r in rows]) for i in made.items() for c in columns_of(i)}
    engine = DuckEngine.from_columns({"respondent": ("VARCHAR", list("abc")), **columns})

    log = clean(engine, study)

    scope = scope_of(study)
    expected = Counter(
        (v.item, v.rule.value) for r in rows for v in set(violations(made, r, scope)) if v.rule in COUNTED
    )
    assert {(b.item, b.rule): b.people for b in log.broken} == dict(expected)


def test_a_ranking_that_repeats_is_told() -> None:
    """An answer on two places is told with the place and the respondent."""
    made, _ = read_questionnaire({"ru": ("q.md", "# О\n### a. Т\n[ранжирование]\n- 1 да\n- 2 нет\n- 3 как\n")})
    assert made is not None
    study = replace(STUDY, questionnaire=made, nets=(), variables=(), cleaning=(), answers=())
    columns = {f"a__place_{n}": ("INTEGER", [n, 1]) for n in (1, 2, 3)}

    log = clean(DuckEngine.from_columns({"respondent": ("VARCHAR", ["good", "bad"]), **columns}), study)

    assert [(p.code, p.facts["item"], p.facts["examples"]) for p in log.problems] == [
        ("answers-ranked-twice", "a.place_2", "bad"), ("answers-ranked-twice", "a.place_3", "bad"),
    ]  # fmt: skip
