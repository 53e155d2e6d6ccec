"""``kind: domains`` as its author writes it, and the frozen plan it comes to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from posad.analysis.kinds.towns.domains.frames import Frame, FrameShape, Known, KnownShape, read_frame, read_known
from posad.analysis.linear.fitting.terms import Term, read_term
from posad.analysis.saying.naming import check_weight
from posad.core.problems import Problem, problem
from posad.core.words import LocalText
from posad.study.folder.reading import Sheet, Step, unknown
from posad.study.plans.values import Study
from posad.study.questionnaire.values import Item, Kind

WIDEST = 15.0
MOST = 40  # domains of one analysis


@dataclass(frozen=True, slots=True)
class DomainsShape:
    """analysis/NAME.yaml with ``kind: domains``: a share in each of many small domains.

    Attributes:
        kind: ``domains``.
        outcome: The share: an answer or net, such as ``move.leave``.
        domains: The variable or question whose groups are the domains, such as ``district_size``.
        by: Who people are: variables and questions with one answer that the model knows of everybody, such as ``sex_age``.
        nested: Groups that whole domains belong to, such as ``district``.
        title: The analysis in words.
        known: Numbers known of every domain from elsewhere, each with its source.
        frame: How many people of each kind live in each domain; if absent, the people of all domains are taken to be alike.
        widest: The widest interval, in percentage points, with which a domain is published.
        weight: The weight, the study's first if absent.
    """

    kind: Literal["domains"]
    outcome: str
    domains: str
    by: list[str]
    nested: list[str] = field(default_factory=list)
    title: LocalText = LocalText()
    known: list[KnownShape] = field(default_factory=list)
    frame: FrameShape | None = None
    widest: float = WIDEST
    weight: str | None = None


@dataclass(frozen=True, slots=True)
class DomainsPlan:
    """A share, the item of the domains, those of people and those that domains are nested in; ``widest`` is a fraction."""

    outcome: Term
    domains: str
    by: tuple[str, ...]
    nested: tuple[str, ...]
    known: tuple[Known, ...]
    frame: Frame | None
    widest: float
    weight: str | None


def declare(sheet: Sheet, shape: DomainsShape, study: Study) -> tuple[DomainsPlan | None, list[Problem]]:
    """Return the plan, or everything wrong with the names in its file."""
    outcome, problems = read_term(sheet, ("outcome",), shape.outcome, study)
    if outcome is not None and outcome.kind != "share":
        problems.append(problem("domains-no-share", sheet.at("outcome"), name=shape.outcome))
    for at, names in ((("domains",), [shape.domains]), (("by",), shape.by), (("nested",), shape.nested)):
        problems += _groupings(sheet, at, names, study)
    if not shape.by:
        problems.append(problem("domains-no-people", sheet.at("by")))
    if not 1 <= shape.widest <= 100:
        problems.append(problem("towns-out-of-range", sheet.at("widest"), name="widest", low=1, high=100))
    domains = study.item(shape.domains)
    if domains is not None and len(domains.options) > MOST:
        facts: dict[str, str | int] = {"name": shape.domains, "n": len(domains.options), "most": MOST}
        problems.append(problem("domains-many", sheet.at("domains"), **facts))
    problems += check_weight(sheet, shape.weight, study)
    known: tuple[Known, ...] = ()
    frame: Frame | None = None
    if not problems:
        known, wrong = read_known(sheet, shape.known, shape.domains, study)
        frame, more = read_frame(sheet, shape.frame, [shape.domains, *shape.by], study)
        problems += [*wrong, *more]
    if outcome is None or problems:
        return None, problems
    by, nested = tuple(shape.by), tuple(shape.nested)
    return DomainsPlan(outcome, shape.domains, by, nested, known, frame, shape.widest / 100, shape.weight), []


def _groupings(sheet: Sheet, at: tuple[Step, ...], names: Sequence[str], study: Study) -> Iterator[Problem]:
    """Tell which names are of no variable or question that puts everybody into one group."""
    for i, name in enumerate(names):
        place = sheet.at(*at, i) if at != ("domains",) else sheet.at(*at)
        item = study.item(name)
        if item is None:
            yield unknown("analysis-item-unknown", place, name, [v.id for v in study.variables])
        elif not _one_group(item, study):
            yield problem("domains-no-groups", place, name=name)


def _one_group(item: Item, study: Study) -> bool:
    variable = study.variable(item.id)
    return item.kind is Kind.SINGLE and (variable is None or variable.exclusive)
