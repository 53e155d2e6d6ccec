"""Targets out of tables of ages and a frame, with everything assumed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from posad.core.place import Place
from posad.core.problems import Problem, problem
from posad.study.frame.plan.values import Dimension
from posad.study.frame.values import Frame, Territory
from posad.territory.targets.combining import LEVELS, StandIns, Whole, cells_of, cover
from posad.territory.targets.crosswalk import crosswalk
from posad.territory.targets.reading import COUNTRY
from posad.territory.targets.units import TOLERANCE, Checked, check_unit
from posad.territory.targets.values import AgeTable, AgeTargets, Bands

NAMED = 8


@dataclass(frozen=True, slots=True)
class Sources:
    """The tables at hand: ages by municipality, the dictionary of its units, ages by region, ages of the country."""

    ages: AgeTable | None
    codes: Mapping[str, tuple[str, ...]]
    regions: AgeTable | None = None
    country: AgeTable | None = None


def make_targets(
    frame: Frame, size: Dimension, ages: Dimension, sources: Sources, column: str | None = None
) -> tuple[AgeTargets | None, list[Problem]]:
    """Return people by district × size × sex × age band of the towns in the classes of ``size``.

    Args:
        frame: The towns, with their people and codes.
        size: The size classes counted; towns outside them are left out.
        ages: The age bands.
        sources: The tables of ages.
        column: The population column of the frame; its own where None.
    """
    wanted = column or frame.population
    towns = {t.id: t for t in frame.territories if _class(size, t.people.get(wanted)) is not None}
    if not towns:
        return None, [problem("ages-no-towns", frame.place, column=wanted)]
    own, problems = _own(towns, sources, ages, wanted)
    regions, wrong = _stand_ins(sources.regions, ages)
    problems += wrong
    countries, wrong = _stand_ins(sources.country, ages)
    problems += wrong
    listed = [
        Whole(t.id, t.region, t.district, _class(size, t.people[wanted]) or "", t.people[wanted])
        for t in towns.values()
    ]
    covered = cover(listed, own, StandIns(regions, countries.get(COUNTRY)))
    if not covered:
        return None, [*problems, problem("ages-nothing", frame.place)]
    counts = {
        level: (len(inside), sum(t.people for t in inside))
        for level in LEVELS
        if (inside := [t for t in covered if t.level == level])
    }
    problems += _said(counts, sum(t.people for t in listed), frame.place)
    problems += _controls(listed, covered_ids={t.id for t in covered}, place=frame.place)
    return AgeTargets(cells_of(covered), covered, counts, tuple(problems)), problems


def _class(size: Dimension, people: int | None) -> str | None:
    if people is None:
        return None
    return next((id for id, (lo, hi) in size.bounds.items() if lo <= people and (hi is None or people < hi)), None)


def _own(
    towns: Mapping[str, Territory], sources: Sources, ages: Dimension, column: str
) -> tuple[dict[str, Bands], list[Problem]]:
    """Return the bands of the municipality of each town, and what its table needed or lacks."""
    if sources.ages is None:
        return {}, []
    table = sources.ages
    found = crosswalk(towns.values(), table.units.keys(), sources.codes)
    checked = {u: check_unit(table.units[u], ages) for u in sorted(set(found.units.values()))}
    own = {t: b for t, u in found.units.items() if (b := checked[u].bands) is not None}
    problems = _unit_problems(checked, table)
    without = [towns[t].name.get("ru") for t in towns if t not in found.units]
    place = Place(table.name)
    if without:
        problems.append(problem("ages-unmatched", place, n=len(without), names=_few(without)))
    partly = [towns[t].name.get("ru") for t in own if _part(towns[t], own[t], column) < 0.7]
    if partly:
        problems.append(problem("ages-larger-unit", place, n=len(partly), all=len(own)))
    return own, problems


def _part(town: Territory, bands: Bands, column: str) -> float:
    return town.people[column] / bands.all_ages if bands.all_ages else 1.0


def _unit_problems(checked: Mapping[str, Checked], table: AgeTable) -> list[Problem]:
    """Return what the checks of the units say, one problem of each kind with the units it concerns."""
    place = Place(table.name)
    kinds = {
        "ages-incomplete": [u for u, c in checked.items() if c.why == "incomplete"],
        "ages-gross": [u for u, c in checked.items() if c.why == "gross"],
        "ages-filled": [u for u, c in checked.items() if c.bands is not None and c.filled],
        "ages-overlap": [u for u, c in checked.items() if c.bands is not None and c.overlap],
        "ages-off": [u for u, c in checked.items() if c.bands is not None and c.off > TOLERANCE],
    }
    return [
        problem(code, place, n=len(units), all=len(checked), names=_few(units), percent=100 * TOLERANCE)
        for code, units in kinds.items()
        if units
    ]


def _stand_ins(table: AgeTable | None, ages: Dimension) -> tuple[dict[str, Bands], list[Problem]]:
    if table is None:
        return {}, []
    checked = {u: check_unit(unit, ages) for u, unit in table.units.items()}
    bands = {u: c.bands for u, c in checked.items() if c.bands is not None}
    return bands, _unit_problems(checked, table)


def _said(counts: Mapping[str, tuple[int, int]], people: int, place: Place) -> list[Problem]:
    """Return how towns without ages of their own were covered."""
    return [
        problem(f"ages-by-{level}", place, n=n, percent=round(100 * inside / people, 1))
        for level, (n, inside) in counts.items()
        if level != "own"
    ]


def _controls(listed: list[Whole], covered_ids: set[str], place: Place) -> list[Problem]:
    """Tell people of the frame whom the targets leave out."""
    lost = [t for t in listed if t.id not in covered_ids]
    if not lost:
        return []
    return [problem("ages-left-out", place, n=len(lost), people=sum(t.people for t in lost))]


def _few(names: list[str]) -> str:
    return ", ".join(names[:NAMED]) + (" …" if len(names) > NAMED else "")
