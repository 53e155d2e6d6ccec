"""Multilevel regression with poststratification: shares of small domains from a model of everybody, summed over who lives there.

A person of cell i says yes with logit p = xβ + Σ u[batch, level]; levels of a batch are normal around nought with a standard deviation of
their own, half-normal(0.5) before the answers. Given the deviations, coefficients are normal around their mode with the inverse information
(Laplace); the deviations themselves are integrated by importance sampling, first around the mode, then around what that found (Gelman and
Little 1997; Rue, Martino and Chopin 2009 for the nesting). All chance is from one seed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from posad.kernel.design import Floats

Ints = NDArray[np.int64]
PRIOR = 0.5  # of the half-normal before the standard deviations of batches
LOOSE = 1e-4  # precision before the fixed coefficients
FIRST, POINTS, DRAWS, SEED = 24, 48, 1000, 1
HEAVY = 5  # degrees of freedom of the proposals
SPREAD = 0.6  # of the first proposals, of a logarithm
SMALLEST = 0.01


@dataclass(frozen=True, slots=True)
class People:
    """Cells of people: fixed covariates (C×p, ones among them) and, for each batch, the level of every cell and how many there are."""

    x: Floats
    levels: tuple[Ints, ...]
    sizes: tuple[int, ...]

    @property
    def starts(self) -> Ints:
        """Where the coefficients of each batch begin, after the fixed ones; the last is the number of all."""
        found: Ints = self.x.shape[1] + np.cumsum(np.array([0, *self.sizes], dtype=np.int64))
        return found

    def predictor(self, beta: Floats) -> Floats:
        """Return the linear predictor of every cell (B×C) for B lines of coefficients."""
        eta: Floats = beta[:, : self.x.shape[1]] @ self.x.T
        for start, levels in zip(self.starts.tolist(), self.levels, strict=False):
            eta = eta + beta[:, start + levels]
        return eta

    def sums(self, values: Floats) -> Floats:
        """Return the sums of a value of the cells over every coefficient's column."""
        parts = [np.bincount(v, values, size) for v, size in zip(self.levels, self.sizes, strict=True)]
        found: Floats = np.concatenate([self.x.T @ values, *parts])
        return found

    def products(self, weights: Floats) -> Floats:
        """Return Z'WZ of all columns, by counting rather than multiplying: levels are zeros and ones."""
        p, starts = self.x.shape[1], self.starts.tolist()
        found = np.zeros((starts[-1], starts[-1]))
        found[:p, :p] = (self.x * weights[:, None]).T @ self.x
        for k, (a, size) in enumerate(zip(self.levels, self.sizes, strict=True)):
            rows = slice(starts[k], starts[k + 1])
            for j in range(p):
                found[j, rows] = found[rows, j] = np.bincount(a, weights * self.x[:, j], size)
            for m in range(k + 1):
                other = self.sizes[m]
                block = np.bincount(a * other + self.levels[m], weights, size * other).reshape(size, other)
                columns = slice(starts[m], starts[m + 1])
                found[rows, columns], found[columns, rows] = block, block.T
        return found


@dataclass(frozen=True, slots=True)
class Mode:
    """Coefficients at the mode given the batches' deviations, the Cholesky factor of their information, log of the joint density."""

    beta: Floats
    factor: Floats
    height: float


def mode(people: People, yes: Floats, asked: Floats, deviations: Sequence[float], start: Floats | None = None) -> Mode:
    """Return where the coefficients are most likely, given the standard deviation of each batch.

    Args:
        people: the cells.
        yes: C, how many said yes.
        asked: C, how many were asked.
        deviations: of each batch.
        start: coefficients to begin with.
    """
    p = people.x.shape[1]
    penalty = np.concatenate([np.full(p, LOOSE), np.repeat(1 / np.square(deviations), people.sizes)])
    beta = np.zeros(len(penalty)) if start is None else start
    last = -np.inf
    for _ in range(50):
        eta = people.predictor(beta[None])[0]
        mu = 1 / (1 + np.exp(-np.clip(eta, -500, 500)))
        information = people.products(asked * mu * (1 - mu))
        information[np.diag_indices_from(information)] += penalty
        slope = people.sums(yes - asked * mu) - penalty * beta
        move: Floats = np.linalg.solve(information, slope).astype(np.float64)
        beta, height = _halved(people, yes, asked, penalty, beta, move, last)
        if float(np.abs(move).max()) < 1e-8:
            break
        last = height
    factor: Floats = np.linalg.cholesky(information).astype(np.float64)
    own = penalty[p:]
    height = (
        _density(people, yes, asked, penalty, beta)
        + 0.5 * float(np.log(own).sum())
        - float(np.log(np.diag(factor)).sum())
    )
    return Mode(beta, factor, height)


def _density(people: People, yes: Floats, asked: Floats, penalty: Floats, beta: Floats) -> float:
    eta = people.predictor(beta[None])[0]
    return float((yes * eta - asked * np.logaddexp(0, eta)).sum() - 0.5 * (penalty * beta**2).sum())


def _halved(
    people: People, yes: Floats, asked: Floats, penalty: Floats, beta: Floats, move: Floats, last: float
) -> tuple[Floats, float]:
    for _ in range(30):
        height = _density(people, yes, asked, penalty, beta + move)
        if np.isfinite(height) and height >= last - 1e-9 * (1 + abs(last)):
            break
        move = move / 2
    return beta + move, height


@dataclass(frozen=True, slots=True)
class Posterior:
    """Draws of the coefficients (B×m), and what the batches' deviations are on average; ``effective`` of how many points they stand."""

    draws: Floats
    deviations: Floats
    effective: float

    def shares(self, frame: People, counts: Floats) -> Floats:
        """Return draws of the shares of domains (B×D); counts (D×F) tell how many people of each frame cell live in each."""
        eta = frame.predictor(self.draws)
        chance = 1 / (1 + np.exp(-np.clip(eta, -500, 500)))
        found: Floats = chance @ (counts / counts.sum(axis=1, keepdims=True)).T
        return found


def posterior(people: People, yes: Floats, asked: Floats, seed: int = SEED, draws: int = DRAWS) -> Posterior:
    """Return draws from the model of everybody, the deviations of its batches integrated."""
    rng = np.random.default_rng(seed)
    centre, beta = _likely(people, yes, asked)
    spread = np.full(len(centre), SPREAD)
    for count in (FIRST, POINTS):
        places = centre + spread * rng.standard_t(HEAVY, (count, len(centre)))
        places = np.maximum(places, np.log(SMALLEST / 10))
        modes = [mode(people, yes, asked, np.exp(at).tolist(), beta) for at in places]
        weights = _weights(places, centre, spread, [m.height for m in modes])
        middle = weights @ places
        wide = np.sqrt(weights @ (places - middle) ** 2)
        shown = np.exp(places)
        centre, spread = middle, np.clip(wide, 0.25, 1.0)
    many = rng.multinomial(draws, weights)
    found = [
        m.beta + np.linalg.solve(m.factor.T, rng.standard_normal((len(m.beta), n))).T
        for m, n in zip(modes, many.tolist(), strict=True)
        if n
    ]
    return Posterior(np.vstack(found), weights @ shown, 1 / float((weights**2).sum()))


def _weights(places: Floats, centre: Floats, spread: Floats, heights: Sequence[float]) -> Floats:
    """Return the weights of points: density after the answers (of logarithms) over the density they were drawn from."""
    z = (places - centre) / spread
    drawn = -(HEAVY + 1) / 2 * np.log1p(z**2 / HEAVY).sum(axis=1)
    before = (-0.5 * np.exp(2 * places) / PRIOR**2 + places).sum(axis=1)
    logs = np.asarray(heights) + before - drawn
    found: Floats = np.exp(logs - logs.max())
    found /= found.sum()
    return found


def _likely(people: People, yes: Floats, asked: Floats) -> tuple[Floats, Floats]:
    """Return the logarithms of the deviations where they are likely (by expectation and maximisation), and the coefficients there."""
    logs = np.full(len(people.sizes), np.log(0.3))
    beta: Floats | None = None
    starts = people.starts.tolist()
    for _ in range(40):
        at = mode(people, yes, asked, np.exp(logs).tolist(), beta)
        beta = at.beta
        half = np.linalg.solve(at.factor, np.eye(len(beta)))
        variance = (half**2).sum(axis=0)
        held = [float((beta[a:b] ** 2 + variance[a:b]).mean()) for a, b in pairwise(starts)]
        new = 0.5 * np.log(np.maximum(held, SMALLEST**2))
        moved = float(np.abs(new - logs).max())
        logs = new
        if moved < 0.01:
            break
    assert beta is not None
    return logs, beta
