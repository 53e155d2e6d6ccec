"""Whether colours can be told apart: for usual eyes and three kinds of colour blindness.

Sources: G. M. Machado, M. M. Oliveira, L. A. F. Fernandes, A Physiologically-based Model for Simulation of Color Vision Deficiency,
2009, at full severity; CIE 1976 colour difference; WCAG 2.2 for contrast.
"""

from __future__ import annotations

from functools import cache
from itertools import pairwise

from posad.evidence.values import Figure
from posad.report.svg.palette import DARK, LIGHT, contrast, known_role

Matrix = tuple[tuple[float, float, float], ...]
EYES: dict[str, Matrix] = {
    "usual eyes": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanopia": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deuteranopia": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "tritanopia": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
}
XYZ: Matrix = ((0.4124, 0.3576, 0.1805), (0.2126, 0.7152, 0.0722), (0.0193, 0.1192, 0.9505))
WHITE = (0.9505, 1.0, 1.089)
APART = 15.0  # neighbours of unordered answers and of sides
STEP = 3.0  # neighbours of an order, which lightness tells apart


def lab(colour: str, eye: str = "usual eyes") -> tuple[float, float, float]:
    """Return a colour ``#rrggbb`` in CIE L*a*b* as one kind of eye sees it.

    >>> [round(v) for v in lab("#ffffff")]
    [100, 0, 0]
    """
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4 for v in parts]
    seen = [min(max(v, 0.0), 1.0) for v in _times(EYES[eye], linear)]
    scaled = [v / w for v, w in zip(_times(XYZ, seen), WHITE, strict=True)]
    x, y, z = (v ** (1 / 3) if v > 0.008856 else 7.787 * v + 16 / 116 for v in scaled)
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def _times(matrix: Matrix, values: list[float]) -> list[float]:
    return [sum(a * v for a, v in zip(row, values, strict=True)) for row in matrix]


@cache
def difference(one: str, other: str) -> tuple[float, str]:
    """Return the least difference of two roles over all eyes and both colour schemes, and the eye that sees it so."""
    found = []
    for theme in (LIGHT, DARK):
        for eye in EYES:
            a, b = lab(theme[one], eye), lab(theme[other], eye)
            found.append((sum((p - q) ** 2 for p, q in zip(a, b, strict=True)) ** 0.5, eye))
    return min(found)


def alike(figure: Figure) -> list[tuple[str, str, str]]:
    """Return neighbouring answers whose colours are hard to tell apart, with the kind of eye; shapes beside colours need no check."""
    if figure.kind not in ("stacked", "diverging", "columns"):
        return []
    found = []
    language = figure.series[0].label.parts[0][0] if figure.series and figure.series[0].label.parts else "en"
    for one, other in pairwise(figure.series):
        roles = known_role(one.role), known_role(other.role)
        gap, eye = difference(*roles)
        if gap < (STEP if all(r.startswith("step") for r in roles) else APART):
            found.append((one.label.get(language) or one.id, other.label.get(language) or other.id, eye))
    return found


def weak_accent(accent: str) -> str:
    """Return the contrast of a study's accent with white paper where it is under 4.5, else nothing."""
    ratio = contrast(accent, LIGHT["paper"])
    return "" if ratio >= 4.5 else f"{ratio:.1f}"
