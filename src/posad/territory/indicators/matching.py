"""Which territory of the frame a table means: by its id or, where only one is called so, by its name."""

from __future__ import annotations

from functools import cached_property

from posad.core.problems import near
from posad.study.frame.values import Frame

GUESSES = 100  # of wrong names: no more are shown, and looking through all names takes time


class Names:
    """The territories of a frame by id and by name; counts the guesses it has made."""

    def __init__(self, frame: Frame) -> None:
        self._frame = frame
        self._guesses = 0
        self._ids = {t.id for t in frame.territories}
        self._named: dict[str, list[str]] = {}
        for t in frame.territories:
            for _, name in t.name.parts:
                found = self._named.setdefault(_folded(name), [])
                if t.id not in found:
                    found.append(t.id)

    def find(self, text: str) -> tuple[str, ...]:
        """Return the ids a written word may mean: one where it is clear, none where no territory is called so."""
        if text in self._ids:
            return (text,)
        return tuple(self._named.get(_folded(text), ()))

    def nearest(self, text: str) -> str:
        """Return the id or name most like a written word; an empty text where none is, or after many guesses."""
        self._guesses += 1
        return "" if self._guesses > GUESSES else near(text, self._known)

    @cached_property
    def _known(self) -> tuple[str, ...]:
        names = dict.fromkeys(name for t in self._frame.territories for _, name in t.name.parts)
        return (*names, *(t.id for t in self._frame.territories))


def _folded(name: str) -> str:
    """Return a name as people take it for the same: small letters, single spaces, е for ё."""
    return " ".join(name.split()).casefold().replace("ё", "е")
