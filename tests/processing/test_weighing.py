"""Weights by their plans, with diagnostics and refusals."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from posad.core.problems import Problem
from posad.core.speech import say, way_out
from posad.processing.deriving import derive
from posad.processing.weighing import Weighed, weigh
from posad.store.duck import DuckEngine
from posad.store.values import BILLION
from posad.study.plans.values import Study

RAKE = """\
method: rake
source: Перепись
margins:
  sex: {1: 50 %, 2: 50 %}
"""


def engine_of(study: Study, **columns: list[Any]) -> DuckEngine:
    """Return answers given by column, with respondents numbered from one."""
    types = {"sex": "INTEGER", "like": "INTEGER", "stratum": "VARCHAR", "psu": "VARCHAR"}
    n = len(next(iter(columns.values())))
    engine = DuckEngine.from_columns(
        {
            "respondent": ("VARCHAR", [str(i + 1) for i in range(n)]),
            **{name: (types.get(name, "DOUBLE"), values) for name, values in columns.items()},
        }
    )
    derive(engine, study)
    return engine


def weights_in(engine: DuckEngine, name: str = "main") -> list[float | None]:
    """Return the weights of an engine as numbers with mean one."""
    column = next(c for c in engine.columns() if c.endswith("w") and name in c)
    return [None if v is None else int(str(v)) / BILLION for v in engine.rows([column])[column]]


def told(problems: list[Problem]) -> dict[str, dict[str, object]]:
    """Return the facts of problems by code, each said in both languages."""
    assert all((say(p, language), way_out(p, language)) for p in problems for language in ("ru", "en"))
    return {p.code: dict(p.facts) for p in problems}


def test_raking_to_one_margin(small: Callable[..., Study]) -> None:
    """Two men and a woman brought to half and half weigh 0.75, 0.75, 1.5; the design effect is 1.125."""
    study = small(weights=RAKE)
    engine = engine_of(study, sex=[1, 1, 2])

    made, problems = weigh(engine, study, study.weights[0])

    assert made is not None
    assert problems == []
    assert weights_in(engine) == [0.75, 0.75, 1.5]
    assert (made.people, made.lowest, made.highest) == (3, 0.75, 1.5)
    assert made.design_effect == pytest.approx(1.125)
    assert [(m.variable, m.codes, m.people, m.target) for m in made.margins] == [
        ("sex", (1,), 2, 0.5),
        ("sex", (2,), 1, 0.5),
    ]
    assert [m.before for m in made.margins] == pytest.approx([2 / 3, 1 / 3])
    assert [m.after for m in made.margins] == pytest.approx([0.5, 0.5])
    assert made.profile_levels == ((1, 0), (0, 1))


def test_a_weight_survives_json_and_makes_its_design(small: Callable[..., Study]) -> None:
    """What is written of a weight is enough to compute errors that know the raking."""
    study = small(weights=RAKE)
    engine = engine_of(study, sex=[1, 1, 2, 2, 1])
    made, _ = weigh(engine, study, study.weights[0])
    assert made is not None

    again = Weighed.from_json(json.loads(json.dumps(made.to_json())))

    assert again == made
    assert np.array_equal(again.design(engine).inverse, made.design(engine).inverse)
    assert again.design(engine).respondents == 5


def test_margins_of_groups_and_merged_levels(small: Callable[..., Study]) -> None:
    """A margin may be a grouping variable; merged levels share their target and are named together."""
    weights = """\
method: rake
source: Перепись
margins:
  mood: {low: 20 %, mid: 30 %, high: 50 %}
merge:
  mood: [1, 2]
"""
    variables = """\
mood:
  label: Настрой
  groups:
    low: {label: Низкий, if: like = 1}
    mid: {label: Средний, if: like = 3}
    high: {label: Высокий, else: true}
"""
    study = small(weights=weights, variables=variables)
    engine = engine_of(study, like=[1, 3, 5, 5])

    made, problems = weigh(engine, study, study.weights[0])

    assert made is not None, problems
    assert [(m.codes, m.people, m.target) for m in made.margins] == [((1, 2), 2, 0.5), ((3,), 2, 0.5)]
    assert weights_in(engine) == [1.0, 1.0, 1.0, 1.0]


def test_people_without_an_answer_in_a_margin_stop_the_weight(small: Callable[..., Study]) -> None:
    """The tool neither drops nor guesses such people: the weight is refused and they are named."""
    study = small(weights=RAKE)
    engine = engine_of(study, sex=[1, None, 2, None])

    made, problems = weigh(engine, study, study.weights[0])

    assert made is None
    assert told(problems) == {"weight-margin-without-answer": {"variable": "sex", "count": 2, "examples": "2, 4"}}
    assert not [c for c in engine.columns() if "main" in c]


def test_an_empty_level_is_refused_with_a_proposal(small: Callable[..., Study]) -> None:
    """A target for a level nobody has cannot be met; the level and its neighbour are named by their groups."""
    study = small(weights=RAKE)
    engine = engine_of(study, sex=[1, 1, 1])

    made, problems = weigh(engine, study, study.weights[0])

    assert made is None
    assert [(p.code, p.facts["margin"], p.facts["level"], p.facts["merge"], p.place.file) for p in problems] == [
        ("weighting-level-empty", "sex", "2", "1", "weights.yaml")
    ]


def test_given_weights_keep_their_scale(small: Callable[..., Study]) -> None:
    """A given weight is brought to mean one, its own scale is kept apart, and people without one take no part."""
    study = small(
        "w,sex\n10,1\n", "columns: {w: 'weight:main'}\n", weights="method: given\ncolumn: main\nnote: Откуда\n"
    )
    engine = engine_of(study, **{"weight:main": [10.0, 30.0, None, 20.0]})

    made, problems = weigh(engine, study, study.weights[0])

    assert made is not None
    assert (made.people, made.scale, made.note.get("ru")) == (3, 20.0, "Откуда")
    assert weights_in(engine) == [0.5, 1.5, None, 1.0]
    assert made.efficiency == pytest.approx(9 / (3 * (0.25 + 2.25 + 1)))
    assert set(told(problems)) == {"weighting-missing"}


def test_a_weight_column_that_is_not_there(small: Callable[..., Study]) -> None:
    """A given weight without its column is an error that names those there are."""
    study = small(weights="method: given\ncolumn: main\n")
    engine = engine_of(study, **{"weight:other": [1.0, 2.0]})

    made, problems = weigh(engine, study, study.weights[0])

    assert made is None
    assert told(problems) == {"weight-column-not-there": {"column": "main", "known": "other"}}


def test_a_negative_weight_is_refused(small: Callable[..., Study]) -> None:
    """A negative weight stops the weighting."""
    study = small("w,sex\n10,1\n", "columns: {w: 'weight:main'}\n", weights="method: given\ncolumn: main\n")

    made, problems = weigh(engine_of(study, **{"weight:main": [1.0, -2.0]}), study, study.weights[0])

    assert (made, set(told(problems))) == (None, {"weighting-negative"})


def test_raking_from_a_base_weight(small: Callable[..., Study]) -> None:
    """Base weights keep their ratios inside a level: 1 and 3 become 0.5 and 1.5 beside 1 and 1."""
    study = small("w,sex\n1,1\n", "columns: {w: 'weight:base'}\n", weights=RAKE + "base_column: base\n")
    engine = engine_of(study, sex=[1, 1, 2, 2], **{"weight:base": [1.0, 3.0, 5.0, 5.0]})

    made, problems = weigh(engine, study, study.weights[0])

    assert made is not None, problems
    assert weights_in(engine) == [0.5, 1.5, 1.0, 1.0]


@pytest.mark.parametrize(
    ("values", "note", "code"),
    [
        ([10.0, 10.0, 1.0, 1.0, 1.0], "", "low"),
        ([100.0, *[1.0] * 40], "", "very-low"),
        ([100.0, *[1.0] * 40], "note: '? откуда'\n", "very-low"),
        ([100.0, *[1.0] * 40], "note: Один район опрошен впятеро реже\n", "low"),
    ],
)
def test_low_efficiency_is_told(small: Callable[..., Study], values: list[float], note: str, code: str) -> None:
    """An effective base under 60 % of the people is told, under 40 % it is an error unless the plan gives the reason."""
    weights = f"method: given\ncolumn: main\n{note}"
    study = small("w,sex\n10,1\n", "columns: {w: 'weight:main'}\n", weights=weights)

    _, problems = weigh(engine_of(study, **{"weight:main": values}), study, study.weights[0])

    assert f"weighting-efficiency-{code}" in told(problems)


def test_no_weights(small: Callable[..., Study]) -> None:
    """With "none" people count one each and nothing is written into the engine."""
    study = small(weights="method: none\nreason: Квоты пропорциональны\n")
    engine = engine_of(study, sex=[1, 2])

    made, problems = weigh(engine, study, study.weights[0])

    assert made is not None
    assert (made.people, made.efficiency, problems) == (2, 1.0, [])
    assert list(engine.columns()) == ["respondent", "sex"]
    assert made.design(engine).respondents == 2


def test_strata_and_primary_units_reach_the_design(small: Callable[..., Study]) -> None:
    """Strata and primary units of the answers stand in the design of the weight."""
    study = small(weights=RAKE)
    engine = engine_of(study, sex=[1, 2, 1, 2], stratum=["юг", "юг", "север", "север"], psu=["а", "б", "в", "г"])

    made, _ = weigh(engine, study, study.weights[0])

    assert made is not None
    assert (len(made.design(engine).strata), made.design(engine).df) == (2, 2)
