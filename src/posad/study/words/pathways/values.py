"""Impact pathways and case cards as frozen values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from posad.core.place import Place
from posad.core.words import LocalText

NodeKind = Literal["activity", "product", "effect", "indicator", "goal"]
EvidenceKind = Literal["survey", "quote", "messages", "document", "statistic", "case"]
Says = Literal["supports", "contradicts", "silent"]
How = Literal["measured_effect", "measured_level", "stated_by_actor", "stated_by_others", "asserted"]
Reporter = Literal["company", "independent"]


@dataclass(frozen=True, slots=True)
class Node:
    """One node of a pathway."""

    id: str
    kind: NodeKind
    label: LocalText
    place: Place
    actor: str = ""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is brought for an arrow or against it; ``place`` is that of its reference."""

    kind: EvidenceKind
    ref: str
    says: Says
    how: How
    reporter: Reporter
    place: Place


@dataclass(frozen=True, slots=True)
class Arrow:
    """One arrow between two nodes, with its claim and its evidence; its strength is computed and stands nowhere here."""

    source: str
    target: str
    place: Place
    claim: LocalText = LocalText()
    assumption: LocalText = LocalText()
    rivals: tuple[LocalText, ...] = ()
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Pathway:
    """A pathway without circles: its nodes by id and its sound arrows."""

    id: str
    title: LocalText
    nodes: Mapping[str, Node]
    arrows: tuple[Arrow, ...]
    strict: bool = False


@dataclass(frozen=True, slots=True)
class CaseFigure:
    """A figure of a case card, as printed; without a source it proves nothing."""

    value: str
    of: LocalText
    source: str
    place: Place


@dataclass(frozen=True, slots=True)
class CaseCard:
    """One case card."""

    id: str
    title: LocalText
    figures: tuple[CaseFigure, ...]
    actor: str = ""

    @property
    def sourced(self) -> bool:
        """Tell whether the card has figures and each of them has a source."""
        return bool(self.figures) and all(f.source for f in self.figures)
