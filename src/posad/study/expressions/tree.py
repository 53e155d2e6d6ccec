"""The tree of an expression.

Truth has three values as in SQL: comparing a missing answer gives *unknown*; ``not unknown`` is unknown; a filter keeps only what
is true. ``answered(x)`` is never unknown.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from posad.core.place import Place

Comparison = Literal["=", "!=", "<", "<=", ">", ">="]


@dataclass(frozen=True, slots=True)
class Name:
    """A question, an item (``firms.sber.comfort``), a variable, or one of them with a net, option or group (``move.leave``)."""

    parts: tuple[str, ...]
    place: Place

    @property
    def text(self) -> str:
        """The name as written."""
        return ".".join(self.parts)


@dataclass(frozen=True, slots=True)
class Number:
    """A number written in the expression."""

    value: float
    place: Place


@dataclass(frozen=True, slots=True)
class Word:
    """A quoted text, or a bare group name on the right of a comparison."""

    value: str
    place: Place


@dataclass(frozen=True, slots=True)
class Compare:
    """``left op right``; for an item of several answers ``=`` and ``in`` ask whether it was among those chosen."""

    left: Expression
    op: Comparison
    right: Expression
    place: Place


@dataclass(frozen=True, slots=True)
class In:
    """``name in 18-24, 30``: inclusive ranges of numbers, or a list of words."""

    left: Expression
    ranges: tuple[tuple[float, float], ...]
    words: tuple[str, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Call:
    """``answered(name)``, ``count(name)`` (how many were chosen), ``min``, ``max``, ``mean`` over several names."""

    function: Literal["answered", "count", "min", "max", "mean"]
    arguments: tuple[Expression, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Arithmetic:
    """``left + right`` and its kin; a missing operand or a division by zero gives missing."""

    left: Expression
    op: Literal["+", "-", "*", "/"]
    right: Expression
    place: Place


@dataclass(frozen=True, slots=True)
class Not:
    """``not x``."""

    inner: Expression
    place: Place


@dataclass(frozen=True, slots=True)
class And:
    """``a and b and c``."""

    parts: tuple[Expression, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Or:
    """``a or b or c``."""

    parts: tuple[Expression, ...]
    place: Place


Expression = Name | Number | Word | Compare | In | Call | Arithmetic | Not | And | Or
