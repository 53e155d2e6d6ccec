"""Positions in a text as programs count them, and back.

The schema does not say what a position counts. Met in the wild: characters, with line ends as one or as two; units of UTF-16, where an
emoji is two; the mark at a file's head counted or not. Which of these a file uses is told by the words of its selections (their
``name`` often holds the beginning) and by whether they begin and end at words.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from posad.study.words.interviews.values import Span

LF, STORED, CRLF = "lf", "stored", "crlf"


@dataclass(frozen=True, slots=True)
class Way:
    """One way of counting: line ends as one, as stored, or as two; astral characters as two; a mark before; the end inclusive."""

    ends: str = STORED
    utf16: bool = False
    mark: bool = False
    inclusive: bool = False

    def __str__(self) -> str:
        parts = [{"lf": "LF", "stored": "", "crlf": "CR LF"}[self.ends], "UTF-16" * self.utf16, "BOM" * self.mark]
        return ", ".join(filter(None, [*parts, "[…]" * self.inclusive])) or "Unicode"


WAYS = tuple(
    Way(ends, utf16, mark, inclusive)
    for inclusive in (False, True)
    for mark in (False, True)
    for utf16 in (False, True)
    for ends in (STORED, LF, CRLF)
)

ORIGINS = {"posad": Way(LF), "posad CR LF": Way(CRLF), "posad UTF-16": Way(LF, utf16=True)}
"""How positions are counted in projects of our own, by what a project says it was made by."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A selection as written: its two numbers and its name, which may be the beginning of its words."""

    start: int
    end: int
    name: str = ""


def counted(text: str, way: Way, written: str | None = None) -> NDArray[np.int64]:
    """Return, for every character of a text with line feeds and for its end, how a program counts its position.

    Args:
        text: The text, line ends as line feeds.
        way: The way of counting.
        written: The text as it is in its file, where line ends may be two characters.
    """
    sizes = np.ones(len(text), dtype=np.int64)
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    if way.utf16:
        sizes += codes > 0xFFFF
    feeds = codes == 10
    if way.ends == CRLF:
        sizes += feeds
    elif way.ends == STORED and written is not None and "\r\n" in written:
        kinds = [2 if end == "\r\n" else 1 for end in _ends(written)]
        sizes[feeds] = kinds[: int(feeds.sum())]
    found = np.zeros(len(text) + 1, dtype=np.int64)
    np.cumsum(sizes, out=found[1:])
    return found + (1 if way.mark else 0)


def _ends(written: str) -> list[str]:
    import re

    return re.findall("\r\n|\r|\n", written)


def spans(marks: Sequence[Mark], positions: NDArray[np.int64], way: Way) -> list[Span | None]:
    """Return the spans of selections by one way of counting; None for those outside the text."""
    last = int(positions[-1])
    found: list[Span | None] = []
    for m in marks:
        end = m.end + (1 if way.inclusive else 0)
        if not positions[0] <= m.start < end <= last:
            found.append(None)
            continue
        a, b = np.searchsorted(positions, [m.start, end], side="left")
        found.append((int(a), int(b)) if b > a else None)
    return found


@dataclass(frozen=True, slots=True)
class Settled:
    """The way that fits best, the spans by it, and how many ends of them lie inside words."""

    way: Way
    spans: tuple[Span | None, ...]
    inside: int
    outside: int


def settle(
    text: str, marks: Sequence[Mark], written: str | None = None, marked: bool = False, known: Way | None = None
) -> Settled:
    """Return how a file counts its positions.

    The plain way stands unless another has fewer selections outside the text, more that agree with their names, or clearly more (a tenth
    of all ends) that begin and end at words. A way that is known is not doubted.
    """
    best: tuple[tuple[int, int, int], Settled] | None = None
    ways = [w for w in WAYS if marked or not w.mark] if known is None else [known]
    seen: set[tuple[Span | None, ...]] = set()
    for way in ways:
        found = tuple(spans(marks, counted(text, way, written), way))
        if found in seen:
            continue
        seen.add(found)
        outside = sum(s is None for s in found)
        named = sum(_agrees(text, s, m.name) for s, m in zip(found, marks, strict=True) if s is not None)
        inside = sum(_cuts(text, s) for s in found if s is not None)
        score = (-outside, named, -inside)
        settled = Settled(way, found, inside, outside)
        if best is None or _better(score, best[0], len(marks)):
            best = (score, settled)
    assert best is not None
    return best[1]


def _better(score: tuple[int, int, int], than: tuple[int, int, int], n: int) -> bool:
    if score[:2] != than[:2]:
        return score[:2] > than[:2]
    return score[2] - than[2] > 0.2 * n  # a tenth of all ends, of which every selection has two


def _agrees(text: str, span: Span, name: str) -> bool:
    """Tell whether a selection's name is the beginning of its words, typography apart."""
    head = " ".join(name.replace("…", "").replace("...", "").split())[:30]
    return len(head) >= 4 and " ".join(text[slice(*span)].split()).startswith(head)


def _cuts(text: str, span: Span) -> int:
    """Return how many ends of a span lie inside words, or take in or leave out a blank beside them."""
    start, end = span
    cut = sum(0 < at < len(text) and text[at - 1].isalnum() and text[at].isalnum() for at in (start, end))
    return cut + (text[start].isspace()) + (text[end - 1].isspace())
