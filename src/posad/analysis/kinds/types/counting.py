"""The numbers of distances, of the conflict of liking and leaving, and of two poles, each group against everybody else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from posad.analysis.kinds.types.planning import Conflict, NamedDistance, Part, Poles, TypesPlan
from posad.analysis.linear.estimates import Linear, bases_of, combined, covariance, estimates_of, ratios_of
from posad.analysis.people import people_cut
from posad.core.words import LocalText
from posad.kernel.design import Floats
from posad.kernel.testing.corrections import adjusted
from posad.kernel.testing.tails import t_tails
from posad.kernel.values import Bases, Estimate, Statistic
from posad.tabulation.cells import chosen, in_base, in_mean
from posad.tabulation.context import Context, Cut

Mask = NDArray[np.bool_]
ENOUGH = 50
TYPES: tuple[tuple[str, bool, bool, LocalText], ...] = (
    ("home", True, False, LocalText.of(ru="Нравится и остаются", en="Like it and stay")),
    ("torn", True, True, LocalText.of(ru="Нравится, но уехали бы", en="Like it but would leave")),
    (
        "bound",
        False,
        False,
        LocalText.of(ru="Не сказать, что нравится, но остаются", en="Would not say they like it but stay"),
    ),
    (
        "leaving",
        False,
        True,
        LocalText.of(ru="Не сказать, что нравится, и уехали бы", en="Would not say they like it and would leave"),
    ),
)
"""The four types: their names, whether they like the town, whether they would leave."""


def cut_of(context: Context, plan: TypesPlan) -> Cut:
    """Return everybody's answers to all that the plan names."""
    parts = [p for d in plan.distances for p in (*d.plus, *d.minus)]
    names = [p.item for p in parts] + ([plan.by] if plan.by is not None else [])
    if plan.conflict is not None:
        names += [plan.conflict.liking.item, plan.conflict.intention.item, *(i for i, _ in plan.conflict.who)]
    if plan.poles is not None:
        names += [p.item for p in (plan.poles.here, plan.poles.there, *plan.poles.closed)]
    return people_cut(context, [context.items[n] for n in dict.fromkeys(names)], plan.weight)


def held(context: Context, cut: Cut, part: Part) -> tuple[Mask, Mask]:
    """Return who gave the codes of a part, and who is in its base."""
    item = context.items[part.item]
    over = in_base(cut, item)
    return chosen(cut, item, part.codes) & over, over


def of_distance(context: Context, cut: Cut, one: NamedDistance, people: Mask) -> tuple[Linear, Bases]:
    """Return a distance among some people, and the smallest base of its parts."""
    values, over, row = [], [], []
    for parts, sign in ((one.plus, 1.0), (one.minus, -1.0)):
        for part in parts:
            gave, base = held(context, cut, part)
            values.append(gave & people)
            over.append(base & people)
            row.append(sign / len(parts))
    shares = ratios_of(cut.cells, np.column_stack(values).astype(np.float64), np.column_stack(over).astype(np.float64))
    least = min(bases_of(cut.cells, np.column_stack(over)), key=lambda b: (b.unweighted, b.effective))
    return combined(shares, row), least


@dataclass(frozen=True, slots=True)
class Grouped:
    """A distance of everybody and of each group with enough people; p that groups do not differ, and the error of the worst pair."""

    whole: Estimate
    groups: dict[int, Estimate]
    p: float
    error: float


def grouped(context: Context, cut: Cut, plan: TypesPlan) -> list[Grouped]:
    """Return every distance by groups; p by Wald, corrected over the distances (Holm)."""
    from posad.analysis.linear.estimates import together, wald

    found, raw = [], []
    for one in plan.distances:
        statistic: Statistic = "points" if one.minus else "share"
        everybody, base = of_distance(context, cut, one, cut.cells.n >= 0)
        whole = estimates_of(cut.design, cut.cells, everybody, [base], statistic)[0]
        parts = {}
        for code in _codes(context, plan):
            made, base = of_distance(context, cut, one, chosen(cut, context.items[plan.by or ""], (code,)))
            if min(base.unweighted, base.effective) >= ENOUGH:
                parts[code] = (made, base)
        groups = {c: estimates_of(cut.design, cut.cells, m, [b], statistic)[0] for c, (m, b) in parts.items()}
        p, error = float("nan"), 0.0
        if len(parts) > 1:
            joint = together(*(m for m, _ in parts.values()))
            rows = np.hstack([-np.ones((len(parts) - 1, 1)), np.eye(len(parts) - 1)])
            cov = covariance(cut.design, cut.cells, joint)
            p = wald(rows @ joint.values, rows @ cov @ rows.T, cut.design.df).p
            error = float(np.sqrt(max(np.max(np.add.outer(np.diag(cov), np.diag(cov)) - 2 * cov), 0.0)))
        raw.append(p)
        found.append((whole, groups, error))
    held_ = adjusted(np.array(raw), "holm") if raw else np.zeros(0)
    return [Grouped(w, g, float(p), e) for (w, g, e), p in zip(found, held_, strict=True)]


def _codes(context: Context, plan: TypesPlan) -> tuple[int, ...]:
    variable = context.study.variable(plan.by) if plan.by is not None else None
    return tuple(g.code for g in variable.groups) if variable is not None else ()


def types_of(context: Context, cut: Cut, plan: Conflict) -> tuple[list[Mask], Mask]:
    """Return the people of the four types, and the base: those who told both their liking and their intention."""
    sides = []
    over = cut.cells.n >= 0
    for part in (plan.liking, plan.intention):
        item = context.items[part.item]
        over = over & in_mean(cut, item)
        sides.append(chosen(cut, item, part.codes))
    likes, leaves = sides
    return [over & (likes == a) & (leaves == b) for _, a, b, _ in TYPES], over


@dataclass(frozen=True, slots=True)
class Trait:
    """A category among the people of a type and among everybody else told of: shares, p of their difference."""

    type: int
    item: str
    code: int
    inside: Estimate
    outside: Estimate
    difference: float
    p: float


def traits(context: Context, cut: Cut, plan: Conflict, people: Sequence[Mask], over: Mask) -> list[Trait]:
    """Return every category in every type that has enough people, against everybody else; p by Benjamini–Hochberg over all."""
    spots, values, bases = [], [], []
    for number, mask in enumerate(people):
        base = bases_of(cut.cells, mask[:, None])[0]
        if min(base.unweighted, base.effective) < ENOUGH:
            continue
        for name, codes in plan.who:
            item = context.items[name]
            told = in_mean(cut, item) & over
            for code in codes:
                spots.append((number, name, code))
                gave = chosen(cut, item, (code,))
                values += [gave & told & mask, gave & told & ~mask]
                bases += [told & mask, told & ~mask]
    if not spots:
        return []
    both = ratios_of(cut.cells, np.column_stack(values).astype(np.float64), np.column_stack(bases).astype(np.float64))
    rows = np.kron(np.eye(len(spots)), [[1.0, -1.0]])
    found = combined(both, rows)
    errors = np.array(
        [
            e.se or 0.0
            for e in estimates_of(cut.design, cut.cells, found, [bases_of(cut.cells, over[:, None])[0]], "points")
        ]
    )
    p = adjusted(_p(found.values, errors, cut.design.df), "bh")
    shares = estimates_of(cut.design, cut.cells, both, bases_of(cut.cells, np.column_stack(bases)), "share")
    return [
        Trait(n, item, code, shares[2 * k], shares[2 * k + 1], float(found.values[k]), float(p[k]))
        for k, (n, item, code) in enumerate(spots)
    ]


def _p(values: Floats, errors: Floats, df: int) -> Floats:
    found = np.full(len(values), np.nan)
    there = (errors > 0) & np.isfinite(values)
    found[there] = t_tails(np.abs(values[there]) / errors[there], np.full(int(there.sum()), float(df)))
    return found


@dataclass(frozen=True, slots=True)
class Balance:
    """Both poles among some people: shares of here and there, here less there."""

    here: Estimate
    there: Estimate
    balance: Estimate


def poles_of(
    context: Context, cut: Cut, plan: Poles
) -> tuple[Estimate, Balance | None, Balance | None, Estimate | None]:
    """Return the share whose basic needs are met, both poles among them and among others, and the difference of the balances."""
    lacking, told = np.zeros(len(cut.cells.n), dtype=np.bool_), cut.cells.n >= 0
    for part in plan.closed:
        gave, base = held(context, cut, part)
        lacking, told = lacking | gave, told & base
    share = ratios_of(cut.cells, (told & ~lacking)[:, None].astype(np.float64), told[:, None].astype(np.float64))
    met = estimates_of(cut.design, cut.cells, share, bases_of(cut.cells, told[:, None]), "share")[0]
    made: list[Balance | None] = []
    linear = []
    for people in (told & ~lacking, told & lacking):
        pairs = [held(context, cut, p) for p in (plan.here, plan.there)]
        over = np.column_stack([b & people for _, b in pairs])
        both = ratios_of(
            cut.cells, np.column_stack([g & people for g, _ in pairs]).astype(np.float64), over.astype(np.float64)
        )
        bases = bases_of(cut.cells, over)
        least = min(bases, key=lambda b: (b.unweighted, b.effective))
        if min(least.unweighted, least.effective) < ENOUGH:
            made.append(None)
            continue
        balance = combined(both, [1, -1])
        linear.append((balance, least))
        here, there = estimates_of(cut.design, cut.cells, both, bases, "share")
        made.append(Balance(here, there, estimates_of(cut.design, cut.cells, balance, [least], "points")[0]))
    if len(linear) < 2:
        return met, made[0], made[1], None
    (a, b), (c, d) = linear
    apart = Linear(a.values - c.values, a.columns - c.columns)
    least = min(b, d, key=lambda x: (x.unweighted, x.effective))
    return met, made[0], made[1], estimates_of(cut.design, cut.cells, apart, [least], "points")[0]
