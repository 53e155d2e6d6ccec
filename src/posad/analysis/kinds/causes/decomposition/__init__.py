"""What the difference of two groups consists of: that they are composed otherwise, and the rest.

``planning`` reads ``kind: decomposition``, ``saying`` computes it and puts it into words; the arithmetic is ``linear.decomposing``.
"""

from __future__ import annotations

from posad.analysis.kinds.causes.decomposition.planning import DecompositionShape, declare
from posad.analysis.kinds.causes.decomposition.saying import compute
from posad.analysis.values import Kind
from posad.core.words import LocalText

KIND = Kind(
    "decomposition",
    LocalText.of(ru="Из чего состоит разница", en="What a difference consists of"),
    "decomposition",
    DecompositionShape,
    declare,
    compute,
)
