"""How a model's R² is shared out among its drivers: Johnson's relative weights, with LMG as their check.

Johnson (2000): the drivers are replaced by the nearest uncorrelated variables, and each gets its part of what these explain. LMG
(Lindeman, Merenda and Gold 1980; Shapley's value of R²) averages the gain of a driver over all orders of entry. Both are functions of
the weighted covariance matrix. Controls are taken out of the outcome and of the drivers first, so they have no part in it.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import factorial

import numpy as np

from posad.kernel.design import Floats

LMG_MOST = 12  # drivers: 4,096 models
BLOCK = 40_000_000


def covariances(columns: Floats, weights: Floats) -> Floats:
    """Return the weighted covariance matrices (B×q×q) of C×q columns under B×C weights."""
    sums = weights.sum(axis=1)
    means = (weights @ columns) / sums[:, None]
    q = columns.shape[1]
    i, j = np.triu_indices(q)
    found = np.zeros((len(weights), q, q))
    step = max(1, BLOCK // max(1, len(columns)))
    for start in range(0, len(i), step):
        a, b = i[start : start + step], j[start : start + step]
        products = (weights @ (columns[:, a] * columns[:, b])) / sums[:, None] - means[:, a] * means[:, b]
        found[:, a, b] = products
        found[:, b, a] = products
    return found


def without_controls(cov: Floats, controls: Sequence[int]) -> Floats:
    """Return the covariances (B×q×q) of what the controls leave unexplained; the controls' own rows are dropped.

    >>> without_controls(np.array([[[2.0, 1.0], [1.0, 1.0]]]), [1]).tolist()
    [[[1.0]]]
    """
    kept = [k for k in range(cov.shape[1]) if k not in set(controls)]
    if not controls:
        return cov[:, kept][:, :, kept]
    own = cov[:, list(controls)][:, :, list(controls)]
    cross = cov[:, list(controls)][:, :, kept]
    left = np.linalg.pinv(own, rcond=1e-10, hermitian=True)
    found: Floats = cov[:, kept][:, :, kept] - cross.transpose(0, 2, 1) @ left @ cross
    return found


def johnson(cov: Floats) -> tuple[Floats, Floats]:
    """Return Johnson's relative weights (B×p, summing to R²) and R² (B) from covariances of the outcome (first) and p drivers.

    Of two drivers without correlation each gets the square of its own correlation with the outcome:

    >>> raw, whole = johnson(np.array([[[1.0, 0.6, 0.3], [0.6, 1.0, 0.0], [0.3, 0.0, 1.0]]]))
    >>> raw.round(3).tolist(), whole.round(3).tolist()
    ([[0.36, 0.09]], [0.45])
    """
    size = np.sqrt(np.maximum(np.diagonal(cov, axis1=1, axis2=2), 0.0))
    safe = np.where(size > 0, size, 1.0)
    r = cov / (safe[:, :, None] * safe[:, None, :])
    inner, outer = r[:, 1:, 1:], r[:, 1:, 0]
    own, axes = np.linalg.eigh(inner)
    root = np.sqrt(np.maximum(own, 0.0))
    half = (axes * root[:, None, :]) @ axes.transpose(0, 2, 1)
    turned = np.where(root > 1e-8, 1 / np.where(root > 1e-8, root, 1.0), 0.0)
    inverse = (axes * turned[:, None, :]) @ axes.transpose(0, 2, 1)
    beta = (inverse @ outer[:, :, None])[:, :, 0]
    raw = (half**2 @ (beta**2)[:, :, None])[:, :, 0]
    return raw, np.sum(beta**2, axis=1)


def lmg(cov: Floats, groups: Sequence[Sequence[int]]) -> Floats:
    """Return the LMG parts of R² of groups of drivers (numbers from one, the outcome being nought), from one covariance matrix."""
    count = len(groups)
    if count > LMG_MOST:
        raise ValueError(f"{count} drivers make {2**count} models")
    explained = np.zeros(1 << count)
    for mask in range(1, 1 << count):
        at = [k for g in range(count) if mask >> g & 1 for k in groups[g]]
        gain = cov[0, at] @ np.linalg.pinv(cov[np.ix_(at, at)], rcond=1e-10, hermitian=True) @ cov[at, 0]
        explained[mask] = gain / cov[0, 0]
    found = np.zeros(count)
    for g in range(count):
        for mask in range(1 << count):
            if not mask >> g & 1:
                k = mask.bit_count()
                part = factorial(k) * factorial(count - k - 1) / factorial(count)
                found[g] += part * (explained[mask | 1 << g] - explained[mask])
    return found
