"""Several series on one line: where groups stand apart and where they agree."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil

from posad.core.numbers import number, percent
from posad.report.svg.canvas import Canvas, Type
from posad.report.svg.frame import WIDE, Plot, Row, base_column, foot, head, lay, legend, say_empty
from posad.report.svg.kinds.ranked import nice_step
from posad.report.svg.metrics import width
from posad.report.svg.palette import known_role, shape_of
from posad.report.svg.reading import Cell, Reading

TICK = Type(11.5, ink="muted", anchor="middle")
VALUE = Type(12, bold=True)
WHISKERED = 4  # series; of more the lines of intervals would not be told apart
LANE = 10.0
NEAR = 11  # markers closer than this step apart vertically


def dots(reading: Reading, wide: float) -> str:
    """Draw a dot chart: one line a row, a marker a series, printed values at the two ends."""
    canvas = Canvas(wide)
    shapes = shapes_of([s.role for s in reading.figure.series])
    y = legend(canvas, reading, head(canvas, reading), shapes)
    cells = [c for bar in reading.figure.bars for c in reading.row(bar) if c.value is not None]
    room = max((width(c.full, VALUE.size, bold=True) for c in cells), default=20) + 14
    whiskers = len(reading.figure.series) <= WHISKERED
    tall = max(26, LANE * len(reading.figure.series) + 6) if whiskers else 26
    plot = lay(canvas, reading, y + 18, tall, base_column(reading), (room, room))
    most = max((max(c.value or 0, (c.high or 0) if whiskers else 0) for c in cells), default=1) or 1
    step = nice_step(most, 8 if wide >= WIDE else 4)
    top = ceil(round(most / step, 9)) * step
    scale = (plot.right - plot.left) / top
    _axis(canvas, reading, plot, step, round(top / step), scale, cells)
    for row in plot.rows:
        if not say_empty(canvas, plot, reading, row):
            (_intervals if whiskers else _row)(canvas, reading, plot, row, scale, shapes)
    return foot(canvas, reading, plot.bottom)


def shapes_of(roles: Sequence[str]) -> tuple[str, ...]:
    """Return a marker for each series, no two alike while there are shapes left.

    >>> shapes_of(["total", "group-1", "group-1"])
    ('circle', 'diamond', 'square')
    """
    taken: list[str] = []
    for role in roles:
        wanted = shape_of(role)
        free = [s for s in ("diamond", "square", "triangle", "pentagon", "cross", "circle") if s not in taken]
        taken.append(free[0] if wanted in taken and free else wanted)
    return tuple(taken)


def _axis(
    canvas: Canvas, reading: Reading, plot: Plot, step: float, count: int, scale: float, cells: Sequence[Cell]
) -> None:
    shares = bool(cells) and all(c.full.endswith("%") for c in cells)
    for i in range(count + 1):
        x, value = plot.left + i * step * scale, i * step
        if not plot.above:
            canvas.line(x, plot.top - 4, x, plot.bottom - 4, "grid", 1)
        else:
            for row in plot.rows:
                canvas.line(x, row.bar_top, x, row.bar_top + row.height, "grid", 1)
        digits = 0 if step >= 1 else 1
        words = percent(value, reading.language) if shares else number(value, reading.language, digits)
        canvas.text(x, plot.top - 8, words, TICK)


def _lanes(places: Sequence[float]) -> list[float]:
    """Return how far each marker steps off the line, so that near ones do not hide one another."""
    order = sorted(range(len(places)), key=lambda i: places[i])
    offsets, cluster = [0.0] * len(places), list[int]()
    for i in [*order, -1]:
        if cluster and (i < 0 or places[i] - places[cluster[-1]] >= NEAR):
            for rank, member in enumerate(cluster):
                if len(cluster) > 1:
                    offsets[member] = (-5.5, 5.5, 0.0)[rank % 3] if len(cluster) > 2 else (-4.0, 4.0)[rank]
            cluster = []
        if i >= 0:
            cluster.append(i)
    return offsets


def _row(canvas: Canvas, reading: Reading, plot: Plot, row: Row, scale: float, shapes: Sequence[str]) -> None:
    found = [
        (series, cell, shape, plot.left + cell.value * scale)
        for series, cell, shape in zip(reading.figure.series, reading.row(row.bar), shapes, strict=True)
        if cell.value is not None
    ]
    places = [x for *_, x in found]
    low, high = found[places.index(min(places))], found[places.index(max(places))]
    if low[3] < high[3]:
        canvas.line(low[3], row.middle, high[3], row.middle, "line", 2)
    for (series, cell, shape, x), step in zip(found, _lanes(places), strict=True):
        role = known_role(series.role)
        canvas.mark(shape, x, row.middle + step, 5.5, role, reading.tip(row.bar, series, cell))
    if high[3] - low[3] >= 1:
        ink = Type(VALUE.size, True, known_role(low[0].role), "end")
        canvas.text(low[3] - 10, row.middle + 4.3, low[1].printed, ink)
    apart = high[3] - low[3] >= 1 or len(found) == 1
    ink = Type(VALUE.size, True, known_role(high[0].role) if apart else "ink")
    canvas.text(high[3] + 10, row.middle + 4.3, high[1].printed, ink)


def _intervals(canvas: Canvas, reading: Reading, plot: Plot, row: Row, scale: float, shapes: Sequence[str]) -> None:
    """Draw one line of a chart with intervals: markers whose intervals meet step apart, values stand beyond the outermost ends."""
    found = [
        (series, cell, shape, plot.left + (cell.value or 0) * scale)
        for series, cell, shape in zip(reading.figure.series, reading.row(row.bar), shapes, strict=True)
        if cell.value is not None
    ]
    ends = [
        (
            plot.left + max(0.0, x if (x := c.low) is not None else c.value or 0) * scale,
            plot.left + (c.high if c.high is not None else c.value or 0) * scale,
        )
        for _, c, _, _ in found
    ]
    places = [x for *_, x in found]
    low, high = found[places.index(min(places))], found[places.index(max(places))]
    if low[3] < high[3]:
        canvas.line(low[3], row.middle, high[3], row.middle, "grid", 2)
    for (series, cell, shape, x), step, (start, end) in zip(found, _steps(places, ends), ends, strict=True):
        role = known_role(series.role)
        canvas.line(start, row.middle + step, end, row.middle + step, role, 1.4)
        canvas.mark(shape, x, row.middle + step, 5.0, role, reading.tip(row.bar, series, cell))
    if high[3] - low[3] >= 1:
        canvas.text(
            min(s for s, _ in ends) - 8,
            row.middle + 4.3,
            low[1].printed,
            Type(VALUE.size, True, known_role(low[0].role), "end"),
        )
    apart = high[3] - low[3] >= 1 or len(found) == 1
    ink = Type(VALUE.size, True, known_role(high[0].role) if apart else "ink")
    canvas.text(max(e for _, e in ends) + 8, row.middle + 4.3, high[1].printed, ink)


def _steps(places: Sequence[float], ends: Sequence[tuple[float, float]]) -> list[float]:
    """Return how far each marker steps off the line, so that intervals that meet lie under one another."""
    order = sorted(range(len(places)), key=lambda i: places[i])
    offsets, cluster, reach = [0.0] * len(places), list[int](), float("-inf")
    for i in [*order, -1]:
        if cluster and (i < 0 or min(ends[i][0], places[i] - 6) > reach):
            for rank, member in enumerate(cluster):
                offsets[member] = (rank - (len(cluster) - 1) / 2) * LANE
            cluster, reach = [], float("-inf")
        if i >= 0:
            cluster.append(i)
            reach = max(reach, ends[i][1], places[i] + 6)
    return offsets
