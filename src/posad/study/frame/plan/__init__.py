"""The plan of a sample: ``sample.yaml`` as a frozen value."""

from posad.study.frame.plan.reading import read_sample_design
from posad.study.frame.plan.values import Assumptions, Dimension, Level, SampleDesign, Towns

__all__ = ["Assumptions", "Dimension", "Level", "SampleDesign", "Towns", "read_sample_design"]
