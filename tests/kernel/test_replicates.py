"""Replicate weights: by hand, by what theory says of totals, and what cannot be done."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from tests.kernel.test_calibration import made as weight_made
from tests.kernel.test_calibration import said

from posad.kernel.estimators.quantiles import weighted_quantile
from posad.kernel.replicates.hadamard import hadamard
from posad.kernel.replicates.making import Replicates, given_replicates, raked_replicates, replicate
from posad.kernel.replicates.schemes import Draw, Kind, Scheme, Units, draw, units_of
from posad.kernel.replicates.variance import replicate_estimates, replicated
from posad.kernel.values import Bases
from posad.kernel.weights.calibrating import calibrate
from posad.kernel.weights.calibration import rake
from posad.kernel.weights.checks import Remark
from posad.store.values import BILLION


def ready(made: Replicates | list[Remark]) -> Replicates:
    """Return replicates, which must have been made."""
    assert isinstance(made, Replicates), made
    return made


def drawn(scheme: Scheme, units: Units) -> Draw:
    """Return a draw, which must be possible."""
    found = draw(scheme, units)
    assert isinstance(found, Draw), found
    return found


def total_of(y: NDArray[np.float64], made: Replicates, w: NDArray[np.float64]) -> float:
    """Return the variance of a weighted total."""
    return float(replicated(made, w, lambda v: v @ y).covariance[0, 0])


def test_jackknife_of_three_people() -> None:
    """Without each of 1, 2, 6 in turn the means are 4, 3.5, 1.5: 2/3 of their squares about 3 is 7/3, the variance of the mean."""
    made = ready(replicate(Scheme("jk1"), units_of(["a", "b", "c"]), np.ones(3)))
    y = np.array([1.0, 2.0, 6.0])

    found = replicated(made, np.ones(3), lambda w: w @ y / w.sum())

    assert found.replicates.ravel().tolist() == [4.0, 3.5, 1.5]
    assert found.covariance[0, 0] == pytest.approx(7 / 3, rel=1e-14)
    assert made.df == 2


STRATA = np.repeat([1, 2, 3], [4, 6, 5])


@pytest.mark.parametrize("kind", ["jkn"])
def test_stratified_jackknife_of_a_total(kind: Kind) -> None:
    """For a total the stratified jackknife is Σ n/(n − 1)·Σ(y − ȳ)² exactly."""
    y = np.random.default_rng(3).normal(5, 2, 15)
    made = ready(replicate(Scheme(kind), units_of([f"{i:02d}" for i in range(15)], STRATA), np.ones(15)))
    wanted = sum(n * float(np.var(y[h == STRATA], ddof=1)) for h, n in ((1, 4), (2, 6), (3, 5)))

    assert total_of(y, made, np.ones(15)) == pytest.approx(wanted, rel=1e-12)


@pytest.mark.parametrize(("kind", "strata"), [("brr", 5), ("brr", 8), ("fay", 11), ("fay", 3)])
def test_balanced_halves_of_a_total(kind: Kind, strata: int) -> None:
    """For a total, balanced halves give Σ (y₁ − y₂)² exactly, whatever Fay's coefficient: the matrix is balanced."""
    y = np.random.default_rng(strata).normal(5, 2, 2 * strata)
    units = units_of([f"{i:02d}" for i in range(2 * strata)], np.arange(2 * strata) // 2)
    made = ready(replicate(Scheme(kind), units, np.ones(2 * strata)))

    assert total_of(y, made, np.ones(2 * strata)) == pytest.approx(float(np.sum((y[::2] - y[1::2]) ** 2)), rel=1e-12)
    assert made.df == strata


def test_bootstrap_draws_one_less_of_each_stratum() -> None:
    """Every replicate of the rescaled bootstrap keeps the weight of each stratum: n − 1 draws, each n/(n − 1) times."""
    found = drawn(Scheme("bootstrap", 50), units_of([f"{i:02d}" for i in range(15)], STRATA))

    for h, n in ((1, 4), (2, 6), (3, 5)):
        assert found.multipliers[h == STRATA].sum(axis=0).tolist() == pytest.approx([n] * 50)
        assert set(np.rint(found.multipliers[h == STRATA] * (n - 1) / n).ravel().astype(int)) <= set(range(n))


def test_bootstrap_comes_near_the_formula() -> None:
    """With 4,000 draws the bootstrap variance of a stratified total is within 10 % of the formula's."""
    y = np.random.default_rng(3).normal(5, 2, 15)
    made = ready(replicate(Scheme("bootstrap", 4000), units_of([f"{i:02d}" for i in range(15)], STRATA), np.ones(15)))
    wanted = sum(n * float(np.var(y[h == STRATA], ddof=1)) for h, n in ((1, 4), (2, 6), (3, 5)))

    assert total_of(y, made, np.ones(15)) == pytest.approx(wanted, rel=0.1)


@settings(max_examples=25, deadline=None, derandomize=True)
@given(st.integers(0, 2**31), st.sampled_from(["bootstrap", "jk1", "jkn", "groups"]))
def test_order_of_rows_and_number_of_replicates_change_nothing(seed: int, kind: Kind) -> None:
    """A person's weights in replicate b follow from seed, names and strata alone, not from the order of rows or how many there are."""
    rng = np.random.default_rng(seed)
    names = np.array([f"p{i}" for i in rng.permutation(40)])
    strata = rng.permutation(np.repeat([1, 2], 20))
    turned = rng.permutation(40)

    def all_of(order: NDArray[np.int64], count: int) -> tuple[NDArray[np.float64], str]:
        units = units_of(names[order].tolist(), strata[order])
        found = drawn(Scheme(kind, count, seed % 1000), units)
        return found.multipliers[units.index], found.digest(units)

    first, digest = all_of(np.arange(40), 12)
    second, again = all_of(turned, 12)

    assert digest == again
    assert np.array_equal(first[turned], second)
    if kind == "bootstrap":
        assert np.array_equal(all_of(np.arange(40), 20)[0][:, :12], first)


def test_groups_follow_from_names() -> None:
    """A person stays in their group when others come and go."""
    whole = units_of([f"p{i}" for i in range(100)])
    part = units_of([f"p{i}" for i in range(0, 100, 3)])
    first, second = (drawn(Scheme("groups", 10, 5), u).multipliers[u.index] for u in (whole, part))

    assert np.array_equal(first[::3], second)
    assert sorted(set(first.ravel().round(9).tolist())) == [0.0, round(10 / 9, 9)]


def raked_sample() -> tuple[Units, NDArray[np.int64], list[dict[int, float]]]:
    """Return 60 people on two margins, with targets."""
    rng = np.random.default_rng(11)
    levels = np.column_stack([np.r_[1, 2, rng.integers(1, 3, 58)], np.r_[1, 2, 3, rng.integers(1, 4, 57)]])
    return units_of([f"{i:02d}" for i in range(60)]), levels, [{1: 0.4, 2: 0.6}, {1: 0.3, 2: 0.3, 3: 0.4}]


def test_every_replicate_meets_the_margins_both_ways() -> None:
    """Raked again on joint levels or row by row, each replicate meets every margin, and both give the same weights."""
    units, levels, targets = raked_sample()
    joint, profile = np.unique(levels - 1, axis=0, return_inverse=True)
    scheme = Scheme("bootstrap", 30, 4)

    quick = ready(raked_replicates(scheme, units, profile.ravel().astype(np.int64), joint, targets, np.ones(60)))
    slow = ready(replicate(scheme, units, np.ones(60), lambda base: rake(levels, targets, base)))

    assert (quick.digest, quick.count, quick.df) == (slow.digest, slow.count, slow.df)
    for b in range(30):
        w = quick.weights(b)
        assert np.abs(w - slow.weights(b)).max() < 1e-7
        for m, target in enumerate(targets):
            for code, share in target.items():
                assert w[levels[:, m] == code].sum() / w.sum() == pytest.approx(share, abs=1e-12)


def test_a_replicate_that_cannot_be_raked_is_named() -> None:
    """The jackknife that leaves out the only person of a level stops, names the level and the neighbour to merge it with."""
    levels = np.array([[1], [1], [2], [2], [3]])
    units = units_of(["a", "b", "c", "d", "e"])
    targets = [{1: 0.4, 2: 0.4, 3: 0.2}]

    quick = raked_replicates(Scheme("jk1"), units, levels[:, 0] - 1, np.array([[0], [1], [2]]), targets, np.ones(5))
    slow = replicate(Scheme("jk1"), units, np.ones(5), lambda base: rake(levels, targets, base))

    assert not isinstance(quick, Replicates)
    assert said(quick) == [
        ("weighting-replicate-impossible", {"kind": "jk1", "replicate": 5, "of": 5}),
        ("weighting-replicate-level", {"margin": 0, "level": 3, "merge": 2}),
    ]
    assert not isinstance(slow, Replicates)
    assert [code for code, _ in said(slow)][:2] == ["weighting-replicate-impossible", "weighting-level-empty"]


def test_what_the_targets_fix_is_told() -> None:
    """A share that is a weighting target does not vary over raked replicates and is marked; a median is not, even where it stays."""
    units, levels, targets = raked_sample()
    joint, profile = np.unique(levels - 1, axis=0, return_inverse=True)
    made = ready(
        raked_replicates(Scheme("bootstrap", 40), units, profile.ravel().astype(np.int64), joint, targets, np.ones(60))
    )
    full = weight_made(rake(levels, targets)).w / BILLION
    ages = np.repeat([20.0, 30.0, 40.0], 20)

    share, median = replicate_estimates(
        made, full, lambda w: [w[levels[:, 0] == 1].sum() / w.sum(), weighted_quantile(ages, w)], Bases(60, 60.0, 60.0)
    )

    assert (share.set_by_weights, share.se, share.low) == (True, 0.0, None)
    assert share.value == pytest.approx(0.4)
    assert not median.set_by_weights


def test_a_calibrated_replicate() -> None:
    """Any way of weighting can be made again for each replicate, here a mean of numbers."""
    x = np.arange(1.0, 11.0)
    none = np.zeros((10, 0), dtype=np.int64)
    made = ready(
        replicate(Scheme("jk1"), units_of([f"{i:02d}" for i in range(10)]), np.ones(10),
                  lambda base: calibrate(none, [], base, numbers=x, means=[5.6]))
    )  # fmt: skip

    for b in range(10):
        assert made.weights(b) @ x / made.weights(b).sum() == pytest.approx(5.6, rel=1e-9)


@pytest.mark.parametrize(
    ("scheme", "strata", "code"),
    [
        (Scheme("jkn"), [1, 1, 2], "weighting-replicates-lonely"),
        (Scheme("bootstrap"), [1, 1, 2], "weighting-replicates-lonely"),
        (Scheme("brr"), [1, 1, 1], "weighting-replicates-not-pairs"),
        (Scheme("fay", rho=1.0), [1, 1, 1], "weighting-replicates-not-pairs"),
        (Scheme("groups", 1), [1, 1, 1], "weighting-replicates-one-unit"),
    ],
)
def test_schemes_that_do_not_fit(scheme: Scheme, strata: list[int], code: str) -> None:
    """A scheme that the design does not allow is refused with another proposed."""
    found = draw(scheme, units_of(["a", "b", "c"], np.array(strata)))

    assert isinstance(found, Remark)
    assert [c for c, _ in said([found])] == [code]


def test_wrong_replicate_columns() -> None:
    """Given columns with gaps, without their factors or with a scale of zero are refused, all at once."""
    found = given_replicates({"r1": [1.0, np.nan], "r2": [-1.0, 2.0]}, 0.0, [1.0])

    assert not isinstance(found, Replicates)
    assert [c for c, _ in said(found)] == [
        "weighting-replicate-column", "weighting-replicate-column", "weighting-replicate-count", "weighting-replicate-scale",
    ]  # fmt: skip


@settings(max_examples=40, deadline=None, derandomize=True)
@given(st.integers(1, 130))
def test_hadamard_matrices(least: int) -> None:
    """Every matrix is orthogonal, of ones and minus ones, at least as large as asked, all other columns balanced."""
    h = hadamard(least)

    assert len(h) >= least
    assert np.array_equal(h @ h.T, len(h) * np.eye(len(h), dtype=int))
    assert (h[:, 0] == 1).all()
    assert not h[:, 1:].sum(axis=0).any()
