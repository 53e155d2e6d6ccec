"""Gaps between two groups of people in a question of several answers: each answer, all together, and what a limit of answers bends.

``planning`` reads ``kind: gaps``, ``counting`` finds the gaps with their joint errors, ``saying`` puts them into words, charts, tables.
"""

from __future__ import annotations

from posad.analysis.kinds.gaps.planning import GapsShape, declare
from posad.analysis.kinds.gaps.saying import compute
from posad.analysis.values import Kind
from posad.core.words import LocalText

KIND = Kind(
    "gaps",
    LocalText.of(ru="Разрывы между группами", en="Gaps between groups"),
    "gaps",
    GapsShape,
    declare,
    compute,
)
