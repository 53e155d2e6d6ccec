"""Where territories and outlines lie on the sheet: kilometres on a plane that keeps areas."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import cast

from posad.core.problems import Problem
from posad.evidence.territory.groups import Grouped, region_name
from posad.evidence.values import Area, Spot, Terrain, Tile
from posad.study.frame.boundaries import Boundaries, read_boundaries
from posad.study.frame.counting import size_of
from posad.study.frame.plan.mapping import MapPlan
from posad.study.frame.values import Frame, Territory
from posad.study.plans.values import Study
from posad.territory.maps.projection import Albers, projection_for, run_on
from posad.territory.maps.tiles import tiles

Plane = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Ground:
    """The outlines of a study, if it has any, and how places come onto the sheet."""

    frame: Frame
    boundaries: Boundaries | None
    projection: Albers


def ground_of(study: Study, frame: Frame) -> tuple[Ground, list[Problem]]:
    """Return the outlines of a study and its projection, read once for all of its maps."""
    kept = study.memo.get("ground")
    if not isinstance(kept, tuple):
        boundaries, problems = read_boundaries(Path(study.folder), frame.country)
        places = [
            (run_on(t.longitude), t.latitude)
            for t in frame.territories
            if t.longitude is not None and t.latitude is not None
        ]
        if boundaries is not None:
            places += [p for line in boundaries.lines for p in line]
        kept = Ground(frame, boundaries, projection_for(frame.country, places)), problems
        study.memo["ground"] = kept
    ground, problems = kept
    return ground, problems


def district_of(frame: Frame) -> dict[str, str]:
    """Return the district of each region."""
    return {region: d.id for d in frame.districts for region in d.regions}


def areas_of(ground: Ground, plan: MapPlan, bars: Mapping[str, str]) -> tuple[Area, ...]:
    """Return the outlines of a map; ``bars`` are by region the bar whose number colours it."""
    districts = district_of(ground.frame)
    found = []
    for outline in ground.boundaries.outlines if ground.boundaries is not None else ():
        if outline.id in plan.without:
            continue
        label = region_name(ground.frame, outline.id)
        panel = districts.get(outline.id, "") if plan.panels else ""
        rings = tuple(ring for polygon in outline.polygons for ring in polygon)
        found.append(Area(outline.id, label, rings, bars.get(outline.id, ""), panel))
    return tuple(found)


def spots_of(
    ground: Ground, plan: MapPlan, groups: Iterable[Grouped], among: frozenset[str] | None
) -> tuple[Spot, ...]:
    """Return the towns of a map that have coordinates, each once, in its first group."""
    group: dict[str, str] = {}
    for one in groups:
        for id in one.members:
            group.setdefault(id, one.id)
    ranks = {s.id: n for n, s in enumerate(ground.frame.sizes)}
    found = []
    for t in ground.frame.territories:
        if t.longitude is None or t.latitude is None or (among is not None and t.id not in among):
            continue
        x, y = ground.projection.forward(run_on(t.longitude), t.latitude)
        size = size_of(ground.frame, t)
        rank = ranks[size.id] if size is not None else 0
        panel = t.district if plan.panels else ""
        found.append(Spot(t.id, t.name, round(x, 2), round(y, 2), group.get(t.id, ""), rank, panel))
    return tuple(found)


def lines_of(study: Study, ground: Ground) -> tuple[tuple[Plane, ...], ...]:
    """Return the outlines' lines on the plane, the same for all maps of a study."""
    kept = study.memo.get("lines")
    if ground.boundaries is None:
        return ()
    if not isinstance(kept, tuple) or kept[0] is not ground:
        project = ground.projection.line
        lines = tuple(tuple((round(x, 2), round(y, 2)) for x, y in project(li)) for li in ground.boundaries.lines)
        study.memo["lines"] = kept = ground, lines
    return cast(tuple[tuple[Plane, ...], ...], kept[1])


def largest(frame: Frame, among: Iterable[str], most: int) -> tuple[str, ...]:
    """Return the ids of the largest towns, the largest first."""
    chosen = set(among)

    def people(t: Territory) -> tuple[int, str]:
        return -t.people.get(frame.population, 0), t.id

    return tuple(t.id for t in sorted((t for t in frame.territories if t.id in chosen), key=people)[:most])


def tiles_of(ground: Ground, plan: MapPlan) -> tuple[Tile, ...]:
    """Return a square for each region, by the middle of its largest piece."""
    middles: dict[str, Plane] = {}
    for outline in ground.boundaries.outlines if ground.boundaries is not None else ():
        if outline.id not in plan.without and ground.boundaries is not None:
            rings = [ground.projection.line(ground.boundaries.ring(q[0])) for q in outline.polygons]
            middles[outline.id] = middle(max(rings, key=lambda r: abs(size(r))))
    return tuple(Tile(id, id.rpartition("-")[2], c, r) for id, (c, r) in tiles(middles).items())


def size(ring: list[Plane]) -> float:
    """Return the signed area inside a closed line."""
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise(ring)) / 2


def middle(ring: list[Plane]) -> Plane:
    """Return the centre of gravity of the area inside a closed line."""
    whole = size(ring)
    pairs = [(a, b, a[0] * b[1] - b[0] * a[1]) for a, b in pairwise(ring)]
    return (
        sum((a[0] + b[0]) * cross for a, b, cross in pairs) / (6 * whole),
        sum((a[1] + b[1]) * cross for a, b, cross in pairs) / (6 * whole),
    )


__all__ = ["Ground", "Terrain", "areas_of", "district_of", "ground_of", "largest", "lines_of", "spots_of", "tiles_of"]
