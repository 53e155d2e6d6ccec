"""What a plan of a sample comes to: allocation, quota tables, errors before the field, towns drawn."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from posad.core.problems import Problem
from posad.study.frame.plan.values import Cell, SampleDesign


class Infeasible(Exception):
    """No allocation keeps to the bounds: how many interviews, and between how many the bounds allow."""

    def __init__(self, n: int, low: int, high: int) -> None:
        super().__init__(f"{n} is not between {low} and {high}")
        self.n, self.low, self.high = n, low, high


@dataclass(frozen=True, slots=True)
class Population:
    """How many people live in each cell: ``strata`` by the dimensions of the allocation, ``cells`` by all of ``dims``.

    Not ``counted`` where strata are shares, which do not say how many people could be asked at most.
    """

    strata: Mapping[Cell, Fraction]
    dims: tuple[str, ...]
    cells: Mapping[Cell, Fraction]
    counted: bool = True


@dataclass(frozen=True, slots=True)
class Allocation:
    """The interviews of each stratum, exact and whole, beside the people it has."""

    dims: tuple[str, ...]
    exact: Mapping[Cell, Fraction]
    whole: Mapping[Cell, int]
    people: Mapping[Cell, Fraction]


@dataclass(frozen=True, slots=True)
class QuotaTable:
    """One table of quotas: whole interviews by cell, and what they were rounded from.

    ``held`` are the dimensions whose totals the table keeps to the last interview.
    """

    dims: tuple[str, ...]
    held: tuple[str, ...]
    quota: Mapping[Cell, int]
    expected: Mapping[Cell, Fraction]

    def under(self, n: int) -> tuple[Cell, ...]:
        """Return the cells with people and fewer interviews than n, the smallest first."""
        found = [c for c, q in self.quota.items() if q < n and self.expected[c] > 0]
        return tuple(sorted(found, key=lambda c: (self.quota[c], self.expected[c], c)))


@dataclass(frozen=True, slots=True)
class Domain:
    """A group whose error is expected: its interviews, the design effect, the effective base, the interval of the assumed share."""

    dim: str  # "" for everybody
    group: str
    n: float
    deff: float
    effective: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Difference:
    """Two groups of one dimension and the smallest difference between them that the sample would find."""

    dim: str
    first: str
    second: str  # "" for all the others together
    difference: float | None  # None: not even the largest possible one


@dataclass(frozen=True, slots=True)
class Precision:
    """What errors to expect: the deff of the allocation (Kish), by domain, and the smallest detectable differences."""

    deff: float
    domains: tuple[Domain, ...]
    differences: tuple[Difference, ...]


@dataclass(frozen=True, slots=True)
class Drawn:
    """A unit drawn: its place in the list, the chance it had, whether it was certain."""

    index: int
    chance: Fraction
    certain: bool


@dataclass(frozen=True, slots=True)
class Town:
    """A town drawn: its stratum, id, people, the chance it had, the interviews it gets."""

    stratum: Cell
    id: str
    people: int
    chance: Fraction
    certain: bool
    interviews: int


@dataclass(frozen=True, slots=True)
class Sample:
    """A whole plan, worked out."""

    design: SampleDesign
    allocation: Allocation
    tables: tuple[QuotaTable, ...]
    precision: Precision
    towns: tuple[Town, ...] = ()
    notes: tuple[Problem, ...] = ()
