"""Whether the ways through a questionnaire make sense: the names of its conditions, questions nobody reaches, ends everybody meets.

A question is called unreachable only when all answers that its condition rests on were tried. Where they are too many, or where
words, sums and counts are compared, nothing is said.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from posad.core.problems import Problem, problem
from posad.study.expressions.evaluate import evaluate
from posad.study.expressions.scope import Scope, check_names
from posad.study.expressions.tree import Arithmetic, Call, Compare, Expression, In, Name, Number
from posad.study.plans.variables import names_in
from posad.study.questionnaire.values import (
    Item,
    Kind,
    Question,
    Questionnaire,
    Role,
    columns_of,
    items_of,
    option_column,
    screens_of,
)

MOST = 20_000  # combinations of answers tried for one condition
_SUBSETS = 6  # options of several answers that are tried in all combinations


def check_conditions(questionnaire: Questionnaire, scope: Scope) -> list[tuple[str, Problem]]:
    """Return what is wrong with the names in conditions and ends, each with its question; a block's condition is told of once."""
    found: list[tuple[str, Problem]] = []
    for question in questionnaire.questions:
        items = items_of(question)
        turn = question.loop.turns[0] if question.loop is not None and question.loop.turns else None
        trees = [items[0].ask_if] if items and items[0].ask_if is not None else []
        trees += [s.condition for s in (screens_of(question, turn) if turn is not None else question.screens)]
        for tree in trees:
            found += [(question.id, p) for p in check_names(tree, scope) if all(p.place != o.place for _, o in found)]
    return found


def check_ways(questionnaire: Questionnaire, scope: Scope) -> list[Problem]:
    """Return a warning for every question that no answers lead to, and for every end that all answers lead to."""
    problems = []
    for question in questionnaire.questions:
        turns = {id(i.ask_if): i.ask_if for i in items_of(question)}  # items of one turn share their condition
        conditions = [c for c in turns.values() if c is not None]
        if conditions and all(_Walk(questionnaire, scope, c).outcomes() == {False} for c in conditions):
            problems.append(problem("question-unreachable", conditions[0].place, question=question.id))
        for screen in question.screens if question.loop is None else ():
            if _Walk(questionnaire, scope, screen.condition, question.id).outcomes() == {True}:
                problems.append(problem("screen-of-all", screen.place, reason=screen.reason))
    return problems


class _TooMany(Exception):
    """The answers a condition rests on cannot all be tried."""


@dataclass(slots=True)
class _Walk:
    """All answers that one condition rests on, tried in the order of the questionnaire; ``own`` is a question always put."""

    questionnaire: Questionnaire
    scope: Scope
    condition: Expression
    own: str = ""
    left: int = MOST
    trees: list[Expression] = field(default_factory=list)
    found: set[bool] = field(default_factory=set)

    def outcomes(self) -> set[bool]:
        """Return whether the condition can be true and whether it can be anything else; both where that is not known."""
        try:
            items = self._behind()
            self._try(items, {}, 0)
        except _TooMany:
            return {True, False}
        return self.found

    def _behind(self) -> list[Item]:
        waiting, known, trees = [self.condition], set[str](), [self.condition]
        while waiting:
            for item in _items(waiting.pop(), self.scope):
                if item.id in self.scope.variables:
                    raise _TooMany  # grouping variables are proved elsewhere
                if item.id not in known and item.ask_if is not None:
                    waiting.append(item.ask_if)
                    trees.append(item.ask_if)
                known.add(item.id)
        if any(_opaque(tree) for tree in trees):
            raise _TooMany
        self.trees = trees
        return [i for i in self.questionnaire.items() if i.id in known]

    def _try(self, items: Sequence[Item], row: dict[str, object], at: int) -> None:
        if len(self.found) == 2:  # both are known to happen: further answers say nothing new
            return
        self.left -= 1
        if self.left < 0:
            raise _TooMany
        if at == len(items):
            self.found.add(evaluate(self.condition, row, self.scope) is True)
            return
        item = items[at]
        put = item.question == self.own or item.ask_if is None or evaluate(item.ask_if, row, self.scope) is True
        nothing: Mapping[str, object] = dict.fromkeys(columns_of(item))
        question = self.questionnaire.question(item.question)
        for given in self._answers(item, question) if put else (nothing,):
            tried = {**row, **given}
            if question is None or item.question == self.own or not self._ended(question, tried):
                self._try(items, tried, at + 1)

    def _ended(self, question: Question, row: dict[str, object]) -> bool:
        here = question.screens if question.loop is None else ()
        known = [s for s in here if all(c in row for i in _items(s.condition, self.scope) for c in columns_of(i))]
        return any(evaluate(s.condition, row, self.scope) is True for s in known)

    def _answers(self, item: Item, question: Question | None) -> Iterator[Mapping[str, object]]:
        if question is not None and not question.must_answer:
            yield dict.fromkeys(columns_of(item))
        match item.kind:
            case Kind.SINGLE | Kind.SCALE:
                yield from ({item.column: o.code} for o in item.options)
            case Kind.MULTIPLE:
                yield from self._subsets(item)
            case Kind.NUMBER:
                yield from ({item.column: n} for n in self._numbers(item))
            case _:
                raise _TooMany

    def _subsets(self, item: Item) -> Iterator[Mapping[str, object]]:
        named = {c for tree in self.trees for c in _codes(tree, item, self.scope)}
        options = [o for o in item.options if o.code in named]
        if len(options) > _SUBSETS:
            raise _TooMany
        others = len(item.options) > len(options)
        for size in range(0 if others else 1, min(item.limit or len(options), len(options)) + 1):
            for chosen in combinations(options, size):
                if size < 2 or not any(Role.EXCLUSIVE in o.roles for o in chosen):
                    codes = {o.code for o in chosen}
                    yield {option_column(item.column, o.code): int(o.code in codes) for o in item.options}

    def _numbers(self, item: Item) -> list[float]:
        ends = {n for tree in self.trees for n in _constants(tree)}
        low, high = item.bounds or (float("-inf"), float("inf"))
        near = {n + step for n in ends for step in (-1.0, -0.5, 0.0, 0.5, 1.0)} | {low, high, 0.0}
        inside = {n for n in near if low <= n <= high and abs(n) != float("inf")}
        return sorted(inside | {float(o.code) for o in item.options})


def _items(expression: Expression, scope: Scope) -> Iterator[Item]:
    for name in names_in(expression, scope.variables):
        reference = scope.resolve(name)
        if reference is not None:
            yield reference.item


def _parts(expression: Expression) -> Iterator[Expression]:
    yield expression
    match expression:
        case Compare() | Arithmetic():
            yield from (*_parts(expression.left), *_parts(expression.right))
        case In():
            yield from _parts(expression.left)
        case Call():
            yield from (p for a in expression.arguments for p in _parts(a))
        case _:
            inner = getattr(expression, "inner", None)
            for part in (inner,) if inner is not None else getattr(expression, "parts", ()):
                if not isinstance(part, str):
                    yield from _parts(part)


def _opaque(expression: Expression) -> bool:
    return any(
        isinstance(p, Arithmetic) or (isinstance(p, Call) and p.function != "answered") for p in _parts(expression)
    )


def _constants(expression: Expression) -> Iterator[float]:
    for part in _parts(expression):
        if isinstance(part, Number):
            yield part.value
        elif isinstance(part, In):
            yield from (end for pair in part.ranges for end in pair)


def _codes(expression: Expression, item: Item, scope: Scope) -> Iterator[int]:
    """Yield the codes of an item of several answers that an expression asks about."""
    for part in _parts(expression):
        if isinstance(part, Name):
            reference = scope.resolve(part)
            if reference is not None and reference.item.id == item.id:
                yield from reference.codes or ()
        left = part.left if isinstance(part, Compare | In) else None
        if isinstance(left, Name) and (found := scope.resolve(left)) is not None and found.item.id == item.id:
            spans = part.ranges if isinstance(part, In) else ()
            yield from (o.code for o in item.options if any(low <= o.code <= high for low, high in spans))
            if isinstance(part, Compare) and isinstance(part.right, Number):
                yield int(part.right.value)
