"""The gazetteer: forms of every town and region of a frame in one automaton, with what each form may also mean."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from posad.study.frame.regions import regions
from posad.study.frame.values import Frame
from posad.words.places.forms import inflected, morph


@dataclass(frozen=True, slots=True)
class Town:
    """A town as messages may name it."""

    id: str
    name: str
    region: str  # ISO 3166-2
    people: int = 0


@dataclass(slots=True)
class Form:
    """One form of a name in small letters: whose it is, in which cases, and what else the same letters may be."""

    towns: list[Town] = field(default_factory=list)
    cases: set[str] = field(default_factory=set)
    region: str = ""
    word: bool = False  # also a word of the language
    person: bool = False  # also a surname or a first name
    adjective: bool = False

    @property
    def doubtful(self) -> bool:
        """Whether the letters alone do not show that a town is meant."""
        return self.word or self.person


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """Everything that is looked up: an automaton over small letters, «ё» written as «е»."""

    automaton: Any
    towns: Mapping[str, Town]


def plain(text: str) -> str:
    """Return a text in small letters, of the same length, with «ё» written as «е».

    >>> plain("Орёл")
    'орел'
    """
    low = text.lower().replace("ё", "е")
    return (
        low
        if len(low) == len(text)
        else "".join(c if len(c.lower()) != 1 else c.lower() for c in text).replace("ё", "е")
    )


def towns_of(frame: Frame) -> tuple[Town, ...]:
    """Return the towns of a frame."""
    return tuple(Town(t.id, t.name.get("ru"), t.region, t.people.get(frame.population, 0)) for t in frame.territories)


def gazetteer(towns: Iterable[Town]) -> Gazetteer:
    """Return the gazetteer of some towns and of all regions of Russia."""
    import ahocorasick

    known = {t.id: t for t in towns}
    forms: dict[str, Form] = defaultdict(Form)
    for town in known.values():
        for case, written in inflected(town.name).items():
            for one in written:
                for spelled in _spellings(plain(one)):
                    if town not in forms[spelled].towns:
                        forms[spelled].towns.append(town)
                    forms[spelled].cases.add(case)
    for text, form in forms.items():
        _judge(text, form)
    for text, iso in _region_forms():
        if not forms[text].towns:
            forms[text].region = iso
    automaton = ahocorasick.Automaton()
    for text, form in forms.items():
        automaton.add_word(text, (len(text), form))
    automaton.make_automaton()
    return Gazetteer(automaton, known)


def _spellings(text: str) -> tuple[str, ...]:
    """Return a form and, of a name with hyphens, the same with blanks as people write it in haste."""
    return (text, text.replace("-", " ")) if "-" in text and len(text) > 6 else (text,)


def _judge(text: str, form: Form) -> None:
    """Note what a form may be besides a town: every word of it must be in the dictionary as something else."""
    for word in text.replace("-", " ").split():
        readings = [p for p in morph().parse(word) if p.is_known and "Geox" not in p.tag]
        if not readings or not morph().word_is_known(word):
            form.word = form.person = form.adjective = False
            return
        people = [p for p in readings if "Surn" in p.tag or "Name" in p.tag or "Patr" in p.tag]
        form.person = form.person or bool(people)
        form.word = form.word or len(people) < len(readings)
        form.adjective = form.adjective or any(p.tag.POS == "ADJF" for p in readings)


def _region_forms() -> Iterable[tuple[str, str]]:
    """Yield the forms of the names of regions, usual short names included."""
    for iso, region in regions().items():
        name = region.name.get("ru")
        for text in (name, region.genitive, region.prepositional):
            yield plain(text), iso
            if text.startswith(("Республик", "город")):
                yield plain(text.partition(" ")[2]), iso
            if "област" in text:
                yield plain(text).split("област")[0] + "обл", iso
        words = name.split()
        if len(words) == 2 and words[1] in ("область", "край"):
            head = words[0][:-2]
            kind = ("ой области", "ую область", "ой областью") if words[1] == "область" else ("ому краю", "им краем")
            for end in kind:
                yield plain(head + end), iso
        shorts = [*region.also, *([name.partition(" ")[2]] if name.startswith("Республика ") else [])]
        for short in shorts:
            for written in inflected(short.partition(" (")[0]).values():
                yield from ((plain(w), iso) for w in written)
    yield from _short_forms()


def _short_forms() -> Iterable[tuple[str, str]]:
    """Yield the forms of short names that people use and the table of regions does not have."""
    for short, iso in {"Кузбасс": "RU-KEM", "Якутия": "RU-SA", "Башкирия": "RU-BA", "Кубань": "RU-KDA"}.items():
        for written in inflected(short).values():
            yield from ((plain(w), iso) for w in written)
