"""Whether territories have come closer between two waves of a survey, told so that mere chance does not look like convergence.

``planning`` reads ``kind: convergence``, ``counting`` finds levels with their errors, ``latent`` takes the errors off, ``saying`` tells.
"""

from __future__ import annotations

from posad.analysis.kinds.gaps.convergence.planning import ConvergenceShape, declare
from posad.analysis.kinds.gaps.convergence.saying import compute
from posad.analysis.values import Kind
from posad.core.words import LocalText

KIND = Kind(
    "convergence",
    LocalText.of(ru="Сближение территорий", en="Convergence of territories"),
    "convergence",
    ConvergenceShape,
    declare,
    compute,
)
