"""The gaps of a question between two groups: each with its error, all together, and the distance between the groups' profiles.

All shares of both groups are answers of the same file, so their covariance is that of their linearised columns: groups may overlap, and a
group set against everybody else needs no formula of its own (Rao and Scott 1984 for the joint test, second-order corrected).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from posad.analysis.kinds.gaps.planning import GapsPlan
from posad.analysis.linear.estimates import Linear, bases_of, combined, covariance, ratios_of
from posad.analysis.people import people_cut
from posad.kernel.design import Cells, Design, Floats
from posad.kernel.ratios import bases
from posad.kernel.testing.corrections import adjusted
from posad.kernel.testing.tails import f_tail, t_tails
from posad.kernel.values import Bases
from posad.store.keys import answered
from posad.store.values import BILLION
from posad.study.addresses.waves import WAVE
from posad.study.questionnaire.values import Item, Kind
from posad.tabulation.cells import answers_per_person, chosen, in_base, in_nest
from posad.tabulation.context import Context, Cut

DRAWS, SEED = 4000, 1  # of the floor of the profile distance
PRIOR = 50.0  # answers that speak for weights being unrelated to an answer
Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Gaps:
    """K gaps: shares of both groups, differences with their covariance, p-values corrected over the answers.

    ``chance`` is the covariance that the gaps would have if nothing differed; the tests and the floor of the distance stand on it.

    ``number`` is the mean number of answers of the first group, of the second, and their difference; None where one answer is given.
    ``filled`` are those who gave as many answers as were allowed; None where there is no limit.
    """

    cut: Cut
    item: Item
    first: Linear
    second: Linear
    gaps: Linear
    cov: Floats
    chance: Floats
    p: Floats
    held: tuple[Bases, Bases]
    number: Linear | None
    filled: Mask | None
    people: tuple[Mask, Mask]

    @property
    def errors(self) -> Floats:
        """The standard errors of the gaps."""
        found: Floats = np.sqrt(np.maximum(np.diag(self.cov), 0.0))
        return found


@dataclass(frozen=True, slots=True)
class Together:
    """All gaps in one test: Rao and Scott's second-order F and its p."""

    statistic: float
    df: float
    p: float


@dataclass(frozen=True, slots=True)
class Distance:
    """Half the sum of absolute gaps, and what pure chance gives: its mean and its 95th percentile where nothing differs."""

    value: float
    floor: float
    top: float

    @property
    def beyond(self) -> bool:
        """Tell whether the distance is more than chance gives."""
        return self.value > self.top


def grouping(context: Context, plan: GapsPlan) -> Item:
    """Return the variable whose groups are compared; waves are one."""
    return context.waves if plan.variable == WAVE else context.items[plan.variable]


def sides(context: Context, plan: GapsPlan) -> tuple[Cut, Item, Mask, Mask]:
    """Return the answers, the question, and who is in either group and in the base."""
    item, variable = context.items[plan.item], grouping(context, plan)
    cut = people_cut(context, [item, variable], plan.weight)
    there = in_base(cut, item)
    first = in_nest(cut, [(variable, plan.first)])
    placed = answered(cut.keys(variable)[0])
    second = in_nest(cut, [(variable, plan.second)]) if plan.second is not None else placed & ~first
    return cut, item, first & there, second & there


def gaps_of(cut: Cut, item: Item, plan: GapsPlan, first: Mask, second: Mask) -> Gaps:
    """Return the gaps of a question between two groups that both have people."""
    k = len(plan.codes)
    given = np.column_stack([chosen(cut, item, (c,)) for c in plan.codes]).astype(np.float64)
    over = np.column_stack([np.broadcast_to(side[:, None], given.shape) for side in (first, second)]).astype(np.float64)
    shares = ratios_of(cut.cells, np.hstack([given, given]) * over, over)
    both = combined(shares, np.hstack([np.eye(k), -np.eye(k)]))
    cov = covariance(cut.design, cut.cells, both)
    chance = chance_covariance(cut.design, cut.cells, given, np.column_stack([first, second]))
    held = bases_of(cut.cells, np.column_stack([first, second]))
    return Gaps(
        cut, item, shares.pick(range(k)), shares.pick(range(k, 2 * k)), both, cov, chance,
        adjusted(_raw(both.values, chance, cut.design.df), plan.correction), (held[0], held[1]), _numbers(cut, item, first, second),
        filled(cut, item), (first, second),
    )  # fmt: skip


def chance_covariance(design: Design, cells: Cells, given: Floats, sides: Mask) -> Floats:
    """Return the covariance (K×K) of the gaps of two groups if nothing differed between them.

    The columns are linearised around the share of both groups together, on their effective bases. How far the weights of those who
    give an answer differ from others' weights, κ = Σw²(y − P)² / P(1 − P)Σw², is told badly by few answers: a share of 4 % among two
    hundred raked people has a z² of 1.4 on average where it should be 1. So κ is drawn towards one by the weight of 50 answers, and
    never makes a variance smaller. Measured in ``benchmarks/results/gaps-*.md``.

    Args:
        design: The constants of the weight.
        cells: The people, C cells.
        given: C×K, who gives an answer.
        sides: C×2, who is in either group; groups may overlap.
    """
    inside = sides.astype(np.float64)
    _, weighted, effective = bases(cells, inside)
    shares = ratios_of(
        cells, np.hstack([given * inside[:, [0]], given * inside[:, [1]]]), np.repeat(inside, given.shape[1], axis=1)
    )
    k = given.shape[1]
    pooled = (effective[0] * shares.values[:k] + effective[1] * shares.values[k:]) / effective.sum()
    around = given - pooled
    columns = around * (inside[:, [0]] / weighted[0] - inside[:, [1]] / weighted[1])
    found = covariance(design, cells, Linear(shares.values[:k], columns))
    squares = (cells.w2h + cells.w2l / BILLION) / BILLION
    seen = sum((squares * inside[:, i]) @ around**2 / weighted[i] ** 2 for i in (0, 1))
    usual = pooled * (1 - pooled) * sum((squares @ inside[:, i]) / weighted[i] ** 2 for i in (0, 1))
    answers = effective.sum() * pooled * (1 - pooled)
    there = seen > 0
    kappa = np.where(there, seen / np.where(usual > 0, usual, 1.0), 1.0)
    drawn = (PRIOR + answers * kappa) / (PRIOR + answers)
    raised = np.sqrt(np.maximum(np.where(there, drawn / np.where(there, kappa, 1.0), 1.0), 1.0))
    made: Floats = found * np.outer(raised, raised)
    return made


def _raw(values: Floats, cov: Floats, df: int) -> Floats:
    """Return two-sided p of differences; where one has no error it has no test."""
    errors = np.sqrt(np.maximum(np.diag(cov), 0.0))
    found = np.full(len(values), np.nan)
    there = errors > 0
    found[there] = t_tails(np.abs(values[there]) / errors[there], np.full(int(there.sum()), float(df)))
    return found


def _numbers(cut: Cut, item: Item, first: Mask, second: Mask) -> Linear | None:
    if item.kind is not Kind.MULTIPLE:
        return None
    targets = [answers_per_person(cut, item, side) for side in (first, second)]
    values, over = (np.column_stack([getattr(t, name) for t in targets]) for name in ("value", "over"))
    return combined(ratios_of(cut.cells, values, over), [[1, 0], [0, 1], [1, -1]])


def filled(cut: Cut, item: Item) -> Mask | None:
    """Tell who gave as many answers as were allowed; None where there is no limit."""
    if item.limit is None:
        return None
    full: Mask = answers_per_person(cut, item, in_base(cut, item)).value >= item.limit
    return full


def together(found: Gaps) -> Together | None:
    """Return one test of all gaps; None where no gap has an error."""
    return joint(found.gaps.values, found.chance, found.cut.design.df)


def joint(gaps: Floats, cov: Floats, df: int) -> Together | None:
    """Return one test of K gaps with their covariance: the sum of squared z, referred to F by its first two moments.

    Equal in form to the second-order Rao–Scott test, which R's ``svychisq`` prints as F, and to ``pFsum`` by Satterthwaite. Gaps
    without an error are left out; None where all are.
    """
    errors = np.sqrt(np.maximum(np.diag(cov), 0.0))
    there = errors > 0
    if not there.any():
        return None
    z = gaps[there] / errors[there]
    linked = cov[np.ix_(there, there)] / np.outer(errors[there], errors[there])
    own = np.linalg.eigvalsh(linked)
    free = float(own.sum() ** 2 / (own**2).sum())
    statistic = float((z**2).sum() / own.sum())
    return Together(statistic, free, float(f_tail(statistic, free, free * df)))


def distance(found: Gaps) -> Distance:
    """Return the distance of two profiles beside its floor: what it is on average, and in one case of twenty, where nothing differs."""
    return profile(found.gaps.values, found.chance)


def profile(gaps: Floats, cov: Floats) -> Distance:
    """Return half the sum of absolute gaps beside its floor.

    The floor is drawn from a normal distribution with the covariance of the gaps: 4,000 draws of a fixed seed.
    """
    axes = np.linalg.eigh((cov + cov.T) / 2)
    root = axes.eigenvectors * np.sqrt(np.maximum(axes.eigenvalues, 0.0))
    draws = np.random.default_rng(SEED).standard_normal((DRAWS, len(cov))) @ root.T
    chance = np.abs(draws).sum(axis=1) / 2
    errors = np.sqrt(np.maximum(np.diag(cov), 0.0))
    mean = float(np.sqrt(2 / np.pi) * errors.sum() / 2)  # exact: E|e| = σ√(2/π)
    return Distance(float(np.abs(gaps).sum() / 2), mean, float(np.quantile(chance, 0.95)))
