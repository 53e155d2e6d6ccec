"""The rules that answers already given may break: for imported files, cleaning and simulations.

To add a rule: 1. a :class:`Rule`; 2. a case in :func:`_of_item`; 3. its words where it is told.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import assert_never

from posad.core.problems import Fact
from posad.study.expressions.evaluate import Row, evaluate
from posad.study.expressions.scope import Scope
from posad.study.questionnaire.values import (
    Item,
    Kind,
    Question,
    Questionnaire,
    Role,
    Screen,
    columns_of,
    items_of,
    option_column,
    screens_of,
)


class Rule(StrEnum):
    """A rule an answer may break."""

    UNKNOWN_CODE = "unknown-code"  # an answer that is not among the options
    OVER_LIMIT = "over-limit"  # more answers than allowed
    EXCLUSIVE = "exclusive-with-others"  # an exclusive answer beside another
    OUT_OF_BOUNDS = "out-of-bounds"  # a number outside its bounds
    NOT_ASKED = "answer-where-not-asked"  # an answer to a question that was not put
    TWICE = "ranked-twice"  # one answer on two places of a ranking
    WRONG_TYPE = "not-an-answer"  # a text where a code or number belongs, or a number where words do


@dataclass(frozen=True, slots=True)
class Violation:
    """One rule broken by one respondent's answer to one item, with the facts of the case."""

    rule: Rule
    item: str
    facts: Mapping[str, Fact] = field(default_factory=dict, hash=False)


def asked(question: Question | Item, row: Row, scope: Scope) -> bool:
    """Tell whether a question is put to a respondent: it has no condition, or the condition is true.

    A condition that is unknown, because an answer it asks about is missing, does not put the question.
    """
    return question.ask_if is None or evaluate(question.ask_if, row, scope) is True


def violations(questionnaire: Questionnaire, row: Row, scope: Scope) -> list[Violation]:
    """Return the rules a respondent's answers break, in the order of the questionnaire.

    Args:
        questionnaire: The questions.
        row: The answers by the store's columns; None is no answer.
        scope: The names conditions may use.
    """
    found: list[Violation] = []
    over = False
    for question in questionnaire.questions:
        put: dict[int, bool] = {}  # items of one turn, and of a whole grid, share their condition
        items = items_of(question)
        for item in items:
            if id(item.ask_if) not in put:
                put[id(item.ask_if)] = not over and asked(item, row, scope)
            if not put[id(item.ask_if)] and any(row.get(c) is not None for c in columns_of(item)):
                found.append(Violation(Rule.NOT_ASKED, item.id))
            found += _of_item(item, row)
        if question.kind is Kind.RANKING:
            found += _of_ranking(items, row)
        over = over or (any(put.values()) and ended(question, row, scope) is not None)
    return found


def ended(question: Question, row: Row, scope: Scope) -> Screen | None:
    """Return the end of the interview that a respondent's answers lead to after a question, or nothing."""
    for screen in screens_of(question):
        if evaluate(screen.condition, row, scope) is True:
            return screen
    return None


def _of_ranking(items: Sequence[Item], row: Row) -> Iterator[Violation]:
    by_turn: dict[str, list[tuple[Item, object]]] = {}
    for item in items:
        turn = (item.row or "").rpartition("place_")[0]
        by_turn.setdefault(turn, []).append((item, row.get(item.column)))
    for places in by_turn.values():
        seen: set[object] = set()
        for item, value in places:
            if value is not None and value in seen:
                yield Violation(Rule.TWICE, item.id, {"value": _fact(value)})
            seen.add(value)


def _of_item(item: Item, row: Row) -> Iterator[Violation]:
    match item.kind:
        case Kind.SINGLE | Kind.SCALE:
            value = row.get(item.column)
            if isinstance(value, str):
                yield Violation(Rule.WRONG_TYPE, item.id, {"value": value})
            elif value is not None and all(o.code != value for o in item.options):
                yield Violation(Rule.UNKNOWN_CODE, item.id, {"value": _fact(value)})
        case Kind.MULTIPLE:
            yield from _of_several(item, row)
        case Kind.NUMBER:
            yield from _of_number(item, row.get(item.column))
        case Kind.OPEN | Kind.TERRITORY:
            value = row.get(item.column)
            if value is not None and not isinstance(value, str):
                yield Violation(Rule.WRONG_TYPE, item.id, {"value": _fact(value)})
        case Kind.GRID | Kind.RANKING:
            raise ValueError("an item is never a whole grid or ranking")
        case _:
            assert_never(item.kind)


def _of_several(item: Item, row: Row) -> Iterator[Violation]:
    marks = [(o, row.get(option_column(item.column, o.code))) for o in item.options]
    for option, mark in marks:
        if mark is not None and mark not in (0, 1):
            yield Violation(Rule.UNKNOWN_CODE, item.id, {"option": option.code, "value": _fact(mark)})
    chosen = [o for o, mark in marks if mark == 1]
    alone = next((o for o in chosen if Role.EXCLUSIVE in o.roles), None)
    if alone is not None and len(chosen) > 1:
        yield Violation(Rule.EXCLUSIVE, item.id, {"option": alone.code, "chosen": len(chosen)})
    if item.limit is not None and len(chosen) > item.limit:
        yield Violation(Rule.OVER_LIMIT, item.id, {"chosen": len(chosen), "limit": item.limit})


def _of_number(item: Item, value: object) -> Iterator[Violation]:
    if value is None:
        return
    if not isinstance(value, int | float):
        yield Violation(Rule.WRONG_TYPE, item.id, {"value": _fact(value)})
        return
    if item.bounds is None or any(o.code == value for o in item.options):
        return
    low, high = item.bounds
    if not low <= value <= high:
        yield Violation(Rule.OUT_OF_BOUNDS, item.id, {"value": value, "low": low, "high": high})


def _fact(value: object) -> Fact:
    return value if isinstance(value, str | int | float) else str(value)
