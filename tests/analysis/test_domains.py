"""Shares of small domains: what is computed, what is published, what is refused."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
import pytest
from tests.analysis.towns import DOMAINS, rows, study

from posad.analysis.computing import compute
from posad.analysis.declaring import read_plans
from posad.analysis.kinds.towns.domains.areas import fay_herriot
from posad.analysis.kinds.towns.domains.mixed import People, posterior
from posad.analysis.values import Result
from posad.core.problems import Problem
from posad.tabulation.context import Context

Answered = Callable[[dict[str, str]], Context]


def domains(
    answered: Answered, plan: str = DOMAINS, answers: list[list[int | None]] | None = None
) -> tuple[Result | None, list[Problem]]:
    """Return the domains of a study, or what is wrong with them."""
    context = answered(study({"dom": plan}, answers))
    found, problems = read_plans(context.study, only="dom")
    return compute(context, found[0]) if found else (None, problems)


def test_domains_are_told_three_ways(answered: Answered) -> None:
    """Each published domain has a direct share, one by either model between it and everybody's or near, and no number is missing."""
    found, problems = domains(answered, DOMAINS + "widest: 30\n")

    assert problems == []
    assert found is not None
    assert all(f.estimate.value is not None and math.isfinite(f.estimate.value) for f in found.facts.values())
    values = {a.partition("/")[2]: f.estimate.value for a, f in found.facts.items()}
    whole = values["everybody"]
    for code in range(1, 7):
        direct, model = values[f"{code}.direct"], values[f"{code}.model"]
        assert direct is not None
        assert model is not None
        assert whole is not None
        assert min(direct, whole) - 0.03 <= model <= max(direct, whole) + 0.03
        assert abs(model - (values[f"{code}.areas"] or 0)) < 0.05
    assert "above" in {f.id for f in found.findings}  # town 6 was made so
    assert "6.model" in next(f.text.get("en") for f in found.findings if f.id == "above")


def test_wide_domains_have_no_number(answered: Answered) -> None:
    """A domain whose interval is wider than the threshold is named without a number; where all are, nothing is printed."""
    found, _ = domains(answered, DOMAINS + "widest: 12\n")

    assert found is not None
    hidden = [line for line in found.grids[0].lines if not isinstance(line.cells[2], str)]
    assert hidden
    assert all(f"analysis:dom/{line.id}.model" not in found.facts for line in hidden)
    assert "wider" in found.findings[0].text.get("en")
    none, problems = domains(answered, DOMAINS + "widest: 1\n")
    assert none is None
    assert [p.code for p in problems] == ["domains-wide"]


def test_what_a_model_cannot_be_made_of(answered: Answered) -> None:
    """Three people, one outcome for all, two domains, and groups that cut across domains are each explained, without a result."""
    same: list[list[int | None]] = [[*r[:3], 1, None, *r[5:]] for r in rows()]
    two = [r for r in rows() if r[2] in (1, 2)]
    for plan, answers, code in (
        (DOMAINS, rows(3), "analysis-nobody"),
        (DOMAINS, same, "analysis-outcome-constant"),
        (DOMAINS, two, "domains-few"),
        (DOMAINS.replace("[part]", "[crossing]"), None, "domains-not-nested"),
    ):
        found, problems = domains(answered, plan, answers)
        assert found is None
        assert problems[-1].code == code


def test_an_empty_domain_is_named_and_left_out(answered: Answered) -> None:
    """A domain that nobody answered in is told, and the others stand."""
    found, problems = domains(answered, DOMAINS + "widest: 30\n", [r for r in rows() if r[2] != 5])

    assert [p.code for p in problems] == ["analysis-empty-group"]
    assert found is not None
    assert [line.id for line in found.grids[0].lines] == ["1", "2", "3", "4", "6"]


def test_mistakes_of_the_plan_have_places(answered: Answered) -> None:
    """A mean as outcome, a number as grouping, nobody to know people by, and a threshold out of range are told where they stand."""
    for plan, code, place in (
        (DOMAINS.replace("leave.leave", "age.mean"), "domains-no-share", "analysis/dom.yaml:3:10"),
        (DOMAINS.replace("domains: town", "domains: age"), "domains-no-groups", "analysis/dom.yaml:4:10"),
        (DOMAINS.replace("[sex, bands]", "[sex, band]"), "analysis-item-unknown", "analysis/dom.yaml:6:11"),
        (DOMAINS.replace("[sex, bands]", "[]"), "domains-no-people", "analysis/dom.yaml:6:5"),
        (DOMAINS + "widest: 0\n", "towns-out-of-range", "analysis/dom.yaml:7:9"),
    ):
        _, problems = domains(answered, plan)
        assert [(p.code, str(p.place)) for p in problems] == [(code, place)]


def test_areas_that_do_not_differ_share_one_mean() -> None:
    """Where direct estimates vary less than their errors the variance between areas is nought and all take the weighted mean."""
    found = fay_herriot(np.array([0.50, 0.51, 0.49, 0.50]), np.ones((4, 1)), np.full(4, 0.01))

    assert found.between == 0.0
    assert found.values == pytest.approx([0.5] * 4, abs=1e-12)
    assert np.all(found.mse > 0)


def test_areas_without_a_model_are_a_programmers_mistake() -> None:
    """As many covariates as areas, or a variance of nought, raise ValueError."""
    with pytest.raises(ValueError, match="2 areas"):
        fay_herriot(np.zeros(2), np.eye(2), np.ones(2))
    with pytest.raises(ValueError, match="variance 0"):
        fay_herriot(np.zeros(3), np.ones((3, 1)), np.array([1.0, 1.0, 0.0]))


def test_products_are_those_of_plain_matrices() -> None:
    """Z'WZ counted by levels equals the product of the matrices written out."""
    r = np.random.default_rng(3)
    x, levels = r.normal(size=(40, 2)), (r.integers(0, 4, 40), r.integers(0, 3, 40))
    people, w = People(x, levels, (4, 3)), r.random(40)
    z = np.column_stack([x, *(np.eye(n)[v] for n, v in zip((4, 3), levels, strict=True))])

    assert people.products(w) == pytest.approx((z * w[:, None]).T @ z, abs=1e-12)
    assert people.sums(w) == pytest.approx(z.T @ w, abs=1e-12)


def test_the_same_seed_gives_the_same_draws() -> None:
    """Two runs of one seed are equal to the last bit, and another seed gives other draws."""
    people = People(np.ones((3, 1)), (np.arange(3),), (3,))
    yes, asked = np.array([3.0, 12.0, 20.0]), np.array([20.0, 25.0, 30.0])

    first, second, other = (posterior(people, yes, asked, seed=s).draws for s in (1, 1, 2))
    assert np.array_equal(first, second)
    assert not np.array_equal(first, other)


def frame_of(young: float) -> str:
    """Return counts in which the young make a part of every town but the first, where there are no others."""
    lines = ["town;sex;bands;people"]
    for town in range(1, 7):
        for sex in (1, 2):
            for band in ("young", "middle", "old"):
                part = (1.0 if band == "young" else 0.0) if town == 1 else young if band == "young" else (1 - young) / 2
                lines.append(f"{town};{sex};{band};{round(10000 * part)}")
    return "\n".join(lines) + "\n"


def with_frame(answered: Answered, text: str, more: str = "") -> tuple[Result | None, list[Problem]]:
    """Return domains whose people are counted by a file."""
    plan = DOMAINS + "widest: 40\nframe: {file: frame/cells.csv, source: {ru: перепись, en: census}}\n" + more
    context = answered(study({"dom": plan}, None, **{"frame/cells.csv": text}))
    found, problems = read_plans(context.study, only="dom")
    return compute(context, found[0]) if found else (None, problems)


def test_counts_of_people_move_shares(answered: Answered) -> None:
    """Where a town is counted to have only young people, who leave more, its share is higher than with everybody's mix of ages."""
    alike, _ = domains(answered, DOMAINS + "widest: 40\n")
    counted, problems = with_frame(answered, frame_of(0.2))

    assert problems == []
    assert alike is not None
    assert counted is not None
    first, second = (f.facts["analysis:dom/1.model"].estimate.value or 0 for f in (alike, counted))
    assert second > first + 0.1
    assert "census" in next(f.text.get("en") for f in counted.findings if f.id == "frame")


def test_counts_with_mistakes_have_places(answered: Answered) -> None:
    """A missing column, a group that is not there, a number that is none, a town without people: each is told where it stands."""
    whole = frame_of(0.3)
    for text, code, place in (
        (whole.replace("bands;people", "bands;n"), "domains-frame-column", "frame/cells.csv:1:1"),
        (whole.replace("1;1;young;", "1;1;youth;", 1), "domains-frame-group", "frame/cells.csv:2:5"),
        (whole.replace("young;10000", "young;many", 1), "domains-frame-people", "frame/cells.csv:2:11"),
    ):
        _, problems = with_frame(answered, text)
        assert [(p.code, str(p.place)) for p in problems] == [(code, place)]
    without = "\n".join(line for line in whole.splitlines() if not line.startswith("3;")) + "\n"
    found, problems = with_frame(answered, without)
    assert found is None
    assert [p.code for p in problems] == ["domains-uncounted"]


def test_what_is_known_of_domains_needs_every_domain_and_a_source(answered: Answered) -> None:
    """A number known of every town enters both models and is named with its source; without a town or a source it is refused."""
    known = "known:\n  - label: {ru: Доход, en: Income}\n    source: {ru: реестр, en: register}\n"
    values = "    values: {1: 3, 2: 2.5, 3: 2, 4: 1.5, 5: 1, 6: 0}\n"
    found, problems = domains(answered, DOMAINS + "widest: 40\n" + known + values)
    assert problems == []
    assert found is not None
    assert "Income (register)" in next(f.text.get("en") for f in found.findings if f.id == "known")

    for text, code in (
        (known + values.replace(", 6: 0", ""), "domains-known-missing"),
        (known.replace("    source: {ru: реестр, en: register}\n", "") + values, "migration-no-source"),
    ):
        none, problems = domains(answered, DOMAINS + text)
        assert none is None
        assert code in {p.code for p in problems}
