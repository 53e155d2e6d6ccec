"""A condition back as text; reading it gives the same tree."""

from __future__ import annotations

from decimal import Decimal
from typing import assert_never

from posad.core.words import Language
from posad.study.expressions.tokens import FUNCTIONS, KEYWORDS
from posad.study.expressions.tree import And, Arithmetic, Call, Compare, Expression, In, Name, Not, Number, Or, Word

_LOOSE, _AND, _NOT, _TEST, _SUM, _PRODUCT, _TIGHT = range(7)  # how tightly a place holds what stands in it


def write(expression: Expression, language: Language = "en") -> str:
    """Return an expression as text, with the brackets it needs, its words in Russian or English.

    >>> from posad.core.place import Place
    >>> from posad.study.expressions.parse import parse
    >>> write(parse("a=1 и (b>2 или не c in 1-3,7)", Place("q.md"))[0], "ru")
    'a = 1 и (b > 2 или не c в 1-3, 7)'
    """
    return _Writer(language).text(expression, _LOOSE)


class _Writer:
    """The language of the words."""

    def __init__(self, language: Language) -> None:
        self.form = 1 if language == "ru" else 0

    def word(self, keyword: str) -> str:
        return KEYWORDS[keyword][self.form]

    def text(self, e: Expression, hold: int) -> str:
        written, own = self.bare(e)
        return f"({written})" if own < hold else written

    def bare(self, e: Expression) -> tuple[str, int]:
        """Return the text of a node and how tightly it holds together."""
        match e:
            case Or():
                return f" {self.word('or')} ".join(self.text(p, _AND) for p in e.parts), _LOOSE
            case And():
                return f" {self.word('and')} ".join(self.text(p, _NOT) for p in e.parts), _AND
            case Not():
                return f"{self.word('not')} {self.text(e.inner, _NOT)}", _NOT
            case Compare():
                bare = isinstance(e.right, Word) and e.op in ("=", "!=")
                right = _word(e.right.value) if bare and isinstance(e.right, Word) else self.text(e.right, _SUM)
                return f"{self.text(e.left, _SUM)} {e.op} {right}", _TEST
            case In():
                return f"{self.text(e.left, _SUM)} {self.word('in')} {self.items(e)}", _TEST
            case Arithmetic():
                own = _SUM if e.op in "+-" else _PRODUCT
                return f"{self.text(e.left, own)} {e.op} {self.text(e.right, own + 1)}", own
            case _:
                return self.leaf(e), _TIGHT

    def leaf(self, e: Name | Number | Word | Call) -> str:
        match e:
            case Name():
                return e.text
            case Number():
                return _number(e.value)
            case Word():
                return _quoted(e.value)
            case Call():
                arguments = ", ".join(self.text(a, _SUM) for a in e.arguments)
                return f"{FUNCTIONS[e.function][0]}({arguments})"
            case _:
                assert_never(e)

    def items(self, e: In) -> str:
        ranges = (_number(a) if a == b else f"{_number(a)}-{_number(b)}" for a, b in e.ranges)
        return ", ".join((*ranges, *(_word(w) for w in e.words)))


def _number(value: float) -> str:
    return format(Decimal(int(value)) if value == int(value) else Decimal(repr(value)), "f")


def _bare(value: str) -> bool:
    """Tell whether a word may stand without quotes: it is one name, and no keyword."""
    return (
        value.isascii() and value.isidentifier() and all(value.casefold() not in forms for forms in KEYWORDS.values())
    )


def _word(value: str) -> str:
    return value if _bare(value) else _quoted(value)


def _quoted(value: str) -> str:
    pairs = (("«", "»"), ('"', '"'), ("'", "'"), ("“", "”"))
    opening, closing = next((pair for pair in pairs if pair[1] not in value), pairs[0])
    return f"{opening}{value}{closing}"
