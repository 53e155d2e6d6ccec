"""How wide a text is, and where it breaks: lines are laid out by us, never by the viewer.

Widths come from a baked table of Liberation Sans, which Arial and Helvetica share. Characters outside it are given a generous
width, so that an unknown script or a pictogram may leave a little air but never runs into its neighbour.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import cache

from posad.report.svg.widths import BOLD, REGULAR, UNITS

ELLIPSIS = "…"
_OVERRIDES = frozenset("\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff")


@dataclass(frozen=True, slots=True)
class Lines:
    """A text broken into lines; ``cut`` tells that its end did not fit and gave way to an ellipsis."""

    lines: tuple[str, ...]
    cut: bool = False

    def __len__(self) -> int:
        return len(self.lines)


def clean(text: str) -> str:
    r"""Return the text as one line that is safe in XML: no control characters, no direction overrides, single spaces.

    No-break spaces stay.

    >>> clean("one\n two\x00")
    'one two'
    """
    if text.isprintable() and "  " not in text and text.strip(" ") == text:
        return text
    kept = (" " if c in "\t\n\r\u2028\u2029" else c for c in text if _printable(c))
    return " ".join(part for part in "".join(kept).split(" ") if part)


def _printable(c: str) -> bool:
    if c in "\t\n\r":
        return True
    if c in _OVERRIDES or c in "\ufffe\uffff":
        return False
    return unicodedata.category(c) not in {"Cc", "Cs", "Cn"}


@cache
def _table(bold: bool) -> dict[str, int]:
    return {c: units for units, characters in (BOLD if bold else REGULAR).items() for c in characters}


def _advance(c: str, table: dict[str, int]) -> float:
    known = table.get(c)
    if known is not None:
        return known
    if unicodedata.category(c) in {"Mn", "Me", "Cf"}:
        return 0
    wide = unicodedata.east_asian_width(c) in {"W", "F"} or ord(c) > 0xFFFF
    return UNITS * (1.4 if wide else 0.9)


def width(text: str, size: float, bold: bool = False) -> float:
    """Return the width of a text in the units of the picture.

    >>> width("00", 10)
    11.123046875
    """
    table = _table(bold)
    return sum(_advance(c, table) for c in text) * size / UNITS


def _pieces(word: str, size: float, limit: float, bold: bool) -> list[str]:
    """Break a word that is wider than the line, by characters."""
    if width(word, size, bold) <= limit:
        return [word]
    pieces, piece, table, used = [], "", _table(bold), 0.0
    for c in word:
        step = _advance(c, table) * size / UNITS
        if piece and used + step > limit:
            pieces.append(piece)
            piece, used = "", 0.0
        piece += c
        used += step
    return [*pieces, piece]


def _cut(line: str, size: float, limit: float, bold: bool) -> str:
    while line and width(line + ELLIPSIS, size, bold) > limit:
        line = line[:-1]
    return line.rstrip() + ELLIPSIS


def wrap(text: str, size: float, limit: float, *, bold: bool = False, most: int = 99) -> Lines:
    """Break a text into lines no wider than ``limit``; after ``most`` lines it ends in an ellipsis.

    >>> wrap("one two three", 10, 40).lines
    ('one two', 'three')
    >>> wrap("one two three", 10, 40, most=1)
    Lines(lines=('one tw…',), cut=True)
    """
    lines: list[str] = []
    for word in clean(text).split(" "):
        for number, piece in enumerate(_pieces(word, size, limit, bold)):
            joined = f"{lines[-1]} {piece}" if lines else piece
            if lines and number == 0 and width(joined, size, bold) <= limit:
                lines[-1] = joined
            elif piece:
                lines.append(piece)
        if len(lines) > most:
            break
    if len(lines) <= most:
        return Lines(tuple(lines) or ("",))
    last = _cut(f"{lines[most - 1]} {lines[most]}", size, limit, bold)
    return Lines((*lines[: most - 1], last), cut=True)
