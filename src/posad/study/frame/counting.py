"""How many territories of a frame there are and how many people live in them: official counts, which have no sampling error.

A size word is the id of a size class, or ``under250`` and ``from250``: thousands of people in the column that is counted.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from posad.study.frame.values import Frame, SizeClass, Territory

COUNTRY = "country"  # the control total of all people, towns and country together
_BOUND = re.compile(r"(?P<way>under|from)(?P<thousands>[1-9][0-9]{0,5})")


@dataclass(frozen=True, slots=True)
class Count:
    """Territories and the people in them; ``unknown`` is how many territories have no number of people in the column."""

    towns: int
    people: int
    unknown: int = 0


def count(
    frame: Frame,
    column: str | None = None,
    *,
    size: str | None = None,
    district: str | None = None,
    region: str | None = None,
    id: str | None = None,
    among: Collection[str] | None = None,
) -> Count:
    """Return the territories of a frame that meet every condition, and the people in them.

    Args:
        frame: The frame.
        column: The population column; the frame's own where None. Sizes are taken from it too, so that each vintage is
            counted by its own sizes.
        size: A size class or ``under250``, ``from250``. A territory without a number is in no size.
        district: A district's id.
        region: A region's ISO 3166-2 code.
        id: One territory alone.
        among: Only territories with these ids, such as those of a position class or of a strategy.
    """
    wanted = column or frame.population
    bounds = size_bounds(frame, size) if size is not None else None
    found = [
        t
        for t in frame.territories
        if (district is None or t.district == district)
        and (region is None or t.region == region)
        and (id is None or t.id == id)
        and (among is None or t.id in among)
        and (bounds is None or _inside(t, wanted, bounds))
    ]
    people = [t.people[wanted] for t in found if wanted in t.people]
    return Count(len(found), sum(people), len(found) - len(people))


def size_bounds(frame: Frame, word: str) -> tuple[int, int | None] | None:
    """Return the bounds of a size word, the lower included and the upper not; nothing for a word that is none.

    >>> from posad.core.place import Place
    >>> size_bounds(Frame("", (), (), "people", (), (), Place("frame")), "under250")
    (0, 250000)
    """
    known = next((s for s in frame.sizes if s.id == word), None)
    if known is not None:
        return known.low, known.high
    match = _BOUND.fullmatch(word)
    if match is None:
        return None
    bound = int(match["thousands"]) * 1000
    return (0, bound) if match["way"] == "under" else (bound, None)


def size_of(frame: Frame, territory: Territory, column: str | None = None) -> SizeClass | None:
    """Return the size class of a territory, or nothing where its number of people is not known."""
    people = territory.people.get(column or frame.population)
    if people is None:
        return None
    return next((s for s in frame.sizes if s.low <= people and (s.high is None or people < s.high)), None)


def columns(frame: Frame) -> Iterator[str]:
    """Yield the population columns of a frame, its own first."""
    yield frame.population
    told = {c for t in frame.territories for c in t.people}
    yield from sorted(told - {frame.population})


def country_total(frame: Frame, column: str | None = None) -> int | None:
    """Return how many people the whole country has at the date of a column: the control ``country:COLUMN``, or ``country``.

    The plain control is the total at the date of the frame's own column, and serves no other.
    """
    wanted = column or frame.population
    own = frame.controls.get(f"{COUNTRY}:{wanted}")
    return frame.controls.get(COUNTRY) if own is None and wanted == frame.population else own


def _inside(territory: Territory, column: str, bounds: tuple[int, int | None]) -> bool:
    people = territory.people.get(column)
    low, high = bounds
    return people is not None and low <= people and (high is None or people < high)


__all__ = ["COUNTRY", "Count", "columns", "count", "country_total", "size_bounds", "size_of"]
