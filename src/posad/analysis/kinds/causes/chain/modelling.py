"""A chain as linear regressions of each link on all links before it and on what is held equal; what is mediated follows exactly.

With linear equations over the same people the association of the first links with the outcome is the sum over all ways through the
chain, so that what is mediated is the whole less the direct one (Wright 1934; Alwin and Hauser 1975). Everything is an estimate with a
linearised column: errors know the design, and what arrows share.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from posad.analysis.kinds.causes.chain.planning import ChainPlan, Link
from posad.analysis.kinds.causes.sensitivity import partial_f, robustness
from posad.analysis.linear.estimates import Linear, combined, together
from posad.analysis.linear.fitting.gathering import (
    FEWEST,
    PER_PARAMETER,
    RANK,
    Mask,
    columns_of,
    independent,
    nest_of,
    values_of,
    who_has,
)
from posad.analysis.linear.models import fit
from posad.analysis.people import people_cut, weights_of
from posad.core.place import Place
from posad.core.problems import Problem, problem
from posad.kernel.design import Floats
from posad.kernel.estimators.smooth import base_of
from posad.kernel.values import Bases
from posad.tabulation.cells import in_nest
from posad.tabulation.context import Context, Cut


@dataclass(frozen=True, slots=True)
class People:
    """The people of a chain: a column for each link (C, standardised over those inside), what is held equal (C×q, ones first)."""

    cut: Cut
    links: dict[str, Floats]
    spread: dict[str, Floats]  # of each link, the column of the logarithm of its standard deviation
    deviation: dict[str, float]
    controls: Floats
    inside: Mask
    branch: Mask  # inside, and asked of the last layer where not everybody was
    asked: Mask

    @property
    def weights(self) -> Floats:
        """The weight of each person."""
        return weights_of(self.cut)

    @property
    def held(self) -> Bases:
        """The base of the chain."""
        return base_of(self.cut.cells, self.inside)


@dataclass(frozen=True, slots=True)
class Arrow:
    """One arrow: standard deviations of its target for one of its source, all before it and the controls held equal; ``robust`` is
    the part of what is left of both that a hidden factor must explain, to leave nothing.
    """

    source: Link
    target: Link
    next: bool  # between neighbouring layers
    linear: Linear
    robust: float
    branch: bool


@dataclass(frozen=True, slots=True)
class Mediated:
    """The association of a link with an outcome: whole, direct, mediated."""

    source: Link
    target: Link
    linear: Linear

    @property
    def whole(self) -> float:
        """The whole association."""
        return float(self.linear.values[0])


def people(context: Context, plan: ChainPlan, place: Place, name: str) -> tuple[People | None, list[Problem]]:
    """Return the people who answered every layer that everybody was asked of, or why there are too few."""
    nest = nest_of(context, plan.group)
    parts = [part for layer in plan.layers for link in layer for part in link.parts]
    items = [context.items[t.item] for t in (*parts, *plan.controls)] + [v for v, _ in nest]
    cut = people_cut(context, items, plan.weight)
    asked = in_nest(cut, nest) & (cut.cells.w > 0)
    inside = asked.copy()
    for term in plan.controls:
        inside &= who_has(cut, context.items[term.item], term)
    values: dict[str, Floats] = {}
    branch = np.ones(len(inside), dtype=bool)
    for k, layer in enumerate(plan.layers):
        for link in layer:
            values[link.id], there = _value(context, cut, link)
            if plan.branch and k == len(plan.layers) - 1:
                branch &= there
            else:
                inside &= there
    branch &= inside
    problems = _too_few(plan, inside, place, name)
    if problems:
        return None, problems
    problems = _constant(plan, values, inside, place)
    if problems:
        return None, problems
    controls, problems = _controls(context, cut, plan, inside, place)
    found = _links(plan, cut, values, controls, inside, branch, asked)
    links = [link for layer in plan.whole for link in layer]
    twice = [link for k, link in enumerate(links) if _determined(found, link, links[:k], inside)]
    if twice:
        facts = [{"name": n.id, "others": ", ".join(o.id for o in links if o != n)} for n in twice]
        return None, [*problems, *(problem("analysis-collinear", place, **f) for f in facts)]
    return found, problems


def _determined(people: People, link: Link, others: list[Link], who: Mask) -> bool:
    """Tell whether other links and what is held equal determine a link among some people."""
    x = np.column_stack([people.controls, *(people.links[o.id] for o in others)])[who]
    own = people.links[link.id][who]
    left = own - x @ np.linalg.lstsq(x, own, rcond=None)[0]
    return float(np.linalg.norm(left)) <= RANK * max(float(np.linalg.norm(own)), 1.0)


def _value(context: Context, cut: Cut, link: Link) -> tuple[Floats, Mask]:
    """Return the mean of what each person answered of a link's parts, and who answered any of it."""
    total, count = np.zeros(len(cut.cells.n)), np.zeros(len(cut.cells.n))
    for term in link.parts:
        item = context.items[term.item]
        there = who_has(cut, item, term)
        total += np.where(there, values_of(cut, item, term, there), 0.0)
        count += there
    return total / np.maximum(count, 1), count > 0


def _too_few(plan: ChainPlan, inside: Mask, place: Place, name: str) -> list[Problem]:
    parameters = sum(len(layer) for layer in plan.whole) + len(plan.controls)
    needed, n = max(FEWEST, PER_PARAMETER * parameters), int(inside.sum())
    if n >= needed:
        return []
    return [problem("analysis-too-few", place, name=name, n=n, parameters=parameters, needed=needed)]


def _constant(plan: ChainPlan, values: dict[str, Floats], inside: Mask, place: Place) -> list[Problem]:
    links = [link for layer in plan.whole for link in layer]
    return [problem("analysis-constant", place, name=n.id) for n in links if np.ptp(values[n.id][inside]) == 0.0]


def _controls(context: Context, cut: Cut, plan: ChainPlan, inside: Mask, place: Place) -> tuple[Floats, list[Problem]]:
    regressors, columns, problems = columns_of(context, cut, [(t, True) for t in plan.controls], inside, place)
    kept, more = independent(regressors, columns, inside, place)
    x = np.column_stack([np.ones(len(inside)), *(columns[k] for k in kept)])
    x[~inside] = 0.0
    return x, [*problems, *more]


def _links(
    plan: ChainPlan, cut: Cut, values: dict[str, Floats], controls: Floats, inside: Mask, branch: Mask, asked: Mask
) -> People:
    """Return links with a mean of nought and a deviation of one over their people, and how these deviations vary by sampling."""
    w = weights_of(cut)
    links, spread, deviation = {}, {}, {}
    for k, layer in enumerate(plan.layers):
        who = branch if plan.branch and k == len(plan.layers) - 1 else inside
        for link in layer:
            links[link.id], spread[link.id], deviation[link.id] = standardised(values[link.id], w, who)
    return People(cut, links, spread, deviation, controls, inside, branch, asked)


def standardised(values: Floats, weights: Floats, who: Mask) -> tuple[Floats, Floats, float]:
    """Return a column with a mean of nought and a deviation of one over some people, the column of its logarithm, and the deviation.

    >>> standardised(np.array([1.0, 3.0]), np.ones(2), np.ones(2, dtype=bool))[0].tolist()
    [-1.0, 1.0]
    """
    total = float(np.sum(weights[who]))
    if total <= 0:
        return np.zeros_like(values), np.zeros_like(values), 0.0
    middle = float(np.sum((weights * values)[who])) / total
    size = float(np.sqrt(np.sum((weights * (values - middle) ** 2)[who]) / total))
    own: Floats = np.where(who, (values - middle) / (size or 1.0), 0.0)
    return own, np.where(who, (own**2 - 1) / (2 * total), 0.0), size


def equation(people: People, target: Link, sources: list[Link], who: Mask) -> Linear:
    """Return the standardised coefficients of some links in the regression of another on them and on what is held equal."""
    x = np.column_stack([people.controls[:, :1], *(people.links[s.id] for s in sources), people.controls[:, 1:]])
    x = np.where(who[:, None], x, 0.0)
    model = fit("linear", x, people.links[target.id], people.weights, who)
    own = model.linear.pick(list(range(1, len(sources) + 1)))
    scale = np.column_stack([people.spread[s.id] for s in sources]) - people.spread[target.id][:, None]
    return Linear(own.values, own.columns + scale * own.values)


def arrows(people: People, plan: ChainPlan, place: Place) -> tuple[list[Arrow], list[Problem]]:
    """Return every arrow from an earlier layer to a later one, and which could not be estimated."""
    found: list[Arrow] = []
    problems: list[Problem] = []
    for k in range(1, len(plan.layers)):
        last = plan.branch and k == len(plan.layers) - 1
        who = people.branch if last else people.inside
        before = [(n, link) for n, layer in enumerate(plan.layers[:k]) for link in layer]
        usable = _usable(people, before, who)
        problems += [problem("analysis-constant", place, name=link.id) for n, link in before if (n, link) not in usable]
        for target in plan.layers[k]:
            needed = max(FEWEST, PER_PARAMETER * (len(usable) + people.controls.shape[1]))
            if int(who.sum()) < needed or not _varies(people, target, who):
                facts = {"name": target.id, "n": int(who.sum()), "parameters": len(usable), "needed": needed}
                problems.append(problem("analysis-too-few", place, **facts))
                continue
            sources = [link for _, link in usable]
            linear = equation(people, target, sources, who)
            found += [
                Arrow(s, target, n == k - 1, linear.pick([j]), _robust(people, s, target, sources, who), last)
                for j, (n, s) in enumerate(usable)
            ]
    return found, list(dict.fromkeys(problems))


def _usable(people: People, before: list[tuple[int, Link]], who: Mask) -> list[tuple[int, Link]]:
    """Return the links that vary among some people and are not determined by those before them."""
    found: list[tuple[int, Link]] = []
    for n, link in before:
        if _varies(people, link, who) and not _determined(people, link, [o for _, o in found], who):
            found.append((n, link))
    return found


def _varies(people: People, link: Link, who: Mask) -> bool:
    values = people.links[link.id][who]
    return people.deviation[link.id] > 0 and len(values) > 0 and float(np.ptp(values)) > 1e-9


def _robust(people: People, source: Link, target: Link, sources: list[Link], who: Mask) -> float:
    others = [people.links[s.id][who] for s in sources if s.id != source.id]
    held = np.column_stack([people.controls[who], *others])
    return robustness(partial_f(people.links[target.id][who], people.links[source.id][who], held, people.weights[who]))


def mediated(people: People, plan: ChainPlan) -> list[Mediated]:
    """Return the association of links with the outcome whole, direct, mediated: of all links with at least one layer in between.

    Outcomes are the links of the last layer that everybody was asked of. The whole association holds equal what stands before the link and
    beside it; the direct one what stands after it too.
    """
    layers = plan.whole
    every = [link for layer in layers[:-1] for link in layer]
    found = []
    for target in layers[-1]:
        direct = equation(people, target, every, people.inside)
        for k in range(len(layers) - 2):
            before = [link for layer in layers[: k + 1] for link in layer]
            whole = equation(people, target, before, people.inside)
            for source in layers[k]:
                pair = together(whole.pick([before.index(source)]), direct.pick([every.index(source)]))
                found.append(Mediated(source, target, combined(pair, [[1, 0], [0, 1], [1, -1]])))
    return found
