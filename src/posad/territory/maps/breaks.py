"""Classes of values for a map of colours: where one ends and the next begins.

To add a way: 1. its name in ``Way``; 2. a function from sorted values and a number of classes to bounds; 3. a line in ``_WAYS``;
4. a test against values counted by hand.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import ceil, floor, log10
from typing import Literal

Way = Literal["quantile", "jenks", "pretty"]


@dataclass(frozen=True, slots=True)
class Classes:
    """Classes from low to high: class k holds values from ``bounds[k]`` up to but not including ``bounds[k + 1]``.

    The last class holds its upper bound too, and may hold nothing else.
    """

    bounds: tuple[float, ...]

    def __len__(self) -> int:
        return max(len(self.bounds) - 1, 0)

    def of(self, value: float) -> int:
        """Return the class of a value, counted from 0; values beyond the ends are in the first or the last."""
        return min(max(bisect_right(self.bounds, value) - 1, 0), max(len(self) - 1, 0))


def make_classes(values: Sequence[float], way: Way = "quantile", most: int = 5) -> Classes:
    """Return at most ``most`` classes of values; fewer where values repeat, one where all are equal.

    >>> make_classes([1, 2, 3, 4, 5, 6, 7, 8], "quantile", 4).bounds
    (1, 3, 5, 7, 8)
    """
    ordered = sorted(values)
    if not ordered:
        return Classes(())
    if ordered[0] == ordered[-1]:
        return Classes((ordered[0], ordered[-1]))
    *starts, last = _WAYS[way](ordered, min(most, len(set(ordered))))
    return Classes((*sorted(set(starts)), last))  # the largest value may be a class of its own


def _quantile(ordered: Sequence[float], most: int) -> list[float]:
    """Return bounds with about as many values in each class; equal values stay in one class."""
    n = len(ordered)
    return [ordered[0], *(ordered[round(k * n / most)] for k in range(1, most)), ordered[-1]]


def _pretty(ordered: Sequence[float], most: int) -> list[float]:
    """Return round bounds: steps of 1, 2, 2.5 or 5 times a power of ten, the least step that needs no more classes than asked."""
    low, high = ordered[0], ordered[-1]
    size = floor(log10((high - low) / most))
    for step in (m * 10.0**p for p in range(size, size + 3) for m in (1, 2, 2.5, 5)):
        first, last = floor(low / step + 1e-9), ceil(high / step - 1e-9)
        if last - first <= most:
            return [round(i * step, 12) for i in range(first, last + 1)]
    return [low, high]


def _jenks(ordered: Sequence[float], most: int) -> list[float]:
    """Return the bounds with the least sum of squares inside classes (Fisher, On grouping for maximum homogeneity, 1958)."""
    n = len(ordered)
    sums, squares = [0.0], [0.0]
    middle = sum(ordered) / n  # squares of large numbers would lose their last digits
    for v in ordered:
        sums.append(sums[-1] + v - middle)
        squares.append(squares[-1] + (v - middle) ** 2)

    def inside(i: int, j: int) -> float:
        return squares[j] - squares[i] - (sums[j] - sums[i]) ** 2 / (j - i)

    best = [[0.0 if k == 0 else inside(0, j) if j else 0.0 for j in range(n + 1)] for k in range(2)]
    starts: list[list[int]] = [[0] * (n + 1), [0] * (n + 1)]
    for k in range(2, most + 1):
        row, start = [0.0] * (n + 1), [0] * (n + 1)
        for j in range(k, n + 1):
            row[j], start[j] = min((best[k - 1][i] + inside(i, j), i) for i in range(k - 1, j))
        best.append(row)
        starts.append(start)
    cuts, j = list[int](), n
    for k in range(most, 1, -1):
        j = starts[k][j]
        cuts.append(j)
    return [ordered[0], *(ordered[c] for c in reversed(cuts)), ordered[-1]]


_WAYS: Mapping[str, Callable[[Sequence[float], int], list[float]]] = {
    "quantile": _quantile,
    "jenks": _jenks,
    "pretty": _pretty,
}
