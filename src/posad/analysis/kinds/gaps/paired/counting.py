"""The numbers of gaps told by the same people: in every group and wave with one joint covariance, their changes, what part has closed.

Both sides of a gap are answers of the same people, so that its error is that of the difference of each person; taken as two samples
it would be too large where the sides go together, and too small where they go apart.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from posad.analysis.kinds.gaps.paired.planning import PairedPlan, Pairing
from posad.analysis.linear.estimates import Linear, bases_of, combined, covariance, ratios_of, wald
from posad.analysis.linear.estimates import together as joined
from posad.analysis.people import people_cut
from posad.core.words import LocalText
from posad.kernel.design import Floats
from posad.kernel.distributions import t_quantile
from posad.kernel.testing.corrections import adjusted
from posad.kernel.testing.tails import t_tails
from posad.kernel.values import Bases
from posad.study.questionnaire.values import Item
from posad.tabulation.cells import chosen, in_base, in_mean
from posad.tabulation.context import Context, Cut

ENOUGH = 50  # people, also effectively, in every column
Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Column:
    """Whose gaps: everybody's, those of a group, of a wave, of a group in a wave."""

    id: str
    label: LocalText
    people: Mask
    group: int | None = None
    wave: int | None = None


@dataclass(frozen=True, slots=True)
class Paired:
    """K gaps in C columns: sides and gaps as C·K estimates (all gaps of a column together) with their joint covariance."""

    cut: Cut
    pairs: tuple[Pairing, ...]
    columns: tuple[Column, ...]
    left_out: tuple[tuple[Column, Bases], ...]
    first: Linear
    second: Linear
    gaps: Linear
    cov: Floats
    apart: Floats  # errors of gaps if both sides were of other people
    held: tuple[Bases, ...]

    def at(self, column: int, pair: int) -> int:
        """Return the number of a gap."""
        return column * len(self.pairs) + pair

    @property
    def errors(self) -> Floats:
        """The standard errors of the gaps."""
        found: Floats = np.sqrt(np.maximum(np.diag(self.cov), 0.0))
        return found

    def contrast(self, coefficients: Sequence[tuple[int, float]]) -> Linear:
        """Return a contrast of gaps, given as their numbers with coefficients."""
        row = np.zeros(len(self.gaps))
        for at, by in coefficients:
            row[at] += by
        return combined(self.gaps, row)


def paired(context: Context, plan: PairedPlan) -> Paired:
    """Return the gaps of every column that has people enough; columns with fewer are left out, with their bases."""
    names = dict.fromkeys(n for p in plan.pairs for n in (p.first, p.second) if n is not None)
    more = [context.items[plan.by]] if plan.by is not None else []
    more += [context.waves] if plan.waves is not None else []
    cut = people_cut(context, [*(context.items[n] for n in names), *more], plan.weight)
    sides = [_sides(context, cut, plan, p) for p in plan.pairs]
    kept, out = [], []
    for column in _columns(context, cut, plan):
        held = [bases_of(cut.cells, s.over[:, None] * column.people[:, None])[0] for s in sides]
        least = min(held, key=lambda b: (b.unweighted, b.effective))
        if min(least.unweighted, least.effective) >= ENOUGH:
            kept.append((column, held))
        else:
            out.append((column, least))
    return _of_columns(cut, plan, sides, kept, out)


@dataclass(frozen=True, slots=True)
class _Sides:
    """Both sides of a gap: values and who counts, of the first, of the second; ``over`` are those who count in both."""

    values: tuple[Floats, Floats]
    counted: tuple[Mask, Mask]
    over: Mask


def _sides(context: Context, cut: Cut, plan: PairedPlan, pair: Pairing) -> _Sides:
    first = context.items[pair.first]
    second = context.items[pair.second] if pair.second is not None else None
    if plan.form == "paired":
        assert second is not None  # a grid has two criteria
        over = in_mean(cut, first) & in_mean(cut, second)
        a, b = (np.where(over, cut.keys(i)[0], 0).astype(np.float64) for i in (first, second))
        return _Sides((a, b), (over, over), over)
    assert pair.code is not None
    return _shares(cut, first, second, pair.code)


def _shares(cut: Cut, first: Item, second: Item | None, code: int) -> _Sides:
    over = in_base(cut, first) if second is None else in_base(cut, first) & in_base(cut, second)
    a = (chosen(cut, first, (code,)) & over).astype(np.float64)
    b = np.zeros_like(a) if second is None else (chosen(cut, second, (code,)) & over).astype(np.float64)
    return _Sides((a, b), (over, over), over)


def _columns(context: Context, cut: Cut, plan: PairedPlan) -> list[Column]:
    """Return everybody, the groups, the waves, the groups in the waves, as they are asked for."""
    everybody = np.ones(len(cut.cells.n), dtype=np.bool_)
    groups: list[tuple[str, LocalText, int | None, Mask]] = [("", LocalText(), None, everybody)]
    if plan.by is not None:
        variable = context.study.variable(plan.by)
        assert variable is not None  # the plan was checked
        item = context.items[plan.by]
        groups += [(g.id, g.label, g.code, chosen(cut, item, (g.code,))) for g in variable.groups]
    if plan.waves is None:
        return [Column(id or "all", label, people, code) for id, label, code, people in groups]
    found, labels = [], {o.code: o.label for o in context.waves.options}
    for id, label, code, people in groups:
        for wave in plan.waves:
            number = context.wave_code(wave)
            inside = people & chosen(cut, context.waves, (number,))
            words = LocalText.from_mapping(
                {n: ", ".join(w for w in (label.get(n), t) if w) for n, t in labels[number].parts}
            )
            found.append(Column(f"{id}_{wave}".strip("_"), words, inside, code, number))
    return found


def _of_columns(
    cut: Cut,
    plan: PairedPlan,
    sides: list[_Sides],
    kept: list[tuple[Column, list[Bases]]],
    out: list[tuple[Column, Bases]],
) -> Paired:
    empty = np.zeros((len(cut.cells.n), 0))

    def stacked(end: int) -> Linear:
        over = [s.counted[end] & c.people for c, _ in kept for s in sides]
        values = [s.values[end] * o for (s, o) in zip([s for _ in kept for s in sides], over, strict=True)]
        if not over:
            return ratios_of(cut.cells, empty, empty)
        return ratios_of(cut.cells, np.column_stack(values), np.column_stack(over).astype(np.float64))

    first, second = stacked(0), stacked(1)
    gaps = Linear(first.values - second.values, first.columns - second.columns)
    apart = sum((np.diag(covariance(cut.design, cut.cells, side)) for side in (first, second)), np.zeros(len(gaps)))
    held = tuple(b for _, bases in kept for b in bases)
    cov = covariance(cut.design, cut.cells, gaps)
    return Paired(
        cut,
        plan.pairs,
        tuple(c for c, _ in kept),
        tuple(out),
        first,
        second,
        gaps,
        cov,
        np.sqrt(np.maximum(apart, 0.0)),
        held,
    )


def raw_p(values: Floats, errors: Floats, df: int) -> Floats:
    """Return two-sided p of estimates; NaN where one has no error."""
    found = np.full(len(values), np.nan)
    there = errors > 0
    found[there] = t_tails(np.abs(values[there]) / errors[there], np.full(int(there.sum()), float(df)))
    return found


def p_of_gaps(found: Paired, plan: PairedPlan, column: int) -> Floats:
    """Return p of every gap of a column being nought, corrected over its gaps."""
    at = slice(found.at(column, 0), found.at(column, len(found.pairs)))
    return adjusted(raw_p(found.gaps.values[at], found.errors[at], found.cut.design.df), plan.correction)


def net_of_ratings(context: Context, found: Paired, column: int) -> Linear | None:
    """Return, of each gap of ratings, the share who rate the first side higher, the second side higher, and their difference."""
    cells, cut = found.columns[column], found.cut
    parts = []
    for pair in found.pairs:
        if pair.second is None or pair.code is not None:
            return None
        first, second = context.items[pair.first], context.items[pair.second]
        over = in_mean(cut, first) & in_mean(cut, second) & cells.people
        a, b = cut.keys(first)[0], cut.keys(second)[0]
        pair_ = np.column_stack([(a > b) & over, (a < b) & over]).astype(np.float64)
        both = ratios_of(cut.cells, pair_, np.column_stack([over, over]).astype(np.float64))
        parts.append(combined(both, [[1, 0], [0, 1], [1, -1]]))
    return joined(*parts) if parts else None


@dataclass(frozen=True, slots=True)
class Apart:
    """A test that a gap is the same in all groups, corrected over the gaps; ``least`` is the difference of two that would be seen."""

    pair: int
    p: float
    high: int  # column of the largest gap, of the smallest
    low: int
    error: float  # of the least precise difference of two groups


def between_groups(found: Paired, plan: PairedPlan, columns: Sequence[int]) -> list[Apart]:
    """Return, of every gap, whether groups differ in it (Wald), p corrected over the gaps; nothing for one group."""
    if len(columns) < 2:
        return []
    raw, made = [], []
    for k in range(len(found.pairs)):
        at = [found.at(c, k) for c in columns]
        rows = np.zeros((len(at) - 1, len(found.gaps)))
        rows[:, at[0]] = -1.0
        rows[np.arange(len(at) - 1), at[1:]] = 1.0
        test = wald(rows @ found.gaps.values, rows @ found.cov @ rows.T, found.cut.design.df)
        own = found.cov[np.ix_(at, at)]
        errors = np.sqrt(np.maximum(np.add.outer(np.diag(own), np.diag(own)) - 2 * own, 0.0))
        order = np.argsort(found.gaps.values[at])
        raw.append(test.p)
        made.append((columns[int(order[-1])], columns[int(order[0])], float(errors.max())))
    p = adjusted(np.array(raw), plan.correction)
    return [Apart(k, float(p[k]), *one) for k, one in enumerate(made)]


def fieller(first: float, second: float, cov: Floats, df: int, level: float = 0.95) -> tuple[float, float] | None:
    """Return the interval of second/first by Fieller's theorem; nothing where the first cannot be told from nought.

    Solves (second − ρ·first)² = t²·(v₂ − 2ρ·c + ρ²·v₁) for ρ (Fieller 1954).

    >>> low, high = fieller(0.5, 0.25, np.diag([1e-4, 1e-4]), 1000)
    >>> round(low, 3), round(high, 3)
    (0.457, 0.545)
    """
    t2 = t_quantile((1 + level) / 2, df) ** 2
    a = first**2 - t2 * float(cov[0, 0])
    b = first * second - t2 * float(cov[0, 1])
    c = second**2 - t2 * float(cov[1, 1])
    under = b * b - a * c
    if a <= 0 or under < 0:
        return None
    return (b - under**0.5) / a, (b + under**0.5) / a
