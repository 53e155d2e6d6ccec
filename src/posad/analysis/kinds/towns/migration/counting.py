"""Who would leave and where to: shares of everybody, of those who would leave, of each place, with their joint errors."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from posad.analysis.kinds.towns.migration.planning import MigrationPlan
from posad.analysis.linear.estimates import Linear, combined, covariance, estimates_of, ratios_of, wald
from posad.analysis.linear.fitting.gathering import nest_of
from posad.analysis.people import people_cut
from posad.core.place import Place
from posad.core.problems import Problem, problem
from posad.kernel.design import Floats
from posad.kernel.testing.tails import t_tails
from posad.kernel.values import Bases, Estimate
from posad.study.plans.values import LowBase
from posad.study.questionnaire.values import Item
from posad.tabulation.cells import Target, bases, chosen, estimates, in_base, in_nest, tier
from posad.tabulation.context import Context, Cut

Mask = NDArray[np.bool_]
FEWEST = 50


@dataclass(frozen=True, slots=True)
class Contrast:
    """Two shares and their difference: estimates, and p where there is a test."""

    first: Estimate
    second: Estimate
    gap: Estimate
    p: float | None


@dataclass(frozen=True, slots=True)
class Moving:
    """Shares of moving; destinations by code among those who would leave and among all, and by place where the base allows."""

    cut: Cut
    leave: Estimate
    stay: Estimate
    net: Estimate
    codes: tuple[int, ...]
    movers: list[Estimate]
    everybody: list[Estimate]
    origins: tuple[int, ...]
    left: list[Estimate]  # by origin, would leave
    matrix: list[list[Estimate | None]]  # by origin and destination, of those who would leave; None where too few
    alike: float | None  # p of no difference between origins in the wish to leave
    youth: Contrast | None


def counted(context: Context, plan: MigrationPlan, place: Place, name: str) -> tuple[Moving | None, list[Problem]]:
    """Return the shares of moving, or why there are none."""
    wish, where = context.items[plan.leave.item], context.items[plan.where]
    items = [wish, where, *([context.items[plan.origin]] if plan.origin else [])]
    nest = nest_of(context, plan.youth)
    cut = people_cut(context, [*items, *(v for v, _ in nest)], plan.weight)
    asked = in_base(cut, wish) & (cut.cells.w > 0)
    leave, stay = (chosen(cut, wish, t.codes) & asked for t in (plan.leave, plan.stay))
    told = leave & in_base(cut, where)
    for n in (int(asked.sum()), int(told.sum())):
        if n < FEWEST:
            return None, [problem("analysis-nobody", place, name=name, n=n, needed=FEWEST)]
    codes = tuple(o.code for o in where.options if np.any(chosen(cut, where, (o.code,)) & told))
    to = [chosen(cut, where, (c,)) & told for c in codes]
    plain = estimates(cut, [_share(leave, asked), _share(stay, asked)])
    origins, problems = _origins(context, plan, cut, asked, place)
    sides = [in_nest(cut, [(context.items[plan.origin or ""], c)]) & asked for c in origins]
    left = estimates(cut, [_share(leave, s) for s in sides])
    matrix: list[list[Estimate | None]] = []
    for side in sides:
        there = tier(bases(cut, told & side), LowBase()) not in ("hidden", "no_tests")
        own = estimates(cut, [_share(t, told & side) for t in to]) if there else []
        matrix.append([*own] if there else [None] * len(codes))
    youth, wrong = _youth(cut, nest, leave, asked, place, name, plan)
    return Moving(
        cut, plain[0], plain[1], _net(cut, leave, stay, asked), codes, estimates(cut, [_share(t, told) for t in to]),
        estimates(cut, [_share(t, asked) for t in to]), origins, left, matrix, _alike(cut, leave, sides), youth,
    ), [*problems, *wrong]  # fmt: skip


def _share(who: Mask, over: Mask) -> Target:
    return Target("share", (who & over).astype(np.float64), over)


def _net(cut: Cut, leave: Mask, stay: Mask, asked: Mask) -> Estimate:
    """Return how many more would stay than leave, in points."""
    both = _pair(cut, (stay, asked), (leave, asked))
    return estimates_of(cut.design, cut.cells, combined(both, [[1, -1]]), [bases(cut, asked)], "points")[0]


def _pair(cut: Cut, *sides: tuple[Mask, Mask]) -> Linear:
    values = np.column_stack([(who & over).astype(np.float64) for who, over in sides])
    return ratios_of(cut.cells, values, np.column_stack([over.astype(np.float64) for _, over in sides]))


def _origins(
    context: Context, plan: MigrationPlan, cut: Cut, asked: Mask, place: Place
) -> tuple[tuple[int, ...], list[Problem]]:
    """Return the places with enough people; the others are named."""
    if plan.origin is None:
        return (), []
    item: Item = context.items[plan.origin]
    found, problems = [], []
    for option in item.options:
        held = bases(cut, in_nest(cut, [(item, option.code)]) & asked)
        if tier(held, LowBase()) in ("hidden", "no_tests"):
            facts: dict[str, str | int] = {
                "name": plan.origin,
                "group": option.label.get("ru"),
                "n": held.unweighted,
                "needed": FEWEST,
            }
            problems.append(problem("towns-group-small", place, **facts))
        else:
            found.append(option.code)
    return tuple(found), problems


def _alike(cut: Cut, leave: Mask, sides: Sequence[Mask]) -> float | None:
    """Return p of the wish to leave being the same in all places (Wald)."""
    if len(sides) < 2:
        return None
    shares = _pair(cut, *((leave, s) for s in sides))
    others = len(sides) - 1
    contrasts = combined(shares, np.hstack([np.full((others, 1), -1.0), np.eye(others)]))
    return wald(contrasts.values, covariance(cut.design, cut.cells, contrasts), cut.design.df).p


def _youth(
    cut: Cut, nest: Sequence[tuple[Item, int]], leave: Mask, asked: Mask, place: Place, name: str, plan: MigrationPlan
) -> tuple[Contrast | None, list[Problem]]:
    if not nest:
        return None, []
    young = in_nest(cut, nest) & asked
    older = asked & ~young
    held: list[Bases] = [bases(cut, s) for s in (young, older)]
    if any(tier(h, LowBase()) in ("hidden", "no_tests") for h in held):
        facts: dict[str, str | int] = {
            "name": name,
            "group": plan.youth or "",
            "n": min(h.unweighted for h in held),
            "needed": FEWEST,
        }
        return None, [problem("towns-group-small", place, **facts)]
    first, second = estimates(cut, [_share(leave, young), _share(leave, older)])
    linear = combined(_pair(cut, (leave, young), (leave, older)), [[1, -1]])
    gap = estimates_of(cut.design, cut.cells, linear, [held[0]], "points")[0]
    p = None
    if gap.se and gap.value is not None:
        p = float(t_tails(np.array([abs(gap.value) / gap.se]), np.array([float(cut.design.df)]))[0])
    return Contrast(first, second, gap, p), []


Wishes = tuple[Floats, Floats, Floats, Floats]


def wishes(context: Context, plan: MigrationPlan, place: Place) -> tuple[Wishes | None, list[Problem]]:
    """Return, for a scenario, the wish to leave by place and age (T·A) with its covariance, the part of those who would leave that
    stays inside the same kinds of town by place (T) – its covariance left out as small – and how many people each place and age has (T×A).

    Where nobody of a place and age was asked the wish is that of the age; an age or a place without people leaves no scenario.
    """
    future = plan.future
    assert future is not None
    wish, where = context.items[plan.leave.item], context.items[plan.where]
    origin, band = context.items[plan.origin or ""], context.items[future.bands]
    cut = people_cut(context, [wish, where, origin, band], plan.weight)
    asked = in_base(cut, wish) & (cut.cells.w > 0)
    leave = chosen(cut, wish, plan.leave.codes) & asked
    told = leave & in_base(cut, where)
    of_age = [chosen(cut, band, (a,)) & asked for a in future.ends]
    places = [chosen(cut, origin, (t,)) & asked for t in future.population]
    empty = [(band, a) for a, who in zip(future.ends, of_age, strict=True) if who.sum() < 2]
    empty += [(origin, t) for t, who in zip(future.population, places, strict=True) if who.sum() < 2]
    if empty:
        labels = {(i.id, o.code): o.label.get("ru") for i in (band, origin) for o in i.options}
        return None, [problem("analysis-empty-group", place, name=f"{i.id}: {labels[i.id, c]}") for i, c in empty]
    sides, mass, inner = [], [], []
    for here in places:
        sides += [here & age if (here & age).sum() > 1 else age for age in of_age]
        mass.append([bases(cut, here & age).weighted for age in of_age])
        stays = estimates(cut, [_share(chosen(cut, where, future.inside), told & here)])[0].value
        inner.append(stays or 0.0)
    shares = _pair(cut, *((leave, s) for s in sides))
    return (shares.values, covariance(cut.design, cut.cells, shares), np.array(inner), np.array(mass)), []
