"""Weights by their plans, with everything needed to judge them and to compute errors.

To add a method: 1. its name in ``study.folder.weights`` (shape and reading); 2. its line in ``making``; 3. words for the method box.
"""

from typing import TYPE_CHECKING, Any

from posad.processing.weighing.values import Level, MeanLine, ReplicateLine, Weighed

if TYPE_CHECKING:
    from posad.processing.weighing.making import weigh
    from posad.processing.weighing.replicating import replicates_of


def __getattr__(name: str) -> Any:
    """Import the verbs when they are first wanted: who only reads the diagnostics of weights needs no calibration."""
    if name == "weigh":
        from posad.processing.weighing.making import weigh

        return weigh
    if name == "replicates_of":
        from posad.processing.weighing.replicating import replicates_of

        return replicates_of
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


__all__ = ["Level", "MeanLine", "ReplicateLine", "Weighed", "replicates_of", "weigh"]
