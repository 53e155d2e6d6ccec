"""hflabs/city: 1,117 Russian towns with codes and coordinates from an address register.

Its population is that of the census of 2010, although the file has been published since: the column becomes ``people_2010``, and a
wish for another year is refused. Some rows leave the town's name empty: it stands in the address.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from posad.core.place import Place
from posad.core.problems import Problem, problem
from posad.core.reading.csvs import CsvTable, read_csv
from posad.exchange.frames.values import NOTE_2010, Imported, Wishes, sources_of
from posad.study.frame.regions import find_region
from posad.study.frame.values import Source

SIGNATURE = ("fias_id", "kladr_id", "capital_marker", "population", "geo_lat", "geo_lon")
_ALSO = ("address", "region_type", "region", "city", "settlement", "federal_district", "oktmo")
CENSUS_2010 = "2010-10-14"
PLACED = {"people_2010": "population", "lat": "geo_lat", "lon": "geo_lon", "region": "region", "name": "city"}
PLACED |= {"code_fias": "fias_id", "code_oktmo": "oktmo", "code_kladr": "kladr_id", "id": "fias_id"}


def read(paths: Sequence[Path], wishes: Wishes) -> tuple[Imported | None, list[Problem]]:
    """Read city.csv of hflabs/city."""
    path = paths[0]
    table, problems = read_csv(path, path.name)
    if table is None:
        return None, problems
    missing = [name for name in (*SIGNATURE, *_ALSO) if name not in table.header]
    if missing:
        return None, [*problems, problem("frame-import-other", Place(path.name), format="hflabs", name=missing[0])]
    wanted = [w for w in wishes.as_of.values() if not w.startswith("2010")]
    if wanted or any(c.startswith("people_") and c != "people_2010" for c in wishes.take):
        year = (wanted or [next(c for c in wishes.take if c.startswith("people_"))])[0]
        return None, [*problems, problem("frame-hflabs-2010", Place(path.name), asked=year)]
    columns = _columns(table)
    problems.append(problem("frame-hflabs-census", Place(path.name)))
    usual = Source("", "2021", "hflabs/city", "CC BY-SA 4.0", kind="register")
    people = Source("", CENSUS_2010, "hflabs/city", "CC BY-SA 4.0", kind="census", note=NOTE_2010)
    sources = sources_of(list(columns), path, usual, {"people_2010": people}, wishes)

    def locate(row: int, column: str) -> Place:
        return table.place(row, table.header.index(PLACED.get(column, "address")))

    return Imported(columns, sources, path.name, locate), problems


def _columns(table: CsvTable) -> dict[str, list[str]]:
    cell = {name: table.column(name) or () for name in table.header}
    names = [
        settlement or city or _of_address(address)
        for settlement, city, address in zip(cell["settlement"], cell["city"], cell["address"], strict=True)
    ]
    regions = [
        find_region(f"{kind} {name}") or find_region(name) or name
        for kind, name in zip(cell["region_type"], cell["region"], strict=True)
    ]
    return {
        "id": list(cell["fias_id"]),
        "name": names,
        "region": regions,
        "district": list(cell["federal_district"]),
        "lat": list(cell["geo_lat"]),
        "lon": list(cell["geo_lon"]),
        "people_2010": list(cell["population"]),
        "code_fias": list(cell["fias_id"]),
        "code_oktmo": list(cell["oktmo"]),
        "code_kladr": list(cell["kladr_id"]),
    }


def _of_address(address: str) -> str:
    """Return the town of an address: «Респ Адыгея, г Адыгейск» is Адыгейск.

    >>> _of_address("г Москва"), _of_address("Респ Адыгея, г Адыгейск")
    ('Москва', 'Адыгейск')
    """
    return re.sub(r"^(г|пгт|рп|с)\.? ", "", address.rpartition(",")[2].strip())
