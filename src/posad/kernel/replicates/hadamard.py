"""Hadamard matrices: the balanced choices of one half of each stratum.

Orders are 2ᵏ and 2ᵏ·(q + 1) for primes q = 4m + 3 (Sylvester, 1867; Paley, 1933): enough to be near any number of strata.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

PRIMES = (3, 7, 11, 19, 23, 31, 43, 47, 59, 67, 71, 79, 83, 103, 107, 127, 131, 139, 151, 163, 167, 179, 191, 199)


def hadamard(least: int) -> NDArray[np.int64]:
    """Return a Hadamard matrix (ones and minus ones) of the smallest order known that is at least ``least``; column zero is ones.

    >>> h = hadamard(9)
    >>> h.shape, bool(np.array_equal(h @ h.T, 12 * np.eye(12, dtype=int)))
    ((12, 12), True)
    """
    doublings = range(max(least, 2).bit_length() + 1)
    orders = [(2**k, None, k) for k in doublings] + [((q + 1) * 2**k, q, k) for q in PRIMES for k in doublings]
    _, prime, doubled = min((o for o in orders if o[0] >= least), key=lambda o: (o[0], o[2]))
    matrix = np.ones((1, 1), dtype=np.int64) if prime is None else _paley(prime)
    for _ in range(doubled):
        matrix = np.block([[matrix, matrix], [matrix, -matrix]])
    return matrix * matrix[:, :1]


def _paley(q: int) -> NDArray[np.int64]:
    """Return Paley's matrix of order q + 1, from the squares modulo a prime q = 4m + 3."""
    squares = {i * i % q for i in range(1, q)}
    kind = np.array([0] + [1 if i in squares else -1 for i in range(1, q)], dtype=np.int64)
    inner = kind[(np.arange(q)[:, None] - np.arange(q)[None, :]) % q]
    skew = np.zeros((q + 1, q + 1), dtype=np.int64)
    skew[0, 1:], skew[1:, 0], skew[1:, 1:] = 1, -1, inner
    return skew + np.eye(q + 1, dtype=np.int64)
