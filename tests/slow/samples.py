"""Samples drawn, raked and summed by the product's own kernel, fast enough for a hundred thousand of them."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from posad.kernel.design import Cells, Design, cells_of, design_of
from posad.kernel.testing.sums import ColumnSums
from posad.kernel.weights.calibration import Calibration, rake
from posad.store.values import BILLION, Moments

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Booleans = NDArray[np.bool_]
SEED = int(os.environ.get("POSAD_SEED", "20261124"))  # another one draws other samples


@dataclass(frozen=True, slots=True)
class Margin:
    """One margin: the shares of its levels in the population and among those who come to be asked."""

    population: Floats
    sample: Floats


def margins(strength: float) -> tuple[Margin, ...]:
    """Return three margins of 4, 3 and 2 levels; at strength 1 raking to them has a design effect of about 1.5."""
    population = (np.array([0.4, 0.3, 0.2, 0.1]), np.array([0.3, 0.4, 0.3]), np.array([0.5, 0.5]))
    sample = (np.array([0.56, 0.27, 0.13, 0.04]), np.array([0.48, 0.37, 0.15]), np.array([0.55, 0.45]))
    return tuple(
        Margin(p, (s := p ** (1 - strength) * f**strength) / s.sum()) for p, f in zip(population, sample, strict=True)
    )


@dataclass(frozen=True, slots=True)
class Sample:
    """One raked sample: the levels of its people, their weight and its design."""

    levels: Ints
    made: Calibration
    design: Design

    def cells(self, key: Ints) -> Cells:
        """Return the sums by the values of a small whole key."""
        return cells_of(self.design, moments(self.made, key))


def moments(made: Calibration, key: Ints) -> Moments:
    """Return the sums by key and profile as the store would, squares to ten digits."""
    profiles = len(made.profile_levels)
    size = (int(key.max(initial=0)) + 1) * profiles
    at = key * profiles + made.profile
    n = np.bincount(at, minlength=size)
    there = np.flatnonzero(n)
    w, d = made.w.astype(np.float64), made.d.astype(np.float64)
    d_sum, w_sum, squares = (np.bincount(at, v, size)[there] for v in (d, w, w * (w / BILLION)))
    zeros = np.zeros(len(there), dtype=np.int64)
    return Moments(
        (there // profiles,), n[there], np.rint(d_sum).astype(np.int64), np.rint(w_sum).astype(np.int64),
        np.rint(squares).astype(np.int64), zeros, there % profiles, zeros, zeros,
    )  # fmt: skip


def draw(rng: np.random.Generator, n: int, marginal: Sequence[Margin], base: Floats | None = None) -> Sample | None:
    """Return a raked sample, or None where chance left a level empty."""
    levels = np.column_stack([rng.choice(len(m.sample), n, p=m.sample) for m in marginal])
    return raked(levels, [m.population for m in marginal], base)


def raked(levels: Ints, targets: Sequence[Floats], base: Floats | None = None) -> Sample | None:
    """Return a sample raked to shares of levels."""
    made = rake(levels, [dict(enumerate(t.tolist())) for t in targets], base)
    if not isinstance(made, Calibration):
        return None
    none = np.zeros(len(levels), dtype=np.int64)
    return Sample(levels, made, design_of(replace(moments(made, none), keys=()), made.profile_levels))


def chance_of(levels: Ints, marginal: Sequence[Margin], share: float, link: float) -> Floats:
    """Return each person's chance of saying yes: it grows by exp(link) with each level, and is ``share`` in the population."""
    p = np.full(len(levels), share)
    for m, margin in enumerate(marginal[:2]):
        growth = np.exp(link * np.arange(len(margin.population)))
        p *= (growth / (margin.population @ growth))[levels[:, m]]
    return p


def stacked(many: Sequence[ColumnSums]) -> ColumnSums:
    """Return the sums of many samples of one size as lines of one table, to be tested at once."""
    names = ("n", "y", "b", "yy", "shared", "second", "fixed", "aware")
    whole = {name: np.concatenate([getattr(s, name) for s in many]) for name in names}
    return ColumnSums(**whole, respondents=many[0].respondents, df=many[0].df)


def pattern(*columns: Booleans) -> Ints:
    """Return a key whose bits are the columns."""
    key: Ints = np.sum([c.astype(np.int64) << i for i, c in enumerate(columns)], axis=0, dtype=np.int64)
    return key


def bits(cells: Cells, count: int) -> Booleans:
    """Return the columns (C×count) of a key made by :func:`pattern`."""
    key = cells.keys[0].astype(np.int64)
    return ((key[:, None] >> np.arange(count)) & 1).astype(bool)


People = tuple[Booleans, Booleans, Booleans, Booleans]  # in the first column, its yes, in the second column, its yes
Drawing = Callable[[np.random.Generator, Sample, float], People]
