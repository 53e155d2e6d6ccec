"""Outlines of regions: those that come with posad, or a study's own file ``frame/boundaries.json``."""

from posad.study.frame.boundaries.reading import BOUNDARIES, read_boundaries
from posad.study.frame.boundaries.values import Boundaries, Outline

__all__ = ["BOUNDARIES", "Boundaries", "Outline", "read_boundaries"]
