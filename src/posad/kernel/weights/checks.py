"""What can be wrong with weights and their targets before any are made.

To add a check: 1. it returns ``Remark``s with a code and facts; 2. the code's entry in ``core/catalogue/estimation.py``; 3. a test.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from posad.core.problems import Fact

Floats = NDArray[np.float64]
ROUNDED = 0.005  # how far the targets of a margin may be from a sum of one by rounding


@dataclass(frozen=True, slots=True)
class Remark:
    """A problem without its place: a code of the catalogue and the facts of the case."""

    code: str
    facts: Mapping[str, Fact]


def as_percent(share: float) -> float:
    """Return a share as a percentage short enough to read."""
    return float(f"{100 * share:.4g}")


def check_base(d: Floats, kind: str) -> tuple[list[Remark], list[Remark]]:
    """Return what is wrong with weights as they came, and what is only worth saying."""
    wrong, notes = [], []
    unusable = int(np.sum((d < 0) | np.isinf(d)))
    if unusable:
        wrong.append(Remark("weighting-negative", {"people": unusable}))
    elif not np.any(d > 0):
        wrong.append(Remark("weighting-nobody", {}))
    elif np.nanmax(d) / np.nanmean(d) > 96_000:
        wrong.append(Remark("weighting-too-large", {"ratio": round(float(np.nanmax(d) / np.nanmean(d)))}))
    if missing := int(np.isnan(d).sum()):
        notes.append(Remark(f"weighting-{'missing' if kind == 'weight' else 'base-missing'}", {"people": missing}))
    if zero := int(np.sum(d == 0)):
        notes.append(Remark("weighting-zero", {"people": zero}))
    return wrong, notes


def check_margin(margin: int, target: Mapping[int, float], codes: NDArray[np.int64], d: Floats) -> list[Remark]:
    """Return what is wrong with one margin: targets that are no shares, empty levels, people without a target."""
    found = []
    total = sum(target.values())
    if any(not t >= 0 for t in target.values()):
        return [Remark("weighting-target-negative", {"margin": margin})]
    if abs(total - 1) > ROUNDED:
        return [Remark("weighting-targets-sum", {"margin": margin, "sum": as_percent(total)})]
    present, people = np.unique(codes[d > 0], return_counts=True)
    there = dict(zip(present.tolist(), people.tolist(), strict=True))
    for code, count in zip(*np.unique(codes, return_counts=True), strict=True):
        if int(code) not in target:
            found.append(
                Remark("weighting-level-unknown", {"margin": margin, "level": int(code), "people": int(count)})
            )
    order = list(target)
    for place, code in enumerate(order):
        if target[code] > 0 and code not in there:
            near = sorted((c for c in order if there.get(c)), key=lambda c: abs(order.index(c) - place))
            facts: dict[str, Fact] = {"margin": margin, "level": code, "target": as_percent(target[code])}
            if near:  # else nobody is left at all, which is said once
                found.append(Remark("weighting-level-empty", {**facts, "merge": near[0]}))
    return found


def check_zero_targets(
    targets: Sequence[Mapping[int, float]], shares: Sequence[Floats], index: NDArray[np.int64], d: Floats
) -> tuple[list[Remark], list[Remark]]:
    """Return levels left empty when people of levels with target zero go, and a note on those people."""
    wrong, notes = [], []
    live = d > 0
    for m, share in enumerate(shares):
        for level in np.flatnonzero(share == 0):
            inside = index[:, m] == level
            if inside.any():
                code = list(targets[m])[int(level)]
                notes.append(Remark("weighting-level-zero", {"margin": m, "level": code, "people": int(inside.sum())}))
                live &= ~inside
    for m, share in enumerate(shares):
        left = np.bincount(index[live, m], minlength=len(share))
        for level in np.flatnonzero((share > 0) & (left == 0)):
            code = list(targets[m])[int(level)]
            wrong.append(
                Remark(
                    "weighting-level-emptied", {"margin": m, "level": code, "target": as_percent(float(share[level]))}
                )
            )
    return wrong, notes


def check_bounds(
    targets: Sequence[Mapping[int, float]],
    shares: Sequence[Floats],
    index: NDArray[np.int64],
    d: Floats,
    bounds: tuple[float, float],
) -> list[Remark]:
    """Return a certificate for each level whose people cannot reach its target within the bounds."""
    low, high = bounds
    if not 0 <= low < 1 < high:
        return [Remark("weighting-bounds-order", {"low": low, "high": high})]
    found = []
    positive = np.all([s[index[:, m]] > 0 for m, s in enumerate(shares)], axis=0) & (d > 0)
    total = len(index)
    for m, share in enumerate(shares):
        people = np.bincount(index[positive, m], minlength=len(share))
        for level in np.flatnonzero(share > 0):
            needed, count = float(share[level]) * total, int(people[level])
            facts: dict[str, Fact] = {"margin": m, "level": list(targets[m])[int(level)], "people": count}
            facts |= {"needed": round(needed, 2)}
            if count * high < needed * (1 - 1e-12):
                found.append(
                    Remark("weighting-bound-too-low", {**facts, "reach": round(count * high, 2), "bound": high})
                )
            elif count * low > needed * (1 + 1e-12):
                found.append(
                    Remark("weighting-bound-too-high", {**facts, "reach": round(count * low, 2), "bound": low})
                )
    return found
