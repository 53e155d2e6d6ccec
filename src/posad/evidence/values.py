"""What a sentence stands on, and what a chart is made of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from posad.core.words import LocalText
from posad.kernel.values import Estimate

Standing = Literal["real", "published", "assumed", "emergent"]  # the last three only where respondents are simulated


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


FigureKind = Literal["stacked", "ranked", "diverging", "dots", "columns", "map", "forest"]


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
class Figure:
    """A chart as cells. Writers look the numbers up in ``facts`` of the report.

    ``poles`` are the series on both sides of a diverging bar's middle where the study declares them; ``groups`` are the groups of
    lines on a map. A map has two series, what is measured along and what is measured upwards.
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
