"""The frame of a study as frozen values: territories, where their columns come from, and the groups they fall into."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from posad.core.place import Place
from posad.core.words import LocalText


@dataclass(frozen=True, slots=True)
class Source:
    """Where a column of the frame comes from: its vintage, publisher, licence and the hash of the file it was read from."""

    column: str  # "people_2021"
    as_of: str  # ISO date or year: "2021-10-01"
    source: str  # publisher and title, ready to print
    licence: str = ""
    sha256: str = ""
    file: str = ""
    kind: str = "census"  # census | register | estimate | gazetteer | own
    note: LocalText = LocalText()  # what a reader of the column must know


@dataclass(frozen=True, slots=True)
class Territory:
    """A town or settlement: its codes, its region and district, where it lies, and how many people it had by column.

    ``people`` holds every population column by name; a missing number is not in it. ``tags`` are imported labels
    ("monotown": "1"); ``travel`` overrides distances where the study gives travel times (minutes).
    """

    id: str
    name: LocalText
    region: str  # ISO 3166-2, "RU-BEL"
    district: str  # id of the district, "central"
    latitude: float | None
    longitude: float | None
    people: Mapping[str, int]
    place: Place
    tags: Mapping[str, str] = field(default_factory=dict)
    codes: Mapping[str, str] = field(default_factory=dict)  # "fias", "oktmo", "geonames"
    travel: float | None = None


@dataclass(frozen=True, slots=True)
class SizeClass:
    """A class of towns by population: from ``low`` up to but not including ``high`` (None: no upper bound)."""

    id: str
    label: LocalText
    low: int
    high: int | None


@dataclass(frozen=True, slots=True)
class District:
    """A district: a group of regions that samples and tables are laid out by."""

    id: str
    name: LocalText
    regions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Control:
    """A published total that the frame is held to.

    ``column`` is a population column, or "territories" where territories are counted; ``district``, ``region`` and ``size`` say which
    part of the frame it covers (None: all of it). ``beyond`` marks a total that also counts people outside the frame, such as those
    of the whole country: the frame may not exceed it, and shares of the country are taken from it.
    """

    id: str
    value: int
    source: str
    column: str
    place: Place
    district: str | None = None
    region: str | None = None
    size: str | None = None
    beyond: bool = False


@dataclass(frozen=True, slots=True)
class Frame:
    """The territories a study speaks of and how they are counted."""

    country: str  # ISO 3166-1 alpha-2, or a name of the study's own for an invented country
    territories: tuple[Territory, ...]
    sources: tuple[Source, ...]
    population: str  # the column that sizes are taken from
    sizes: tuple[SizeClass, ...]
    districts: tuple[District, ...]
    place: Place
    controls: Mapping[str, int] = field(default_factory=dict)  # "country": 147182123, sourced control totals
    totals: tuple[Control, ...] = ()  # the same with their sources and what each covers
    regions: Mapping[str, LocalText] = field(default_factory=dict)  # names of regions by code

    def source(self, column: str) -> Source | None:
        """Return where a column comes from, or nothing."""
        return next((s for s in self.sources if s.column == column), None)
