"""What a sentence stands on, and what a chart is made of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from posad.core.words import LocalText
from posad.kernel.values import Estimate

Standing = Literal["real", "published", "assumed", "emergent"]  # the last three only where respondents are simulated


@dataclass(frozen=True, slots=True)
class Official:
    """Where an official count comes from, instead of a base and an interval."""

    source: str
    as_of: str
    licence: str = ""
    note: LocalText = LocalText()


@dataclass(frozen=True, slots=True)
class Fact:
    """A number with its passport: everything the reader of a sentence may ask, ready to print in each language."""

    address: str
    estimate: Estimate
    question: LocalText  # wording
    measure: LocalText  # "доля ответов «скорее да», «точно да»" / "mean score"
    group: LocalText  # who is spoken of, "Оптимисты"; empty for everybody
    base_text: LocalText  # who was asked, in words
    weight_text: LocalText  # how it is weighted, or that it is not
    interval_text: LocalText  # what the interval assumes
    standing: Standing
    parts: tuple[Fact, ...] = ()  # the two estimates behind a ratio or a difference
    official: Official | None = (
        None  # of a count of the frame: it has a source and a date, no base and no sampling error
    )
    size: bool = False  # a length without a direction: printed in points, but never with a plus


FigureKind = Literal[
    "stacked", "ranked", "diverging", "dots", "columns", "map", "towns", "areas", "tiles", "forest", "layers"
]


@dataclass(frozen=True, slots=True)
class Series:
    """One colour of a chart: an answer of a stacked bar, a group of a dot chart."""

    id: str
    label: LocalText
    role: str  # role of colour: "negative-2", "neutral", "group-1", "missing" …


@dataclass(frozen=True, slots=True)
class Bar:
    """One line of a chart: a label and, by series, the address of the number; never the number itself.

    ``group`` is the id of one of the figure's groups of lines: the colour and shape of a point on a map; ``tilt`` the address of
    the correlation of the errors of its two numbers, by which the 95% ellipse around the point is drawn.
    """

    id: str
    label: LocalText
    cells: tuple[str, ...]
    group: str = ""
    tilt: str = ""


@dataclass(frozen=True, slots=True)
class Bracket:
    """A net drawn over neighbouring series: from one series to another, with the address of the net."""

    first: str
    last: str
    address: str
    label: LocalText


@dataclass(frozen=True, slots=True)
class Spot:
    """A town on a map, in kilometres on the plane: its group is its colour, its rank its size class from the smallest."""

    id: str
    label: LocalText
    x: float
    y: float
    group: str
    rank: int
    panel: str = ""


@dataclass(frozen=True, slots=True)
class Area:
    """An outline on a map: its rings as numbers of the terrain's lines, and the bar whose number colours it."""

    id: str
    label: LocalText
    rings: tuple[tuple[int, ...], ...]
    bar: str = ""
    panel: str = ""


@dataclass(frozen=True, slots=True)
class Tile:
    """A square of a map of tiles: the bar whose number colours it, and where it stands from the upper left."""

    bar: str
    short: str
    column: int
    row: int


@dataclass(frozen=True, slots=True)
class Terrain:
    """What a map of territories is drawn on: places and lines, no numbers of the study.

    Kilometres on a plane that keeps areas, north up; ``panels`` are the parts of a map drawn side by side, ``ranks`` the size classes
    in words, ``named`` the towns whose names should be written, first those that matter most.
    """

    lines: tuple[tuple[tuple[float, float], ...], ...] = ()
    areas: tuple[Area, ...] = ()
    spots: tuple[Spot, ...] = ()
    tiles: tuple[Tile, ...] = ()
    panels: tuple[tuple[str, LocalText], ...] = ()
    ranks: tuple[LocalText, ...] = ()
    named: tuple[str, ...] = ()
    breaks: Literal["quantile", "jenks", "pretty"] = "quantile"
    classes: int = 5


@dataclass(frozen=True, slots=True)
class Figure:
    """A chart as cells. Writers look the numbers up in ``facts`` of the report.

    ``poles`` are the series on both sides of a diverging bar's middle where the study declares them; ``groups`` are the groups of
    lines on a map. A map has two series, what is measured along and what is measured upwards. A map of territories has a terrain.
    """

    id: str
    kind: FigureKind
    title: LocalText
    question: LocalText
    answer_type: LocalText  # "% опрошенных, один ответ"
    base_text: LocalText
    series: tuple[Series, ...]
    bars: tuple[Bar, ...]
    brackets: tuple[Bracket, ...] = ()
    notes: tuple[LocalText, ...] = ()
    simulated: bool = False
    poles: tuple[tuple[str, ...], tuple[str, ...]] = ((), ())
    groups: tuple[Series, ...] = ()
    terrain: Terrain | None = None
    layers: tuple[
        tuple[Series, ...], ...
    ] = ()  # of a chain, the links of each layer; its bars are arrows, "SOURCE.TARGET"


@dataclass(frozen=True, slots=True)
class Arrow:
    """One arrow between two things that people were asked of, as evidence that a pathway may cite.

    ``address`` is its number; ``label`` how causal it is; ``certain`` that it is more than chance gives; ``near`` that its ends stand in
    neighbouring layers.
    """

    source: str
    target: str
    source_label: LocalText
    target_label: LocalText
    address: str
    label: LocalText
    certain: bool
    near: bool
