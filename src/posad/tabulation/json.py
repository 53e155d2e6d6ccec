"""A table as plain data for programs, and as rows of text for a terminal or a CSV file.

What the base is too low for is left out here already, so that no reader of a file meets a number that the page hides.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from posad.core.numbers import number, percent, signed
from posad.core.words import Language, LocalText
from posad.kernel.values import Bases, Estimate
from posad.tabulation.values import Change, Difference, Row, Table, TableTests

Plain = dict[str, object]
Layer = Literal["estimate", "interval", "se", "index", "p"]

_WORDS: dict[str, tuple[str, str]] = {
    "unweighted": ("База, человек", "Base, respondents"),
    "weighted": ("База взвешенная", "Weighted base"),
    "effective": ("База эффективная", "Effective base"),
}
_LAYERS: dict[str, tuple[str, str]] = {"index": ("Индекс, первый столбец – 100", "Index, first column is 100")}
HIDDEN = "…"  # a number that the base is too low to show
ABSENT = "–"  # nobody in the base


def table_json(table: Table) -> Plain:
    """Return a table as plain data: nothing rounded, texts in every language, numbers of hidden columns left out."""
    found: Plain = {
        "id": table.id,
        "item": table.item,
        "title": _texts(table.title),
        "question": _texts(table.question),
        "base": _texts(table.base_text),
        "weight": table.weight,
        "simulated": table.simulated,
        "columns": [
            {
                "id": c.id,
                "labels": [_texts(label) for label in c.labels],
                "block": c.block,
                "letter": c.letter,
                "tier": table.tiers[c.id],
                "bases": bases_json(table.bases[c.id]),
            }
            for c in table.columns
        ],
        "rows": [_row(table, row) for row in table.rows],
        "notes": [_texts(note) for note in table.notes],
        "percent": table.style.percent,
    }
    if table.tests is not None:
        found["tests"] = tests_json(table, table.tests)
    if table.changes:
        found["changes"] = [
            {"row": row, "column": column, "p": change.p, "adjusted": change.adjusted, "verdict": change.verdict}
            for (row, column), change in table.changes.items()
            if table.tiers[column] != "hidden"
        ]
    return found


def tests_json(table: Table, tests: TableTests) -> Plain:
    """Return the tests of a table as plain data: every p-value, by itself and corrected, of columns that are shown."""
    shown = {c.id for c in table.columns if table.tiers[c.id] != "hidden"} | {"rest"}
    rows = {r.id for r in table.rows}

    def plain(differences: Sequence[Difference]) -> list[Plain]:
        return [
            {"row": d.row, "first": d.first, "second": d.second, "difference": d.difference, "p": d.p,
             "adjusted": d.adjusted, "found": d.found}
            for d in differences
            if d.row in rows and d.first in shown and d.second in shown
        ]  # fmt: skip

    associations = [
        {"block": _texts(label), "chi_square": a.chi_square, "f": a.f, "df1": a.df1, "df2": a.df2, "p": a.p}
        for label, a in tests.associations
    ]
    return {
        "preset": table.style.tests.preset,
        "legend": _texts(tests.legend),
        "pairs": plain(tests.pairs),
        "parts": plain(tests.parts),
        "associations": associations,
    }


def estimate_json(estimate: Estimate) -> Plain:
    """Return an estimate as plain data."""
    found: Plain = {
        "value": estimate.value,
        "se": estimate.se,
        "low": estimate.low,
        "high": estimate.high,
        "statistic": estimate.statistic,
        "df": estimate.df,
        "set_by_weights": estimate.set_by_weights,
        "bases": bases_json(estimate.bases),
    }
    if estimate.origin is not None:
        found["origin"] = {
            "address": estimate.origin.address,
            "definition": estimate.origin.definition,
            "data": estimate.origin.data,
            "weight": estimate.origin.weight,
            "simulated": estimate.origin.simulated,
        }
    return found


def bases_json(bases: Bases) -> Plain:
    """Return a base three ways as plain data."""
    return {"unweighted": bases.unweighted, "weighted": bases.weighted, "effective": bases.effective}


def table_rows(
    table: Table, language: Language, layer: Layer = "estimate", digits: int = 0, bare: bool = False
) -> list[list[str]]:
    """Return a table as rows of text: one or more header rows, the bases, then a line for each row of the stub.

    Args:
        table: The table.
        language: The language of labels and numbers.
        layer: What stands in a cell: the estimate with its letters, its interval, its standard error, the index (100 is the first
            column), or the p-values of the column against everybody else and, by their letters, against others of its block.
        digits: Decimals of shares; means have two at least.
        bare: Whether the head and the bases are left out.
    """
    depth = max((len(c.labels) for c in table.columns), default=1)
    head = [
        ["", *(c.labels[level].get(language) if level < len(c.labels) else "" for c in table.columns)]
        for level in range(depth)
    ]
    lines = [
        [_word(name, language), *(_base(table.bases[c.id], name, language) for c in table.columns)] for name in _WORDS
    ]
    if any(c.letter for c in table.columns) and layer in ("estimate", "p"):
        head.append(["", *(c.letter for c in table.columns)])
    if bare:
        head, lines = [[_word(layer, language), *("" for _ in table.columns)]], []
    for row in table.rows:
        label = "  " * row.indent + row.label.get(language)
        lines.append([label, *(_cell(table, row, c.id, language, layer, digits) for c in table.columns)])
    return [*head, *lines]


def _texts(text: LocalText) -> Plain:
    return dict(text.parts)


def _row(table: Table, row: Row) -> Plain:
    shown = [c.id for c in table.columns if table.tiers[c.id] != "hidden"]
    return {
        "id": row.id,
        "kind": row.kind,
        "label": _texts(row.label),
        "codes": list(row.codes),
        "indent": row.indent,
        "cells": {id: _cell_json(table, row, id) for id in shown},
    }


def _cell_json(table: Table, row: Row, column: str) -> Plain:
    found = estimate_json(table.cells[row.id, column])
    letters, arrow = table.marks(row.id, column)
    return found | ({"letters": letters} if letters else {}) | ({"arrow": arrow} if arrow else {})


def _word(name: str, language: Language) -> str:
    return {**_WORDS, **_LAYERS}.get(name, (name, name))[0 if language == "ru" else 1]


def _base(bases: Bases, name: str, language: Language) -> str:
    value = {"unweighted": float(bases.unweighted), "weighted": bases.weighted, "effective": bases.effective}[name]
    return number(value, language)


def _cell(table: Table, row: Row, column: str, language: Language, layer: Layer, digits: int) -> str:
    estimate = table.cells[row.id, column]
    if estimate.value is None:
        return ABSENT
    if table.tiers[column] == "hidden":
        return HIDDEN
    if layer == "interval":
        if estimate.low is None or estimate.high is None:
            return ABSENT
        return f"{_said(estimate.low, row, language, digits)}–{_said(estimate.high, row, language, digits)}"
    if layer == "index":
        return _index(table, row, column, language)
    if layer == "p":
        return _p_values(table, row, column, language)
    value = estimate.se if layer == "se" else estimate.value
    if value is None:
        return ABSENT
    change = table.changes.get((row.id, column))
    if change is None or layer == "se":
        marks = "".join(" " + m for m in table.marks(row.id, column) if m) if layer == "estimate" else ""
        return _said(value, row, language, digits) + marks
    return change_said(value, row.kind in ("answer", "net"), change, language, digits)


def _p_values(table: Table, row: Row, column: str, language: Language) -> str:
    """Return the corrected p-values of a cell: against everybody else, then against each column of its block by letter."""
    if table.tests is None:
        return ABSENT
    letters = {c.id: c.letter for c in table.columns if table.tiers[c.id] != "hidden"}
    found = [number(d.adjusted, language, 3) for d in table.tests.parts if (d.row, d.first) == (row.id, column)]
    for d in table.tests.pairs:
        other = {d.first: d.second, d.second: d.first}.get(column)
        if d.row == row.id and other is not None and letters.get(other):
            found.append(f"{letters[other]} {number(d.adjusted, language, 3)}")
    return "; ".join(found) or ABSENT


def _index(table: Table, row: Row, column: str, language: Language) -> str:
    """Return a number as a percentage of that of the first column, whole."""
    value, whole = (table.cells[row.id, c].value for c in (column, table.columns[0].id))
    return ABSENT if value is None or not whole else number(100 * value / whole, language)


def change_said(value: float, share: bool, change: Change, language: Language, digits: int = 0) -> str:
    """Return a change as it is printed: its sign, points of percent or units, and an arrow where it stands the test.

    >>> change_said(0.052, True, Change(0.001, 0.01, "up"), "en")
    '+5 ▲'
    """
    said = number(100 * value, language, digits) if share else number(value, language, max(digits, 2))
    return signed(said) + {"up": " ▲", "down": " ▼"}.get(change.verdict, "")


def _said(value: float, row: Row, language: Language, digits: int) -> str:
    if row.kind in ("answer", "net"):
        if 0 < value < 0.005 and not digits:
            return "<" + percent(0.01, language)  # somebody said it
        return percent(value, language, digits)
    return number(value, language, max(digits, 2))
