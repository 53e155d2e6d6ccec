"""What every chart shares: the head, the legend, the foot, and rows whose height follows their labels.

Nothing here may overlap: each text is broken to a known width, takes a known number of lines, and the next thing starts below.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from posad.evidence.values import Bar
from posad.report.svg.canvas import MARGIN, Canvas, Type
from posad.report.svg.metrics import Lines, clean, width, wrap
from posad.report.svg.palette import known_role
from posad.report.svg.reading import Reading, notes, row_bases, series_bases, starred

TITLE = Type(17, bold=True)
QUESTION = Type(13)
ANSWER = Type(13, ink="muted")
LABEL = Type(13)
FOOT = Type(11.5, ink="muted")
HEAD = Type(11, ink="muted", anchor="middle")
PILL = Type(11.5, bold=True, ink="warn")
BASE_HEAD = "n"
WIDE = 560  # from this width on, labels stand beside the bars


def head(canvas: Canvas, reading: Reading) -> float:
    """Draw the mark of simulated data, the title, the question and the type of answer; return where they end."""
    figure, room, y = reading.figure, canvas.room, 2.0
    if figure.simulated:
        words = wrap(reading.say("simulated"), PILL.size, room - 20, bold=True, most=1)
        canvas.rect(0, y, width(words.lines[0], PILL.size, bold=True) + 18, 21, "warn-fill", radius=4)
        canvas.text(9, y + 14.5, words.lines[0], PILL)
        y += 30
    title, question = (clean(t.get(reading.language)) for t in (figure.title, figure.question))
    y = canvas.lines(MARGIN, y, wrap(title or question, TITLE.size, room, bold=True, most=6), TITLE, title)
    if title and question and question != title:
        y = canvas.lines(MARGIN, y + 3, wrap(question, QUESTION.size, room, most=6), QUESTION, question)
    answer = figure.answer_type.get(reading.language)
    if answer:
        y = canvas.lines(MARGIN, y + 3, wrap(answer, ANSWER.size, room, most=3), ANSWER, answer)
    return y + 10


def legend(canvas: Canvas, reading: Reading, y: float, shapes: Sequence[str] = ()) -> float:
    """Draw the key of colours, wrapped to the width; return where it ends."""
    x, tall, bases = 0.0, LABEL.leading, series_bases(reading) if shapes else None
    for i, series in enumerate(reading.figure.series):
        name = reading.label(series)
        if bases:
            cells = [reading.row(bar)[i] for bar in reading.figure.bars]
            name += f" (n\N{NO-BREAK SPACE}=\N{NO-BREAK SPACE}{starred(bases[i], cells, reading.language)})"
        lines = wrap(name, LABEL.size, canvas.width - 24, most=3)
        taken = 20 + max(width(line, LABEL.size) for line in lines.lines)
        if x and x + taken > canvas.width - 2:
            x, y, tall = 0.0, y + tall + 5, LABEL.leading
        role = known_role(series.role)
        if shapes:
            canvas.mark(shapes[i], x + 7, y + 8.5, 5.5, role)
        else:
            canvas.rect(x, y + 2, 13, 13, role, radius=2.5)
        canvas.lines(x + 20, y, lines, LABEL, name)
        tall = max(tall, len(lines) * LABEL.leading)
        x += taken + 18
    return y + tall + 8


def foot(canvas: Canvas, reading: Reading, y: float) -> str:
    """Draw the base and the notes, and return the finished picture."""
    y += 10
    for note in notes(reading):
        y = canvas.lines(MARGIN, y, wrap(note, FOOT.size, canvas.room, most=5), FOOT, note) + 2
    return canvas.document(y + 4, *_names(reading, canvas.width))


def _names(reading: Reading, wide: float) -> tuple[str, str, str]:
    from posad.core.digests import digest_of
    from posad.report.svg.reading import description

    figure = reading.figure
    words = figure.title.get(reading.language) or figure.question.get(reading.language)
    id = f"g{digest_of(figure.id)[:10]}-{reading.language}-{round(wide)}"
    return id, words, description(reading)


@dataclass(frozen=True, slots=True)
class SideColumn:
    """A column of printed values on the right of the bars: a net, "don't know", the base."""

    head: str
    values: tuple[str, ...]
    kind: Type


@dataclass(frozen=True, slots=True)
class Row:
    """Where one bar stands."""

    bar: Bar
    label: Lines
    top: float
    bar_top: float
    height: float  # of the bar

    @property
    def middle(self) -> float:
        """The middle of the bar."""
        return self.bar_top + self.height / 2


@dataclass(frozen=True, slots=True)
class Plot:
    """The field of a chart: rows, and where values start and end."""

    rows: tuple[Row, ...]
    left: float
    right: float
    top: float
    bottom: float
    above: bool


def base_column(reading: Reading) -> tuple[SideColumn, ...]:
    """Return the column of bases, when bars differ in them."""
    bases = row_bases(reading)
    if not bases:
        return ()
    pairs = zip(bases, reading.figure.bars, strict=True)
    values = tuple(starred(n, reading.row(bar), reading.language) for n, bar in pairs)
    return (SideColumn(BASE_HEAD, values, Type(12, ink="muted", anchor="middle")),)


def _bases_in_labels(reading: Reading, labels: Sequence[str]) -> list[str]:
    """Return labels that carry the base themselves, where a narrow picture has no room for a column of bases."""
    columns = base_column(reading)
    if not columns:
        return list(labels)
    space = "\N{NO-BREAK SPACE}"
    return [
        f"{label}, n{space}={space}{value}" if value != "—" else label
        for label, value in zip(labels, columns[0].values, strict=True)
    ]


def _column_width(column: SideColumn, most: float) -> float:
    words = [width(w, HEAD.size) for w in clean(column.head).split(" ")]
    values = [width(v, column.kind.size, column.kind.bold) for v in column.values]
    return max(min(max(words, default=0), most), *values, 24) + 10


def lay(
    canvas: Canvas,
    reading: Reading,
    top: float,
    tall: float,
    columns: Sequence[SideColumn] = (),
    inset: tuple[float, float] = (0, 0),
    over: float = 0,
) -> Plot:
    """Place and draw the row labels and the side columns; return the field that is left for the bars.

    Args:
        canvas: the picture.
        reading: the figure and its numbers.
        top: where rows may start.
        tall: the least height of a bar.
        columns: printed values on the right.
        inset: room kept inside the field on the left and the right, for numbers beside the bars.
        over: room kept over each bar, for its nets.
    """
    figure, wide = reading.figure, canvas.width >= WIDE
    labels = [clean(reading.label(bar)) for bar in figure.bars]
    natural = max(
        (width(w, LABEL.size, bar.id == "total") for w, bar in zip(labels, figure.bars, strict=True)), default=0
    )
    above = not wide and natural > canvas.width * 0.27
    if above:
        labels, columns = _bases_in_labels(reading, labels), [c for c in columns if c.head != BASE_HEAD]
    widths = [_column_width(c, 92 if wide else 84) for c in columns]
    room = canvas.room if above else min(natural, canvas.width * 0.37)
    left = inset[0] if above else MARGIN + room + 12 + inset[0]
    right = canvas.width - sum(widths) - inset[1]
    top = _draw_heads(canvas, columns, widths, top, canvas.width - sum(widths))
    rows, y = [], top
    for bar, words in zip(figure.bars, labels, strict=True):
        lines = wrap(words, LABEL.size, room, bold=bar.id == "total", most=4 if above else 6)
        high = len(lines) * LABEL.leading
        if above:
            row = Row(bar, lines, y, y + high + 3 + over, tall)
            y = row.bar_top + tall + 12
        else:
            row = Row(bar, lines, y, y + max(over, (high - tall) / 2), tall)
            y += max(tall + over, high, row.bar_top - y + (tall + high) / 2) + 8
        rows.append(row)
        y += 7 if not above and bar.id == "total" and len(figure.bars) > 1 else 0
    plot = Plot(tuple(rows), left, right, top, y, above)
    _draw_labels(canvas, plot, reading, left - 12 - inset[0])
    _draw_columns(canvas, plot, columns, widths)
    return plot


def _draw_heads(canvas: Canvas, columns: Sequence[SideColumn], widths: Sequence[float], top: float, x: float) -> float:
    if not columns:
        return top
    texts = [wrap(c.head, HEAD.size, w - 8, most=5) for c, w in zip(columns, widths, strict=True)]
    tall = max(len(t) for t in texts) * HEAD.leading
    for column, text, wide in zip(columns, texts, widths, strict=True):
        canvas.lines(x + wide / 2, top + tall - len(text) * HEAD.leading, text, HEAD, column.head)
        x += wide
    return top + tall + 5


def _draw_labels(canvas: Canvas, plot: Plot, reading: Reading, edge: float) -> None:
    for row in plot.rows:
        bold, words = row.bar.id == "total", reading.label(row.bar)
        if plot.above:
            canvas.lines(MARGIN, row.top, row.label, Type(LABEL.size, bold), words)
        else:
            top = row.middle - len(row.label) * LABEL.leading / 2
            canvas.lines(edge, top + 1, row.label, Type(LABEL.size, bold, anchor="end"), words)


def _draw_columns(canvas: Canvas, plot: Plot, columns: Sequence[SideColumn], widths: Sequence[float]) -> None:
    x = canvas.width - sum(widths)
    for column, wide in zip(columns, widths, strict=True):
        for row, value in zip(plot.rows, column.values, strict=True):
            canvas.text(x + wide / 2, row.middle + column.kind.size * 0.36, value, column.kind)
        x += wide


def say_empty(canvas: Canvas, plot: Plot, reading: Reading, row: Row) -> bool:
    """Write why a bar is not drawn, when none of its numbers may be; tell whether it was so."""
    cells = reading.row(row.bar)
    if any(c.value is not None for c in cells):
        return False
    words = next((c.full for c in cells if c.full), reading.say("no_data"))
    fitted = wrap(words, FOOT.size, plot.right - plot.left - 4, most=1)
    canvas.text(plot.left + 2, row.middle + 4, fitted.lines[0], FOOT, words if fitted.cut else None)
    return True
