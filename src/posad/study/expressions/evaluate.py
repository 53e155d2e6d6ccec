"""What an expression gives for one respondent. The store's SQL gives the same, answer for answer.

The rules, in full:

*Values.* A row maps the store's columns to numbers, texts or None; None (or a column that isn't there, or NaN) is *missing*.
Numbers are IEEE doubles, texts sequences of code points. The result is true, false, a number, a text, or None: unknown or missing.

*Two readings of an answer.* Directly beside ``=``, ``!=`` or ``in``, a name stands for its **code**. Everywhere else (``<``
and its kin, arithmetic, ``min``, ``max``, ``mean``) it stands for its **value**, and an answer whose option is "don't know", out
of the base or outside the bounds of a number has none: it is missing. So ``like_city > 3`` is unknown, not true, for 99 "don't
know", and ``like_city = 99`` is true.

*Comparison* with a missing side is unknown. Numbers compare as doubles; texts are equal when every code point is. ``<>`` is
``!=``, and ``a != b`` is ``not (a = b)``. A word on the right is what ``Scope.meaning`` says: a group's code, a text, or an item.

*Several answers.* ``better = 4`` is true if 4 was chosen, false if it wasn't but the question was answered, unknown if its column
is missing; ``better in 4, 7`` and a net are the ``or`` of that over the options with these codes. With none of the codes among
the options it is false when the question was answered, else unknown.

*Names with a code, net or group* (``move.leave``) are ``item in codes``.

*in*: inclusive ranges; true when any range or word holds; unknown when the left side is missing.

*and, or, not*: Kleene's three values: ``false and unknown`` is false, ``true or unknown`` true, ``not unknown`` unknown.

*answered(x)* is never unknown: the column (of several answers: any of its columns) is not missing. "Don't know" is an answer.

*count(x)* is the number of options chosen; missing when all its columns are.

*Arithmetic*: a missing side gives missing; so do division by zero and a result too large for a double.

*min, max, mean* skip missing values; all missing gives missing. The mean is the sum, left to right, divided by the count.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from typing import assert_never

from posad.study.expressions.scope import Reference, Scope
from posad.study.expressions.tree import (
    And,
    Arithmetic,
    Call,
    Compare,
    Comparison,
    Expression,
    In,
    Name,
    Not,
    Number,
    Or,
    Word,
)
from posad.study.questionnaire.codes import valueless
from posad.study.questionnaire.values import Item, Kind, columns_of, option_column

Value = bool | float | str | None
Row = Mapping[str, object]


def evaluate(expression: Expression, row: Row, scope: Scope) -> Value:
    """Return the value of an expression for one row; None when unknown or missing.

    Args:
        expression: A tree that :func:`posad.study.expressions.scope.check_names` found no fault with.
        row: The respondent's answers by the store's columns.
        scope: The names of the study.

    Raises:
        ValueError: The expression was not checked and uses a name or a join that means nothing.
    """
    match expression:
        case Number() | Word():
            return expression.value
        case Name():
            return _name(expression, row, scope)
        case And():
            return _all(_truth(evaluate(p, row, scope)) for p in expression.parts)
        case Or():
            return _any(_truth(evaluate(p, row, scope)) for p in expression.parts)
        case Not():
            return _not(_truth(evaluate(expression.inner, row, scope)))
        case Compare():
            return _compare(expression, row, scope)
        case In():
            return _in(expression, row, scope)
        case Arithmetic():
            return _arithmetic(expression, row, scope)
        case Call():
            return _call(expression, row, scope)
        case _:
            assert_never(expression)


def _all(parts: Iterable[bool | None]) -> bool | None:
    seen = list(parts)
    if any(p is False for p in seen):
        return False
    return None if any(p is None for p in seen) else True


def _any(parts: Iterable[bool | None]) -> bool | None:
    return _not(_all(_not(p) for p in parts))


def _not(value: bool | None) -> bool | None:
    return None if value is None else not value


def _truth(value: Value) -> bool | None:
    if value is None or isinstance(value, bool):
        return value
    raise ValueError(f"{value!r} is neither true nor false")


def _number(value: Value) -> float | None:
    if value is None or (isinstance(value, float) and not isinstance(value, bool)):
        return value
    raise ValueError(f"{value!r} is not a number")


def _stored(row: Row, column: str) -> float | str | None:
    value = row.get(column)
    if value is None or isinstance(value, str):
        return value
    number = float(value)  # type: ignore[arg-type]  # the store holds numbers and texts only
    return None if math.isnan(number) else number


def _resolve(name: Name, scope: Scope) -> Reference:
    reference = scope.resolve(name)
    if reference is None:
        raise ValueError(f"no question, net or variable {name.text!r}")
    return reference


def _name(name: Name, row: Row, scope: Scope) -> Value:
    """Return the value of a name: missing for an answer that has none."""
    reference = _resolve(name, scope)
    if reference.codes is not None:
        return _one_of(reference.item, [(float(c), float(c)) for c in reference.codes], row)
    code = _code(reference.item, row)
    if isinstance(code, float) and code in valueless(reference.item):
        return None
    return code


def _code(item: Item, row: Row) -> float | str | None:
    if item.kind is Kind.MULTIPLE:
        raise ValueError(f"{item.id!r} takes several answers and has no single value")
    return _stored(row, item.column)


def _side(expression: Expression, row: Row, scope: Scope) -> Value:
    """Return one side of ``=`` or ``in``: a name stands for its code there."""
    if isinstance(expression, Name):
        reference = _resolve(expression, scope)
        if reference.codes is None:
            return _code(reference.item, row)
    return evaluate(expression, row, scope)


def _several(expression: Expression, scope: Scope) -> Item | None:
    reference = scope.resolve(expression) if isinstance(expression, Name) else None
    if reference is None or reference.codes is not None or reference.item.kind is not Kind.MULTIPLE:
        return None
    return reference.item


def _one_of(item: Item, ranges: Iterable[tuple[float, float]], row: Row) -> bool | None:
    """Tell whether an answer in one of the inclusive ranges was given."""
    spans = list(ranges)
    if item.kind is not Kind.MULTIPLE:
        code = _stored(row, item.column)
        return None if code is None else any(low <= _same(code) <= high for low, high in spans)
    wanted = [o.code for o in item.options if any(low <= o.code <= high for low, high in spans)]
    if not wanted:
        return False if _answered(item, row) else None
    chosen = (_stored(row, option_column(item.column, code)) for code in wanted)
    return _any(None if c is None else c != 0 for c in chosen)


def _same(code: float | str) -> float:
    if isinstance(code, str):
        raise ValueError(f"{code!r} is not a number")
    return code


def _answered(item: Item, row: Row) -> bool:
    return any(_stored(row, c) is not None for c in columns_of(item))


def _compare(e: Compare, row: Row, scope: Scope) -> bool | None:
    right = e.right
    if isinstance(right, Word):
        meaning = scope.meaning(e.left, right)
        if meaning is None:
            raise ValueError(f"{right.value!r} means nothing beside the left side")
        right = meaning
    item = _several(e.left, scope)
    if item is not None:
        if not isinstance(right, Number) or e.op not in ("=", "!="):
            raise ValueError(f"{item.id!r} takes several answers; only = and != with a code can be asked")
        chosen = _one_of(item, [(right.value, right.value)], row)
        return chosen if e.op == "=" else _not(chosen)
    if e.op in ("=", "!="):
        return _relation(_side(e.left, row, scope), e.op, _side(right, row, scope))
    return _relation(_number(evaluate(e.left, row, scope)), e.op, _number(evaluate(right, row, scope)))


def _relation(left: Value, op: Comparison, right: Value) -> bool | None:
    if left is None or right is None:
        return None
    if isinstance(left, str) or isinstance(right, str):
        if not isinstance(left, str) or not isinstance(right, str) or op not in ("=", "!="):
            raise ValueError(f"cannot ask {left!r} {op} {right!r}")
        return (left == right) is (op == "=")
    match op:
        case "=":
            return left == right
        case "!=":
            return left != right
        case "<":
            return left < right
        case "<=":
            return left <= right
        case ">":
            return left > right
        case ">=":
            return left >= right
        case _:
            assert_never(op)


def _in(e: In, row: Row, scope: Scope) -> bool | None:
    ranges, texts = list(e.ranges), []
    for value in e.words:
        meaning = scope.meaning(e.left, Word(value, e.place))
        if isinstance(meaning, Number):
            ranges.append((meaning.value, meaning.value))
        elif isinstance(meaning, Word):
            texts.append(value)
        else:
            raise ValueError(f"{value!r} means nothing in this list")
    item = _several(e.left, scope)
    if item is not None:
        return _one_of(item, ranges, row)
    left = _side(e.left, row, scope)
    if left is None:
        return None
    if isinstance(left, str):
        return left in texts
    return any(low <= left <= high for low, high in ranges)


def _arithmetic(e: Arithmetic, row: Row, scope: Scope) -> float | None:
    left, right = _number(evaluate(e.left, row, scope)), _number(evaluate(e.right, row, scope))
    if left is None or right is None:
        return None
    match e.op:
        case "+":
            result = left + right
        case "-":
            result = left - right
        case "*":
            result = left * right
        case "/":
            result = left / right if right else math.nan
        case _:
            assert_never(e.op)
    return result if math.isfinite(result) else None


def _call(e: Call, row: Row, scope: Scope) -> bool | float | None:
    match e.function:
        case "answered" | "count":
            argument = e.arguments[0]
            if not isinstance(argument, Name):
                raise ValueError(f"{e.function} needs the name of a question")
            item = _resolve(argument, scope).item
            if e.function == "answered":
                return _answered(item, row)
            chosen = [v for v in (_stored(row, c) for c in columns_of(item)) if v is not None]
            return float(sum(v != 0 for v in chosen)) if chosen else None
        case "min" | "max" | "mean":
            values = [v for v in (_number(evaluate(a, row, scope)) for a in e.arguments) if v is not None]
            if not values:
                return None
            if e.function == "mean":
                mean = sum(values) / len(values)
                return mean if math.isfinite(mean) else None
            return min(values) if e.function == "min" else max(values)
        case _:
            assert_never(e.function)
