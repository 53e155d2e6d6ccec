"""What can be wrong, as data: a code from the catalogue, a place, and the facts of the case.

To add a problem: 1. an ``Entry`` in the topic's file of ``core/catalogue``; 2. one ``problem(...)`` where it is found;
3. a test that asserts the code; 4. its page in the docs is written from the entry.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Literal

from posad.core.place import Place
from posad.core.words import Language

Severity = Literal["error", "warning", "note"]
Fact = str | int | float


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the catalogue: what is wrong, and the way out, in each language.

    Braces name facts: ``"нет вопроса «{name}»"``.
    """

    severity: Severity
    ru: str
    en: str
    way_out_ru: str
    way_out_en: str


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong at a place; collected, never raised."""

    code: str
    place: Place
    facts: Mapping[str, Fact] = field(default_factory=dict, hash=False)


def near(word: str, known: Iterable[str]) -> str:
    """Return the known name nearest to a mistyped one, or an empty string.

    >>> near("quotas", ["quota", "random"])
    'quota'
    """
    names = list(known)
    exact = [n for n in names if n.casefold() == word.casefold()]
    found = exact or get_close_matches(word, names, n=1, cutoff=0.6)
    return found[0] if found else ""


def problem(code: str, place: Place, **facts: Fact) -> Problem:
    """Return a problem; the fact ``near``, when not empty, adds "did you mean" to the message."""
    return Problem(code, place, facts)


__all__ = ["Entry", "Fact", "Language", "Problem", "Severity", "near", "problem"]
