"""Towns over outlines: one map, or one for each district side by side."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil

from posad.evidence.values import Area, Spot, Terrain
from posad.report.svg.canvas import Canvas, Type
from posad.report.svg.frame import LABEL, WIDE, foot, head
from posad.report.svg.kinds.labels import place
from posad.report.svg.kinds.maps.ground import EDGE, Fit, Ground, draw_areas, draw_scale, extent, fit
from posad.report.svg.metrics import clean, width, wrap
from posad.report.svg.palette import SHAPES
from posad.report.svg.reading import Reading

NAME = Type(12)
PANEL = Type(12.5, bold=True)
LEAST, STEP = 1.5, 0.85  # the radius of the smallest class and what each next adds
COLOURS = 6
GAP = 14.0


def towns(reading: Reading, wide: float) -> str:
    """Draw the map with its key of groups and sizes."""
    canvas = Canvas(wide)
    terrain = reading.figure.terrain or Terrain()
    y = _key(canvas, reading, head(canvas, reading))
    y = y if _by_size(reading) else _sizes(canvas, reading, terrain, y)
    if terrain.panels:
        return foot(canvas, reading, _panels(canvas, reading, terrain, y))
    places = extent(terrain, terrain.areas, [(s.x, s.y) for s in terrain.spots])
    placed = fit(places, (0, y, wide), wide * (0.8 if wide >= WIDE else 1.2))
    draw_areas(canvas, Ground(terrain, placed), terrain.areas, {}, _tips(reading, terrain.areas))
    _draw(canvas, reading, terrain.spots, placed)
    _names(canvas, reading, terrain, placed, (2, y, wide - 2, placed.bottom))
    return foot(canvas, reading, draw_scale(canvas, reading, placed, EDGE, placed.bottom + 2, wide * 0.25))


def marker(index: int) -> tuple[str, str]:
    """Return colour and shape of a group: no two groups up to 36 share both.

    >>> marker(0), marker(6)
    (('group-1', 'diamond'), ('group-1', 'square'))
    """
    return f"group-{index % COLOURS + 1}", SHAPES[(index + index // COLOURS) % len(SHAPES)]


def markers(reading: Reading) -> dict[str, tuple[str, str]]:
    """Return colour and shape of each group."""
    groups = reading.figure.groups
    if _by_size(reading):  # an order, told by lightness and by the size of the point
        return {g.id: (g.role, "circle") for g in groups}
    return {g.id: marker(n) for n, g in enumerate(groups)}


def _by_size(reading: Reading) -> bool:
    return any(g.role.startswith("step") for g in reading.figure.groups)


def _key(canvas: Canvas, reading: Reading, y: float) -> float:
    """Draw the key of groups."""
    x, tall, known = 0.0, LABEL.leading, markers(reading)
    ranks = {label: n for n, label in enumerate((reading.figure.terrain or Terrain()).ranks)}
    for group in reading.figure.groups:
        lines = wrap(reading.label(group), LABEL.size, canvas.width - 24, most=3)
        taken = 20 + max(width(line, LABEL.size) for line in lines.lines)
        if x and x + taken > canvas.width - 2:
            x, y, tall = 0.0, y + tall + 5, LABEL.leading
        role, shape = known[group.id]
        radius = _radius(ranks.get(group.label, 0), canvas.width) if _by_size(reading) else 5.5
        canvas.mark(shape, x + 7, y + 8.5, radius, role)
        canvas.lines(x + 20, y, lines, LABEL, reading.label(group))
        tall = max(tall, len(lines) * LABEL.leading)
        x += taken + 16
    return y + tall + 8


def _sizes(canvas: Canvas, reading: Reading, terrain: Terrain, y: float) -> float:
    """Draw the key of sizes: those that are on the map."""
    small, x = Type(11.5, ink="muted"), 0.0
    for rank in sorted({s.rank for s in terrain.spots}):
        if rank >= len(terrain.ranks):
            continue
        words = clean(terrain.ranks[rank].get(reading.language))
        taken = 20 + width(words, small.size)
        if x and x + taken > canvas.width - 2:
            x, y = 0.0, y + small.leading + 3
        canvas.mark("circle", x + 7, y + 8, _radius(rank, canvas.width), "total")
        canvas.text(x + 18, y + 12, words, small)
        x += taken + 12
    return y + small.leading + 8


def _radius(rank: int, wide: float) -> float:
    return (LEAST + STEP * rank) * (1 if wide >= WIDE else 0.75)


def _draw(canvas: Canvas, reading: Reading, spots: Sequence[Spot], placed: Fit) -> None:
    """Draw the towns, the larger ones first so that they hide nothing; where there is a pointer a town's name appears over it."""
    known = markers(reading)
    sets: dict[tuple[int, str], list[tuple[float, float, str]]] = {}
    for spot in sorted(spots, key=lambda s: (-s.rank, s.group, s.id)):
        tip = spot.label.get(reading.language) if canvas.width >= WIDE else ""
        place_ = (*placed.at(spot.x, spot.y), tip)
        sets.setdefault((spot.rank, spot.group), []).append(place_)
    for (rank, group), places in sets.items():
        role, shape = known.get(group, ("total", "circle"))
        canvas.marks(shape, _radius(rank, canvas.width), role, places, 0.5)


def _names(
    canvas: Canvas, reading: Reading, terrain: Terrain, placed: Fit, room: tuple[float, float, float, float]
) -> None:
    """Write the names of the chosen towns, as many of the first as find room."""
    by_id = {s.id: s for s in terrain.spots}
    chosen = [by_id[i] for i in terrain.named if i in by_id]
    chosen = chosen[: len(chosen) if canvas.width >= WIDE else ceil(len(chosen) / 2)]
    while chosen:
        names = [clean(s.label.get(reading.language)) for s in chosen]
        points = [placed.at(s.x, s.y) for s in chosen]
        found = place(points, [(width(n, NAME.size) + 3, NAME.size * 1.2) for n in names], room)
        if found is None:
            chosen = chosen[:-1]
            continue
        for name, spot in zip(names, found, strict=True):
            if spot.line is not None:
                canvas.line(*spot.line, "muted", 0.8)
            x1, y1, x2, y2 = spot.box
            canvas.text(
                (x1 + x2) / 2, (y1 + y2) / 2 + NAME.size * 0.36, name, Type(NAME.size, anchor="middle"), halo=True
            )
        return


def _tips(reading: Reading, areas: Sequence[Area]) -> dict[str, str]:
    return {a.id: a.label.get(reading.language) for a in areas}


def _panels(canvas: Canvas, reading: Reading, terrain: Terrain, y: float) -> float:
    """Draw a map for each district, each as large as its place allows, with its own bar of distance."""
    across = 3 if canvas.width >= WIDE else 2
    room = (canvas.width - GAP * (across - 1)) / across
    bottom = y
    for n, (id, label) in enumerate(terrain.panels):
        if n % across == 0:
            y = bottom + (GAP if n else 0)
        left = (n % across) * (room + GAP)
        areas = [a for a in terrain.areas if a.panel == id]
        spots = [s for s in terrain.spots if s.panel == id]
        words = clean(label.get(reading.language))
        top = canvas.lines(left, y, wrap(words, PANEL.size, room, bold=True, most=2), PANEL, words) + 2
        placed = fit(extent(terrain, areas, [(s.x, s.y) for s in spots]), (left, top, left + room), room * 0.85)
        draw_areas(canvas, Ground(terrain, placed), areas, {}, _tips(reading, areas))
        _draw(canvas, reading, spots, placed)
        bottom = max(bottom, draw_scale(canvas, reading, placed, left + EDGE, placed.bottom + 2, room * 0.4))
    return bottom
