"""Towns run forward from a wish to leave: the official outflow first, then what it would be if the wish were another.

People of a kind of town t and age a leave in a year with the rate r = κ·s(a)·m(t, a)/m(a): s is the age schedule, m the part of them that
would have left by the wish and by what becomes of plans, m(a) its mean over the towns, κ such that the first year's outflow is the
official one. With another wish w + δ the rate is r·m(w + δ)/m(w), so that only the ratio of what planners and others do matters. Those who
go to towns of the same kinds arrive there as the people are spread; everybody grows older; births and deaths keep the number of people
where nobody moves, and nobody comes from elsewhere (Rogers 1995 for the multiregional model).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from posad.analysis.kinds.towns.migration.future import Future, Realised
from posad.kernel.design import Floats

DRAWS, SEED = 1000, 1


@dataclass(frozen=True, slots=True)
class Run:
    """A scenario under one account of what becomes of plans: draws (B) of people, by kind of town (B×T) where there are kinds.

    ``left`` is how many leave all these towns from first to last with the wish as it is, ``kept`` how many more would live in each kind of
    town at the end with the other wish; ``unscaled`` the yearly outflow that wish and plans alone would give.
    """

    left: Floats
    kept: Floats
    unscaled: float


def project(
    future: Future, realised: Realised, wish: Floats, cov: Floats, inner: Floats, mass: Floats, draws: int = DRAWS
) -> Run:
    """Run the towns forward with the wish as it is and as it would be.

    Args:
        future: The scenario.
        realised: What becomes of plans.
        wish: T·A shares of those who would leave.
        cov: Their covariance.
        inner: T parts of those who leave that go to towns of the same kinds.
        mass: T×A weighted people, of which only the shares within a kind of town count.
        draws: How many times the wish is drawn from its error; the first draw is the estimate itself.
    """
    kinds, ages = mass.shape
    people = (
        np.array(list(future.population.values()), dtype=np.float64)[:, None] * mass / mass.sum(axis=1, keepdims=True)
    )
    axes = np.linalg.eigh((cov + cov.T) / 2)
    root = axes.eigenvectors * np.sqrt(np.maximum(axes.eigenvalues, 0.0))
    noise = np.random.default_rng(SEED).standard_normal((draws, len(wish)))
    noise[0] = 0.0
    drawn = np.clip(wish + noise @ root.T, 0.0, 1.0).reshape(draws, kinds, ages)
    other = np.clip(drawn + future.shift, 0.0, 1.0)
    now, then = (_moves(w, realised) for w in (drawn, other))
    heights = np.array([future.heights[a] for a in future.ends])
    mean = (now * people).sum(axis=1, keepdims=True) / people.sum(axis=0)
    shape = heights * now / mean
    scale = future.outflow * people.sum() / (shape * people).sum(axis=(1, 2))
    rate = np.minimum(shape * scale[:, None, None], 0.9)
    years = future.last - future.first
    widths = np.array([last - first + 1 for first, last in future.ends.values()], dtype=np.float64)
    base, left = _forward(people, rate, inner, widths, years)
    would, _ = _forward(people, np.minimum(rate * then / now, 0.9), inner, widths, years)
    ever = float((now[0] * people).sum() / people.sum())
    unscaled = 1 - (1 - ever) ** (1 / realised.years)
    return Run(left, (would - base).sum(axis=2), unscaled)


def _moves(wish: Floats, realised: Realised) -> Floats:
    found: Floats = wish * realised.planners + (1 - wish) * realised.others
    return found


def _forward(people: Floats, rate: Floats, inner: Floats, widths: Floats, years: int) -> tuple[Floats, Floats]:
    """Return the people of the last year (B×T×A), and how many left all these towns (B)."""
    now = np.broadcast_to(people, rate.shape).copy()
    left = np.zeros(len(rate))
    for _ in range(years):
        going = now * rate
        within = going * inner[None, :, None]
        left += (going - within).sum(axis=(1, 2))
        spread = now.sum(axis=2, keepdims=True) / now.sum(axis=(1, 2))[:, None, None]
        now = now - going + within.sum(axis=1, keepdims=True) * spread
        older = now / widths
        enters = older[:, :, 0].copy()
        now[:, :, :-1] -= older[:, :, :-1]
        now[:, :, 1:] += older[:, :, :-1]
        now[:, :, -1] -= enters  # as many die as are born
        now[:, :, 0] += enters
        now = np.maximum(now, 0.0)
    return now, left
