"""Replicate weights over the rows: drawn, calibrated again one by one, their margins asserted; or given with the answers.

A replicate in which a level has lost all its people cannot be calibrated: nothing is dropped quietly, the level is named.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import ArrayLike, NDArray

from posad.core.problems import Fact
from posad.kernel.replicates.schemes import Draw, Scheme, Units, draw
from posad.kernel.weights.checks import Remark
from posad.kernel.weights.raking import Margins, rake_groups
from posad.kernel.weights.values import Calibration, Floats
from posad.store.values import BILLION, MISSING

Make = Callable[[Floats], "Calibration | list[Remark]"]


@dataclass(frozen=True, slots=True)
class Replicates:
    """Replicate weights: how many, how their squares are scaled, around what, and the weights of each when asked for.

    ``weights(b)`` returns the n weights of replicate b (zero for rows without one). With ``mse`` squares are taken around the estimate,
    else around the mean of the replicates, as R does unless told otherwise. ``plain(b)`` are the weights before calibration, against
    which one sees what the targets fix. ``seed`` and ``digest`` identify those drawn.
    """

    count: int
    scale: float
    rscales: Floats
    df: int
    weights: Callable[[int], Floats] = field(compare=False, repr=False)
    mse: bool = False
    seed: int | None = None
    digest: str = ""
    plain: Callable[[int], Floats] | None = field(default=None, compare=False, repr=False)


def replicate(
    scheme: Scheme, units: Units, weights: ArrayLike, make: Make | None = None, fractions: Floats | None = None
) -> Replicates | list[Remark]:
    """Return the replicates of a weight, each made again from its drawn base weights, or what prevents them.

    Args:
        scheme: how to draw.
        units: what is drawn, of all rows.
        weights: n base weights (NaN or zero for none); with nothing to make again, the weights themselves.
        make: makes the weight from n base weights, as the full one was made; None where no calibration follows.
        fractions: sampled part of each unit's stratum.
    """
    base = np.asarray(weights, dtype=np.float64)
    drawn = draw(scheme, units, fractions)
    if isinstance(drawn, Remark):
        return [drawn]
    made = _replicates(scheme, drawn, units, base, make)
    return made if make is None else _tried(made, scheme.kind)


class ImpossibleReplicate(Exception):
    """A replicate that cannot be calibrated, with what stands in the way."""

    def __init__(self, remarks: Sequence[Remark]) -> None:
        super().__init__("; ".join(r.code for r in remarks))
        self.remarks = tuple(remarks)


def _replicates(scheme: Scheme, drawn: Draw, units: Units, base: Floats, make: Make | None) -> Replicates:
    def plain(b: int) -> Floats:
        started: Floats = np.nan_to_num(base * drawn.multipliers[units.index, b], nan=0.0)
        return started

    def weights(b: int) -> Floats:
        if make is None:
            return plain(b)
        found = make(base * drawn.multipliers[units.index, b])  # who has no base weight has none in any replicate
        if not isinstance(found, Calibration):
            raise ImpossibleReplicate(found)
        return np.where(found.w == MISSING, 0.0, found.w / BILLION)

    return _drawn(scheme, drawn, units, weights, plain)


def _drawn(
    scheme: Scheme, drawn: Draw, units: Units, weights: Callable[[int], Floats], plain: Callable[[int], Floats]
) -> Replicates:
    count = drawn.multipliers.shape[1]
    seed = scheme.seed if scheme.kind in ("bootstrap", "groups") else None
    return Replicates(
        count, drawn.scale, drawn.rscales, drawn.df, weights, seed=seed, digest=drawn.digest(units), plain=plain
    )


def _tried(made: Replicates, kind: str) -> Replicates | list[Remark]:
    """Return replicates once every one of them has been made, or the first that cannot be."""
    for b in range(made.count):
        try:
            made.weights(b)
        except ImpossibleReplicate as stopped:
            facts: dict[str, Fact] = {"kind": kind, "replicate": b + 1, "of": made.count}
            return [Remark("weighting-replicate-impossible", facts), *stopped.remarks]
    return made


def raked_replicates(
    scheme: Scheme,
    units: Units,
    profile: NDArray[np.int64],
    joint: NDArray[np.int64],
    targets: Sequence[Mapping[int, float]],
    base: Floats,
) -> Replicates | list[Remark]:
    """Return raked replicates the quick way, on joint levels: thousands of replicates of a survey in seconds.

    Args:
        scheme: how to draw.
        units: what is drawn, of all rows.
        profile: joint level of each row, ``MISSING`` for rows without a weight.
        joint: P×m numbers of the levels of each joint level.
        targets: for each margin the share of each code, in the order of its numbers.
        base: n weights before.
    """
    drawn = draw(scheme, units)
    if isinstance(drawn, Remark):
        return [drawn]
    shares = [np.array(list(t.values())) / sum(t.values()) for t in targets]
    there = (profile != MISSING) & (base > 0)
    rows, people = np.where(there, profile, 0), int(there.sum())

    def plain(b: int) -> Floats:
        return np.where(there, base * drawn.multipliers[units.index, b], 0.0)

    def weights(b: int) -> Floats:
        started = plain(b)
        sums = np.bincount(rows, started, len(joint)).astype(np.float64)
        cells = np.flatnonzero(sums > 0)
        _check_levels(joint[cells], targets)
        fit = rake_groups(sums[cells], Margins(joint[cells], shares))
        if not fit.converged:
            code = list(targets[fit.margin])[fit.level]
            raise ImpossibleReplicate([Remark("weighting-replicate-conflict", {"margin": fit.margin, "level": code})])
        factor = np.zeros(len(joint))
        factor[cells] = fit.weights / sums[cells] * people
        made: Floats = started * factor[rows]
        _assert_met(made, rows, joint, shares, people)
        return made

    return _tried(_drawn(scheme, drawn, units, weights, plain), scheme.kind)


def _check_levels(joint: NDArray[np.int64], targets: Sequence[Mapping[int, float]]) -> None:
    for m, target in enumerate(targets):
        codes = list(target)
        there = np.bincount(joint[:, m], minlength=len(codes))
        for level in [i for i, c in enumerate(codes) if target[c] > 0 and not there[i]]:
            near = sorted(np.flatnonzero(there).tolist(), key=lambda i: abs(i - level))
            facts: dict[str, Fact] = {"margin": m, "level": codes[level], "merge": codes[near[0]] if near else 0}
            raise ImpossibleReplicate([Remark("weighting-replicate-level", facts)])


def _assert_met(
    made: Floats, rows: NDArray[np.int64], joint: NDArray[np.int64], shares: Sequence[Floats], people: int
) -> None:
    """Make sure of every total and margin of a replicate, on the weights of the rows themselves."""
    sums = np.bincount(rows, made, len(joint))
    if abs(float(sums.sum()) / people - 1) > 1e-9:
        raise RuntimeError("replicate weights do not sum to the number of people")
    for m, share in enumerate(shares):
        reached = np.bincount(joint[:, m], sums, len(share)) / people
        if np.abs(reached - share).max() > 1e-9:
            raise RuntimeError(f"a replicate misses margin {m}")


def given_replicates(
    columns: Mapping[str, ArrayLike],
    scale: float,
    rscales: Sequence[float] | None = None,
    mse: bool = False,
) -> Replicates | list[Remark]:
    """Return replicate weights that came with the answers, or what is wrong with them.

    Args:
        columns: name to n weights; the whole weight of each replicate, not its ratio to the main one.
        scale: the factor of the sum of squares, as the data's documentation says.
        rscales: a factor for each replicate, by default one.
        mse: whether squares are taken around the estimate rather than the replicates' mean.
    """
    matrix = (
        np.column_stack([np.asarray(c, dtype=np.float64) for c in columns.values()]) if columns else np.zeros((0, 0))
    )
    wrong = [
        Remark("weighting-replicate-column", {"column": name, "people": int(bad)})
        for i, name in enumerate(columns)
        if (bad := np.sum(~np.isfinite(matrix[:, i]) | (matrix[:, i] < 0)))
    ]
    factors = np.ones(matrix.shape[1]) if rscales is None else np.asarray(rscales, dtype=np.float64)
    if len(factors) != matrix.shape[1] or matrix.shape[1] < 2:
        wrong.append(Remark("weighting-replicate-count", {"columns": matrix.shape[1], "rscales": len(factors)}))
    if not scale > 0 or np.any(factors < 0):
        wrong.append(Remark("weighting-replicate-scale", {"scale": scale}))
    if wrong:
        return wrong
    size = np.abs(matrix).max(axis=0)
    rank = int(np.linalg.matrix_rank(matrix / np.where(size > 0, size, 1.0), tol=1e-5 * np.sqrt(len(matrix))))
    return Replicates(matrix.shape[1], scale, factors, max(rank - 1, 0), lambda b: matrix[:, b], mse)
