"""Errors before the field: design effects, intervals and smallest differences against values counted by hand and by R."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from tests.territory.test_allocation import HERE, design

from posad.study.frame.plan import Assumptions, Level
from posad.study.frame.plan.values import Cell
from posad.territory.sample.allocation import allocate
from posad.territory.sample.precision import detectable, kish, precision, wilson
from posad.territory.sample.values import Population


def test_proportional_allocation_has_no_design_effect() -> None:
    """Where every weight is one the deff is one, whatever the sizes."""
    assert kish([(Fraction(10), Fraction(100)), (Fraction(40), Fraction(400))]) == 1


def test_kish_counted_by_hand() -> None:
    """Half the interviews for a tenth of the people: 100·(10²/50 + 90²/50)/100² = 1.64."""
    assert kish([(Fraction(50), Fraction(10)), (Fraction(50), Fraction(90))]) == Fraction(164, 100)


def test_smallest_differences_of_r() -> None:
    """Equal groups give what power.prop.test of R gives, p1 known and p2 sought, to ten digits.

    R: power.prop.test(n=100, p1=.5, power=.8, tol=1e-13), and n=250, p1=.2, power=.9.
    """
    first = detectable(0.5, 100, 100, Assumptions())
    second = detectable(0.2, 250, 250, Assumptions(share=0.2, power=0.9))

    assert first == pytest.approx(0.19322515093, abs=1e-10)
    assert second == pytest.approx(0.127210543519, abs=1e-10)


def test_what_no_sample_of_this_size_can_tell() -> None:
    """Two groups of three people cannot tell even the largest difference from a half."""
    assert detectable(0.5, 3, 3, Assumptions()) is None


def test_wilson_of_a_half() -> None:
    """Wilson's interval of 50 % of 100: 0.5 ± 0.5·1.96/√(100 + 1.96²)."""
    low, high = wilson(0.5, 100, 0.95)

    assert high - 0.5 == pytest.approx(0.5 * 1.959963985 / (100 + 1.959963985**2) ** 0.5, abs=1e-9)
    assert low == pytest.approx(1 - high, abs=1e-12)


def _population() -> Population:
    cells: dict[Cell, Fraction] = {
        ("a", "f"): Fraction(600), ("a", "m"): Fraction(400), ("b", "f"): Fraction(1000), ("b", "m"): Fraction(2000),
    }  # fmt: skip
    return Population({("a",): Fraction(1000), ("b",): Fraction(3000)}, ("district", "sex"), cells)


def test_domains_take_the_weights_of_their_strata() -> None:
    """Women stand 60 : 33⅓ in equal strata with weights 1 : 3, so their deff is n·Σnw²/(Σnw)², counted by hand."""
    population = _population()
    plan = design(Level(("district",), "equal", HERE), size=200)
    made = precision(plan, population, allocate(plan, population), 1)
    women = next(d for d in made.domains if d.group == "f")
    n = 60 + 100 / 3
    deff = n * (60 + 9 * 100 / 3) / (60 + 3 * 100 / 3) ** 2

    assert made.deff == pytest.approx(200 * (100 + 900) / (100 + 300) ** 2)
    assert (women.n, women.deff, women.effective) == pytest.approx((n, deff, n / deff))


def test_weighting_and_clusters_multiply_the_design_effect() -> None:
    """The stated deff of weighting and 1 + (b − 1)·icc stand beside that of the allocation."""
    population = _population()
    plan = replace(design(Level(("district",), "proportional", HERE), size=200), assume=Assumptions(deff=1.2, icc=0.05))
    everybody = precision(plan, population, allocate(plan, population), 21).domains[0]

    assert everybody.deff == pytest.approx(1.2 * (1 + 20 * 0.05))


def test_two_groups_are_told_apart_from_the_rest_alone() -> None:
    """With two groups the others are the other one, so no pair is told twice."""
    population = _population()
    plan = design(Level(("district",), "equal", HERE), size=200)
    found = precision(plan, population, allocate(plan, population), 1).differences

    assert [(d.dim, d.first, d.second) for d in found] == [
        ("district", "a", ""), ("district", "b", ""), ("sex", "f", ""), ("sex", "m", ""),
    ]  # fmt: skip
