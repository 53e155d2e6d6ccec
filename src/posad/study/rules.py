"""One set of rules for whoever puts a question or looks at an answer: server, simulator, checker, cleaning.

To add a rule: 1. a :class:`Rule`; 2. a case in :func:`_of_item`; 3. its words where it is told.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeVar, assert_never

from posad.core.problems import Fact
from posad.study.expressions.evaluate import Row, evaluate
from posad.study.expressions.scope import Scope
from posad.study.questionnaire.values import (
    Entity,
    Item,
    Kind,
    Option,
    Question,
    Questionnaire,
    Role,
    columns_of,
    items_of,
    option_column,
)

LAST = frozenset({Role.EXCLUSIVE, Role.DONT_KNOW, Role.OUT_OF_BASE, Role.TEXT})  # shown after the others when shuffled
_Shown = TypeVar("_Shown", bound=Option | Entity)


class Rule(StrEnum):
    """A rule an answer may break."""

    UNKNOWN_CODE = "unknown-code"  # an answer that is not among the options
    OVER_LIMIT = "over-limit"  # more answers than allowed
    EXCLUSIVE = "exclusive-with-others"  # an exclusive answer beside another
    OUT_OF_BOUNDS = "out-of-bounds"  # a number outside its bounds
    NOT_ASKED = "answer-where-not-asked"  # an answer to a question that was not put
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
    for question in questionnaire.questions:
        put = asked(question, row, scope)
        for item in items_of(question):
            if not put and any(row.get(c) is not None for c in columns_of(item)):
                found.append(Violation(Rule.NOT_ASKED, item.id))
            found += _of_item(item, row)
    return found


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
        case Kind.GRID:
            raise ValueError("an item is never a grid")
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


def order(shown: Sequence[_Shown], seed_text: str) -> tuple[_Shown, ...]:
    """Return options or rows in the random order a seed gives, the same on every machine and in every process.

    Pinned options keep their places. Exclusive ones, "don't know", those out of the base and those that open a line for words
    ("other") come last in their written order, after everything movable. Whoever shuffles names the respondent and the question
    in the seed, so that two questions, and two respondents, are shuffled apart.

    >>> from posad.core.place import Place
    >>> from posad.core.words import LocalText
    >>> rows = [Entity(name, LocalText(), Place("q.md")) for name in "abc"]
    >>> [r.id for r in order(rows, "respondent 1, question firms")]
    ['b', 'a', 'c']
    """
    movable = [n for n, one in enumerate(shown) if not _roles(one) & (LAST | {Role.PINNED})]
    if not movable:
        return tuple(shown)
    body: list[_Shown] = []
    tail: list[_Shown] = []
    for number, one in enumerate(shown):
        pinned = Role.PINNED in _roles(one)
        late = number > movable[-1] or (bool(_roles(one) & LAST) and not pinned)
        (tail if late else body).append(one)
    drawn = iter(sorted((shown[n] for n in movable), key=lambda one: _draw(seed_text, _name(one))))
    return (*(one if Role.PINNED in _roles(one) else next(drawn) for one in body), *tail)


def _roles(one: Option | Entity) -> frozenset[Role]:
    return one.roles if isinstance(one, Option) else frozenset()


def _name(one: Option | Entity) -> str:
    return str(one.code) if isinstance(one, Option) else one.id


def _draw(seed_text: str, name: str) -> bytes:
    return hashlib.sha256(f"{seed_text}\x1f{name}".encode("utf-8", "surrogatepass")).digest()
