"""Effects around nought: a point with its interval on each line, and the line of no effect."""

from __future__ import annotations

from math import ceil, floor

from posad.core.numbers import number, percent, signed
from posad.report.svg.canvas import MARGIN, Canvas, Type
from posad.report.svg.frame import WIDE, Plot, Row, base_column, foot, head, lay, legend, say_empty
from posad.report.svg.kinds.ranked import nice_step
from posad.report.svg.metrics import width
from posad.report.svg.palette import known_role, shape_of
from posad.report.svg.reading import Cell, Reading

TICK = Type(11.5, ink="muted", anchor="middle")
VALUE = Type(12, bold=True)
LANE = 13.0


def forest(reading: Reading, wide: float) -> str:
    """Draw a forest of effects; the number stands behind the longer end of its interval."""
    canvas, series = Canvas(wide), reading.figure.series
    y = head(canvas, reading)
    if len(series) > 1:
        y = legend(canvas, reading, y, [shape_of(s.role) for s in series])
    cells = [c for bar in reading.figure.bars for c in reading.row(bar) if c.value is not None]
    ends = [v for c in cells for v in (c.value, c.low, c.high) if v is not None] or [0.0]
    none = 1.0 if _ratios(reading) else 0.0
    step = nice_step(max(*ends, none) - min(*ends, none) or 1.0, 8 if wide >= WIDE else 4)
    low, high = floor(min(*ends, none) / step) * step, ceil(max(*ends, none) / step) * step
    high = high if high > low else low + step
    room = max((width(c.full, VALUE.size, bold=True) for c in cells), default=20) + 12
    first, last = (width(_tick(reading, v, step), TICK.size) / 2 + 2 * MARGIN for v in (low, high))
    pads = (max(10, first), max(room, last))
    plot = lay(canvas, reading, y + 18, max(24, LANE * len(series) + 4), base_column(reading), pads)
    scale = (plot.right - plot.left) / (high - low)
    _axis(canvas, reading, plot, (low, step, scale), round((high - low) / step), none)
    for row in plot.rows:
        if not say_empty(canvas, plot, reading, row):
            _row(canvas, reading, plot, row, low, scale)
    return foot(canvas, reading, plot.bottom)


def _ratios(reading: Reading) -> bool:
    """Tell whether the effects are ratios, which are one where there is no effect."""
    return reading.figure.answer_type.get("en") == "odds ratio"


def _axis(
    canvas: Canvas, reading: Reading, plot: Plot, at: tuple[float, float, float], count: int, none: float
) -> None:
    low, step, scale = at
    last = float("-inf")
    for i in range(count + 1):
        value = low + i * step
        x = plot.left + (value - low) * scale
        ink, thick = ("line", 1.6) if abs(value - none) < step / 1000 else ("grid", 1.0)
        if not plot.above:
            canvas.line(x, plot.top - 4, x, plot.bottom - 4, ink, thick)
        else:
            for row in plot.rows:
                canvas.line(x, row.bar_top, x, row.bar_top + row.height, ink, thick)
        words = _tick(reading, value, step)
        half = width(words, TICK.size) / 2
        if x - half > last + 6:
            canvas.text(x, plot.top - 8, words, TICK)
            last = x + half


def _tick(reading: Reading, value: float, step: float) -> str:
    """Return what stands over a line of the scale, in the units of the numbers."""
    value = 0.0 if abs(value) < step / 1000 else value
    if any(c.full.endswith(reading.say("points")) for c in reading.cells.values()):
        words = percent(value, reading.language, 0 if step >= 0.0099 else 1).rstrip("%").rstrip()
        return signed(words)
    return number(value, reading.language, 0 if step >= 1 else 1 if step >= 0.1 else 2)


def _row(canvas: Canvas, reading: Reading, plot: Plot, row: Row, low: float, scale: float) -> None:
    series = reading.figure.series
    for i, (one, cell) in enumerate(zip(series, reading.row(row.bar), strict=True)):
        if cell.value is None:
            continue
        y = row.middle + (i - (len(series) - 1) / 2) * LANE
        role = known_role(one.role) if len(series) > 1 else "bar"
        x, start, end = (plot.left + (v - low) * scale for v in _ends(cell))
        canvas.line(start, y, end, y, role, 1.6)
        canvas.mark(
            shape_of(one.role) if len(series) > 1 else "circle", x, y, 5.0, role, reading.tip(row.bar, one, cell)
        )
        canvas.text(end + 8, y + 4.3, cell.full, VALUE)


def _ends(cell: Cell) -> tuple[float, float, float]:
    value = cell.value or 0.0
    return value, cell.low if cell.low is not None else value, cell.high if cell.high is not None else value
