"""The shape of frame/frame.yaml, word for word as its authors write it; ``study.frame.settings`` turns it into values.

To add a setting: 1. a field here and its line under ``Attributes``, which editors and the docs show; 2. its check and its value in
``settings``; 3. a field in ``values``; 4. ``make docs``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from posad.core.words import LocalText

KindName = Literal["census", "register", "estimate", "gazetteer", "own"]


@dataclass(frozen=True, slots=True)
class SourceShape:
    """Where a column of territories.csv comes from; its name is the key, ``coordinates`` stands for ``lat`` and ``lon``.

    Attributes:
        as_of: The day, month or year the numbers are true of: ``2021-10-01``, ``2021-10`` or ``2021``; ``unknown`` only for
            a gazetteer.
        source: Publisher and title, ready to print.
        licence: What may be done with the data.
        sha256: Hash of the file the column was read from.
        file: Name of that file.
        kind: ``census``, ``register``, ``estimate``, ``gazetteer``, or ``own`` for what the study made itself.
        note: What a reader of the column must know.
    """

    as_of: str | int
    source: str
    licence: str = ""
    sha256: str = ""
    file: str = ""
    kind: KindName = "census"
    note: LocalText = LocalText()


@dataclass(frozen=True, slots=True)
class SizeShape:
    """A class of territories by population: from ``low`` up to but not including ``high``.

    Attributes:
        low: The smallest number of people of the class.
        high: The number of people that the next class begins with; absent for the largest class.
        label: The class in words; made from its bounds if absent.
    """

    low: int = 0
    high: int | None = None
    label: LocalText = LocalText()


@dataclass(frozen=True, slots=True)
class DistrictShape:
    """A district: a group of regions.

    Attributes:
        name: The district in words.
        regions: Codes of its regions.
    """

    name: LocalText
    regions: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class ControlShape:
    """A published total that the frame is held to.

    Attributes:
        value: The total.
        source: Where it is published.
        column: The population column it is a sum of, or ``territories`` where territories are counted; the frame's own if absent.
        district: The district it covers.
        region: The region it covers.
        size: The size class it covers.
        beyond: ``true``: it also counts people outside the frame, as the total of the whole country does; the frame must not
            exceed it.
    """

    value: int
    source: str
    column: str | None = None
    district: str | None = None
    region: str | None = None
    size: str | None = None
    beyond: bool = False


@dataclass(frozen=True, slots=True)
class FrameShape:
    """frame/frame.yaml: what territories.csv counts, where every column comes from, and how territories are grouped.

    Attributes:
        country: Code of the country (``RU``), or a name of your own for an invented one.
        population: The column that sizes are taken from, such as ``people_2021``.
        sources: Where each column comes from, by column.
        language: The language of the column ``name``; guessed from its letters if absent.
        sizes: Size classes: the numbers of people they begin with, ``[50000, 100000]``, or each class by its name. 50, 100, 250,
            500 thousand and a million if absent.
        districts: Districts by name; the federal districts for ``RU`` if absent.
        regions: Names of regions by code, where the country is not ``RU``.
        controls: Published totals by name.
    """

    country: str
    population: str
    sources: Mapping[str, SourceShape]
    language: str | None = None
    sizes: list[int] | Mapping[str, SizeShape] = field(default_factory=list)
    districts: Mapping[str, DistrictShape] = field(default_factory=dict)
    regions: Mapping[str, LocalText] = field(default_factory=dict)
    controls: Mapping[str, ControlShape] = field(default_factory=dict)
