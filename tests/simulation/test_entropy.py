"""The nearest table under targets, and the proof that there is none, by hand and by properties."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from posad.simulation.solving.entropy import feasible, project, smallest_conflict

EVEN = np.full(4, 0.25)
MARGINS = np.array([[1.0, 1, 0, 0], [1, 0, 1, 0]])


def test_margins_alone_give_the_independent_table() -> None:
    """Under two margins the table of maximum entropy is their product: 0.6 × 0.5, 0.6 × 0.5, 0.4 × 0.5, 0.4 × 0.5."""
    table = project(EVEN, MARGINS, np.array([0.6, 0.5]), np.array([0.005, 0.005]))

    assert table == pytest.approx([0.3, 0.3, 0.2, 0.2], abs=1e-5)


def test_shares_that_sum_to_99_share_the_rest() -> None:
    """Printed shares of 40, 35 and 24 per cent become 40 1/3, 35 1/3 and 24 1/3."""
    table = project(np.full(3, 1 / 3), np.eye(3), np.array([0.40, 0.35, 0.24]), np.full(3, 0.005))

    assert table == pytest.approx([0.4 + 1 / 300, 0.35 + 1 / 300, 0.24 + 1 / 300], abs=2e-5)


@given(st.lists(st.floats(0.02, 1), min_size=4, max_size=4), st.lists(st.floats(0.02, 1), min_size=4, max_size=4))
def test_a_table_s_own_margins_can_always_be_met(prior: list[float], truth: list[float]) -> None:
    """Margins taken from any table are met from any prior, and the odds ratio of the prior is kept."""
    p, t = np.array(prior) / sum(prior), np.array(truth) / sum(truth)

    found = project(p, MARGINS, MARGINS @ t, np.array([0.005, 0.005]))

    assert MARGINS @ found == pytest.approx(MARGINS @ t, abs=1e-5)
    assert found[0] * found[3] / (found[1] * found[2]) == pytest.approx(p[0] * p[3] / (p[1] * p[2]), rel=1e-6)


def test_a_point_is_found_inside_limits_or_proven_absent() -> None:
    """Where x + y = 1, x ≤ 0.3 leaves a point; x ≤ 0.3 with y ≤ 0.6 leaves none."""
    one = np.ones((1, 2))

    point = feasible(np.array([[1.0, 0]]), np.array([0.3]), one, np.ones(1))

    assert point is not None
    assert (point.sum(), bool(point[0] <= 0.3 + 1e-9)) == (pytest.approx(1), True)
    assert feasible(np.eye(2), np.array([0.3, 0.6]), one, np.ones(1)) is None


def test_the_smallest_conflict_is_named_not_any() -> None:
    """Where three demands contradict one another and, apart from that, two others do, the two are named."""
    found = smallest_conflict(6, lambda some: not ({0, 1, 2} <= set(some) or {3, 5} <= set(some)))

    assert found == (3, 5)
