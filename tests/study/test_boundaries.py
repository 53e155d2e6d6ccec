"""Boundaries: the outlines that come with posad, a study's own file, and what can be wrong with one."""

from __future__ import annotations

import itertools
import json
from pathlib import Path
from typing import Any

import pytest

from posad.core.problems import Problem
from posad.study.frame.boundaries import BOUNDARIES, Boundaries, read_boundaries
from posad.study.frame.boundaries.reading import SHIPPED, shipped
from posad.study.frame.boundaries.values import area
from posad.study.frame.regions import regions

SQUARE = [[30, 60], [30, 61], [32, 61], [32, 60], [30, 60]]
HOLE = [[30.5, 60.2], [31, 60.2], [31, 60.5], [30.5, 60.5], [30.5, 60.2]]


def feature(code: str | None, rings: Any, kind: str = "Polygon") -> dict[str, Any]:
    """Return a GeoJSON feature."""
    return {"type": "Feature", "properties": {"iso": code}, "geometry": {"type": kind, "coordinates": rings}}


def read(folder: Path, value: object) -> tuple[Boundaries | None, list[Problem]]:
    """Return what is read from a study whose own boundaries are a value."""
    (folder / "frame").mkdir(exist_ok=True)
    text = value if isinstance(value, str) else json.dumps(value)
    (folder / BOUNDARIES).write_text(text, encoding="utf-8")
    return read_boundaries(folder, "RU")


def collection(*features: dict[str, Any]) -> dict[str, Any]:
    """Return features as one GeoJSON value."""
    return {"type": "FeatureCollection", "source": "Invented", "licence": "CC0-1.0", "features": list(features)}


def test_the_shipped_outlines_are_those_of_the_region_table() -> None:
    """There are 83 outlines, each once, all of them regions that posad knows; only Crimea and Sevastopol have none."""
    codes = [o.id for o in shipped("RU").outlines]

    assert len(codes) == len(set(codes)) == 83
    assert {c for c in regions() if c not in codes} >= {"RU-CR", "RU-SEV"}
    assert set(codes) <= set(regions())


def test_every_shipped_ring_is_closed_and_runs_the_right_way() -> None:
    """Outer rings run counter-clockwise, holes clockwise, all are closed with four points or more."""
    held = shipped("RU")
    for outline in held.outlines:
        for polygon in outline.polygons:
            for n, ring in enumerate(polygon):
                line = held.ring(ring)
                assert line[0] == line[-1]
                assert len(line) >= 4
                assert (area(line) > 0) == (n == 0)


def test_no_shipped_line_runs_along_the_date_line() -> None:
    """The cut at 180 degrees is dissolved: no stretch of any outline lies on it, and Chukotka reaches across."""
    held = shipped("RU")

    for line in held.lines:
        assert not [1 for a, b in itertools.pairwise(line) if a[0] == b[0] == 180]
    chukotka = next(o for o in held.outlines if o.id == "RU-CHU")
    mainland = max((held.ring(p[0]) for p in chukotka.polygons), key=lambda r: abs(area(r)))
    assert (min(p[0] for p in mainland) < 165, max(p[0] for p in mainland) > 189) == (True, True)


def test_the_shipped_file_says_where_it_comes_from() -> None:
    """Source, licence, checksum and day of preparation stand in the file."""
    about = json.loads(SHIPPED["RU"].read_text("utf-8"))["about"]

    assert (about["sha256"][:8], len(about["sha256"]), about["prepared"][:4]) == ("2eb623f2", 64, "2026")
    assert "public domain" in about["licence"]


def test_own_boundaries_take_the_place_of_the_shipped(tmp_path: Path) -> None:
    """A clockwise ring is turned, its hole too, and source and licence are kept."""
    found, problems = read(tmp_path, collection(feature("XX-N", [SQUARE, HOLE])))

    assert problems == []
    assert found is not None
    assert (found.source, found.licence) == ("Invented", "CC0-1.0")
    outer, hole = (found.ring(r) for r in found.outlines[0].polygons[0])
    assert area(outer) == pytest.approx(2.0)
    assert area(hole) == pytest.approx(-0.15)


def test_a_topology_shares_lines(tmp_path: Path) -> None:
    """Two regions of a TopoJSON file keep one border, walked both ways, with its whole steps undone."""
    value = {
        "type": "Topology",
        "transform": {"scale": [0.5, 0.5], "translate": [30, 60]},
        "arcs": [[[2, 0], [0, 2]], [[2, 2], [-2, 0], [0, -2], [2, 0]], [[2, 0], [2, 0], [0, 2], [-2, 0]]],
        "objects": {
            "all": {
                "type": "GeometryCollection",
                "geometries": [
                    {"type": "Polygon", "id": "W", "arcs": [[0, 1]]},
                    {"type": "Polygon", "id": "E", "arcs": [[2, -1]]},
                ],
            }
        },
    }

    found, problems = read(tmp_path, value)

    assert problems == []
    assert found is not None
    sizes = [area(found.ring(o.polygons[0][0])) for o in found.outlines]
    assert sizes == [1.0, 1.0]


def test_longitudes_beyond_the_date_line_run_on(tmp_path: Path) -> None:
    """A point at 170 west becomes 190 east."""
    found, _ = read(tmp_path, collection(feature("A", [[[-170, 60], [-168, 60], [-168, 62], [-170, 60]]])))

    assert found is not None
    assert found.lines[0][0] == (190, 60)


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("{not json", "boundaries-not-json"),
        ({"type": "Polygon"}, "boundaries-kind"),
        ([1, 2], "boundaries-kind"),
        (collection(), "boundaries-empty"),
        (collection(feature("A", [SQUARE[:3]])), "boundaries-ring-open"),
        (collection(feature("A", [SQUARE[:-1]])), "boundaries-ring-open"),
        (collection(feature("A", [[[4e6, 7e6], *SQUARE[1:]]])), "boundaries-degrees"),
        (collection(feature("A", 5)), "boundaries-rings"),
        (collection(feature("A", [["a", "b"]])), "boundaries-rings"),
        ({"type": "FeatureCollection", "features": [5, {"geometry": 7}]}, "boundaries-empty"),
        (
            {"type": "Topology", "objects": {"a": {"type": "Polygon", "id": "A", "arcs": [[9]]}}, "arcs": []},
            "boundaries-rings",
        ),
        ({"type": "Topology", "objects": {"a": 1}, "arcs": "x"}, "boundaries-rings"),
    ],
)
def test_what_is_no_map_is_refused(tmp_path: Path, value: object, code: str) -> None:
    """A broken file is told with its code and never with a traceback."""
    found, problems = read(tmp_path, value)

    assert found is None
    assert [p.code for p in problems] == [code]


def test_shapes_that_cannot_be_drawn_are_told_and_left_out(tmp_path: Path) -> None:
    """A shape without a code, a code given twice and a point are named; the rest is drawn."""
    value = collection(
        feature("A", [SQUARE]), feature(None, [SQUARE]), feature("A", [SQUARE]), feature("B", [30, 60], "Point")
    )

    found, problems = read(tmp_path, value)

    assert found is not None
    assert [o.id for o in found.outlines] == ["A"]
    assert [p.code for p in problems] == ["boundaries-code-missing", "boundaries-code-twice", "boundaries-shape-kind"]


def test_a_country_without_outlines_has_none(tmp_path: Path) -> None:
    """An invented country needs no boundaries: its map is of points."""
    assert read_boundaries(tmp_path, "Zalesye") == (None, [])
