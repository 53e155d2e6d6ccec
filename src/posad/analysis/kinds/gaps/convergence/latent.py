"""Two waves of many territories as true levels seen with known errors: whether their spread has narrowed, and what could be seen.

A regression of change on level finds convergence where nothing changes: who was low by chance is higher next time (Galton's fallacy;
Friedman 1992, Quah 1993). Here the true levels of both waves are normal with standard deviations λ₁ and λ₂ and correlation ρ over the
territories, and the observed ones have the sampling covariance D of each besides: y ~ N(μ, Λ + D). The test is of λ₁ = λ₂, by the
ratio of likelihoods. Many worlds are fitted at once, for the power is found by making them.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from posad.kernel.design import Floats
from posad.kernel.testing.tails import normal_tails

STEPS, STEP = 60, 1e-3  # of Newton's method; of numeric derivatives
LOOSE, MIDDLE = 2.0, 1.0  # deviations of the weak priors; the middle of that of atanh ρ
WORLDS, SEED = 400, 1
HALVED = 0.5
NORMAL = 1.959963984540054


@dataclass(frozen=True, slots=True)
class Spreads:
    """The fit of W worlds: λ of both waves (sampling noise taken off), ρ, p of λ₁ = λ₂, the error of log λ₂/λ₁, each of W."""

    first: Floats
    second: Floats
    rho: Floats
    p: Floats
    log_error: Floats

    @property
    def ratio(self) -> Floats:
        """λ₂/λ₁: under one where the spread has narrowed."""
        found: Floats = self.second / self.first
        return found


def spreads(y: Floats, noise: Floats) -> Spreads:
    """Return the fit of W worlds of G territories.

    Args:
        y: W×G×2 observed levels in both waves.
        noise: G×2×2 (or W×G×2×2) their sampling covariances.
    """
    d = np.broadcast_to(noise, (*y.shape[:2], 2, 2))
    whole = y.std(axis=1, ddof=1).mean(axis=1)
    scale = np.where(whole > 0, whole, 1.0)
    y, d = y / scale[:, None, None], d / scale[:, None, None, None] ** 2
    start = np.log(np.sqrt(np.maximum(y.var(axis=1, ddof=1) - np.einsum("wgii->wi", d) / y.shape[1], 0.04)))
    level = start.mean(axis=1)
    equal, least, _ = _fit(y, d, np.column_stack([level, np.full(len(y), MIDDLE)]), level)
    free, lower, hessian = _fit(y, d, np.column_stack([equal[:, 0], equal[:, 0], equal[:, 1]]), level)
    p = normal_tails(np.sqrt(np.maximum(2 * (least - lower), 0.0)))
    first, second = np.exp(free[:, 0]), np.exp(free[:, 1])
    inverse = np.linalg.inv(hessian)
    log_error = np.sqrt(np.maximum(inverse[:, 0, 0] + inverse[:, 1, 1] - 2 * inverse[:, 0, 1], 0.0))
    return Spreads(first * scale, second * scale, np.tanh(free[:, 2]), p, log_error)


def _loss(y: Floats, d: Floats, at: Floats, level: Floats) -> Floats:
    """Return minus the log-likelihood of W worlds at parameters (W×2 where λ is one, W×3), with weak priors; μ is profiled out."""
    l1, l2, turn = at[:, 0], at[:, -2], at[:, -1]
    a, b, r = np.exp(2 * l1), np.exp(2 * l2), np.tanh(turn)
    s11, s22 = a[:, None] + d[..., 0, 0], b[:, None] + d[..., 1, 1]
    s12 = (r * np.sqrt(a * b))[:, None] + d[..., 0, 1]
    det = np.maximum(s11 * s22 - s12**2, 1e-300)
    i11, i22, i12 = s22 / det, s11 / det, -s12 / det
    x, z = y[..., 0], y[..., 1]
    m11, m22, m12 = i11.sum(axis=1), i22.sum(axis=1), i12.sum(axis=1)
    v1, v2 = (i11 * x + i12 * z).sum(axis=1), (i12 * x + i22 * z).sum(axis=1)
    under = m11 * m22 - m12**2
    mu1, mu2 = (m22 * v1 - m12 * v2) / under, (m11 * v2 - m12 * v1) / under
    e1, e2 = x - mu1[:, None], z - mu2[:, None]
    away = i11 * e1**2 + 2 * i12 * e1 * e2 + i22 * e2**2
    prior = ((l1 - level) ** 2 + (l2 - level) ** 2 + (turn - MIDDLE) ** 2) / (2 * LOOSE**2)
    found: Floats = 0.5 * (np.log(det) + away).sum(axis=1) + prior
    return found


def _fit(y: Floats, d: Floats, start: Floats, level: Floats) -> tuple[Floats, Floats, Floats]:
    """Return the parameters of the least loss, that loss, and its second derivatives: damped Newton steps, all worlds together."""
    at, k = start.copy(), start.shape[1]
    loss = _loss(y, d, at, level)
    hessian = np.broadcast_to(np.eye(k), (len(at), k, k)).copy()
    going = np.arange(len(at))
    for _ in range(STEPS):
        slope, curve = _derivatives(y[going], d[going], at[going], level[going])
        hessian[going] = curve
        own, axes = np.linalg.eigh(curve)
        move = -np.einsum("wij,wj->wi", axes, np.einsum("wji,wj->wi", axes, slope) / np.maximum(np.abs(own), 0.05))
        move /= np.maximum(np.linalg.norm(move, axis=1), 1.0)[:, None]
        left = np.ones(len(going), dtype=bool)
        for by in (1.0, 0.5, 0.25, 0.0625):
            rows = going[left]
            tried = at[rows] + by * move[left]
            new = _loss(y[rows], d[rows], tried, level[rows])
            better = new < loss[rows]
            at[rows[better]], loss[rows[better]] = tried[better], new[better]
            left[np.flatnonzero(left)[better]] = False
        going = going[~left & (np.abs(move).max(axis=1) > 1e-5)]
        if not len(going):
            break
    return at, loss, hessian


def _derivatives(y: Floats, d: Floats, at: Floats, level: Floats) -> tuple[Floats, Floats]:
    k = at.shape[1]
    steps = STEP * np.eye(k)
    here = _loss(y, d, at, level)
    up = np.stack([_loss(y, d, at + s, level) for s in steps], axis=1)
    down = np.stack([_loss(y, d, at - s, level) for s in steps], axis=1)
    slope = (up - down) / (2 * STEP)
    curve = np.zeros((len(at), k, k))
    for i in range(k):
        curve[:, i, i] = (up[:, i] + down[:, i] - 2 * here) / STEP**2
        for j in range(i):
            both = _loss(y, d, at + steps[i] + steps[j], level) + _loss(y, d, at - steps[i] - steps[j], level)
            mixed = (both - up[:, i] - up[:, j] - down[:, i] - down[:, j] + 2 * here) / (2 * STEP**2)
            curve[:, i, j] = curve[:, j, i] = mixed
    return slope, curve


def power(first: float, rho: float, noise: Floats, level: float = 0.05, worlds: int = WORLDS) -> float:
    """Return how often the test would see the spread halve: the share of made worlds in which it does, with the fitted λ₁ and ρ."""
    rng = np.random.default_rng(SEED)
    size = len(noise)
    second = HALVED * first
    true = rng.standard_normal((worlds, size, 2))
    deep = np.stack(
        [first * true[..., 0], second * (rho * true[..., 0] + np.sqrt(max(1 - rho**2, 0.0)) * true[..., 1])], axis=-1
    )
    own, axes = np.linalg.eigh(noise)
    root = axes * np.sqrt(np.maximum(own, 0.0))[:, None, :]
    seen = deep + np.einsum("gij,wgj->wgi", root, rng.standard_normal((worlds, size, 2)))
    found = spreads(seen, noise)
    return float(np.mean((found.p < level) & (found.ratio < 1)))
