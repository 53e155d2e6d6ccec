"""Territories looked up by what people type: beginnings of names first, then parts of them, large towns before small ones.

Letters ё and е, hyphens and spaces, and small and large letters are not told apart; a region after a comma narrows the search.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from posad.study.frame.values import Frame

SHOWN = 12
_PLAIN = str.maketrans({"ё": "е", "-": " ", "–": " ", "—": " ", "«": " ", "»": " ", '"': " ", ".": " "})
_KINDS = re.compile(r"^(?:г|город|гор|пгт|поселок|пос|село|с|town of|city of)\s+")


@dataclass(frozen=True, slots=True)
class Place:
    """A territory as it may be found: its id, its names for comparing, how it is shown in each language."""

    id: str
    plain: tuple[str, ...]
    region: str
    shown: tuple[tuple[str, str], ...]
    people: int

    def label(self, language: str) -> str:
        """Return the territory as people know it: name and region."""
        found = dict(self.shown)
        return found.get(language, self.shown[0][1])


@dataclass(frozen=True, slots=True)
class Finder:
    """All territories of a frame, the largest first."""

    places: Sequence[Place] = ()

    def find(self, typed: str) -> list[Place]:
        """Return the territories whose names hold what was typed, the likeliest first."""
        name, _, region = typed[:100].partition(",")
        name, region = plain(name), plain(region)
        if not name:
            return []
        near = [p for p in self.places if any(name in n for n in p.plain) and (not region or region in p.region)]
        return sorted(near, key=lambda p: _rank(p, name))

    def exact(self, typed: str) -> Place | None:
        """Return the only territory of exactly this name, or nothing where there is none or more than one."""
        name = plain(typed.partition(",")[0])
        found = [p for p in self.find(typed) if name in p.plain]
        return found[0] if len(found) == 1 else None

    def by_id(self, id: str) -> Place | None:
        """Return a territory by its id, or nothing."""
        return next((p for p in self.places if p.id == id), None)


def _rank(place: Place, name: str) -> int:
    """Return how far a place is from a name: the name itself, its beginning, the beginning of a word in it, inside a word."""
    if name in place.plain:
        return 0
    if any(n.startswith(name) for n in place.plain):
        return 1
    return 2 if any(f" {name}" in n for n in place.plain) else 3


def plain(text: str) -> str:
    """Return a name as names are compared.

    >>> plain("г. Орехово-Зуево")
    'орехово зуево'
    """
    bare = " ".join(text.casefold().translate(_PLAIN).split())
    return _KINDS.sub("", bare) if bare not in ("с", "г") else bare


def finder_of(frame: Frame | None) -> Finder:
    """Return the territories of a frame as they may be found; none without a frame."""
    if frame is None:
        return Finder()
    places = []
    for t in frame.territories:
        region = frame.regions.get(t.region)
        regions = dict(region.parts) if region is not None else {}
        first = next(iter(regions.values()), t.region)
        shown = tuple((language, f"{name}, {regions.get(language, first)}") for language, name in t.name.parts)
        names = tuple(dict.fromkeys(plain(name) for _, name in t.name.parts))
        where = " ".join(plain(r) for r in (*regions.values(), t.region))
        places.append(Place(t.id, names, where, shown, t.people.get(frame.population, 0)))
    return Finder(tuple(sorted(places, key=lambda p: (-p.people, p.id))))
