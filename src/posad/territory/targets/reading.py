"""From raw rows to a table of ages: who is counted in which column, one row for each unit, year, sex and age.

A wide table of a country in five-year groups with a column for each year is read too, one file for each sex.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache

from posad.core.numbers import parse_number
from posad.core.place import Place
from posad.core.problems import Problem, near, problem
from posad.store.values import RawTable
from posad.territory.targets.values import Age, AgeTable, UnitAges

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "unit": ("unit", "territory_id", "municipality", "region", "oktmo", "territory"),
    "year": ("year", "год"),
    "sex": ("sex", "gender", "пол"),
    "age": ("age", "возраст"),
    "people": ("people", "value", "population", "население"),
}
SEX_WORDS = {
    "f": ("f", "female", "women", "woman", "ж", "женщины", "женский", "женщина"),
    "m": ("m", "male", "men", "man", "м", "мужчины", "мужской", "мужчина"),
}
TOTAL_WORDS = ("total", "all", "всего", "итого")
TOTAL: Age = (-1, None)  # the age of a total
COUNTRY = "country"  # the unit of a table without units
NAMED = 8

_AGE = re.compile(r"([0-9]{1,3})(?:\s*[-–]\s*([0-9]{1,3})|\s*(\+)| (?:и старше|and over))?")
_Key = tuple[str, str, Age]


def age_table(raw: RawTable, name: str, year: str | None) -> tuple[AgeTable | None, list[Problem]]:
    """Return the table of ages that a file holds, and what was assumed or is wrong.

    Rows that repeat one another to the number are counted once; rows that contradict one another take their unit out.

    Args:
        raw: The file's rows: unit, year, sex, age, people; without a column of units it is a table of the whole country.
        name: The file's name, for messages.
        year: The year to take; without it the table may hold one only.
    """
    place = Place(name)
    columns = {
        word: next((c for c in raw.columns if c.strip().casefold() in names), "") for word, names in COLUMNS.items()
    }
    lost = [word for word in ("sex", "age", "people") if not columns[word]]
    if lost:
        return None, [problem("ages-columns", place, names=", ".join(lost), known=", ".join(raw.columns))]
    years = [_text(v) for v in raw.columns[columns["year"]]] if columns["year"] else []
    chosen, problems = _year(years, year, place)
    if problems:
        return None, problems
    units = [_text(v) for v in raw.columns[columns["unit"]]] if columns["unit"] else [COUNTRY] * raw.rows
    rows = [
        (unit, sex, age, people)
        for i, (unit, sex, age, people) in enumerate(
            zip(units, *(raw.columns[columns[w]] for w in ("sex", "age", "people")), strict=True)
        )
        if not years or years[i] == chosen
    ]
    found, problems = _cells(rows, place)
    return AgeTable(_units(found), chosen, name), problems


def _year(years: list[str], wanted: str | None, place: Place) -> tuple[str, list[Problem]]:
    there = sorted(set(years))
    if wanted is not None and there and wanted not in there:
        return "", [problem("ages-year", place, name=wanted, known=", ".join(there), near=near(wanted, there))]
    if wanted is None and len(there) > 1:
        return "", [problem("ages-years", place, known=", ".join(there))]
    return wanted or (there[0] if there else ""), []


def _text(value: object) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value).strip()


def _cells(rows: Iterable[tuple[str, object, object, object]], place: Place) -> tuple[dict[_Key, float], list[Problem]]:
    """Return people by unit, sex and age; None is the age of a total."""
    odd: Counter[str] = Counter()
    found: dict[_Key, float] = {}
    twice, quarrels = 0, set[str]()
    for unit, sex_written, age_written, people in rows:
        sex, age = _sex(_text(sex_written)), _age(_text(age_written))
        number = float(people) if isinstance(people, int | float) else parse_number(_text(people))
        if number is None:
            continue  # an absent number is a missing age, which the checks of its unit tell
        if sex is None or age is None or not number >= 0:
            odd[_text(sex_written) if sex is None else _text(age_written) if age is None else str(number)] += 1
            continue
        key = (unit, sex, age)
        if key in found:
            twice += 1
            if found[key] != number:
                quarrels.add(unit)
        found[key] = number
    return {k: v for k, v in found.items() if k[0] not in quarrels}, _told(odd, twice, quarrels, place)


def _told(odd: Counter[str], twice: int, quarrels: set[str], place: Place) -> list[Problem]:
    problems = []
    if odd:
        problems.append(problem("ages-odd", place, n=sum(odd.values()), names=", ".join(list(odd)[:NAMED])))
    if twice:
        problems.append(problem("ages-twice", place, n=twice))
    if quarrels:
        names = ", ".join(sorted(quarrels)[:NAMED])
        problems.append(problem("ages-contradict", place, n=len(quarrels), names=names))
    return problems


@cache
def _sex(text: str) -> str | None:
    return next((sex for sex, words in SEX_WORDS.items() if text.casefold() in words), None)


@cache
def _age(text: str) -> Age | None:
    """Return an age group, ``TOTAL`` for the total of all, None for what is neither."""
    if text.casefold() in TOTAL_WORDS:
        return TOTAL
    match = _AGE.fullmatch(text)
    if match is None:
        return None
    low = int(match[1])
    if match[2]:
        return (low, int(match[2])) if int(match[2]) >= low else None
    return (low, low) if match[0] == match[1] else (low, None)


def _units(found: Mapping[_Key, float]) -> dict[str, UnitAges]:
    people: dict[str, dict[tuple[str, Age], float]] = {}
    totals: dict[str, dict[str, float]] = {}
    for (unit, sex, age), n in found.items():
        people.setdefault(unit, {})
        if age == TOTAL:
            totals.setdefault(unit, {})[sex] = n
        else:
            people[unit][sex, age] = n
    return {u: UnitAges(u, cells, totals.get(u, {})) for u, cells in people.items()}


def country_table(
    by_sex: Mapping[str, RawTable], name: str, year: str, *, scale: float = 1000.0
) -> tuple[AgeTable | None, list[Problem]]:
    """Return a table of one country from two files in five-year groups with a column for each year, as the UN publishes them.

    Args:
        by_sex: The file of each sex, with a column ``age`` (``0-4`` … ``100+``) and one for each year.
        name: The files' name, for messages.
        year: The column to take.
        scale: How many people one unit of the file is: thousands in the UN's tables.
    """
    place = Place(name)
    found: dict[_Key, float] = {}
    for sex, raw in by_sex.items():
        if "age" not in raw.columns or year not in raw.columns:
            years = [c for c in raw.columns if re.fullmatch(r"[0-9]{4}", c)]
            return None, [problem("ages-year", place, name=year, known=", ".join(years), near=near(year, years))]
        rows = [
            (COUNTRY, sex, age, None if n is None else (parse_number(_text(n)) or 0.0) * scale)
            for age, n in zip(raw.columns["age"], raw.columns[year], strict=True)
        ]
        cells, problems = _cells(rows, place)
        if problems:
            return None, problems
        found |= cells
    return AgeTable(_units(found), year, name), []
