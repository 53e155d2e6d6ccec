"""Boundaries read and checked: GeoJSON or TopoJSON, longitudes first, in degrees.

A region's code is the ``id`` of its shape, or its property ``id``, ``iso``, ``iso_3166_2`` or ``code``. Rings may run either way.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from posad.core.digests import digest_bytes
from posad.core.place import Place
from posad.core.problems import Problem, problem
from posad.study.frame.boundaries.values import Boundaries, Line, Outline, Point, Ring, area, walk

BOUNDARIES = "frame/boundaries.json"
SHIPPED = {"RU": Path(__file__).with_name("ru.json")}
_CODES = ("id", "iso", "iso_3166_2", "code")
_KINDS = ("Polygon", "MultiPolygon")
SEAM = -30.0
Rings = list[list[Ring]]


class _Wrong(Exception):
    """What can't be a map; carries the problem's code and facts."""

    def __init__(self, code: str, **facts: str | int) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts


def read_boundaries(folder: Path, country: str) -> tuple[Boundaries | None, list[Problem]]:
    """Return the outlines of a study: its own file, else those that come with posad for its country, else nothing.

    Args:
        folder: The study's folder.
        country: The frame's country.
    """
    own = folder / BOUNDARIES
    if not own.exists():
        return (shipped(country), []) if country in SHIPPED else (None, [])
    try:
        found, problems = _read(own.read_bytes())
    except _Wrong as wrong:
        return None, [problem(wrong.code, Place(BOUNDARIES), **wrong.facts)]
    return found, problems


@cache
def shipped(country: str) -> Boundaries:
    """Return the outlines that come with posad."""
    return _read(SHIPPED[country].read_bytes())[0]


def _read(data: bytes) -> tuple[Boundaries, list[Problem]]:
    try:
        value = json.loads(data.decode("utf-8-sig"))
    except ValueError as broken:  # also text in another encoding
        raise _Wrong("boundaries-not-json", why=str(broken)[:120]) from broken
    kind = value.get("type") if isinstance(value, dict) else None
    if kind == "Topology":
        lines, shapes = _lines(value), _topo_shapes(value)
    elif kind in ("FeatureCollection", "Feature"):
        lines, shapes = [], _geo_shapes(value)
    else:
        raise _Wrong("boundaries-kind", found=str(kind))
    outlines, problems = _outlines(shapes, lines)
    if not outlines:
        raise _Wrong("boundaries-empty")
    about = value.get("about") if isinstance(value.get("about"), dict) else {}
    words = [str(about.get(k) or value.get(k) or "") for k in ("source", "licence")]
    return Boundaries(tuple(outlines), tuple(lines), words[0], words[1], digest_bytes(data)), problems


def _outlines(
    shapes: Iterator[tuple[str, Mapping[str, Any], int]], lines: list[Line]
) -> tuple[list[Outline], list[Problem]]:
    found: dict[str, Outline] = {}
    problems: list[Problem] = []
    for code, geometry, number in shapes:
        if geometry.get("type") not in _KINDS:
            kind = str(geometry.get("type"))
            problems.append(problem("boundaries-shape-kind", Place(BOUNDARIES), number=number, name=code, kind=kind))
            continue
        if not code:
            problems.append(problem("boundaries-code-missing", Place(BOUNDARIES), number=number))
            continue
        if code in found:
            problems.append(problem("boundaries-code-twice", Place(BOUNDARIES), number=number, name=code))
            continue
        polygons = _polygons(geometry, lines, code)
        found[code] = Outline(code, tuple(_turned(p, lines) for p in polygons if p))
    return list(found.values()), problems


def _polygons(geometry: Mapping[str, Any], lines: list[Line], code: str) -> Rings:
    """Return the rings of a shape as numbers of lines; a GeoJSON ring becomes a line of its own."""
    single = geometry["type"] == "Polygon"
    if "arcs" in geometry:
        nested = [geometry["arcs"]] if single else geometry["arcs"]
        return _checked(nested, code, lambda ring: _walk_of(ring, lines, code))
    nested = [geometry.get("coordinates")] if single else geometry.get("coordinates")

    def own(ring: Any) -> Ring:
        lines.append(_closed([_point(p, code) for p in ring], code))
        return (len(lines) - 1,)

    return _checked(nested, code, own)


def _checked(nested: Any, code: str, make: Callable[[Any], Ring]) -> Rings:
    try:
        return [[make(ring) for ring in polygon] for polygon in nested]
    except (TypeError, KeyError, IndexError, ValueError) as broken:
        raise _Wrong("boundaries-rings", name=code) from broken


def _walk_of(ring: Any, lines: Sequence[Line], code: str) -> Ring:
    walked = tuple(int(i) for i in ring)
    if any(not -len(lines) <= i < len(lines) for i in walked):
        raise _Wrong("boundaries-rings", name=code)
    points = tuple(walk(tuple(lines), walked))
    if len(points) < 4 or points[0] != points[-1]:
        raise _Wrong("boundaries-ring-open", name=code)
    return walked


def _point(pair: Any, code: str) -> Point:
    longitude, latitude = float(pair[0]), float(pair[1])
    if not (-180 <= longitude <= 360 and -90 <= latitude <= 90):
        raise _Wrong("boundaries-degrees", name=code, found=f"{longitude:g}, {latitude:g}")
    return (longitude + 360 if longitude < SEAM else longitude), latitude


def _closed(points: list[Point], code: str) -> Line:
    if len(points) < 4 or points[0] != points[-1]:
        raise _Wrong("boundaries-ring-open", name=code)
    return tuple(points)


def _turned(polygon: list[Ring], lines: list[Line]) -> tuple[Ring, ...]:
    """Return a polygon with its outer ring counter-clockwise and its holes clockwise."""
    held = tuple(lines)
    found = []
    for n, ring in enumerate(polygon):
        along = area(tuple(walk(held, ring))) > 0
        found.append(ring if along == (n == 0) else tuple(~i for i in reversed(ring)))
    return tuple(found)


def _lines(topology: Mapping[str, Any]) -> list[Line]:
    """Return the lines of a topology in degrees, undone from whole steps where it is written in them."""
    transform = topology.get("transform")
    try:
        if transform is None:
            return [tuple(_point(p, "arcs") for p in arc) for arc in topology["arcs"]]
        (sx, sy), (x0, y0) = transform["scale"], transform["translate"]
        found = []
        for arc in topology["arcs"]:
            x = y = 0
            found.append(tuple(_point((x0 + (x := x + s[0]) * sx, y0 + (y := y + s[1]) * sy), "arcs") for s in arc))
        return found
    except (TypeError, KeyError, ValueError, IndexError) as broken:
        raise _Wrong("boundaries-rings", name="arcs") from broken


def _topo_shapes(topology: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any], int]]:
    objects = topology.get("objects")
    held = list(objects.values()) if isinstance(objects, dict) else []
    listed = [g for o in held if isinstance(o, dict) for g in o.get("geometries", [o]) if isinstance(g, dict)]
    for number, geometry in enumerate(listed, 1):
        yield _code(geometry), geometry, number


def _geo_shapes(value: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any], int]]:
    features = value.get("features", []) if value["type"] == "FeatureCollection" else [value]
    for number, feature in enumerate(features if isinstance(features, list) else [], 1):
        whole = feature if isinstance(feature, dict) else {}
        shape = whole.get("geometry")
        yield _code(whole), shape if isinstance(shape, dict) else {}, number


def _code(shape: Mapping[str, Any]) -> str:
    inside = shape.get("properties")
    told = [shape.get("id"), *(inside.get(k) for k in _CODES if isinstance(inside, dict))]
    return next((str(c).strip() for c in told if c not in (None, "")), "")
