"""The strength of an arrow, computed from its evidence by the rule that the documentation prints.

0 asserted; 1 one kind of source; 2 two kinds, at least one piece of them not from the company; 3 a measured difference whose interval lies
above zero; 4 the same between waves. Whatever contradicts makes the arrow disputed, and its strength stays what the support gives.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from posad.study.words.pathways.values import Evidence

Void = Literal["", "simulated", "invented", "unsourced", "small", "missing"]


@dataclass(frozen=True, slots=True)
class Weighed:
    """A piece of evidence after it was looked up.

    ``difference`` is the sign of a measured difference whose interval excludes zero, else 0; ``over`` that it lies between waves; ``void``
    why the piece bears nothing whatever it says.
    """

    evidence: Evidence
    difference: int = 0
    over: bool = False
    void: Void = ""

    @property
    def bears(self) -> bool:
        """Tell whether the piece is more than an assertion."""
        return not self.void and self.evidence.how != "asserted"

    @property
    def effect(self) -> int:
        """The sign of a measured effect; 0 where none is claimed or none was found."""
        return self.difference if self.bears and self.evidence.how == "measured_effect" else 0

    @property
    def against(self) -> bool:
        """Tell whether the piece contradicts: it is said to, or the effect it is cited for was measured the other way."""
        says = self.evidence.says
        return self.bears and (says == "contradicts" or (says == "supports" and self.effect < 0))

    @property
    def backs(self) -> bool:
        """Tell whether the piece supports."""
        return self.bears and self.evidence.says == "supports" and not self.against


@dataclass(frozen=True, slots=True)
class Strength:
    """How much an arrow's evidence bears, from 0 to 4, and whether any of it contradicts."""

    level: int
    disputed: bool = False


def strength(pieces: Iterable[Weighed]) -> Strength:
    """Return the strength of an arrow.

    >>> strength([])
    Strength(level=0, disputed=False)
    """
    found = tuple(pieces)
    backing = [p for p in found if p.backs]
    disputed = any(p.against for p in found)
    kinds = {p.evidence.kind for p in backing}
    if any(p.effect > 0 for p in backing):
        return Strength(4 if any(p.effect > 0 and p.over for p in backing) else 3, disputed)
    if len(kinds) > 1 and any(p.evidence.reporter == "independent" for p in backing):
        return Strength(2, disputed)
    return Strength(1 if kinds else 0, disputed)
