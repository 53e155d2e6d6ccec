"""The frame as columns of an engine, so that rules are answered by the same SQL as conditions on answers.

To add a column: 1. its item in ``posad.study.frame.plan.rules.scope``; 2. its values in ``engine_of``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from posad.core.numbers import parse_number
from posad.store.duck import DuckEngine
from posad.store.sql import condition
from posad.study.expressions.scope import Scope
from posad.study.expressions.tree import Expression
from posad.study.frame.counting import size_of
from posad.study.frame.plan.rules.scope import population_columns
from posad.study.frame.values import Frame
from posad.study.questionnaire.values import Kind

Floats = NDArray[np.float64]
Truth = NDArray[np.int8]  # 1 true, 0 false, -1 unknown


def populations(frame: Frame, column: str) -> Floats:
    """Return a population column of all territories, NaN where a number is missing."""
    return np.array([t.people.get(column, np.nan) for t in frame.territories], dtype=np.float64)


def engine_of(
    frame: Frame,
    scope: Scope,
    numbers: Mapping[str, Floats],
    groups: Mapping[str, Sequence[int | None]] | None = None,
    otherwise: Mapping[str, str] | None = None,
) -> DuckEngine:
    """Return an engine with a row for each territory and a column for each name of a scope.

    Args:
        frame: The frame.
        scope: The names rules may use.
        numbers: Columns counted from the frame, such as distances: NaN where it is not known, infinite where there is no such town,
            which is farther than any threshold.
        groups: Codes of groups, such as classes of position.
        otherwise: The value of a tag where a territory has none.
    """
    columns: dict[str, tuple[str, list[Any]]] = {}
    for name, values in {**{c: populations(frame, c) for c in population_columns(frame)}, **numbers}.items():
        columns[name] = "DOUBLE", [None if np.isnan(v) else float(v) for v in values]
    columns["people"] = "DOUBLE", [_float(t.people.get(frame.population)) for t in frame.territories]
    columns["minutes"] = "DOUBLE", [t.travel for t in frame.territories]
    columns["latitude"] = "DOUBLE", [t.latitude for t in frame.territories]
    columns["longitude"] = "DOUBLE", [t.longitude for t in frame.territories]
    columns["region"] = "VARCHAR", [t.region or None for t in frame.territories]
    given = {"size": sizes(frame), "district": districts(frame), **(groups or {})}
    for name in scope.variables:
        columns[name] = "INTEGER", list(given[name])
    for name, item in scope.items.items():
        if name not in columns:
            columns[name] = _tag(frame, name, item.kind, (otherwise or {}).get(name))
    return DuckEngine.from_columns(columns, threads=2)


def sizes(frame: Frame) -> list[int | None]:
    """Return the code of each territory's size class, from 1; None where its people are not known."""
    codes = {s.id: i for i, s in enumerate(frame.sizes, 1)}
    found = [size_of(frame, t) for t in frame.territories]
    return [None if size is None else codes[size.id] for size in found]


def districts(frame: Frame) -> list[int | None]:
    """Return the code of each territory's district, from 1; None where it has none of the frame's."""
    codes = {d.id: i for i, d in enumerate(frame.districts, 1)}
    return [codes.get(t.district) for t in frame.territories]


def answers(engine: DuckEngine, rules: Sequence[Expression | None], scope: Scope) -> list[Truth]:
    """Return for each rule which territories it is true for; no rule at all is true for everybody."""
    known = engine.columns()
    names = [f"rule_{i}_" for i in range(len(rules))]
    for name, one in zip(names, rules, strict=True):
        engine.add_expression(name, "BOOLEAN", "TRUE" if one is None else condition(one, scope, known))
    rows = engine.rows(names)
    return [_truth(rows[name]) for name in names]


def _truth(values: Sequence[object]) -> Truth:
    return np.array([-1 if v is None else int(bool(v)) for v in values], dtype=np.int8)


def _float(value: int | None) -> float | None:
    return None if value is None else float(value)


def _tag(frame: Frame, name: str, kind: Kind, otherwise: str | None) -> tuple[str, list[Any]]:
    written = [t.tags.get(name) or otherwise for t in frame.territories]
    if kind is Kind.NUMBER:
        return "DOUBLE", [None if w is None else parse_number(w) for w in written]
    return "VARCHAR", written
