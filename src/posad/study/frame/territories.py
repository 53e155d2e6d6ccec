"""frame/territories.csv: one row for each territory, checked row by row.

Tables of settlements may hold hundreds of thousands of rows: nothing here looks at a row more than a few times.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, partial

from posad.core.numbers import parse_number
from posad.core.place import Place
from posad.core.problems import Fact, Problem, near, problem
from posad.core.reading.csvs import CsvTable
from posad.core.words import LocalText
from posad.study.frame.regions import find_region, near_region
from posad.study.frame.settings import Settings
from posad.study.frame.values import Territory

TABLE = "frame/territories.csv"
PLAIN = ("id", "name", "region", "district", "lat", "lon", "travel_minutes")
NEEDED = ("id", "name", "region")
PEOPLE, TAG, CODE = "people_", "tag_", "code_"

_TRANSLATED = re.compile(r"name_[a-z]{2,3}")
_MOST = 100  # rows named one by one for each kind of mistake
_RUSSIA = (41.0, 82.0)  # latitudes of the outlines of Natural Earth, rounded outwards


@dataclass(slots=True)
class Tally:
    """Mistakes of rows, each kind named for its first hundred rows and counted beyond."""

    table: CsvTable
    found: list[Problem] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)

    def add(self, code: str, row: int, at_column: str, /, **facts: Fact) -> None:
        """Note a mistake at a cell."""
        self.counts[code] += 1
        if self.counts[code] <= _MOST:
            at = self.table.header.index(at_column) if at_column in self.table.header else 0
            self.found.append(problem(code, self.table.place(row, at), **facts))

    def problems(self) -> list[Problem]:
        """Return what was noted, with a count of what is beyond the first hundred of a kind."""
        more = {code: n - _MOST for code, n in self.counts.items() if n > _MOST}
        place = Place(self.table.name)
        return [*self.found, *(problem("frame-rows-more", place, name=c, count=n) for c, n in more.items())]


def check_header(table: CsvTable, settings: Settings) -> list[Problem]:
    """Return what is wrong with the names of columns, and which of them have no source."""
    problems = []
    for name in NEEDED:
        if name not in table.header:
            place = table.place(-1, 0)
            problems.append(problem("frame-column-missing", place, name=name, near=near(name, table.header)))
    for i, name in enumerate(table.header):
        if name and not _known(name):
            place = table.place(-1, i)
            guess = near(name, [*PLAIN, PEOPLE + "2021", *(s.column for s in settings.sources)])
            problems.append(problem("frame-column-unknown", place, name=name, near=guess))
        elif name.startswith(PEOPLE) and all(s.column != name for s in settings.sources):
            problems.append(problem("frame-source-missing", table.place(-1, i), name=name))
    columns = [*table.header, *(["coordinates"] if {"lat", "lon"} <= set(table.header) else [])]
    for s in settings.sources:
        if s.column not in columns:
            place = settings.places.key(("sources", s.column))
            problems.append(problem("frame-source-unused", place, name=s.column, near=near(s.column, columns)))
    counted = [c for c in table.header if c.startswith(PEOPLE)]
    if settings.population not in counted:
        guess = near(settings.population, counted)
        place = settings.places.value(("population",))
        problems.append(problem("frame-population-unknown", place, name=settings.population, near=guess))
    return problems


def _known(name: str) -> bool:
    prefixed = any(name.startswith(p) and len(name) > len(p) for p in (PEOPLE, TAG, CODE))
    return name in PLAIN or prefixed or _TRANSLATED.fullmatch(name) is not None


def read_rows(table: CsvTable, settings: Settings) -> tuple[tuple[Territory, ...], list[Problem]]:
    """Read the rows of the table; those with a mistake in what they are called by or lie in are left out."""
    tally = Tally(table)
    rows = _Rows(table, settings, tally)
    found = [t for i in range(len(table.rows)) if (t := rows.read(i)) is not None]
    _doubled(found, tally)
    return tuple(found), tally.problems()


class _Rows:
    """Reads one row after another; the columns are looked up once."""

    def __init__(self, table: CsvTable, settings: Settings, tally: Tally) -> None:
        self.table, self.settings, self.tally = table, settings, tally
        self.at = {name: i for i, name in enumerate(table.header)}
        self.people = [(n, i) for n, i in self.at.items() if n.startswith(PEOPLE)]
        self.tags = [(n.removeprefix(TAG), i) for n, i in self.at.items() if n.startswith(TAG)]
        self.codes = [(n.removeprefix(CODE), i) for n, i in self.at.items() if n.startswith(CODE)]
        own = settings.language or language_of(table.column("name") or ())
        self.names = [(own, self.at.get("name", 0))]
        self.names += [(n[5:], i) for n, i in self.at.items() if _TRANSLATED.fullmatch(n) and n[5:] != own]
        self.region = cache(partial(_region, settings))
        self.district = cache(partial(district_of, settings))
        self.of_region = {r: d.id for d in reversed(settings.districts) for r in d.regions}

    def cell(self, row: tuple[str, ...], name: str) -> str:
        at = self.at.get(name)
        return row[at].strip() if at is not None else ""

    def read(self, i: int) -> Territory | None:
        row = self.table.rows[i]
        id, name = self.cell(row, "id"), self.cell(row, "name")
        if not id or not name:
            self.tally.add("frame-cell-empty", i, "name" if id else "id", name="name" if id else "id")
            return None
        region, district = self._lies(i, row, name)
        latitude, longitude = self._point(i, row, name)
        if region is None or district is None:
            return None
        codes = {n: c for n, at in self.codes if (c := row[at].strip())}
        self._check_codes(i, codes, name)
        return Territory(
            id=id,
            name=LocalText(tuple((language, w) for language, at in self.names if (w := row[at].strip()))),
            region=region,
            district=district,
            latitude=latitude,
            longitude=longitude,
            people=self._people(i, row, name),
            place=Place(TABLE, self.table.lines[i + 1] if self.table.lines else i + 2),
            tags={n: t for n, at in self.tags if (t := row[at].strip())},
            codes=codes,
            travel=self._travel(i, row, name),
        )

    def _lies(self, i: int, row: tuple[str, ...], name: str) -> tuple[str | None, str | None]:
        """Return the region and district of a row; None for what is wrong."""
        written, told = self.cell(row, "region"), self.cell(row, "district")
        region, guess = self.region(written)
        if region is None:
            code = "frame-region-unknown" if written else "frame-region-empty"
            facts: dict[str, Fact] = {"name": written, "near": guess} if written else {"town": name}
            self.tally.add(code, i, "region", **facts)
        usual = self.of_region.get(region or "")
        if not told:
            if usual is None and region is not None and self.settings.districts:
                self.tally.add("frame-district-empty", i, "district", town=name)
                return region, None
            return region, usual or ""
        district, guess = self.district(told)
        if district is None:
            self.tally.add("frame-district-unknown", i, "district", name=told, near=guess, town=name)
        elif usual is not None and district != usual:
            self.tally.add("frame-district-differs", i, "district", name=told, town=name, usual=usual)
            return region, None
        return region, district

    def _point(self, i: int, row: tuple[str, ...], name: str) -> tuple[float | None, float | None]:
        if "lat" not in self.at or "lon" not in self.at:
            return None, None
        written = self.cell(row, "lat"), self.cell(row, "lon")
        if not any(written):
            self.tally.add("frame-coordinates-missing", i, "lat", town=name)
            return None, None
        values = []
        for column, text, bound in zip(("lat", "lon"), written, (90, 180), strict=True):
            value = _number(text)
            if value is None or not abs(value) <= bound:
                self.tally.add("frame-coordinates-wrong", i, column, name=column, got=text or "—", town=name)
                return None, None
            values.append(value)
        latitude, longitude = values
        low, high = _RUSSIA
        if self.settings.country == "RU" and not (low <= latitude <= high and (longitude > 19 or longitude < -168)):
            self.tally.add("frame-coordinates-abroad", i, "lat", got=f"{written[0]}, {written[1]}", town=name)
        return latitude, longitude

    def _people(self, i: int, row: tuple[str, ...], name: str) -> dict[str, int]:
        found: dict[str, int] = {}
        for column, at in self.people:
            text = row[at]
            if text.isascii() and text.isdigit():
                found[column] = int(text)
                continue
            value = self._counted(i, column, text.strip(), name)
            if value is not None:
                found[column] = value
        return found

    def _counted(self, i: int, column: str, text: str, name: str) -> int | None:
        if not text:
            if column == self.settings.population:
                self.tally.add("frame-people-missing", i, column, column=column, town=name)
            return None
        value = parse_number(text)
        if value is None or value < 0 or value != int(value):
            self.tally.add("frame-people-wrong", i, column, got=text, column=column, town=name)
            return None
        if not (text.isascii() and text.isdigit()):
            self.tally.add("frame-people-spaces", i, column, got=text, value=int(value), town=name)
        return int(value)

    def _travel(self, i: int, row: tuple[str, ...], name: str) -> float | None:
        text = self.cell(row, "travel_minutes")
        value = _number(text) if text else None
        if text and (value is None or value < 0):
            self.tally.add("frame-travel-wrong", i, "travel_minutes", got=text, town=name)
            return None
        return value

    def _check_codes(self, i: int, codes: Mapping[str, str], name: str) -> None:
        for code, text in codes.items():
            if re.fullmatch(r"[0-9][.,][0-9]+[eE]\+?[0-9]+", text):
                self.tally.add("frame-code-rounded", i, CODE + code, got=text, town=name)
        oktmo = codes.get("oktmo", "")
        if self.settings.country == "RU" and oktmo.isdigit() and len(oktmo) in (7, 10):
            self.tally.add("frame-code-zero-lost", i, "code_oktmo", got=oktmo, town=name)


def _number(text: str) -> float | None:
    try:
        value = float(text)
    except ValueError:
        return parse_number(text)
    return value if math.isfinite(value) else None


def language_of(names: Iterable[str]) -> str:
    """Return the language names are written in, by the letters of most of them."""
    seen = [bool(re.search("[а-яё]", n, re.IGNORECASE)) for _, n in zip(range(200), names, strict=False)]
    return "ru" if sum(seen) * 2 >= len(seen) else "en"


def _region(settings: Settings, text: str) -> tuple[str | None, str]:
    """Return the code of a region and, where there is none, the nearest name."""
    if not text:
        return None, ""
    if settings.country == "RU":
        iso = find_region(text)
        return iso, "" if iso else near_region(text)
    known = settings.known_regions
    if not known or text in known:
        return text, ""
    names = {words.casefold(): code for code, name in settings.regions.items() for _, words in name.parts}
    found = names.get(text.casefold())
    return found, "" if found else near(text, [*known, *(w for n in settings.regions.values() for _, w in n.parts)])


_DISTRICT_WORDS = re.compile(r"\b(федеральный округ|фо|federal district)\b")


def district_of(settings: Settings, text: str) -> tuple[str | None, str]:
    """Return the id of a district and, where there is none, the nearest name."""
    if not settings.districts:
        return text, ""
    names = {d.id.casefold(): d.id for d in settings.districts}
    names |= {words.casefold(): d.id for d in settings.districts for _, words in d.name.parts}
    wanted = " ".join(_DISTRICT_WORDS.sub("", text.casefold()).split())
    shown = [*(d.id for d in settings.districts), *(w for d in settings.districts for _, w in d.name.parts)]
    found = names.get(wanted) or names.get(text.casefold())
    return found, "" if found else near(text, shown)


def _doubled(rows: Sequence[Territory], tally: Tally) -> None:
    """Tell ids and codes that stand twice, and territories of one region that are called the same."""
    lines = tally.table.lines[1:] or range(2, len(tally.table.rows) + 2)
    index = {line: i for i, line in enumerate(lines)}
    twice = partial(_twice, rows, tally, index)
    twice("frame-id-twice", "id", lambda t: t.id)
    twice("frame-name-twice", "name", lambda t: f"{t.region} {t.name.get('').casefold()}")
    for column in (c for c in tally.table.header if c.startswith(CODE)):
        twice("frame-code-twice", column, _code(column.removeprefix(CODE)))


def _code(name: str) -> Callable[[Territory], str]:
    return lambda t: t.codes.get(name, "")


def _twice(
    rows: Iterable[Territory],
    tally: Tally,
    index: Mapping[int, int],
    problem_code: str,
    column: str,
    key: Callable[[Territory], str],
) -> None:
    first: dict[str, Territory] = {}
    for t in rows:
        value = key(t)
        if not value:
            continue
        before = first.setdefault(value, t)
        if before is not t:
            town = t.name.get("")
            facts: dict[str, Fact] = {"first": before.place.line, "town": town, "column": column}
            shown = town if problem_code == "frame-name-twice" else value
            tally.add(problem_code, index.get(t.place.line, 0), column, name=shown, **facts)
