"""From answers to the shares of domains: direct ones, those of the multilevel model, those of the model of areas."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from posad.analysis.kinds.towns.domains.areas import fay_herriot
from posad.analysis.kinds.towns.domains.mixed import Ints, People, posterior
from posad.analysis.kinds.towns.domains.planning import DomainsPlan
from posad.analysis.people import people_cut, weights_of
from posad.core.place import Place
from posad.core.problems import Problem, problem
from posad.kernel.design import Floats
from posad.kernel.values import Bases, Estimate
from posad.study.questionnaire.codes import substantive
from posad.study.questionnaire.values import Item
from posad.tabulation.cells import chosen, each_base, estimates, in_base, share_of
from posad.tabulation.context import Context, Cut

Mask = NDArray[np.bool_]
FEWEST = 100  # people in all
FEWEST_DOMAINS = 4
SPARE = 4  # domains for each coefficient of the model of areas
ENDS = (0.025, 0.975)


@dataclass(frozen=True, slots=True)
class Gathered:
    """People of the analysis: their cut, who is inside, who said yes, the level of each grouping, its item and the codes of its levels."""

    cut: Cut
    inside: Mask
    yes: Mask
    levels: tuple[Ints, ...]  # of people inside: domains first, then nested, then by
    items: tuple[Item, ...]
    codes: tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True)
class Found:
    """Shares of D domains three ways: direct, by the multilevel model, by the model of areas (nothing where there is none)."""

    codes: tuple[int, ...]
    direct: list[Estimate]
    model: list[Estimate]
    areas: list[Estimate] | None
    above: Floats  # of each domain the probability, by the model, of being above the share of everybody
    whole: Estimate
    between: tuple[float, ...]  # of each batch, the standard deviation on the scale of logits
    effective: float


def gather(context: Context, plan: DomainsPlan, place: Place, name: str) -> tuple[Gathered | None, list[Problem]]:
    """Return the people of the analysis, or why there is none."""
    outcome = context.items[plan.outcome.item]
    items = [context.items[i] for i in (plan.domains, *plan.nested, *plan.by)]
    cut = people_cut(context, [outcome, *items], plan.weight)
    inside = in_base(cut, outcome) & (cut.cells.w > 0)
    for item in items:
        inside = inside & chosen(cut, item, [o.code for o in substantive(item)])
    n = int(inside.sum())
    if n < FEWEST:
        return None, [problem("analysis-nobody", place, name=name, n=n, needed=FEWEST)]
    yes = chosen(cut, outcome, plan.outcome.codes) & inside
    if yes.sum() in (0, n):
        return None, [problem("analysis-outcome-constant", place, name=plan.outcome.name)]
    levels, codes, problems = [], [], list[Problem]()
    for item in items:
        there = [o.code for o in substantive(item) if np.any(chosen(cut, item, (o.code,)) & inside)]
        problems += [_empty(place, item, o.code) for o in substantive(item) if o.code not in there]
        at = np.zeros(len(inside), dtype=np.int64)
        for level, code in enumerate(there):
            at[chosen(cut, item, (code,))] = level
        levels.append(at[inside])
        codes.append(tuple(there))
    found = Gathered(cut, inside, yes, tuple(levels), tuple(items), tuple(codes))
    wrong = _unsound(found, plan, place)
    return (None if wrong else found), [*problems, *wrong]


def _unsound(data: Gathered, plan: DomainsPlan, place: Place) -> list[Problem]:
    """Return why domains cannot be estimated: too few, not nested, not counted in the frame."""
    here = data.codes[0]
    if len(here) < FEWEST_DOMAINS:
        facts: dict[str, str | int] = {"name": plan.domains, "n": len(here), "needed": FEWEST_DOMAINS}
        return [problem("domains-few", place, **facts)]
    for k, other in enumerate(plan.nested, 1):
        if len(np.unique(data.levels[0] * len(data.codes[k]) + data.levels[k])) > len(here):
            return [problem("domains-not-nested", place, name=plan.domains, outer=other)]
    if plan.frame is None:
        return []
    counted_ = {c: sum(v for k, v in plan.frame.people.items() if k[0] == c) for c in here}
    return [_uncounted(place, data.items[0], c) for c, n in counted_.items() if n <= 0]


def _uncounted(place: Place, item: Item, code: int) -> Problem:
    label = next(o.label for o in item.options if o.code == code)
    return problem("domains-uncounted", place, name=label.get("ru"))


def _empty(place: Place, item: Item, code: int) -> Problem:
    label = next(o.label for o in item.options if o.code == code)
    return problem("analysis-empty-group", place, name=f"{item.id}: {label.get('ru')}")


def counted(data: Gathered, plan: DomainsPlan, outcome: Item) -> Found:
    """Return the shares of all domains."""
    sides = [_side(data, level) for level in range(len(data.codes[0]))]
    direct = estimates(data.cut, [share_of(data.cut, outcome, plan.outcome.codes, s) for s in sides])
    whole = estimates(data.cut, [share_of(data.cut, outcome, plan.outcome.codes, data.inside)])[0]
    held = each_base(data.cut, sides)
    draws, deviations, effective = _mixed(data, plan)
    mass = np.array([h.weighted for h in held])
    total = draws @ (mass / mass.sum())
    low, high = np.quantile(draws, ENDS, axis=0)
    model = [
        Estimate(float(v), float(s), float(a), float(b), h, "share", data.cut.design.df)
        for v, s, a, b, h in zip(draws.mean(axis=0), draws.std(axis=0), low, high, held, strict=True)
    ]
    above = (draws > total[:, None]).mean(axis=0)
    return Found(
        data.codes[0], direct, model, _areas(data, plan, direct, held, whole), above, whole, deviations, effective
    )


def _side(data: Gathered, level: int) -> Mask:
    found = np.zeros(len(data.inside), dtype=np.bool_)
    found[data.inside] = data.levels[0] == level
    return found


def _mixed(data: Gathered, plan: DomainsPlan) -> tuple[Floats, tuple[float, ...], float]:
    """Return draws of the domains' shares (B×D)."""
    sizes = tuple(len(c) for c in data.codes)
    key = np.ravel_multi_index(data.levels, sizes)
    cells, at = np.unique(key, return_inverse=True)
    asked = np.bincount(at).astype(np.float64)
    yes = np.bincount(at, data.yes[data.inside].astype(np.float64)).astype(np.float64)
    levels = tuple(v.astype(np.int64) for v in np.unravel_index(cells, sizes))
    known = known_of(data, plan)
    found = posterior(People(known[levels[0]], levels, sizes), yes, asked)
    frame, counts = _frame(data, plan, sizes, known)
    return found.shares(frame, counts), tuple(found.deviations.tolist()), found.effective


def known_of(data: Gathered, plan: DomainsPlan) -> Floats:
    """Return, of every domain, one and the numbers known of it (D×p), each of mean nought and deviation one; without those that do not vary."""
    columns = [np.ones(len(data.codes[0]))]
    for one in plan.known:
        values = np.array([one.values[c] for c in data.codes[0]])
        if values.std() > 0:
            columns.append((values - values.mean()) / values.std())
    return np.column_stack(columns)


def _frame(data: Gathered, plan: DomainsPlan, sizes: tuple[int, ...], known: Floats) -> tuple[People, Floats]:
    """Return every kind of people of every domain, and how many there are (D×F).

    Without counts, the people of every domain are made up by the groupings of ``by`` as the weighted people of the whole file: the joint
    counts of a small sample would be noise.
    """
    first = 1 + len(plan.nested)
    kinds, at = np.unique(np.ravel_multi_index(data.levels[first:], sizes[first:]), return_inverse=True)
    if plan.frame is not None:
        kinds = np.arange(int(np.prod(sizes[first:])))
    domains, many = sizes[0], len(kinds)
    of_domain = np.repeat(np.arange(domains), many)
    outer = [_outer(data.levels[0], data.levels[k])[of_domain] for k in range(1, first)]
    own = [np.tile(v, domains).astype(np.int64) for v in np.unravel_index(kinds, sizes[first:])]
    if plan.frame is None:
        mass = np.tile(np.bincount(at, weights_of(data.cut)[data.inside]), domains)
    else:
        codes = [np.asarray(c) for c in (data.codes[0], *data.codes[first:])]
        keys = zip(*(c[v].tolist() for c, v in zip(codes, (of_domain, *own), strict=True)), strict=True)
        mass = np.array([plan.frame.people.get(k, 0.0) for k in keys])
    counts = np.zeros((domains, domains * many))
    counts[of_domain, np.arange(domains * many)] = mass
    return People(known[of_domain], (of_domain, *outer, *own), sizes), counts


def _outer(domain: Ints, other: Ints) -> Ints:
    """Return the level of a nesting grouping for each domain."""
    found = np.zeros(int(domain.max()) + 1, dtype=np.int64)
    found[domain] = other
    return found


def _areas(
    data: Gathered, plan: DomainsPlan, direct: list[Estimate], held: list[Bases], whole: Estimate
) -> list[Estimate] | None:
    """Return the shares by the model of areas; nothing where domains are too few for it.

    The sampling variance of a domain is p(1 − p) of everybody over its effective base: that of a small domain's own share is noise, and
    nought where all its people agree.
    """
    assert whole.value is not None
    d = np.array([whole.value * (1 - whole.value) / h.effective for h in held])
    known = known_of(data, plan)
    x = known if known.shape[1] * SPARE <= len(held) else np.ones((len(held), 1))
    for k in range(1, 1 + len(plan.nested)):
        own = _outer(data.levels[0], data.levels[k])
        more = np.column_stack([x, *(own == level for level in range(1, len(data.codes[k])))]).astype(np.float64)
        if more.shape[1] * SPARE <= len(held) and np.linalg.matrix_rank(more) == more.shape[1]:
            x = more
    found = fay_herriot(np.array([e.value for e in direct], dtype=np.float64), x, d)
    half = 1.959963984540054 * np.sqrt(found.mse)
    return [
        Estimate(float(np.clip(v, 0, 1)), float(h / 1.959963984540054), max(float(v - h), 0.0), min(float(v + h), 1.0), b, "share", 0)
        for v, h, b in zip(found.values, half, held, strict=True)
    ]  # fmt: skip
