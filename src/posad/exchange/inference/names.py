"""Ids for questions from whatever a column is called: small Latin letters, digits and underscores."""

from __future__ import annotations

import re
from collections.abc import Iterable

from posad.study.plans.variables import BUILT_IN_NETS, MEASURE_WORDS, RESERVED
from posad.study.questionnaire.reading.lines import RESERVED as WORDS

_LATIN = "a b v g d e e zh z i y k l m n o p r s t u f kh ts ch sh shch _ y _ e yu ya"
_LETTERS = dict(
    zip(
        "абвгдеёжзийклмнопрстуфхцчшщъыьэюя",
        _LATIN.split(),
        strict=True,
    )
)
_LETTERS.update({"ъ": "", "ь": ""})
_TAKEN = (
    WORDS
    | RESERVED
    | frozenset(MEASURE_WORDS)
    | frozenset(BUILT_IN_NETS)
    | {"null", "yes", "no", "on", "off", "weights"}
)
LONGEST = 40


def plain(text: str) -> str:
    """Return a text in small Latin letters, digits and single underscores.

    >>> plain("Возраст (лет)"), plain("Q1.a"), plain("Щука")
    ('vozrast_let', 'q1_a', 'shchuka')
    """
    letters = "".join(_LETTERS.get(c, c) for c in text.lower())
    return re.sub(r"[^a-z0-9]+", "_", letters).strip("_")[:LONGEST].strip("_")


class Names:
    """Hands out ids, each once and none of them a word with a meaning of its own."""

    def __init__(self, taken: Iterable[str] = ()) -> None:
        self._taken = set(taken)

    def new(self, text: str, otherwise: str = "q") -> str:
        """Return a free id made from a text.

        >>> names = Names(); [names.new(t) for t in ("Пол", "pol", "2b", "wave", "!")]
        ['pol', 'pol_2', 'q2b', 'q_wave', 'q']
        """
        wish = plain(text) or otherwise
        if not wish[0].isalpha():
            wish = "q" + wish
        if wish in _TAKEN:
            wish = f"q_{wish}"
        found, number = wish, 2
        while found in self._taken:
            found, number = f"{wish}_{number}", number + 1
        self._taken.add(found)
        return found


def natural(text: str) -> tuple[tuple[int, float, str], ...]:
    """Return a sorting key that counts numbers by their value: 2 before 10, "$9" before "$10".

    >>> sorted(["10 лет", "2 года"], key=natural)
    ['2 года', '10 лет']
    """
    parts = re.split(r"(\d+)", text.casefold().replace(",", ""))
    return tuple((0, float(p), "") if p.isdigit() else (1, 0.0, p) for p in parts if p)
