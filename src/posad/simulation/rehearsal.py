"""Random answers that mean nothing, to try a questionnaire and its report out before the fieldwork.

They obey the routing, the limits and the exclusive answers of the questionnaire, nothing else: no number of them is worth a look.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from posad.simulation.values import Row
from posad.simulation.world import holds
from posad.study.plans.values import Study
from posad.study.questionnaire.values import (
    Item,
    Kind,
    Option,
    Role,
    columns_of,
    items_of,
    option_column,
)

WORDS = "…"  # where a person would write something
_SPECIAL = 0.08  # of answers: don't know, none of these


def rehearse(study: Study, count: int, seed: int) -> list[Row]:
    """Return random answers of some respondents to every question they would be asked.

    Args:
        study: The study.
        count: How many respondents.
        seed: The same seed gives the same answers.
    """
    chance = np.random.default_rng([seed, 7])
    return [_interview(study, chance) for _ in range(count)]


def _interview(study: Study, chance: np.random.Generator) -> Row:
    row: Row = {}
    for question in study.questionnaire.questions:
        if question.ask_if is not None and not holds(study, question.ask_if, dict(row)):
            for item in items_of(question):
                row.update(dict.fromkeys(columns_of(item)))
            continue
        for item in items_of(question):
            row.update(_answer(item, chance))
    return row


def _answer(item: Item, chance: np.random.Generator) -> Row:
    special = chance.random() < _SPECIAL
    match item.kind:
        case Kind.SINGLE | Kind.SCALE:
            return {item.column: _pick(item.options, special, chance).code if item.options else None}
        case Kind.MULTIPLE:
            return _several(item, special, chance)
        case Kind.NUMBER:
            low, high = item.bounds or (0.0, 100.0)
            first, last = int(np.ceil(low)), int(np.floor(high))
            if last < first:
                return {item.column: float(low)}
            return {item.column: float(chance.integers(first, last + 1))}
        case _:
            return {item.column: WORDS}


def _pick(options: Sequence[Option], special: bool, chance: np.random.Generator) -> Option:
    rare = {Role.DONT_KNOW, Role.OUT_OF_BASE, Role.EXCLUSIVE}
    pool = [o for o in options if bool(o.roles & rare) == special] or list(options)
    return pool[int(chance.integers(len(pool)))]


def _several(item: Item, special: bool, chance: np.random.Generator) -> Row:
    alone = [o for o in item.options if Role.EXCLUSIVE in o.roles]
    others = [o for o in item.options if Role.EXCLUSIVE not in o.roles]
    if alone and (special or not others):
        chosen = {alone[int(chance.integers(len(alone)))].code}
    else:
        most = min(item.limit or len(others), len(others))
        size = int(chance.integers(1, most + 1)) if most else 0
        chosen = {others[int(n)].code for n in chance.choice(len(others), size, replace=False)}
    return {option_column(item.column, o.code): int(o.code in chosen) for o in item.options}
