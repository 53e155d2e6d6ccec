"""The nearest of many points on a globe for each of many others: exact, in seconds for 150,000 of them.

Points become unit vectors, where a straight chord grows with the great circle, and neither poles nor the 180° meridian are special.
Candidates and askers are cut into small boxes of near points by halving along the widest axis. For a box of askers, boxes of
candidates are taken in the order of the least distance they could hold, until none left can hold a nearer one. Every distance is
counted by the same operations in the same order as in :func:`nearest_by_all_pairs`, so that both give the same answer to the last bit.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

EARTH_KM = 6371.0088  # the mean radius R₁ of the Geodetic Reference System 1980 (Moritz 2000)
ASKERS, CANDIDATES = 256, 32  # points in a box
AT_ONCE = 8  # boxes of candidates taken together
SLACK = 1e-9  # of the bounds, which are counted otherwise than the distances


def vectors(latitude: ArrayLike, longitude: ArrayLike) -> Floats:
    """Return points given in degrees as unit vectors, one row each.

    >>> vectors([0.0, 90.0], [0.0, 0.0]).round(3).tolist()
    [[1.0, 0.0, 0.0], [0.0, 0.0, 1.0]]
    """
    lat, lon = np.radians(np.asarray(latitude, dtype=np.float64)), np.radians(np.asarray(longitude, dtype=np.float64))
    return np.stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)], axis=1)


def kilometres(squared_chord: Floats) -> Floats:
    """Return great circles from squared chords of the unit globe, in kilometres to a tenth; infinite ones stay so.

    A town is no point, and its coordinates say no more. Rules and tables see the number that people see: a town printed at 100.0 km
    is not "over 100 km".

    >>> kilometres(np.array([4.0])).tolist()  # to the other side of the Earth
    [20015.1]
    """
    half = np.sqrt(np.where(np.isfinite(squared_chord), squared_chord, 0.0)) / 2
    arc: Floats = 2 * EARTH_KM * np.arcsin(np.minimum(half, 1.0))
    return np.where(np.isfinite(squared_chord), tenths(arc), np.inf)


def tenths(km: Floats) -> Floats:
    """Return kilometres rounded to a tenth, halves up.

    >>> tenths(np.array([0.04, 0.05, 100.046])).tolist()
    [0.0, 0.1, 100.0]
    """
    return np.floor(km * 10 + 0.5) / 10


def nearest(points: Floats, candidates: Floats, own: Ints) -> tuple[Ints, Floats]:
    """Return for each point its nearest candidate and the squared chord to it.

    Args:
        points: Unit vectors of those who ask.
        candidates: Unit vectors of those who may be the nearest; of equally near ones the earlier is taken.
        own: For each point its own number among the candidates, which does not count, or -1.

    Returns:
        The number of the nearest candidate (-1 where there is none) and the squared chord (infinite there).
    """
    found = np.full(len(points), -1, dtype=np.int64)
    best = np.full(len(points), np.inf)
    if not len(candidates) or not len(points):
        return found, best
    boxes = [np.sort(box) for box in _boxes(candidates, CANDIDATES)]
    balls = [_ball(candidates[box]) for box in boxes]
    centres, radii = np.stack([c for c, _ in balls]), np.array([r for _, r in balls])
    for mine in _boxes(points, ASKERS):
        centre, radius = _ball(points[mine])
        least = np.sqrt(((centres - centre) ** 2).sum(axis=1)) - radii - radius
        order = np.argsort(least, kind="stable")
        for start in range(0, len(order), AT_ONCE):
            reach = float(np.sqrt(best[mine].max())) + SLACK
            taken = [i for i in order[start : start + AT_ONCE] if least[i] <= reach]
            if not taken:
                break
            _improve(points, candidates, own, mine, np.sort(np.concatenate([boxes[i] for i in taken])), found, best)
    return found, best


def nearest_by_all_pairs(points: Floats, candidates: Floats, own: Ints) -> tuple[Ints, Floats]:
    """Return what :func:`nearest` returns by looking at every pair; the yardstick of the tests."""
    found = np.full(len(points), -1, dtype=np.int64)
    best = np.full(len(points), np.inf)
    everyone = np.arange(len(candidates), dtype=np.int64)
    for start in range(0, len(points) if len(candidates) else 0, ASKERS):
        mine = np.arange(start, min(start + ASKERS, len(points)), dtype=np.int64)
        _improve(points, candidates, own, mine, everyone, found, best)
    return found, best


def _improve(points: Floats, candidates: Floats, own: Ints, mine: Ints, some: Ints, found: Ints, best: Floats) -> None:
    """Let some candidates, in ascending order, be nearer than what was found for some points so far."""
    square = (points[mine, 0][:, None] - candidates[some, 0][None, :]) ** 2
    square += (points[mine, 1][:, None] - candidates[some, 1][None, :]) ** 2
    square += (points[mine, 2][:, None] - candidates[some, 2][None, :]) ** 2
    square[own[mine][:, None] == some[None, :]] = np.inf
    first = square.argmin(axis=1)
    near, who = square[np.arange(len(mine)), first], some[first]
    closer = (near < best[mine]) | ((near == best[mine]) & (who < found[mine]) & np.isfinite(near))
    best[mine[closer]], found[mine[closer]] = near[closer], who[closer]


def _boxes(points: Floats, size: int) -> Iterator[Ints]:
    """Yield the numbers of points in boxes of at most ``size`` that lie near one another."""
    waiting = [np.arange(len(points), dtype=np.int64)]
    while waiting:
        box = waiting.pop()
        if len(box) <= size:
            yield box
            continue
        inside = points[box]
        axis = int(np.ptp(inside, axis=0).argmax())
        order = np.argpartition(inside[:, axis], len(box) // 2)
        waiting += [box[order[: len(box) // 2]], box[order[len(box) // 2 :]]]


def _ball(points: Floats) -> tuple[Floats, float]:
    """Return the centre and radius of a ball that holds points."""
    centre: Floats = points.mean(axis=0)
    return centre, float(np.sqrt(((points - centre) ** 2).sum(axis=1).max()))
