"""What a sentence says, and what the answers say back."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Literal

from posad.core.place import Place
from posad.core.problems import Problem
from posad.core.words import Language
from posad.evidence.values import Fact, Figure

if TYPE_CHECKING:
    from posad.claims.language.checking import Spoken

Unit = Literal["percent", "percentage points", "points", "times", "none"]
Direction = Literal["more", "less"]
Hedge = Literal["over", "under", "at least", "at most", "about"]
Verdict = Literal[
    "true", "false", "stale-data", "definition-changed", "barred", "unanswerable", "unreadable", "unknown"
]


@dataclass(frozen=True, slots=True)
class Said:
    """What the words of a link claim.

    ``value`` is the printed number without its sign, in the printed unit (72 for "72 %", 1.5 for "1,5 тыс."), ``digits`` its
    decimals and ``scale`` what a word like "thousand" multiplies it by. ``start`` and ``end`` are the digits inside the words;
    ``turn`` is the direction word, where there is one. ``sign`` is -1 where a minus is printed, 1 where a plus is, else 0.
    A number ``spelled`` in words has no digits; a word for a share ("a third") stands for all from ``low`` to ``high``.
    """

    unit: Unit
    value: Decimal
    digits: int
    start: int
    end: int
    sign: int = 0
    scale: int = 1
    direction: Direction | None = None
    turn: tuple[int, int] | None = None
    hedge: Hedge | None = None
    spelled: bool = False
    low: Decimal | None = None
    high: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Remembered:
    """What a link stood on when it was last built: kept in ``study.lock`` by the link's key."""

    value: float | None
    definition: str
    data: str


@dataclass(frozen=True, slots=True)
class Claim:
    """One number in the prose: where it stands, what it says, the fact behind it, and whether the fact bears it.

    ``start`` and ``end`` are the words of the link as offsets in the chapter's text; ``key`` is stable while other sentences
    change (file, address, and which of the links to that address it is). ``truth`` is the sentence's own words with the true number.
    """

    key: str
    language: Language
    place: Place
    address: str
    words: str
    start: int
    end: int
    verdict: Verdict
    said: Said | None = None
    fact: Fact | None = None
    truth: str = ""
    also: tuple[Said, ...] = ()  # a second number in words beside the first: «каждый второй (50 %)»

    @property
    def memory(self) -> Remembered | None:
        """What is to be remembered of the link, once it is built."""
        if self.fact is None or self.fact.estimate.origin is None:
            return None
        origin = self.fact.estimate.origin
        return Remembered(self.fact.estimate.value, origin.definition, origin.data)


@dataclass(frozen=True, slots=True)
class Checked:
    """A chapter after the check: its claims, the charts and tables it shows, and everything wrong with them."""

    file: str
    language: Language
    claims: tuple[Claim, ...]
    figures: tuple[Figure, ...]
    tables: tuple[str, ...]
    interviews: tuple[str, ...]
    problems: tuple[Problem, ...]
    spoken: Spoken | None = None  # its sentences and waivers
    analyses: tuple[str, ...] = ()  # those it shows
    words: tuple[str, ...] = ()  # tables of interviews it shows
