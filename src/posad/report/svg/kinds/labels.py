"""Where the names of points stand: none on another, none on a point, none outside; far ones hang on a thin line.

Every name has places all round its point, near ones first. The names with the fewest free places choose first; one that finds
nothing free takes the place with the fewest neighbours in the way, and those look for another. No chance is in it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, pi, sin

Box = tuple[float, float, float, float]
MARK = 7.0  # half of the room a marker takes
AIR = 1.5  # between any two names
RINGS = (MARK + 1, 12, 18, 26, 36, 48, 62, 78, 96, 120)
TURNS = (0, 4, 12, 8, 2, 14, 6, 10, 1, 15, 3, 13, 5, 11, 7, 9)  # sixteenths of a turn, the liked ones first
NEAR = 12.0  # from this distance on a name hangs on a line


@dataclass(frozen=True, slots=True)
class Spot:
    """A place for a name: its box and, for a far one, the line from the point to it."""

    box: Box
    line: Box | None  # x1, y1, x2, y2
    cost: float


def place(points: Sequence[tuple[float, float]], sizes: Sequence[tuple[float, float]], frame: Box) -> list[Spot] | None:
    """Return a place for each name, or None where there is no such set of places.

    Args:
        points: The centres of the markers.
        sizes: Width and height of each name.
        frame: The field that names may not leave.
    """
    marks = [(x - MARK, y - MARK, x + MARK, y + MARK) for x, y in points]
    free = [_spots(i, points, sizes[i], frame, marks) for i in range(len(points))]
    if not all(free):
        return None
    taken: dict[int, Spot] = {}
    waiting = sorted(range(len(points)), key=lambda i: (len(free[i]), i))
    visits = [0] * len(points)
    for _ in range(60 * len(points) + 60):
        if not waiting:
            return [taken[i] for i in range(len(points))]
        one = waiting.pop(0)
        visits[one] += 1
        spot, evicted = _choose(free[one], taken, visits)
        for other in evicted:
            del taken[other]
            waiting.append(other)
        taken[one] = spot
    return None


def _choose(spots: Sequence[Spot], taken: dict[int, Spot], visits: Sequence[int]) -> tuple[Spot, list[int]]:
    """Return the cheapest free place, or the one whose neighbours were moved least often so far, and those in its way."""
    best, way, least = spots[0], list[int](), float("inf")
    for spot in spots:
        met = [other for other, held in taken.items() if conflict(spot, held)]
        if not met:
            return spot, []
        weight = sum(400.0 * (1 + visits[other] ** 2) for other in met) + spot.cost
        if weight < least:
            best, way, least = spot, met, weight
    return best, way


def _spots(
    one: int, points: Sequence[tuple[float, float]], size: tuple[float, float], frame: Box, marks: Sequence[Box]
) -> list[Spot]:
    x, y = points[one]
    w, h = size
    found = []
    for ring, distance in enumerate(RINGS):
        for rank, turn in enumerate(TURNS[: 8 if ring < 2 else 16]):
            dx, dy = cos(turn * pi / 8), sin(turn * pi / 8)
            cx, cy = x + dx * (distance + w / 2), y + dy * (distance + h / 2)
            box = (cx - w / 2, cy - h / 2, cx + w / 2, cy + h / 2)
            if box[0] < frame[0] or box[1] < frame[1] or box[2] > frame[2] or box[3] > frame[3]:
                continue
            if any(_meet(box, mark, 0) for mark in marks):
                continue
            line = _line((x, y), box) if distance > NEAR else None
            others = [m for i, m in enumerate(marks) if i != one]
            if line is not None and any(_crosses(line, m) for m in others if not _meet(m, marks[one], 0)):
                continue
            found.append(Spot(box, line, distance * 3 + rank))
    return sorted(found, key=lambda s: s.cost)


def _line(point: tuple[float, float], box: Box) -> Box:
    """Return the line from the edge of a marker to the nearest point of a name."""
    x, y = point
    tx, ty = min(max(x, box[0]), box[2]), min(max(y, box[1] + 1), box[3] - 1)
    long = max(((tx - x) ** 2 + (ty - y) ** 2) ** 0.5, 0.1)
    return x + (tx - x) * MARK / long, y + (ty - y) * MARK / long, tx, ty


def conflict(a: Spot, b: Spot) -> bool:
    """Tell whether two names, or a name and the line of the other, or both lines, are in each other's way."""
    if _meet(a.box, b.box, AIR):
        return True
    if a.line is not None and _crosses(a.line, b.box):
        return True
    if b.line is not None and _crosses(b.line, a.box):
        return True
    return a.line is not None and b.line is not None and _cross(a.line, b.line)


def _meet(a: Box, b: Box, air: float) -> bool:
    return min(a[2], b[2]) - max(a[0], b[0]) > -air and min(a[3], b[3]) - max(a[1], b[1]) > -air


def _crosses(line: Box, box: Box) -> bool:
    """Tell whether a line goes through a box (Liang and Barsky)."""
    x1, y1, x2, y2 = line
    dx, dy, low, high = x2 - x1, y2 - y1, 0.0, 1.0
    for p, q in ((-dx, x1 - box[0]), (dx, box[2] - x1), (-dy, y1 - box[1]), (dy, box[3] - y1)):
        if p == 0:
            if q < 0:
                return False
        elif p < 0:
            low = max(low, q / p)
        else:
            high = min(high, q / p)
    return low < high


def _cross(a: Box, b: Box) -> bool:
    """Tell whether two lines cross."""

    def side(line: Box, x: float, y: float) -> float:
        return (line[2] - line[0]) * (y - line[1]) - (line[3] - line[1]) * (x - line[0])

    one = side(a, b[0], b[1]) * side(a, b[2], b[3])
    other = side(b, a[0], a[1]) * side(b, a[2], a[3])
    return one < 0 and other < 0


__all__ = ["Spot", "conflict", "place"]
