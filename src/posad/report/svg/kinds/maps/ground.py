"""Outlines on the sheet: how kilometres become units of the picture, paths of shared lines, hatches, a bar of distance."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from posad.core.numbers import number
from posad.evidence.values import Area, Terrain
from posad.report.svg.canvas import Canvas, Type
from posad.report.svg.metrics import width
from posad.report.svg.reading import Reading
from posad.territory.maps.thinning import thin

Plane = tuple[float, float]
FINE = 0.5  # units of the picture: no line strays farther from its outline
EDGE = 7.0  # around the outermost point
HATCH = 4.5
SCALE = Type(11, ink="muted")
LEAST = 0.25  # square units: islands smaller than this are not drawn unless they are a region's only piece


@dataclass(frozen=True, slots=True)
class Fit:
    """Kilometres to units of the picture."""

    scale: float
    left: float
    top: float
    bottom: float

    def at(self, x: float, y: float) -> Plane:
        """Return where a place of the plane stands on the picture."""
        return self.left + x * self.scale, self.top - y * self.scale


def fit(places: Sequence[Plane], box: tuple[float, float, float], most: float) -> Fit:
    """Return the largest scale at which places stand inside a width, no taller than ``most``.

    Args:
        places: Points of the plane.
        box: Left, top, right.
        most: The greatest height.
    """
    west, east = min(p[0] for p in places), max(p[0] for p in places)
    south, north = min(p[1] for p in places), max(p[1] for p in places)
    left, top, right = box
    room = right - left - 2 * EDGE
    scale = min(room / max(east - west, 1.0), (most - 2 * EDGE) / max(north - south, 1.0))
    spare = (room - (east - west) * scale) / 2
    return Fit(
        scale,
        left + EDGE + spare - west * scale,
        top + EDGE + north * scale,
        top + 2 * EDGE + (north - south) * scale,
    )


def extent(terrain: Terrain, areas: Sequence[Area], spots: Iterable[Plane] = ()) -> list[Plane]:
    """Return the points that a map must hold."""
    used = {i if i >= 0 else ~i for a in areas for ring in a.rings for i in ring}
    return [*spots, *(p for i in sorted(used) for p in terrain.lines[i])]


class Ground:
    """Outlines at one scale: every shared line is thinned once, so that neighbours keep one border."""

    def __init__(self, terrain: Terrain, placed: Fit) -> None:
        self._terrain = terrain
        self._fit = placed
        self._thinned: dict[int, tuple[Plane, ...]] = {}

    def line(self, i: int) -> tuple[Plane, ...]:
        """Return a line on the picture, walked backwards for ``~i``."""
        own = i if i >= 0 else ~i
        if own not in self._thinned:
            placed = [self._fit.at(*p) for p in self._terrain.lines[own]]
            self._thinned[own] = tuple(placed[k] for k in thin(placed, FINE))
        return self._thinned[own] if i >= 0 else self._thinned[own][::-1]

    def rings(self, area: Area) -> list[list[Plane]]:
        """Return the rings of an outline; islands too small to be seen are left out, the largest always stays."""
        made = []
        for ring in area.rings:
            points: list[Plane] = []
            for i in ring:
                points += self.line(i)[1:] if points else self.line(i)
            made.append(points)
        largest = max(made, key=lambda r: abs(_size(r)), default=None)
        return [r for r in made if r is largest or abs(_size(r)) >= LEAST]


def _size(ring: Sequence[Plane]) -> float:
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise(ring)) / 2


def path_of(rings: Iterable[Sequence[Plane]]) -> str:
    """Return the drawing of closed lines in tenths of a unit, each point as a step from the one before."""
    parts = []
    for ring in rings:
        tenths = [(round(x * 10), round(y * 10)) for x, y in ring[:-1]]
        steps = [(b[0] - a[0], b[1] - a[1]) for a, b in pairwise(tenths)]
        walked = " ".join(f"{_tenth(x)} {_tenth(y)}" for x, y in steps if x or y)
        if walked:
            parts.append(f"M{_tenth(tenths[0][0])} {_tenth(tenths[0][1])}l{walked}z")
    return "".join(parts)


def _tenth(value: int) -> str:
    text = f"{value / 10:.1f}".removesuffix(".0")
    return (
        "0" if text == "-0" else text.replace("-0.", "-.") if text.startswith("-0.") else text.removeprefix("0") or "0"
    )


def draw_areas(
    canvas: Canvas, ground: Ground, areas: Sequence[Area], roles: Mapping[str, str], tips: Mapping[str, str]
) -> None:
    """Draw outlines in their roles; areas without one are land, those whose role is ``none`` are hatched: no data."""
    for area in areas:
        rings = ground.rings(area)
        role = roles.get(area.id, "grid")
        canvas.path(path_of(rings), "paper" if role == "none" else role, tips.get(area.id))
        if role == "none":
            for x1, y1, x2, y2 in hatch(rings):
                canvas.line(x1, y1, x2, y2, "missing", 0.7)


def hatch(rings: Sequence[Sequence[Plane]], gap: float = HATCH) -> list[tuple[float, float, float, float]]:
    """Return slanting strokes inside closed lines, from the lower left to the upper right."""
    edges = [(a, b) for ring in rings for a, b in pairwise(ring)]
    if not edges:
        return []
    sums = [x + y for a, b in edges for x, y in (a, b)]
    strokes = []
    level = (min(sums) // gap + 1) * gap
    while level < max(sums):
        meets = []
        for (x1, y1), (x2, y2) in edges:
            one, two = x1 + y1 - level, x2 + y2 - level
            if (one > 0) != (two > 0):
                meets.append(x1 + (x2 - x1) * one / (one - two))
        meets.sort()
        strokes += [(a, level - a, b, level - b) for a, b in zip(meets[::2], meets[1::2], strict=False) if b - a > 0.5]
        level += gap
    return strokes


def draw_scale(canvas: Canvas, reading: Reading, placed: Fit, left: float, y: float, room: float) -> float:
    """Draw a bar of distance of a round length; return where it ends."""
    lengths = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000)
    fits = [n for n in lengths if n * placed.scale <= room]
    long = fits[-1] if fits else lengths[0]
    end = left + long * placed.scale
    canvas.line(left, y + 8, end, y + 8, "muted", 1.2)
    for x in (left, end):
        canvas.line(x, y + 5, x, y + 11, "muted", 1.2)
    words = reading.say("kilometres", n=number(long, reading.language, 0))
    if end + 7 + width(words, SCALE.size) <= canvas.width:
        canvas.text(end + 7, y + 12, words, SCALE)
        return y + 18
    canvas.text(left, y + 26, words, SCALE)
    return y + 32
