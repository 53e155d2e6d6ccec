"""Random answers that mean nothing, to try a questionnaire and its report out before the fieldwork.

They obey the routing, the ends, the limits and the exclusive answers of the questionnaire, nothing else: no number of them is worth a look.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from posad.simulation.values import Row
from posad.study.plans.values import Study
from posad.study.questionnaire.values import (
    Item,
    Kind,
    Option,
    Role,
    columns_of,
    option_column,
)
from posad.study.rules import Part, Rules, parts_put, rules_of, screened_by

WORDS = "…"  # where a person would write something
_TRIES = 200  # respondents tried where an interview may be screened out
_SPECIAL = 0.08  # of answers: don't know, none of these


def rehearse(study: Study, count: int, seed: int) -> list[Row]:
    """Return random answers of some respondents to every question they would be asked.

    Args:
        study: The study.
        count: How many respondents.
        seed: The same seed gives the same answers.
    """
    chance = np.random.default_rng([seed, 7])
    rules = rules_of(study)
    return [_interview(study, rules, chance) for _ in range(count)]


def _interview(study: Study, rules: Rules, chance: np.random.Generator) -> Row:
    """Return the answers of one respondent who gets to the end; the last one tried where nobody does."""
    row: Row = {}
    for _ in range(_TRIES):
        row, through = _walk(rules, chance)
        if through:
            break
    return {c: row.get(c) for item in study.questionnaire.items() for c in columns_of(item)}


def _walk(rules: Rules, chance: np.random.Generator) -> tuple[Row, bool]:
    """Return random answers along one way, and whether it led to the end."""
    row: Row = {}
    for page in rules.pages:
        parts = parts_put(rules, page, row)
        for part in parts:
            row.update(_part(rules, part, chance))
        if screened_by(rules, parts, row) is not None:
            return row, False
    return row, True


def _part(rules: Rules, part: Part, chance: np.random.Generator) -> Row:
    if part.question.kind is Kind.TERRITORY and rules.places:
        places = list(rules.places)
        return {item.column: places[int(chance.integers(len(places)))] for item in part.items}
    if part.question.kind is not Kind.RANKING:
        return {c: v for item in part.items for c, v in _answer(item, chance).items()}
    alone = {Role.EXCLUSIVE, Role.DONT_KNOW, Role.OUT_OF_BASE}
    ranked = [o.code for o in part.question.options if not o.roles & alone]
    drawn = [ranked[int(n)] for n in chance.permutation(len(ranked))]
    return {item.column: drawn[n] if n < len(drawn) else None for n, item in enumerate(part.items)}


def _answer(item: Item, chance: np.random.Generator) -> Row:
    special = chance.random() < _SPECIAL
    match item.kind:
        case Kind.SINGLE | Kind.SCALE:
            return {item.column: _pick(item.options, special, chance).code if item.options else None}
        case Kind.MULTIPLE:
            return _several(item, special, chance)
        case Kind.NUMBER:
            low, high = _within(item)
            first, last = int(np.ceil(low)), int(np.floor(high))
            if last < first:
                return {item.column: float(low)}
            return {item.column: float(chance.integers(first, last + 1))}
        case _:
            return {item.column: WORDS}


def _within(item: Item) -> tuple[float, float]:
    """Return bounds to draw a number from; a side left open ends a hundred from the other."""
    low, high = item.bounds or (0.0, 100.0)
    if np.isinf(low):
        low = min(0.0, high - 100)
    return low, low + 100 if np.isinf(high) else high


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
