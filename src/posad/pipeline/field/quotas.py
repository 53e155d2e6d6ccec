"""The quotas of a study made ready for its field: field.yaml and sample.yaml together, checked, as cells and as a way to find them."""

from __future__ import annotations

from pathlib import Path

from posad.core.problems import Problem
from posad.core.speech import has_errors
from posad.fieldwork.panels.reading import read_panels
from posad.fieldwork.quotas import Quotas, amended, arrange, arranged_cells, placing_of
from posad.fieldwork.quotas.checking import check_quotas
from posad.fieldwork.site.consent import read_consent
from posad.study.frame.plan import SampleDesign, read_sample_design
from posad.study.frame.plan.reading import SAMPLE
from posad.study.plans.field import FIELD, FieldPlan, QuotaPlan, read_field
from posad.study.plans.values import Study
from posad.study.plans.variables import scope_of
from posad.territory.sample.planning import plan_sample

JOIN = "_"

__all__ = ["Quotas", "arrange", "check_field", "read_quotas"]


def read_quotas(folder: Path, study: Study) -> tuple[Quotas | None, list[Problem]]:
    """Return a study's quotas with all their amendments, or nothing where something is wrong with them.

    Without field.yaml and sample.yaml there are none, and that is said.
    """
    plan, problems = read_field(folder, study.languages, scope_of(study))
    if plan is None:
        return None, problems
    design, sampled, wrong = _sampled(folder, study, plan)
    problems += wrong
    if has_errors(problems):
        return None, problems
    tolerance = design.tolerance if design is not None else None
    now, wrong = amended(plan, sampled, design.size if design is not None else None, tolerance)
    problems += wrong
    placing, wrong = placing_of(study, plan, now, design.dimensions if design is not None else ())
    problems += wrong + check_quotas(plan, now, study.frame)
    if placing is None or has_errors(problems):
        return None, problems
    return Quotas(plan, now, arranged_cells(plan, now), placing), problems


def _sampled(folder: Path, study: Study, plan: FieldPlan) -> tuple[SampleDesign | None, list[QuotaPlan], list[Problem]]:
    """Return the plan of the sample and its tables of quotas, where field.yaml has none of its own."""
    if not (folder / SAMPLE).exists():
        return None, [], []
    design, problems = read_sample_design(folder, study.frame)
    if design is None or plan.tables is not None:
        return design, [], problems
    sample, wrong = plan_sample(design, {t.id: t for t in study.targets}, study.frame)
    if sample is None:
        return design, [], problems + wrong
    tables = [QuotaPlan(JOIN.join(t.dims), t.dims, dict(t.quota), design.place) for t in sample.tables]
    return design, tables, problems + wrong


def check_field(folder: Path, study: Study) -> list[Problem]:
    """Return what ``posad check`` says of the field; a study without field.yaml, or without consent.md, is not asked for one.

    Secrets of panels are not looked for: they are where the site is served.
    """
    problems = read_consent(folder, study.languages)[1]
    if not (folder / FIELD).exists():
        return problems
    panels = read_panels(folder, study.languages)[2]
    kept = [p for p in panels if p.code != "panel-secret-missing"]
    return [*problems, *read_quotas(folder, study)[1], *kept]
