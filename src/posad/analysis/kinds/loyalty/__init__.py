"""Loyalty and what goes with it: an outcome modelled by drivers, margins in its own units, shares of what is explained, profiles.

``planning`` reads ``kind: loyalty``, ``modelling`` makes regressors and fits, ``saying`` puts it into words, charts and tables.
"""

from __future__ import annotations

from posad.analysis.kinds.loyalty.planning import LoyaltyShape, declare
from posad.analysis.kinds.loyalty.saying import compute
from posad.analysis.values import Kind
from posad.core.words import LocalText

KIND = Kind(
    "loyalty",
    LocalText.of(ru="Лояльность и её спутники", en="Loyalty and what goes with it"),
    "loyalty",
    LoyaltyShape,
    declare,
    compute,
)
