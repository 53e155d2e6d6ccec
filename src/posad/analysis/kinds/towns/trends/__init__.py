"""Trends over waves: the raw points, a line smoothed through them with their errors known, and changes tested all together.

``planning`` reads ``kind: trends``, ``smoothing`` draws the line, ``saying`` puts both into words, charts and a table.
"""

from __future__ import annotations

from posad.analysis.kinds.towns.trends.planning import TrendsShape, declare
from posad.analysis.kinds.towns.trends.saying import compute
from posad.analysis.values import Kind
from posad.core.words import LocalText

KIND = Kind(
    "trends",
    LocalText.of(ru="Тренды по волнам", en="Trends over waves"),
    "trends",
    TrendsShape,
    declare,
    compute,
)
