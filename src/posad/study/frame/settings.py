"""frame/frame.yaml: the settings of the frame as values, with every mistake at its place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from posad.core.numbers import number
from posad.core.problems import Problem, near, problem
from posad.core.reading.yamls import Places, fit, read_plain
from posad.core.words import LocalText
from posad.study.frame.regions import federal_districts, regions
from posad.study.frame.shapes import FrameShape
from posad.study.frame.values import Control, District, SizeClass, Source

SETTINGS = "frame/frame.yaml"
BREAKS = (50_000, 100_000, 250_000, 500_000, 1_000_000)
TERRITORIES = "territories"  # as the column of a control: territories are counted
COORDINATES = "coordinates"
UNKNOWN = "unknown"  # the date of a gazetteer that doesn't tell it

_DATE = re.compile(r"[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?")
_YEAR = re.compile(r"people_([0-9]{4})$")
_NAME = re.compile(r"[a-z0-9][a-z0-9_]*")


@dataclass(frozen=True, slots=True)
class Settings:
    """What frame.yaml says; columns and districts of rows are checked against it by the reader of the table."""

    country: str
    population: str
    sources: tuple[Source, ...]
    sizes: tuple[SizeClass, ...]
    districts: tuple[District, ...]
    regions: Mapping[str, LocalText]
    totals: tuple[Control, ...]
    language: str | None
    places: Places

    @property
    def known_regions(self) -> frozenset[str]:
        """The regions a row may name; none where any may be."""
        if self.country == "RU":
            return frozenset(regions())
        return frozenset(self.regions) | {r for d in self.districts for r in d.regions}


def read_settings(folder: Path) -> tuple[Settings | None, list[Problem]]:
    """Read frame/frame.yaml; nothing where it is absent or its shape is wrong."""
    value, places, problems = read_plain(folder / SETTINGS, SETTINGS)
    if value is None:
        return None, problems
    shape, wrong = fit(value, FrameShape, places, "ru")
    problems += wrong
    if shape is None:
        return None, problems
    sources, wrong = _sources(shape, places)
    problems += wrong
    sizes, wrong = _sizes(shape, places)
    problems += wrong
    districts, wrong = _districts(shape, places)
    problems += wrong
    totals, wrong = _controls(shape, places, sizes, districts)
    problems += wrong
    names = {r.iso: r.name for r in regions().values()} if shape.country == "RU" else dict(shape.regions)
    return Settings(
        shape.country, shape.population, sources, sizes, districts, names, totals, shape.language, places
    ), problems


def _sources(shape: FrameShape, places: Places) -> tuple[tuple[Source, ...], list[Problem]]:
    found, problems = [], list[Problem]()
    for column, s in shape.sources.items():
        as_of = str(s.as_of)
        if not _DATE.fullmatch(as_of) and not (as_of == UNKNOWN and s.kind == "gazetteer"):
            problems.append(problem("frame-as-of-form", places.value(("sources", column, "as_of")), name=as_of))
        year = _YEAR.search(column)
        if year and _DATE.fullmatch(as_of) and as_of[:4] != year[1]:
            place = places.value(("sources", column, "as_of"))
            problems.append(problem("frame-year-differs", place, column=column, as_of=as_of))
        if not s.source.strip():
            problems.append(problem("frame-source-empty", places.value(("sources", column, "source")), column=column))
        if s.sha256 and not re.fullmatch(r"[0-9a-f]{64}", s.sha256):
            problems.append(problem("frame-checksum-form", places.value(("sources", column, "sha256")), column=column))
        found.append(Source(column, as_of, s.source, s.licence, s.sha256, s.file, s.kind, s.note))
    return tuple(found), problems


def _sizes(shape: FrameShape, places: Places) -> tuple[tuple[SizeClass, ...], list[Problem]]:
    if isinstance(shape.sizes, list):
        breaks = shape.sizes or list(BREAKS)
        for i, (a, b) in enumerate(zip([0, *breaks], breaks, strict=False)):
            if b <= a:
                return classes(BREAKS), [problem("frame-sizes-order", places.value(("sizes", i)), got=b, before=a)]
        return classes(breaks), []
    found, problems = [], list[Problem]()
    before: int | None = -1  # where the class before ends; None: it has no end
    for id, s in shape.sizes.items():
        place = places.key(("sizes", id))
        if not _NAME.fullmatch(id):
            problems.append(problem("frame-name-form", place, name=id))
        if s.high is not None and s.high <= s.low:
            problems.append(problem("frame-sizes-order", place, got=s.high, before=s.low))
        if before is None or (before >= 0 and s.low != before):
            problems.append(problem("frame-sizes-gap", place, name=id, low=s.low, before=before or 0))
        before = s.high
        found.append(SizeClass(id, s.label or size_label(s.low, s.high), s.low, s.high))
    return tuple(found), problems


def classes(breaks: Iterable[int]) -> tuple[SizeClass, ...]:
    """Return the size classes between breaks, the first from nobody on, the last without an end.

    >>> [(c.id, c.low, c.high) for c in classes([50_000, 1_000_000])]
    [('under_50k', 0, 50000), ('50k_1m', 50000, 1000000), ('1m_up', 1000000, None)]
    """
    lows = [0, *breaks]
    found = []
    for low, high in zip(lows, [*lows[1:], None], strict=True):
        id = f"under_{_short(high)}" if low == 0 and high else f"{_short(low)}_{_short(high) if high else 'up'}"
        found.append(SizeClass(id, size_label(low, high), low, high))
    return tuple(found)


def _short(people: int) -> str:
    if people and people % 1_000_000 == 0:
        return f"{people // 1_000_000}m"
    return f"{people // 1000}k" if people % 1000 == 0 else str(people)


def size_label(low: int, high: int | None) -> LocalText:
    """Return a size class in words.

    >>> size_label(100_000, 250_000).get("en"), size_label(0, 50_000).get("en"), size_label(1_000_000, None).get("en")
    ('100–250 thousand', 'under 50 thousand', '1 million and more')
    """
    return LocalText.of(ru=_words(low, high, "ru"), en=_words(low, high, "en"))


def _words(low: int, high: int | None, language: str) -> str:
    ru = language == "ru"
    if high is None:
        return f"{_people(low, language)} {'и больше' if ru else 'and more'}" if low else ("все" if ru else "all")
    if low == 0:
        return f"{'до' if ru else 'under'} {_people(high, language)}"
    a, b = _people(low, language), _people(high, language)
    (small, unit), (_, other) = a.rsplit(" ", 1) if " " in a else (a, ""), b.rsplit(" ", 1) if " " in b else (b, "")
    return f"{small}–{b}" if unit == other and unit else f"{a} – {b}"


def _people(n: int, language: str) -> str:
    million, thousand = ("млн", "тыс.") if language == "ru" else ("million", "thousand")
    if n >= 1_000_000 and n % 100_000 == 0:
        return f"{number(n / 1_000_000, language, 0 if n % 1_000_000 == 0 else 1)} {million}"
    return f"{number(n // 1000, language)} {thousand}" if n and n % 1000 == 0 else number(n, language)


def _districts(shape: FrameShape, places: Places) -> tuple[tuple[District, ...], list[Problem]]:
    if not shape.districts:
        return (federal_districts() if shape.country == "RU" else ()), []
    found, problems = [], list[Problem]()
    owner: dict[str, str] = {}
    known = regions() if shape.country == "RU" else shape.regions
    for id, d in shape.districts.items():
        if not _NAME.fullmatch(id):
            problems.append(problem("frame-name-form", places.key(("districts", id)), name=id))
        for i, region in enumerate(d.regions):
            place = places.value(("districts", id, "regions", i))
            if region in owner:
                problems.append(problem("frame-region-twice", place, name=region, first=owner[region]))
            elif known and region not in known:
                problems.append(problem("frame-region-unknown", place, name=region, near=near(region, known)))
            owner.setdefault(region, id)
        found.append(District(id, d.name, tuple(d.regions)))
    return tuple(found), problems


def _controls(
    shape: FrameShape, places: Places, sizes: Iterable[SizeClass], districts: Iterable[District]
) -> tuple[tuple[Control, ...], list[Problem]]:
    found, problems = [], list[Problem]()
    known = {
        "size": [s.id for s in sizes],
        "district": [d.id for d in districts],
        "column": [c for c in shape.sources if c.startswith("people_")] + [TERRITORIES],
    }
    for id, c in shape.controls.items():
        wrong = []
        for key, names in known.items():
            value = getattr(c, key)
            if value is not None and value not in names:
                place = places.value(("controls", id, key))
                wrong.append(problem("frame-control-name", place, key=key, name=value, near=near(value, names)))
        if c.value < 0:
            wrong.append(problem("frame-control-negative", places.value(("controls", id, "value")), name=id))
        problems += wrong
        if not wrong:
            column = c.column or shape.population
            at = places.value(("controls", id, "value"))
            parts = c.district, c.region, c.size
            found.append(Control(id, c.value, c.source, column, at, *parts, beyond=c.beyond))
    return tuple(found), problems
