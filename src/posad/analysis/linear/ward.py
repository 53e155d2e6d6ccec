"""Ward's clusters of points, many times at once: of every replicate, and of every sample of the points themselves.

Ward (1963) by the update of Lance and Williams (1967) on squared distances; stability by Hennig (2007), "Cluster-wise assessment of
cluster stability": for each cluster the mean of its best Jaccard similarity with a cluster of the repeated data.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Labels = NDArray[np.int64]
OUT = -1  # the label of a point that a sample left out
BLOCK = 20_000_000  # distances held at once


def ward(
    points: Floats, inside: NDArray[np.bool_] | None = None, least: int = 2, most: int = 8
) -> Mapping[int, Labels]:
    """Return Ward's clusters of B sets of N points, for every number of clusters from ``least`` to ``most``.

    Args:
        points: B×N×d places.
        inside: B×N, which points a set has; all where None.
        least: the smallest number of clusters.
        most: the largest.

    Returns:
        for each number of clusters B×N labels (numbers of points, ``OUT`` for points left out); ``OUT`` everywhere in sets with
        fewer points than clusters.

    >>> found = ward(np.array([[[0.0], [1.0], [10.0], [11.0]]]))
    >>> found[2].tolist(), found[3].tolist()
    ([[0, 0, 2, 2]], [[0, 0, 2, 3]])
    """
    sets, count = points.shape[:2]
    there = np.ones((sets, count), dtype=bool) if inside is None else inside
    step = max(1, BLOCK // max(1, count * count))
    found = {k: np.full((sets, count), OUT, dtype=np.int64) for k in range(least, most + 1)}
    for start in range(0, sets, step):
        part = slice(start, start + step)
        _merge(points[part], there[part], {k: labels[part] for k, labels in found.items()})
    return found


def _merge(points: Floats, there: NDArray[np.bool_], found: Mapping[int, Labels]) -> None:
    """Merge the two nearest clusters of every set until each has as few as are wanted; write down the labels on the way."""
    count = there.shape[1]
    away = np.sum((points[:, :, None] - points[:, None]) ** 2, axis=-1)
    away[:, np.arange(count), np.arange(count)] = np.inf
    away[~there] = np.inf
    away.transpose(0, 2, 1)[~there] = np.inf
    size = there.astype(np.float64)
    labels = np.where(there, np.arange(count), OUT)
    left = there.sum(axis=1)
    while True:
        for k, kept in found.items():
            kept[left == k] = labels[left == k]
        going = np.flatnonzero(left > min(found))
        if not len(going):
            return
        nearest = away[going].reshape(len(going), -1).argmin(axis=1)
        i, j = np.divmod(nearest, count)
        i, j = np.minimum(i, j), np.maximum(i, j)
        _join(away, size, going, i, j)
        labels[going] = np.where(labels[going] == j[:, None], i[:, None], labels[going])
        left[going] -= 1


def _join(away: Floats, size: Floats, b: NDArray[np.intp], i: NDArray[np.intp], j: NDArray[np.intp]) -> None:
    """Put cluster j into cluster i in sets b."""
    n_i, n_j, n = size[b, i][:, None], size[b, j][:, None], size[b]
    between = away[b, i, j][:, None]
    with np.errstate(invalid="ignore"):  # ∞ − ∞ stands only where a cluster is gone
        new = ((n_i + n) * away[b, i] + (n_j + n) * away[b, j] - n * between) / (n_i + n_j + n)
    new = np.where(np.isfinite(new), new, np.inf)
    rows = np.arange(len(b))
    new[rows, i] = np.inf
    new[rows, j] = np.inf
    away[b, i], away[b, :, i] = new, new
    away[b, j], away[b, :, j] = np.inf, np.inf
    size[b, i] += size[b, j]
    size[b, j] = 0.0


def jaccard(base: Labels, repeated: Labels) -> tuple[list[int], Floats]:
    """Return the clusters of a partition, and how like each its best match is in every repeated one (B×k, NaN where it is not there).

    >>> names, found = jaccard(np.array([0, 0, 2, 2]), np.array([[0, 0, 2, 2], [0, 1, 1, 1]]))
    >>> names, found.round(2).tolist()
    ([0, 2], [[1.0, 1.0], [0.5, 0.67]])
    """
    names = sorted(set(base.tolist()) - {OUT})
    count = base.shape[0]
    there = repeated != OUT
    clusters = (repeated[:, :, None] == np.arange(count)) & there[:, :, None]  # B×N×label
    sizes = clusters.sum(axis=1)
    found = np.full((len(repeated), len(names)), np.nan)
    for column, name in enumerate(names):
        own = (base == name)[None] & there
        size = own.sum(axis=1)
        shared = np.sum(clusters & own[:, :, None], axis=1)
        union = size[:, None] + sizes - shared
        best = np.max(np.where(union > 0, shared / np.maximum(union, 1), 0.0), axis=1)
        found[:, column] = np.where(size > 0, best, np.nan)
    return names, found


def silhouette(points: Floats, labels: Labels) -> float:
    """Return the mean silhouette of a partition of N points (Rousseeuw 1987); a point alone in its cluster counts nought.

    >>> round(silhouette(np.array([[0.0], [1.0], [10.0], [11.0]]), np.array([0, 0, 2, 2])), 3)
    0.9
    """
    away = np.sqrt(np.sum((points[:, None] - points[None]) ** 2, axis=-1))
    names = sorted(set(labels.tolist()))
    means = np.column_stack([away[:, labels == name].sum(axis=1) for name in names])
    sizes = np.array([np.sum(labels == name) for name in names])
    own = np.searchsorted(names, labels)
    rows = np.arange(len(labels))
    inner = means[rows, own] / np.maximum(sizes[own] - 1, 1)
    outer = means / sizes
    outer[rows, own] = np.inf
    nearest = outer.min(axis=1)
    width = np.where(sizes[own] > 1, (nearest - inner) / np.maximum(np.maximum(nearest, inner), 1e-300), 0.0)
    return float(width.mean())
