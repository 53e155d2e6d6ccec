"""What may lead to what, in layers: each arrow an adjusted association, what passes along the chain, and the orders that fit as well.

``planning`` reads ``kind: chain``, ``modelling`` makes the equations, ``ordering`` compares orders, ``numbers``, ``findings`` and
``saying`` put it into words.
"""

from __future__ import annotations

from posad.analysis.kinds.causes.chain.planning import ChainShape, declare
from posad.analysis.kinds.causes.chain.saying import compute
from posad.analysis.values import Kind
from posad.core.words import LocalText

KIND = Kind(
    "chain", LocalText.of(ru="Цепочка связей", en="Chain of associations"), "chain", ChainShape, declare, compute
)
