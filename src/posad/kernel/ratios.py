"""Ratios of weighted sums with their joint covariance: shares, means, domains and multiple response are all of this form.

Each ratio r = Σ w·a / Σ w·b is linearised as z = (a − r·b) / Σ w·b; its variance is that of the calibrated total of z, taken over
the residuals e = z − x'(Σ d·x·x')⁻ Σ d·x·z. Confirmed against R ``survey`` with ``calibrate(calfun = "raking")``.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from posad.kernel.design import Cells, Design, Floats, cells_of, domain_df
from posad.store.values import BILLION, Moments

BLOCK = 4_000_000  # numbers held at once while variances are computed
FIXED = 1e-9  # a variance this small beside that of fixed weights means that the weights fix the estimate


@dataclass(frozen=True, slots=True)
class Spread:
    """Variances (k) or covariances (k×k): knowing the calibration, and as if the weights were fixed."""

    aware: Floats
    fixed: Floats


@dataclass(frozen=True, slots=True)
class Ratios:
    """k ratios: values (NaN on an empty base), variances, covariance where asked for, and the bases of the denominators.

    ``set_by_weights`` marks those that the weighting targets fix; their variance is zero. ``df`` are the degrees of freedom of
    each denominator's people.
    """

    values: Floats
    variance: Floats
    fixed_variance: Floats
    covariance: Floats | None
    unweighted: NDArray[np.int64]
    weighted: Floats
    effective: Floats
    set_by_weights: NDArray[np.bool_]
    df: NDArray[np.int64]


def ratios(
    design: Design, sums: Moments | Cells, numerators: ArrayLike, denominators: ArrayLike, covariance: bool = False
) -> Ratios:
    """Return ratios of weighted sums with errors that know the calibration and the design.

    Args:
        design: the constants of the weight over its whole file.
        sums: the request's moments, or the cells made of them (:func:`posad.kernel.design.cells_of`), which is quicker when
            several calls share them.
        numerators: G×k (or G) values of the numerators' columns on each entry, functions of the keys: an indicator, a score.
        denominators: G×k, G×1 or G values of the denominators' columns.
        covariance: whether to return the whole k×k covariance.
    """
    cells, a, b = prepared(design, sums, numerators, denominators)
    values, linear = linearised(cells, a, b)
    both = spread(design, cells, linear, covariance)
    aware, fixed = (np.diag(both.aware).copy(), np.diag(both.fixed)) if covariance else (both.aware, both.fixed)
    told = set_by_weights(aware, fixed)
    aware[told] = 0
    unweighted, weighted, effective = bases(cells, b)
    shape = values.shape
    return Ratios(
        values,
        aware,
        fixed,
        both.aware if covariance else None,
        np.broadcast_to(unweighted, shape),
        np.broadcast_to(weighted, shape),
        np.broadcast_to(effective, shape),
        told,
        np.broadcast_to(domain_df(design, cells, b), shape),
    )


def set_by_weights(aware: Floats, fixed: Floats) -> NDArray[np.bool_]:
    """Tell which estimates the weighting targets fix: known exactly, though they would vary were the weights fixed."""
    return (fixed > 0) & (aware <= FIXED * fixed)


def prepared(
    design: Design, sums: Moments | Cells, numerators: ArrayLike, denominators: ArrayLike
) -> tuple[Cells, NDArray[np.generic], NDArray[np.generic]]:
    """Return the cells and the columns evaluated on them; columns that are not functions of the keys raise ValueError."""
    a, b = _columns(numerators), _columns(denominators)
    if isinstance(sums, Cells):
        cells = sums
    else:
        cells = cells_of(design, sums)
        a, b = _on_cells(cells, sums, a), _on_cells(cells, sums, b)
    if len(a) != len(cells.n) or len(b) != len(cells.n):
        raise ValueError(f"columns of {len(a)} and {len(b)} entries for {len(cells.n)}")
    return cells, a, b


def _columns(values: ArrayLike) -> NDArray[np.generic]:
    columns = np.asarray(values)
    return columns[:, None] if columns.ndim == 1 else columns


def _on_cells(cells: Cells, moments: Moments, columns: NDArray[np.generic]) -> NDArray[np.generic]:
    if len(columns) != len(moments.n):
        raise ValueError(f"columns of {len(columns)} entries for {len(moments.n)}")
    from posad.kernel.design import _runs

    cell, first = _runs(moments)
    chosen = columns[first]
    if not np.array_equal(chosen[cell], columns, equal_nan=columns.dtype.kind == "f"):
        raise ValueError("a column must have one value for each combination of the keys")
    return chosen


def linearised(cells: Cells, a: NDArray[np.generic], b: NDArray[np.generic]) -> tuple[Floats, Floats]:
    """Return the ratios and their linearised columns (C×k), zero where the base is empty."""
    top, bottom = cells.w @ _float(a), cells.w @ _float(b)
    empty = bottom == 0
    safe = np.where(empty, 1.0, bottom)
    values = np.where(empty, np.nan, top / safe)
    linear = (_float(a) - np.where(empty, 0.0, top / safe) * _float(b)) / (safe / BILLION)
    if np.any(empty):
        linear = np.where(empty, 0.0, linear)
    return values, linear


def _float(values: NDArray[np.generic]) -> Floats:
    return values.astype(np.float64, copy=False)


def bases(cells: Cells, b: NDArray[np.generic]) -> tuple[NDArray[np.int64], Floats, Floats]:
    """Return the bases of denominators: people, weighted people and the effective base (Σw)²/Σw²."""
    inside = (b != 0).astype(np.float64)
    unweighted = np.rint(cells.n @ inside).astype(np.int64)
    weighted = (cells.w @ inside) / BILLION
    squared = (cells.w2h @ inside) / BILLION + (cells.w2l @ inside) / BILLION**2
    effective = np.where(squared > 0, weighted**2 / np.where(squared > 0, squared, 1.0), 0.0)
    return unweighted, weighted, effective


def spread(design: Design, cells: Cells, linear: Floats, covariance: bool = False) -> Spread:
    """Return the variances of calibrated totals of columns (C×k), or their covariances.

    Without primary units, in each stratum: G = Σw²zz' − RB − B'R' + B'QB less the outer product of the residual sums over n, all
    times (1 − φ)·n/(n − 1); with them, the covariance of the residual sums of the units. B is the d-weighted regression on x.
    """
    if covariance:
        return _spread(design, cells, linear, True)
    step = max(1, BLOCK // max(1, len(cells.n)))
    pieces = [_spread(design, cells, linear[:, i : i + step], False) for i in range(0, linear.shape[1], step)]
    if not pieces:
        return Spread(np.zeros(0), np.zeros(0))
    return Spread(np.concatenate([p.aware for p in pieces]), np.concatenate([p.fixed for p in pieces]))


def _spread(design: Design, cells: Cells, z: Floats, covariance: bool) -> Spread:
    slope = design.inverse @ (cells.dx.T @ z)  # L×k
    if cells.psu_w is not None:
        return _spread_of_units(design, cells.psu_w, z, slope, covariance)
    k = z.shape[1]
    aware = np.zeros((k, k) if covariance else k)
    fixed = np.zeros_like(aware)
    for h in range(len(design.strata)):
        plain = _products(z, z * cells.stratum_w2[:, h, None], covariance)
        total = cells.stratum_w[:, h] @ z
        mixed = _products(cells.stratum_w2x[:, h].T @ z, slope, covariance)
        quadratic = _products(slope, design.by_stratum_xx[h] @ slope, covariance)
        residual = total - design.by_stratum_x[h] @ slope
        inner = plain - mixed - (mixed.T if covariance else mixed) + quadratic
        centre = design.centre[h] / design.units[h]
        aware += design.factor[h] * (inner - _outer(residual, covariance) * centre)
        fixed += design.factor[h] * (plain - _outer(total, covariance) * centre)
    return Spread(aware, fixed)


def _spread_of_units(design: Design, psu_w: Floats, z: Floats, slope: Floats, covariance: bool) -> Spread:
    assert design.psu is not None
    total = psu_w.T @ z  # J×k
    residual = total - design.by_psu_x @ slope
    found = []
    for sums in (residual, total):
        variance = np.zeros((z.shape[1], z.shape[1]) if covariance else z.shape[1])
        for h in range(len(design.strata)):
            inside = sums[design.psu[:, 0] == h]
            centred = inside - design.centre[h] * inside.mean(axis=0)
            variance = variance + design.factor[h] * _products(centred, centred, covariance)
        found.append(variance)
    return Spread(found[0], found[1])


def _products(left: Floats, right: Floats, covariance: bool) -> Floats:
    products: Floats = left.T @ right if covariance else np.einsum("ck,ck->k", left, right)
    return products


def _outer(column: Floats, covariance: bool) -> Floats:
    return np.outer(column, column) if covariance else column**2
