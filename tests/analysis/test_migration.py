"""Who would leave and where to, from where; the scenario of three sourced inputs, and its refusal without them."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from tests.analysis.towns import rows, study

from posad.analysis.computing import compute
from posad.analysis.declaring import read_plans
from posad.analysis.kinds.towns.migration.future import Future, Realised
from posad.analysis.kinds.towns.migration.projecting import project
from posad.analysis.values import Result
from posad.core.problems import Problem
from posad.core.words import LocalText
from posad.tabulation.context import Context

Answered = Callable[[dict[str, str]], Context]
PLAN = """\
kind: migration
title: {ru: Переезд, en: Moving}
leave: leave.leave
stay: leave.stay
where: where
origin: size
youth: youth:young
"""
FUTURE = """\
projection:
  first: 2025
  last: 2030
  shift: -5
  inside: [2]
  population: {groups: {small: 700000, medium: 300000}, source: {ru: перепись, en: census}}
  outflow: {rate: 2 %, source: {ru: реестр, en: register}}
  realisation:
    - {planners: 20 %, others: 5 %, years: 3, source: {ru: панель, en: panel}}
  ages:
    by: bands
    ends: {young: [18, 29], middle: [30, 49], old: [50, 90]}
    relative: {young: 3, middle: 2, old: 1}
    source: {ru: профиль, en: schedule}
"""


def moving(
    answered: Answered, plan: str = PLAN, answers: list[list[int | None]] | None = None
) -> tuple[Result | None, list[Problem]]:
    """Return what a study says of moving, or what is wrong."""
    context = answered(study({"move": plan}, answers))
    found, problems = read_plans(context.study, only="move")
    return compute(context, found[0]) if found else (None, problems)


def number(found: Result | None, name: str) -> Any:
    """Return an estimate of a result."""
    assert found is not None
    return found.facts[f"analysis:move/{name}"].estimate


def made(leave: int, town: int, where: int | None, people: int, age: int = 40) -> list[list[int | None]]:
    """Return people who all answer alike."""
    return [[1, age, town, leave, where, 1, 1, 1, 1, 5, 5, 5, 5]] * people


HAND = [*made(4, 1, 1, 60), *made(4, 1, 2, 20), *made(1, 1, None, 100), *made(3, 5, 1, 50), *made(2, 5, None, 70)]


def test_shares_counted_by_hand(answered: Answered) -> None:
    """Of 300 people 130 would leave and 170 stay; 110 of the 130 to a big town, which is 110 of all 300; by place 80 of 180, 50 of 120."""
    found, problems = moving(answered, PLAN.replace("youth: youth:young\n", ""), HAND)

    assert problems == []
    assert number(found, "leave").value == pytest.approx(130 / 300, abs=1e-12)
    assert number(found, "net").value == pytest.approx(40 / 300, abs=1e-12)
    assert (number(found, "1.movers").value, number(found, "1.all").value) == pytest.approx((110 / 130, 110 / 300))
    assert (number(found, "from1.leave").value, number(found, "from2.leave").value) == pytest.approx(
        (80 / 180, 50 / 120)
    )
    assert number(found, "from1.2").value == pytest.approx(20 / 80, abs=1e-12)


def test_the_balance_has_the_error_of_one_answer(answered: Answered) -> None:
    """Everybody is +1, −1 or 0 of one question, so the variance of the balance is that of a mean of such numbers."""
    found, _ = moving(answered, PLAN.replace("youth: youth:young\n", ""), HAND)

    mean = 40 / 300
    variance = (170 * (1 - mean) ** 2 + 130 * (1 + mean) ** 2) / 300 / 299
    assert number(found, "net").se == pytest.approx(math.sqrt(variance), rel=1e-12)


def test_youth_against_everybody_else(answered: Answered) -> None:
    """The young, made to leave more, are told with their difference; a group too small is named instead."""
    found, _ = moving(answered)
    assert number(found, "youth.gap").value == pytest.approx(
        number(found, "youth.leave").value - number(found, "others.leave").value, abs=1e-12
    )
    assert number(found, "youth.p").value < 0.05

    few = [*rows(300), *made(4, 1, 1, 0)]
    few = [r for r in few if (r[1] or 0) >= 30] + made(4, 1, 1, 20, age=20)
    found, problems = moving(answered, PLAN, few)
    assert found is not None
    assert "towns-group-small" in {p.code for p in problems}
    assert "analysis:move/youth.gap" not in found.facts


def test_a_scenario_says_would_and_names_its_sources(answered: Answered) -> None:
    """With its inputs a scenario says what would be, names every source, keeps inputs as numbers of others, and is no forecast."""
    found, problems = moving(answered, PLAN + FUTURE)

    assert problems == []
    assert found is not None
    text = next(f.text for f in found.findings if f.id == "scenario")
    assert "would" in text.get("en")
    assert "no forecast" in text.get("en")
    sources = next(f.text.get("en") for f in found.findings if f.id == "sources")
    assert all(word in sources for word in ("census", "register", "panel", "schedule"))
    outflow = found.facts["analysis:move/outflow"]
    assert outflow.official is not None
    assert outflow.official.note.get("en") == "register"
    assert number(found, "plans1.kept").value > 0
    assert all(f.estimate.value is not None and math.isfinite(f.estimate.value) for f in found.facts.values())


def test_a_scenario_without_an_input_or_a_source_is_refused(answered: Answered) -> None:
    """Every input left out, and every source, is told at its place, and nothing is computed."""
    for old, new, code in (
        ("  outflow: {rate: 2 %, source: {ru: реестр, en: register}}\n", "", "migration-input-missing"),
        (", source: {ru: реестр, en: register}", "", "migration-no-source"),
        ("    source: {ru: профиль, en: schedule}\n", "", "migration-no-source"),
        (", source: {ru: панель, en: panel}", "", "migration-no-source"),
        ("rate: 2 %", "rate: 200 %", "migration-not-a-rate"),
        ("young: [18, 29], ", "", "migration-no-age"),
        (", medium: 300000", "", "migration-no-type"),
        ("relative: {young: 3, middle: 2, old: 1}", "schedule: {a1: 0.02}", "migration-input-missing"),
        ("last: 2030", "last: 2090", "towns-out-of-range"),
        ("shift: -5", "shift: -150", "towns-out-of-range"),
        ("middle: [30, 49]", "middle: [31, 49]", "migration-ages-order"),
        ("medium: 300000", "medium: 0", "migration-no-type"),
        ("inside: [2]", "inside: [8]", "analysis-measure-unknown"),
    ):
        assert old in FUTURE
        found, problems = moving(answered, PLAN + FUTURE.replace(old, new))
        assert found is None
        assert code in {p.code for p in problems}
        assert all(p.place.line is not None for p in problems)


def test_an_age_nobody_has_leaves_no_scenario(answered: Answered) -> None:
    """Where nobody of an age was asked, the shares stand, the age is named, and there is no scenario and no number that is none."""
    found, problems = moving(answered, PLAN + FUTURE, [r for r in rows() if (r[1] or 0) < 50])

    assert found is not None
    assert [p.code for p in problems] == ["analysis-empty-group"]
    assert "scenario" not in {f.id for f in found.findings}
    assert all(f.estimate.value is not None and math.isfinite(f.estimate.value) for f in found.facts.values())


def test_three_people_are_too_few(answered: Answered) -> None:
    """Three respondents, and people of whom nobody would leave, are explained and give nothing."""
    for answers in (rows(3), made(1, 1, None, 200)):
        found, problems = moving(answered, PLAN, answers)
        assert found is None
        assert [p.code for p in problems] == ["analysis-nobody"]


def test_the_first_years_outflow_is_the_official_one() -> None:
    """Over towns and ages with whatever wishes, those who leave in one year are the official part of everybody."""
    plans = Realised(0.17, 0.05, 3, LocalText())
    future = Future(
        2025, 2026, 0.0, {1: 700, 2: 300}, 0.023, (plans,), "a", {1: (18, 24), 2: (25, 90)}, {1: 3.0, 2: 1.0}, (), ()
    )
    wish = np.array([0.7, 0.4, 0.5, 0.2])
    run = project(future, plans, wish, np.zeros((4, 4)), np.zeros(2), np.array([[1.0, 5.0], [1.0, 4.0]]), draws=3)

    assert run.left == pytest.approx([23.0] * 3, abs=1e-9)
    assert run.kept == pytest.approx(np.zeros((3, 2)), abs=1e-9)


def test_people_are_kept_where_all_stay_inside() -> None:
    """Where everybody who leaves goes to a town of the same kinds, nobody leaves them all, whatever the years."""
    plans = Realised(0.5, 0.2, 3, LocalText())
    future = Future(
        2025, 2035, -0.1, {1: 700, 2: 300}, 0.05, (plans,), "a", {1: (18, 24), 2: (25, 90)}, {1: 3.0, 2: 1.0}, (), ()
    )
    wish = np.array([0.7, 0.4, 0.5, 0.2])
    run = project(future, plans, wish, np.zeros((4, 4)), np.ones(2), np.array([[1.0, 5.0], [1.0, 4.0]]), draws=2)

    assert run.left == pytest.approx([0.0, 0.0], abs=1e-9)
    assert run.kept.sum(axis=1) == pytest.approx([0.0, 0.0], abs=1e-9)


def test_two_questions_are_refused(answered: Answered) -> None:
    """Those who would leave and those who would stay must be of one question, and destinations of one answer."""
    for old, new, code in (
        ("stay: leave.stay", "stay: town.1", "migration-two-questions"),
        ("where: where", "where: age", "domains-no-groups"),
        ("where: where", "where: wher", "analysis-item-unknown"),
        ("leave: leave.leave", "leave: age.mean", "domains-no-share"),
    ):
        found, problems = moving(answered, PLAN.replace(old, new))
        assert found is None
        assert code in {p.code for p in problems}
