"""Columns in groups: several measures side by side for everybody and for each group of people."""

from __future__ import annotations

from math import ceil

from posad.core.numbers import number, percent
from posad.report.svg.canvas import Canvas, Type
from posad.report.svg.frame import FOOT, foot, head, legend
from posad.report.svg.kinds.ranked import nice_step, ranked
from posad.report.svg.metrics import Lines, width, wrap
from posad.report.svg.palette import known_role
from posad.report.svg.reading import Cell, Reading, row_bases, starred

VALUE = Type(12, bold=True, anchor="middle")
TICK = Type(11.5, ink="muted", anchor="end")
NAME = Type(12.5, anchor="middle")
BASE = Type(11.5, ink="muted", anchor="middle")
TALL = 230.0
APART = 22.0  # between groups
LEAST = 4.0  # air between printed values of neighbouring columns


def columns(reading: Reading, wide: float) -> str:
    """Draw grouped columns; where they would be narrower than their numbers, lying bars instead."""
    figure = reading.figure
    cells = [c for bar in figure.bars for c in reading.row(bar) if c.value is not None]
    if not cells:
        return ranked(reading, wide)
    ticks = _ticks(reading, cells)
    left = max(width(words, TICK.size) for _, words in ticks) + 10
    each = (wide - left) / len(figure.bars)
    column = (each - APART) / len(figure.series)
    numbers = max(width(c.printed, VALUE.size, bold=True) for c in cells) + LEAST
    names = [wrap(reading.label(bar), NAME.size, each - 8, most=4) for bar in figure.bars]
    longest = max(width(w, NAME.size) for bar in figure.bars for w in reading.label(bar).split(" "))
    if column < numbers or longest > each - 8:
        return ranked(reading, wide)
    canvas = Canvas(wide)
    y = legend(canvas, reading, head(canvas, reading)) if len(figure.series) > 1 else head(canvas, reading)
    top = y + 20
    _axis(canvas, ticks, left, top)
    for i in range(len(figure.bars)):
        _group(canvas, reading, i, (left + i * each + APART / 2, min(column, 64.0)), (top, ticks[-1][0]), column)
    return foot(canvas, reading, _under(canvas, reading, names, left, each, top + TALL + 7))


def _ticks(reading: Reading, cells: list[Cell]) -> list[tuple[float, str]]:
    most = max(max(c.value or 0, c.high or 0) for c in cells) or 1.0
    step = nice_step(most, 5)
    shares = all(c.full.endswith("%") for c in cells)
    values = [i * step for i in range(ceil(round(most / step, 9)) + 1)]
    digits = 0 if step >= 1 else 1
    return [(v, percent(v, reading.language) if shares else number(v, reading.language, digits)) for v in values]


def _axis(canvas: Canvas, ticks: list[tuple[float, str]], left: float, top: float) -> None:
    for value, words in ticks:
        y = top + TALL - value / ticks[-1][0] * TALL
        canvas.line(left, y, canvas.width, y, "grid" if value else "line")
        canvas.text(left - 6, y + 4, words, TICK)


def _group(
    canvas: Canvas,
    reading: Reading,
    index: int,
    across: tuple[float, float],
    up: tuple[float, float],
    slot: float,
) -> None:
    """Draw the columns of one group, each with its interval; the number stands over it, where it cannot meet the line."""
    bar, (start, wide), (top, most) = reading.figure.bars[index], across, up
    bottom = top + TALL
    for i, (series, cell) in enumerate(zip(reading.figure.series, reading.row(bar), strict=True)):
        middle = start + slot * (i + 0.5)
        if cell.value is None:
            canvas.text(middle, bottom - 6, "—", Type(FOOT.size, ink="muted", anchor="middle"), cell.full)
            continue
        tall = max(0.0, cell.value) / most * TALL
        role = known_role(series.role) if len(reading.figure.series) > 1 else "bar"
        canvas.rect(
            middle - wide / 2 + 1, bottom - tall, wide - 2, tall, role, reading.tip(bar, series, cell), radius=1.5
        )
        end = bottom - tall
        if cell.low is not None and cell.high is not None:
            end = bottom - max(cell.high, cell.value) / most * TALL
            canvas.line(middle, bottom - tall, middle, end, "ink", 1.4)
            canvas.line(middle, bottom - max(cell.low, 0) / most * TALL, middle, bottom - tall, "paper", 1.4)
        words = cell.full if index == 0 and i == 0 and width(cell.full, VALUE.size, bold=True) < slot else cell.printed
        canvas.text(middle, end - 5, words, VALUE)


def _under(canvas: Canvas, reading: Reading, names: list[Lines], left: float, each: float, y: float) -> float:
    """Write the names of the groups and, where they differ, their bases; return where the foot may start."""
    tall = max(len(n) for n in names) * NAME.leading
    bases = row_bases(reading)
    for i, (bar, lines) in enumerate(zip(reading.figure.bars, names, strict=True)):
        x = left + each * (i + 0.5)
        bold = bar.id == "total"
        canvas.lines(x, y, lines, Type(NAME.size, bold, anchor="middle"), reading.label(bar))
        if bases:
            space = "\N{NO-BREAK SPACE}"
            words = f"n{space}={space}{starred(bases[i], reading.row(bar), reading.language)}"
            canvas.text(x, y + tall + 11, words, BASE)
    return y + tall + (18 if bases else 0)


__all__ = ["columns"]
