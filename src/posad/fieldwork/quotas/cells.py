"""Tables, blocks and stages as the cells of the ledger, each with its limit."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from math import ceil

from posad.fieldwork.quotas.tables import Amended
from posad.fieldwork.values import Cell
from posad.study.plans.field.values import FieldPlan, Groups

TOTAL = "total"


def table_cell(table: str, groups: Groups) -> str:
    """Return the id of a cell of a table.

    >>> table_cell("sex_age", ("f", "18_24"))
    'sex_age:f.18_24'
    """
    return f"{table}:{'.'.join(groups)}"


def block_cell(block: str, code: int) -> str:
    """Return the id of a block's cell.

    >>> block_cell("concept", 2)
    'block:concept.2'
    """
    return f"block:{block}.{code}"


def stage_cell(stage: str) -> str:
    """Return the id of a stage's cell."""
    return f"stage:{stage}"


def closed_cell(table: str) -> str:
    """Return the id of the cell of those whom a table has no combination for; its limit is 0."""
    return f"{table}:-"


def with_tolerance(target: int, tolerance: float) -> int:
    """Return how many interviews a cell takes: its target and the tolerance, rounded up to whole people.

    A cell without a target stays closed, for a tolerance widens a cell and opens none.

    >>> with_tolerance(100, 0.02), with_tolerance(7, 0.02), with_tolerance(0, 0.02), with_tolerance(7, 0)
    (102, 8, 0, 7)
    """
    return target + ceil(target * Fraction(str(tolerance)))


def arranged_cells(plan: FieldPlan, now: Amended) -> tuple[Cell, ...]:
    """Return every cell of the field: the total, stages, tables, blocks, in this order.

    The total and stages are hard: neither tolerance nor lateness passes them.
    """
    return (*_total(now), *_stages(plan), *_tables(plan, now), *_blocks(plan))


def _total(now: Amended) -> Iterator[Cell]:
    yield Cell(TOTAL, now.total or 0, now.total, table=TOTAL)


def _stages(plan: FieldPlan) -> Iterator[Cell]:
    for stage in plan.stages:
        yield Cell(stage_cell(stage.id), stage.stop_at or 0, stage.stop_at, table="stage")


def _tables(plan: FieldPlan, now: Amended) -> Iterator[Cell]:
    for table in now.tables:
        tolerance = table.tolerance if table.tolerance is not None else now.tolerance
        for groups, target in table.targets.items():
            limit = None if table.counts else with_tolerance(target, tolerance)
            more = with_tolerance(target, tolerance) - target if plan.late == "accept" else 0
            yield Cell(table_cell(table.id, groups), target, limit, more, table=table.id)
        yield Cell(closed_cell(table.id), 0, None if table.counts else 0, table=table.id)


def _blocks(plan: FieldPlan) -> Iterator[Cell]:
    for block in plan.blocks:
        for code, target in block.targets.items():
            limit = target if block.stop else None
            yield Cell(block_cell(block.id, code), target, limit, table=f"block:{block.id}")
