"""Tables of ages and what is made of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from posad.core.problems import Problem
from posad.study.frame.plan.values import Cell

SEXES = ("f", "m")
Age = tuple[int, int | None]
"""The first and last year of an age group; the last is None in an open one, ``(70, None)`` for 70+."""


@dataclass(frozen=True, slots=True)
class UnitAges:
    """The people of one municipality, region or country by sex and age group, as a table gives them; its own totals by sex."""

    id: str
    people: Mapping[tuple[str, Age], float]
    totals: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class AgeTable:
    """A table of ages: its units, of one year."""

    units: Mapping[str, UnitAges]
    year: str
    name: str  # of the file, for messages


@dataclass(frozen=True, slots=True)
class Bands:
    """The make-up of a unit: people by sex and band, and people of all ages, so that a share of everybody can be taken."""

    people: Mapping[tuple[str, str], float]
    all_ages: float

    @property
    def inside(self) -> float:
        """The people of all bands together."""
        return sum(self.people.values())


@dataclass(frozen=True, slots=True)
class TownAges:
    """A town with its make-up: people in all bands, their shares by sex and band, and where these come from.

    ``level`` is "own" (its municipality), "region" (a table by region), "district" (the covered towns of its district),
    "towns" (all covered towns) or "country" (a table of the whole country).
    """

    id: str
    district: str
    size: str
    people: int
    adults: float
    shares: Mapping[tuple[str, str], float]
    level: str


@dataclass(frozen=True, slots=True)
class AgeTargets:
    """The targets: people of all bands by district × size × sex × band, and how the towns were covered."""

    cells: Mapping[Cell, float]
    towns: tuple[TownAges, ...]
    covered: Mapping[str, tuple[int, int]]  # by level: towns, their people
    problems: tuple[Problem, ...] = ()
