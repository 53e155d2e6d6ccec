"""Bars cut into answers: stacked to a hundred, or set out from the middle of a scale."""

from __future__ import annotations

from collections.abc import Sequence

from posad.core.numbers import percent
from posad.evidence.values import Bracket, Series
from posad.report.svg.canvas import MARGIN, Canvas, Type
from posad.report.svg.frame import WIDE, Plot, Row, SideColumn, base_column, foot, head, lay, legend, say_empty
from posad.report.svg.metrics import Lines, clean, width, wrap
from posad.report.svg.palette import known_role
from posad.report.svg.reading import EMPTY, Cell, Reading, bare, net_address

NET = Type(13, bold=True)
NET_WORDS = Type(12.5)
SIDE = Type(12.5, bold=True)
NET_COLUMN = Type(13, bold=True, anchor="middle")
NET_ROOM = 64  # narrower than this, a net's words do not stand over the bar
GAP = 1.2  # paper between segments


def stacked(reading: Reading, wide: float) -> str:
    """Draw stacked bars: one tall bar with nets over it, or many bars with nets in columns on the right."""
    canvas = Canvas(wide)
    y = legend(canvas, reading, head(canvas, reading))
    if len(reading.figure.bars) == 1:
        return foot(canvas, reading, _single(canvas, reading, y))
    over = _over(reading, wide)
    columns = () if over else _net_columns(reading, wide)
    plot = lay(canvas, reading, y + 4, 24, (*columns, *base_column(reading)), over=over)
    for row in plot.rows:
        if not say_empty(canvas, plot, reading, row):
            if over:
                _row_brackets(canvas, reading, row, plot.left, (plot.right - plot.left) / _whole(reading.row(row.bar)))
            _segments(canvas, reading, row, plot.left, (plot.right - plot.left) / _whole(reading.row(row.bar)), 12.5)
    return foot(canvas, reading, plot.bottom)


BRACKETED = 5  # bars; of more the nets stand in columns
OVER = 25.0


def _over(reading: Reading, wide: float) -> float:
    """Return the room for brackets over every bar: where bars are few and the words of each net fit over each, else none."""
    figure = reading.figure
    if not figure.brackets or len(figure.bars) > BRACKETED:
        return 0.0
    probe = lay(Canvas(wide), reading, 0, 24, base_column(reading), over=OVER)
    for row in probe.rows:
        spans = _row_spans(reading, row, probe.left, (probe.right - probe.left) / _whole(reading.row(row.bar)))
        if spans and (
            len(_levels(spans)) > 1 or any(_row_words(reading, row, b, high - low)[1] is None for b, low, high in spans)
        ):
            return 0.0
    return OVER


def _row_spans(reading: Reading, row: Row, left: float, scale: float) -> list[tuple[Bracket, float, float]]:
    cells, order = reading.row(row.bar), [s.id for s in reading.figure.series]
    edges = [left]
    for cell in cells:
        edges.append(edges[-1] + max(0.0, cell.value or 0) * scale)
    if all(c.value is None for c in cells):
        return []
    found = [
        (b, edges[order.index(b.first)], edges[order.index(b.last) + 1] - GAP)
        for b in reading.figure.brackets
        if b.first in order and b.last in order
    ]
    return sorted(found, key=lambda s: (s[1], -s[2]))


def _row_words(reading: Reading, row: Row, bracket: Bracket, room: float) -> tuple[str, str | None]:
    """Return the number of a net over one bar and its words; None where both have no room."""
    index = [b.id for b in reading.figure.bars].index(row.bar.id)
    value = _net_of(reading, bracket, index)
    shown = value if value == "—" else _with_sign(value, reading)
    words = clean(bracket.label.get(reading.language))
    taken = width(shown, NET.size, bold=True) + 5 + width(words, NET_WORDS.size)
    return shown, words if taken <= room else None


def _with_sign(value: str, reading: Reading) -> str:
    return percent(float(value) / 100, reading.language)


def _row_brackets(canvas: Canvas, reading: Reading, row: Row, left: float, scale: float) -> None:
    line = row.bar_top - 7
    for bracket, low, high in _row_spans(reading, row, left, scale):
        shown, words = _row_words(reading, row, bracket, high - low)
        taken = width(shown, NET.size, bold=True) + (5 + width(words, NET_WORDS.size) if words else 0)
        x = (low + high) / 2 - taken / 2
        canvas.text(x, line - 5, shown, Type(NET.size, True))
        if words:
            canvas.text(x + width(shown, NET.size, bold=True) + 5, line - 5, words, NET_WORDS)
        canvas.line(low + 0.5, line, high - 0.5, line, "line", 1.3)
        canvas.line(low + 0.5, line, low + 0.5, line + 5, "line", 1.3)
        canvas.line(high - 0.5, line, high - 0.5, line + 5, "line", 1.3)


def _whole(cells: Sequence[Cell]) -> float:
    return max(1.0, sum(c.value or 0 for c in cells))


def _single(canvas: Canvas, reading: Reading, y: float) -> float:
    bar = reading.figure.bars[0]
    words = clean(reading.label(bar))
    known = {clean(t.get(reading.language)) for t in (reading.figure.title, reading.figure.question)}
    if words and bar.id not in {"total", "all"} and words not in known:
        y = canvas.lines(MARGIN, y, wrap(words, 13, canvas.room, bold=True, most=3), NET, words) + 4
    scale = (canvas.width - 1) / _whole(reading.row(bar))
    y = _brackets(canvas, reading, y + 7, scale) if reading.figure.brackets else y
    row = Row(bar, wrap("", 13, 1), y, y, 50)
    plot = Plot((row,), 0, canvas.width, y, y + 50, above=True)
    if not say_empty(canvas, plot, reading, row):
        _segments(canvas, reading, row, 0, scale, 16)
    return _left_out(canvas, reading, y + 56, scale)


def _left_out(canvas: Canvas, reading: Reading, y: float, scale: float) -> float:
    """Say in words the nets that had no room over the bar."""
    for level in _levels(_spans(reading, scale)):
        for bracket, start, end in _rooms(level, canvas.width):
            if end - start < NET_ROOM:
                words = f"{bracket.label.get(reading.language)}: {reading.cells[bracket.address].full}"
                y = canvas.lines(MARGIN, y + 2, wrap(words, NET_WORDS.size, canvas.room, most=3), NET_WORDS, words)
    return y


def _segments(canvas: Canvas, reading: Reading, row: Row, x: float, scale: float, size: float) -> float:
    """Draw the answers of one bar from ``x`` on; a number stands only where it fits. Return where the bar ends."""
    for series, cell in zip(reading.figure.series, reading.row(row.bar), strict=True):
        x = _segment(canvas, reading, row, series, cell, x, scale, size)
    return x


def _segment(
    canvas: Canvas, reading: Reading, row: Row, series: Series, cell: Cell, x: float, scale: float, size: float
) -> float:
    long = max(0.0, cell.value or 0) * scale
    if long <= 0:
        return x
    role = known_role(series.role)
    canvas.rect(x, row.bar_top, max(long - GAP, 0.4), row.height, role, reading.tip(row.bar, series, cell), radius=1.5)
    if cell.printed != "0" and width(cell.printed, size, bold=True) + 5 <= long - GAP:
        ink = Type(size, bold=True, ink=f"on-{role}", anchor="middle")
        canvas.text(x + (long - GAP) / 2, row.middle + size * 0.36, cell.printed, ink)
    return x + long


def _net_columns(reading: Reading, wide: float) -> tuple[SideColumn, ...]:
    """Return a column for each net, as many as the width bears."""
    columns = []
    for bracket in reading.figure.brackets[: 3 if wide >= WIDE else 2]:
        values = tuple(_net_of(reading, bracket, row) for row in range(len(reading.figure.bars)))
        columns.append(SideColumn(bracket.label.get(reading.language), values, NET_COLUMN))
    return tuple(columns)


def _net_of(reading: Reading, bracket: Bracket, number: int) -> str:
    """Return the net of one bar: its own number, else the sum of its answers, which is the same where each gave one."""
    bar = reading.figure.bars[number]
    own = reading.cells.get(net_address(bracket, bar.cells[0]), EMPTY) if bar.cells else EMPTY
    if own.value is not None:
        return own.printed
    order = [s.id for s in reading.figure.series]
    if bracket.first not in order or bracket.last not in order:
        return "—"
    cells = reading.row(bar)
    values = [c.value for c in cells[order.index(bracket.first) : order.index(bracket.last) + 1]]
    known = [v for v in values if v is not None]
    return bare(sum(known), reading.language) if known and len(known) == len(values) else "—"


def _spans(reading: Reading, scale: float) -> list[tuple[Bracket, float, float]]:
    """Return each bracket with the ends of its answers on the bar."""
    cells = reading.row(reading.figure.bars[0])
    edges, order = [0.0], [s.id for s in reading.figure.series]
    for cell in cells:
        edges.append(edges[-1] + max(0.0, cell.value or 0) * scale)
    found = [
        (b, edges[order.index(b.first)], edges[order.index(b.last) + 1] - GAP)
        for b in reading.figure.brackets
        if b.first in order and b.last in order and reading.cells.get(b.address, EMPTY).value is not None
    ]
    return sorted((s for s in found if s[2] - s[1] > 2), key=lambda s: (s[1], -s[2]))


def _levels(spans: list[tuple[Bracket, float, float]]) -> list[list[tuple[Bracket, float, float]]]:
    """Sort brackets into storeys, so that those of one storey do not cross."""
    levels: list[list[tuple[Bracket, float, float]]] = []
    for span in spans:
        free = next((level for level in levels if level[-1][2] <= span[1] + 1), None)
        if free is None:
            levels.append([span])
        else:
            free.append(span)
    return levels


def _brackets(canvas: Canvas, reading: Reading, y: float, scale: float) -> float:
    """Draw the nets over the bar; return where the bar may start."""
    for level in reversed(_levels(_spans(reading, scale))):
        y = _storey(canvas, reading, level, y)
    return y


def _rooms(level: list[tuple[Bracket, float, float]], wide: float) -> list[tuple[Bracket, float, float]]:
    """Return the room each net of a storey has for its words: up to half-way to its neighbours."""
    rooms = []
    for i, (bracket, low, high) in enumerate(level):
        start = (level[i - 1][2] + low) / 2 + 4 if i else 2.0
        end = (level[i + 1][1] + high) / 2 - 4 if i + 1 < len(level) else wide - 2
        rooms.append((bracket, start, end))
    return rooms


def _storey(canvas: Canvas, reading: Reading, level: list[tuple[Bracket, float, float]], y: float) -> float:
    """Draw one storey of nets; words are broken to the room there is, and a net without room is said under the bar."""
    texts = []
    for (bracket, start, end), (_, low, high) in zip(_rooms(level, canvas.width), level, strict=True):
        value, label = reading.cells[bracket.address].full, bracket.label.get(reading.language)
        fits = end - start >= NET_ROOM
        words = wrap(label, NET_WORDS.size, end - start, most=4) if fits else Lines(())
        if not fits and width(value, NET.size, bold=True) > end - start:
            value = ""
        texts.append((start, end, (low + high) / 2, value, words, label))
    line = y + NET.leading + max(len(t[4]) for t in texts) * NET_WORDS.leading + 4
    for (_, low, high), (start, end, middle, value, words, label) in zip(level, texts, strict=True):
        widths = [width(value, NET.size, bold=True), *(width(w, NET_WORDS.size) for w in words.lines)]
        x = min(max(middle, start + max(widths) / 2), max(end - max(widths) / 2, start + max(widths) / 2))
        top = line - 4 - NET.leading - len(words) * NET_WORDS.leading
        top = canvas.lines(x, top, wrap(value, NET.size, 400, bold=True), Type(13, bold=True, anchor="middle"))
        canvas.lines(x, top, words, Type(NET_WORDS.size, anchor="middle"), label)
        canvas.line(low + 0.5, line, high - 0.5, line, "line", 1.3)
        canvas.line(low + 0.5, line, low + 0.5, line + 5, "line", 1.3)
        canvas.line(high - 0.5, line, high - 0.5, line + 5, "line", 1.3)
    return line + 9


def _sides(
    series: Sequence[Series], poles: tuple[tuple[str, ...], tuple[str, ...]] = ((), ())
) -> tuple[list[int], list[int], list[int], list[int]]:
    """Return which series lie left of the middle, in it, right of it, and outside the scale."""
    out = [i for i, s in enumerate(series) if s.role == "missing"]
    left = [i for i, s in enumerate(series) if s.id in poles[0] or s.role.startswith(("negative", "left"))]
    right = [i for i, s in enumerate(series) if s.id in poles[1] or s.role.startswith(("positive", "right"))]
    middle = [i for i, s in enumerate(series) if i not in (*out, *left, *right)]
    if not left or not right:
        scale = [i for i in range(len(series)) if i not in out]
        half = len(scale) // 2
        left, middle, right = scale[:half], scale[half : len(scale) - half], scale[len(scale) - half :]
    return (right, middle, left, out) if left[0] > right[0] else (left, middle, right, out)


def diverging(reading: Reading, wide: float) -> str:
    """Draw scales from their middle: the middle answer is halved, sums of both sides stand at the ends."""
    canvas, series = Canvas(wide), reading.figure.series
    if sum(s.role != "missing" for s in series) < 2:
        return stacked(reading, wide)
    sides = _sides(series, reading.figure.poles)
    left, middle, right, out = sides
    y = legend(canvas, reading, head(canvas, reading)) + 2
    columns = (*(_aside(reading, i) for i in out), *base_column(reading))
    inset = (46, 46)  # room for "100 %"
    rows = [reading.row(bar) for bar in reading.figure.bars]
    below, above = (
        max((sum(c[i].value or 0 for i in side) + sum(c[i].value or 0 for i in middle) / 2 for c in rows), default=0)
        for side in (left, right)
    )
    probe = lay(Canvas(wide), reading, y, 26, columns, inset)
    scale = (probe.right - probe.left) / max(below + above, 0.01)
    centre = probe.left + below * scale
    names = _side_names(reading, (left, right), centre, probe.right + inset[1])
    tall = max((len(lines) * SIDE.leading for lines, *_ in names), default=0)
    plot = lay(canvas, reading, y + max(0, tall + 5 - (probe.top - y)), 26, columns, inset)
    for lines, x, kind in names:
        canvas.lines(x, plot.top - 6 - len(lines) * SIDE.leading, lines, kind)
    for row in plot.rows:
        top, bottom = (row.bar_top - 3, row.bar_top + 29) if plot.above else (plot.top - 3, plot.bottom - 4)
        canvas.line(centre, top, centre, bottom, "line", 1)
    for row in plot.rows:
        if not say_empty(canvas, plot, reading, row):
            _scale_bar(canvas, reading, row, centre, scale, (left, middle, right))
    return foot(canvas, reading, plot.bottom)


def _aside(reading: Reading, index: int) -> SideColumn:
    values = tuple(reading.row(bar)[index].printed or "—" for bar in reading.figure.bars)
    return SideColumn(reading.label(reading.figure.series[index]), values, Type(12, ink="muted", anchor="middle"))


def _scale_bar(
    canvas: Canvas,
    reading: Reading,
    row: Row,
    centre: float,
    scale: float,
    sides: tuple[list[int], list[int], list[int]],
) -> None:
    cells, series = reading.row(row.bar), reading.figure.series
    below, above = (sum(cells[i].value or 0 for i in side) for side in (sides[0], sides[2]))
    x = start = centre - (below + sum(cells[i].value or 0 for i in sides[1]) / 2) * scale
    for i in (*sides[0], *sides[1], *sides[2]):
        x = _segment(canvas, reading, row, series[i], cells[i], x, scale, 12.5)
    first = row.bar is reading.figure.bars[0]
    for value, at, side, anchor in ((below, start - 7, sides[0][0], "end"), (above, x + 6, sides[2][-1], "start")):
        words = percent(value, reading.language) if first else bare(value, reading.language)
        canvas.text(at, row.middle + 4.5, words, Type(13, True, _strong(series[side].role), anchor))


def _strong(role: str) -> str:
    """Return an ink for the sum of a side: the strong colour of that side."""
    kind = role.split("-")[0]
    return f"{kind}-2" if kind in {"negative", "positive", "left", "right"} else "ink"


def _side_names(
    reading: Reading, sides: tuple[list[int], list[int]], centre: float, right: float
) -> list[tuple[Lines, float, Type]]:
    """Return the names of the two nets, to stand on both sides of the middle, when the figure has them."""
    ids, named = [s.id for s in reading.figure.series], []
    for side, x, room, anchor in (
        (sides[0], centre - 7, centre - 8, "end"),
        (sides[1], centre + 7, right - centre - 8, "start"),
    ):
        ends = {ids[side[0]], ids[side[-1]]} if side else set()
        bracket = next((b for b in reading.figure.brackets if {b.first, b.last} == ends), None)
        if bracket and room > 40:
            words = bracket.label.get(reading.language)
            words = f"← {words}" if anchor == "end" else f"{words} →"
            lines = wrap(words, SIDE.size, room, bold=True, most=4)
            named.append((lines, x, Type(SIDE.size, True, _strong(reading.figure.series[side[0]].role), anchor)))
    return named


__all__ = ["diverging", "stacked"]
