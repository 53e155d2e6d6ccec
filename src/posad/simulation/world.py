"""The respondents while they are being made: who they are, what they have answered so far, in which groups they are."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from posad.simulation.values import Row
from posad.study.expressions.evaluate import evaluate
from posad.study.expressions.scope import Scope
from posad.study.expressions.tree import Expression
from posad.study.plans.values import Study, Variable
from posad.study.plans.variables import names_in, scope_of, variables_used
from posad.study.questionnaire.values import Item, Kind, columns_of, option_column

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
T = TypeVar("T")


class World:
    """Respondents being made; ``rows`` grow question by question.

    Args:
        study: The study.
        rows: One row a respondent; those of the sample's questions are answered.
        seed: The seed; every item draws from a stream of its own.
    """

    def __init__(self, study: Study, rows: list[Row], seed: int) -> None:
        self.study = study
        self.rows = rows
        self.seed = seed
        self.weights: Floats = np.ones(len(rows))

    def stream(self, name: str) -> np.random.Generator:
        """Return the stream of chance of one name, independent of all others."""
        return np.random.default_rng([self.seed, crc32(name.encode("utf-8"))])

    def member(self, item: Item, code: int) -> Flags:
        """Tell who is in a group of a variable, or gave an answer."""
        known = self._by_answers((item.id,), lambda row: groups_of(self.study, item.id, row))
        return np.array([code in codes for codes in known])

    def asked(self, item: Item) -> Flags:
        """Tell who is asked a question."""
        condition = item.ask_if
        if condition is None:
            return np.ones(len(self.rows), dtype=bool)
        return np.array(
            self._by_answers(names_of(condition, self.study), lambda row: holds(self.study, condition, row))
        )

    def _by_answers(self, names: Iterable[str], of: Callable[[Row], T]) -> list[T]:
        """Return what follows from the answers the names lead to, computed once for each combination of answers."""
        columns = [c for i in answers_behind(self.study, names) for c in columns_of(i)]
        memo: dict[tuple[object, ...], T] = {}
        found = []
        for row in self.rows:
            key = tuple(row.get(c) for c in columns)
            if key not in memo:
                memo[key] = of(dict(zip(columns, key, strict=True)))
            found.append(memo[key])
        return found


def holds(study: Study, condition: Expression, row: Row) -> bool:
    """Tell whether a condition is true of a row; grouping variables it names are derived first."""
    _fill(study, names_of(condition, study), row)
    return evaluate(condition, row, scope_of_once(study)) is True


def groups_of(study: Study, name: str, row: Row) -> frozenset[int]:
    """Return the groups of a variable that a row is in, or the answers it gives to a question."""
    variable = study.variable(name)
    if variable is not None:
        return _groups(study, variable, row)
    item = study.item(name)
    if item is None:
        return frozenset()
    if item.kind is Kind.MULTIPLE:
        return frozenset(o.code for o in item.options if row.get(option_column(item.column, o.code)) == 1)
    value = row.get(item.column)
    return frozenset({int(value)}) if isinstance(value, int | float) else frozenset()


def _groups(study: Study, variable: Variable, row: Row) -> frozenset[int]:
    _fill(study, variables_used(variable, [v.id for v in study.variables]), row)
    scope = scope_of_once(study)
    found: list[int] = []
    unsure = False
    for group in variable.groups:
        if group.condition is None:
            truth: object = not found and not unsure
        else:
            truth = evaluate(group.condition, row, scope)
        unsure = unsure or truth is None
        if truth is True:
            found.append(group.code)
    return frozenset(found[:1] if variable.exclusive else found)


def _fill(study: Study, names: Iterable[str], row: Row) -> None:
    for name in names:
        variable = study.variable(name)
        if variable is None:
            continue
        codes = _groups(study, variable, row)
        if variable.exclusive:
            row[variable.id] = next(iter(codes), None)
        else:
            row.update({option_column(variable.id, g.code): int(g.code in codes) for g in variable.groups})


def scope_of_once(study: Study) -> Scope:
    """Return the names of a study's conditions, made once for each study."""
    if "scope" not in study.memo:
        study.memo["scope"] = scope_of(study)
    found = study.memo["scope"]
    assert isinstance(found, Scope)
    return found


def names_of(condition: Expression, study: Study) -> tuple[str, ...]:
    """Return the items and variables that a condition names."""
    scope = scope_of_once(study)
    found = (scope.resolve(name) for name in names_in(condition, scope.variables))
    return tuple(dict.fromkeys(r.item.id for r in found if r is not None))


def answers_behind(study: Study, names: Iterable[str]) -> tuple[Item, ...]:
    """Return the questions' items that items and grouping variables lead to, in the order of the questionnaire."""
    waiting, seen = list(names), dict[str, None]()
    while waiting:
        name = waiting.pop()
        if name in seen:
            continue
        seen[name] = None
        variable = study.variable(name)
        for group in variable.groups if variable is not None else ():
            if group.condition is not None:
                waiting += names_of(group.condition, study)
    return tuple(i for i in study.questionnaire.items() if i.id in seen)
