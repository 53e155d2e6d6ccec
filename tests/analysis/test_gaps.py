"""Gaps between groups: each with its error, all together, the distance of profiles, and what is refused."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import pytest
from tests.analysis.world import STUDY

from posad.analysis.computing import compute
from posad.analysis.declaring import read_plans
from posad.analysis.kinds.gaps.counting import gaps_of, sides, together
from posad.analysis.values import Result
from posad.core.problems import Problem
from posad.core.speech import say
from posad.tabulation.context import Context

Answered = Callable[[dict[str, str]], Context]
RU = """# Проба
## Город
### side. Сторона
[один ответ]
- 1 левая
- 2 правая
- 3 никакая
### better. Что лучше?
[до 2]
- 1 работа
- 2 врачи
- 3 дороги
- 97 ничего {исключающий}
"""
EN = """# Trial
## Town
### side. Side
[one answer]
- 1 left
- 2 right
- 3 neither
### better. What is better?
[up to 2]
- 1 work
- 2 doctors
- 3 roads
- 97 nothing {exclusive}
"""
VARIABLES = """sides:
  label: {ru: Сторона, en: Side}
  groups:
    left: {label: {ru: Левые, en: Left}, if: side = 1}
    right: {label: {ru: Правые, en: Right}, if: side = 2}
    rest: {label: {ru: Прочие, en: Others}, else: true}
"""
GAPS = "kind: gaps\ntitle: {ru: Разрывы, en: Gaps}\nof: better\nbetween: sides:left\n"
BOTH = GAPS + "against: right\n"
HEAD = "side;better.1;better.2;better.3;better.97"
LEFT = ["1;1;1;0;0"] * 60 + ["1;1;0;0;0"] * 20 + ["1;0;0;0;1"] * 20
RIGHT = ["2;1;0;1;0"] * 50 + ["2;0;1;1;0"] * 30 + ["2;0;0;0;1"] * 20
OTHERS = ["3;0;1;1;0"] * 40
ROWS = [*LEFT, *RIGHT, *OTHERS]


def study(plan: str, rows: list[str] | None = None, **more: str) -> dict[str, str]:
    """Return the texts of a study with an analysis."""
    rows = ROWS if rows is None else rows
    return {
        "study.yaml": STUDY,
        "questionnaire.md": RU,
        "questionnaire.en.md": EN,
        "variables.yaml": VARIABLES,
        "analysis/gap.yaml": plan,
        "answers/2025.csv": "\n".join([HEAD, *rows]) + "\n",
        **more,
    }


def gap(answered: Answered, plan: str = BOTH, **more: Any) -> tuple[Result | None, list[Problem]]:
    """Return the gaps of a study, or what is wrong with them."""
    context = answered(study(plan, **more))
    found, problems = read_plans(context.study, only="gap")
    if not found:
        return None, problems
    return compute(context, found[0])


def number(found: Result | None, name: str) -> Any:
    """Return an estimate of a result."""
    assert found is not None
    return found.facts[f"analysis:gap/{name}"].estimate


def test_gaps_counted_by_hand(answered: Answered) -> None:
    """Of 100 and 100 people 80 and 50 name work: a gap of 30 points with the variance of two independent shares."""
    found, problems = gap(answered)

    assert problems == []
    assert (number(found, "1.first").value, number(found, "1.second").value) == (0.8, 0.5)
    assert number(found, "1.gap").value == pytest.approx(0.3, abs=1e-12)
    n = len(ROWS)
    variance = (0.8 * 0.2 / 100 + 0.5 * 0.5 / 100) * n / (n - 1)  # the design's n/(n-1), as survey has it
    assert number(found, "1.gap").se == pytest.approx(math.sqrt(variance), rel=1e-12)
    assert number(found, "1.least").value == pytest.approx(2.8 * math.sqrt(variance), rel=1e-12)


def test_a_group_against_everybody_else(answered: Answered) -> None:
    """Without another group the rest is everybody outside the first: 50 of 140 name work."""
    found, _ = gap(answered, GAPS)

    assert number(found, "1.second").value == pytest.approx(50 / 140, abs=1e-12)
    assert number(found, "1.gap").value == pytest.approx(0.8 - 50 / 140, abs=1e-12)


def test_distance_and_its_floor(answered: Answered) -> None:
    """The distance is half the sum of gaps; where nothing differs chance gives σ√(2/π)/2 for each answer on average."""
    found, _ = gap(answered)

    sizes = [0.3, 0.6 - 0.3, 0.0 - 0.8, 0.0]
    assert number(found, "distance").value == pytest.approx(sum(map(abs, sizes)) / 2, abs=1e-12)
    n, shares = len(ROWS), [(0.8, 0.5), (0.6, 0.3), (0.0, 0.8), (0.2, 0.2)]
    errors = []
    for a, b in shares:  # around the share of both groups together
        p = (a + b) / 2
        around = (a * (1 - p) ** 2 + (1 - a) * p**2) / 100 + (b * (1 - p) ** 2 + (1 - b) * p**2) / 100
        errors.append(math.sqrt((around - (a - b) ** 2 / n) * n / (n - 1)))
    assert number(found, "distance.floor").value == pytest.approx(sum(errors) * math.sqrt(2 / math.pi) / 2, rel=1e-9)
    assert number(found, "distance.top").value > number(found, "distance.floor").value


def test_one_answer_alone_is_its_own_joint_test(answered: Answered) -> None:
    """The joint test of one answer is the square of its z with the design's degrees of freedom: the same p."""
    context = answered(study(BOTH + "answers: [1]\n"))
    plan = read_plans(context.study, only="gap")[0][0].plan
    cut, item, first, second = sides(context, plan)
    found = gaps_of(cut, item, plan, first, second)
    test = together(found)

    assert test is not None
    assert test.df == pytest.approx(1.0, abs=1e-12)
    assert test.p == pytest.approx(float(found.p[0]), rel=1e-9)


def test_a_limit_of_answers_is_warned_of(answered: Answered) -> None:
    """Where answers are limited and groups differ, displacement is told, with the number of answers of each group: 1.4 and 1.6."""
    found, _ = gap(answered)

    assert found is not None
    assert "displaced" in {f.id for f in found.findings if f.weight == "warning"}
    assert number(found, "answers.first").value == pytest.approx(1.4, abs=1e-12)
    assert number(found, "answers.second").value == pytest.approx(1.6, abs=1e-12)


def test_small_groups_are_refused(answered: Answered) -> None:
    """A group of forty people is named with its base, and there is no result."""
    found, problems = gap(answered, GAPS.replace("sides:left", "sides:rest"))

    assert found is None
    assert [p.code for p in problems] == ["analysis-group-small"]
    assert "40" in say(problems[0], "ru")
    assert "sides:rest" in say(problems[0], "en")


def test_mistakes_of_the_plan_have_places(answered: Answered) -> None:
    """An unknown question, code, group, and a group against itself are each told where they stand."""
    for plan, code, place in (
        (BOTH.replace("of: better", "of: beter"), "analysis-item-unknown", "analysis/gap.yaml:3:5"),
        (BOTH + "answers: [1, 8]\n", "analysis-measure-unknown", "analysis/gap.yaml:6:14"),
        (BOTH.replace("sides:left", "sides:lefty"), "analysis-measure-unknown", "analysis/gap.yaml:4:10"),
        (BOTH.replace("against: right", "against: left"), "analysis-same-group", "analysis/gap.yaml:5:10"),
    ):
        _, problems = gap(answered, plan)
        assert [(p.code, str(p.place)) for p in problems] == [(code, place)]


def test_no_number_is_missing_where_all_answer_alike(answered: Answered) -> None:
    """Where nobody or everybody gives an answer there is no test, no detectable gap, and no number that is none."""
    rows = ["1;1;0;0;0"] * 60 + ["2;1;0;0;0"] * 60
    found, _ = gap(answered, rows=rows)

    assert found is not None
    assert all(f.estimate.value is not None and math.isfinite(f.estimate.value) for f in found.facts.values())
    assert "analysis:gap/1.p" not in found.facts
    assert "analysis:gap/1.least" not in found.facts
