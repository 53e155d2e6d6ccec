"""The made-up town with one more question, asked only of those who would go, and with what its analyses find."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from tests.analysis.world import world

from posad.analysis.computing import compute
from posad.analysis.declaring import read_plans
from posad.analysis.values import Result
from posad.core.problems import Problem
from posad.tabulation.context import Context

Answered = Callable[[dict[str, str]], Context]
WHERE = {
    "questionnaire.md": "### where. Куда\n[если stay = 3; один ответ]\n- 1 близко\n- 2 далеко\n",
    "questionnaire.en.md": "### where. Where to\n[if stay = 3; one answer]\n- 1 near\n- 2 far\n",
}


def town(people: int = 1200, weights: bool = True, simulated: bool = False) -> dict[str, str]:
    """Return the texts of the study with the question of where to go."""
    files = world(people, weights=weights, simulated=simulated)
    files |= {name: files[name] + text for name, text in WHERE.items()}
    head, *rows = files["answers/2025.csv"].splitlines()
    stay = head.split(";").index("stay")
    r = np.random.default_rng(3)
    lines = [f"{row};{r.integers(1, 3) if row.split(';')[stay] == '3' else ''}" for row in rows]
    files["answers/2025.csv"] = "\n".join([f"{head};where", *lines]) + "\n"
    return files


def made(
    answered: Answered, text: str, people: int = 1200, weights: bool = True, simulated: bool = False
) -> tuple[Result | None, list[Problem]]:
    """Return what an analysis of the town finds, its file saying ``text``."""
    context = answered(town(people, weights, simulated) | {"analysis/one.yaml": text})
    found, problems = read_plans(context.study, only="one")
    assert problems == []
    return compute(context, found[0])


def wrong(answered: Answered, text: str) -> list[tuple[str, int]]:
    """Return what is wrong with the file of an analysis, and in which line."""
    context = answered(town(60) | {"analysis/one.yaml": text})
    return [(p.code, p.place.line) for p in read_plans(context.study, only="one")[1]]


def value(found: Result | None, number: str) -> float:
    """Return a number of a result."""
    assert found is not None
    estimate = found.facts[f"analysis:one/{number}"].estimate
    assert estimate.value is not None
    return estimate.value


def said(found: Result | None, language: str = "ru") -> dict[str, str]:
    """Return the sentences of a result by their ids."""
    assert found is not None
    return {f.id: f.text.get(language) for f in found.findings}
