"""The shapes of ``pathways/*.yaml`` and ``cases/*.yaml``, word for word as their authors write them.

To add a setting: 1. a field here and its line under ``Attributes``; 2. its value in ``values`` and its reading beside this file;
3. ``make docs``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from posad.core.words import LocalText
from posad.study.words.pathways.values import EvidenceKind, How, NodeKind, Reporter, Says


@dataclass(frozen=True, slots=True)
class NodeShape:
    """A node of a pathway.

    Attributes:
        kind: ``activity``, ``product``, ``effect``, ``indicator`` or ``goal``.
        label: The node in words.
        actor: Who does it.
    """

    kind: NodeKind
    label: LocalText
    actor: str = ""


@dataclass(frozen=True, slots=True)
class EvidenceShape:
    """What is brought for an arrow, or against it.

    Attributes:
        kind: ``survey``, ``quote``, ``messages``, ``document``, ``statistic`` or ``case``.
        ref: Where it is: ``#ADDRESS`` of a number, ``interview:ID`` of a quote, the name of a case card, else a document and page.
        says: ``supports``, ``contradicts`` or ``silent``.
        how: ``measured_effect``, ``measured_level``, ``stated_by_actor``, ``stated_by_others`` or ``asserted``.
        reporter: ``company`` or ``independent``; where nothing is said, the company.
    """

    kind: EvidenceKind
    ref: str
    says: Says = "supports"
    how: How = "asserted"
    reporter: Reporter = "company"


@dataclass(frozen=True, slots=True)
class LinkShape:
    """An arrow of a pathway.

    Attributes:
        from_: The node it leaves.
        to: The node it leads to.
        claim: What it says, in one sentence.
        assumption: What must hold besides.
        rivals: What else could explain the same.
        evidence: What is brought for it or against it.
    """

    from_: str
    to: str
    claim: LocalText = LocalText()
    assumption: LocalText = LocalText()
    rivals: list[LocalText] = field(default_factory=list)
    evidence: list[EvidenceShape] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class PathwayShape:
    """pathways/NAME.yaml: one pathway from what somebody does to a goal.

    Attributes:
        title: The pathway in words.
        nodes: Nodes by id.
        links: Arrows.
        strict: ``true``: an arrow without evidence is an error.
    """

    title: LocalText
    nodes: Mapping[str, NodeShape] = field(default_factory=dict)
    links: list[LinkShape] = field(default_factory=list)
    strict: bool = False


@dataclass(frozen=True, slots=True)
class CaseFigureShape:
    """A figure of a case card.

    Attributes:
        value: The figure as it is printed.
        of: What it counts.
        source: Where it is from; a figure without a source is marked and proves nothing.
    """

    value: str | int | float
    of: LocalText
    source: str = ""


@dataclass(frozen=True, slots=True)
class CaseShape:
    """cases/NAME.yaml: one case card.

    Attributes:
        title: The case in words.
        actor: Whose case it is.
        figures: Its figures.
    """

    title: LocalText
    actor: str = ""
    figures: list[CaseFigureShape] = field(default_factory=list)
