"""What simulated numbers stand on, written where they are shown: under tables and charts, and beside each cell in JSON."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from posad.core.words import LocalText
from posad.evidence.values import Fact, Figure
from posad.tabulation.context import Context
from posad.tabulation.values import Table

_KINDS = ("published", "assumed", "emergent")
_ALL = {
    "published": LocalText.of(
        ru="Смоделировано: все числа подогнаны под напечатанные.",
        en="Simulated: every number was fitted to a printed one.",
    ),
    "assumed": LocalText.of(
        ru="Смоделировано: все числа приняты авторами модели, ничего здесь не измерено.",
        en="Simulated: every number was assumed by the makers of the model, nothing here was measured.",
    ),
    "emergent": LocalText.of(
        ru="Смоделировано: все числа заданы генератором и ничего не говорят о людях.",
        en="Simulated: every number is the generator's and says nothing about people.",
    ),
}


def standing_note(standings: Iterable[str]) -> LocalText:
    """Return one sentence on what some simulated numbers stand on.

    >>> standing_note(["published", "assumed", "assumed"]).get("en")
    'Simulated: 1 of 3 numbers were fitted to printed ones, 2 assumed, 0 are the generator’s.'
    """
    counts = Counter(standings)
    if len(counts) == 1:
        return _ALL[next(iter(counts))]
    printed, assumed, other = (counts[k] for k in _KINDS)
    every = printed + assumed + other
    return LocalText.of(
        ru=f"Смоделировано: из {every} чисел под напечатанные подогнано {printed}, принято {assumed}, задано генератором {other}.",
        en=f"Simulated: {printed} of {every} numbers were fitted to printed ones, {assumed} assumed, {other} are the generator’s.",
    )


def with_standing(context: Context, table: Table, *, filtered: bool = False) -> Table:
    """Return a table with a note on what its numbers stand on; as it is where answers are real or no manifest tells."""
    if context.standings is None:
        return table
    found = [standing_of(context, table, row, column, filtered=filtered) for row, column in table.cells]
    return replace(table, notes=(*table.notes, standing_note(found))) if found else table


def standing_of(context: Context, table: Table, row: str, column: str, *, filtered: bool = False) -> str:
    """Return what one cell of a table stands on: targets are of everybody or of one group, with the study's own weight."""
    known = context.standings or {}
    if filtered or table.weight not in (None, context.weight()) or ">" in column:
        return "emergent"
    return known.get(f"{table.item}.{row}" + ("" if column == "total" else f"@{column}"), "emergent")


def figure_with_standing(
    context: Context, figure: Figure, facts: Mapping[str, Fact], addresses: Iterable[str]
) -> Figure:
    """Return a chart with a note, drawn inside the picture, on what its numbers stand on; official numbers stand on no answers."""
    if context.standings is None:
        return figure
    found = [facts[a].standing for a in addresses if a in facts and facts[a].official is None]
    return replace(figure, notes=(*figure.notes, standing_note(found))) if found else figure


def cells_with_standing(
    plain: dict[str, Any], context: Context, table: Table, *, filtered: bool = False
) -> dict[str, Any]:
    """Return a table's plain data with the standing beside the value of every cell."""
    if context.standings is None:
        return plain

    def stood(row: str, column: str, cell: dict[str, Any]) -> dict[str, Any]:
        return {**cell, "standing": standing_of(context, table, row, column, filtered=filtered)}

    rows = [{**r, "cells": {c: stood(r["id"], c, cell) for c, cell in r["cells"].items()}} for r in plain["rows"]]
    return {**plain, "rows": rows}
