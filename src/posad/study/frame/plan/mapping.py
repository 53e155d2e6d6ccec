"""What a map of territories shows, as declared in ``report/figures.yaml`` with ``map:``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class MapPlan:
    """A map of the study's territories.

    ``shows`` are points of towns, or areas coloured by ``value``; ``colour`` groups towns; ``size`` keeps towns of one size only;
    ``without`` are outlines left out; ``names`` is how many towns are named.
    """

    shows: Literal["towns", "regions", "districts", "tiles"]
    colour: str = "district"
    value: str = ""
    size: str = ""
    panels: bool = False
    breaks: Literal["quantile", "jenks", "pretty"] = "quantile"
    classes: int = 5
    without: tuple[str, ...] = ()
    names: int = 0
