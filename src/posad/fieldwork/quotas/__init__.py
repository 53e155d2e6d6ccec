"""Quotas in the field: the plan with its amendments as cells of the ledger, and which of them an interview counts in.

``tables`` applies amendments, ``cells`` turns tables, blocks and stages into cells with limits, ``placing`` finds the cells of an
interview by its answers, ``checking`` says what can never be filled.
"""

from posad.fieldwork.quotas.cells import arranged_cells
from posad.fieldwork.quotas.placing import Placing, placing_of
from posad.fieldwork.quotas.ready import Quotas, arrange
from posad.fieldwork.quotas.tables import amended

__all__ = ["Placing", "Quotas", "amended", "arrange", "arranged_cells", "placing_of"]
