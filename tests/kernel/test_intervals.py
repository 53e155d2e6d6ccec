"""Intervals of shares under uneven weights: by hand, at their limits, and beside Wilson's own."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from posad.kernel.design import design_of
from posad.kernel.distributions import t_quantile
from posad.kernel.estimates import share
from posad.kernel.estimators.intervals import weighted_wilson, wilson
from posad.kernel.weights.calibration import Calibration, rake
from posad.store.duck import DuckEngine
from posad.store.values import Key

Q = Key('"q"')


def test_interval_of_five_raked_people() -> None:
    """Three men and two women raked to half and half, one of each said yes: p = 5/12, variance 215/3456, e = 24/5.

    Weights 5/6 and 5/4 have a relative variance c = 5/(24/5) − 1 = 1/24. Inverse Gaussian: m₂ = 25/24, m₃ = 1 + 3/24 + 3/576 = 217/192,
    m₄ = 1 + 6/24 + 15/576 + 15/13824 = 1.277127… Leverage of the sexes: each of the three men has 1/3, each woman 1/2, by squared
    weights (3·25/36·1/3 + 2·25/16·1/2)/(3·25/36 + 2·25/16) = (25/36 + 25/16)/(25/12 + 25/8) = 13/30.
    """
    engine = DuckEngine.from_columns({"q": ("INTEGER", [1, 0, 0, 1, 0])}, threads=1)
    made = rake(np.array([[1], [1], [1], [2], [2]]), [{1: 0.5, 2: 0.5}])
    assert isinstance(made, Calibration)
    engine.set_weight("main", made.d, made.w, made.profile)
    design = design_of(engine.moments([], "main"), made.profile_levels)
    sums = engine.moments([Q], "main")

    found = share(design, sums, sums.keys[0] == 1, sums.keys[0] >= 0)

    m2, m3, m4, e = 25 / 24, 217 / 192, 1 + 6 / 24 + 15 / 576 + 15 / 13824, 4.8
    near = (5 / 12 * e + 0.5) / (e + 1)
    untold = (1 - 2 * near) ** 2 / (near * (1 - near)) * (m4 * m2 - m3**2) / m2**4 / e
    t = t_quantile(0.975, 4)
    base = 35 / 144 / (215 / 3456) * (1 - 13 / 30) / (1 + 2 * (m3 / m2**2 - 1) / e)
    assert design.leverage == pytest.approx(13 / 30, rel=1e-8)
    assert found.bases.effective == pytest.approx(e, rel=1e-8)
    assert (found.low, found.high) == pytest.approx(wilson(5 / 12, base, t + (t**3 + t) / 8 * untold), rel=1e-7)


def test_weights_of_one_leave_wilson_as_he_made_it() -> None:
    """With equal weights and no margins there is nothing that the share does not tell."""
    engine = DuckEngine.from_columns({"q": ("INTEGER", [1] * 7 + [0] * 93)}, threads=1)
    design, sums = design_of(engine.moments([], None)), engine.moments([Q], None)

    found = share(design, sums, sums.keys[0] == 1, sums.keys[0] >= 0)

    assert design.leverage == 0
    assert (found.low, found.high) == pytest.approx(wilson(0.07, 99, t_quantile(0.975, 99)), rel=1e-12)


def test_allowance_vanishes_with_many_people() -> None:
    """Of a million people the variance is known: the interval is p ± 1.96 errors to four digits."""
    variance = 1.3 * 0.05 * 0.95 / 1e6

    low, high = weighted_wilson(0.05, variance, 1_500_000, 1e6, 8 / 1.5e6, 1.959963984540054)

    half = 1.959963984540054 * math.sqrt(variance)
    assert (low, high) == pytest.approx((0.05 - half, 0.05 + half), rel=1e-4)


@given(
    st.floats(0.001, 0.999), st.floats(1e-6, 0.5), st.integers(2, 100_000), st.floats(0.02, 1), st.floats(0, 0.99)
)  # fmt: skip
def test_interval_holds_the_share_and_is_the_same_turned_round(
    p: float, variance: float, people: int, efficiency: float, leverage: float
) -> None:
    """It stays between nobody and everybody, holds the share, and that of those who said no is its mirror."""
    effective = max(people * efficiency, 1.01)

    low, high = weighted_wilson(p, variance, people, effective, leverage, 1.96)
    no = weighted_wilson(1 - p, variance, people, effective, leverage, 1.96)

    assert 0 <= low < p < high <= 1
    assert no == pytest.approx((1 - high, 1 - low), abs=1e-9)


@given(st.floats(0.01, 0.99), st.integers(20, 5000), st.floats(0.2, 0.95))
def test_uneven_weights_only_widen(p: float, people: int, efficiency: float) -> None:
    """Of the same error, the interval under uneven weights is nowhere inside that under even ones."""
    effective = people * efficiency
    variance = p * (1 - p) / effective

    even = weighted_wilson(p, variance, int(effective), int(effective), 0.0, 1.96)
    uneven = weighted_wilson(p, variance, people, effective, 0.0, 1.96)

    assert uneven[1] - uneven[0] >= (even[1] - even[0]) * (1 - 1e-9)
