"""Linear, logit and raking calibration to levels and numbers: by hand, by properties, and what is impossible."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.kernel.test_calibration import levels, made, refused, sample, targets_of

from posad.kernel.weights.calibrating import calibrate
from posad.kernel.weights.calibration import NumberMargin, poststratify, rake
from posad.kernel.weights.solving import Method, distance
from posad.store.values import BILLION

NOTHING = np.zeros((3, 0), dtype=np.int64)


def test_a_mean_by_hand() -> None:
    """Ages 1, 2, 3 to a mean of 2.2: linear weights are 1 + λ(x − 2) with λ·2/3 = 0.2, so 0.7, 1.0, 1.3."""
    found = made(calibrate(NOTHING, [], numbers=[[1.0], [2.0], [3.0]], means=[2.2]))

    assert [w / BILLION for w in found.w.tolist()] == [0.7, 1.0, 1.3]
    assert found.numbers == (NumberMargin(0, 2.0, 2.2, found.numbers[0].after),)
    assert found.numbers[0].after == pytest.approx(2.2, rel=1e-12)


def test_poststratification_by_hand() -> None:
    """Of four people the cell of one with half of the population weighs 2, the others their share over their number."""
    found = made(poststratify(np.array([11, 12, 12, 21]), {11: 0.2, 12: 0.3, 21: 0.5}))

    assert [w / BILLION for w in found.w.tolist()] == [0.8, 0.6, 0.6, 2.0]


def test_negative_weights_are_refused_with_a_way_out() -> None:
    """A mean of 2.9 of ages 1, 2, 3 needs a linear weight of 1 − 1.35: the person is counted, and bounds are proposed."""
    found = refused(calibrate(NOTHING, [], numbers=[[1.0], [2.0], [3.0]], means=[2.9]))

    assert found == [("weighting-below-zero", {"people": 1, "lowest": -0.35})]


@pytest.mark.parametrize("method", ["rake", "logit"])
def test_the_same_mean_without_negative_weights(method: Method) -> None:
    """Raking and logit reach a mean of 2.9 with weights above zero."""
    bounds = (0.01, 2.9) if method == "logit" else None

    found = made(calibrate(NOTHING, [], method=method, numbers=[[1.0], [2.0], [3.0]], means=[2.9], bounds=bounds))

    w = found.w / BILLION
    assert w.min() > 0
    assert w @ np.array([1.0, 2.0, 3.0]) / 3 == pytest.approx(2.9, rel=1e-9)


def test_a_mean_out_of_reach_is_proven() -> None:
    """Ages 1 to 3 with weights halved or doubled at most average between 1.75 (2, 1/2, 1/2) and 2.5 at most: 2.6 is refused."""
    found = refused(
        calibrate(NOTHING, [], method="logit", numbers=[[1.0], [2.0], [3.0]], means=[2.6], bounds=(0.5, 2.0))
    )

    assert found == [("weighting-mean-unreachable", {"number": 0, "target": 2.6, "low": 1.5, "high": 2.5})]


def test_a_level_out_of_reach_is_proven() -> None:
    """One woman of four, to be half of the weight, would have to double: with 1.5 times she reaches 37.5 %."""
    found = refused(calibrate(levels((1,), (1,), (1,), (2,)), [{1: 0.5, 2: 0.5}], method="linear", bounds=(0.1, 1.5)))

    assert ("weighting-ratio-too-low", {"margin": 0, "level": 2, "people": 1, "target": 50.0, "reach": 37.5,
                                         "bound": 1.5}) in found  # fmt: skip


@pytest.mark.parametrize("method", ["linear", "logit"])
def test_margins_that_contradict_each_other_are_proven_impossible(method: Method) -> None:
    """Men are exactly those of the first town, yet half are to be men and 30 % of that town: possible one by one, not together."""
    people = levels((1, 1), (1, 1), (2, 2), (2, 2))

    found = refused(calibrate(people, [{1: 0.5, 2: 0.5}, {1: 0.3, 2: 0.7}], method=method, bounds=(0.5, 2.0)))

    assert [code for code, _ in found] == ["weighting-bounds-conflict-proven"]


def test_raking_that_is_impossible_is_proven() -> None:
    """The same contradiction without bounds: no weights at all meet both margins."""
    people = levels((1, 1), (1, 1), (2, 2), (2, 2))

    found = refused(calibrate(people, [{1: 0.5, 2: 0.5}, {1: 0.3, 2: 0.7}], method="rake"))

    assert [code for code, _ in found] == ["weighting-not-converged-proven"]


def test_bounds_around_one() -> None:
    """Bounds must hold one between them, for a weight that need not change."""
    found = refused(calibrate(levels((1,), (2,)), [{1: 0.5, 2: 0.5}], method="logit", bounds=(1.1, 2.0)))

    assert found == [("weighting-bounds-order", {"low": 1.1, "high": 2.0})]


def test_raking_by_two_ways_is_one() -> None:
    """Raking as a product of factors and as a convex problem gives the same weights to ten digits."""
    people = sample(7, [3, 4, 2])
    targets = targets_of([[30, 40, 50], [10, 20, 30, 40], [45, 55]])
    base = np.random.default_rng(7).uniform(0.3, 3, len(people))

    first, second = made(rake(people, targets, base)), made(calibrate(people, targets, base, method="rake"))

    assert np.abs(first.w / second.w - 1).max() < 1e-8


@settings(max_examples=40, deadline=None, derandomize=True)
@given(st.integers(0, 2**32 - 1), st.sampled_from(["linear", "rake", "logit"]), st.booleans())
def test_levels_and_means_are_met_together(seed: int, method: Method, bounded: bool) -> None:
    """Targets near the sample are met to the rounding of weights, every ratio within its bounds, in any order of people."""
    rng = np.random.default_rng(seed)
    people, base = sample(seed, [2, 3]), rng.uniform(0.5, 2, 300)
    numbers = np.column_stack([rng.normal(40, 12, 300), rng.integers(0, 9, 300)])
    wanted = base * rng.uniform(0.75, 1.3, 300)
    targets = [
        {c: float(wanted[people[:, m] == c].sum() / wanted.sum()) for c in range(k)} for m, k in ((0, 2), (1, 3))
    ]
    means = (wanted @ numbers / wanted.sum()).tolist()
    bounds = (0.5, 2.0) if method == "logit" or (bounded and method == "linear") else None

    found = made(calibrate(people, targets, base, method=method, numbers=numbers, means=means, bounds=bounds))

    w = found.w / BILLION
    for m, target in enumerate(targets):
        for code, share in target.items():
            assert w[people[:, m] == code].sum() / w.sum() == pytest.approx(share, abs=1e-9)
    assert w @ numbers / w.sum() == pytest.approx(means, rel=1e-8)
    if bounds is not None:
        ratio = w / (found.d / BILLION)
        assert ratio.min() >= 0.5 - 1e-7
        assert ratio.max() <= 2.0 + 1e-7
    turned = rng.permutation(300)
    again = made(calibrate(people[turned], targets, base[turned], method=method, numbers=numbers[turned], means=means,
                           bounds=bounds))  # fmt: skip
    assert np.abs(again.w - found.w[turned]).max() <= 2


@pytest.mark.parametrize(
    ("method", "bounds"), [("linear", None), ("linear", (0.3, 2.5)), ("rake", None), ("logit", (0.3, 2.5))]
)
def test_distances_are_slopes_of_one_another(method: Method, bounds: tuple[float, float] | None) -> None:
    """The ratio is the slope of its sum and has the slope it says, by central differences."""
    how = distance(method, bounds)
    u = np.array([-2.0, -0.5, -0.1, 0.0, 0.3, 1.1, 2.2])
    h = 1e-5

    assert (how.summed(u + h) - how.summed(u - h)) / (2 * h) == pytest.approx(how.ratio(u), abs=1e-8)
    assert (how.ratio(u + h) - how.ratio(u - h)) / (2 * h) == pytest.approx(how.slope(u), abs=1e-8)
    assert how.ratio(np.zeros(1)).tolist() == [1.0]
