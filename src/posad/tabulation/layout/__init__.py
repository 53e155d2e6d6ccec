"""A table before any number is known: its lines (``stub``), its columns (``heads``), and waves with their changes (``trends``)."""

from posad.tabulation.layout.heads import GROUPING, TOTAL, Head, heads, variables_in
from posad.tabulation.layout.stub import ANSWERS_PER_PERSON, COUNTED, MEAN, pinned, stub

__all__ = [
    "ANSWERS_PER_PERSON",
    "COUNTED",
    "GROUPING",
    "MEAN",
    "TOTAL",
    "Head",
    "heads",
    "pinned",
    "stub",
    "variables_in",
]
