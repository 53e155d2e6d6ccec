"""Services online and offline: shares, leads, the divide, the index and its refusal."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from tests.analysis.towns import rows, study

from posad.analysis.computing import compute
from posad.analysis.declaring import read_plans
from posad.analysis.values import Result
from posad.core.problems import Problem
from posad.tabulation.context import Context

Answered = Callable[[dict[str, str]], Context]
PLAN = """\
kind: services
title: {ru: Услуги, en: Services}
of: channel
online: [1]
mixed: [2]
offline: [3]
none: [4]
divide: [bands, size]
index: modern
"""


def services(
    answered: Answered, plan: str = PLAN, answers: list[list[int | None]] | None = None
) -> tuple[Result | None, list[Problem]]:
    """Return the services of a study, or what is wrong with them."""
    context = answered(study({"serv": plan}, answers))
    found, problems = read_plans(context.study, only="serv")
    return compute(context, found[0]) if found else (None, problems)


def number(found: Result | None, name: str) -> Any:
    """Return an estimate of a result."""
    assert found is not None
    return found.facts[f"analysis:serv/{name}"].estimate


def made(
    channel: tuple[int, ...], people: int, modern: tuple[int, ...] = (5, 5, 5, 5), age: int = 40
) -> list[list[int | None]]:
    """Return people who all answer alike."""
    return [[1, age, 1, 1, None, *channel, *modern]] * people


HAND = [*made((1, 2, 3, 4), 60), *made((1, 2, 3, 3), 30, age=70), *made((3, 2, 3, 99), 30, age=70)]


def test_shares_and_the_digital_part_by_hand(answered: Answered) -> None:
    """Of 120 people 90 take a taxi online; of 390 services used 210 are online or both ways; by age 120 of 180 and 90 of 210."""
    found, _ = services(answered, PLAN.replace("index: modern\n", ""), HAND)

    assert number(found, "taxi.online").value == pytest.approx(90 / 120, abs=1e-12)
    assert number(found, "health.none").value == pytest.approx(60 / 120, abs=1e-12)
    assert number(found, "health.rest").value == pytest.approx(30 / 120, abs=1e-12)
    used = 60 * 3 + 30 * 4 + 30 * 3
    assert number(found, "digital").value == pytest.approx((60 * 2 + 30 * 2 + 30) / used, abs=1e-12)
    assert number(found, "left_out").value == 0.0
    assert number(found, "divide.bands.2").value == pytest.approx(120 / 180, abs=1e-12)
    assert number(found, "divide.bands.3").value == pytest.approx(90 / 210, abs=1e-12)
    assert number(found, "divide.bands.gap").value == pytest.approx(120 / 180 - 90 / 210, abs=1e-12)


def test_the_divide_is_told_where_it_is(answered: Answered) -> None:
    """The made-up divide by age is told with its gap; by town size no difference is told, beside what would have shown."""
    found, problems = services(answered)

    assert problems == []
    assert found is not None
    weights = {f.id: f.weight for f in found.findings}
    assert weights["divide.bands"] == "main"
    assert weights["divide.size"] == "detail"
    assert number(found, "divide.size.least").value > 0
    assert all(f.estimate.value is not None and math.isfinite(f.estimate.value) for f in found.facts.values())


def test_the_index_and_its_alpha(answered: Answered) -> None:
    """The index is the mean of four rows; its alpha is that of the people's answers, computed here anew, inside its interval."""
    answers = rows()
    found, _ = services(answered, answers=answers)

    x = np.array([row[-4:] for row in answers], dtype=np.float64)
    assert number(found, "index").value == pytest.approx(float(x.mean()), abs=1e-9)
    cov = np.cov(x.T, bias=True)
    expected = 4 / 3 * (1 - np.trace(cov) / cov.sum())
    alpha = number(found, "alpha")
    assert alpha.value == pytest.approx(float(expected), abs=1e-9)
    assert alpha.low < alpha.value < alpha.high
    assert 0 < number(found, "omega").value < 1


def test_rows_that_share_nothing_make_no_index(answered: Answered) -> None:
    """Independent ratings give no index but the services stand; a row rated alike by all is named."""
    r = np.random.default_rng(2)
    apart: list[list[int | None]] = [[*row[:-4], *(int(v) for v in r.integers(1, 11, 4))] for row in rows()]
    found, problems = services(answered, answers=apart)
    assert found is not None
    assert [p.code for p in problems] == ["services-index-unreliable"]
    assert "analysis:serv/index" not in found.facts

    same: list[list[int | None]] = [[*row[:-1], 7] for row in rows()]
    found, problems = services(answered, answers=same)
    assert found is not None
    assert [p.code for p in problems] == ["analysis-constant"]


def test_three_people_are_too_few(answered: Answered) -> None:
    """Three respondents are explained and give nothing."""
    found, problems = services(answered, answers=rows(3))

    assert found is None
    assert [p.code for p in problems] == ["analysis-nobody"]


def test_a_service_nobody_was_asked_about_is_left_out(answered: Answered) -> None:
    """A row without answers is named and left out; the others stand."""
    unasked: list[list[int | None]] = [[*row[:5], None, *row[6:]] for row in rows()]
    found, problems = services(answered, answers=unasked)

    assert found is not None
    assert [p.code for p in problems] == ["towns-group-small"]
    assert "analysis:serv/taxi.online" not in found.facts
    assert "analysis:serv/bank.online" in found.facts


def test_mistakes_of_the_plan_have_places(answered: Answered) -> None:
    """A question that is no grid, a scale for services, unknown codes, a code twice, overlapping groups: each is told where it stands."""
    for old, new, code, place in (
        ("of: channel", "of: town", "analysis-item-unknown", "3:5"),
        ("of: channel", "of: modern", "services-not-such", "3:5"),
        ("online: [1]", "online: [8]", "analysis-measure-unknown", "4:10"),
        ("mixed: [2]", "mixed: [1]", "services-code-twice", "5:9"),
        ("[bands, size]", "[bands, sise]", "analysis-item-unknown", "8:9"),
        ("index: modern", "index: moder", "analysis-item-unknown", "9:8"),
    ):
        _, problems = services(answered, PLAN.replace(old, new))
        assert [(p.code, str(p.place)) for p in problems] == [(code, f"analysis/serv.yaml:{place}")]
