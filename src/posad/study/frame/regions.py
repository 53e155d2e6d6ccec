"""The regions of Russia by their codes, with the names and cases that prose needs, and how other tables spell them.

``regions.csv`` is written by hand. Codes: ISO 3166-2 (Crimea and Sevastopol, which that standard lists under another country, go by
``RU-CR`` and ``RU-SEV`` as Russian address registers write them), the first digits of OKTMO, and the first-level code of GeoNames.
Whether a study counts a territory is the study's choice: its frame lists what it lists.

To add a region: 1. a row in ``regions.csv``; 2. its district in ``DISTRICTS``; 3. the test that compares the table with others.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from posad.core.words import LocalText
from posad.study.frame.values import District

DISTRICTS: Mapping[str, tuple[str, str]] = {
    "central": ("Центральный", "Central"),
    "northwestern": ("Северо-Западный", "Northwestern"),
    "southern": ("Южный", "Southern"),
    "north_caucasian": ("Северо-Кавказский", "North Caucasian"),
    "volga": ("Приволжский", "Volga"),
    "urals": ("Уральский", "Urals"),
    "siberian": ("Сибирский", "Siberian"),
    "far_eastern": ("Дальневосточный", "Far Eastern"),
}
"""The federal districts, by id: the name in Russian and in English, in the usual order."""

_KINDS = re.compile(
    r"\b(республика|респ|область|обл|край|автономный|автономная|автономн|округ|ао|аобл|город|г|республики|и)\b"
)
_ADDED = re.compile(r"[(/].*?[)/]")
_TAIL = re.compile(r" [-–—] (кузбасс|югра|алания|чувашия)$")


@dataclass(frozen=True, slots=True)
class Region:
    """A region of Russia: its codes, its name with the Russian cases, its federal district."""

    iso: str
    name: LocalText
    genitive: str  # «жители Тульской области»
    prepositional: str  # «в Тульской области»
    district: str
    oktmo: str  # the digits that every OKTMO code of the region begins with
    geonames: str  # "RU.76"
    also: tuple[str, ...] = ()


@cache
def regions() -> Mapping[str, Region]:
    """Return the regions by ISO code.

    >>> regions()["RU-TUL"].prepositional
    'Тульской области'
    """
    text = files("posad.study.frame").joinpath("regions.csv").read_text(encoding="utf-8")
    return {row["iso"]: _region(row) for row in csv.DictReader(text.splitlines())}


def _region(row: Mapping[str, str]) -> Region:
    name = LocalText.of(ru=row["name_ru"], en=row["name_en"])
    also = tuple(a for a in row["also_known"].split(";") if a)
    cases = row["genitive_ru"], row["prepositional_ru"]
    return Region(row["iso"], name, *cases, row["district"], row["oktmo"], row["geonames"], also)


def federal_districts() -> tuple[District, ...]:
    """Return the federal districts with the regions of each."""
    return tuple(
        District(id, LocalText.of(ru=ru, en=en), tuple(r.iso for r in regions().values() if r.district == id))
        for id, (ru, en) in DISTRICTS.items()
    )


def bare(name: str) -> str:
    """Return the name of a region without its kind and additions, for comparing spellings.

    >>> bare("Респ Саха /Якутия/"), bare("Ямало-Ненецкий АО"), bare("г. Москва"), bare("Кемеровская область - Кузбасс")
    ('саха', 'ямало ненецкий', 'москва', 'кемеровская')
    """
    text = " ".join(name.casefold().replace("ё", "е").split())
    text = _TAIL.sub("", _ADDED.sub(" ", text))
    text = re.sub(r"[-–—.,]", " ", text)
    return " ".join(_KINDS.sub(" ", text).split())


@cache
def _by_name() -> Mapping[str, str]:
    found: dict[str, str] = {}
    for region in regions().values():
        for name in (region.name.get("ru"), *region.also):
            found.setdefault(bare(name), region.iso)
        found.setdefault(region.name.get("en").casefold(), region.iso)
    return found


@cache
def find_region(text: str) -> str | None:
    """Return the ISO code of a region written in any usual way, or nothing.

    >>> find_region("Тульская обл."), find_region("Татарстан"), find_region("RU.91"), find_region("ru-mow"), find_region("Тулская")
    ('RU-TUL', 'RU-TA', 'RU-KYA', 'RU-MOW', None)
    """
    written = text.strip()
    if written.upper() in regions():
        return written.upper()
    by_code = {r.geonames: r.iso for r in regions().values() if r.geonames}
    return by_code.get(written) or _by_name().get(written.casefold()) or _by_name().get(bare(written))


def near_region(text: str) -> str:
    """Return the name of the region nearest to a mistyped one, or an empty string."""
    from difflib import get_close_matches

    names = {r.name.get("ru").casefold(): r.name.get("ru") for r in regions().values()}
    names |= {bare(r.name.get("ru")): r.name.get("ru") for r in regions().values()}
    names |= {r.name.get("en").casefold(): r.name.get("en") for r in regions().values()}
    names |= {iso.casefold(): iso for iso in regions()}
    found = get_close_matches(text.casefold(), names, n=1, cutoff=0.6) or get_close_matches(bare(text), names, n=1)
    return names[found[0]] if found else ""


def region_of_oktmo(code: str) -> str | None:
    """Return the ISO code of the region that an OKTMO code lies in, or nothing.

    >>> region_of_oktmo("70701000001"), region_of_oktmo("71876000001"), region_of_oktmo("71701000001")
    ('RU-TUL', 'RU-KHM', 'RU-TYU')
    """
    by_start = {r.oktmo: r.iso for r in regions().values()}
    return by_start.get(code[:3]) or by_start.get(code[:2])
