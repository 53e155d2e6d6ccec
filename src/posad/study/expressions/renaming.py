"""Expressions with other names in them: how a condition of a loop's question reads in one turn."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import assert_never

from posad.study.expressions.tree import (
    And,
    Arithmetic,
    Call,
    Compare,
    Expression,
    In,
    Name,
    Not,
    Number,
    Or,
    Word,
)


def renamed(expression: Expression, naming: Callable[[Name], Name]) -> Expression:
    """Return an expression with every name replaced; a word on the right that is such a name becomes one.

    >>> from posad.core.place import Place
    >>> from posad.study.expressions.parse import parse
    >>> tree = parse("a = 1 or b > 2", Place(""))[0]
    >>> changed = renamed(tree, lambda name: replace(name, parts=("x", *name.parts)))
    >>> changed.parts[0].left.text, changed.parts[1].left.text
    ('x.a', 'x.b')
    """

    def again(part: Expression) -> Expression:
        return renamed(part, naming)

    match expression:
        case Name():
            return naming(expression)
        case Number() | Word():
            return expression
        case Compare() | Arithmetic():
            return replace(expression, left=again(expression.left), right=_right(expression.right, naming))
        case In():
            return replace(expression, left=again(expression.left))
        case Call():
            return replace(expression, arguments=tuple(again(a) for a in expression.arguments))
        case Not():
            return replace(expression, inner=again(expression.inner))
        case And() | Or():
            return replace(expression, parts=tuple(again(p) for p in expression.parts))
        case _:
            assert_never(expression)


def _right(side: Expression, naming: Callable[[Name], Name]) -> Expression:
    if not isinstance(side, Word):
        return renamed(side, naming)
    name = Name((side.value,), side.place)
    return side if naming(name) == name else naming(name)
