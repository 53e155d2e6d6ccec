"""What a script needs: the columns of the data, the design, and the cells with posad's own numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

BASE, WEIGHT, STRATUM, PSU, FPC, WAVE = (f"posad_{w}" for w in ("base", "weight", "stratum", "psu", "fpc", "wave"))


How = Literal["rake", "given", "made", "none"]


@dataclass(frozen=True, slots=True)
class Test:
    """A condition on one person: in one of ``columns`` stands one of ``codes``; without codes, any of them is not missing."""

    columns: tuple[str, ...]
    codes: tuple[int, ...] | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """One number: a ratio of weighted sums over the people for whom every test of ``base`` holds and none of ``outside``.

    A share counts those for whom one of ``counted`` holds (each test being one answer); with ``each`` it is the mean number of them.
    A mean adds the values of the column ``scored``.
    """

    id: str
    label: str
    value: float
    se: float | None
    base: tuple[Test, ...]
    outside: tuple[Test, ...] = ()
    counted: tuple[Test, ...] = ()
    each: bool = False
    scored: str | None = None


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a weighting margin: who is in it and the weight it is brought to."""

    label: str
    test: Test
    total: float
    wave: int | None = None  # its code, where every wave is weighted by itself


@dataclass(frozen=True, slots=True)
class DesignExport:
    """One table with the design behind it.

    ``data`` are the columns in their order, missing as None. ``how`` is "rake" (weights before, and levels to calibrate to), "given"
    (weights as they are, errors taking them as fixed), "made" (weights made in a way the other software has no function for: errors
    use the residuals of the regression on ``regressors``) or "none". ``levels`` leave one level of every margin after the first
    out, whose total follows from the others.
    """

    title: str
    table: str
    data: Mapping[str, Sequence[object]]
    how: How
    cells: tuple[Cell, ...]
    labels: Mapping[str, str] = field(default_factory=dict)
    levels: tuple[Level, ...] = ()
    regressors: tuple[str, ...] = ()
    weight: str = ""
    notes: tuple[str, ...] = ()
    singles: Literal["fail", "certainty", "remove", "adjust", "average"] = "fail"  # strata of one unit

    @property
    def strata(self) -> bool:
        """Whether there are strata."""
        return STRATUM in self.data

    @property
    def units(self) -> bool:
        """Whether there are primary units."""
        return PSU in self.data
