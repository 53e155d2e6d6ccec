"""Maps of territories: towns over outlines, coloured areas, tiles.

To add a kind of map: 1. its name in ``FigureKind`` and its terrain in ``evidence.territory.figures``; 2. a file here that draws it on a
:class:`~posad.report.svg.kinds.maps.ground.Fit`; 3. a case in ``svg.draw``; 4. its boxes in the browser test.
"""

from posad.report.svg.reading import Reading


def territory(reading: Reading, wide: float) -> str:
    """Draw a map of territories."""
    from posad.report.svg.kinds.maps.areas import areas, tiles
    from posad.report.svg.kinds.maps.towns import towns

    if reading.figure.kind == "towns":
        return towns(reading, wide)
    return areas(reading, wide) if reading.figure.kind == "areas" else tiles(reading, wide)
