"""The tables of quotas as they are after all amendments."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from posad.core.problems import Problem, near, problem
from posad.study.plans.field.values import Amendment, FieldPlan, Groups, QuotaPlan


@dataclass(frozen=True, slots=True)
class Amended:
    """A plan after its amendments: tables, the total (None where nothing limits it), the stage that is on."""

    tables: tuple[QuotaPlan, ...]
    total: int | None
    stage: str
    tolerance: float


def amended(
    plan: FieldPlan, sampled: Sequence[QuotaPlan] = (), size: int | None = None, tolerance: float | None = None
) -> tuple[Amended, list[Problem]]:
    """Return the plan of the field after all amendments, and what is wrong with them.

    Args:
        plan: field.yaml.
        sampled: The tables of sample.yaml, taken where field.yaml has none.
        size: The number of interviews of sample.yaml, taken where field.yaml has no total.
        tolerance: That of sample.yaml, taken where field.yaml has none.
    """
    tables = {t.id: t for t in (plan.tables if plan.tables is not None else sampled)}
    total = plan.total if plan.total is not None else size
    stage = plan.stage
    problems: list[Problem] = []
    for amendment in plan.amendments:
        problems += _moved(tables, amendment)
        total = amendment.total if amendment.total is not None else total
        stage = amendment.stage or stage
    share = plan.tolerance if plan.tolerance is not None else tolerance if tolerance is not None else 0.0
    return Amended(tuple(tables.values()), total, stage, share), problems


def _moved(tables: dict[str, QuotaPlan], a: Amendment) -> list[Problem]:
    """Change the tables as an amendment says."""
    problems: list[Problem] = []

    def known(table: str, *cells: Groups) -> bool:
        if table not in tables:
            facts = {"name": table, "near": near(table, tables), "known": ", ".join(tables) or "–"}
            problems.append(problem("quota-table-unknown", a.place, **facts))
            return False
        lost = [c for c in cells if c not in tables[table].targets]
        names = {" > ".join(c) for c in tables[table].targets}
        for cell in lost:
            name = " > ".join(cell)
            problems.append(problem("quota-cell-unknown", a.place, table=table, name=name, near=near(name, names)))
        return not lost

    for table, cells in a.targets.items():
        if known(table, *cells):
            tables[table] = replace(tables[table], targets={**tables[table].targets, **cells})
    for table, left, to, places in a.moves:
        if not known(table, left, to):
            continue
        now = dict(tables[table].targets)
        if not 0 < places <= now[left]:
            facts: dict[str, str | int] = {"table": table, "name": " > ".join(left), "places": places}
            problems.append(problem("quota-move-too-many", a.place, target=now[left], **facts))
            continue
        now[left] -= places
        now[to] += places
        tables[table] = replace(tables[table], targets=now)
    return problems
