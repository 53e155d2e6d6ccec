"""The forecast of a study's field: its quota plan, the mix of its panels from a table, and how people answer."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from io import StringIO
from pathlib import Path

from posad.core.place import Place
from posad.core.problems import Problem, near, problem
from posad.core.speech import has_errors
from posad.fieldwork.forecast.arrivals import USUAL, Manners, Supply
from posad.fieldwork.forecast.forecasting import Forecast, forecast
from posad.fieldwork.quotas import Quotas
from posad.fieldwork.quotas.cells import TOTAL, closed_cell, table_cell
from posad.pipeline.field.quotas import read_quotas
from posad.study.folder import read_study
from posad.study.plans.field.reading import groups_of
from posad.study.plans.field.values import QuotaPlan

HEADS = ("panel", "dimension", "group", "share")
JOIN = " > "


@dataclass(frozen=True, slots=True)
class Wish:
    """What a forecast assumes.

    ``per_day`` are starts a day by panel; ``mix`` a CSV of panel, dimension, group, share. Without it each panel sends people in
    the proportions of the quotas themselves, which no panel does.
    """

    per_day: Mapping[str, float] = field(default_factory=lambda: {"panel": 500.0})
    most: Mapping[str, int] = field(default_factory=dict)
    mix: Path | None = None
    manners: Manners = USUAL
    days: float = 30.0
    runs: int = 20
    seed: int = 1


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What is foreseen, or what stands in the way."""

    problems: tuple[Problem, ...]
    forecast: Forecast | None = None
    even: bool = False  # whether the mix was taken from the quotas


def forecast_field(folder: Path, wish: Wish) -> Foreseen:
    """Return how the field of a study would go under the assumptions of a wish."""
    study, problems = read_study(folder)
    if study is None or has_errors(problems):
        return Foreseen(tuple(problems))
    quotas, problems = read_quotas(folder, study)
    if quotas is None:
        return Foreseen(tuple(problems))
    if quotas.now.total is None:
        return Foreseen((*problems, problem("forecast-without-total", Place("field.yaml"))))
    mixes, wrong = _mixes(wish, quotas)
    problems += wrong
    if has_errors(problems):
        return Foreseen(tuple(problems))
    even = {t.id: _even(t) for t in quotas.now.tables}
    supply = [Supply(name, n, mixes.get(name) or even, wish.most.get(name)) for name, n in wish.per_day.items()]
    tables = quotas.now.tables
    found = forecast(
        quotas.cells, lambda groups: _cells(tables, groups), supply, wish.manners,
        hold=quotas.plan.hold, days=wish.days, runs=wish.runs, seed=wish.seed,
    )  # fmt: skip
    return Foreseen(tuple(problems), found, any(name not in mixes for name in wish.per_day))


def _even(table: QuotaPlan) -> dict[str, float]:
    return {JOIN.join(cell): float(n) for cell, n in table.targets.items() if n}


def _cells(tables: Sequence[QuotaPlan], groups: Mapping[str, str]) -> list[str]:
    """Return the cells of somebody by the groups they are in, given by table or by dimension."""
    found = [TOTAL]
    for table in tables:
        cell = groups_of(groups[table.id]) if table.id in groups else tuple(groups[d] for d in table.by)
        found.append(table_cell(table.id, cell) if cell in table.targets else closed_cell(table.id))
    return found


def _mixes(wish: Wish, quotas: Quotas) -> tuple[dict[str, dict[str, dict[str, float]]], list[Problem]]:
    """Return the mix of each panel by dimension, or what is wrong with the table of them."""
    if wish.mix is None:
        return {}, []
    file = wish.mix.name
    try:
        text = wish.mix.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        return {}, [problem("forecast-mix-unreadable", Place(file), reason=str(error))]
    head = text.splitlines()[0] if text else ""
    rows = csv.DictReader(StringIO(text), delimiter=";" if head.count(";") > head.count(",") else ",")
    lacking = [h for h in HEADS if h not in (rows.fieldnames or ())]
    if lacking:
        return {}, [problem("forecast-mix-columns", Place(file, 1, 1), names=", ".join(lacking))]
    known = _dimensions(quotas)
    mixes: dict[str, dict[str, dict[str, float]]] = {}
    problems: list[Problem] = []
    for line, row in enumerate(rows, 2):
        panel, dim, group = ((row[h] or "").strip() for h in HEADS[:3])
        share = _share(row["share"] or "")
        place = Place(file, line, 1)
        if panel not in wish.per_day:
            problems.append(problem("forecast-mix-panel", place, name=panel, known=", ".join(wish.per_day)))
        elif group not in known.get(dim, ()):
            names = [f"{d} {g}" for d, groups in known.items() for g in groups]
            problems.append(
                problem("forecast-mix-group", place, name=f"{dim} {group}", near=near(f"{dim} {group}", names))
            )
        elif share is None:
            problems.append(problem("forecast-mix-share", place, name=row["share"] or ""))
        else:
            mixes.setdefault(panel, {}).setdefault(dim, {})[group] = share
    if not problems:
        problems += [_incomplete(file, p, quotas) for p, mix in mixes.items() if not _covers(mix, quotas)]
    return mixes, problems


def _dimensions(quotas: Quotas) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for table in quotas.now.tables:
        found[table.id] = tuple(JOIN.join(cell) for cell in table.targets)
        for at, dim in enumerate(table.by):
            found.setdefault(dim, tuple(dict.fromkeys(cell[at] for cell in table.targets)))
    return found


def _covers(mix: Mapping[str, Mapping[str, float]], quotas: Quotas) -> bool:
    dims = {d for d, shares in mix.items() if sum(shares.values()) > 0}
    return all(t.id in dims or set(t.by) <= dims for t in quotas.now.tables)


def _incomplete(file: str, panel: str, quotas: Quotas) -> Problem:
    names = "; ".join(f"{t.id} / {', '.join(t.by)}" for t in quotas.now.tables)
    return problem("forecast-mix-incomplete", Place(file), name=panel, names=names)


def _share(text: str) -> float | None:
    try:
        value = float(text.replace("%", "").replace(",", ".").strip())
    except ValueError:
        return None
    return value if 0 <= value < float("inf") else None
