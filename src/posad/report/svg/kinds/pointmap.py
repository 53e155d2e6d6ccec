"""A map of points: each line of a grid by two measures, its name beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil, floor

from posad.analysis.linear.regions import region
from posad.core.numbers import number, percent
from posad.evidence.values import Bar, Series
from posad.report.svg.canvas import MARGIN, Canvas, Type
from posad.report.svg.frame import FOOT, LABEL, WIDE, foot, head
from posad.report.svg.kinds.labels import Spot, place
from posad.report.svg.kinds.ranked import nice_step
from posad.report.svg.metrics import clean, width, wrap
from posad.report.svg.palette import known_role, shape_of
from posad.report.svg.reading import Cell, Reading

TICK = Type(11.5, ink="muted", anchor="middle")
SIDE_TICK = Type(11.5, ink="muted", anchor="end")
AXIS = Type(12.5, bold=True)
NAME = Type(12)
NUMBER = Type(11.5, bold=True)
RADIUS = 5.5
EDGE = 12.0  # between the outermost points and the frame


@dataclass(frozen=True, slots=True)
class Point:
    """A point that can be shown."""

    bar: Bar
    x: Cell
    y: Cell
    role: str
    shape: str
    tilt: float | None = None  # correlation of the errors of both numbers

    def ellipse(self) -> list[tuple[float, float]]:
        """Return the edge of the region that holds both numbers together with a probability of 95%; nothing without intervals."""
        x, y = self.x, self.y
        if self.tilt is None or x.low is None or x.high is None or y.low is None or y.high is None:
            return []
        return region((x.low, x.high), (y.low, y.high), self.tilt).edge()


@dataclass(frozen=True, slots=True)
class Scale:
    """A range of values along one axis, with its ticks."""

    low: float
    high: float
    step: float

    def at(self, value: float) -> float:
        """Return where a value lies, from 0 to 1."""
        return (value - self.low) / (self.high - self.low)

    def ticks(self) -> list[float]:
        """Return the round values inside the range."""
        first, last = ceil(round(self.low / self.step, 6)), floor(round(self.high / self.step, 6))
        return [i * self.step for i in range(first, last + 1)]


def pointmap(reading: Reading, wide: float) -> str:
    """Draw the map; on a narrow picture, or where names find no room, points carry numbers and the names are listed below."""
    canvas = Canvas(wide)
    y = _key(canvas, reading, head(canvas, reading))
    points = _points(reading)
    if not points:
        canvas.text(MARGIN, y + 14, reading.say("no_data"), FOOT)
        return foot(canvas, reading, y + 24)
    edges = [xy for p in points for xy in (*p.ellipse(), (p.x.value or 0.0, p.y.value or 0.0))]
    x_scale, y_scale = (_scale(values) for values in zip(*edges, strict=True))
    marks = [_tick(reading, p, y_scale, v) for p in points[:1] for v in y_scale.ticks()]
    left = max(width(m, TICK.size) for m in marks) + 10
    y = canvas.lines(
        MARGIN, y, wrap(f"↑ {reading.label(reading.figure.series[1])}", AXIS.size, canvas.room, bold=True, most=3), AXIS
    )
    top, tall = y + 8, round((wide - left) * (0.66 if wide >= WIDE else 1.0))
    field = (left, top, wide - 2, top + tall)
    _grid(canvas, reading, field, (x_scale, y_scale), points[0])
    y = canvas.lines(
        wide - 2,
        top + tall + 22,
        wrap(f"{reading.label(reading.figure.series[0])} →", AXIS.size, wide - left, bold=True, most=3),
        Type(AXIS.size, True, anchor="end"),
    )

    def spot(x: float, y: float) -> tuple[float, float]:
        along = left + EDGE + x_scale.at(x) * (wide - 2 - left - 2 * EDGE)
        return along, top + tall - EDGE - y_scale.at(y) * (tall - 2 * EDGE)

    for point in points:
        if edge := point.ellipse():
            canvas.area([spot(*xy) for xy in edge], point.role)
    spots = [spot(p.x.value or 0, p.y.value or 0) for p in points]
    return foot(canvas, reading, _names(canvas, reading, points, spots, field, y + 6))


def _points(reading: Reading) -> list[Point]:
    roles: Mapping[str, Series] = {g.id: g for g in reading.figure.groups}
    found = []
    for bar in reading.figure.bars:
        x, y = reading.row(bar)
        role = known_role(roles[bar.group].role) if bar.group in roles else "total"
        if x.value is not None and y.value is not None:
            tilt = reading.cells[bar.tilt].value if bar.tilt in reading.cells else None
            found.append(Point(bar, x, y, role, shape_of(role), tilt))
    return found


def _key(canvas: Canvas, reading: Reading, y: float) -> float:
    """Draw the key of groups: colour and shape."""
    shown = [g for g in reading.figure.groups if any(b.group == g.id for b in reading.figure.bars)]
    x, tall = 0.0, LABEL.leading
    for group in shown:
        name = reading.label(group)
        lines = wrap(name, LABEL.size, canvas.width - 24, most=3)
        taken = 20 + max(width(line, LABEL.size) for line in lines.lines)
        if x and x + taken > canvas.width - 2:
            x, y, tall = 0.0, y + tall + 5, LABEL.leading
        canvas.mark(shape_of(group.role), x + 7, y + 8.5, RADIUS, known_role(group.role))
        canvas.lines(x + 20, y, lines, LABEL, name)
        tall = max(tall, len(lines) * LABEL.leading)
        x += taken + 18
    return y + tall + 10 if shown else y


def _scale(values: Sequence[float]) -> Scale:
    """Return a range that holds the values between round ticks; points are spread, so it need not start at nought."""
    low, high = min(values), max(values)
    spread = high - low or abs(high) * 0.2 or 0.1
    return Scale(low - spread * 0.02, high + spread * 0.02, nice_step(spread, 5))


def _tick(reading: Reading, point: Point, scale: Scale, value: float) -> str:
    if point.x.full.endswith("%") or point.y.full.endswith("%"):
        return percent(value, reading.language, 0 if scale.step >= 0.0099 else 1)
    return number(value, reading.language, 0 if scale.step >= 1 else 1 if scale.step >= 0.1 else 2)


def _grid(
    canvas: Canvas, reading: Reading, field: tuple[float, ...], scales: tuple[Scale, Scale], first: Point
) -> None:
    left, top, right, bottom = field
    along, up = scales
    last = float("-inf")
    for value in along.ticks():
        x = left + EDGE + along.at(value) * (right - left - 2 * EDGE)
        canvas.line(x, top, x, bottom, "grid")
        words = _tick(reading, first, along, value)
        half = width(words, TICK.size) / 2
        middle = min(max(x, left + half), right - half)
        if middle - half > last + 6:
            canvas.text(middle, bottom + 16, words, TICK)
            last = middle + half
    for value in up.ticks():
        y = bottom - EDGE - up.at(value) * (bottom - top - 2 * EDGE)
        canvas.line(left, y, right, y, "grid")
        canvas.text(left - 6, min(max(y + 4, top + 9), bottom), _tick(reading, first, up, value), SIDE_TICK)
    canvas.line(left, top, left, bottom)
    canvas.line(left, bottom, right, bottom)


def _names(
    canvas: Canvas,
    reading: Reading,
    points: Sequence[Point],
    spots: Sequence[tuple[float, float]],
    field: tuple[float, ...],
    y: float,
) -> float:
    """Draw the points and their names; return where what follows may start."""
    names = [clean(reading.label(p.bar)) for p in points]
    room = (field[0] + 2, field[1] + 1, field[2] - 1, field[3] - 1)
    placed = None
    if canvas.width >= WIDE and max(width(n, NAME.size) for n in names) < 240:
        placed = place(spots, [(width(n, NAME.size) + 3, NAME.size * 1.2) for n in names], room)
    numbered = placed is None
    written = [str(i) for i in range(1, len(names) + 1)] if numbered else names
    kind = NUMBER if numbered else NAME
    if placed is None:
        placed = place(spots, [(width(n, kind.size, kind.bold) + 3, kind.size * 1.1) for n in written], room)
    for spot in placed or ():
        if spot.line is not None:
            canvas.line(*spot.line, "line", 0.8)
    for point, (x, at) in zip(points, spots, strict=True):
        tip = f"{clean(reading.label(point.bar))} — {_both(reading, point)}"
        canvas.mark(point.shape, x, at, RADIUS, point.role, tip)
    for words, place_ in zip(written, placed or (), strict=False):
        _name(canvas, words, place_, kind)
    return _listed(canvas, names, y) if numbered else y


def _name(canvas: Canvas, words: str, spot: Spot, kind: Type) -> None:
    x1, y1, x2, y2 = spot.box
    canvas.text((x1 + x2) / 2, (y1 + y2) / 2 + kind.size * 0.36, words, Type(kind.size, kind.bold, anchor="middle"))


def _both(reading: Reading, point: Point) -> str:
    pairs = zip(reading.figure.series, (point.x, point.y), strict=True)
    return "; ".join(f"{reading.label(series)}: {cell.full}" for series, cell in pairs)


def _listed(canvas: Canvas, names: Sequence[str], y: float) -> float:
    """List the names by the numbers of their points, in as many columns as have room."""
    columns = 3 if canvas.width >= WIDE else 2
    room = canvas.width / columns
    if max(width(n, NAME.size) for n in names) > 2.4 * (room - 30):
        columns, room = 1, canvas.width
    each = ceil(len(names) / columns)
    bottom = y
    for column in range(columns):
        at = y + 4
        for i, name in enumerate(names[column * each : (column + 1) * each], column * each + 1):
            x = column * room
            canvas.text(x + 16, at + NUMBER.size * 0.98, str(i), Type(NUMBER.size, True, anchor="end"))
            at = canvas.lines(x + 22, at, wrap(name, NAME.size, room - 30, most=4), NAME, name) + 3
        bottom = max(bottom, at)
    return bottom
