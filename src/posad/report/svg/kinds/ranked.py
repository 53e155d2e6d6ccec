"""Bars from nought, longest first: several answers, each with the thin line of its interval."""

from __future__ import annotations

from math import floor, log10

from posad.evidence.values import Series
from posad.report.svg.canvas import Canvas, Type
from posad.report.svg.frame import Plot, Row, base_column, foot, head, lay, legend, say_empty
from posad.report.svg.metrics import width
from posad.report.svg.palette import known_role
from posad.report.svg.reading import Cell, Reading

VALUE = Type(13, bold=True)


def nice_step(most: float, ticks: int) -> float:
    """Return a round step that cuts nought to ``most`` into about so many parts.

    >>> nice_step(0.83, 5)
    0.2
    """
    if most <= 0:
        return 1.0
    rough = most / max(ticks, 1)
    power = 10.0 ** floor(log10(rough))
    return round(next(m for m in (1, 2, 5, 10) if m * power >= rough * 0.999) * power, 12)


def ranked(reading: Reading, wide: float) -> str:
    """Draw ranked bars; the number stands after the interval, where it cannot meet the line."""
    canvas, series = Canvas(wide), reading.figure.series
    y = head(canvas, reading)
    many = len(series) > 1
    y = legend(canvas, reading, y) if many else y
    tall = 15 * len(series) + 1 if many else 20
    cells = [c for bar in reading.figure.bars for c in reading.row(bar) if c.value is not None]
    most = max((max(c.value or 0, c.high or 0) for c in cells), default=1) or 1
    numbers = max((width(c.full, VALUE.size, bold=True) for c in cells), default=0) + 12
    plot = lay(canvas, reading, y + 2, tall, base_column(reading), (0, numbers))
    scale = (plot.right - plot.left) / most
    for row in plot.rows if plot.above else ():
        canvas.line(plot.left, row.bar_top - 2, plot.left, row.bar_top + row.height + 2, "line", 1)
    if not plot.above:
        canvas.line(plot.left, plot.top - 3, plot.left, plot.bottom - 5, "line", 1)
    for row in plot.rows:
        if not say_empty(canvas, plot, reading, row):
            _row(canvas, reading, plot, row, scale)
    return foot(canvas, reading, plot.bottom)


def _row(canvas: Canvas, reading: Reading, plot: Plot, row: Row, scale: float) -> None:
    series = reading.figure.series
    each = row.height / len(series)
    for i, (one, cell) in enumerate(zip(series, reading.row(row.bar), strict=True)):
        role = known_role(one.role) if len(series) > 1 else "bar"
        top = row.bar_top + i * each
        _bar(canvas, reading, row, one, cell, (plot.left, top, each, scale), role)


def _bar(
    canvas: Canvas,
    reading: Reading,
    row: Row,
    series: Series,
    cell: Cell,
    spot: tuple[float, float, float, float],
    role: str,
) -> None:
    left, top, tall, scale = spot
    if cell.value is None:
        return
    many = len(reading.figure.series) > 1
    long, middle = max(0.0, cell.value) * scale, top + tall / 2
    canvas.rect(left, top, long, tall - (2 if many else 0), role, reading.tip(row.bar, series, cell), radius=1.5)
    end = long
    if cell.low is not None and cell.high is not None:
        low, end = max(0.0, cell.low) * scale, max(long, cell.high * scale)
        canvas.line(left + low, middle, left + max(low, long), middle, "paper", 1.4)
        canvas.line(left + long, middle, left + end, middle, "ink", 1.4)
    first = row.bar is reading.figure.bars[0]
    words = cell.full if first else cell.printed
    size = 11.5 if many else VALUE.size
    canvas.text(left + end + 6, middle + size * 0.36 - (1 if many else 0), words, Type(size, bold=True))
