"""Growth by distance and by class of position: how many territories, how many people, how they changed."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from posad.core.numbers import number
from posad.core.words import LocalText
from posad.territory.position.columns import populations
from posad.territory.position.placing import Positions

ALL = LocalText.of(ru="Все", en="All")
NO_PLACE = LocalText.of(ru="Расстояние неизвестно", en="Distance not known")


@dataclass(frozen=True, slots=True)
class TrendRow:
    """One band of distance or class of position.

    ``people`` are those of the frame's population column; ``change`` is in per cent, between the sums of the trend's two columns over
    the ``both`` territories that have the two; None where there is no trend or nobody to count.
    """

    id: str
    label: LocalText
    territories: int
    people: int
    share: float  # of the people of all classed territories
    both: int
    change: float | None


def by_distance(made: Positions, id: str) -> tuple[TrendRow, ...]:
    """Return the table of bands of one distance over the territories that get a class; a band holds its lower end."""
    km, edges = made.nearest[id].km, made.plan.bands
    rows = []
    for low, high in zip((0.0, *edges), (*edges, np.inf), strict=True):
        inside = (km >= low) & ((km < high) | np.isinf(high)) & ~np.isnan(km)
        rows.append(_row(made, _band(low, high), _band_words(low, high), inside))
    lost = _row(made, "unknown", NO_PLACE, np.isnan(km))
    return (*rows, *([lost] if lost.territories else []), _row(made, "all", ALL, np.ones(len(km), dtype=np.bool_)))


def by_class(made: Positions) -> tuple[TrendRow, ...]:
    """Return the table of classes of position, all of them together last."""
    rows = [_row(made, c.id, c.label, made.classes == i) for i, c in enumerate(made.plan.classes)]
    return (*rows, _row(made, "all", ALL, np.ones(len(made.classes), dtype=np.bool_)))


def _row(made: Positions, id: str, label: LocalText, which: NDArray[np.bool_]) -> TrendRow:
    which = which & made.inside
    people, everyone = float(np.nansum(made.people[which])), float(np.nansum(made.people[made.inside]))
    both, change = 0, None
    if made.plan.trend is not None:
        first, last = (populations(made.frame, c) for c in made.plan.trend)
        counted = which & np.isfinite(first) & np.isfinite(last)
        both, before = int(counted.sum()), float(first[counted].sum())
        change = 100 * (float(last[counted].sum()) / before - 1) if before > 0 else None
    return TrendRow(id, label, int(which.sum()), int(people), people / everyone if everyone else 0.0, both, change)


def _band(low: float, high: float) -> str:
    return f"{low:g}+" if np.isinf(high) else f"{low:g}-{high:g}"


def _band_words(low: float, high: float) -> LocalText:
    words = {}
    for language, km, over, up in (("ru", "км", "от", "до"), ("en", "km", "from", "under")):
        ends = [number(x, language, 0 if x == int(x) else 1) for x in (low, high) if np.isfinite(x)]
        if np.isinf(high):
            words[language] = f"{over} {ends[0]} {km}"
        else:
            words[language] = f"{up} {ends[1]} {km}" if low <= 0 else f"{over} {ends[0]} {up} {ends[1]} {km}"
    words["en"] = words["en"].replace(" under ", " to under ")
    return LocalText.from_mapping(words)
