"""Levels of territories in two waves with their joint errors, and gaps of few types as plain contrasts."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

import numpy as np

from posad.analysis.kinds.gaps.convergence.planning import ConvergencePlan
from posad.analysis.kinds.gaps.paired.counting import fieller, raw_p
from posad.analysis.linear.estimates import Linear, bases_of, covariance, ratios_of
from posad.analysis.people import people_cut
from posad.core.words import LocalText
from posad.kernel.design import Floats
from posad.kernel.testing.corrections import adjusted
from posad.kernel.values import Bases
from posad.tabulation.cells import chosen, mean_of, share_of
from posad.tabulation.context import Context, Cut

ENOUGH = 30  # people, also effectively, in both waves
FEW = 5  # types that are compared gap by gap; more are taken together


@dataclass(frozen=True, slots=True)
class Levels:
    """G territories in two waves: 2G estimates (all of the first wave, then all of the second) with their joint covariance."""

    cut: Cut
    groups: tuple[tuple[str, LocalText], ...]
    left_out: tuple[LocalText, ...]
    fewest: int  # people of the smallest territory left out, of the smallest wave where nobody is left
    linear: Linear
    cov: Floats
    held: tuple[Bases, ...]

    @property
    def count(self) -> int:
        """The number of territories."""
        return len(self.groups)

    @property
    def y(self) -> Floats:
        """The levels, G×2."""
        return self.linear.values.reshape(2, -1).T

    def noise(self, shares: bool) -> Floats:
        """Return the sampling covariance of each territory's two levels, G×2×2.

        The variance of a share is not let under that of (x + 1)/(n + 2): nobody of forty is no proof of nought.
        """
        g = self.count
        found = np.zeros((g, 2, 2))
        for i in range(g):
            at = [i, i + g]
            found[i] = self.cov[np.ix_(at, at)]
        if shares:
            n = np.array([b.effective for b in self.held]).reshape(2, -1).T
            for w in (0, 1):
                found[:, w, w] = np.maximum(found[:, w, w], least_variance(self.y[:, w], n[:, w]))
        return found


def least_variance(shares: Floats, n: Floats) -> Floats:
    """Return the variance under which that of a share is not let: p(1 − p)/n with p = (x + 1)/(n + 2).

    >>> least_variance(np.array([0.0]), np.array([40.0])).round(6).tolist()
    [0.000581]
    """
    p = (shares * n + 1) / (n + 2)
    found: Floats = p * (1 - p) / n
    return found


def levels(context: Context, plan: ConvergencePlan) -> Levels:
    """Return the levels of the territories that enough people answered in both waves."""
    item, variable = context.items[plan.item], context.study.variable(plan.by)
    assert variable is not None  # the plan was checked
    cut = people_cut(context, [item, context.items[plan.by], context.waves], plan.weight)
    numbers = [context.wave_code(w) for w in plan.waves]
    kept, out, fewest = [], [], []
    for group in variable.groups:
        inside = chosen(cut, context.items[plan.by], (group.code,))
        targets = []
        for number in numbers:
            people = inside & chosen(cut, context.waves, (number,))
            targets.append(
                share_of(cut, item, plan.codes, people) if plan.codes is not None else mean_of(cut, item, people)
            )
        held = bases_of(cut.cells, np.column_stack([t.over for t in targets]))
        least = min(held, key=lambda b: (b.unweighted, b.effective))
        if min(least.unweighted, least.effective) < ENOUGH:
            out.append(group.label)
            fewest.append(least.unweighted)
            continue
        kept.append(((group.id, group.label), targets, held))
    empty = np.zeros((len(cut.cells.n), 0))
    made = [[t[w] for _, t, _ in kept] for w in (0, 1)]
    values = np.column_stack([t.value for side in made for t in side]) if kept else empty
    over = np.column_stack([t.over for side in made for t in side]).astype(np.float64) if kept else empty
    linear = ratios_of(cut.cells, values, over)
    bases = tuple(h[w] for w in (0, 1) for _, _, h in kept)
    cov = covariance(cut.design, cut.cells, linear)
    return Levels(cut, tuple(g for g, _, _ in kept), tuple(out), min(fewest, default=0), linear, cov, bases)


@dataclass(frozen=True, slots=True)
class Gap:
    """The gap of two types, the higher at first minus the lower: then, now, its change and what part has closed.

    ``shown`` tells whether there was a gap at first (Holm over the pairs); only then can it close. ``p`` is of the change, by Holm
    over the gaps that were there.
    """

    high: int
    low: int
    then: float
    now: float
    error: float  # of the change
    shown: bool
    p: float
    closed: tuple[float, float] | None

    @property
    def change(self) -> float:
        """By how much the gap has grown."""
        return self.now - self.then


def gaps_of_types(found: Levels, level: float) -> list[Gap]:
    """Return the gap of every two types and how it changed: plain contrasts with the joint covariance of both waves."""
    return gaps_between(found.linear.values, found.cov, found.cut.design.df, level)


def gaps_between(values: Floats, cov: Floats, df: int, level: float) -> list[Gap]:
    """Return the gap of every two of G types.

    Args:
        values: 2G levels: all of the first wave, then all of the second.
        cov: Their covariance.
        df: Degrees of freedom of the design.
        level: That at which a gap of the first wave has to be shown.
    """
    g = len(values) // 2
    both = [(i, j) if values[i] >= values[j] else (j, i) for i, j in combinations(range(g), 2)]
    rows = np.zeros((2 * len(both), 2 * g))
    for k, (i, j) in enumerate(both):
        rows[2 * k, [i, j]] = 1.0, -1.0
        rows[2 * k + 1, [i + g, j + g]] = 1.0, -1.0
    gaps, joint = rows @ values, rows @ cov @ rows.T
    then, now = gaps[0::2], gaps[1::2]
    errors = np.sqrt(np.maximum(np.diag(joint), 0.0))
    v = joint.reshape(len(both), 2, len(both), 2)
    own = np.stack([v[k, :, k, :] for k in range(len(both))])
    moved = np.sqrt(np.maximum(own[:, 0, 0] + own[:, 1, 1] - 2 * own[:, 0, 1], 0.0))
    shown = adjusted(raw_p(then, errors[0::2], df), "holm") < level
    p = np.full(len(both), np.nan)
    p[shown] = adjusted(raw_p((now - then)[shown], moved[shown], df), "holm")
    return [
        Gap(i, j, float(then[k]), float(now[k]), float(moved[k]), bool(shown[k]), float(p[k]),
            fieller(float(then[k]), float(now[k]), own[k], df) if shown[k] else None)
        for k, (i, j) in enumerate(both)
    ]  # fmt: skip
