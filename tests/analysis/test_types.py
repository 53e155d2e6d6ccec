"""Distances, the conflict of liking and leaving, and poles, counted by hand; few people and wrong names."""

from __future__ import annotations

import math
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from tests.analysis.world import EN, QUESTIONNAIRE, RU, STUDY, VARIABLES, answers

from posad.analysis.computing import compute
from posad.analysis.declaring import read_plans
from posad.analysis.values import Result
from posad.core.problems import Problem
from posad.study.folder import read_study
from posad.tabulation.context import Context

Answered = Callable[[dict[str, str]], Context]
PLAN = """kind: types
distances:
  social: {plus: like.likes, minus: stay.3}
  shops: {plus: [stay.1, stay.2], label: {ru: Лавки, en: Shops}}
by: band
conflict:
  liking: like.likes
  intention: stay.3
  who: [sex]
poles:
  here: stay.1
  there: stay.3
  closed: [like.1, like.2]
"""


def study(plan: str = PLAN, people: int = 600) -> dict[str, str]:
    """Return the texts of the made-up town with this analysis."""
    return {
        "study.yaml": STUDY,
        "questionnaire.md": QUESTIONNAIRE.format(**RU),
        "questionnaire.en.md": QUESTIONNAIRE.format(**EN),
        "variables.yaml": VARIABLES,
        "analysis/a.yaml": plan,
        "answers/2025.csv": answers(people),
    }


def columns(people: int = 600) -> dict[str, np.ndarray]:
    """Return the answers by column."""
    head, *lines = answers(people).splitlines()
    values = np.array([[int(v) for v in line.split(";")] for line in lines])
    return dict(zip(head.split(";"), values.T, strict=True))


def result(answered: Answered, plan: str = PLAN, people: int = 600) -> tuple[Result | None, list[Problem]]:
    """Return the analysis, or what is wrong with it."""
    context = answered(study(plan, people))
    found, problems = read_plans(context.study)
    return compute(context, found[0]) if found else (None, problems)


def number(found: Result | None, name: str) -> Any:
    """Return an estimate of a result."""
    assert found is not None
    return found.facts[f"analysis:a/{name}"].estimate


def test_distances_counted_by_hand(answered: Answered) -> None:
    """A distance is a share less another with the error of each person's difference, or the mean of several shares."""
    found, problems = result(answered)
    made = columns()
    d = (made["like"] >= 4).astype(float) - (made["stay"] == 3)

    assert problems == []
    assert number(found, "social").value == pytest.approx(d.mean(), abs=1e-12)
    assert number(found, "social").se == pytest.approx(math.sqrt(d.var(ddof=1) / len(d)), rel=1e-9)
    assert number(found, "social").statistic == "points"
    assert number(found, "shops").value == pytest.approx(float(np.mean(made["stay"] < 3)) / 2, abs=1e-12)
    young = made["age"] == 1
    assert number(found, "social.young").value == pytest.approx(d[young].mean(), abs=1e-12)
    assert "analysis:a/social.nobody" not in (found.facts if found else {})


def test_four_types_are_everybody_who_told_both(answered: Answered) -> None:
    """The types' shares sum to one; who would leave is compared between those who like the town and the others."""
    found, _ = result(answered)
    made = columns()
    likes, leaves = made["like"] >= 4, made["stay"] == 3

    assert sum(number(found, f"type.{t}").value for t in ("home", "torn", "bound", "leaving")) == pytest.approx(1.0)
    assert number(found, "type.torn").value == pytest.approx(float(np.mean(likes & leaves)), abs=1e-12)
    assert number(found, "leave.difference").value == pytest.approx(
        leaves[likes].mean() - leaves[~likes].mean(), abs=1e-12
    )
    assert number(found, "untold").value == 0.0


def test_a_type_is_set_against_everybody_else(answered: Answered) -> None:
    """Women among those who like it and stay are compared with women among the other types, not with a total."""
    found, _ = result(answered)
    made = columns()
    home = (made["like"] >= 4) & (made["stay"] < 3)

    assert number(found, "home.sex.2").value == pytest.approx(float(np.mean(made["sex"][home] == 2)), abs=1e-12)
    assert number(found, "home.sex.2.rest").value == pytest.approx(float(np.mean(made["sex"][~home] == 2)), abs=1e-12)


def test_poles_among_those_whose_needs_are_met(answered: Answered) -> None:
    """Whoever names no lack has the needs met; both balances and their difference are told."""
    found, _ = result(answered)
    made = columns()
    met = ~np.isin(made["like"], (1, 2))
    balance = (made["stay"] == 1).astype(float) - (made["stay"] == 3)

    assert number(found, "met").value == pytest.approx(met.mean(), abs=1e-12)
    assert number(found, "poles.closed.balance").value == pytest.approx(balance[met].mean(), abs=1e-12)
    assert number(found, "poles.difference").value == pytest.approx(
        balance[met].mean() - balance[~met].mean(), abs=1e-12
    )


def test_where_all_like_their_town_nothing_is_compared(answered: Answered) -> None:
    """Where nobody would not say that they like the town, the others' wish to leave is not told, and no number is none."""
    files = study()
    head, *lines = files["answers/2025.csv"].splitlines()
    at = head.split(";").index("like")
    rows = [[*r[:at], "5", *r[at + 1 :]] for r in (line.split(";") for line in lines)]
    files["answers/2025.csv"] = "\n".join([head, *(";".join(r) for r in rows)]) + "\n"
    context = answered(files)
    found, problems = compute(context, read_plans(context.study)[0][0])

    assert problems == []
    assert found is not None
    assert "leaving" not in {f.id for f in found.findings}
    assert all(f.estimate.value is not None and math.isfinite(f.estimate.value) for f in found.facts.values())
    assert number(found, "type.bound").value == 0.0


def test_three_people_are_too_few(answered: Answered) -> None:
    """Three respondents give no result and a warning that says how many are needed."""
    found, problems = result(answered, people=3)

    assert found is None
    assert [p.code for p in problems] == ["analysis-nobody"]


@pytest.mark.parametrize(
    ("plan", "code"),
    [
        ("kind: types\n", "analysis-nothing-asked"),
        (PLAN.replace("plus: like.likes", "plus: like.mean"), "analysis-no-share"),
        (PLAN.replace("plus: like.likes", "plus: like.loves"), "analysis-measure-unknown"),
        (PLAN.replace("plus: like.likes", "plus: likes.likes"), "analysis-item-unknown"),
        (PLAN.replace("by: band", "by: bands"), "analysis-item-unknown"),
        (PLAN.replace("who: [sex]", "who: [sexes]"), "analysis-item-unknown"),
        (PLAN.replace("here: stay.1", "here: stay.7"), "analysis-measure-unknown"),
    ],
)
def test_mistakes_of_the_plan_are_told(study_of: Callable[[dict[str, str]], Path], plan: str, code: str) -> None:
    """Every wrong name of the file is told with a code of its own."""
    read, _ = read_study(study_of(study(plan, 20)))
    assert read is not None

    assert [p.code for p in read_plans(read)[1]] == [code]
