"""From answers to shares of channels, the digital divide, and the index with its reliability."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from posad.analysis.kinds.towns.services.planning import ServicesPlan
from posad.analysis.kinds.towns.services.reliability import alpha, factor, omega, with_rest, without_each
from posad.analysis.linear.estimates import Linear, bases_of, combined, covariance, estimates_of, ratios_of, wald
from posad.analysis.linear.importance import covariances
from posad.analysis.people import people_cut, repeated, weights_of
from posad.core.place import Place
from posad.core.problems import Problem, problem
from posad.kernel.design import Floats
from posad.kernel.testing.corrections import adjusted
from posad.kernel.testing.tails import t_tails
from posad.kernel.values import Bases, Estimate
from posad.study.plans.values import LowBase
from posad.study.questionnaire.values import Item
from posad.tabulation.cells import bases, chosen, estimates, in_base, in_mean, share_of, tier
from posad.tabulation.context import Context, Cut

Mask = NDArray[np.bool_]
FEWEST = 50
NEEDED = 0.6  # alpha under which rows make no index
WAYS = ("online", "mixed", "offline")


@dataclass(frozen=True, slots=True)
class Row:
    """One service: shares of the channels and of "don't know", which of the three ways leads, and p of its lead (Holm over services)."""

    row: str
    label_of: Item
    shares: dict[str, Estimate]
    leads: str
    p: float


@dataclass(frozen=True, slots=True)
class Side:
    """One grouping: codes, labels' item, means by group, p of no difference (Holm over groupings), the widest gap and between whom."""

    item: Item
    codes: tuple[int, ...]
    means: list[Estimate]
    p: float
    gap: Estimate
    ends: tuple[int, int]  # places of the highest and the lowest


@dataclass(frozen=True, slots=True)
class Index:
    """The index: mean, by grouping, alpha with its interval, omega, and by row its mean, correlation with the rest, alpha without it."""

    mean: Estimate
    sides: list[Side]
    alpha: Estimate
    omega: float
    rows: list[tuple[str, Item, Estimate, float, float]]


@dataclass(frozen=True, slots=True)
class Found:
    """What services were found to be; ``lead`` are the services whose part of both ways is not below the largest."""

    cut: Cut
    rows: list[Row]
    lead: tuple[int, ...]
    digital: Estimate
    left_out: Estimate
    sides: list[Side]
    index: Index | None


def counted(context: Context, plan: ServicesPlan, place: Place, name: str) -> tuple[Found | None, list[Problem]]:
    """Return what services are got how, or why it cannot be told."""
    items = [context.items[i] for _, i in plan.rows]
    parts = [context.items[i] for _, i in plan.parts]
    groups = [context.items[v] for v in plan.divide]
    cut = people_cut(context, [*items, *parts, *groups], plan.weight)
    there = cut.cells.w > 0
    using = np.column_stack([_uses(cut, plan, i, WAYS) & there for i in items])
    digital = np.column_stack([_uses(cut, plan, i, WAYS[:2]) & there for i in items])
    users: Mask = np.asarray(using.any(axis=1), dtype=np.bool_)
    if users.sum() < FEWEST:
        return None, [problem("analysis-nobody", place, name=name, n=int(users.sum()), needed=FEWEST)]
    problems = [_small(place, plan.of, i, cut, there) for i in items if (in_base(cut, i) & there).sum() < FEWEST]
    rows = _rows(cut, plan, [i for i in items if (in_base(cut, i) & there).sum() >= FEWEST], there)
    values, over = (np.asarray(x.sum(axis=1), dtype=np.float64) for x in (digital, using))
    none = np.asarray(users & ~digital.any(axis=1), dtype=np.float64)
    both = ratios_of(cut.cells, np.column_stack([values, none]), np.column_stack([over, users]).astype(np.float64))
    whole, left = estimates_of(cut.design, cut.cells, both, [bases(cut, users)], "share")
    sides, wrong = _sides(cut, groups, values, over, "share", place)
    index, more = _index(context, plan, cut, parts, groups, place)
    return Found(cut, rows, _lead(cut, plan, rows), whole, left, sides, index), [*problems, *wrong, *more]


def _small(place: Place, name: str, item: Item, cut: Cut, there: Mask) -> Problem:
    n = int((in_base(cut, item) & there).sum())
    return problem("towns-group-small", place, name=name, group=item.row or "", n=n, needed=FEWEST)


def _uses(cut: Cut, plan: ServicesPlan, item: Item, ways: Sequence[str]) -> Mask:
    return chosen(cut, item, [c for w in ways for c in plan.codes(w)]) & in_base(cut, item)


def _rows(cut: Cut, plan: ServicesPlan, items: Sequence[Item], there: Mask) -> list[Row]:
    raw, made = [], []
    named = {c for _, codes in plan.channels for c in codes}
    for item in items:
        rest = tuple(o.code for o in item.options if o.code not in named)
        kinds = [*plan.channels, ("rest", rest)]
        found = estimates(cut, [share_of(cut, item, codes, there) for _, codes in kinds])
        shares = {name: e for (name, _), e in zip(kinds, found, strict=True)}
        order = sorted(WAYS, key=lambda w: -(shares[w].value or 0.0))
        raw.append(_p(cut, _both(cut, plan, (item, order[0]), (item, order[1]))))
        made.append((item, shares, order[0]))
    held = adjusted(np.array(raw), "holm")
    return [Row(i.row or "", i, s, lead, float(p)) for (i, s, lead), p in zip(made, held, strict=True)]


def _both(cut: Cut, plan: ServicesPlan, first: tuple[Item, str], second: tuple[Item, str]) -> Linear:
    """Return the difference of two shares, of one service or of two."""
    over = np.column_stack([in_base(cut, i).astype(np.float64) for i, _ in (first, second)])
    values = np.column_stack([_uses(cut, plan, i, (w,)).astype(np.float64) for i, w in (first, second)])
    return combined(ratios_of(cut.cells, values, over), [[1, -1]])


def _p(cut: Cut, gap: Linear) -> float:
    error = float(np.sqrt(max(float(covariance(cut.design, cut.cells, gap)[0, 0]), 0.0)))
    if error <= 0:
        return float("nan")
    return float(t_tails(np.abs(gap.values) / error, np.array([float(cut.design.df)]))[0])


def _lead(cut: Cut, plan: ServicesPlan, rows: Sequence[Row]) -> tuple[int, ...]:
    """Return the services whose part of both ways is not shown to be below the largest (Holm)."""
    order = sorted(range(len(rows)), key=lambda k: -(rows[k].shares["mixed"].value or 0.0))
    first = rows[order[0]].label_of
    raw = [_p(cut, _both(cut, plan, (first, "mixed"), (rows[k].label_of, "mixed"))) for k in order[1:]]
    held = adjusted(np.array(raw), "holm")
    return (order[0], *(k for k, p in zip(order[1:], held, strict=True) if not p < 0.05))


def _sides(
    cut: Cut, groups: Sequence[Item], values: Floats, over: Floats, statistic: str, place: Place
) -> tuple[list[Side], list[Problem]]:
    """Return the ratio of two totals by the groups of each grouping, with tests; small groups are named and left out."""
    made: list[tuple[Item, tuple[int, ...], Linear, list[Bases]]] = []
    problems: list[Problem] = []
    for item in groups:
        inside = [(o, chosen(cut, item, (o.code,)) & (over > 0)) for o in item.options]
        kept = []
        for option, side in inside:
            if tier(bases(cut, side), LowBase()) in ("hidden", "no_tests"):
                n = int(side.sum())
                facts: dict[str, str | int] = {
                    "name": item.id,
                    "group": option.label.get("ru"),
                    "n": n,
                    "needed": FEWEST,
                }
                problems.append(problem("towns-group-small", place, **facts))
            else:
                kept.append((option.code, side))
        if len(kept) >= 2:
            columns = np.column_stack([s.astype(np.float64) for _, s in kept])
            linear = ratios_of(cut.cells, columns * values[:, None], columns * over[:, None])
            made.append((item, tuple(c for c, _ in kept), linear, bases_of(cut.cells, columns)))
    raw = []
    for _, codes, linear, _ in made:
        others = len(codes) - 1
        gaps = combined(linear, np.hstack([np.full((others, 1), -1.0), np.eye(others)]))
        raw.append(wald(gaps.values, covariance(cut.design, cut.cells, gaps), cut.design.df).p)
    held = adjusted(np.array(raw), "holm") if raw else np.array([])
    return [_side(cut, m, float(p), statistic) for m, p in zip(made, held, strict=True)], problems


def _side(cut: Cut, made: tuple[Item, tuple[int, ...], Linear, list[Bases]], p: float, statistic: str) -> Side:
    item, codes, linear, held = made
    means = estimates_of(cut.design, cut.cells, linear, held, "share" if statistic == "share" else "mean")
    high, low = int(np.argmax(linear.values)), int(np.argmin(linear.values))
    row = np.zeros((1, len(codes)))
    row[0, high] += 1
    row[0, low] -= 1
    small = min(held[high], held[low], key=lambda h: h.unweighted)
    kind = "points" if statistic == "share" else "contrast"
    gap = estimates_of(cut.design, cut.cells, combined(linear, row), [small], kind)[0]  # type: ignore[arg-type]
    return Side(item, codes, means, p, gap, (high, low))


def _index(
    context: Context, plan: ServicesPlan, cut: Cut, parts: Sequence[Item], groups: Sequence[Item], place: Place
) -> tuple[Index | None, list[Problem]]:
    """Return the index: the mean of the rows a person rated, where that is half of them or more."""
    if not parts:
        return None, []
    rated = np.column_stack([in_mean(cut, i) & (cut.cells.w > 0) for i in parts])
    scores = np.column_stack(
        [np.where(r, np.asarray(cut.keys(i)[0], dtype=np.float64), 0.0) for i, r in zip(parts, rated.T, strict=True)]
    )
    whole: Mask = np.asarray(rated.all(axis=1), dtype=np.bool_)
    if whole.sum() < 2 * FEWEST:
        return None, [problem("analysis-nobody", place, name=plan.index or "", n=int(whole.sum()), needed=2 * FEWEST)]
    cov = covariances(scores[whole], weights_of(cut)[whole][None])[0]
    flat = [i.row or "" for i, v in zip(parts, np.diag(cov), strict=True) if v <= 1e-12]
    if flat:
        return None, [problem("analysis-constant", place, name=f"{plan.index}.{row}") for row in flat]
    value = float(alpha(cov))
    if value < NEEDED:
        facts: dict[str, str | int | float] = {"name": plan.index or "", "alpha": f"{value:.2f}", "needed": NEEDED}
        return None, [problem("services-index-unreliable", place, **facts)]
    drawn, problems = repeated(context, plan.weight)
    ends: tuple[float | None, float | None] = (None, None)
    if drawn is not None:
        many = alpha(covariances(scores[whole], drawn.of(cut)[:, whole]))
        low, high = np.quantile(many, (0.025, 0.975)).tolist()
        ends = (float(low), float(high))
    count = np.asarray(rated.sum(axis=1), dtype=np.float64)
    over: Floats = np.asarray(count * 2 >= len(parts), dtype=np.float64)
    mean = scores.sum(axis=1) / np.maximum(count, 1) * over
    held = bases(cut, np.greater(over, 0.0))
    total = estimates_of(cut.design, cut.cells, ratios_of(cut.cells, mean[:, None], over[:, None]), [held], "mean")[0]
    sides, wrong = _sides(cut, groups, mean, over, "mean", place)
    there = rated.astype(np.float64)
    each = estimates_of(
        cut.design, cut.cells, ratios_of(cut.cells, scores * there, there), bases_of(cut.cells, there), "mean"
    )
    rest, without = with_rest(cov), without_each(cov)
    rows = [(i.row or "", i, e, float(r), float(a)) for i, e, r, a in zip(parts, each, rest, without, strict=True)]
    found = Estimate(value, None, *ends, bases(cut, whole), "index", 0)
    return Index(total, sides, found, omega(cov, factor(cov)), rows), [*problems, *wrong]
