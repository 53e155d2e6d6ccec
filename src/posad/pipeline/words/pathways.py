"""Pathways with their evidence looked up: numbers of the study, quotes, case cards; every arrow with its computed strength."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from posad.claims.prose import barred
from posad.core.problems import Problem, near, problem
from posad.evidence.facts import ANALYSED, make_fact, settle
from posad.evidence.values import Fact
from posad.evidence.words.quotes import QUOTED, QuoteFact
from posad.study.plans.values import Study
from posad.study.words.pathways.reading import read_cases, read_pathways
from posad.study.words.pathways.values import Arrow, CaseCard, Evidence, Pathway
from posad.tabulation.context import Context
from posad.words.pathways.strength import Strength, Weighed, strength


@dataclass(frozen=True, slots=True)
class WeighedArrow:
    """An arrow with its evidence looked up and its strength."""

    arrow: Arrow
    pieces: tuple[Weighed, ...]
    strength: Strength


@dataclass(frozen=True, slots=True)
class WeighedPathway:
    """A pathway with its arrows weighed, in the order of the file."""

    pathway: Pathway
    arrows: tuple[WeighedArrow, ...]


@dataclass(frozen=True, slots=True)
class _Desk:
    """Where evidence is looked up."""

    study: Study
    context: Context | None
    quotes: Mapping[str, QuoteFact]
    cases: Mapping[str, CaseCard]


def weigh_pathways(
    folder: Path, study: Study, context: Context | None, quotes: Mapping[str, QuoteFact]
) -> tuple[tuple[WeighedPathway, ...], list[Problem]]:
    """Return the pathways of a study with the strength of every arrow.

    Args:
        folder: The study's folder.
        study: The study.
        context: The answers; without them numbers are only checked to exist, and no difference counts as measured.
        quotes: Every quote of the study by id.
    """
    pathways, problems = read_pathways(folder, study.languages)
    cases, wrong = read_cases(folder, study.languages)
    problems += wrong
    desk = _Desk(study, context, quotes, {c.id: c for c in cases})
    weighed = []
    for pathway in pathways:
        arrows = []
        for arrow in pathway.arrows:
            pieces = []
            for evidence in arrow.evidence:
                piece, wrong = _look_up(desk, evidence)
                problems += [*wrong, *_void(piece)]
                pieces.append(piece)
            found = WeighedArrow(arrow, tuple(pieces), strength(pieces))
            waits = context is None and any(e.kind == "survey" for e in arrow.evidence)
            problems += _told(pathway, found) if not waits else []  # numbers cannot be judged without answers
            arrows.append(found)
        weighed.append(WeighedPathway(pathway, tuple(arrows)))
    return tuple(weighed), problems


def _told(pathway: Pathway, found: WeighedArrow) -> list[Problem]:
    """Return what the reader of a pathway must know of an arrow: that nothing proves it, or that some evidence is against it."""
    facts = {"source": found.arrow.source, "target": found.arrow.target}
    if found.strength.disputed:
        return [problem("pathway-arrow-disputed", found.arrow.place, level=found.strength.level, **facts)]
    if found.strength.level:
        return []
    code = "pathway-arrow-unproven-strict" if pathway.strict else "pathway-arrow-unproven"
    return [problem(code, found.arrow.place, **facts)]


def _void(piece: Weighed) -> list[Problem]:
    if piece.void in ("", "missing"):  # what is missing was told already
        return []
    return [problem(f"pathway-evidence-{piece.void}", piece.evidence.place, name=piece.evidence.ref)]


def _look_up(desk: _Desk, evidence: Evidence) -> tuple[Weighed, list[Problem]]:
    """Return a piece of evidence as it was found."""
    if evidence.kind == "survey":
        return _number(desk, evidence)
    if evidence.kind == "quote":
        id = evidence.ref.removeprefix("#").removeprefix(QUOTED)
        quote = desk.quotes.get(id)
        if QUOTED not in evidence.ref:
            return _missing(evidence, "pathway-ref-form", kind=evidence.kind)
        if quote is None:
            return _missing(evidence, "pathway-ref-unknown", near=near(id, desk.quotes))
        return Weighed(evidence, void="invented" if quote.standing == "invented" else ""), []
    if evidence.kind == "case":
        card = desk.cases.get(evidence.ref)
        if card is None:
            return _missing(evidence, "pathway-ref-unknown", near=near(evidence.ref, desk.cases))
        return Weighed(evidence, void="" if card.sourced else "unsourced"), []
    if not evidence.ref:
        return _missing(evidence, "pathway-ref-form", kind=evidence.kind)
    return Weighed(evidence), []


def _missing(evidence: Evidence, code: str, **facts: str) -> tuple[Weighed, list[Problem]]:
    return Weighed(evidence, void="missing"), [problem(code, evidence.place, name=evidence.ref, **facts)]


def _number(desk: _Desk, evidence: Evidence) -> tuple[Weighed, list[Problem]]:
    """Return a number of the study as evidence: its sign where it is a difference whose interval excludes zero."""
    if not evidence.ref.startswith("#"):
        return _missing(evidence, "pathway-ref-form", kind=evidence.kind)
    address = evidence.ref[1:]
    if desk.context is None:
        wrong = [] if address.startswith(ANALYSED) else settle(desk.study, address, evidence.place)[1]
        return Weighed(evidence, void="missing"), wrong
    fact, wrong = make_fact(desk.context, address, evidence.place)
    if fact is None or fact.estimate.value is None:
        return Weighed(evidence, void="missing"), wrong
    if barred(fact) is not None:
        return Weighed(evidence, void="small"), wrong
    if desk.context.simulated or fact.standing != "real":
        return Weighed(evidence, void="simulated"), wrong
    resolved = None if address.startswith(ANALYSED) else settle(desk.study, address, evidence.place)[0]
    if resolved is None or resolved.join != "-" or resolved.second is None:
        return Weighed(evidence), wrong
    return Weighed(evidence, _sign(fact), resolved.first.wave != resolved.second.wave), wrong


def _sign(fact: Fact) -> int:
    low, high = fact.estimate.low, fact.estimate.high
    if low is None or high is None:
        return 0
    return 1 if low > 0 else -1 if high < 0 else 0
