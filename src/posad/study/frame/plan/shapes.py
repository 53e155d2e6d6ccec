"""The shape of sample.yaml, word for word as its authors write it.

To add a setting: 1. a field here and its line under ``Attributes``; 2. its check in ``reading``; 3. a field in ``values``;
4. ``make docs``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from posad.core.reading.yamls import Share
from posad.core.words import LocalText

RuleName = Literal["fixed", "proportional", "equal", "root", "power", "neyman"]


@dataclass(frozen=True, slots=True)
class LevelShape:
    """One step of the allocation. Each step shares out what every cell of the steps before it got.

    Attributes:
        by: A dimension, or a list of them.
        rule: ``fixed`` by ``shares``; ``proportional`` to size; ``equal``; ``root``, by the square root of size; ``power``, by
            size to the power ``exponent``; ``neyman``, by size times ``spread``.
        shares: For ``fixed``: the share of each group, ``70 %`` or ``0.7``; of two dimensions the keys are ``central > small``.
        exponent: For ``power``: from 0 (equal) to 1 (proportional).
        spread: For ``neyman``: the standard deviation of what is measured in each group; of a share p it is the root of p(1-p).
        least: The fewest interviews of a group.
    """

    by: str | list[str]
    rule: RuleName = "proportional"
    shares: Mapping[str, Share] = field(default_factory=dict)
    exponent: float | None = None
    spread: Mapping[str, float] = field(default_factory=dict)
    least: int = 0


@dataclass(frozen=True, slots=True)
class AssumeShape:
    """What the errors before the field are computed under.

    Attributes:
        share: The share whose error is told; a half has the largest.
        deff: The design effect expected of weighting, beyond that of the allocation.
        confidence: The confidence of intervals.
        power: The chance to find the smallest detectable difference.
        icc: How alike people of one town are (the intraclass correlation); counts where ``towns`` are drawn.
    """

    share: Share = 0.5
    deff: float = 1.0
    confidence: Share = 0.95
    power: Share = 0.8
    icc: float = 0.0


@dataclass(frozen=True, slots=True)
class TownsShape:
    """How towns are drawn from the frame, with chances by their size.

    Attributes:
        per_town: How many interviews a town should get, about.
        seed: Any whole number; the same seed draws the same towns.
        least: The fewest towns of a stratum.
    """

    per_town: int
    seed: int
    least: int = 1


@dataclass(frozen=True, slots=True)
class SizeRangeShape:
    """A class of towns by population.

    Attributes:
        low: The smallest number of people of the class.
        high: The number the next class begins with; absent for the largest class.
        label: The class in words; made from its bounds if absent.
    """

    low: int = 0
    high: int | None = None
    label: LocalText = LocalText()


@dataclass(frozen=True, slots=True)
class AdultsShape:
    """The share of adults among people, where sizes are taken from the frame.

    Attributes:
        share: The share, ``79.6 %``.
        source: Where it comes from.
    """

    share: Share
    source: LocalText


@dataclass(frozen=True, slots=True)
class SampleFileShape:
    """sample.yaml: how many interviews, shared out how, counted by which quotas.

    Attributes:
        size: How many interviews.
        allocation: The steps of the allocation.
        quotas: The tables of quotas, each a list of dimensions.
        counts: The ids of the rows of frame/targets.csv that hold the sizes of strata, as ``adults_{district}_{size}``; if absent
            people of the frame are counted.
        structure: The ids of the rows that hold the make-up of strata, as ``adults_{district}_{size}_{sex}_{age}`` or
            ``share_{sex}_{age}``; needed for quotas by anything beyond the strata.
        adults: The share of adults, where people of the frame are counted; people of all ages if absent.
        column: The population column of the frame; the frame's own if absent.
        sizes: Size classes of this sample by name; those of the frame if absent.
        ages: Age bands, ``[18-24, 25-34, 35-44, 45-54, 55+]`` if absent.
        groups: Further dimensions, or other groups of a known one: each dimension with the label of each of its groups.
        assume: What errors before the field are computed under.
        towns: How towns are drawn; without it none are.
        tolerance: How far a quota may be missed, ``2 %``; told in the brief.
        warn_under: Cells of quotas under this many interviews are warned of.
    """

    size: int
    allocation: list[LevelShape]
    quotas: list[list[str]] = field(default_factory=list)
    counts: str | None = None
    structure: str | None = None
    adults: AdultsShape | None = None
    column: str | None = None
    sizes: Mapping[str, SizeRangeShape] = field(default_factory=dict)
    ages: list[str] = field(default_factory=list)
    groups: Mapping[str, Mapping[str, LocalText]] = field(default_factory=dict)
    assume: AssumeShape = AssumeShape()
    towns: TownsShape | None = None
    tolerance: Share = 0.0
    warn_under: int = 5
