"""Expressions as SQL: the same answer for every row as ``study.expressions.evaluate``, which states the rules in full.

Numbers are DOUBLE, texts VARCHAR, truth BOOLEAN with SQL's three values. Nothing of the user's text reaches the query except as a
quoted name, a quoted text or a number.

To add a function: 1. ``tree.Call``; 2. a case in ``evaluate``; 3. a case in ``_call`` here; the property test then compares the two.
"""

from __future__ import annotations

from collections.abc import Container, Iterable
from dataclasses import dataclass
from typing import Literal, assert_never

from posad.store.keys import item_key, item_keys, quoted
from posad.study.expressions.scope import Reference, Scope
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
from posad.study.questionnaire.codes import valueless
from posad.study.questionnaire.values import Item, Kind, columns_of, option_column

Type = Literal["truth", "number", "text"]
INFINITY = "CAST('infinity' AS DOUBLE)"
NAN = "CAST('nan' AS DOUBLE)"


@dataclass(frozen=True, slots=True)
class Sql:
    """A piece of SQL and what it gives."""

    text: str
    type: Type


def condition(expression: Expression, scope: Scope, columns: Container[str] | None = None) -> str:
    """Return the SQL of a condition, true, false or NULL for each row.

    Args:
        expression: a tree that ``check_names`` found no fault with.
        scope: the names of the study.
        columns: the columns there are; a column that is not among them is missing in every row. None: all are there.

    Raises:
        ValueError: the expression is no condition, or uses names that mean nothing.
    """
    return _truth(_Translator(scope, columns).sql(expression))


def value(expression: Expression, scope: Scope, columns: Container[str] | None = None) -> str:
    """Return the SQL of any expression; see :func:`condition`."""
    return _Translator(scope, columns).sql(expression).text


def text_literal(text: str) -> str:
    """Return a text as SQL.

    >>> text_literal("don't")
    "'don''t'"
    """
    parts = ["'" + part.replace("'", "''") + "'" for part in text.split("\0")]
    return parts[0] if len(parts) == 1 else "(" + " || chr(0) || ".join(parts) + ")"


def number_literal(number: float) -> str:
    """Return a number as SQL that every database reads as the same double.

    >>> number_literal(18.0)
    '18.0e0'
    """
    written = repr(float(number))
    return written if "e" in written else written + "e0"


def _truth(sql: Sql) -> str:
    if sql.type != "truth":
        raise ValueError(f"{sql.text} is neither true nor false")
    return sql.text


def _number(sql: Sql) -> str:
    if sql.type != "number":
        raise ValueError(f"{sql.text} is not a number")
    return sql.text


class _Translator:
    def __init__(self, scope: Scope, columns: Container[str] | None) -> None:
        self.scope = scope
        self.known = columns

    def sql(self, e: Expression) -> Sql:
        """Return the SQL of any expression."""
        match e:
            case Number():
                return Sql(number_literal(e.value), "number")
            case Word():
                return Sql(text_literal(e.value), "text")
            case Name():
                return self._name(e)
            case And() | Or():
                join, alone = (" AND ", "TRUE") if isinstance(e, And) else (" OR ", "FALSE")
                return Sql(f"({join.join(_truth(self.sql(p)) for p in e.parts) or alone})", "truth")
            case Not():
                return Sql(f"(NOT {_truth(self.sql(e.inner))})", "truth")
            case Compare():
                return self._compare(e)
            case In():
                return self._in(e)
            case Arithmetic():
                return self._arithmetic(e)
            case Call():
                return self._call(e)
            case _:
                assert_never(e)

    def _column(self, name: str, kind: Kind) -> str:
        """Return a column as a double without NaN, or as a text."""
        text = kind in (Kind.OPEN, Kind.TERRITORY)
        held = quoted(name) if self.known is None or name in self.known else "NULL"
        if text:
            return f"CAST({held} AS VARCHAR)"
        return f"nullif(CAST({held} AS DOUBLE), {NAN})" if kind is Kind.NUMBER else f"CAST({held} AS DOUBLE)"

    def _columns(self, item: Item) -> list[str]:
        return [self._column(c, item.kind) for c in columns_of(item)]

    def _resolve(self, name: Name) -> Reference:
        reference = self.scope.resolve(name)
        if reference is None:
            raise ValueError(f"no question, net or variable {name.text!r}")
        return reference

    def _code(self, item: Item) -> Sql:
        if item.kind is Kind.MULTIPLE:
            raise ValueError(f"{item.id!r} takes several answers and has no single value")
        return Sql(self._columns(item)[0], "text" if item.kind in (Kind.OPEN, Kind.TERRITORY) else "number")

    def _name(self, name: Name) -> Sql:
        reference = self._resolve(name)
        if reference.codes is not None:
            return self._one_of(reference.item, [(float(c), float(c)) for c in reference.codes])
        code = self._code(reference.item)
        none = [number_literal(code) for code in sorted(valueless(reference.item))]
        if not none or code.type == "text":
            return code
        return Sql(f"CASE WHEN {code.text} NOT IN ({', '.join(none)}) THEN {code.text} END", "number")

    def _side(self, e: Expression) -> Sql:
        """Return one side of ``=`` or ``in``: a name stands for its code there."""
        if isinstance(e, Name):
            reference = self._resolve(e)
            if reference.codes is None:
                return self._code(reference.item)
        return self.sql(e)

    def _several(self, e: Expression) -> Item | None:
        reference = self.scope.resolve(e) if isinstance(e, Name) else None
        several = reference is not None and reference.codes is None and reference.item.kind is Kind.MULTIPLE
        return reference.item if reference is not None and several else None

    def _one_of(self, item: Item, ranges: Iterable[tuple[float, float]]) -> Sql:
        """Return whether an answer in one of the inclusive ranges was given."""
        spans = list(ranges)
        if item.kind is not Kind.MULTIPLE:
            return _within(_number(self._code(item)), spans)
        wanted = [o.code for o in item.options if any(low <= o.code <= high for low, high in spans)]
        if not wanted:
            return Sql(f"CASE WHEN {self._answered(item)} THEN FALSE END", "truth")
        chosen = (self._column(option_column(item.column, code), item.kind) for code in wanted)
        return Sql(f"({' OR '.join(f'{c} <> 0' for c in chosen)})", "truth")

    def _answered(self, item: Item) -> str:
        return f"({' OR '.join(f'{c} IS NOT NULL' for c in self._columns(item)) or 'FALSE'})"

    def _compare(self, e: Compare) -> Sql:
        right: Expression | None = e.right
        if isinstance(right, Word):
            right = self.scope.meaning(e.left, right)
        if right is None:
            raise ValueError(f"{e.right!r} means nothing beside the left side")
        op = "<>" if e.op == "!=" else e.op
        item = self._several(e.left)
        if item is not None:
            if not isinstance(right, Number) or e.op not in ("=", "!="):
                raise ValueError(f"{item.id!r} takes several answers; only = and != with a code can be asked")
            chosen = self._one_of(item, [(right.value, right.value)]).text
            return Sql(chosen if e.op == "=" else f"(NOT {chosen})", "truth")
        if e.op not in ("=", "!="):
            return Sql(f"({_number(self.sql(e.left))} {op} {_number(self.sql(right))})", "truth")
        left, beside = self._side(e.left), self._side(right)
        if left.type != beside.type or left.type == "truth":
            raise ValueError(f"cannot ask {left.text} {op} {beside.text}")
        return Sql(f"({left.text} {op} {beside.text})", "truth")

    def _in(self, e: In) -> Sql:
        ranges, texts = list(e.ranges), []
        for word in e.words:
            meaning = self.scope.meaning(e.left, Word(word, e.place))
            if isinstance(meaning, Number):
                ranges.append((meaning.value, meaning.value))
            elif isinstance(meaning, Word):
                texts.append(word)
            else:
                raise ValueError(f"{word!r} means nothing in this list")
        item = self._several(e.left)
        if item is not None:
            return self._one_of(item, ranges)
        left = self._side(e.left)
        if left.type == "number":
            return _within(left.text, ranges)
        if left.type == "truth":
            raise ValueError(f"cannot ask whether {left.text} is in a list")
        if not texts:
            return Sql(f"CASE WHEN {left.text} IS NOT NULL THEN FALSE END", "truth")
        return Sql(f"({left.text} IN ({', '.join(text_literal(t) for t in texts)}))", "truth")

    def _arithmetic(self, e: Arithmetic) -> Sql:
        left, right = _number(self.sql(e.left)), _number(self.sql(e.right))
        if e.op == "/":
            right = f"nullif({right}, 0)"
        return Sql(_finite(f"({left} {e.op} {right})"), "number")

    def _call(self, e: Call) -> Sql:
        match e.function:
            case "answered" | "count":
                if not isinstance(e.arguments[0], Name):
                    raise ValueError(f"{e.function} needs the name of a question")
                item = self._resolve(e.arguments[0]).item
                return Sql(self._answered(item), "truth") if e.function == "answered" else self._count(item)
            case "min" | "max":
                least, worst = ("least", INFINITY) if e.function == "min" else ("greatest", f"-{INFINITY}")
                parts = [f"coalesce({_number(self.sql(a))}, {worst})" for a in e.arguments]
                return Sql(f"nullif({least}({', '.join(parts)}), {worst})", "number")
            case "mean":
                parts = [_number(self.sql(a)) for a in e.arguments]
                total = " + ".join(f"coalesce({p}, 0e0)" for p in parts)
                number = " + ".join(f"CASE WHEN {p} IS NULL THEN 0 ELSE 1 END" for p in parts)
                return Sql(_finite(f"(({total}) / nullif({number}, 0))"), "number")
            case _:
                assert_never(e.function)

    def _count(self, item: Item) -> Sql:
        text = item.kind in (Kind.OPEN, Kind.TERRITORY)
        each = (f"CASE WHEN {c} {'IS NOT NULL' if text else '<> 0'} THEN 1e0 ELSE 0e0 END" for c in self._columns(item))
        return Sql(f"CASE WHEN {self._answered(item)} THEN {' + '.join(each) or '0e0'} END", "number")


def _within(number: str, ranges: Iterable[tuple[float, float]]) -> Sql:
    parts = [f"{number} BETWEEN {number_literal(low)} AND {number_literal(high)}" for low, high in ranges]
    text = f"({' OR '.join(parts)})" if parts else f"CASE WHEN {number} IS NOT NULL THEN FALSE END"
    return Sql(text, "truth")


def _finite(number: str) -> str:
    """Return NULL in the place of infinities and NaN, the number itself written only once."""
    return f"nullif(nullif(nullif({number}, {INFINITY}), -{INFINITY}), {NAN})"


__all__ = ["condition", "item_key", "item_keys", "number_literal", "text_literal", "value"]
