"""What the kernel says of a weight, at its place in weights.yaml and with the names of variables and groups."""

from __future__ import annotations

from posad.core.place import Place
from posad.core.problems import Fact, Problem, problem
from posad.kernel.weights.checks import Remark
from posad.study.plans.values import Margin, Study, WeightPlan


def said(remark: Remark, plan: WeightPlan, study: Study) -> Problem:
    """Return a remark of the kernel as a problem at its place, with the names of variables and groups."""
    facts: dict[str, Fact] = {"weight": plan.id, **remark.facts}
    place: Place = plan.place
    number = remark.facts.get("margin")
    mean = remark.facts.get("number")
    if isinstance(mean, int) and mean < len(plan.means):
        place, facts["number"] = plan.means[mean].place, plan.means[mean].variable
    if isinstance(number, int) and number < len(plan.margins):
        margin = plan.margins[number]
        place = margin.place
        facts["margin"] = margin.variable
        for word in ("level", "merge"):
            if isinstance(code := facts.get(word), int):
                facts[word] = _level_name(margin, code, study)
    # A reason given in the plan is printed beside the numbers: then a low efficiency is worth a warning only. A note that is
    # still a question ("? taken by the name of the column"), as importing leaves it, is no reason.
    reason = any(words.strip() and not words.strip().startswith("?") for _, words in plan.note.parts)
    noted = remark.code == "weighting-efficiency-very-low" and reason
    return problem("weighting-efficiency-low" if noted else remark.code, place, **facts)


def _level_name(margin: Margin, code: int, study: Study) -> str:
    if margin.crossed:
        cell = dict(enumerate(margin.cells, 1)).get(code)
        return " > ".join(_code_name(v, c, study) for v, c in zip(margin.crossed, cell, strict=True)) if cell else "—"
    return _code_name(margin.variable, code, study)


def _code_name(variable: str, code: int, study: Study) -> str:
    found = study.variable(variable)
    group = next((g.id for g in found.groups if g.code == code), None) if found is not None else None
    return group or str(code)
