"""Indicators and the presence of services as frozen values."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from posad.core.place import Place
from posad.core.words import LocalText

Direction = Literal["up", "down", "none"]

DIRECTIONS: Mapping[Direction, tuple[str, ...]] = {
    "up": ("up", "higher", "more", "больше", "выше", "рост"),
    "down": ("down", "lower", "less", "меньше", "ниже", "снижение"),
    "none": ("none", "neither", "нет", "не важно"),
}
"""The words for which way is good, in English and Russian."""

_PERIOD = re.compile(r"(?P<year>[0-9]{4})(?:-(?:Q(?P<quarter>[1-4])|(?P<month>0[1-9]|1[0-2])))?")


@dataclass(frozen=True, slots=True)
class Period:
    """A year, a quarter or a month."""

    id: str  # "2023", "2023-Q2", "2023-06"
    kind: Literal["year", "quarter", "month"]
    start: float  # in years: 2023.0, 2023.25


@dataclass(frozen=True, slots=True)
class Indicator:
    """One figure of many territories over periods.

    ``values`` holds by period the value of each territory by its id; a missing one is not in it.
    """

    id: str
    label: LocalText
    unit: str
    direction: Direction
    sources: tuple[str, ...]
    periods: tuple[Period, ...]
    values: Mapping[str, Mapping[str, float]]
    place: Place


@dataclass(frozen=True, slots=True)
class Presence:
    """Whether a service was in a territory at a date, as somebody says."""

    service: str
    territory: str
    date: str  # "2025", "2025-05" or "2025-05-31"
    present: bool
    source: str
    place: Place


def read_period(text: str) -> Period | None:
    """Return a period, or nothing where the text is none.

    >>> read_period("2023-Q2")
    Period(id='2023-Q2', kind='quarter', start=2023.25)
    >>> read_period("май 2023") is None
    True
    """
    match = _PERIOD.fullmatch(text.strip().upper())
    if match is None:
        return None
    year = int(match["year"])
    if match["quarter"]:
        return Period(match[0], "quarter", year + (int(match["quarter"]) - 1) / 4)
    if match["month"]:
        return Period(match[0], "month", year + (int(match["month"]) - 1) / 12)
    return Period(match[0], "year", float(year))


def read_direction(text: str) -> Direction | None:
    """Return which way is good, or nothing where the word is none of ``DIRECTIONS``."""
    word = " ".join(text.casefold().split())
    return next((d for d, words in DIRECTIONS.items() if word in words), None)
