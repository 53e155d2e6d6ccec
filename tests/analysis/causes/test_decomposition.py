"""What a difference consists of: it adds up, is told as arithmetic, and is refused where it cannot be told."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.analysis.causes.town import Answered, made, said, value, wrong

from posad.analysis.keeping import to_text
from posad.analysis.linear.decomposing import composition_by_logit, kitagawa, oaxaca

SEVERAL = "kind: decomposition\noutcome: stay.stays\nbetween: mirror:f\nagainst: m\nby: [like, age.1]\n"
ONE = "kind: decomposition\noutcome: stay.stays\nbetween: mirror:f\nby: [age]\n"


@pytest.mark.parametrize("text", [SEVERAL, ONE])
def test_the_parts_add_up(answered: Answered, text: str) -> None:
    """Composition and the rest add up to the difference of both groups, and the variables to composition."""
    found, _ = made(answered, text)

    assert value(found, "gap") == pytest.approx(value(found, "first") - value(found, "second"), abs=1e-12)
    assert value(found, "gap") == pytest.approx(value(found, "composition") + value(found, "rest"), abs=1e-12)
    if text == SEVERAL:
        parts = value(found, "like.part") + value(found, "age.1.part")
        assert parts == pytest.approx(value(found, "composition"), abs=1e-12)


def test_it_is_told_as_arithmetic(answered: Answered) -> None:
    """Every sentence on parts says that it is arithmetic and no cause, in both languages; the logistic check stands beside."""
    found, _ = made(answered, SEVERAL)

    assert "(арифметика)" in said(found)["gap"]
    assert "(arithmetic)" in said(found, "en")["gap"]
    assert "а не причина" in said(found)["label"]
    assert "check" in said(found)
    assert found is not None
    assert "NaN" not in to_text(found)


def test_simulated_parts_say_so(answered: Answered) -> None:
    """On simulated answers every sentence says that the generator set its numbers."""
    found, _ = made(answered, SEVERAL, simulated=True)

    assert all("задано генератором" in text for text in said(found).values())


def test_one_variable_with_groups_is_kitagawas(answered: Answered) -> None:
    """The mean of both groups as weights: by one variable the parts are Kitagawa's, counted from plain tables."""
    found, _ = made(answered, ONE, weights=False)
    from tests.analysis.causes.town import town

    rows = [r.split(";") for r in town(weights=False)["answers/2025.csv"].splitlines()]
    sex, age, stay = (np.array([int(r[rows[0].index(k)]) for r in rows[1:]]) for k in ("sex", "age", "stay"))
    composition = 0.0
    for code in (1, 2):
        p = [np.mean(age[sex == s] == code) for s in (2, 1)]
        rate = [np.mean(stay[(sex == s) & (age == code)] < 3) for s in (2, 1)]
        composition += (p[0] - p[1]) * (rate[0] + rate[1]) / 2
    assert value(found, "composition") == pytest.approx(composition, abs=1e-9)


def test_a_small_group_is_refused(answered: Answered) -> None:
    """Groups of fewer than fifty people are not taken apart."""
    found, problems = made(answered, SEVERAL, people=90, weights=False)

    assert found is None
    assert "analysis-group-small" in [p.code for p in problems]


def test_a_group_of_one_side_is_refused(answered: Answered) -> None:
    """By a variable that tells both groups apart there is nobody to compare, and the group is named."""
    found, problems = made(answered, ONE.replace("by: [age]", "by: [sex]"))

    assert found is None
    assert "decomposition-empty-cell" in [p.code for p in problems]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (SEVERAL.replace("stay.stays", "stay"), "scenario-groups"),
        (SEVERAL + "method: kitagawa\n", "decomposition-kitagawa"),
        (SEVERAL.replace("against: m", "against: f"), "analysis-same-group"),
        (SEVERAL.replace("[like, age.1]", "[]"), "analysis-no-drivers"),
        (SEVERAL.replace("mirror:f", "miror:f"), "analysis-item-unknown"),
    ],
)
def test_mistakes_are_told_at_their_place(answered: Answered, text: str, code: str) -> None:
    """Groups as an outcome, the wrong method, a group against itself, nothing to explain by: mistakes with a place."""
    assert code in [c for c, _ in wrong(answered, text)]


@given(st.integers(0, 10_000))
@settings(max_examples=30, deadline=None)
def test_both_methods_agree_where_rates_differ_by_a_constant(seed: int) -> None:
    """Where both groups' rates differ by the same in every cell, Oaxaca's composition is Kitagawa's."""
    r = np.random.default_rng(seed)
    n = 90
    first = np.arange(n) % 2 == 0
    cell = r.integers(0, 3, n)
    cell[:6] = [0, 0, 1, 1, 2, 2]
    y = 0.2 * cell + 0.5 * first
    w = r.random(n) + 0.5
    x = np.column_stack([np.ones(n), cell == 1, cell == 2]).astype(np.float64)

    one = kitagawa(y, [cell == k for k in range(3)], first, ~first, w)
    two = oaxaca(y, x, [[1, 2]], first, ~first, w)

    assert np.allclose(one.values, two.values[:3], atol=1e-12)
    assert one.values[2] == pytest.approx(0.5, abs=1e-12)


def test_the_columns_are_slopes() -> None:
    """The column of each part is how the part moves with the weight of one person."""
    r = np.random.default_rng(3)
    n = 80
    first, w = np.arange(n) % 2 == 0, r.random(n) + 0.5
    x = np.column_stack([np.ones(n), r.normal(size=n), r.random(n) < 0.5]).astype(np.float64)
    y = r.normal(size=n) + x[:, 1]
    moved = w.copy()
    moved[5] += 1e-6

    was, now = (oaxaca(y, x, [[1], [2]], first, ~first, v) for v in (w, moved))

    assert np.allclose((now.values - was.values) / 1e-6, was.columns[5], atol=1e-5)


def test_the_logistic_check_is_nothing_where_it_has_no_maximum() -> None:
    """Where the outcome is told without error the logistic composition is not there."""
    first = np.arange(40) % 2 == 0
    x = np.column_stack([np.ones(40), np.arange(40) >= 20]).astype(np.float64)

    assert composition_by_logit(x[:, 1], x, first, ~first, np.ones(40)) is None
