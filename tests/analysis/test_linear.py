"""Clusters, importance and joint tests against plain computations and properties."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from posad.analysis.linear.estimates import Linear, transformed, wald
from posad.analysis.linear.importance import covariances, johnson, lmg, without_controls
from posad.analysis.linear.models import fit
from posad.analysis.linear.ward import jaccard, silhouette, ward

Floats = NDArray[np.float64]


def plain_ward(points: Floats, k: int) -> set[frozenset[int]]:
    """Return Ward's clusters by its definition: merge the pair that adds least to the sum of squares within."""
    clusters = [frozenset([i]) for i in range(len(points))]

    def within(c: frozenset[int]) -> float:
        own = points[list(c)]
        return float(np.sum((own - own.mean(axis=0)) ** 2))

    while len(clusters) > k:
        first, second = min(
            itertools.combinations(clusters, 2), key=lambda p: within(p[0] | p[1]) - within(p[0]) - within(p[1])
        )
        clusters = [c for c in clusters if c not in (first, second)] + [first | second]
    return set(clusters)


@given(st.integers(0, 10_000), st.integers(5, 9))
def test_ward_is_wards_own_definition(seed: int, count: int) -> None:
    """Clusters by updated distances are those that add least to the squares within, for every number of clusters."""
    points = np.random.default_rng(seed).normal(size=(2, count, 2))

    found = ward(points, most=4)

    for k, labels in found.items():
        for b in range(2):
            groups = {frozenset(np.flatnonzero(labels[b] == n).tolist()) for n in set(labels[b].tolist())}
            assert groups == plain_ward(points[b], k)


@given(st.integers(0, 10_000))
def test_points_left_out_do_not_matter(seed: int) -> None:
    """A sample of points has the clusters of these points alone."""
    r = np.random.default_rng(seed)
    points, inside = r.normal(size=(1, 8, 2)), np.zeros((1, 8), dtype=bool)
    kept = np.sort(r.choice(8, 6, replace=False))
    inside[0, kept] = True

    found, alone = ward(points, inside, most=3), ward(points[:, kept], most=3)

    for k in (2, 3):
        assert [kept[n] for n in alone[k][0]] == found[k][0, kept].tolist()
        assert set(found[k][0, ~inside[0]].tolist()) == {-1}


def test_jaccard_of_the_same_partition_is_one() -> None:
    """A cluster that comes back whole has likeness one, whatever its label."""
    names, found = jaccard(np.array([0, 0, 2, 2, 4]), np.array([[1, 1, 0, 0, 4]]))

    assert names == [0, 2, 4]
    assert found.tolist() == [[1.0, 1.0, 1.0]]


def test_silhouette_of_a_far_pair_is_near_one() -> None:
    """Two tight clusters far apart have a silhouette near one, a split inside a cluster a low one."""
    points = np.array([[0.0, 0.0], [0.1, 0.0], [10.0, 0.0], [10.1, 0.0]])

    assert silhouette(points, np.array([0, 0, 2, 2])) > 0.98
    assert silhouette(points, np.array([0, 1, 0, 1])) < 0


def matrix(seed: int, count: int) -> Floats:
    """Return a covariance matrix of an outcome and some drivers."""
    mix = np.random.default_rng(seed).normal(size=(count + 1, count + 3))
    return mix @ mix.T


@given(st.integers(0, 10_000), st.integers(2, 5))
def test_importance_adds_up_to_what_is_explained(seed: int, count: int) -> None:
    """Johnson's weights and LMG parts each add up to R² of the least-squares regression, and none is negative."""
    cov = matrix(seed, count)
    explained = float(cov[0, 1:] @ np.linalg.solve(cov[1:, 1:], cov[1:, 0]) / cov[0, 0])

    raw, whole = johnson(cov[None])
    parts = lmg(cov, [[k] for k in range(1, count + 1)])

    assert whole[0] == pytest.approx(explained)
    assert raw[0].sum() == pytest.approx(explained)
    assert parts.sum() == pytest.approx(explained)
    assert raw.min() >= 0
    assert parts.min() >= -1e-12


def test_lmg_of_two_drivers_by_hand() -> None:
    """With r = 0.6 and 0.3 to the outcome and 0.5 between them, LMG is the mean of entering first and last."""
    cov = np.array([[1.0, 0.6, 0.3], [0.6, 1.0, 0.5], [0.3, 0.5, 1.0]])
    both = (0.36 + 0.09 - 2 * 0.6 * 0.3 * 0.5) / (1 - 0.25)

    assert lmg(cov, [[1], [2]]) == pytest.approx([(0.36 + both - 0.09) / 2, (0.09 + both - 0.36) / 2])


def test_controls_are_taken_out_first() -> None:
    """Covariances without controls are those of residuals of regressions on the controls."""
    r = np.random.default_rng(5)
    columns = r.normal(size=(400, 4)) @ r.normal(size=(4, 4))
    weights = r.uniform(0.5, 2, 400)
    root = np.sqrt(weights)[:, None]
    control = np.column_stack([np.ones(400), columns[:, 3]])
    residuals = columns[:, :3] - control @ np.linalg.lstsq(control * root, columns[:, :3] * root, rcond=None)[0]

    found = without_controls(covariances(columns, weights[None]), [3])[0]

    assert found == pytest.approx(covariances(residuals, weights[None])[0])


def test_a_wald_test_of_one_number_is_its_square() -> None:
    """For one contrast the statistic is the square of t, and p that of t."""
    from posad.kernel.distributions import t_cdf

    found = wald([3.0], [[4.0]], 20)

    assert found.statistic == pytest.approx(2.25)
    assert found.p == pytest.approx(2 * (1 - t_cdf(1.5, 20)))


def test_a_certain_difference_is_certain() -> None:
    """Without variance a difference is certain, and no difference is none."""
    assert wald([0.1, 0.0], np.zeros((2, 2)), 50).p == 0.0
    assert wald([0.0, 0.0], np.zeros((2, 2)), 50).p == 1.0


def test_the_delta_method_moves_columns() -> None:
    """A product of two estimates has the column of the product rule."""
    linear = Linear(np.array([2.0, 3.0]), np.array([[1.0, 0.0], [0.0, 1.0]]))

    found = transformed(linear, 6.0, [[3.0, 2.0]])

    assert found.values.tolist() == [6.0]
    assert found.columns[:, 0].tolist() == [3.0, 2.0]


def test_a_saturated_logit_is_the_shares() -> None:
    """With one driver of two groups the coefficients are the logits of the groups' weighted shares."""
    y = np.array([1.0, 0.0, 1.0, 1.0, 0.0, 0.0, 0.0, 1.0])
    x = np.column_stack([np.ones(8), np.array([0, 0, 0, 0, 1, 1, 1, 1])])
    w = np.array([1.0, 2.0, 1.0, 2.0, 1.0, 1.0, 2.0, 2.0])

    found = fit("logit", x, y, w, np.ones(8, dtype=bool))

    low, high = math.log(4 / 2), math.log(2 / 4)
    assert found.converged
    assert found.coefficients == pytest.approx([low, high - low])


def test_a_separated_logit_does_not_converge() -> None:
    """Where a driver tells the outcome there is no maximum, and no numbers are given."""
    x = np.column_stack([np.ones(6), np.array([0, 0, 0, 1, 1, 1])])

    found = fit("logit", x, x[:, 1].copy(), np.ones(6), np.ones(6, dtype=bool))

    assert not found.converged
    assert not found.coefficients.any()
