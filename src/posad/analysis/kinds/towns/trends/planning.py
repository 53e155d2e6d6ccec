"""``kind: trends`` as its author writes it, and the frozen plan it comes to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from posad.analysis.linear.fitting.terms import Term, read_terms
from posad.analysis.saying.naming import check_weight
from posad.core.problems import Problem, problem
from posad.core.words import LocalText
from posad.study.folder.reading import Sheet
from posad.study.plans.values import Study


@dataclass(frozen=True, slots=True)
class TrendsShape:
    """analysis/NAME.yaml with ``kind: trends``: shares followed over waves.

    Attributes:
        kind: ``trends``.
        of: Shares: answers or nets, such as ``like_city.top2``.
        title: The analysis in words.
        correction: Of the tests of change over the whole page: ``holm`` or ``bh``.
        weight: The weight, the study's first if absent.
    """

    kind: Literal["trends"]
    of: list[str]
    title: LocalText = LocalText()
    correction: Literal["holm", "bh"] = "holm"
    weight: str | None = None


@dataclass(frozen=True, slots=True)
class TrendsPlan:
    """The shares that are followed."""

    of: tuple[Term, ...]
    correction: Literal["holm", "bh"]
    weight: str | None


def declare(sheet: Sheet, shape: TrendsShape, study: Study) -> tuple[TrendsPlan | None, list[Problem]]:
    """Return the plan, or everything wrong with the names in its file."""
    terms, problems = read_terms(sheet, "of", shape.of, study)
    for i, term in enumerate(terms):
        if term.kind != "share":
            problems.append(problem("domains-no-share", sheet.at("of", i), name=term.name))
    if not shape.of:
        problems.append(problem("trends-nothing", sheet.at("of")))
    problems += check_weight(sheet, shape.weight, study)
    if problems:
        return None, problems
    return TrendsPlan(terms, shape.correction, shape.weight), []
