"""Areas coloured by classes of a number, as outlines or as tiles; the key tells the classes, hatches tell where there is no number."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

from posad.core.numbers import number, percent
from posad.evidence.values import Bar, Terrain
from posad.report.svg.canvas import Canvas, Type
from posad.report.svg.frame import LABEL, WIDE, foot, head
from posad.report.svg.kinds.labels import Spot, conflict, place
from posad.report.svg.kinds.maps.ground import EDGE, Ground, Plane, draw_areas, draw_scale, extent, fit, hatch
from posad.report.svg.metrics import clean, width
from posad.report.svg.reading import Cell, Reading, small
from posad.territory.maps.breaks import Classes, make_classes

ROLES = {
    1: ("step-6",),
    2: ("step-3", "step-8"),
    3: ("step-3", "step-6", "step-9"),
    4: ("step-2", "step-5", "step-7", "step-10"),
    5: ("step-2", "step-4", "step-6", "step-8", "step-10"),
}
NO_DATA = "none"
WRITTEN = 12  # up to so many areas carry their numbers
VALUE = Type(12, bold=True)
GAP = 2.0


@dataclass(frozen=True, slots=True)
class Coloured:
    """The classes of a map and the role of each bar; ``none`` where there is no number to show."""

    classes: Classes
    roles: Mapping[str, str]
    cells: Mapping[str, Cell]


def coloured(reading: Reading) -> Coloured:
    """Return the classes of the numbers there are, and a role for each bar."""
    terrain = reading.figure.terrain or Terrain()
    cells = {bar.id: reading.row(bar)[0] for bar in reading.figure.bars}
    classes = make_classes([c.value for c in cells.values() if c.value is not None], terrain.breaks, terrain.classes)
    steps = ROLES.get(len(classes), ROLES[1])
    roles = {id: NO_DATA if c.value is None else steps[classes.of(c.value)] for id, c in cells.items()}
    return Coloured(classes, roles, cells)


def areas(reading: Reading, wide: float) -> str:
    """Draw outlines in the colours of their classes."""
    canvas, terrain, found = Canvas(wide), reading.figure.terrain or Terrain(), coloured(reading)
    bare = any(found.roles.get(a.bar, NO_DATA) == NO_DATA for a in terrain.areas)
    y = _key(canvas, reading, found, head(canvas, reading), bare)
    placed = fit(extent(terrain, terrain.areas), (0, y, wide), wide * (0.8 if wide >= WIDE else 1.2))
    roles = {a.id: found.roles.get(a.bar, NO_DATA) for a in terrain.areas}
    bars = {bar.id: bar for bar in reading.figure.bars}
    tips = {
        a.id: _tip(reading, bars[a.bar], found.cells[a.bar])
        if a.bar in bars
        else _none(reading, a.label.get(reading.language))
        for a in terrain.areas
    }
    ground = Ground(terrain, placed)
    draw_areas(canvas, ground, terrain.areas, roles, tips)
    end = draw_scale(canvas, reading, placed, EDGE, placed.bottom + 2, wide * 0.25)
    if len(bars) <= WRITTEN:
        _numbers(canvas, reading, terrain, ground, found, (2, y, wide - 2, placed.bottom))
    return foot(canvas, reading, end)


def tiles(reading: Reading, wide: float) -> str:
    """Draw one square for each area, with its short name."""
    canvas, terrain, found = Canvas(wide), reading.figure.terrain or Terrain(), coloured(reading)
    bare = any(found.roles.get(t.bar, NO_DATA) == NO_DATA for t in terrain.tiles)
    y = _key(canvas, reading, found, head(canvas, reading), bare)
    columns = max((t.column for t in terrain.tiles), default=0) + 1
    side = min((wide - GAP * (columns - 1)) / columns, 46.0)
    bars = {bar.id: bar for bar in reading.figure.bars}
    bottom = y
    for tile in terrain.tiles:
        left, top = tile.column * (side + GAP), y + tile.row * (side + GAP)
        role = found.roles.get(tile.bar, NO_DATA)
        tip = _tip(reading, bars[tile.bar], found.cells[tile.bar]) if tile.bar in bars else _none(reading, tile.short)
        canvas.rect(left, top, side, side, "paper" if role == NO_DATA else role, tip, 2)
        if role == NO_DATA:
            _hatched(canvas, left, top, side)
        size = min(12.0, side * 0.36)
        ink = "ink" if role == NO_DATA else f"on-{role}"
        canvas.text(left + side / 2, top + side / 2 + size * 0.36, tile.short, Type(size, ink=ink, anchor="middle"))
        bottom = max(bottom, top + side)
    return foot(canvas, reading, bottom)


def _hatched(canvas: Canvas, left: float, top: float, side: float) -> None:
    corners = [(left, top), (left + side, top), (left + side, top + side), (left, top + side), (left, top)]
    for x1, y1, x2, y2 in hatch([corners]):
        canvas.line(x1, y1, x2, y2, "missing", 0.7)


def _tip(reading: Reading, bar: Bar, cell: Cell) -> str:
    return f"{reading.label(bar)} — {cell.full}" if cell.value is not None else _none(reading, reading.label(bar))


def _none(reading: Reading, name: str) -> str:
    return f"{name} — {reading.say('no_data')}"


def _key(canvas: Canvas, reading: Reading, found: Coloured, y: float, bare: bool) -> float:
    """Draw the classes from low to high and, where some area has none, what hatches mean."""
    steps = ROLES.get(len(found.classes), ROLES[1])
    words = [*zip(steps, _ranges(reading, found), strict=False)]
    listed = [*words, *([(NO_DATA, reading.say("no_data"))] if bare else [])]
    x = 0.0
    for role, name in listed:
        taken = 20 + width(name, LABEL.size)
        if x and x + taken > canvas.width - 2:
            x, y = 0.0, y + LABEL.leading + 5
        canvas.rect(x, y + 1, 15, 15, "line", radius=2.5)
        canvas.rect(x + 0.8, y + 1.8, 13.4, 13.4, "paper" if role == NO_DATA else role, radius=2)
        if role == NO_DATA:
            _hatched(canvas, x + 0.8, y + 1.8, 13.4)
        canvas.text(x + 21, y + 13, name, LABEL)
        x += taken + 16
    return y + LABEL.leading + 8


def _ranges(reading: Reading, found: Coloured) -> list[str]:
    """Return the classes in words, with as many decimals as tell their bounds apart."""
    bounds = found.classes.bounds
    share = any(c.full.endswith("%") for c in found.cells.values())
    for digits in (0, 1, 2, 3):
        written = [_plain(reading, v, share, digits) for v in bounds]
        if len(set(written)) == len(set(bounds)):
            break
    space = "\N{NO-BREAK SPACE}"
    unit = f"{space}%" if share and reading.language == "ru" else "%" if share else ""
    if len(set(bounds)) == 1:
        return [f"{written[0]}{unit}"]
    return [f"{a}{unit}" if a == b else f"{a}–{b}{unit}" for a, b in pairwise(written)]


def _plain(reading: Reading, value: float, share: bool, digits: int) -> str:
    if share:
        return percent(value, reading.language, digits).rstrip("%").rstrip()
    return number(value, reading.language, digits)


def _numbers(
    canvas: Canvas,
    reading: Reading,
    terrain: Terrain,
    ground: Ground,
    found: Coloured,
    room: tuple[float, float, float, float],
) -> None:
    """Write the numbers of few areas in their middles, or beside them where two would meet."""
    weighed: dict[str, list[tuple[float, Plane]]] = {}
    for area in terrain.areas:
        weighed.setdefault(area.bar, []).extend(_middle(ring) for ring in ground.rings(area))
    middles = {bar: _balance(parts) for bar, parts in weighed.items() if bar}
    shown = [b for b in reading.figure.bars if b.id in middles and found.cells[b.id].value is not None]
    words = [clean(found.cells[b.id].full) + ("*" if small(found.cells[b.id].bases) else "") for b in shown]
    sizes = [(width(w, VALUE.size, True) + 3, VALUE.size * 1.2) for w in words]
    centred = [
        Spot((x - w / 2, y - h / 2, x + w / 2, y + h / 2), None, 0)
        for (x, y), (w, h) in zip((middles[b.id] for b in shown), sizes, strict=True)
    ]
    meeting = any(conflict(a, b) for a, b in combinations(centred, 2))
    spots = place([middles[b.id] for b in shown], sizes, room) if meeting else centred
    for text, spot in zip(words, spots or (), strict=False):
        x1, y1, x2, y2 = spot.box
        canvas.text((x1 + x2) / 2, (y1 + y2) / 2 + 4.3, text, Type(VALUE.size, True, anchor="middle"), halo=True)


def _balance(parts: Sequence[tuple[float, Plane]]) -> Plane:
    """Return the middle of several outlines by their areas."""
    whole = sum(size for size, _ in parts) or 1.0
    return sum(s * at[0] for s, at in parts) / whole, sum(s * at[1] for s, at in parts) / whole


def _middle(ring: Sequence[Plane]) -> tuple[float, Plane]:
    """Return the area inside a closed line and its centre of gravity."""
    pairs = [(a, b, a[0] * b[1] - b[0] * a[1]) for a, b in pairwise(ring)]
    whole = sum(c for *_, c in pairs) / 2
    if not whole:
        return 0.0, ring[0]
    x = sum((a[0] + b[0]) * c for a, b, c in pairs) / (6 * whole)
    return abs(whole), (x, sum((a[1] + b[1]) * c for a, b, c in pairs) / (6 * whole))
