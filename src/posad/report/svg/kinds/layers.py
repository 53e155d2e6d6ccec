"""A chain in layers, from above downwards: boxes of each layer side by side, arrows between neighbouring layers with their numbers.

Every arrow enters its box at a place of its own, and its number stands beside that place, so numbers cannot meet; where places are nearer
than numbers are wide, these stand one below another.
"""

from __future__ import annotations

from dataclasses import dataclass

from posad.core.numbers import number
from posad.evidence.values import Bar, Series
from posad.report.svg.canvas import Canvas, Type
from posad.report.svg.frame import foot, head
from posad.report.svg.metrics import Lines, clean, width, wrap
from posad.report.svg.reading import Cell, Reading

BOX = "grid"
NAME = Type(13, ink=f"on-{BOX}", anchor="middle")
VALUE = Type(12, bold=True)
GAP = 12.0  # between boxes of a layer
PAD = 8.0  # inside a box
MOST = 300.0  # width of a box
RISE = 34.0  # of the slanting part of an arrow
STEP = 15.0  # from number to number, one below another
TIP = 8.0
LEAN = 0.18  # where in its part of a box an arrow stands: its number stands right of it
BESIDE = 5.0  # from an arrow to its number


@dataclass(frozen=True, slots=True)
class Box:
    """Where one link stands."""

    series: Series
    label: Lines
    x: float
    y: float
    wide: float
    high: float

    def place(self, slot: int, of: int) -> float:
        """Return where the arrow of a slot meets the box: in the middle where it is the only one, else at the left of its part."""
        return self.x + self.wide * (slot + (0.5 if of == 1 else LEAN)) / of


def layers(reading: Reading, wide: float) -> str:
    """Draw a chain of layers."""
    canvas = Canvas(wide)
    y = head(canvas, reading)
    arrows = {bar.id: (bar, reading.row(bar)[0]) for bar in reading.figure.bars}
    above: list[Box] = []
    for layer in reading.figure.layers:
        boxes = _boxes(reading, layer, wide, 0.0)
        into = [
            [arrows[f"{b.series.id}.{t.series.id}"] for b in above if f"{b.series.id}.{t.series.id}" in arrows]
            for t in boxes
        ]
        lanes = max((_lanes(reading, t, cells) for t, cells in zip(boxes, into, strict=True)), default=1)
        top = y if not above else y + RISE + lanes * STEP + TIP
        boxes = _boxes(reading, layer, wide, top)
        for target in boxes:
            _arrows(canvas, reading, above, target, boxes, lanes)
        for box in boxes:
            canvas.rect(box.x, box.y, box.wide, box.high, BOX, reading.label(box.series), radius=6)
            start = box.y + (box.high - len(box.label) * NAME.leading) / 2
            canvas.lines(box.x + box.wide / 2, start, box.label, NAME, reading.label(box.series))
        y = max((b.y + b.high for b in boxes), default=y)
        above = boxes
    return foot(canvas, reading, y + 6)


def _boxes(reading: Reading, layer: tuple[Series, ...], wide: float, top: float) -> list[Box]:
    count = max(len(layer), 1)
    own = min((wide - 2 - GAP * (count - 1)) / count, MOST)
    left = (wide - own * count - GAP * (count - 1)) / 2
    labels = [wrap(clean(reading.label(s)), NAME.size, own - 2 * PAD, most=5) for s in layer]
    high = max((len(t) for t in labels), default=1) * NAME.leading + 2 * PAD
    return [
        Box(s, t, left + k * (own + GAP), top, own, high) for k, (s, t) in enumerate(zip(layer, labels, strict=True))
    ]


def _lanes(reading: Reading, target: Box, cells: list[tuple[Bar, Cell]]) -> int:
    """Return how many rows the numbers at a box need: one where each has room in its part of the box, else one for each."""
    room = target.wide / max(len(cells), 1) * (1 - (0.5 if len(cells) == 1 else LEAN)) - BESIDE - 1
    widest = max((width(_words(reading, c), VALUE.size, bold=True) for _, c in cells), default=0.0)
    return 1 if widest <= room else len(cells)


def _arrows(canvas: Canvas, reading: Reading, above: list[Box], target: Box, beside: list[Box], lanes: int) -> None:
    """Draw the arrows into a box: a slant from their source, a straight end with the number beside it."""
    bars = {bar.id: bar for bar in reading.figure.bars}
    coming = [b for b in above if f"{b.series.id}.{target.series.id}" in bars]
    for slot, source in enumerate(coming):
        bar = bars[f"{source.series.id}.{target.series.id}"]
        cell = reading.row(bar)[0]
        if cell.value is None:
            continue
        going = [t for t in beside if f"{source.series.id}.{t.series.id}" in bars]
        start = source.place(going.index(target), len(going))
        end, bend = target.place(slot, len(coming)), target.y - TIP - lanes * STEP
        role = "negative-2" if cell.value < 0 else "bar"
        dashed = bar.group != "certain"
        canvas.line(start, source.y + source.high, end, bend, role, 1.8, dashed)
        canvas.line(end, bend, end, target.y - TIP, role, 1.8, dashed)
        canvas.mark("down", end, target.y - TIP / 2, TIP / 2, role, reading.tip(bar, reading.figure.series[0], cell))
        words = _words(reading, cell)
        fits = end + BESIDE + width(words, VALUE.size, bold=True) < canvas.width - 2
        kind = VALUE if fits else Type(VALUE.size, VALUE.bold, anchor="end")
        canvas.text(end + (BESIDE if fits else -BESIDE), bend + 11 + (slot % lanes) * STEP, words, kind, halo=True)


def _words(reading: Reading, cell: Cell) -> str:
    """Return a number as it stands on an arrow: two decimals, for arrows are seldom as large as one."""
    return number(cell.value, reading.language, 2) if cell.value is not None else cell.full
