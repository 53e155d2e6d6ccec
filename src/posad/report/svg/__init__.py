"""Charts as SVG, drawn by our own hand.

The picture is laid out from text widths kept in the code, so it is the same everywhere; two widths are made for each figure, one
for a page and one for a phone. To add a kind of chart: 1. its name in ``evidence.values.FigureKind``; 2. a file in ``kinds`` that
draws it from a :class:`~posad.report.svg.reading.Reading`; 3. a case in :func:`draw`; 4. its boxes in the browser test.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import assert_never

from posad.core.words import Language
from posad.evidence.values import Fact, Figure

PAGE, PHONE = 760, 360


def draw(figure: Figure, facts: Mapping[str, Fact], language: Language, width: float = PAGE) -> str:
    """Return a figure as an SVG picture.

    Args:
        figure: what to draw, as addresses of numbers.
        facts: the numbers by address.
        language: the language of labels and numbers.
        width: the width of the picture; below 560 row labels stand over the bars.
    """
    from posad.report.svg.kinds.bars import diverging, stacked
    from posad.report.svg.kinds.columns import columns
    from posad.report.svg.kinds.dots import dots
    from posad.report.svg.kinds.forest import forest
    from posad.report.svg.kinds.layers import layers
    from posad.report.svg.kinds.maps import territory
    from posad.report.svg.kinds.pointmap import pointmap
    from posad.report.svg.kinds.ranked import ranked
    from posad.report.svg.reading import read

    reading = read(figure, facts, language)
    match figure.kind:
        case "stacked":
            return stacked(reading, width)
        case "diverging":
            return diverging(reading, width)
        case "ranked":
            return ranked(reading, width)
        case "dots":
            return dots(reading, width)
        case "columns":
            return columns(reading, width)
        case "map":
            return pointmap(reading, width)
        case "forest":
            return forest(reading, width)
        case "layers":
            return layers(reading, width)
        case "towns" | "areas" | "tiles":
            return territory(reading, width)
        case _:
            assert_never(figure.kind)
