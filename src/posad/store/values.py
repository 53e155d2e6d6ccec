"""What the store gives and takes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

BILLION = 10**9
EQUAL = "="  # the weight of one each that carries strata, units and waves where nothing is weighted
MISSING = int(np.iinfo(np.int64).min)  # a missing key in an integer key array; NaN in a float one


@dataclass(frozen=True, slots=True)
class RawTable:
    """A foreign file as it stands: text, numbers and None, with the labels the file itself carries.

    ``columns`` maps each name, in the file's order, to its values; all have the same length. ``labels`` are variable labels,
    ``value_labels`` map a column to {value: label}, ``missing`` a column to the values or (low, high) ranges the file declares
    missing, ``sets`` multiple-response sets: name to (label, member columns, counted value).
    """

    columns: Mapping[str, Sequence[object]]
    labels: Mapping[str, str] = field(default_factory=dict)
    value_labels: Mapping[str, Mapping[object, str]] = field(default_factory=dict)
    missing: Mapping[str, Sequence[object]] = field(default_factory=dict)
    sets: Mapping[str, tuple[str, tuple[str, ...], object]] = field(default_factory=dict)
    notes: tuple[str, ...] = ()

    @property
    def rows(self) -> int:
        """The number of rows."""
        return len(next(iter(self.columns.values()), ()))


@dataclass(frozen=True, slots=True)
class Key:
    """One grouping key: an SQL expression of a row, written only by the store's own translator."""

    sql: str
    number: bool = False  # a floating number rather than an integer


@dataclass(frozen=True, slots=True)
class Moments:
    """Exact sums by cell: one entry per occupied combination of keys × profile × stratum × PSU, sorted by them.

    ``n`` rows; ``d`` and ``w`` sums of the weights before and after calibration, in billionths; Σw² = ``w2h``·1e9 + ``w2l``
    in units of 1e-18. ``profile`` numbers the joint level of the weighting margins, ``stratum`` and ``psu`` the design's units;
    each is all zeros where the design has none.
    """

    keys: tuple[NDArray[np.int64] | NDArray[np.float64], ...]
    n: NDArray[np.int64]
    d: NDArray[np.int64]
    w: NDArray[np.int64]
    w2h: NDArray[np.int64]
    w2l: NDArray[np.int64]
    profile: NDArray[np.int64]
    stratum: NDArray[np.int64]
    psu: NDArray[np.int64]


class Engine(Protocol):
    """A place that holds answers and sums them exactly; any SQL database can be one."""

    def columns(self) -> Mapping[str, str]:
        """Return the columns and their SQL types."""
        ...

    def moments(self, keys: Sequence[Key], weight: str | None, where: str | None = None) -> Moments:
        """Return exact sums by the keys, with a weight by its name, or every row counting one."""
        ...

    def moments_many(
        self, requests: Sequence[Sequence[Key]], weight: str | None, where: str | None = None
    ) -> list[Moments]:
        """Return the sums of many requests at once, in their order."""
        ...

    def hold(self, keys: Sequence[Key]) -> None:
        """Make ready for requests by these keys, where that helps; it changes no sum."""
        ...

    def rows(
        self, columns: Sequence[str], where: str | None = None, limit: int | None = None
    ) -> Mapping[str, list[object]]:
        """Return the rows themselves, in the order of the respondents."""
        ...
