"""An invented country for tests of territory: towns on a line, with people at two times and some tags."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import degrees

from posad.core.place import Place
from posad.core.words import LocalText
from posad.study.frame.values import District, Frame, SizeClass, Source, Territory
from posad.territory.position.distances import EARTH_KM

ROWS = Place("frame/territories.csv", 2)


def km_east(km: float) -> float:
    """Return the longitude of a point of the equator so many kilometres east of the meridian of zero."""
    return degrees(km / EARTH_KM)


def town(
    id: str,
    km: float | None,
    people: int,
    before: int | None = None,
    tags: Mapping[str, str] | None = None,
    travel: float | None = None,
    district: str = "west",
) -> Territory:
    """Return a town on the equator, so many kilometres east of Capital."""
    counts = {"people_2021": people} | ({"people_2010": before} if before is not None else {})
    return Territory(
        id,
        LocalText.of(ru=id.title(), en=id.title()),
        "IN-A",
        district,
        None if km is None else 0.0,
        None if km is None else km_east(km),
        counts,
        ROWS,
        dict(tags or {}),
        travel=travel,
    )


def country(towns: Sequence[Territory]) -> Frame:
    """Return a frame of towns with three size classes, two districts and two dated population columns."""
    sizes = [("small", 0, 100_000), ("middle", 100_000, 1_000_000), ("large", 1_000_000, None)]
    return Frame(
        "Invented",
        tuple(towns),
        (Source("people_2010", "2010", "invented"), Source("people_2021", "2021", "invented")),
        "people_2021",
        tuple(SizeClass(id, LocalText.of(ru=id, en=id), low, high) for id, low, high in sizes),
        (District("west", LocalText.of(ru="Запад", en="West")), District("east", LocalText.of(ru="Восток", en="East"))),
        Place("frame/frame.yaml"),
    )


CAPITAL = town("capital", 0, 1_200_000, 1_000_000)
CITY = town("city", 400, 300_000, 300_000, district="east")
TOWNS = (
    CAPITAL,
    CITY,
    town("suburb", 40, 60_000, 40_000, {"founded": "1650"}),
    town("satellite", 375, 30_000, 30_000, {"plant": "1"}, district="east"),
    town("midway", 90, 20_000, 25_000, {"founded": "1850", "plant": "2"}),
    town("distant", 230, 50_000, 60_000, {"founded": "1690"}),
    town("lonely", 700, 40_000, 50_000, district="east"),
    town("young", 95, 10_000),
)
