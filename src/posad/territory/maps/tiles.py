"""A map of tiles: every area takes one square of a grid, as near as can be to where it lies, so that small ones are seen too.

Places are first spread by their ranks, since most areas crowd into a corner; then squares are given out so that the sum of squared
distances is least (H. W. Kuhn's assignment problem, solved by successive shortest paths).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import ceil, sqrt

import numpy as np
from numpy.typing import NDArray

SPREAD = 0.6  # how much of a place is its rank, the rest is where it lies
ROOM = 1.25  # squares for each area


def tiles(places: Mapping[str, tuple[float, float]], shape: float = 1.6) -> dict[str, tuple[int, int]]:
    """Return the square of each area as column and row, from the upper left.

    Args:
        places: The middle of each area: eastwards and northwards.
        shape: Columns to rows.

    >>> tiles({"west": (0, 0), "east": (9, 0)}, shape=2)
    {'west': (0, 0), 'east': (1, 0)}
    """
    if not places:
        return {}
    n = len(places)
    rows = max(1, round(sqrt(n * ROOM / shape)))
    columns = max(1, ceil(n * (ROOM if n > 4 else 1) / rows))
    x, y = (np.array(v, dtype=np.float64) for v in zip(*places.values(), strict=True))
    at = np.stack([_spread(x) * (columns - 1), (1 - _spread(y)) * (rows - 1)], axis=1)
    squares = [(c, r) for r in range(rows) for c in range(columns)]
    cost = ((at[:, None, :] - np.array(squares, dtype=np.float64)[None, :, :]) ** 2).sum(axis=2)
    chosen = {name: squares[s] for name, s in zip(places, _assign(cost), strict=True)}
    left, top = (min(s[i] for s in chosen.values()) for i in (0, 1))
    return {name: (c - left, r - top) for name, (c, r) in chosen.items()}


def _spread(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return values from 0 to 1, partly by their rank."""
    span = float(values.max() - values.min())
    if span == 0:
        return np.full(len(values), 0.5)
    rank = values.argsort(kind="stable").argsort(kind="stable") / max(len(values) - 1, 1)
    spread: NDArray[np.float64] = SPREAD * rank + (1 - SPREAD) * (values - values.min()) / span
    return spread


def _assign(cost: NDArray[np.float64]) -> Sequence[int]:
    """Return the column of each row with the least sum; there are at least as many columns as rows."""
    n, m = cost.shape
    u, v = np.zeros(n + 1), np.zeros(m + 1)
    row_of, way = np.zeros(m + 1, dtype=np.int64), np.zeros(m + 1, dtype=np.int64)
    for row in range(1, n + 1):
        row_of[0], column = row, 0
        least, seen = np.full(m + 1, np.inf), np.zeros(m + 1, dtype=bool)
        while True:
            seen[column] = True
            own = row_of[column]
            spare = cost[own - 1] - u[own] - v[1:]
            better = ~seen[1:] & (spare < least[1:])
            least[1:][better], way[1:][better] = spare[better], column
            open_ = np.where(seen[1:], np.inf, least[1:])
            following = int(open_.argmin()) + 1
            step = open_[following - 1]
            u[row_of[seen]] += step
            v[seen] -= step
            least[~seen] -= step
            column = following
            if row_of[column] == 0:
                break
        while column:
            row_of[column], column = row_of[way[column]], int(way[column])
    found = [0] * n
    for column in range(1, m + 1):
        if row_of[column]:
            found[row_of[column] - 1] = column - 1
    return found
