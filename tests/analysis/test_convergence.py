"""Convergence: chance is not taken for it, a real one is seen, few types are contrasts, power stands beside."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from tests.analysis.two_waves import people, study

from posad.analysis.computing import compute
from posad.analysis.declaring import read_plans
from posad.analysis.kinds.gaps.convergence.latent import power, spreads
from posad.analysis.values import Result
from posad.core.problems import Problem
from posad.pipeline.verbs.ask import opened
from posad.study.folder import read_study

Write = Callable[[dict[str, str]], Path]
PLAN = 'kind: convergence\nof: stay.1\nby: towns\nsince: "2024"\nuntil: "2025"\n'


def result(
    study_of: Write, first: str, second: str, towns: int, plan: str = PLAN
) -> tuple[Result | None, list[Problem]]:
    """Return the analysis of two waves, or what is wrong with it."""
    context, problems = opened(study_of(study(plan, first, second, towns)))
    assert context is not None, problems
    found, problems = read_plans(context.study)
    return compute(context, found[0]) if found else (None, problems)


def test_the_fit_is_the_most_likely_one() -> None:
    """With noise near nought the spreads are the standard deviations over territories (of n), and the ratio theirs."""
    rng = np.random.default_rng(4)
    true = rng.normal(size=(1, 40, 1))
    y = np.concatenate([0.6 + 0.1 * true, 0.6 + 0.05 * true + 0.01 * rng.normal(size=(1, 40, 1))], axis=2)
    found = spreads(y, np.broadcast_to(np.eye(2) * 1e-8, (40, 2, 2)))
    n = y.std(axis=1)[0]

    assert float(found.ratio[0]) == pytest.approx(n[1] / n[0], rel=0.02)  # the priors are weak, not absent
    assert float(found.p[0]) < 1e-6


def test_noise_alone_is_no_spread() -> None:
    """Of 300 worlds in which 12 territories differ by chance alone, the test says so in at most one of twelve."""
    rng = np.random.default_rng(5)
    noise = np.broadcast_to(np.eye(2) * 0.05**2, (12, 2, 2))
    found = spreads(0.5 + 0.05 * rng.normal(size=(300, 12, 2)), noise)

    assert float(np.mean(found.p < 0.05)) <= 1 / 12
    assert float(np.median(found.first)) < 0.03


def test_power_grows_with_people() -> None:
    """Ten times less noise shows a halved spread more often."""
    weak, strong = (
        power(0.05, 0.9, np.broadcast_to(np.eye(2) * v, (16, 2, 2)), worlds=200) for v in (0.06**2, 0.006**2)
    )

    assert weak < 0.3 < strong


def test_two_towns_that_came_closer(study_of: Write) -> None:
    """Towns 50 points apart, then 10: their gap has narrowed, and what part of it closed is told with an interval."""
    found, problems = result(study_of, people([0.2, 0.7], 300, 0.5, 1), people([0.4, 0.5], 300, 0.5, 2), 2)

    assert problems == []
    assert found is not None
    assert "gap.t2_t1" in {f.id for f in found.findings}
    closed = found.facts["analysis:a/t2_t1.closed"].estimate
    assert closed.value is not None
    assert 0.5 < closed.value < 1.0


def test_a_gap_that_was_not_there_cannot_close(study_of: Write) -> None:
    """Two towns alike at first have no gap to close: no change of it is tested."""
    found, _ = result(study_of, people([0.5, 0.5], 100, 0.5, 3), people([0.5, 0.5], 100, 0.5, 4), 2)

    assert found is not None
    assert {f.id for f in found.findings} == {"none"}


def test_many_towns_are_taken_together_with_the_power(study_of: Write) -> None:
    """Eight towns with unchanged levels: no convergence is shown, and how often a halving would be seen stands beside."""
    towns = [0.3 + 0.05 * i for i in range(8)]
    found, problems = result(study_of, people(towns, 60, 0.5, 5), people(towns, 60, 0.5, 6), 8)

    assert problems == []
    assert found is not None
    assert "analysis:a/power" in next(f for f in found.findings if f.id == "spread").facts
    observed, taken = (found.facts[f"analysis:a/{name}.2024"].estimate.value for name in ("seen", "sigma"))
    assert observed is not None
    assert taken is not None
    assert taken < observed


def test_gaps_between_waves(study_of: Write) -> None:
    """Waves are groups like others: 20 and 60 % stay, a gap of 40 points; a question asked otherwise is refused."""
    plan = "kind: gaps\nof: stay\nbetween: wave:2025\nagainst: '2024'\n"
    first, second = people([0.2], 200, 0.5, 1), people([0.6], 200, 0.5, 2)
    found, problems = result(study_of, first, second, 1, plan)
    shares = [np.mean([line.split(";")[1] == "1" for line in text.splitlines()[1:]]) for text in (second, first)]

    assert problems == []
    assert found is not None
    assert found.facts["analysis:a/1.gap"].estimate.value == pytest.approx(shares[0] - shares[1], abs=1e-12)

    read, _ = read_study(study_of(study(plan.replace("of: stay", "of: old"), first, second, 1)))
    assert read is not None
    assert [p.code for p in read_plans(read)[1]] == ["analysis-wave-changed"]


def test_territories_all_alike_have_no_spread(study_of: Write) -> None:
    """Where everybody of every town answers alike nothing has converged, and no number is none."""
    text = people([1.0] * 8, 40, 0.5, 1)
    found, problems = result(study_of, text, text, 8)

    assert problems == []
    assert found is not None
    assert all(f.estimate.value is not None and np.isfinite(f.estimate.value) for f in found.facts.values())
    assert (found.facts["analysis:a/p"].estimate.value or 0.0) > 0.5


def test_too_few_people_are_refused(study_of: Write) -> None:
    """Towns with three people each are left out, and with all of them left out there is no result."""
    found, problems = result(study_of, people([0.5] * 8, 3, 0.5, 1), people([0.5] * 8, 3, 0.5, 2), 8)

    assert found is None
    assert [p.code for p in problems] == ["analysis-group-small"]


@pytest.mark.parametrize(
    ("plan", "code"),
    [
        (PLAN.replace("stay.1", "stay.9"), "analysis-measure-unknown"),
        (PLAN.replace("stay.1", "stey.1"), "analysis-item-unknown"),
        (PLAN.replace("towns", "town"), "analysis-item-unknown"),
        (PLAN.replace('"2025"', '"2024"'), "analysis-same-group"),
        (PLAN.replace("stay.1", "old.1"), "analysis-wave-changed"),
    ],
)
def test_mistakes_of_the_plan_are_told(study_of: Write, plan: str, code: str) -> None:
    """Every wrong name of the file is told with a code of its own."""
    text = people([0.5, 0.5], 30, 0.5, 1)
    read, _ = read_study(study_of(study(plan, text, text, 2)))
    assert read is not None

    assert [p.code for p in read_plans(read)[1]] == [code]
