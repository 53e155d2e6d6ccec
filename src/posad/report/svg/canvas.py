"""A sheet to draw on: every element leaves it escaped, rounded and named by role.

It is the only file that writes SVG tags. No scripts, no styles, no ids but those of the title and the description: a picture
can be put into a page many times over, saved, or given to another program.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise

from posad.report.svg.metrics import Lines, clean
from posad.report.svg.palette import LIGHT, ink_on

FONT = "Liberation Sans, Arial, Helvetica, sans-serif"
MARGIN = 1.0  # letters such as w, j and ¼ are drawn up to this far outside the advance width that lines are measured by
_POLYGONS = {
    "diamond": ((0, -1.3), (1.3, 0), (0, 1.3), (-1.3, 0)),
    "square": ((-1, -1), (1, -1), (1, 1), (-1, 1)),
    "down": ((-1.25, -1), (1.25, -1), (0, 1)),
    "triangle": ((0, -1.25), (1.2, 0.95), (-1.2, 0.95)),
    "pentagon": ((0, -1.25), (1.19, -0.39), (0.73, 1.01), (-0.73, 1.01), (-1.19, -0.39)),
    "cross": (
        (-0.42, -1.2), (0.42, -1.2), (0.42, -0.42), (1.2, -0.42), (1.2, 0.42), (0.42, 0.42),
        (0.42, 1.2), (-0.42, 1.2), (-0.42, 0.42), (-1.2, 0.42), (-1.2, -0.42), (-0.42, -0.42),
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Type:
    """How a text is set: size, weight, ink, side it hangs from. An ink ``on-ROLE`` is chosen by contrast with that role."""

    size: float = 13
    bold: bool = False
    ink: str = "ink"
    anchor: str = "start"

    @property
    def leading(self) -> float:
        """The step from line to line."""
        return round(self.size * 1.28, 1)


def fixed(value: float) -> str:
    """Return a coordinate with at most one decimal.

    >>> fixed(2.0), fixed(-0.04), fixed(1.26)
    ('2', '0', '1.3')
    """
    text = f"{value:.1f}"
    text = text.removesuffix(".0")
    return "0" if text == "-0" else text


def colour_of(ink: str) -> str:
    """Return the light colour of a role, or of an ink on a role."""
    return ink_on(LIGHT[ink[3:]]) if ink.startswith("on-") else LIGHT[ink]


def _with_tip(shape: str, radius: float, x: float, y: float, tip: str) -> str:
    """Return a marker with words over it."""
    if shape == "circle":
        return f'<circle cx="{fixed(x)}" cy="{fixed(y)}" r="{radius * 1.1:.2f}">{_tip(tip)}</circle>'
    return f'<path d="{_stroke(shape, radius, x, y)}">{_tip(tip)}</path>'


def _stroke(shape: str, radius: float, x: float, y: float) -> str:
    """Return the outline of a marker, as a part of a larger drawing."""
    if shape == "circle":
        r, across = f"{radius * 1.1:.2f}", f"{radius * 2.2:.2f}"
        return f"M{fixed(x - radius * 1.1)} {fixed(y)}a{r} {r} 0 1 0 {across} 0a{r} {r} 0 1 0-{across} 0z"
    points = [(radius * a, radius * b) for a, b in _POLYGONS[shape]]
    steps = " ".join(f"{fixed(b[0] - a[0])} {fixed(b[1] - a[1])}" for a, b in pairwise(points))
    return f"M{fixed(x + points[0][0])} {fixed(y + points[0][1])}l{steps}z"


def _tip(tip: str | None) -> str:
    return f"<title>{escape(clean(tip))}</title>" if tip else ""


class Canvas:
    """A picture being drawn; elements are kept in the order of drawing."""

    def __init__(self, width: float) -> None:
        self.width = width
        self._parts: list[str] = []

    @property
    def room(self) -> float:
        """The longest line of text the picture takes from its margin on; accents lean out on the right, so it ends one unit early."""
        return self.width - 3 * MARGIN

    def rect(
        self, x: float, y: float, w: float, h: float, role: str, tip: str | None = None, radius: float = 0
    ) -> None:
        """Draw a rectangle."""
        corner = f' rx="{fixed(radius)}"' if radius else ""
        self._parts.append(
            f'<rect x="{fixed(x)}" y="{fixed(y)}" width="{fixed(max(w, 0))}" height="{fixed(h)}"{corner}'
            f' class="f-{role}" fill="{LIGHT[role]}">{_tip(tip)}</rect>'
        )

    def line(
        self, x1: float, y1: float, x2: float, y2: float, role: str = "line", thick: float = 1, dashed: bool = False
    ) -> None:
        """Draw a straight line."""
        broken = ' stroke-dasharray="5 4"' if dashed else ""
        self._parts.append(
            f'<line x1="{fixed(x1)}" y1="{fixed(y1)}" x2="{fixed(x2)}" y2="{fixed(y2)}"'
            f' class="s-{role}" stroke="{LIGHT[role]}" stroke-width="{fixed(thick)}"{broken}/>'
        )

    def path(self, drawing: str, role: str, tip: str | None = None) -> None:
        """Draw closed lines as one shape with a thin edge of paper; holes are left open."""
        self._parts.append(
            f'<path d="{drawing}" class="f-{role} s-line" fill="{LIGHT[role]}" stroke="{LIGHT["line"]}"'
            f' stroke-width="0.5" stroke-linejoin="round" fill-rule="evenodd">{_tip(tip)}</path>'
        )

    def text(self, x: float, y: float, words: str, kind: Type, tip: str | None = None, halo: bool = False) -> None:
        """Set one line of text on the baseline ``y``, with ``halo`` edged with paper where it stands on a drawing."""
        anchor = "" if kind.anchor == "start" else f' text-anchor="{kind.anchor}"'
        weight = ' font-weight="700"' if kind.bold else ""
        ink = kind.ink if kind.ink.startswith("on-") else f"f-{kind.ink}"
        edge = ""
        if halo:
            ink += " s-paper"
            edge = f' stroke="{LIGHT["paper"]}" stroke-width="3" stroke-linejoin="round" paint-order="stroke"'
        self._parts.append(
            f'<text x="{fixed(x)}" y="{fixed(y)}" font-size="{fixed(kind.size)}"{anchor}{weight}{edge}'
            f' class="{ink}" fill="{colour_of(kind.ink)}">{escape(words)}{_tip(tip)}</text>'
        )

    def lines(self, x: float, top: float, text: Lines, kind: Type, tip: str | None = None) -> float:
        """Set lines of text downwards from ``top`` and return where they end."""
        for number, line in enumerate(text.lines):
            self.text(x, top + kind.size * 0.98 + number * kind.leading, line, kind, tip if text.cut else None)
        return top + len(text) * kind.leading

    def mark(self, shape: str, x: float, y: float, radius: float, role: str, tip: str | None = None) -> None:
        """Draw a marker with a thin edge of paper, so that neighbours stay apart."""
        style = f'class="f-{role} s-paper" fill="{LIGHT[role]}" stroke="{LIGHT["paper"]}" stroke-width="1"'
        if shape == "circle":
            body = f'<circle cx="{fixed(x)}" cy="{fixed(y)}" r="{fixed(radius * 1.1)}" {style}>{_tip(tip)}</circle>'
        else:
            points = " ".join(f"{fixed(x + radius * a)},{fixed(y + radius * b)}" for a, b in _POLYGONS[shape])
            body = f'<polygon points="{points}" {style}>{_tip(tip)}</polygon>'
        self._parts.append(body)

    def marks(
        self, shape: str, radius: float, role: str, places: Sequence[tuple[float, float, str]], edge: float
    ) -> None:
        """Draw many markers of one kind: x, y and the words over each; those without words are one shape together."""
        style = f'class="f-{role} s-paper" fill="{LIGHT[role]}" stroke="{LIGHT["paper"]}" stroke-width="{fixed(edge)}"'
        told = "".join(_with_tip(shape, radius, *place) for place in places if place[2])
        silent = "".join(_stroke(shape, radius, x, y) for x, y, tip in places if not tip)
        self._parts.append(f"<g {style}>{told}</g>" if told else "")
        self._parts.append(f'<path {style} d="{silent}"/>' if silent else "")

    def area(self, points: Sequence[tuple[float, float]], role: str) -> None:
        """Draw a closed shape as a faint area with a thin edge, so that what lies under it is seen."""
        listed = " ".join(f"{fixed(x)},{fixed(y)}" for x, y in points)
        self._parts.append(
            f'<polygon points="{listed}" class="f-{role} s-{role}" fill="{LIGHT[role]}" fill-opacity="0.14"'
            f' stroke="{LIGHT[role]}" stroke-width="0.8" stroke-opacity="0.7"/>'
        )

    def document(self, height: float, id: str, title: str, description: str) -> str:
        """Return the finished picture."""
        w, h = fixed(self.width), fixed(height)
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {w} {h}" width="{w}" height="{h}" role="img"'
            f' aria-labelledby="{id}-t" aria-describedby="{id}-d" font-family="{FONT}" text-rendering="geometricPrecision">'
            f'<title id="{id}-t">{escape(clean(title))}</title><desc id="{id}-d">{escape(clean(description))}</desc>'
            f'<rect width="{w}" height="{h}" class="f-paper" fill="{LIGHT["paper"]}"/>{"".join(self._parts)}</svg>'
        )
