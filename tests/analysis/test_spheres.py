"""Spheres: the crosswalk is whole, the matrix counts any item once, the digital difference is upset where it should be."""

from __future__ import annotations

import math
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from tests.analysis.world import STUDY

from posad.analysis.computing import compute
from posad.analysis.declaring import read_plans
from posad.analysis.values import Result
from posad.core.problems import Problem
from posad.study.folder import read_study
from posad.tabulation.context import Context

Answered = Callable[[dict[str, str]], Context]
TEXT = """# {title}
## {block}
### side. {side}
[{one}]
- 1 {left}
- 2 {right}
### better. {better}
[{any}]
- 1 {taxi}
- 2 {bank}
- 3 {roads}
- 4 {doctors}
- 5 {courses}
- 97 {nothing}
### worry. {worry}
[{any}]
- 1 {roads}
- 2 {doctors}
"""
RU = {
    "title": "Проба", "block": "Город", "side": "Сторона", "one": "один ответ", "left": "левая", "right": "правая",
    "better": "Что лучше?", "any": "любое число", "taxi": "такси", "bank": "банк", "roads": "дороги", "doctors": "врачи",
    "courses": "курсы", "nothing": "ничего {исключающий}", "worry": "Что тревожит?",
}  # fmt: skip
EN = {
    "title": "Trial", "block": "Town", "side": "Side", "one": "one answer", "left": "left", "right": "right",
    "better": "What is better?", "any": "any number", "taxi": "taxi", "bank": "bank", "roads": "roads", "doctors": "doctors",
    "courses": "courses", "nothing": "nothing {exclusive}", "worry": "What worries?",
}  # fmt: skip
VARIABLES = """sides:
  label: {ru: Сторона, en: Side}
  groups:
    left: {label: {ru: Левые, en: Left}, if: side = 1}
    right: {label: {ru: Правые, en: Right}, if: side = 2}
"""
PLAN = """kind: spheres
better: better
worry: worry
spheres:
  net: {ru: Сеть, en: Net}
  town: {ru: Город, en: Town}
items:
  better.1: [net, digital]
  better.2: [net, digital]
  better.3: [town, offline]
  better.4: [town, offline]
  better.5: [town, mixed]
  worry.1: [town, offline]
  worry.2: [town, offline]
"""
HEAD = "side;" + ";".join(f"better.{c}" for c in (1, 2, 3, 4, 5, 97)) + ";worry.1;worry.2"


def rows(shares: tuple[float, ...], people: int = 400, seed: int = 1) -> list[list[int]]:
    """Return people who name each of five items with its chance, and worry about both others."""
    r = np.random.default_rng(seed)
    made = []
    for _ in range(people):
        named = [int(r.random() < s) for s in shares]
        made.append([int(r.integers(1, 3)), *named, int(not any(named)), int(r.random() < 0.5), int(r.random() < 0.5)])
    return made


def study(plan: str, answers: list[list[int]]) -> dict[str, str]:
    """Return the texts of a study with an analysis."""
    return {
        "study.yaml": STUDY,
        "questionnaire.md": TEXT.format(**RU),
        "questionnaire.en.md": TEXT.format(**EN),
        "variables.yaml": VARIABLES,
        "analysis/a.yaml": plan,
        "answers/2025.csv": "\n".join([HEAD, *(";".join(map(str, r)) for r in answers)]) + "\n",
    }


def result(answered: Answered, plan: str, answers: list[list[int]]) -> tuple[Result | None, list[Problem]]:
    """Return the analysis, or what is wrong with it."""
    context = answered(study(plan, answers))
    found, problems = read_plans(context.study)
    return compute(context, found[0]) if found else (None, problems)


def number(found: Result | None, name: str) -> Any:
    """Return an estimate of a result."""
    assert found is not None
    return found.facts[f"analysis:a/{name}"].estimate


def said(found: Result | None, id: str) -> str:
    """Return a sentence in English."""
    assert found is not None
    return next(f.text.get("en") for f in found.findings if f.id == id)


SMALLER = (0.1, 0.12, 0.5, 0.45, 0.3)


def test_the_difference_and_the_matrix_counted_by_hand(answered: Answered) -> None:
    """Mean digital share less mean offline share with the error of each person's own difference; a sphere counts who name any item."""
    made = rows(SMALLER)
    found, problems = result(answered, PLAN, made)
    d = np.array([(r[1] + r[2]) / 2 - (r[3] + r[4]) / 2 for r in made])

    assert problems == []
    assert number(found, "difference.all").value == pytest.approx(d.mean(), abs=1e-12)
    assert number(found, "difference.all").se == pytest.approx(math.sqrt(d.var(ddof=1) / len(d)), rel=1e-9)
    assert number(found, "town.worry").value == pytest.approx(np.mean([r[7] or r[8] for r in made]), abs=1e-12)
    assert number(found, "net.better").value == pytest.approx(np.mean([r[1] or r[2] for r in made]), abs=1e-12)
    assert "analysis:a/net.worry" not in (found.facts if found else {})


def test_a_smaller_digital_gap_is_shown_only_if_nothing_upsets_it(answered: Answered) -> None:
    """Both digital items rare: shown. One of them common: without the other it does not hold, and the sentence names that."""
    assert said(result(answered, PLAN, rows(SMALLER))[0], "level").startswith("Shown")
    upset = said(result(answered, PLAN, rows((0.05, 0.48, 0.5, 0.45, 0.3)))[0], "level")
    assert upset.startswith("Not shown")
    assert "without “taxi”" in upset
    assert said(result(answered, PLAN, rows((0.6, 0.7, 0.2, 0.2, 0.3)))[0], "level").startswith(
        "Not shown, rather the reverse"
    )


def test_one_wave_asks_for_a_second_of_a_size(answered: Answered) -> None:
    """The size follows from the error: n / ((δ/2.8s)² − 1); where no size is enough, the change that could show is told."""
    found, _ = result(answered, PLAN + "change: 10\n", rows(SMALLER))
    e = number(found, "difference.all")
    assert number(found, "second_wave").value == math.ceil(400 / ((0.10 / (2.8 * e.se)) ** 2 - 1))

    small, _ = result(answered, PLAN + "change: 1\n", rows(SMALLER))
    assert "analysis:a/second_wave" not in (small.facts if small else {})
    assert number(small, "least").value == pytest.approx(2.8 * e.se, rel=1e-12)


def test_groups_are_set_against_each_other(answered: Answered) -> None:
    """The difference of the left less that of the right is told with both."""
    made = rows(SMALLER)
    found, _ = result(answered, PLAN + "between: sides:left\nagainst: right\n", made)
    each = [np.mean([(r[1] + r[2] - r[3] - r[4]) / 2 for r in made if r[0] == side]) for side in (1, 2)]

    assert number(found, "groups.change").value == pytest.approx(each[0] - each[1], abs=1e-12)
    assert "not shown" in said(found, "groups")


def test_three_people_are_too_few(answered: Answered) -> None:
    """Three respondents give no result and a warning."""
    found, problems = result(answered, PLAN, rows(SMALLER, 3))

    assert found is None
    assert [p.code for p in problems] == ["analysis-nobody"]


@pytest.mark.parametrize(
    ("plan", "code"),
    [
        (PLAN.replace("  better.5: [town, mixed]\n", ""), "analysis-crosswalk-gap"),
        (PLAN.replace("better.5: [town, mixed]", "better.5: [town, mixt]"), "analysis-channel-unknown"),
        (PLAN.replace("better.5: [town, mixed]", "better.5: [twon, mixed]"), "analysis-sphere-unknown"),
        (PLAN + "  worry.7: [town, offline]\n", "analysis-item-unknown"),
        (PLAN.replace("[net, digital]", "[net, mixed]"), "analysis-no-channels"),
        (PLAN + "between: sides:left\nagainst: left\n", "analysis-same-group"),
        (PLAN.replace("worry: worry", "worry: side"), "analysis-no-choice"),
        (PLAN + "online: side.1\n", "analysis-item-unknown"),
        (PLAN + 'since: "2025"\n', "analysis-wave-missing"),
    ],
)
def test_mistakes_of_the_crosswalk_are_told(study_of: Callable[[dict[str, str]], Path], plan: str, code: str) -> None:
    """An item without a line, a line without an item, an unknown sphere or channel, and wrong names are told with codes."""
    read, _ = read_study(study_of(study(plan, rows(SMALLER, 10))))
    assert read is not None

    assert code in [p.code for p in read_plans(read)[1]]
