"""Single numbers by address, against sums made by hand and by NumPy."""

from __future__ import annotations

from collections.abc import Callable
from math import sqrt

import numpy as np
import pytest
from tests.town import KINDS

from posad.core.place import Place
from posad.kernel.values import Estimate
from posad.study.addresses import parse_address, resolve
from posad.tabulation.context import Context
from posad.tabulation.measures import everybody, measure

Answered = Callable[[dict[str, str]], Context]
HERE = Place("report/01-town.md")


def number(context: Context, text: str) -> Estimate:
    """Return the estimate at an address that must be right."""
    address, problems = parse_address(text, HERE)
    assert address is not None, problems
    resolved, problems = resolve(address, context.study, HERE)
    assert resolved is not None, problems
    return measure(context, resolved)


def people(*columns: int) -> list[np.ndarray]:
    """Return columns of the town's kinds, twenty rows each."""
    return [np.repeat([float(kind[c]) for kind in KINDS], 20) for c in columns]


@pytest.mark.parametrize(
    ("address", "value"),
    [
        ("like.likes", 0.5),
        ("like.5", 0.3),
        ("like.4-5", 0.5),
        ("like.likes@sex:1", 0.75),
        ("better.1", 0.5),
        ("better.1,4", 0.7),
        ("firms.taxi.good", 120 / 180),
        ("firms.taxi.mean", 2.125),
        ("age.mean@sex:1", 25.0),
        ("mood.glad", 100 / 160),
        ("like.base", 200.0),
        ("why.n", 40.0),
        ("like.effective@sex:2", 120.0),
        ("like.likes@sex:1/2", 2.25),
        ("like.likes@sex:1-2", 0.75 - 1 / 3),
        ("better.1-better.4", 0.1),
        ("like.n@sex:2/1", 1.5),
        ("like.5@wants:jobs", 0.6),
    ],
)
def test_numbers_counted_by_hand(answered: Answered, town: dict[str, str], address: str, value: float) -> None:
    """Each kind of address gives the number that the ten kinds of people make."""
    assert number(answered(town), address).value == pytest.approx(value, abs=1e-12)


def test_difference_of_two_answers_of_the_same_people(answered: Answered, town: dict[str, str]) -> None:
    """People who gave both answers are allowed for: the error is that of the mean of the paired difference."""
    jobs, care = people(2, 4)
    found = number(answered(town), "better.1-better.4")

    assert found.se == pytest.approx((jobs - care).std(ddof=1) / sqrt(200), rel=1e-12)


def test_difference_of_overlapping_groups(answered: Answered, town: dict[str, str]) -> None:
    """Groups that share people are correlated, and the error of their difference knows it."""
    jobs, care, like = people(2, 4, 1)
    y = np.isin(like, [4, 5]).astype(float)
    a, b = y[jobs == 1].mean(), y[care == 1].mean()
    influence = jobs * (y - a) / jobs.sum() - care * (y - b) / care.sum()
    found = number(answered(town), "like.likes@wants:jobs-care")

    assert found.value == pytest.approx(a - b, rel=1e-12)
    assert found.se == pytest.approx(sqrt(200 / 199 * (influence**2).sum()), rel=1e-12)


def test_ratio_and_its_error_by_linearisation(answered: Answered, town: dict[str, str]) -> None:
    """The error of a ratio of two shares is that of its linearised influence."""
    sex, like = people(0, 1)
    y = np.isin(like, [4, 5]).astype(float)
    one, two = sex == 1, sex == 2
    a, b = y[one].mean(), y[two].mean()
    influence = (one * (y - a) / one.sum() - a / b * two * (y - b) / two.sum()) / b
    found = number(answered(town), "like.likes@sex:1/2")

    assert found.se == pytest.approx(sqrt(200 / 199 * (influence**2).sum()), rel=1e-9)
    assert found.statistic == "ratio_of_estimates"
    assert found.bases.unweighted == 80


def test_origin_tells_definition_from_data(answered: Answered, town: dict[str, str]) -> None:
    """A new wording changes the definition's digest and leaves the data's; ways of writing one address have one origin."""
    before = number(answered(town), "like.likes").origin
    changed = {**town, "questionnaire.md": town["questionnaire.md"].replace("Нравится ли вам", "Любите ли вы")}
    after = number(answered(changed), "like.likes").origin
    same = number(answered(town), "like.n").origin

    assert before is not None
    assert after is not None
    assert same is not None
    assert before.definition != after.definition
    assert before.data == after.data == "first"
    assert (before.address, before.weight, before.simulated) == ("like.likes", None, False)
    assert same.address == "like.base"


def test_everybody(answered: Answered, town: dict[str, str]) -> None:
    """The number of respondents needs no question."""
    found = everybody(answered(town))

    assert (found.value, found.statistic, found.se) == (200.0, "base", None)


def test_waves(answered: Answered, town: dict[str, str]) -> None:
    """An address may name a wave, and the difference of two waves is computed between them."""
    lines = town["answers/2025.csv"].splitlines()
    waved = [f"{line};{'wave' if i == 0 else 2024 if i <= 100 else 2025}" for i, line in enumerate(lines)]
    description = "wave: 2025\nsource: Панель\ncolumns:\n" + "".join(f"  {c}: {c}\n" for c in lines[0].split(";"))
    context = answered(
        {
            **town,
            "study.yaml": town["study.yaml"] + "waves: [2024, 2025]\n",
            "answers/2025.csv": "\n".join(waved) + "\n",
            "answers/2025.yaml": description + "  wave: wave\n",
        }
    )

    assert number(context, "like.likes~2024").value == pytest.approx(0.8)
    assert number(context, "like.likes~2025-like.likes~2024").value == pytest.approx(-0.6)
