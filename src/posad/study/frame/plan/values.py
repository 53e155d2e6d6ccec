"""The plan of a sample as frozen values: how many interviews, how they are shared out, which quotas are counted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from posad.core.place import Place
from posad.core.words import LocalText

Cell = tuple[str, ...]
"""One group of each of several dimensions: ``("central", "small")``."""


@dataclass(frozen=True, slots=True)
class Dimension:
    """What quotas are laid out by (district, size, sex, age …) and its groups in their order.

    ``bounds`` are the lower and upper bound of each group where it is a range (of people for ``size``, of years for ``age``);
    the upper bound of a size is not in it, that of an age is; None means open.
    """

    id: str
    groups: tuple[tuple[str, LocalText], ...]
    bounds: Mapping[str, tuple[int, int | None]] = field(default_factory=dict)

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of the groups."""
        return tuple(id for id, _ in self.groups)

    def label(self, group: str) -> LocalText:
        """Return a group in words."""
        return dict(self.groups)[group]


@dataclass(frozen=True, slots=True)
class Level:
    """One step of the allocation: inside every cell of the steps before, interviews are shared out by ``by``.

    ``rule`` is "fixed" (by ``shares``), "proportional", "equal", "root" (square root of the size), "power" (size to the power
    ``exponent``), or "neyman" (size times ``spread``, the standard deviation in each cell). No cell gets fewer than ``least``.
    """

    by: tuple[str, ...]
    rule: str
    place: Place
    shares: Mapping[Cell, float] = field(default_factory=dict)
    exponent: float = 1.0
    spread: Mapping[Cell, float] = field(default_factory=dict)
    least: int = 0


@dataclass(frozen=True, slots=True)
class Assumptions:
    """What errors before the field are computed under; every one of them is printed beside them."""

    share: float = 0.5  # the share whose error is told; a half has the largest
    deff: float = 1.0  # of weighting beyond the allocation
    confidence: float = 0.95
    power: float = 0.8
    icc: float = 0.0  # likeness of people of one town; counts where towns are drawn


@dataclass(frozen=True, slots=True)
class Towns:
    """How towns are drawn: about ``per_town`` interviews in each, at least ``least`` towns in each stratum, by a seed."""

    per_town: int
    seed: int
    place: Place
    least: int = 1


@dataclass(frozen=True, slots=True)
class SampleDesign:
    """A whole plan.

    ``counts`` and ``structure`` are patterns of ids in frame/targets.csv, ``adults_{district}_{size}``; without ``counts`` sizes are
    people of the frame times ``adult_share`` (None: people of all ages).
    """

    size: int
    dimensions: tuple[Dimension, ...]
    levels: tuple[Level, ...]
    quotas: tuple[tuple[str, ...], ...]
    place: Place
    counts: str | None = None
    structure: str | None = None
    adult_share: float | None = None
    adult_source: LocalText = LocalText()
    assume: Assumptions = Assumptions()
    towns: Towns | None = None
    tolerance: float = 0.0
    warn_under: int = 5
    column: str | None = None  # the population column of the frame; the frame's own where None

    def dimension(self, id: str) -> Dimension:
        """Return a dimension by its id."""
        return next(d for d in self.dimensions if d.id == id)

    @property
    def strata(self) -> tuple[str, ...]:
        """The dimensions that interviews are allocated by."""
        return tuple(dict.fromkeys(d for level in self.levels for d in level.by))
