"""Shares of small domains that no direct estimate can tell: two models beside the direct shares, and what may be published.

``planning`` reads ``kind: domains``, ``mixed`` is multilevel regression with poststratification, ``areas`` Fay and Herriot's model,
``counting`` gathers people and estimates, ``saying`` puts them into words, a chart and a table.
"""

from __future__ import annotations

from posad.analysis.kinds.towns.domains.planning import DomainsShape, declare
from posad.analysis.kinds.towns.domains.saying import compute
from posad.analysis.values import Kind
from posad.core.words import LocalText

KIND = Kind(
    "domains",
    LocalText.of(ru="Малые области", en="Small domains"),
    "domains",
    DomainsShape,
    declare,
    compute,
)
