"""Rosstat's municipal database (an extract as Parquet) and its dictionary of municipalities (a workbook).

A new frame is a frame of municipalities: their people of one year. A frame of towns gets labels only, the municipality that each
town lies in, because the people of a district are not those of its town. Doubled rows and sums that miss the unit's own total are told.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path

from posad.core.place import Place
from posad.core.problems import Fact, Problem, problem
from posad.exchange.frames.values import Imported, Wishes, by_line, sources_of
from posad.exchange.frames.workbooks import read_sheets, text
from posad.store.parquet import read_parquet
from posad.study.frame.regions import find_region
from posad.study.frame.values import Source

PUBLISHER = "Росстат. База данных показателей муниципальных образований"
TOTAL = "Всего"
_NEEDED = ("territory_id", "year", "age", "gender", "value")
_DICTIONARY = ("territory_id", "oktmo", "municipal_district_name", "municipal_district_name_short", "region_name")


def read(paths: Sequence[Path], wishes: Wishes) -> tuple[Imported | None, list[Problem]]:
    """Read the municipalities of one year from the extract and its dictionary, given in any order."""
    parquet = next((p for p in paths if p.suffix == ".parquet"), None)
    workbook = next((p for p in paths if p.suffix == ".xlsx"), None)
    if parquet is None or workbook is None:
        return None, [problem("frame-bdpmo-files", Place(paths[0].name))]
    table, problems = read_parquet(parquet)
    if table is None or (missing := [n for n in _NEEDED if n not in table]):
        name = missing[0] if table is not None else "Parquet"
        return None, problems or [problem("frame-import-other", Place(parquet.name), format="rosstat-bdpmo", name=name)]
    units, wrong = _units(workbook)
    problems += wrong
    if units is None:
        return None, problems
    year, wrong = _year(table["year"], wishes.year, parquet.name)
    if year is None:
        return None, [*problems, *wrong]
    people, wrong = _people(table, year, parquet.name, units)
    problems += wrong
    ids = [i for i in units if i in people]
    lines = by_line(workbook.name, [int(units[i]["line"]) for i in ids])
    if wishes.labels:
        labels = {
            "code_oktmo": [units[i]["oktmo"] for i in ids],
            "tag_municipality": [units[i]["oktmo"] for i in ids],
            "tag_municipality_kind": [units[i].get("municipal_district_type", "") for i in ids],
        }
        register = Source("", f"{year}-01-01", PUBLISHER, kind="register")
        sources = sources_of(list(labels), workbook, register, {}, wishes)
        return Imported(labels, sources, workbook.name, lines, tags_only=True), problems
    columns = {
        "id": [units[i]["oktmo"] for i in ids],
        "name": [units[i]["municipal_district_name"] for i in ids],
        "region": [find_region(units[i]["region_name"]) or units[i]["region_name"] for i in ids],
        "lat": [units[i].get("municipal_district_center_lat", "") for i in ids],
        "lon": [units[i].get("municipal_district_center_lon", "") for i in ids],
        f"people_{year}": [str(people[i]) for i in ids],
        "code_oktmo": [units[i]["oktmo"] for i in ids],
    }
    usual = Source("", f"{year}-01-01", PUBLISHER, kind="estimate")
    sources = sources_of(list(columns), parquet, usual, {}, wishes)
    return Imported(columns, sources, parquet.name, lines), problems


def _year(cells: Sequence[object], wanted: int | None, name: str) -> tuple[int | None, list[Problem]]:
    """Return the year to take: the wanted one, or the latest there is."""
    years = sorted({y for y in cells if isinstance(y, int)})
    if not years or (wanted is not None and wanted not in years):
        known = ", ".join(map(str, years)) or "—"
        return None, [problem("frame-bdpmo-year", Place(name), got=str(wanted or "—"), known=known)]
    return wanted or years[-1], []


def _units(workbook: Path) -> tuple[dict[int, dict[str, str]] | None, list[Problem]]:
    """Return the municipalities that exist now, by their number in the database."""
    sheets, problems = read_sheets(workbook)
    if not sheets:
        return None, problems
    (_, head), *rows = sheets[0].rows or ((1, ()),)
    names = [text(c) for c in head]
    if missing := [n for n in _DICTIONARY if n not in names]:
        return None, [problem("frame-import-other", Place(workbook.name), format="rosstat-bdpmo", name=missing[0])]
    found: dict[int, dict[str, str]] = {}
    for line, cells in rows:
        unit = {n: text(c) for n, c in zip(names, cells, strict=False)} | {"line": str(line)}
        if not unit["territory_id"].isdigit() or unit.get("year_to", "9999") != "9999":
            continue
        unit["oktmo"] = unit["oktmo"].replace("-", "")[:8]
        found[int(unit["territory_id"])] = unit
    return found, problems


def _people(
    table: Mapping[str, Sequence[object]], year: int, name: str, units: Mapping[int, Mapping[str, str]]
) -> tuple[dict[int, int], list[Problem]]:
    """Return the people of every municipality: women and men of its row of totals; and what is wrong with the extract."""
    totals: dict[tuple[int, str], float] = {}
    twice: Counter[str] = Counter()
    cells = zip(*(table[n] for n in _NEEDED), strict=True)
    for unit, told, age, gender, value in cells:
        if told != year or age != TOTAL or not isinstance(unit, int) or not isinstance(value, int | float | Decimal):
            continue
        key = unit, str(gender)
        if key in totals:
            twice["same" if totals[key] == value else "other"] += 1
            if totals[key] != value:
                totals[key] = float("nan")
            continue
        totals[key] = float(value)
    sums: dict[int, float] = {}
    sexes: Counter[int] = Counter()
    for (unit, _), value in totals.items():
        sums[unit] = sums.get(unit, 0.0) + value
        sexes[unit] += 1
    whole = {u: round(v) for u, v in sums.items() if v == v and sexes[u] == 2}
    problems = []
    if twice:
        facts: dict[str, Fact] = {"year": year, "count": twice.total(), "other": twice["other"]}
        problems.append(problem("frame-bdpmo-twice", Place(name), **facts))
    if missing := [u["municipal_district_name"] for i, u in units.items() if i not in whole]:
        facts = {"year": year, "count": len(missing), "names": ", ".join(missing[:5])}
        problems.append(problem("frame-bdpmo-missing", Place(name), **facts))
    return whole, problems
