"""A map of territories as a Vega-Lite specification: shapes and points in kilometres on the plane, so that no projection is needed."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from posad.evidence.values import Terrain
from posad.report.svg.kinds.maps.areas import ROLES, coloured
from posad.report.svg.kinds.maps.towns import markers
from posad.report.svg.palette import LIGHT
from posad.report.svg.reading import Reading
from posad.territory.maps.thinning import thin

FINE = 4.0  # km
PLANE = {"type": "identity", "reflectY": True}


def territory(reading: Reading) -> dict[str, Any]:
    """Return what a map adds to a specification: its data, its marks and its scales."""
    terrain = reading.figure.terrain or Terrain()
    if reading.figure.kind == "tiles":
        return _tiles(reading, terrain)
    shapes = _shapes(reading, terrain)
    if reading.figure.kind == "areas":
        return {"data": {"values": shapes}, "height": 420, "projection": PLANE} | {
            "mark": {"type": "geoshape", "stroke": LIGHT["line"], "strokeWidth": 0.5},
            "encoding": {"color": _classes(reading, "properties.value")},
        }
    land = {
        "data": {"values": shapes},
        "mark": {"type": "geoshape", "fill": LIGHT["grid"], "stroke": LIGHT["line"], "strokeWidth": 0.5},
    }
    groups = reading.figure.groups
    colours = {"domain": [reading.label(g) for g in groups]}
    shown = {"range": [LIGHT[role] for role, _ in markers(reading).values()]}
    points = {
        "data": {"values": _towns(reading, terrain)},
        "mark": {"type": "circle", "opacity": 1},
        "encoding": {
            "longitude": {"field": "x", "type": "quantitative"},
            "latitude": {"field": "y", "type": "quantitative"},
            "color": {"field": "group", "type": "nominal", "title": None, "scale": colours | shown},
            "size": {"field": "rank", "type": "ordinal", "legend": None},
            "tooltip": [{"field": "name"}, {"field": "size"}],
        },
    }
    return {"height": 420, "projection": PLANE, "layer": [land, points]}


def _shapes(reading: Reading, terrain: Terrain) -> list[dict[str, Any]]:
    thinned = [[line[i] for i in thin(line, FINE)] for line in terrain.lines]
    values = {bar.id: reading.row(bar)[0].value for bar in reading.figure.bars}
    found = []
    for area in terrain.areas:
        rings = [_ring(thinned, ring) for ring in area.rings]
        properties = {"id": area.id, "name": area.label.get(reading.language), "value": values.get(area.bar)}
        polygons = _polygons([r for r in rings if len(r) >= 4])
        geometry = {"type": "MultiPolygon", "coordinates": polygons}
        found.append({"type": "Feature", "properties": properties, "geometry": geometry})
    return found


def _ring(lines: list[list[tuple[float, float]]], ring: tuple[int, ...]) -> list[list[float]]:
    points: list[tuple[float, float]] = []
    for i in ring:
        line = lines[i] if i >= 0 else lines[~i][::-1]
        points += line[1:] if points else line
    return [[round(x), round(y)] for x, y in points]


def _polygons(rings: list[list[list[float]]]) -> list[list[list[list[float]]]]:
    """Return rings as polygons: a clockwise ring is a hole of the polygon before it."""
    found: list[list[list[list[float]]]] = []
    for ring in rings:
        along = sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise(ring)) > 0
        if along or not found:
            found.append([ring])
        else:
            found[-1].append(ring)
    return found


def _towns(reading: Reading, terrain: Terrain) -> list[dict[str, Any]]:
    groups = {g.id: reading.label(g) for g in reading.figure.groups}
    ranks = [r.get(reading.language) for r in terrain.ranks]
    return [
        {
            "name": s.label.get(reading.language),
            "x": s.x,
            "y": s.y,
            "group": groups.get(s.group, ""),
            "rank": s.rank,
            "size": ranks[s.rank] if s.rank < len(ranks) else "",
        }
        for s in terrain.spots
    ]


def _tiles(reading: Reading, terrain: Terrain) -> dict[str, Any]:
    values = {bar.id: reading.row(bar)[0].value for bar in reading.figure.bars}
    listed = [{"name": t.short, "column": t.column, "row": t.row, "value": values.get(t.bar)} for t in terrain.tiles]
    at = {
        "x": {"field": "column", "type": "ordinal", "axis": None},
        "y": {"field": "row", "type": "ordinal", "axis": None},
    }
    return {"data": {"values": listed}, "height": 360, "encoding": at} | {
        "layer": [
            {"mark": "rect", "encoding": {"color": _classes(reading, "value")}},
            {"mark": {"type": "text", "fontSize": 11}, "encoding": {"text": {"field": "name"}}},
        ]
    }


def _classes(reading: Reading, field: str) -> dict[str, Any]:
    """Return colours by the classes that the picture has."""
    classes = coloured(reading).classes
    steps = [LIGHT[r] for r in ROLES.get(len(classes), ROLES[1])]
    scale = {"type": "threshold", "domain": list(classes.bounds[1:-1]), "range": steps}
    return {"field": field, "type": "quantitative", "title": None, "scale": scale}
