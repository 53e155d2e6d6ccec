"""The numbers of an influence map: both shares of every company with their joint covariance, and what follows from it.

Both coordinates of all companies are answers of the same people, so the 2N×2N covariance is that of their linearised columns; pairs are
tested in two dimensions (Hotelling's T², the design's degrees of freedom), by Holm over all pairs.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from posad.analysis.kinds.influence.planning import Company, InfluencePlan
from posad.analysis.linear.estimates import Linear, bases_of, combined, covariance, ratios_of, transformed, wald
from posad.analysis.people import people_cut
from posad.analysis.saying.speaking import LEVEL
from posad.kernel.design import Floats
from posad.kernel.testing.corrections import adjusted
from posad.kernel.testing.tails import f_tail
from posad.kernel.values import Bases
from posad.store.keys import answered
from posad.study.questionnaire.values import Item
from posad.tabulation.cells import chosen, in_base, in_mean, in_nest
from posad.tabulation.context import Context, Cut

SHOWN, GREY = 50, 100  # people who rated: fewer are left out, fewer are grey
Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Places:
    """N companies on the map: 2N shares (all x, then all y) with columns and covariance, and the indicators they are made of."""

    companies: tuple[Company, ...]
    left_out: tuple[Company, ...]
    cut: Cut
    numerators: Floats  # C×2N
    denominators: Floats
    linear: Linear
    cov: Floats
    held: tuple[Bases, ...]  # of both axes
    people: Mask  # C: those of the group

    @property
    def count(self) -> int:
        """The number of companies."""
        return len(self.companies)

    @property
    def xy(self) -> Floats:
        """The places, N×2."""
        return self.linear.values.reshape(2, -1).T

    def base(self, i: int) -> Bases:
        """Return the smaller base of a company's two shares."""
        return min(self.held[i], self.held[i + self.count], key=lambda b: (b.unweighted, b.effective))

    def of(self, i: int) -> Floats:
        """Return the covariance (2×2) of a company's two shares."""
        at = [i, i + self.count]
        return self.cov[np.ix_(at, at)]


def group_of(context: Context, plan: InfluencePlan) -> list[tuple[Item, int]]:
    """Return the group that a map is of, as the variable and its code; nothing for everybody."""
    if plan.group is None:
        return []
    variable, _, group = plan.group.partition(":")
    found = context.study.variable(variable)
    assert found is not None  # the plan was checked
    return [(context.items[variable], next(g.code for g in found.groups if g.id == group))]


def cut_of(context: Context, plan: InfluencePlan) -> Cut:
    """Return everybody's answers to all that a map asks."""
    names = [name for c in plan.companies for name in (c.x, c.y)]
    names += [side[0] for c in plan.companies for side in (c.known, c.users) if side is not None]
    nest = group_of(context, plan)
    return people_cut(context, [*(context.items[n] for n in names), *(v for v, _ in nest)], plan.weight)


def places(context: Context, plan: InfluencePlan, cut: Cut | None = None, among: str | None = None) -> Places:
    """Return the places of the companies that enough people rated.

    Args:
        context: The study.
        plan: The map.
        cut: The answers, where they are at hand.
        among: ``users`` for the shares among those who use each company.
    """
    cut = cut_of(context, plan) if cut is None else cut
    people = in_nest(cut, group_of(context, plan))
    sides = [_side(context, plan, cut, people, c, among) for c in plan.companies]
    kept = [i for i, (x, y) in enumerate(sides) if min(x[1].sum(), y[1].sum()) >= SHOWN]
    pairs = [sides[i][end] for end in (0, 1) for i in kept]
    empty = np.zeros((len(cut.cells.n), 0))
    a = np.column_stack([p[0] for p in pairs]).astype(np.float64) if pairs else empty
    b = np.column_stack([p[1] for p in pairs]).astype(np.float64) if pairs else empty
    linear = ratios_of(cut.cells, a, b)
    cov = covariance(cut.design, cut.cells, linear)
    shown = tuple(plan.companies[i] for i in kept)
    out = tuple(c for i, c in enumerate(plan.companies) if i not in kept)
    return Places(shown, out, cut, a, b, linear, cov, tuple(bases_of(cut.cells, b)), people)


def _side(
    context: Context, plan: InfluencePlan, cut: Cut, people: Mask, company: Company, among: str | None
) -> tuple[tuple[Mask, Mask], tuple[Mask, Mask]]:
    """Return, for both axes, who gave the codes and who counts."""
    if among == "users" and company.users is not None:
        item, _, codes = company.users
        people = people & chosen(cut, context.items[item], codes)
    found = []
    for name, axis in ((company.x, plan.x), (company.y, plan.y)):
        item_ = context.items[name]
        over = in_base(cut, item_) if plan.base == "raters" else answered(cut.keys(item_)[0])
        over = over & people
        found.append((chosen(cut, item_, axis.codes) & over, over))
    return found[0], found[1]


def use(
    context: Context, plan: InfluencePlan, cut: Cut, people: Mask
) -> tuple[Linear, tuple[Company, ...], Bases] | None:
    """Return how much oftener users of a company rate it high than others who rated it do, on both axes, meant over companies.

    The estimates are the mean on the first axis, on the second, then each company's on the first; only companies with enough of both
    count, and their names and smallest base come along. Nothing where use was not asked or no company has enough of both.
    """
    kept, values, over = [], [], []
    for company in plan.companies:
        if company.users is None:
            continue
        uses = chosen(cut, context.items[company.users[0]], company.users[2])
        told = answered(cut.keys(context.items[company.users[0]])[0])
        sides = _side(context, plan, cut, people & told, company, None)
        split = [(a & u, b & u) for a, b in sides for u in (uses, ~uses)]
        if min(int(cut.cells.n @ b) for _, b in split) >= SHOWN:
            kept.append(company)
            values += [a for a, _ in split]
            over += [b for _, b in split]
    if not kept:
        return None
    shares = ratios_of(cut.cells, np.column_stack(values).astype(np.float64), np.column_stack(over).astype(np.float64))
    n = len(kept)
    each = np.kron(np.eye(n), [[1.0, -1.0, 0.0, 0.0]])
    both = np.tile([[1.0, -1.0, 0.0, 0.0], [0.0, 0.0, 1.0, -1.0]], n) / n
    least = min(bases_of(cut.cells, np.column_stack(over)), key=lambda b: (b.unweighted, b.effective))
    return combined(shares, np.vstack([both, each])), tuple(kept), least


def raters(context: Context, cut: Cut, company: Company, people: Mask) -> int:
    """Return how many people rated a company on both axes."""
    return int(np.sum(in_base(cut, context.items[company.x]) & in_base(cut, context.items[company.y]) & people))


@dataclass(frozen=True, slots=True)
class Pair:
    """Two companies: the test that they stand at one place, by Holm over all pairs."""

    first: int
    second: int
    statistic: float
    p: float

    @property
    def apart(self) -> bool:
        """Tell whether the two can be told apart."""
        return self.p < LEVEL


def pairs(found: Places) -> list[Pair]:
    """Return the test of every pair of companies: T² of both differences, p by Holm over all pairs."""
    n, df = found.count, found.cut.design.df
    i, j = np.triu_indices(n, 1)
    d = found.xy[i] - found.xy[j]
    cov = found.cov

    def between(a: int, b: int) -> Floats:
        shift = (a * n, b * n)
        parts = [cov[p + shift[0], q + shift[1]] for p in (i, j) for q in (i, j)]
        return parts[0] - parts[1] - parts[2] + parts[3]

    xx, xy, yy = between(0, 0), between(0, 1), between(1, 1)
    det = xx * yy - xy**2
    sound = det > 1e-12 * np.maximum(xx * yy, 1e-300)
    t2 = (yy * d[:, 0] ** 2 - 2 * xy * d[:, 0] * d[:, 1] + xx * d[:, 1] ** 2) / np.where(sound, det, 1.0)
    p = np.array([f_tail(float(t) * (df - 1) / (2 * df), 2, df - 1) if df > 1 else 1.0 for t in t2])
    for at in np.flatnonzero(~sound):
        test = wald(d[at], [[xx[at], xy[at]], [xy[at], yy[at]]], df)
        t2[at], p[at] = test.statistic, test.p
    held = adjusted(p, "holm")
    return [Pair(int(a), int(b), float(t), float(q)) for a, b, t, q in zip(i, j, t2, held, strict=True)]


def excess(found: Places) -> Linear | None:
    """Return each company's excess on the upward axis: the residual of y on x over the companies (least squares).

    A smooth function of all 2N shares: with X = (1, x) and e the residuals, de = M·dy − b·M·dx − X(X'X)⁻¹(0, dx'e)'. Nothing is
    returned for fewer than four companies, or where all stand at one x.
    """
    n = found.count
    x, y = found.xy[:, 0], found.xy[:, 1]
    if n < 4 or float(np.ptp(x)) < 1e-9:
        return None
    design = np.column_stack([np.ones(n), x])
    inverse = np.linalg.inv(design.T @ design)
    hat = design @ inverse @ design.T
    slope = inverse @ design.T @ y
    residual = y - design @ slope
    maker = np.eye(n) - hat
    by_x = -slope[1] * maker - np.outer(design @ inverse[:, 1], residual)
    return transformed(found.linear, residual, np.hstack([by_x, maker]))


def own_scale(context: Context, plan: InfluencePlan, found: Places) -> Linear | None:
    """Return both coordinates after taking from each rating the rater's own mean of that axis: 2N means of what is left.

    Somebody who gives high marks to all companies then tells only which of them they prefer. Nothing where answers have no values.
    """
    columns, over = [], []
    for end in (0, 1):
        items = [context.items[(c.x, c.y)[end]] for c in found.companies]
        rated = np.column_stack([in_mean(found.cut, i) & found.people for i in items])
        scores = np.column_stack([np.asarray(found.cut.keys(i)[0], dtype=np.float64) for i in items])
        scores = np.where(rated, scores, 0.0)
        number = rated.sum(axis=1)
        own = scores.sum(axis=1) / np.maximum(number, 1)
        several = rated & (number > 1)[:, None]  # of one rating nothing is left
        columns.append(np.where(several, scores - own[:, None], 0.0))
        over.append(several)
    b = np.hstack(over).astype(np.float64)
    if not b.size or np.any(b.sum(axis=0) < SHOWN):
        return None
    return ratios_of(found.cut.cells, np.hstack(columns), b)


def correlation(first: Floats, second: Floats) -> float:
    """Return Pearson's correlation of two coordinates over companies; NaN where one of them does not vary.

    >>> correlation(np.array([1.0, 2.0, 3.0]), np.array([2.0, 4.0, 6.0]))
    1.0
    """
    a, b = first - first.mean(), second - second.mean()
    size = float(np.sqrt(np.sum(a**2) * np.sum(b**2)))
    return float(np.sum(a * b) / size) if size > 1e-12 else float("nan")


def tied(found: Places, axis: int) -> tuple[int, Sequence[int]]:
    """Return the leader of an axis (0 along, 1 upwards) and those who cannot be told from it on that axis, by Holm over the others."""
    from posad.kernel.testing.tails import t_tails

    values = found.xy[:, axis]
    lead = int(np.argmax(values))
    others = [i for i in range(found.count) if i != lead]
    at = np.array([i + axis * found.count for i in others], dtype=np.intp)
    own = lead + axis * found.count
    variance = found.cov[own, own] + found.cov[at, at] - 2 * found.cov[own, at]
    difference = values[lead] - values[others]
    sound = variance > 0
    statistic = np.where(
        sound, difference / np.sqrt(np.where(sound, variance, 1.0)), np.where(difference > 0, 1e6, 0.0)
    )
    p = (
        adjusted(t_tails(statistic, np.full(len(others), float(found.cut.design.df))), "holm")
        if others
        else np.zeros(0)
    )
    return lead, [i for i, q in zip(others, p.tolist(), strict=True) if not q < LEVEL]
