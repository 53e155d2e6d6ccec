"""A small invented frame: four towns in two districts."""

from __future__ import annotations

from posad.core.place import Place
from posad.core.words import LocalText
from posad.study.frame.values import District, Frame, SizeClass, Source, Territory

HERE = Place("frame/towns.csv")


def town(
    id: str, district: str, people: int | None, longitude: float | None, latitude: float | None, region: str = ""
) -> Territory:
    """Return an invented town."""
    counted = {} if people is None else {"people": people, "people_old": people + 1000}
    name = LocalText.of(ru=f"Город {id}", en=f"Town {id}")
    return Territory(id, name, region or f"XX-{district[0].upper()}", district, latitude, longitude, counted, HERE)


def small_frame(*towns: Territory, country: str = "Zalesye") -> Frame:
    """Return a frame of four invented towns, or of those given."""
    made = towns or (
        town("a", "north", 40_000, 30.0, 60.0),
        town("b", "north", 120_000, 32.0, 59.5),
        town("c", "south", 249_500, 31.0, 55.0),
        town("d", "south", 600_000, 33.0, 54.0),
    )
    return Frame(
        country=country,
        territories=made,
        sources=(
            Source("people", "2021-10-01", "Invented census", "CC0-1.0", "0" * 64, "towns.csv"),
            Source("people_old", "2010-10-14", "Invented old census", "CC0-1.0", "1" * 64, "towns.csv"),
        ),
        population="people",
        sizes=(
            SizeClass("small", LocalText.of(ru="до 100 тыс.", en="under 100,000"), 0, 100_000),
            SizeClass("middle", LocalText.of(ru="100–250 тыс.", en="100,000–250,000"), 100_000, 250_000),
            SizeClass("large", LocalText.of(ru="250 тыс. и больше", en="250,000 and over"), 250_000, None),
        ),
        districts=(
            District("north", LocalText.of(ru="Северный", en="North"), ("XX-N",)),
            District("south", LocalText.of(ru="Южный", en="South"), ("XX-S",)),
        ),
        place=Place("frame/frame.yaml"),
        controls={"country": 2_000_000},
    )
