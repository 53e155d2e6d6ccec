"""A map of territories as a Vega-Lite specification: shapes and points in kilometres on the plane, so that no projection is needed."""

from __future__ import annotations

import csv
import io
from itertools import pairwise
from typing import Any

from posad.core.reading.csvs import harmless
from posad.evidence.values import Terrain
from posad.report.svg.kinds.maps.areas import ROLES, coloured
from posad.report.svg.kinds.maps.towns import markers
from posad.report.svg.palette import LIGHT
from posad.report.svg.reading import Reading
from posad.territory.maps.thinning import thin

FINE = 10.0  # km
SYMBOLS = {
    "diamond": "diamond",
    "square": "square",
    "triangle": "triangle-up",
    "circle": "circle",
    "pentagon": "M0,-1.25L1.19,-0.39L0.73,1.01L-0.73,1.01L-1.19,-0.39Z",
    "cross": "cross",
}
PLANE = {"type": "identity", "reflectY": True}


def territory(reading: Reading) -> dict[str, Any]:
    """Return what a map adds to a specification: its data, its marks and its scales."""
    terrain = reading.figure.terrain or Terrain()
    if reading.figure.kind == "tiles":
        return _tiles(reading, terrain)
    shapes = _shapes(reading, terrain)
    if reading.figure.kind == "areas":
        return {"data": shapes, "height": 420, "projection": PLANE} | {
            "mark": {"type": "geoshape", "stroke": LIGHT["line"], "strokeWidth": 0.5},
            "encoding": {"color": _classes(reading, "properties.value")},
        }
    land = {
        "data": shapes,
        "mark": {"type": "geoshape", "fill": LIGHT["grid"], "stroke": LIGHT["line"], "strokeWidth": 0.5},
    }
    groups = reading.figure.groups
    colours = {"domain": [reading.label(g) for g in groups]}
    known = list(markers(reading).values())
    shown = {"range": [LIGHT[role] for role, _ in known]}
    shapes_ = {"range": [SYMBOLS[shape] for _, shape in known]}
    points = {
        "data": _towns(reading, terrain),
        "mark": {"type": "point", "filled": True, "opacity": 1},
        "encoding": {
            "longitude": {"field": "x", "type": "quantitative"},
            "latitude": {"field": "y", "type": "quantitative"},
            "color": {"field": "group", "type": "nominal", "title": None, "scale": colours | shown},
            "shape": {"field": "group", "type": "nominal", "title": None, "scale": colours | shapes_},
            "size": {"field": "rank", "type": "quantitative", "legend": None, "scale": {"range": [8, 90]}},
            "tooltip": [{"field": "name"}, {"field": "size"}],
        },
    }
    return {"height": 420, "projection": PLANE, "layer": [land, points]}


def _shapes(reading: Reading, terrain: Terrain) -> dict[str, Any]:
    """Return outlines as a topology on the plane, each line once, and the number of each area beside it."""
    thinned = [[(round(line[i][0]), round(line[i][1])) for i in thin(line, FINE)] for line in terrain.lines]
    values = {bar.id: reading.row(bar)[0].value for bar in reading.figure.bars}
    coloured_ = reading.figure.kind == "areas"
    made = []
    for area in terrain.areas:
        properties = {"name": area.label.get(reading.language)} | ({"value": values.get(area.bar)} if coloured_ else {})
        shape = {"type": "MultiPolygon", "arcs": _polygons(thinned, area.rings), "properties": properties}
        made.append(shape)
    arcs = [[line[0], *((b[0] - a[0], b[1] - a[1]) for a, b in pairwise(line))] for line in thinned]
    whole = {"type": "Topology", "transform": {"scale": [1, 1], "translate": [0, 0]}, "arcs": arcs}
    objects = {"objects": {"areas": {"type": "GeometryCollection", "geometries": made}}}
    return {"values": whole | objects, "format": {"type": "topojson", "feature": "areas"}}


def _polygons(lines: list[list[tuple[int, int]]], rings: tuple[tuple[int, ...], ...]) -> list[list[tuple[int, ...]]]:
    """Return rings as polygons: a clockwise ring is a hole of the polygon before it."""
    found: list[list[tuple[int, ...]]] = []
    for ring in rings:
        points: list[tuple[int, int]] = []
        for i in ring:
            points += lines[i] if i >= 0 else lines[~i][::-1]
        size = sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise([*points, points[0]]))
        if size == 0:  # too small to be seen
            continue
        if size > 0 or not found:
            found.append([ring])
        else:
            found[-1].append(ring)
    return found


def _towns(reading: Reading, terrain: Terrain) -> dict[str, Any]:
    """Return the towns as a table in CSV, which is half as long as a list of objects."""
    groups = {g.id: reading.label(g) for g in reading.figure.groups}
    ranks = [r.get(reading.language) for r in terrain.ranks]
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["name", "x", "y", "group", "rank", "size"])
    for s in terrain.spots:
        size = ranks[s.rank] if s.rank < len(ranks) else ""
        name = harmless(s.label.get(reading.language))
        writer.writerow([name, round(s.x), round(s.y), groups.get(s.group, ""), s.rank, size])
    return {"values": out.getvalue(), "format": {"type": "csv"}}


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
