"""Outlines as frozen values: lines that neighbours share, and the rings that they make."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

Point = tuple[float, float]  # longitude, latitude; longitudes run on beyond 180 where a country does
Line = tuple[Point, ...]
Ring = tuple[int, ...]  # numbers of lines; ~n is line n walked backwards


@dataclass(frozen=True, slots=True)
class Outline:
    """The outline of one region: polygons, of each its outer ring (counter-clockwise) and its holes (clockwise)."""

    id: str  # ISO 3166-2, "RU-KGD"
    polygons: tuple[tuple[Ring, ...], ...]


@dataclass(frozen=True, slots=True)
class Boundaries:
    """Outlines of regions with the lines they share, and where they come from."""

    outlines: tuple[Outline, ...]
    lines: tuple[Line, ...]
    source: str
    licence: str
    sha256: str

    def ring(self, ring: Ring) -> Line:
        """Return a ring as a closed line of points."""
        return tuple(walk(self.lines, ring))


def walk(lines: tuple[Line, ...], ring: Ring) -> Iterator[Point]:
    """Yield the points of a ring; where two lines meet the point comes once."""
    for n, i in enumerate(ring):
        line = lines[i] if i >= 0 else lines[~i][::-1]
        yield from line[1:] if n else line


def area(line: Line) -> float:
    """Return the signed area inside a closed line, positive where it runs counter-clockwise.

    >>> area(((0, 0), (2, 0), (2, 1), (0, 1), (0, 0)))
    2.0
    """
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise(line)) / 2
