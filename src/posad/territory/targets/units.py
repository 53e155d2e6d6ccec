"""One municipality's ages checked and brought to bands.

Tables give single years and one or more open groups, which overlap (65+ beside 65, 66 … and 70+). The open group that continues
unbroken ages, the latest of them, is used; the others only check it. One missing year is what the unit's own total leaves for it,
when that is near its neighbours. Where a unit's ages miss its own total by more than the tolerance this is told, and where they
miss it grossly the unit is left out, as is a unit with missing ages.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from posad.study.frame.plan.values import Dimension
from posad.territory.targets.values import SEXES, Age, Bands, UnitAges

TOLERANCE = 0.005  # of a unit's own total
GROSS = 0.05
LIKE = 2.0  # a year filled from the total lies between 1/LIKE and LIKE times the mean of its neighbours


@dataclass(frozen=True, slots=True)
class Checked:
    """A unit in bands, or why it has none ("incomplete", "gross"); ages filled; how far it misses its own total."""

    bands: Bands | None
    why: str = ""
    filled: tuple[int, ...] = ()
    overlap: bool = False
    off: float = 0.0


def check_unit(unit: UnitAges, ages: Dimension) -> Checked:
    """Return a unit's people by sex and age band."""
    filled: set[int] = set()
    complete: dict[str, dict[Age, float]] = {}
    overlap = False
    for sex in SEXES:
        groups = {age: n for (s, age), n in unit.people.items() if s == sex}
        chosen, missing = partition(groups)
        overlap = overlap or sum(1 for _, high in groups if high is None) > 1
        if chosen is None and missing is not None:
            chosen = _filled(groups, missing, unit.totals.get(sex))
            filled.add(missing)
        if chosen is None:
            return Checked(None, "incomplete")
        complete[sex] = chosen
    sums = {sex: sum(groups.values()) for sex, groups in complete.items()}
    own = sum(unit.totals.values()) if set(unit.totals) == set(SEXES) else sum(sums.values())
    off = abs(sum(sums.values()) - own) / own if own else 1.0
    if off > GROSS:
        return Checked(None, "gross", off=off)
    people: dict[tuple[str, str], float] = {}
    for sex in SEXES:
        for band, (low, high) in ages.bounds.items():
            n = band_of(complete[sex], low, high)
            if n is None:
                return Checked(None, "incomplete")
            people[sex, band] = n
    return Checked(Bands(people, own), "", tuple(sorted(filled)), overlap, off)


def partition(groups: Mapping[Age, float]) -> tuple[dict[Age, float] | None, int | None]:
    """Return groups that cover every age from birth once, ending in an open one; else the one single year that is missing.

    >>> partition({(0, 64): 8.0, (65, None): 2.0})[0]
    {(0, 64): 8.0, (65, None): 2.0}
    """
    opens = sorted((low for low, high in groups if high is None), reverse=True)
    closed = {low: (low, high) for low, high in groups if high is not None}
    missing: int | None = None
    for top in opens:
        chosen: dict[Age, float] = {}
        lost: list[int] = []
        age = 0
        while age < top and len(lost) < 2:
            group = closed.get(age)
            if group is None:
                lost.append(age)
                age += 1
                continue
            chosen[group] = groups[group]
            age = (group[1] if group[1] is not None else age) + 1
        if age == top and not lost:
            return {**chosen, (top, None): groups[top, None]}, None
        if age == top and len(lost) == 1 and missing is None:
            missing = lost[0]
    return None, missing


def _filled(groups: Mapping[Age, float], age: int, total: float | None) -> dict[Age, float] | None:
    """Return the groups with one year filled from the total, where that is like the years beside it."""
    beside = [groups[a, a] for a in (age - 1, age + 1) if (a, a) in groups]
    if total is None or len(beside) < 2:
        return None
    trial, _ = partition({**groups, (age, age): 0.0})
    if trial is None:
        return None
    rest = total - sum(trial.values())
    mean = sum(beside) / 2
    return {**trial, (age, age): rest} if mean / LIKE <= rest <= mean * LIKE else None


def band_of(groups: Mapping[Age, float], low: int, high: int | None) -> float | None:
    """Return the people of a band; a group that the band cuts gives the part of its years, an open one cannot be cut.

    >>> band_of({(15, 19): 10.0, (20, 24): 20.0, (25, None): 70.0}, 18, 24)
    24.0
    """
    found = 0.0
    for (first, last), n in groups.items():
        if high is not None and first > high:
            continue
        if last is None:
            if high is not None or low > first:
                return None
            found += n
        elif last >= low:
            years = min(last, high if high is not None else last) - max(first, low) + 1
            found += n * years / (last - first + 1)
    return found
