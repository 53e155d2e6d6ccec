"""Names of files and codes out of whatever another program called a thing."""

from __future__ import annotations

import re
from collections.abc import Iterable

_LATIN = dict(
    zip(
        "абвгдеёжзийклмнопрстуфхцчшщъыьэюя",
        "a b v g d e e zh z i y k l m n o p r s t u f kh ts ch sh shch _ y _ e yu ya".replace("_", "-").split(),
        strict=True,
    )
) | {"ъ": "", "ь": ""}
_SUFFIX = re.compile(r"\.(txt|docx?|odt|rtf|pdf|html?)$", re.IGNORECASE)


def file_name(text: str, otherwise: str) -> str:
    """Return a name that files and tables can bear: letters, digits and dashes.

    >>> file_name("Интервью 7 (Омск).docx", "text"), file_name("../../etc", "text"), file_name("!", "text")
    ('Интервью-7-Омск', 'etc', 'text')
    """
    found = re.sub(r"[\W]+", "-", _SUFFIX.sub("", text)).strip("-_")
    return found[:80].strip("-_") or otherwise


def code_name(text: str, otherwise: str = "code") -> str:
    """Return a name for a code: small Latin letters, digits and dashes.

    >>> code_name("Доверие банку"), code_name("1. Ёлки!"), code_name("…")
    ('doverie-banku', '1-elki', 'code')
    """
    letters = "".join(_LATIN.get(c, c) for c in text.lower())
    return re.sub(r"[^a-z0-9]+", "-", letters).strip("-")[:48].strip("-") or otherwise


class Taken:
    """Hands out names, each once."""

    def __init__(self, taken: Iterable[str] = ()) -> None:
        self._taken = {t.casefold() for t in taken}

    def free(self, wish: str) -> str:
        """Return a name, with a number behind it where it is taken."""
        found, number = wish, 2
        while found.casefold() in self._taken:
            found, number = f"{wish}-{number}", number + 1
        self._taken.add(found.casefold())
        return found
