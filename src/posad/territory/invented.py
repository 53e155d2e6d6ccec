"""An invented country, the same for the same seed: for tests, for the tutorial, and to try the commands without official tables.

Nothing in it is a fact: Zalesye lies nowhere, its towns follow the rank–size rule with noise, and towns near a large city grow.
"""

from __future__ import annotations

import math
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

COUNTRY = "Zalesye"
DISTRICTS = (("north", 57.0, 30.0), ("middle", 54.0, 34.0), ("south", 51.0, 31.0))  # id and the middle of each
REGIONS = 4  # in every district
YEARS = (2015, 2025)
CAPITAL = 1_300_000  # people of the largest town
SLOPE = 0.95  # of people by rank, on logarithmic scales
LARGE = 250_000

_FIRST = ("Бело", "Верхне", "Ново", "Старо", "Красно", "Нижне", "Средне", "Мало", "Веле", "Свето", "Черно", "Сине")
_ROOTS = (
    "бор", "вод", "горск", "дуб", "камен", "липов", "лугов", "мост", "озер", "полян", "реч", "сосн", "холм", "ямск",
    "ключ", "рощ", "дол", "брод",
)  # fmt: skip
_ENDS = ("ск", "ово", "ино", "ец", "ица", "град", "ье", "ое", "ичи", "ня")
_LATIN = dict(zip("абвгдеёзийклмнопрстуфцыэ", "abvgdeeziyklmnoprstufcye", strict=True))
_LATIN |= {"ж": "zh", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ъ": "", "ь": "", "ю": "yu", "я": "ya"}


@dataclass(frozen=True, slots=True)
class Place:
    """A town of the invented country."""

    id: str
    name: str
    region: str
    district: str
    latitude: float
    longitude: float
    people: tuple[int, int]
    monotown: str


def invent(towns: int = 120, seed: int = 1) -> Iterator[Place]:
    """Yield the towns of the invented country, the largest first.

    >>> [p.people for p in invent(3)] == [p.people for p in invent(3)]
    True
    """
    chance = random.Random(seed)
    used: set[tuple[str, str]] = set()
    large: list[tuple[float, float]] = []
    for rank in range(1, towns + 1):
        district, latitude, longitude = DISTRICTS[chance.randrange(len(DISTRICTS))]
        part = chance.randrange(REGIONS)
        region = f"ZL-{district[0].upper()}{part + 1}"
        where = (
            round(latitude + (part // 2 - 0.5) * 1.4 + chance.uniform(-0.7, 0.7), 5),
            round(longitude + (part % 2 - 0.5) * 3.0 + chance.uniform(-1.5, 1.5), 5),
        )
        people = max(30, int(CAPITAL / rank**SLOPE * chance.uniform(0.85, 1.15)))
        near = min((_apart(where, other) for other in large), default=0.0)
        growth = 1.08 if near < 40 else 0.97 if near < 120 else 0.9
        earlier = int(people / (growth * chance.uniform(0.97, 1.03)))
        if people >= LARGE:
            large.append(where)
        name = _name(chance, region, used)
        monotown = str(chance.randrange(1, 4)) if people < 100_000 and chance.random() < 0.08 else ""
        yield Place(f"z{rank:06d}", name, region, district, *where, (earlier, people), monotown)


def _apart(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Return kilometres on a plane that is good enough for a country that isn't."""
    return 111.2 * math.hypot(a[0] - b[0], (a[1] - b[1]) * math.cos(math.radians((a[0] + b[0]) / 2)))


def _name(chance: random.Random, region: str, used: set[tuple[str, str]]) -> str:
    """Return a name that no other town of the region has."""
    for attempt in range(9):
        first, root, end = chance.choice(_FIRST), chance.choice(_ROOTS), chance.choice(_ENDS)
        name = f"{first}{root}{end}" if chance.random() < 0.6 else f"{root}{end}".capitalize()
        name += "" if attempt < 8 else f"-{len(used)}"
        if (name, region) not in used:
            break
    used.add((name, region))
    return name


def latin(name: str) -> str:
    """Return a name in Latin letters.

    >>> latin("Новоречье")
    'Novoreche'
    """
    found = "".join(_LATIN.get(c, c) for c in name.casefold())
    return found[:1].upper() + found[1:]


def invented_csv(places: Sequence[Place]) -> str:
    """Return the towns as a table that ``posad frame import csv`` takes."""
    header = [
        "id",
        "name",
        "name_en",
        "region",
        "district",
        "lat",
        "lon",
        *(f"people_{y}" for y in YEARS),
        "tag_monotown",
    ]
    lines = [",".join(header)]
    for p in places:
        cells = [p.id, p.name, latin(p.name), p.region, p.district, repr(p.latitude), repr(p.longitude)]
        lines.append(",".join([*cells, *map(str, p.people), p.monotown]))
    return "\n".join(lines) + "\n"
