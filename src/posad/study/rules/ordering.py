"""The order in which options and rows are shown: by chance, but the same for one respondent on every machine."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import TypeVar

from posad.study.questionnaire.values import Entity, Option, Role

LAST = frozenset({Role.EXCLUSIVE, Role.DONT_KNOW, Role.OUT_OF_BASE, Role.TEXT})  # shown after the others when shuffled
_Shown = TypeVar("_Shown", bound=Option | Entity)


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
