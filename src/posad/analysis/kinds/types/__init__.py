"""Distances between town and city with names of their own, people between liking a town and leaving it, two poles of attraction.

``planning`` reads ``kind: types``, ``counting`` finds the numbers, ``findings`` and ``saying`` put them into words, charts, tables.
"""

from __future__ import annotations

from posad.analysis.kinds.types.planning import TypesShape, declare
from posad.analysis.kinds.types.saying import compute
from posad.analysis.values import Kind
from posad.core.words import LocalText

KIND = Kind(
    "types",
    LocalText.of(ru="Дистанции и типы людей", en="Distances and types of people"),
    "types",
    TypesShape,
    declare,
    compute,
)
