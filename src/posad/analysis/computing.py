"""One declared analysis from answers to a result that can be printed: no number in it is not one, every sentence has its facts."""

from __future__ import annotations

import math
from dataclasses import replace

from posad.analysis.declaring import kind_of
from posad.analysis.values import Declared, Result
from posad.core.problems import Problem
from posad.evidence.values import Fact
from posad.kernel.values import Estimate
from posad.tabulation.context import Context


def compute(context: Context, declared: Declared) -> tuple[Result | None, list[Problem]]:
    """Compute an analysis; where it cannot be, say why.

    Args:
        context: The study and its answers, opened.
        declared: The analysis.

    Raises:
        ValueError: a kind of analysis made a number that is not one, or a chart, table or sentence of addresses it has no facts of.
    """
    result, problems = kind_of(declared.kind).compute(context, declared)
    if result is None:
        return None, problems
    return _checked(result), problems


def _checked(result: Result) -> Result:
    facts = {address: _finite(fact) for address, fact in result.facts.items()}
    asked = [a for f in result.figures for b in f.bars for a in b.cells]
    asked += [cell for g in result.grids for line in g.lines for cell in line.cells if isinstance(cell, str)]
    asked += [a for finding in result.findings for a in finding.facts]
    lost = sorted({a for a in asked if a and a not in facts})
    if lost:
        raise ValueError(f"{result.id}: no facts at {', '.join(lost[:5])}")
    return replace(result, facts=facts)


def _finite(fact: Fact) -> Fact:
    """Return a fact whose numbers are numbers; an interval or error that is not one is none."""
    e = fact.estimate
    if e.value is not None and not math.isfinite(e.value):
        raise ValueError(f"{fact.address} is {e.value}")
    se, low, high = (x if x is not None and math.isfinite(x) else None for x in (e.se, e.low, e.high))
    whole = low is not None and high is not None
    plain: Estimate = replace(e, se=se, low=low if whole else None, high=high if whole else None)
    return replace(fact, estimate=plain)
