"""What the errors must know of a weight: the constants of its whole file, and the cells of a request summed beside them.

The constants belong to everybody who has the weight, whatever the filter of a table: a filter multiplies columns, it never
shrinks the design. Notation and formulas follow Deville and Särndal (1992): x are the levels of all weighting margins, d the
weights before and w after calibration, a residual is that of the d-weighted regression on x.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from posad.store.values import BILLION, Moments

Floats = NDArray[np.float64]
Lonely = Literal["fail", "certainty", "remove", "adjust", "average"]
CERTAIN = 1e-7  # a stratum sampled to this part of its population was taken whole
DENSE = 2_000_000  # largest table of cells by profiles summed as a matrix product


@dataclass(frozen=True, slots=True)
class Design:
    """The constants of one weight over its whole file (P profiles, L levels, H strata, J primary units).

    ``inverse`` (L×L) is the inverse of Σ d·x·x'; ``by_stratum_x`` (H×L) holds Σ w·x, ``by_stratum_xx`` (H×L×L) Σ w²·x·x',
    ``by_psu_x`` (J×L) Σ w·x; ``factor`` (H) is (1 − sampling fraction)·n/(n − 1) with n the units of the stratum, NaN where
    there is one unit and so no error can be known. ``centre`` (H) is one where residuals are taken around the mean of their
    stratum, zero around that of the whole. ``psu`` (J×2) lists stratum number and unit, or is nothing. ``leverage`` is the part of squared residuals
    that the regression on the margins takes from people as heavy as these: Σ w²·d·x'(Σ d·x·x')⁻x over Σ w².
    """

    profile_levels: Floats
    inverse: Floats
    strata: NDArray[np.int64]
    units: NDArray[np.int64]
    factor: Floats
    centre: Floats
    by_stratum_x: Floats
    by_stratum_xx: Floats
    psu: NDArray[np.int64] | None
    by_psu_x: Floats
    respondents: int
    df: int
    leverage: float


@dataclass(frozen=True, slots=True)
class Cells:
    """A request's sums by distinct combination of keys (C cells), everything the estimates of it need.

    ``n`` are rows, ``w`` Σw in billionths and Σw² = ``w2h``·1e9 + ``w2l`` in 1e-18, all whole numbers, so that sums of cells are exact
    whatever the cells (below 2⁵³, 9 million people); ``dx`` (C×L) is Σ d·x; ``stratum_w`` and ``stratum_w2`` (C×H) and
    ``stratum_w2x`` (C×H×L) divide Σw, Σw² and Σ w²·x by strata; ``psu_w`` (C×J) divides Σw by primary units where there are any.
    """

    keys: tuple[NDArray[np.int64] | NDArray[np.float64], ...]
    n: NDArray[np.int64]
    w: Floats
    w2h: Floats
    w2l: Floats
    dx: Floats
    stratum_w: Floats
    stratum_w2: Floats
    stratum_w2x: Floats
    psu_w: Floats | None


def no_margins(profiles: int = 1) -> Floats:
    """Return the profile levels of a weight that no calibration made: none at all."""
    return np.zeros((profiles, 0))


def design_of(
    moments: Moments,
    profile_levels: NDArray[np.generic] | None = None,
    fpc: Mapping[int, float] | None = None,
    lonely: Lonely = "fail",
) -> Design:
    """Return the design of a weight from the sums of its whole file, asked for without keys.

    Args:
        moments: sums over all rows with the weight, no keys, no filter.
        profile_levels: P×L zeros and ones, whether profile p is at level l, and numbers calibrated; None when no calibration
            made the weight.
        fpc: population size of each stratum, in its sampling units; None for sampling from a very large population. A stratum
            with all its units in the sample is certain: it adds nothing to the error.
        lonely: what a stratum with a single unit adds to the error (the words are those of R's option ``survey.lonely.psu``):
            "fail" leaves every error unknown, "certainty" and "remove" add nothing, "adjust" takes the unit's distance from the
            whole sample's mean, "average" adds the mean of the other strata.
    """
    if profile_levels is None:
        profile_levels = no_margins(int(moments.profile.max(initial=0)) + 1)
    x = np.asarray(profile_levels, dtype=np.float64)
    rows = x[moments.profile]
    d, w = moments.d / BILLION, moments.w / BILLION
    w2 = _squares(moments.w2h, moments.w2l)
    strata, stratum = np.unique(moments.stratum, return_inverse=True)
    levels, count = x.shape[1], len(strata)
    x_sums, xx_sums = np.zeros((count, levels)), np.zeros((count, levels, levels))
    for h in range(count):
        inside = stratum == h
        x_sums[h] = w[inside] @ rows[inside]
        xx_sums[h] = (rows[inside] * w2[inside, None]).T @ rows[inside]
    psu, by_psu = None, np.zeros((0, levels))
    units = np.array([moments.n[stratum == h].sum() for h in range(count)], dtype=np.int64)
    if np.any(moments.psu != 0):
        psu, unit = np.unique(np.column_stack([stratum, moments.psu]), axis=0, return_inverse=True)
        by_psu = np.zeros((len(psu), levels))
        np.add.at(by_psu, unit.ravel(), w[:, None] * rows)
        units = np.bincount(psu[:, 0], minlength=count).astype(np.int64)
    df = int(units.sum()) - count
    inverse = _inverse((rows * d[:, None]).T @ rows)
    factor, centre = _factors(strata, units, fpc, lonely)
    leverage = _leverage(inverse, rows, d / np.maximum(moments.n, 1), w2)
    return Design(
        x, inverse, strata, units, factor, centre, x_sums, xx_sums, psu, by_psu, int(moments.n.sum()), max(df, 0), leverage
    )  # fmt: skip


def lonely_strata(design: Design) -> tuple[int, ...]:
    """Return the strata with a single unit for which nothing was decided, so that no error can be known."""
    return tuple(int(h) for h in design.strata[np.isnan(design.factor)])


def domain_df(design: Design, cells: Cells, columns: NDArray[np.generic]) -> NDArray[np.int64]:
    """Return the degrees of freedom of domains: units that have somebody in them less their strata (R's ``degf`` of a subset).

    Never below one where the design itself has any: a domain within one unit of each stratum still has an error, known badly.
    ``columns`` (C×k) are not zero in the cells of each domain.
    """
    inside = (columns != 0).astype(np.float64)
    strata = np.sum(cells.stratum_w.T @ inside > 0, axis=0)
    units = cells.n @ inside if cells.psu_w is None else np.sum(cells.psu_w.T @ inside > 0, axis=0)
    found: NDArray[np.int64] = np.minimum(design.df, np.maximum(units - strata, 1)).astype(np.int64)
    return found


def _squares(high: NDArray[np.int64], low: NDArray[np.int64]) -> Floats:
    squared: Floats = high / BILLION + low / float(BILLION**2)
    return squared


def _factors(
    strata: NDArray[np.int64], units: NDArray[np.int64], fpc: Mapping[int, float] | None, lonely: Lonely
) -> tuple[Floats, Floats]:
    """Return the factor of each stratum, and whether its residuals are centred."""
    left = np.ones(len(strata))
    if fpc is not None:
        left = np.array([1 - n / fpc[int(h)] for h, n in zip(strata, units, strict=True)])
    if np.any(left < -CERTAIN):
        raise ValueError("a stratum has more units in the sample than in the population")
    left = np.where(left < CERTAIN, 0.0, left)
    alone = (units == 1) & (left > 0)
    factor = left * units / np.maximum(units - 1, 1)
    factor[alone] = {"fail": np.nan, "adjust": 1.0}.get(lonely, 0.0) * left[alone]
    if lonely == "average" and alone.any():
        factor = factor * (len(strata) / np.sum(~alone)) if not alone.all() else np.full(len(strata), np.nan)
    return factor, np.where(alone & (lonely == "adjust"), 0.0, 1.0)


def _leverage(inverse: Floats, rows: Floats, d: Floats, w2: Floats) -> float:
    whole = float(w2.sum())
    return float(w2 @ (d * np.einsum("ij,jk,ik->i", rows, inverse, rows))) / whole if whole > 0 else 0.0


def _inverse(gram: Floats) -> Floats:
    """Return the Moore-Penrose inverse of a Gram matrix, scaled to a unit diagonal first so that no unit of measure matters."""
    diagonal = np.diag(gram)
    scale = np.where(diagonal > 0, 1 / np.sqrt(np.where(diagonal > 0, diagonal, 1)), 0)
    if not len(scale):
        return gram
    inner = np.linalg.pinv(gram * np.outer(scale, scale), rcond=1e-10, hermitian=True)
    inverse: Floats = inner * np.outer(scale, scale)
    return inverse


def cells_of(design: Design, moments: Moments) -> Cells:
    """Return a request's sums by distinct keys, the profiles already met with their levels."""
    cell, first = _runs(moments)
    count, strata = len(first), len(design.strata)
    stratum = np.searchsorted(design.strata, moments.stratum)
    at = cell * strata + stratum
    size = count * strata
    d, w = moments.d.astype(np.float64), moments.w.astype(np.float64)
    high, low = moments.w2h.astype(np.float64), moments.w2l.astype(np.float64)
    w_sums, high_sums, low_sums = (np.bincount(at, part, size).reshape(count, strata) for part in (w, high, low))
    w2_sums = high_sums / BILLION + low_sums / BILLION**2
    dx = _by_levels(design, moments, cell, count, (d,))[0] / BILLION
    psu_w = None
    if design.psu is None:
        x_high, x_low = _by_levels(design, moments, at, size, (high, low))
        w2x = (x_high / BILLION + x_low / BILLION**2).reshape(count, strata, x_high.shape[1])
    else:
        w2x = np.zeros((0, strata, design.profile_levels.shape[1]))
        psu_w = _by_psu(design, moments, cell, count, stratum)
    n = np.bincount(cell, moments.n, count).astype(np.int64)
    keys = tuple(k[first] for k in moments.keys)
    w, high, low = (part.sum(axis=1, dtype=np.float64) for part in (w_sums, high_sums, low_sums))
    return Cells(keys, n, w, high, low, dx, w_sums / BILLION, w2_sums, w2x, psu_w)


def _runs(moments: Moments) -> tuple[NDArray[np.int64], NDArray[np.intp]]:
    """Return the cell of each entry, and each cell's first entry; entries of equal keys stand together."""
    length = len(moments.n)
    new = np.zeros(length, dtype=bool)
    if length:
        new[0] = True
    for key in moments.keys:
        same = key[1:] == key[:-1]
        if key.dtype.kind == "f":
            same |= np.isnan(key[1:]) & np.isnan(key[:-1])
        new[1:] |= ~same
    return np.cumsum(new) - 1, np.flatnonzero(new)


def _by_levels(
    design: Design, moments: Moments, at: NDArray[np.int64], size: int, sums: tuple[Floats, ...]
) -> list[Floats]:
    """Return sums by cell and level; whole numbers below 2⁵³ stay exact in any order."""
    profiles, levels = design.profile_levels.shape
    if levels == 0:
        return [np.zeros((size, 0)) for _ in sums]
    if size * profiles <= DENSE:
        place = at * profiles + moments.profile
        tables = [np.bincount(place, s, size * profiles).reshape(size, profiles) for s in sums]
        return [t @ design.profile_levels for t in tables]
    found = []
    for s in sums:
        table = np.empty((size, levels))
        for level in range(levels):
            table[:, level] = np.bincount(at, s * design.profile_levels[moments.profile, level], size)
        found.append(table)
    return found


def _by_psu(design: Design, moments: Moments, cell: NDArray[np.int64], count: int, stratum: NDArray[np.intp]) -> Floats:
    assert design.psu is not None
    known = {(int(h), int(j)): i for i, (h, j) in enumerate(design.psu)}
    unit = np.array([known[int(h), int(j)] for h, j in zip(stratum, moments.psu, strict=True)], dtype=np.int64)
    total = len(design.psu)
    table = np.bincount(cell * total + unit, moments.w.astype(np.float64), count * total) / BILLION
    return table.reshape(count, total)
