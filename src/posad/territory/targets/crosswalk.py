"""Which municipality a town lies in: by a code of the frame, or by the classifier of municipal territories.

A town's OKTMO (11 digits) begins with its municipality's: eight digits where the town is an urban district of its own or a
settlement that the table counts, five where it lies in a larger district whose make-up then stands for it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from posad.core.place import Place
from posad.core.problems import Problem, problem
from posad.store.values import RawTable
from posad.study.frame.values import Territory

UNIT_COLUMNS = ("unit", "territory_id")
CODE_COLUMNS = ("oktmo",)
OWN_CODES = ("unit", "municipality", "territory_id")  # codes of the frame that name the unit itself


@dataclass(frozen=True, slots=True)
class Crosswalk:
    """The unit of each town by its id, and which towns stand for themselves (``exact``) rather than lie in a larger unit."""

    units: Mapping[str, str]
    exact: frozenset[str] = frozenset()


def dictionary(
    raw: RawTable, name: str, year: str | None = None
) -> tuple[Mapping[str, tuple[str, ...]], list[Problem]]:
    """Return the units of every municipal code, the latest last, from a dictionary with the columns ``unit`` and ``oktmo``.

    Where the dictionary says from which year to which a unit was (``year_from``, ``year_to``), those of the year come after all others.
    """
    unit = next((c for c in raw.columns if c.strip().casefold() in UNIT_COLUMNS), "")
    code = next((c for c in raw.columns if c.strip().casefold() in CODE_COLUMNS), "")
    if not unit or not code:
        lost = ", ".join(w for w, c in (("unit", unit), ("oktmo", code)) if not c)
        return {}, [problem("ages-columns", Place(name), names=lost, known=", ".join(raw.columns))]
    blank = (None,) * raw.rows
    begins, ends = (raw.columns.get(c, blank) for c in ("year_from", "year_to"))
    rows = []
    for u, c, begin, end in zip(raw.columns[unit], raw.columns[code], begins, ends, strict=True):
        first, last = _year(begin, 0), _year(end, 9999)
        if u is not None and c is not None:
            valid = year is None or first <= int(year[:4]) <= last
            rows.append((valid, first, str(u).strip(), oktmo(str(c))))
    found: dict[str, list[str]] = {}
    for _, _, u, digits in sorted(rows, key=lambda r: r[:2]):
        found.setdefault(digits, []).append(u)
    return {c: tuple(us) for c, us in found.items()}, []


def _year(value: object, default: int) -> int:
    text = "" if value is None else str(value).strip()
    return int(text[:4]) if text[:4].isdigit() else default


def oktmo(text: str) -> str:
    """Return a municipal code as eleven digits; zeros that a spreadsheet took from its head are put back.

    >>> oktmo("79-701-000-000"), oktmo("1703000001"), oktmo("80701000")
    ('79701000000', '01703000001', '80701000000')
    """
    digits = re.sub(r"\D", "", text)
    if len(digits) in (7, 10):
        digits = f"0{digits}"
    return digits.ljust(11, "0")


def crosswalk(towns: Collection[Territory], units: Collection[str], codes: Mapping[str, tuple[str, ...]]) -> Crosswalk:
    """Return the unit of every town that has one among the units of a table of ages.

    Where several units of a dictionary bear one code, the latest that the table counts is taken.
    """
    found: dict[str, str] = {}
    exact = set()
    for town in towns:
        named = next((town.codes[c] for c in OWN_CODES if town.codes.get(c)), "")
        if named in units:
            found[town.id] = named
            exact.add(town.id)
            continue
        code = oktmo(town.codes.get("oktmo", ""))
        for digits in (8, 5):
            there = [u for u in codes.get(code[:digits].ljust(11, "0"), ()) if u in units]
            if there and code.strip("0"):
                found[town.id] = there[-1]
                if digits == 8:
                    exact.add(town.id)
                break
    return Crosswalk(found, frozenset(exact))
