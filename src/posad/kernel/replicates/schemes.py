"""Which units each replicate takes and how often: jackknife, bootstrap, balanced halves, groups by hash.

Units (people, or primary units) stand in the order of strata and names, and draws are numbered by seed and replicate, so that
neither the order of the rows nor the number of replicates asked for changes replicate number b. Scales are those of R's
``as.svrepdesign``.

To add a scheme: 1. its name in ``Kind``; 2. its multipliers and scales here; 3. a value from R in the tests.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from posad.core.problems import Fact
from posad.kernel.replicates.hadamard import hadamard
from posad.kernel.weights.checks import Remark

Floats = NDArray[np.float64]
Kind = Literal["bootstrap", "jk1", "jkn", "brr", "fay", "groups"]


@dataclass(frozen=True, slots=True)
class Scheme:
    """How replicates are made: kind, number (bootstrap, groups), seed (bootstrap, groups), Fay's ρ."""

    kind: Kind
    count: int = 1000
    seed: int = 1
    rho: float = 0.3


@dataclass(frozen=True, slots=True)
class Units:
    """What replicates draw: the unit of each row, and the stratum and name of each unit, sorted by them."""

    index: NDArray[np.int64]
    strata: NDArray[np.int64]
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Draw:
    """All replicates of units: U×B multipliers of weights, the scale of squares, a scale for each, and degrees of freedom."""

    multipliers: Floats
    scale: float
    rscales: Floats
    df: int

    def digest(self, units: Units) -> str:
        """Return a digest of which units each replicate takes; the matrix itself is never stored."""
        text = "\n".join(f"{h}\t{name}" for h, name in zip(units.strata.tolist(), units.names, strict=True))
        made = blake2b(text.encode(), digest_size=16)
        made.update(np.ascontiguousarray(self.multipliers).tobytes())
        return made.hexdigest()


def units_of(names: Sequence[object], strata: NDArray[np.int64] | None = None) -> Units:
    """Return the units of rows: their names (of primary units, or of the people themselves) within strata."""
    stratum = np.zeros(len(names), dtype=np.int64) if strata is None else np.asarray(strata, dtype=np.int64)
    pairs = [(int(h), str(n)) for h, n in zip(stratum, names, strict=True)]
    known = sorted(set(pairs))
    number = {pair: i for i, pair in enumerate(known)}
    index = np.array([number[p] for p in pairs], dtype=np.int64)
    return Units(index, np.array([h for h, _ in known], dtype=np.int64), tuple(n for _, n in known))


def draw(scheme: Scheme, units: Units, fractions: Floats | None = None) -> Draw | Remark:
    """Return the replicates of a scheme, or what prevents them.

    Args:
        scheme: the kind and its numbers.
        units: what is drawn.
        fractions: sampled part of each unit's stratum (U), taken into account by jk1 and jkn.
    """
    count = len(units.strata)
    strata, stratum, sizes = np.unique(units.strata, return_inverse=True, return_counts=True)
    stratum = stratum.ravel()
    if count < 2:
        return Remark("weighting-replicates-one-unit", {"kind": scheme.kind})
    small = strata[sizes < 2]
    if scheme.kind in ("jkn", "bootstrap", "brr", "fay") and len(small):
        return Remark(
            "weighting-replicates-lonely", {"kind": scheme.kind, "strata": len(small), "stratum": int(small[0])}
        )
    left = 1.0 - (np.zeros(count) if fractions is None else fractions)
    match scheme.kind:
        case "jk1":
            return Draw(_without_each(np.zeros(count, np.int64), np.array([count])), (count - 1) / count * left[0],
                        np.ones(count), count - 1)  # fmt: skip
        case "jkn":
            scales = (sizes[stratum] - 1) / sizes[stratum] * left
            return Draw(_without_each(stratum, sizes), 1.0, scales, count - len(strata))
        case "bootstrap":
            return Draw(_bootstrap(scheme, stratum, sizes), 1 / (scheme.count - 1), np.ones(scheme.count),
                        count - len(strata))  # fmt: skip
        case "groups":
            return _groups(scheme, units)
        case "brr" | "fay":
            return _halves(scheme, stratum, sizes, strata)


def _without_each(stratum: NDArray[np.int64], sizes: NDArray[np.int64]) -> Floats:
    """Return the jackknife: replicate j without unit j, the others of its stratum n/(n − 1) times."""
    count = len(stratum)
    same = stratum[:, None] == stratum[None, :]
    more = (sizes / np.maximum(sizes - 1, 1))[stratum]
    multipliers = np.where(same, more[:, None], 1.0)
    multipliers[np.arange(count), np.arange(count)] = 0.0
    return multipliers


def _bootstrap(scheme: Scheme, stratum: NDArray[np.int64], sizes: NDArray[np.int64]) -> Floats:
    """Return the rescaled bootstrap of Rao and Wu (1988): n − 1 units of each stratum drawn with replacement, n/(n − 1) times."""
    first = np.concatenate([[0], np.cumsum(sizes)[:-1]])  # units stand sorted by stratum
    draws = int((sizes - 1).sum())
    of_draw = np.repeat(np.arange(len(sizes)), sizes - 1)
    more = (sizes / (sizes - 1))[stratum]
    multipliers = np.empty((len(stratum), scheme.count))
    for b in range(scheme.count):
        raw = np.random.Philox(key=scheme.seed, counter=[0, 0, 0, b]).random_raw(draws)
        chance = (np.asarray(raw, dtype=np.uint64) >> np.uint64(11)) * 2.0**-53
        unit = first[of_draw] + (chance * sizes[of_draw]).astype(np.int64)
        multipliers[:, b] = np.bincount(unit, minlength=len(stratum)) * more
    return multipliers


def _groups(scheme: Scheme, units: Units) -> Draw | Remark:
    """Return the delete-a-group jackknife: a unit's group follows from its name alone, so it stays when others come and go."""
    if scheme.count < 2:
        return Remark("weighting-replicates-one-unit", {"kind": scheme.kind})
    of = np.array(
        [_hash(scheme.seed, h, n) % scheme.count for h, n in zip(units.strata.tolist(), units.names, strict=True)]
    )
    multipliers = np.where(of[:, None] == np.arange(scheme.count)[None, :], 0.0, scheme.count / (scheme.count - 1))
    return Draw(multipliers, (scheme.count - 1) / scheme.count, np.ones(scheme.count), scheme.count - 1)


def _hash(seed: int, stratum: int, name: str) -> int:
    return int.from_bytes(blake2b(f"{seed}\t{stratum}\t{name}".encode(), digest_size=8).digest(), "big")


def _halves(
    scheme: Scheme, stratum: NDArray[np.int64], sizes: NDArray[np.int64], strata: NDArray[np.int64]
) -> Draw | Remark:
    """Return balanced repeated replication: one of two units of each stratum counted twice, or (Fay) 2 − ρ and ρ times."""
    wrong = strata[sizes != 2]
    if len(wrong):
        facts: dict[str, Fact] = {"kind": scheme.kind, "strata": len(wrong), "stratum": int(wrong[0])}
        return Remark("weighting-replicates-not-pairs", facts)
    rho = 0.0 if scheme.kind == "brr" else scheme.rho
    if not 0 <= rho < 1:
        return Remark("weighting-replicates-rho", {"rho": rho})
    signs = hadamard(len(strata) + 1)[:, 1 : len(strata) + 1]  # replicates × strata, balanced
    second = np.zeros(len(stratum), dtype=bool)
    second[1:] = stratum[1:] == stratum[:-1]
    chosen = (signs.T[stratum] > 0) != second[:, None]
    multipliers = np.where(chosen, 2 - rho, rho)
    replicates = signs.shape[0]
    return Draw(multipliers, 1 / (replicates * (1 - rho) ** 2), np.ones(replicates), len(strata))
