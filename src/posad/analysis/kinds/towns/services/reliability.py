"""How far the mean of several scales measures one thing: Cronbach's alpha, McDonald's omega of one factor, what each row adds."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from posad.kernel.design import Floats

MOST_STEPS = 20_000
SETTLED = 1e-11


@dataclass(frozen=True, slots=True)
class Factor:
    """One factor by maximum likelihood: loadings and uniquenesses of k standardised rows."""

    loadings: Floats
    unique: Floats


def alpha(cov: Floats) -> Floats:
    """Return Cronbach's alpha of the sum of k rows, from their covariances (…×k×k).

    >>> round(float(alpha(np.array([[1.0, 0.5], [0.5, 1.0]]))), 4)
    0.6667
    """
    k = cov.shape[-1]
    whole = cov.sum(axis=(-2, -1))
    own = np.trace(cov, axis1=-2, axis2=-1)
    found: Floats = np.where(whole > 0, k / (k - 1) * (1 - own / np.where(whole > 0, whole, 1.0)), 0.0)
    return found


def without_each(cov: Floats) -> Floats:
    """Return alpha of the rest, each row left out (k)."""
    k = len(cov)
    rest = [[j for j in range(k) if j != i] for i in range(k)]
    return np.array([float(alpha(cov[np.ix_(r, r)])) for r in rest])


def with_rest(cov: Floats) -> Floats:
    """Return the correlation of each row with the sum of the others (k)."""
    whole, own = cov.sum(axis=1), np.diag(cov)
    others = cov.sum() - 2 * whole + own
    found: Floats = (whole - own) / np.sqrt(own * np.maximum(others, 1e-300))
    return found


def factor(cov: Floats) -> Factor:
    """Return the one factor that best explains k rows, by maximum likelihood (expectation and maximisation; Rubin and Thayer 1982).

    Equal to R's ``factanal``. Rows must vary.
    """
    sd = np.sqrt(np.diag(cov))
    s = cov / np.outer(sd, sd)
    values, axes = np.linalg.eigh(s)
    load = axes[:, -1] * np.sqrt(max(float(values[-1]), 0.0)) * 0.9
    unique = np.maximum(1 - load**2, 0.05)
    for _ in range(MOST_STEPS):
        inner = load / unique
        b = inner / (1 + float(inner @ load))  # of the factor on the rows
        sb = s @ b
        new = sb / (1 - float(b @ load) + float(b @ sb))
        fresh = np.maximum(np.diag(s) - new * sb, 0.005)
        moved = max(float(np.abs(new - load).max()), float(np.abs(fresh - unique).max()))
        load, unique = new, fresh
        if moved < SETTLED:
            break
    return Factor(load if load.sum() >= 0 else -load, unique)


def omega(cov: Floats, found: Factor) -> float:
    """Return McDonald's omega of the sum of the rows: the part of its variance that is the factor's."""
    sd = np.sqrt(np.diag(cov))
    shared = float((found.loadings * sd).sum()) ** 2
    return shared / (shared + float((found.unique * sd**2).sum()))
