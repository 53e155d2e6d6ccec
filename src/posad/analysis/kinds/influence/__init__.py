"""The influence map: companies by two questions, with the ellipses of their errors, what cannot be told apart, and named groups.

``planning`` reads ``kind: influence``, ``counting`` finds shares and their joint errors, ``grouping`` clusters and judges names,
``saying`` puts it into words, charts and tables.
"""

from __future__ import annotations

from posad.analysis.kinds.influence.planning import InfluenceShape, declare
from posad.analysis.kinds.influence.saying import compute
from posad.analysis.values import Kind
from posad.core.words import LocalText

KIND = Kind(
    "influence",
    LocalText.of(ru="Карта влияния", en="Influence map"),
    "influence-map",
    InfluenceShape,
    declare,
    compute,
)
