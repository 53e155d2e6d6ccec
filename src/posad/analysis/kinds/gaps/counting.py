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
from posad.kernel.design import Floats
from posad.kernel.testing.corrections import adjusted
from posad.kernel.testing.tails import f_tail, t_tails
from posad.kernel.values import Bases
from posad.store.keys import answered
from posad.study.addresses.waves import WAVE
from posad.study.questionnaire.values import Item, Kind
from posad.tabulation.cells import answers_per_person, chosen, in_base, in_nest
from posad.tabulation.context import Context, Cut

DRAWS, SEED = 4000, 1  # of the floor of the profile distance
Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Gaps:
    """K gaps: shares of both groups, differences with their covariance, p-values corrected over the answers.

    ``number`` is the mean number of answers of the first group, of the second, and their difference; None where one answer is given.
    ``filled`` are those who gave as many answers as were allowed; None where there is no limit.
    """

    cut: Cut
    item: Item
    first: Linear
    second: Linear
    gaps: Linear
    cov: Floats
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
    held = bases_of(cut.cells, np.column_stack([first, second]))
    return Gaps(
        cut, item, shares.pick(range(k)), shares.pick(range(k, 2 * k)), both, cov,
        adjusted(_raw(both.values, cov, cut.design.df), plan.correction), (held[0], held[1]), _numbers(cut, item, first, second),
        filled(cut, item), (first, second),
    )  # fmt: skip


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
    """Return one test of all gaps: the sum of squared z, referred to F by its first two moments; None where no gap has an error.

    Equal in form to the second-order Rao–Scott test, which R's ``svychisq`` prints as F.
    """
    errors, df = found.errors, found.cut.design.df
    there = errors > 0
    if not there.any():
        return None
    z = found.gaps.values[there] / errors[there]
    linked = found.cov[np.ix_(there, there)] / np.outer(errors[there], errors[there])
    own = np.linalg.eigvalsh(linked)
    free = float(own.sum() ** 2 / (own**2).sum())
    statistic = float((z**2).sum() / own.sum())
    return Together(statistic, free, float(f_tail(statistic, free, free * df)))


def distance(found: Gaps) -> Distance:
    """Return the distance of two profiles beside its floor: what it is on average, and in one case of twenty, where nothing differs.

    The floor is drawn from a normal distribution with the covariance of the gaps: 4,000 draws of a fixed seed.
    """
    axes = np.linalg.eigh((found.cov + found.cov.T) / 2)
    root = axes.eigenvectors * np.sqrt(np.maximum(axes.eigenvalues, 0.0))
    draws = np.random.default_rng(SEED).standard_normal((DRAWS, len(found.cov))) @ root.T
    chance = np.abs(draws).sum(axis=1) / 2
    mean = float(np.sqrt(2 / np.pi) * found.errors.sum() / 2)  # exact: E|e| = σ√(2/π)
    return Distance(float(np.abs(found.gaps.values).sum() / 2), mean, float(np.quantile(chance, 0.95)))
