"""Several answers under a limit: thresholds of latent scores, moved until every weighted share comes out.

Everybody gives at least one answer and at most as many as the question allows; exclusive answers stand alone and are given first. Last,
single answers are added, dropped or exchanged where a share is still off.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from posad.kernel.distributions import normal_quantile

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
_PASSES = 400
_FLIPS = 600


@dataclass(frozen=True, slots=True)
class Wish:
    """Shares wanted among some people: of each option that may stand with others, and of each that stands alone."""

    shares: Floats
    alone: Floats


def choose(score: Floats, alone_score: Floats, weights: Floats, wish: Wish, limit: int | None) -> tuple[Flags, Flags]:
    """Return who chose each option, and who chose each exclusive one.

    Args:
        score: People × options, standard normal: the higher, the sooner an option is chosen.
        alone_score: One number for each person: who takes an exclusive answer.
        weights: The weight of each person.
        wish: The weighted shares to be met.
        limit: The most answers a person may give; None is any number.
    """
    people, options = score.shape
    alone = _alone(alone_score, weights, wish.alone)
    chosen = np.zeros((people, options), dtype=bool)
    free = ~alone.any(axis=1)
    if free.any() and options:
        goal = np.clip(wish.shares * weights.sum() / weights[free].sum(), 0.0, 1.0)
        chosen[free] = _thresholds(score[free], weights[free], goal, limit or options)
    return chosen, alone


def _alone(score: Floats, weights: Floats, shares: Floats) -> Flags:
    """Return who gives each exclusive answer: the highest scores, each answer until its weight is full."""
    order = np.argsort(-score, kind="stable")
    middle = np.cumsum(weights[order]) - weights[order] / 2
    at = np.searchsorted(np.cumsum(shares) * weights.sum(), middle, side="right")
    out = np.zeros((len(score), len(shares) + 1), dtype=bool)
    out[order, at] = True
    return out[:, : len(shares)]


def _thresholds(score: Floats, weights: Floats, goal: Floats, limit: int) -> Flags:
    total = weights.sum()
    bounded = np.clip(goal, 1e-4, 1 - 1e-4)
    wanted = normal_quantiles(bounded)
    threshold = -wanted
    best, least = np.zeros(score.shape, dtype=bool), np.inf
    for turn in range(_PASSES):
        above = score - threshold
        chosen = _at_most(above, limit)
        share = (weights @ chosen) / total
        worst = float(np.abs(share - goal).max())
        if worst < least:
            best, least = chosen, worst
        if worst < 2e-4:
            break
        threshold = threshold + (normal_quantiles(np.clip(share, 1e-4, 1 - 1e-4)) - wanted) / (1 + turn / 60)
    _exchange(best, score - threshold, weights, goal, limit)
    return best


def _at_most(above: Floats, limit: int) -> Flags:
    """Return the options above their thresholds, the strongest where there are too many, one where there is none."""
    chosen = above > 0
    if limit < above.shape[1]:
        last = -np.partition(-above, limit - 1, axis=1)[:, limit - 1 : limit]
        chosen &= above >= last
    nothing = ~chosen.any(axis=1)
    chosen[nothing, above[nothing].argmax(axis=1)] = True
    return chosen


def _exchange(chosen: Flags, above: Floats, weights: Floats, goal: Floats, limit: int) -> None:
    """Add, drop or exchange single answers while the worst share comes nearer its goal."""
    total = float(weights.sum())
    for _ in range(_FLIPS):
        off = (weights @ chosen) - goal * total
        j = int(np.argmax(np.abs(off)))
        if abs(off[j]) <= 0.0008 * total:
            break
        many = off[j] > 0
        k = int(np.argmin(off) if many else np.argmax(off))
        give, take = (j, k) if many else (k, j)
        number = chosen.sum(axis=1)
        swap = chosen[:, give] & ~chosen[:, take]
        single = (chosen[:, j] & (number > 1)) if many else (~chosen[:, j] & (number < limit))
        other = abs(off[k]) > 0.0004 * total and off[k] * off[j] < 0 and swap.any()
        pool = np.flatnonzero(swap if other else single)
        if not len(pool):
            pool, other = np.flatnonzero(swap), True
        fits = pool[weights[pool] < 2 * abs(off[j])]
        if not len(fits) or (other and give == take):
            break
        cost = above[fits, give] - above[fits, take] if other else np.abs(above[fits, j])
        i = int(fits[np.argmin(cost)])
        if other:
            chosen[i, give], chosen[i, take] = False, True
        else:
            chosen[i, j] = not chosen[i, j]


def normal_quantiles(shares: Floats) -> Floats:
    """Return quantiles of the standard normal distribution for an array of shares."""
    return np.array([normal_quantile(float(p)) for p in shares])
