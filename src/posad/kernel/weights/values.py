"""What making a weight gives back: the weight, its margins, and what its errors must know of it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from posad.kernel.weights.checks import Remark

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class MarginLevel:
    """One level of a margin: people, and its share before weighting, wanted, and after."""

    margin: int
    code: int
    people: int
    before: float
    target: float
    after: float


@dataclass(frozen=True, slots=True)
class NumberMargin:
    """One margin that is a mean of numbers: the mean before weighting, wanted, and after."""

    number: int
    before: float
    target: float
    after: float


@dataclass(frozen=True, slots=True)
class Calibration:
    """One weight of n rows.

    ``d`` and ``w`` are weights before and after, in billionths of mean one (``MISSING`` for rows without a weight); ``profile`` numbers
    the joint level of the margins, ``profile_levels`` (P×L) tells its levels, in the order of ``levels``, then its numbers, each
    less its target and in units of its spread. ``design_effect`` is that of Kish, n·Σw²/(Σw)²; ``efficiency`` its inverse;
    ``lowest`` and ``highest`` the extreme weights; ``at_bounds`` how many people have a weight that a bound cut.
    """

    d: NDArray[np.int64]
    w: NDArray[np.int64]
    profile: NDArray[np.int64]
    profile_levels: NDArray[np.generic]
    levels: tuple[MarginLevel, ...]
    people: int
    effective: float
    design_effect: float
    efficiency: float
    lowest: float
    highest: float
    at_bounds: int
    passes: int
    gap: float
    scale: float
    remarks: tuple[Remark, ...] = ()
    numbers: tuple[NumberMargin, ...] = ()
