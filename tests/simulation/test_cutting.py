"""Cuts of ranked scores and several answers under a limit."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from posad.simulation.solving.core import rank_cut
from posad.simulation.solving.several import Wish, choose


def test_low_scores_get_low_codes_by_weight() -> None:
    """Four people with weights 1, 1, 2, 4 and half for each code: the first three in rank weigh as much as the last."""
    score = np.array([0.2, 0.1, 0.3, 0.9])
    weights = np.array([1.0, 1, 2, 4])

    found = rank_cut(score, np.zeros(4), weights, np.array([0.5, 0.5]), np.zeros(2, bool))

    assert found.tolist() == [0, 0, 0, 1]


def test_those_who_do_not_know_come_from_anywhere() -> None:
    """The highest score aside takes "don't know", whatever the person's place on the scale."""
    away = np.array([False, False, True])

    found = rank_cut(
        np.array([0.1, 0.2, 0.3, 0.4]), np.array([0.9, 0.1, 0.2, 0.3]), np.ones(4), np.array([0.5, 0.25, 0.25]), away
    )

    assert found.tolist() == [2, 0, 0, 1]


@given(st.integers(0, 10_000), st.integers(2, 6))
def test_a_cut_misses_a_share_by_less_than_one_person(seed: int, codes: int) -> None:
    """However weights and shares fall, no category is off by more than the heaviest person."""
    chance = np.random.default_rng(seed)
    weights, shares = chance.uniform(0.3, 3, 200), chance.dirichlet(np.ones(codes))

    found = rank_cut(chance.normal(size=200), chance.random(200), weights, shares, np.zeros(codes, bool))

    got = np.bincount(found, weights, codes)
    assert np.abs(got - shares * weights.sum()).max() <= 3.0


@pytest.mark.parametrize("seed", range(8))
def test_several_answers_keep_limit_shares_and_exclusives(seed: int) -> None:
    """Shares of seven answers, up to three each and a tenth with none, are met to a third of a point; nobody breaks a rule."""
    chance = np.random.default_rng(seed)
    weights = chance.uniform(0.4, 2.2, 1500)
    wish = Wish(np.array([0.62, 0.48, 0.36, 0.25, 0.2, 0.12, 0.05]), np.array([0.06, 0.04]))

    chosen, alone = choose(chance.normal(size=(1500, 7)), chance.normal(size=1500), weights, wish, 3)

    total = weights.sum()
    assert np.abs(weights @ chosen / total - wish.shares).max() < 0.0033
    assert np.abs(weights @ alone / total - wish.alone).max() < 0.0033
    given_alone = alone.sum(axis=1)
    assert set(given_alone.tolist()) == {0, 1}
    assert chosen[given_alone == 1].sum() == 0
    assert set(chosen[given_alone == 0].sum(axis=1).tolist()) <= {1, 2, 3}
