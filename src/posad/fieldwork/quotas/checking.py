"""What can never be filled: tables that do not add up, cells with more interviews than people."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from posad.core.problems import Problem, problem
from posad.fieldwork.quotas.cells import with_tolerance
from posad.fieldwork.quotas.tables import Amended
from posad.study.frame.values import Frame
from posad.study.plans.field.values import FieldPlan, Groups, QuotaPlan


def check_quotas(plan: FieldPlan, now: Amended, frame: Frame | None = None) -> list[Problem]:
    """Return what is wrong with the sums of the tables against the total, and with cells against the people of the frame."""
    if not now.tables and now.total is None and not plan.stages:
        return [problem("quota-none", plan.place)]
    found = [p for table in now.tables for p in _sums(table, now)]
    if frame is not None:
        found += [p for table in now.tables for p in _people(table, frame)]
    return found


def _sums(table: QuotaPlan, now: Amended) -> Iterator[Problem]:
    if table.counts or now.total is None:
        return
    tolerance = table.tolerance if table.tolerance is not None else now.tolerance
    together = sum(table.targets.values())
    most = sum(with_tolerance(n, tolerance) for n in table.targets.values())
    facts: dict[str, str | int] = {"table": table.id, "total": now.total}
    if most < now.total:
        code = "quota-sum" if tolerance == 0 else "quota-sum-short"
        yield problem(code, table.place, sum=together if tolerance == 0 else most, **facts)
    elif together > now.total:
        yield problem("quota-sum-over", table.place, sum=together, **facts)


def _people(table: QuotaPlan, frame: Frame) -> Iterator[Problem]:
    """Tell cells of districts and sizes that need more interviews than people live there."""
    if not set(table.by) <= {"district", "size"} or not table.by:
        return
    known = {"district": {t.district for t in frame.territories}, "size": {s.id for s in frame.sizes}}
    if not all(group in known[dim] for cell in table.targets for dim, group in zip(table.by, cell, strict=True)):
        return  # groups of the study's own, by answers; the frame does not say who is in them
    lived: dict[Groups, int] = {}
    for territory in frame.territories:
        people = territory.people.get(frame.population)
        size = None
        if people is not None:
            size = next((s.id for s in frame.sizes if s.low <= people and (s.high is None or people < s.high)), None)
        groups: Mapping[str, str | None] = {"district": territory.district, "size": size}
        cell = tuple(groups[d] or "" for d in table.by)
        lived[cell] = lived.get(cell, 0) + (people or 0)
    for cell, target in table.targets.items():
        if target > lived.get(cell, 0):
            facts: dict[str, str | int] = {"table": table.id, "name": " > ".join(cell), "target": target}
            yield problem("quota-cell-empty-frame", table.place, people=lived.get(cell, 0), **facts)
