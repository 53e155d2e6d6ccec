"""Gaps told by the same people – here and there, then and now – by type of territory and by wave, and what part of them has closed.

``planning`` reads ``kind: paired``, ``counting`` finds the gaps with their joint errors, ``saying`` puts them into words, charts, tables.
"""

from __future__ import annotations

from posad.analysis.kinds.gaps.paired.planning import PairedShape, declare
from posad.analysis.kinds.gaps.paired.saying import compute
from posad.analysis.values import Kind
from posad.core.words import LocalText

KIND = Kind(
    "paired",
    LocalText.of(ru="Разрывы глазами одних и тех же людей", en="Gaps told by the same people"),
    "paired",
    PairedShape,
    declare,
    compute,
)
