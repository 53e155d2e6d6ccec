"""Whatever few, empty or one-sided answers there are, analyses of towns give numbers or reasons: never a crash, never a number that is none."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
import pytest
from tests.analysis.test_migration import FUTURE
from tests.analysis.test_migration import PLAN as MOVING
from tests.analysis.test_services import PLAN as SERVICES
from tests.analysis.towns import DOMAINS, rows, study

from posad.analysis.computing import compute
from posad.analysis.declaring import read_plans
from posad.analysis.keeping import to_text
from posad.tabulation.context import Context

PLANS = {"dom": DOMAINS + "widest: 60\n", "move": MOVING + FUTURE, "serv": SERVICES}
WEIGHTS = "method: rake\nmargins:\n  sex: {targets: {1: 45 %, 2: 55 %}, source: {ru: перепись, en: census}}\n"


def spoiled(seed: int) -> list[list[int | None]]:
    """Return answers of a few hundred people spoiled by chance: questions unasked, one answer for all, groups that are gone."""
    r = np.random.default_rng(seed)
    answers = rows(int(r.choice([4, 60, 130, 260])), seed)
    for column in range(2, len(answers[0])):
        fate = r.random()
        if fate < 0.08:
            answers = [[*row[:column], None, *row[column + 1 :]] for row in answers]
        elif fate < 0.16:
            only = answers[0][column]
            answers = [
                [*row[:column], None if column == 4 and (row[3] or 0) < 3 else only, *row[column + 1 :]]
                for row in answers
            ]
        elif fate < 0.24:
            answers = [row if r.random() < 0.7 else [*row[:column], None, *row[column + 1 :]] for row in answers]
    gone = int(r.integers(1, 7))
    return [row for row in answers if row[2] != gone or r.random() < 0.1]


@pytest.mark.parametrize("seed", range(24))
def test_spoiled_answers_give_numbers_or_reasons(answered: Callable[[dict[str, str]], Context], seed: int) -> None:
    """Each kind either says why it cannot tell, or every number of it is finite and stands inside its interval."""
    more = {"weights.yaml": WEIGHTS} if seed % 2 else {}
    answers = spoiled(seed)
    if len({row[0] for row in answers}) < 2:
        more = {}
    context = answered(study(PLANS, answers, **more))
    for declared in read_plans(context.study)[0]:
        found, problems = compute(context, declared)
        assert found is not None or problems
        if found is None:
            continue
        to_text(found)
        for fact in found.facts.values():
            e = fact.estimate
            assert e.value is not None, fact.address
            assert math.isfinite(e.value), fact.address
            if e.low is not None and e.high is not None:
                assert e.low - 1e-9 <= e.value <= e.high + 1e-9, fact.address
