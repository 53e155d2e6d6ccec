"""What the rules of the language read and what they say back."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from posad.claims.values import Claim
from posad.core.place import Place
from posad.core.words import Language
from posad.study.addresses import Resolved, ResolvedTerm

if TYPE_CHECKING:
    from posad.claims.language.desk import Desk

Value = str | int


@dataclass(frozen=True, slots=True)
class Linked:
    """A number of the sentence: its claim, where its words stand in the sentence, and its address settled."""

    claim: Claim
    start: int
    end: int
    resolved: Resolved | None = None

    @property
    def term(self) -> ResolvedTerm | None:
        """The one estimate the address names; nothing for a ratio or a difference."""
        return self.resolved.first if self.resolved is not None and self.resolved.second is None else None

    @property
    def joined(self) -> bool:
        """Tell whether the address is a ratio or a difference of two estimates."""
        return self.resolved is not None and self.resolved.second is not None


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of a chapter, plain: links are their words, comments, code and pictures are gone.

    ``said`` is the same text with everything in quotation marks blanked (it is mentioned, not asserted), letter for letter;
    ``before`` is what the paragraph says ahead of it; ``offsets`` lead from each character to the chapter's text. ``spans`` are the
    words of the links to ``targets``; ``sources`` is what the quotation it stands in links to.
    """

    language: Language
    text: str
    said: str
    place: Place
    offsets: tuple[int, ...]
    spot: Callable[[int, int], Place]
    linked: tuple[Linked, ...] = ()
    targets: tuple[str, ...] = ()
    heading: bool = False
    before: str = ""
    spans: tuple[tuple[int, int], ...] = ()
    sources: tuple[str, ...] = ()

    def at(self, start: int, end: int) -> Place:
        """Return the place of a span of the sentence in the chapter."""
        if not self.offsets:
            return self.place
        last = self.offsets[min(max(end, start + 1), len(self.offsets)) - 1] + 1
        return self.spot(self.offsets[min(start, len(self.offsets) - 1)], last)


@dataclass(frozen=True, slots=True)
class Found:
    """One thing wrong with a sentence: the problem's code, the span, what the message needs, the number it concerns."""

    code: str
    start: int
    end: int
    facts: Mapping[str, Value] = field(default_factory=dict)
    linked: Linked | None = None


Rule = Callable[[Sentence, "Desk"], Iterator[Found]]
