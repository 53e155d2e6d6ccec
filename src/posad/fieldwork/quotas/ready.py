"""The quotas of a study ready for its field, and set in its ledger."""

from __future__ import annotations

from dataclasses import dataclass

from posad.fieldwork.ledger import Ledger
from posad.fieldwork.ledger.commands import Arrange
from posad.fieldwork.quotas.placing import Placing
from posad.fieldwork.quotas.tables import Amended
from posad.fieldwork.values import Cell
from posad.study.plans.field.values import FieldPlan


@dataclass(frozen=True, slots=True)
class Quotas:
    """The quotas of a study: its plan, the plan after amendments, the cells, and how an interview's cells are found."""

    plan: FieldPlan
    now: Amended
    cells: tuple[Cell, ...]
    placing: Placing


def arrange(ledger: Ledger, quotas: Quotas, at: float, who: str = "", why: str = "") -> None:
    """Set the cells of a ledger as the plan has them now; what is held and filled stays."""
    ledger.do(Arrange(at, quotas.cells, quotas.now.stage, quotas.plan.hold, who, why))
