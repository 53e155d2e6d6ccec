"""The words of an expression: from text to tokens, with a place for each.

To add a synonym: one line in ``KEYWORDS`` or ``FUNCTIONS``; the docs page of machine words prints both.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from posad.core.place import Place
from posad.core.problems import Problem, problem

TokenKind = Literal["number", "name", "word", "op", "sign", "keyword", "(", ")", ",", "end"]

KEYWORDS: Mapping[str, tuple[str, ...]] = {
    "and": ("and", "и"),
    "or": ("or", "или"),
    "not": ("not", "не"),
    "in": ("in", "в"),
}
FUNCTIONS: Mapping[str, tuple[str, ...]] = {
    "answered": ("answered", "отвечено"),
    "count": ("count", "сколько"),
    "min": ("min", "наименьшее"),
    "max": ("max", "наибольшее"),
    "mean": ("mean", "среднее"),
}
OPERATORS: Mapping[str, str] = {
    "<=": "<=", ">=": ">=", "!=": "!=", "<>": "!=", "≤": "<=", "≥": ">=", "≠": "!=", "=": "=", "<": "<", ">": ">",
}  # fmt: skip
SLIPS: Mapping[str, tuple[str, str, TokenKind]] = {  # habits of other languages: code of the hint, what was meant
    "==": ("expression-double-equals", "=", "op"),
    "=>": ("expression-arrow", ">=", "op"),
    "=<": ("expression-arrow", "<=", "op"),
    "&&": ("expression-ampersand", "and", "keyword"),
    "&": ("expression-ampersand", "and", "keyword"),
    "||": ("expression-ampersand", "or", "keyword"),
    "|": ("expression-ampersand", "or", "keyword"),
    "!": ("expression-exclamation", "not", "keyword"),
}
QUOTES: Mapping[str, str] = {'"': '"', "'": "'", "«": "»", "“": "”", "„": "“”"}
DASHES = "-‐‑–—−"  # what editors make of a minus
DIGITS = 15  # a float keeps so many exactly

_KEYWORD_OF = {form: word for word, forms in KEYWORDS.items() for form in forms}
_TOKEN = re.compile(
    r"(?P<space>\s+)"
    r"|(?P<number>[0-9]+(?:\.[0-9]+)?(?!\w))"
    r"|(?P<name>[^\W\d]\w*(?:\.\w+)*)"
    r"|(?P<op><=|>=|!=|<>|==|=>|=<|&&|\|\||[≤≥≠=<>&|!])"
    rf"|(?P<sign>[+*/{re.escape(DASHES)}])"
    r"|(?P<mark>[(),])"
)


@dataclass(frozen=True, slots=True)
class Token:
    """One word of an expression; ``text`` is normalised, ``written`` as it stands."""

    kind: TokenKind
    text: str
    written: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Source:
    """The text of an expression and the place where it starts."""

    text: str
    place: Place

    def span(self, start: int, end: int) -> Place:
        """Return the place of the characters from ``start`` to ``end``."""
        line, column = self._spot(start)
        end_line, end_column = self._spot(end)
        return Place(self.place.file, line, column, end_line, end_column)

    def _spot(self, offset: int) -> tuple[int, int]:
        before = self.text[:offset]
        lines = before.count("\n")
        if not lines:
            return self.place.line, self.place.column + offset
        return self.place.line + lines, offset - before.rfind("\n")


def tokenize(source: Source) -> tuple[tuple[Token, ...], list[Problem]]:
    """Return the tokens of an expression, the last one marking its end, and what could not be read.

    >>> [t.text for t in tokenize(Source("age ≥ 18 и sex == 1", Place("q.md")))[0]]
    ['age', '>=', '18', 'and', 'sex', '=', '1', '']
    """
    tokens: list[Token] = []
    problems: list[Problem] = []
    at = 0
    while at < len(source.text):
        token, found = _next(source, at)
        if found is not None:
            problems.append(found)
        if token is not None and token.written.strip():
            tokens.append(token)
        at = token.end if token is not None else at + 1
    tokens.append(Token("end", "", "", len(source.text), len(source.text)))
    return tuple(tokens), problems


def _next(source: Source, at: int) -> tuple[Token | None, Problem | None]:
    text = source.text
    if text[at] in QUOTES:
        return _quoted(source, at)
    match = _TOKEN.match(text, at)
    if match is None:
        return None, problem("expression-character", source.span(at, at + 1), character=text[at])
    written, end = match[0], match.end()
    kind = match.lastgroup
    if kind == "name":
        keyword = _KEYWORD_OF.get(written.casefold())
        return Token("keyword" if keyword else "name", keyword or written, written, at, end), None
    if kind == "op" and written in SLIPS:
        code, meant, meant_kind = SLIPS[written]
        return Token(meant_kind, meant, written, at, end), problem(
            code, source.span(at, end), written=written, meant=meant
        )
    if kind == "op":
        return Token("op", OPERATORS[written], written, at, end), None
    if kind == "sign":
        return Token("sign", "-" if written in DASHES else written, written, at, end), None
    if kind == "number":
        return _number(source, written, at, end)
    return Token(_mark(written), written, written, at, end), None


def _mark(written: str) -> TokenKind:
    match written:
        case "(":
            return "("
        case ")":
            return ")"
        case _:
            return ","


def _number(source: Source, written: str, at: int, end: int) -> tuple[Token, Problem | None]:
    token = Token("number", written, written, at, end)
    if len(written.replace(".", "").lstrip("0")) > DIGITS:
        return token, problem("expression-number-long", source.span(at, end), digits=DIGITS)
    return token, None


def _quoted(source: Source, at: int) -> tuple[Token, Problem | None]:
    text, closers = source.text, QUOTES[source.text[at]]
    end = next((i for i in range(at + 1, len(text)) if text[i] in closers), None)
    if end is None:
        rest = Token("word", text[at + 1 :], text[at:], at, len(text))
        return rest, problem("expression-quote-open", source.span(at, len(text)), quote=closers[0])
    return Token("word", text[at + 1 : end], text[at : end + 1], at, end + 1), None
