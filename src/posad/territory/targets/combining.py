"""Towns added up to cells of district × size × sex × age, with labelled stand-ins for towns whose ages are not known.

A town has the make-up of its municipality times its own people: a municipal district stands for the towns in it. Where that is
missing: the region by another table; the covered towns of the district (their share of all bands together, and the make-up of those
of the same size); all covered towns; the country. Each town says which.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from posad.study.frame.plan.values import Cell
from posad.territory.targets.values import Bands, TownAges

LEVELS = ("own", "region", "district", "towns", "country")


@dataclass(frozen=True, slots=True)
class Whole:
    """A town as a whole: where it lies and how many people it has."""

    id: str
    region: str
    district: str
    size: str
    people: int


@dataclass(frozen=True, slots=True)
class StandIns:
    """What stands in for a municipality: regions by code, the country."""

    regions: Mapping[str, Bands]
    country: Bands | None = None


def cover(towns: Iterable[Whole], own: Mapping[str, Bands], others: StandIns) -> tuple[TownAges, ...]:
    """Return every town with its make-up and where that comes from; towns for which nothing stands are left out."""
    listed = tuple(towns)
    known: dict[str, TownAges] = {}
    for town in listed:
        bands = own.get(town.id)
        level = "own"
        if bands is None:
            bands, level = others.regions.get(town.region), "region"
        if bands is not None and bands.inside and bands.all_ages:
            known[town.id] = _with(town, bands, level)
    means = _Means([t for t in known.values() if t.level == "own"])
    found = []
    for town in listed:
        one = known.get(town.id) or means.stand_for(town)
        if one is None and others.country is not None:
            one = _with(town, others.country, "country")
        if one is not None:
            found.append(one)
    return tuple(found)


def _with(town: Whole, bands: Bands, level: str) -> TownAges:
    adults = town.people * bands.inside / bands.all_ages
    shares = {k: n / bands.inside for k, n in bands.people.items()}
    return TownAges(town.id, town.district, town.size, town.people, adults, shares, level)


class _Means:
    """Sums of the covered towns by district and size, by district, and of all."""

    def __init__(self, towns: list[TownAges]) -> None:
        self.people: dict[Cell, float] = {}
        self.adults: dict[Cell, float] = {}
        self.parts: dict[Cell, dict[tuple[str, str], float]] = {}
        for town in towns:
            for key in ((town.district, town.size), (town.district,), ()):
                self.people[key] = self.people.get(key, 0.0) + town.people
                self.adults[key] = self.adults.get(key, 0.0) + town.adults
                parts = self.parts.setdefault(key, {})
                for k, share in town.shares.items():
                    parts[k] = parts.get(k, 0.0) + share * town.adults

    def stand_for(self, town: Whole) -> TownAges | None:
        """Return a town with the make-up of those like it."""
        key: Cell = (town.district,) if self.adults.get((town.district,)) else ()
        if not self.adults.get(key):
            return None
        like: Cell = (town.district, town.size) if self.adults.get((town.district, town.size)) else key
        adults = town.people * self.adults[key] / self.people[key]
        shares = {k: n / self.adults[like] for k, n in self.parts[like].items()}
        level = "district" if key else "towns"
        return TownAges(town.id, town.district, town.size, town.people, adults, shares, level)


def cells_of(towns: Iterable[TownAges]) -> dict[Cell, float]:
    """Return people of all bands by district × size × sex × band."""
    found: dict[Cell, float] = {}
    for town in towns:
        for (sex, band), share in town.shares.items():
            key = (town.district, town.size, sex, band)
            found[key] = found.get(key, 0.0) + town.adults * share
    return found


def shares_of(towns: Iterable[TownAges]) -> dict[tuple[str, str], float]:
    """Return the share of each sex and band among the people of all bands of some towns, weighted by these people."""
    sums: dict[tuple[str, str], float] = {}
    for town in towns:
        for key, share in town.shares.items():
            sums[key] = sums.get(key, 0.0) + share * town.adults
    whole = sum(sums.values())
    return {key: n / whole for key, n in sums.items()} if whole else {}
