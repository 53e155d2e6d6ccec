"""Gaps told by the same people: errors of differences, groups, waves, what has closed, what is refused."""

from __future__ import annotations

import math
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from tests.analysis.two_waves import people, study

from posad.analysis.computing import compute
from posad.analysis.declaring import read_plans
from posad.analysis.kinds.gaps.paired.counting import fieller
from posad.analysis.values import Result
from posad.core.problems import Problem
from posad.core.speech import say
from posad.pipeline.verbs.ask import opened

Write = Callable[[dict[str, str]], Path]
PAIRED = "kind: paired\ntitle: {ru: Разрывы, en: Gaps}\nof: spheres\nfirst: there\nsecond: here\n"
WAVES = 'since: "2024"\nuntil: "2025"\n'
FIRST, SECOND = people([0.5, 0.6], 200, 0.8, 1), people([0.5, 0.6], 200, 0.4, 2)


def result(study_of: Write, plan: str, first: str = FIRST, second: str = SECOND) -> tuple[Result | None, list[Problem]]:
    """Return the analysis of two waves, or what is wrong with it."""
    context, problems = opened(study_of(study(plan, first, second, 2)))
    assert context is not None, problems
    found, problems = read_plans(context.study)
    return compute(context, found[0]) if found else (None, problems)


def number(found: Result | None, name: str) -> Any:
    """Return an estimate of a result."""
    assert found is not None
    return found.facts[f"analysis:a/{name}"].estimate


def ratings(*files: str) -> np.ndarray:
    """Return doctors there minus doctors here of everybody in some files."""
    rows = [line.split(";") for text in files for line in text.splitlines()[1:]]
    return np.array([int(r[6]) - int(r[5]) for r in rows], dtype=float)


def test_a_paired_gap_has_the_error_of_each_persons_difference(study_of: Write) -> None:
    """The mean of the differences and its error over both waves, and the net of ratings, are those counted from the file."""
    found, problems = result(study_of, PAIRED)
    d = np.split(ratings(FIRST, SECOND), 2)
    both = np.concatenate(d)

    assert problems == []
    assert number(found, "doctors.all.gap").value == pytest.approx(both.mean(), abs=1e-12)
    inside = sum(
        float(((x - both.mean()) - (x - both.mean()).mean()) @ (x - both.mean())) * 400 / 399 for x in d
    )  # waves are strata
    assert number(found, "doctors.all.gap").se == pytest.approx(math.sqrt(inside) / 800, rel=1e-9)
    assert number(found, "doctors.all.higher").value == pytest.approx(float((both > 0).mean()), abs=1e-12)
    assert number(found, "doctors.all.net").value == pytest.approx(
        float((both > 0).mean() - (both < 0).mean()), abs=1e-12
    )
    assert number(found, "overlap").value != pytest.approx(1.0, abs=0.01)


def test_what_has_closed_between_two_waves(study_of: Write) -> None:
    """The closed part is one minus the ratio of both gaps, inside its interval; roads, where there is no gap, have none."""
    found, problems = result(study_of, PAIRED + WAVES)
    then, now = ratings(FIRST).mean(), ratings(SECOND).mean()
    closed = number(found, "doctors.2025.closed")

    assert problems == []
    assert found is not None
    assert closed.value == pytest.approx(1 - now / then, abs=1e-12)
    assert closed.low < closed.value < closed.high
    assert number(found, "doctors.2025.change").value == pytest.approx(now - then, abs=1e-12)
    assert "analysis:a/roads.2025.closed" not in found.facts
    assert "changed.2025.1" in {f.id for f in found.findings}
    assert "unchanged.2025" in {f.id for f in found.findings}


def test_net_and_mention_gaps(study_of: Write) -> None:
    """A net gap is the share naming it better there minus that naming it better here; a mention gap is the share itself."""
    net, _ = result(study_of, "kind: paired\nof: better\nminus: worse\n")
    rows = [line.split(";") for text in (FIRST, SECOND) for line in text.splitlines()[1:]]
    shares = np.array([[int(v) for v in r[7:]] for r in rows], dtype=float).mean(axis=0)

    assert number(net, "2.all.gap").value == pytest.approx(shares[1] - shares[3], abs=1e-12)
    assert number(net, "2.all.gap").statistic == "points"


def test_groups_are_compared_and_what_goes_unseen_is_told(study_of: Write) -> None:
    """Two towns drawn alike are not told apart: the smallest detectable difference is printed, without a plus."""
    found, _ = result(study_of, PAIRED + "by: towns\n")

    assert found is not None
    alike = next(f for f in found.findings if f.id == "groups.alike")
    assert "+" not in alike.text.get("ru")
    assert found.facts["analysis:a/groups.least"].size


def test_fieller_holds_the_ratio_as_often_as_it_says() -> None:
    """Of 4,000 draws of two gaps the 95 % interval holds their true ratio in 94 to 96 %."""
    rng = np.random.default_rng(3)
    cov = np.array([[0.04, 0.01], [0.01, 0.05]])
    draws = rng.multivariate_normal([1.0, 0.6], cov, size=4000)
    made = [fieller(a, b, cov, 10_000) for a, b in draws]
    held = [m is None or m[0] <= 0.6 <= m[1] for m in made]

    assert 0.94 <= np.mean(held) <= 0.96


def test_a_wave_without_the_question_is_left_out(study_of: Write) -> None:
    """Where nobody of a wave answered, that wave is named as left out, and nothing is told of a change."""
    lines = [line.split(";") for line in SECOND.splitlines()]
    blank = "\n".join(
        ";".join("" if i in (3, 4, 5, 6) and n else v for i, v in enumerate(row)) for n, row in enumerate(lines)
    )
    found, problems = result(study_of, PAIRED + WAVES, second=blank + "\n")

    assert problems == []
    assert found is not None
    assert "left_out" in {f.id for f in found.findings}
    assert not [a for a in found.facts if a.endswith((".change", ".closed"))]


def test_few_people_are_refused(study_of: Write) -> None:
    """Three respondents a wave are too few for any gap: a warning says how many answered."""
    few = people([0.5, 0.5], 3, 0.5, 1)
    found, problems = result(study_of, PAIRED, few, few)

    assert found is None
    assert [p.code for p in problems] == ["analysis-group-small"]
    assert "12" in say(problems[0], "ru")


@pytest.mark.parametrize(
    ("plan", "code"),
    [
        (PAIRED.replace("of: spheres", "of: sphere"), "analysis-item-unknown"),
        (PAIRED.replace("first: there", "first: ther"), "analysis-criterion-unknown"),
        (PAIRED.replace("second: here", "second: there"), "analysis-same-group"),
        (PAIRED + 'since: "2024"\n', "analysis-wave-missing"),
        (PAIRED + 'since: "2024"\nuntil: "2026"\n', "analysis-wave-unknown"),
        ("kind: paired\nof: old\nsince: '2024'\nuntil: '2025'\n", "analysis-wave-changed"),
        ("kind: paired\nof: spheres\n", "analysis-item-unknown"),
    ],
)
def test_mistakes_of_the_plan_are_told(study_of: Write, plan: str, code: str) -> None:
    """Every wrong name of the file is told with a code of its own and a place in the file."""
    from posad.study.folder import read_study

    read, _ = read_study(study_of(study(plan, FIRST, SECOND, 2)))
    assert read is not None
    found, problems = read_plans(read)

    assert found == ()
    assert [p.code for p in problems] == [code]
    assert problems[0].place.file == "analysis/a.yaml"
    assert problems[0].place.line
