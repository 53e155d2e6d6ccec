"""Weights by their plans, with everything needed to judge them and to compute errors.

To add a method: 1. its name in ``study.folder.weights`` (shape and reading); 2. its line in ``making``; 3. words for the method box.
"""

from posad.processing.weighing.making import weigh
from posad.processing.weighing.replicating import replicates_of
from posad.processing.weighing.values import Level, MeanLine, ReplicateLine, Weighed

__all__ = ["Level", "MeanLine", "ReplicateLine", "Weighed", "replicates_of", "weigh"]
