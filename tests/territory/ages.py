"""Small invented tables of ages."""

from __future__ import annotations

from collections.abc import Mapping

from posad.core.place import Place
from posad.core.reading.yamls import Places
from posad.core.words import LocalText
from posad.store.values import RawTable
from posad.study.frame.plan import Dimension
from posad.study.frame.plan.dimensions import AGES, age_bands
from posad.study.frame.values import District, Frame, Territory
from posad.territory.targets.values import AgeTable, UnitAges

HERE = Place("frame/frame.yaml")
BANDS = age_bands(AGES, Places("sample.yaml"))[0]
SIZES = Dimension(
    "size",
    (("small", LocalText.of(en="small")), ("medium", LocalText.of(en="medium"))),
    {"small": (0, 100_000), "medium": (100_000, 250_000)},
)


def unit(
    id: str, each: float = 10, open_at: int = 70, total: float | None = None, without: tuple[int, ...] = ()
) -> UnitAges:
    """Return a unit with the same number of women and of men of every year, ten years' worth in the open group."""
    people = {(s, (a, a)): each for s in "fm" for a in range(open_at) if a not in without}
    opened: dict[tuple[str, tuple[int, int | None]], float] = {(s, (open_at, None)): 10 * each for s in "fm"}
    own = each * (open_at + 10) if total is None else total
    return UnitAges(id, people | opened, {"f": own, "m": own})


def table(*units: UnitAges) -> AgeTable:
    """Return a table of units."""
    return AgeTable({u.id: u for u in units}, "2024", "ages.csv")


def rows(*lines: tuple[object, ...], head: tuple[str, ...] = ("unit", "year", "sex", "age", "people")) -> RawTable:
    """Return raw rows."""
    return RawTable({name: tuple(line[i] for line in lines) for i, name in enumerate(head)})


def town(id: str, people: int, district: str = "north", code: str = "", region: str = "XX-N") -> Territory:
    """Return a town with a municipal code."""
    codes: Mapping[str, str] = {"oktmo": code} if code else {}
    return Territory(
        id, LocalText.of(ru=f"Город {id}"), region, district, None, None, {"people": people}, HERE, codes=codes
    )


def frame(*towns: Territory) -> Frame:
    """Return a frame of towns in two districts."""
    districts = tuple(District(d, LocalText.of(en=d)) for d in ("north", "south"))
    return Frame("Zalesye", towns, (), "people", (), districts, HERE)
