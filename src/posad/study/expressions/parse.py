"""From the text of a condition to its tree.

Precedence, loosest first: ``or``, ``and``, ``not``, comparison and ``in``, ``+ -``, ``* /``, sign. A comparison is normalised so
that a literal stands on the right (``18 <= age`` becomes ``age >= 18``). A bare name of one part on the right of ``=`` or ``!=``, or
in a list after ``in``, is a :class:`Word`: the name of a group; :meth:`posad.study.expressions.scope.Scope.meaning` settles it.

To add a function: 1. its name in ``tree.Call``; 2. its words in ``tokens.FUNCTIONS``; 3. a case in ``evaluate``, in ``scope`` and
in the store's translator.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, cast

from posad.core.place import Place
from posad.core.problems import Fact, Problem, near, problem
from posad.study.expressions.tokens import FUNCTIONS, Source, Token, TokenKind, tokenize
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

DEPTH = 30  # nesting
SIGNS = 100  # arithmetic signs in all; both far above any condition a person writes
_FLIPPED: Mapping[Comparison, Comparison] = {"=": "=", "!=": "!=", "<": ">", "<=": ">=", ">": "<", ">=": "<="}
_FUNCTION_OF = {form: name for name, forms in FUNCTIONS.items() for form in forms}


def parse(text: str, place: Place) -> tuple[Expression | None, list[Problem]]:
    """Return the tree of a condition, or the problems that prevent one.

    Args:
        text: The condition as written.
        place: Where the text starts; every node and problem is placed inside it.

    >>> parse("age in 18-24, 30", Place("variables.yaml", 4, 9))[0].ranges
    ((18.0, 24.0), (30.0, 30.0))
    """
    source = Source(text, place)
    tokens, problems = tokenize(source)
    if tokens[0].kind == "end" and not problems:
        return None, [problem("expression-empty", source.span(0, len(text)))]
    if any(p.code in ("expression-character", "expression-quote-open", "expression-number-long") for p in problems):
        return None, problems
    try:
        tree = _Parser(source, tokens).whole()
    except _Stop as stop:
        return None, [*problems, stop.problem]
    return (None if problems else tree), problems


class _Stop(Exception):
    """The reading cannot go on; caught in :func:`parse`, never seen outside."""

    def __init__(self, found: Problem) -> None:
        self.problem = found


class _Parser:
    """A recursive-descent reader: the tokens, and how far it has come."""

    def __init__(self, source: Source, tokens: tuple[Token, ...]) -> None:
        self._source = source
        self._tokens = tokens
        self._at = 0
        self._depth = 0
        self._signs = 0

    def whole(self) -> Expression:
        tree = self._or()
        token = self._peek()
        if token.kind == "end":
            return tree
        if token.kind == ")":
            raise self._fault("expression-bracket-extra", token)
        before = self._tokens[self._at - 1]
        after = self._tokens[self._at + 1] if token.kind == "," else token
        if (
            before.kind == "number"
            and after.kind == "number"
            and before.end == token.start
            and token.end == after.start
        ):
            raise self._fault("expression-decimal-comma", token, number=f"{before.written}.{after.written}")
        raise self._fault("expression-rest", token, found=token.written)

    # Tokens

    def _peek(self) -> Token:
        return self._tokens[self._at]

    def _take(self) -> Token:
        token = self._tokens[self._at]
        self._at += 1
        return token

    def _is(self, kind: TokenKind, *texts: str) -> bool:
        token = self._peek()
        return token.kind == kind and (not texts or token.text in texts)

    def _fault(self, code: str, token: Token, **facts: Fact) -> _Stop:
        return _Stop(problem(code, self._source.span(token.start, max(token.end, token.start + 1)), **facts))

    def _place(self, start: int) -> Place:
        return self._source.span(start, self._tokens[self._at - 1].end)

    def _deeper(self) -> None:
        self._depth += 1
        if self._depth > DEPTH:
            raise self._fault("expression-deep", self._peek(), limit=DEPTH)

    # Truth

    def _or(self) -> Expression:
        start = self._peek().start
        parts = [self._and()]
        while self._is("keyword", "or"):
            self._take()
            parts.append(self._and())
        return parts[0] if len(parts) == 1 else Or(tuple(parts), self._place(start))

    def _and(self) -> Expression:
        start = self._peek().start
        parts = [self._not()]
        while self._is("keyword", "and"):
            self._take()
            parts.append(self._not())
        return parts[0] if len(parts) == 1 else And(tuple(parts), self._place(start))

    def _not(self) -> Expression:
        start = self._peek().start
        if not self._is("keyword", "not"):
            return self._comparison()
        self._take()
        self._deeper()
        inner = self._not()
        self._depth -= 1
        return Not(inner, self._place(start))

    def _comparison(self) -> Expression:
        start = self._peek().start
        left = self._sum()
        if self._is("keyword", "in"):
            return self._in(left, start)
        if self._is("keyword", "not") and self._tokens[self._at + 1].text == "in":
            self._take()
            return Not(self._in(left, start), self._place(start))
        if not self._is("op"):
            return left
        op = cast(Comparison, self._take().text)
        right = self._sum()
        if self._is("op"):
            raise self._fault("expression-chain", self._peek())
        return _compare(left, op, right, self._place(start))

    def _in(self, left: Expression, start: int) -> In:
        self._take()
        bracket = self._take() if self._is("(") else None
        ranges: list[tuple[float, float]] = []
        words: list[str] = []
        while True:
            token = self._peek()
            if token.kind in ("name", "word"):
                words.append(self._take().text)
            else:
                ranges.append(self._range())
            if not self._is(","):
                break
            self._take()
        if bracket is not None:
            self._close(bracket)
        return In(left, tuple(ranges), tuple(words), self._place(start))

    def _range(self) -> tuple[float, float]:
        first = self._peek()
        low = self._bound()
        if not self._is("sign", "-"):
            return low, low
        self._take()
        high = self._bound()
        if high < low:
            raise self._fault("expression-range-reversed", first, low=f"{high:g}", high=f"{low:g}")
        return low, high

    def _bound(self) -> float:
        minus = self._take() if self._is("sign", "-") else None
        if not self._is("number"):
            raise self._fault("expression-list", self._peek(), found=self._peek().written)
        value = float(self._take().text)
        return -value if minus is not None else value

    # Numbers

    def _sum(self) -> Expression:
        return self._chain(("+", "-"))

    def _product(self) -> Expression:
        return self._chain(("*", "/"))

    def _chain(self, signs: tuple[str, str]) -> Expression:
        start = self._peek().start
        below = self._product if "+" in signs else self._signed
        left = below()
        while self._is("sign", *signs):
            op = cast(Literal["+", "-", "*", "/"], self._take().text)
            self._signs += 1
            if self._signs > SIGNS:
                raise self._fault("expression-long", self._tokens[self._at - 1], limit=SIGNS)
            right = below()
            left = Arithmetic(left, op, right, self._place(start))
        return left

    def _signed(self) -> Expression:
        token = self._peek()
        if not self._is("sign", "-"):
            return self._primary()
        self._take()
        self._deeper()
        inner = self._signed()
        self._depth -= 1
        place = self._place(token.start)
        if isinstance(inner, Number):
            return Number(-inner.value, place)
        return Arithmetic(Number(0.0, place), "-", inner, place)

    def _primary(self) -> Expression:
        token = self._peek()
        place = self._source.span(token.start, token.end)
        match token.kind:
            case "number":
                self._take()
                return Number(float(token.text), place)
            case "word":
                self._take()
                return Word(token.text, place)
            case "name":
                self._take()
                return self._call(token) if self._is("(") else Name(tuple(token.text.split(".")), place)
            case "(":
                self._take()
                self._deeper()
                inner = self._or()
                self._depth -= 1
                self._close(token)
                return inner
            case "end":
                raise self._fault("expression-unfinished", token)
            case _:
                raise self._fault("expression-expected", token, found=token.written)

    def _call(self, token: Token) -> Call:
        name = _FUNCTION_OF.get(token.text.casefold())
        if name is None:
            raise self._fault(
                "expression-function-unknown", token, name=token.text, near=near(token.text, _FUNCTION_OF)
            )
        bracket = self._take()
        self._deeper()
        arguments = [] if self._is(")") else [self._sum()]
        while self._is(","):
            self._take()
            arguments.append(self._sum())
        self._depth -= 1
        self._close(bracket)
        if not arguments or (name in ("answered", "count") and len(arguments) > 1):
            raise self._fault("expression-arguments", token, name=token.text, given=len(arguments))
        function = cast(Literal["answered", "count", "min", "max", "mean"], name)
        return Call(function, tuple(arguments), self._place(token.start))

    def _close(self, bracket: Token) -> None:
        if self._is(")"):
            self._take()
        elif self._is("end"):
            raise self._fault("expression-bracket-open", bracket)
        else:
            raise self._fault("expression-expected", self._peek(), found=self._peek().written)


def _compare(left: Expression, op: Comparison, right: Expression, place: Place) -> Compare:
    if isinstance(left, Number | Word) and not isinstance(right, Number | Word):
        return Compare(right, _FLIPPED[op], left, place)
    if isinstance(right, Name) and len(right.parts) == 1 and op in ("=", "!="):
        return Compare(left, op, Word(right.text, right.place), place)
    return Compare(left, op, right, place)
