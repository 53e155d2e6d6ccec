"""The frame of a study: ``frame/territories.csv`` and ``frame/frame.yaml`` read into one value.

``settings`` reads the YAML, ``territories`` the rows; here both are held to the published totals.
"""

from __future__ import annotations

from pathlib import Path

from posad.core.place import Place
from posad.core.problems import Fact, Problem, problem
from posad.core.reading.csvs import read_csv
from posad.core.words import LocalText
from posad.study.frame.counting import COUNTRY, count
from posad.study.frame.settings import SETTINGS, TERRITORIES, Settings, read_settings
from posad.study.frame.territories import NEEDED, TABLE, check_header, read_rows
from posad.study.frame.values import Control, District, Frame, Territory


def read_frame(folder: Path) -> tuple[Frame | None, list[Problem]]:
    """Read the frame of a study folder, with every mistake at its file and line.

    Args:
        folder: The study's folder.

    Returns:
        The frame, or None where there is none or it can't be read at all; and what is wrong. Where any of that is an error, rows
        with mistakes are missing from the frame: nothing may be counted from it.
    """
    there = [(folder / name).exists() for name in (TABLE, SETTINGS)]
    if not any(there):
        return None, []
    if not all(there):
        absent, present = (SETTINGS, TABLE) if there[0] else (TABLE, SETTINGS)
        return None, [problem("frame-half", Place(present), name=absent, present=present)]
    settings, problems = read_settings(folder)
    table, wrong = read_csv(folder / TABLE, TABLE)
    problems += wrong
    if settings is None or table is None:
        return None, problems
    problems += check_header(table, settings)
    if any(name not in table.header for name in NEEDED):
        return None, problems
    territories, wrong = read_rows(table, settings)
    problems += wrong
    frame = _frame(settings, territories)
    complete = all(p.code not in _STOPPING for p in problems)
    return frame, problems + (check_totals(frame) if complete else [])


_STOPPING = (  # a sum that lacks rows or numbers would be told wrong for that reason only
    "frame-cell-empty",
    "frame-region-unknown",
    "frame-region-empty",
    "frame-district-unknown",
    "frame-district-empty",
    "frame-district-differs",
    "frame-people-wrong",
    "frame-id-twice",
    "frame-population-unknown",
    "frame-sizes-gap",
    "frame-sizes-order",
)


def _frame(settings: Settings, territories: tuple[Territory, ...]) -> Frame:
    return Frame(
        country=settings.country,
        territories=territories,
        sources=settings.sources,
        population=settings.population,
        sizes=settings.sizes,
        districts=settings.districts or _as_written(territories),
        place=Place(SETTINGS),
        controls=_totals(settings),
        totals=settings.totals,
        regions=settings.regions,
    )


def _as_written(territories: tuple[Territory, ...]) -> tuple[District, ...]:
    """Return the districts that rows name, where the settings declare none."""
    inside: dict[str, dict[str, None]] = {}
    for t in territories:
        if t.district:
            inside.setdefault(t.district, {})[t.region] = None
    return tuple(District(n, LocalText.of(ru=n, en=n), tuple(found)) for n, found in inside.items())


def _totals(settings: Settings) -> dict[str, int]:
    """Return control totals by name; those of whole countries also by the column they are true of."""
    whole = [c for c in settings.totals if c.beyond and not (c.district or c.region or c.size)]
    by_column = {f"{COUNTRY}:{c.column}": c.value for c in whole if c.column != TERRITORIES}
    return {c.id: c.value for c in settings.totals} | by_column


def total_of(frame: Frame, control: Control) -> int:
    """Return the frame's own number for a control total: people of a column, or territories."""
    column = None if control.column == TERRITORIES else control.column
    found = count(frame, column, size=control.size, district=control.district, region=control.region)
    return found.towns if column is None else found.people


def check_totals(frame: Frame) -> list[Problem]:
    """Return every control total that the frame does not keep to."""
    problems = []
    for control in frame.totals:
        own = total_of(frame, control)
        facts: dict[str, Fact] = {"name": control.id, "own": own, "published": control.value}
        if control.beyond and own > control.value:
            problems.append(problem("frame-control-exceeded", control.place, **facts))
        elif not control.beyond and own != control.value:
            facts["difference"] = own - control.value
            problems.append(problem("frame-control-differs", control.place, **facts))
    return problems
