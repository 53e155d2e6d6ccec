"""Groups of territories by a word: sizes, districts, regions, single towns, imported tags."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from posad.core.numbers import number
from posad.core.words import LocalText
from posad.evidence.territory.placed import POSITION, Land
from posad.study.frame.counting import size_bounds
from posad.study.frame.regions import regions
from posad.study.frame.values import Frame, Territory
from posad.tabulation.wording import LANGUAGES

TOWN = "town"  # one territory alone, by its id
BUILT_IN = ("size", "district", "region", TOWN)


@dataclass(frozen=True, slots=True)
class Grouped:
    """One group of territories: its id, its words, and the ids of those in it."""

    id: str
    label: LocalText
    members: frozenset[str]


def variables_of(land: Land) -> list[str]:
    """Return the words that group the territories of a frame."""
    frame = land.frame
    tags = sorted({tag for t in frame.territories for tag in t.tags})
    return [*BUILT_IN, *(t for t in tags if t not in BUILT_IN), *([] if POSITION in tags else [POSITION])]


def groups_of(land: Land, variable: str, column: str) -> tuple[Grouped, ...]:
    """Return the groups of a variable in their order; sizes are taken from a column."""
    frame = land.frame
    if variable == "size":
        return tuple(
            Grouped(s.id, s.label, _members(t for t in frame.territories if _within(t, column, (s.low, s.high))))
            for s in frame.sizes
        )
    if variable == "district":
        return tuple(
            Grouped(d.id, d.name, _members(t for t in frame.territories if t.district == d.id)) for d in frame.districts
        )
    if variable == "region":
        codes = sorted({t.region for t in frame.territories})
        return tuple(
            Grouped(c, region_name(frame, c), _members(t for t in frame.territories if t.region == c)) for c in codes
        )
    if variable == TOWN:
        return tuple(Grouped(t.id, t.name, frozenset({t.id})) for t in frame.territories)
    words = land.words.get(variable, {})
    there = sorted({t.tags[variable] for t in frame.territories if t.tags.get(variable)})
    values = [*words, *(v for v in there if v not in words)]
    return tuple(
        Grouped(v, words.get(v) or _plain(v), _members(t for t in frame.territories if t.tags.get(variable) == v))
        for v in values
    )


def region_name(frame: Frame, code: str) -> LocalText:
    """Return a region in words: as the frame names it, as Russian regions are known, or its code."""
    known = regions().get(code) if frame.country == "RU" else None
    return frame.regions.get(code) or (known.name if known is not None else _plain(code))


def find_group(land: Land, variable: str, word: str, column: str) -> Grouped | None:
    """Return a group by its word; a size may also be a bound, as ``under250``, and a region's code go without its dash.

    A word in an address has no dash: ``RU_BEL`` is ``RU-BEL``.
    """
    frame = land.frame
    for group in groups_of(land, variable, column):
        if group.id == word or group.id.replace("-", "_") == word:
            return group
    bounds = size_bounds(frame, word) if variable == "size" else None
    if bounds is None:
        return None
    return Grouped(word, _bound_words(bounds), _members(t for t in frame.territories if _within(t, column, bounds)))


def word_of(group: Grouped) -> str:
    """Return how an address names a group."""
    return group.id.replace("-", "_")


def _within(territory: Territory, column: str, bounds: tuple[int, int | None]) -> bool:
    people = territory.people.get(column)
    return people is not None and bounds[0] <= people and (bounds[1] is None or people < bounds[1])


def _members(territories: Iterable[Territory]) -> frozenset[str]:
    return frozenset(t.id for t in territories)


def _bound_words(bounds: tuple[int, int | None]) -> LocalText:
    low, high = bounds
    bound = {lang: number(high if high is not None else low, lang, 0) for lang in LANGUAGES}
    if high is not None:
        return LocalText.of(ru=f"меньше {bound['ru']} жителей", en=f"under {bound['en']} people")
    return LocalText.of(ru=f"от {bound['ru']} жителей", en=f"{bound['en']} people and more")


def _plain(word: str) -> LocalText:
    return LocalText.from_mapping(dict.fromkeys(LANGUAGES, word))
