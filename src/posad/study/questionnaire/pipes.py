r"""Answers repeated in texts: ``{=used}`` in a question's words, its help, its answers or its rows.

A text holds its pipes as written. Braces that were written with a backslash, ``\{=used\}``, hold an invisible mark between brace
and sign, so that they never are pipes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from posad.core.words import LocalText

PLAIN = "\u2060"  # stands after a brace that was written with a backslash before "="
PIPE = re.compile(r"\{=\s*([a-z][a-z0-9_]*(?:\.[a-z0-9_]+)*)\s*\}")
GAP = "…"


def pipes_in(text: str) -> Iterator[re.Match[str]]:
    """Yield the pipes of a text; the first group of each is the name of what is repeated.

    >>> [m[1] for m in pipes_in("How often do you use {=used}?")]
    ['used']
    """
    return PIPE.finditer(text)


def piped(text: LocalText) -> tuple[str, ...]:
    """Return the names of the answers that a text repeats, in any of its languages, each once."""
    return tuple(dict.fromkeys(m[1] for _, words in text.parts for m in pipes_in(words)))


def fill(text: LocalText, said: Callable[[str, str], str | None]) -> LocalText:
    """Return a text with its pipes filled in, in each language.

    Args:
        text: The text.
        said: The words for a name in a language; None leaves the pipe.
    """
    if not any("{=" in words for _, words in text.parts):
        return text

    def put(match: re.Match[str], language: str) -> str:
        words = said(match[1], language)
        return match[0] if words is None else words

    return LocalText(tuple((lang, PIPE.sub(lambda m, at=lang: put(m, at), words)) for lang, words in text.parts))  # type: ignore[misc]


def standing(text: LocalText) -> LocalText:
    """Return a text as tables show it, where nobody's answer can stand in it.

    >>> standing(LocalText.of(en="How often do you use {=used}?")).get("en")
    'How often do you use …?'
    """
    return fill(text, lambda name, language: GAP)
