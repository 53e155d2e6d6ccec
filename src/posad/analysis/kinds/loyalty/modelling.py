"""From answers to a fitted model: regressors of complete answers, what cannot be estimated left out and told, margins, importance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from posad.analysis.kinds.loyalty.planning import LoyaltyPlan, Term
from posad.analysis.linear.estimates import Linear, together
from posad.analysis.linear.importance import LMG_MOST, covariances, johnson, lmg, without_controls
from posad.analysis.linear.margins import difference, margin
from posad.analysis.linear.models import Fit, fit
from posad.analysis.people import people_cut, weights_of
from posad.core.place import Place
from posad.core.problems import Problem, problem
from posad.core.words import LocalText
from posad.kernel.design import Floats
from posad.study.questionnaire.values import Item
from posad.tabulation.cells import chosen, in_base, in_mean, in_nest
from posad.tabulation.context import Context, Cut
from posad.tabulation.wording import LANGUAGES

Mask = NDArray[np.bool_]
PER_PARAMETER = 10  # people for each parameter, and no fewer than thirty
FEWEST = 30
RANK = 1e-9


@dataclass(frozen=True, slots=True)
class Regressor:
    """One column of a model: of which term, of which group of it (nothing for shares and numbers)."""

    term: Term
    code: int | None
    label: LocalText
    control: bool


@dataclass(frozen=True, slots=True)
class Data:
    """People of a model: outcome, regressors (the first column is one), weights, who is inside; ``asked`` who could have been."""

    cut: Cut
    y: Floats
    x: Floats
    regressors: tuple[Regressor, ...]
    inside: Mask
    asked: Mask
    order: tuple[int, ...] = ()  # of an ordinal outcome, the codes from low to high

    @property
    def weights(self) -> Floats:
        """The weight of each person."""
        return weights_of(self.cut)


def gather(context: Context, plan: LoyaltyPlan, place: Place, name: str) -> tuple[Data | None, list[Problem]]:
    """Return the people and columns of a model, without what cannot be estimated, or why there is no model."""
    terms = (plan.outcome, *plan.drivers, *plan.controls)
    nest = _nest(context, plan)
    items = [*(context.items[t.item] for t in terms), *(v for v, _ in nest)]
    cut = people_cut(context, items, plan.weight)
    asked = in_nest(cut, nest) & (cut.cells.w > 0)
    inside = asked.copy()
    for term in terms:
        inside &= _there(cut, context.items[term.item], term)
    n = int(inside.sum())
    if n < FEWEST:
        return None, [problem("analysis-nobody", place, name=name, n=n, needed=FEWEST)]
    y, order = _outcome(cut, context.items[plan.outcome.item], plan.outcome, inside)
    if float(np.ptp(y[inside])) == 0.0:
        return None, [problem("analysis-outcome-constant", place, name=plan.outcome.name)]
    regressors, columns, problems = _columns(context, cut, plan, inside, place)
    kept, more = _independent(regressors, columns, inside, place)
    problems += more
    if not kept:
        return None, problems
    x = np.column_stack([np.ones(len(y)), *(columns[k] for k in kept)])
    x[~inside] = 0.0
    found = Data(cut, y, x, tuple(regressors[k] for k in kept), inside, asked, order)
    parameters = x.shape[1] + max(len(order) - 2, 0)
    needed = max(FEWEST, PER_PARAMETER * parameters)
    if n < needed:
        facts = {"name": name, "n": n, "parameters": parameters, "needed": needed}
        return None, [*problems, problem("analysis-too-few", place, **facts)]
    return found, problems


def _nest(context: Context, plan: LoyaltyPlan) -> list[tuple[Item, int]]:
    if plan.group is None:
        return []
    variable, _, group = plan.group.partition(":")
    found = context.study.variable(variable)
    assert found is not None  # the plan was checked
    return [(context.items[variable], next(g.code for g in found.groups if g.id == group))]


def _there(cut: Cut, item: Item, term: Term) -> Mask:
    """Tell who has a value of a term: those in the base; of numbers and groups without those who don't know."""
    if term.kind == "share":
        return in_base(cut, item)
    if term.kind == "number":
        return in_mean(cut, item)
    return chosen(cut, item, term.codes)


def _outcome(cut: Cut, item: Item, term: Term, inside: Mask) -> tuple[Floats, tuple[int, ...]]:
    if term.kind == "share":
        return chosen(cut, item, term.codes).astype(np.float64), ()
    if term.kind == "number":
        return _scores(cut, item, inside), ()
    order = tuple(c for c in sorted(term.codes) if np.any(chosen(cut, item, (c,)) & inside))
    y = np.zeros(len(inside))
    for rank, code in enumerate(order):
        y[chosen(cut, item, (code,))] = rank
    return y, order


def _scores(cut: Cut, item: Item, inside: Mask) -> Floats:
    values: Floats = np.where(inside, np.asarray(cut.keys(item)[0], dtype=np.float64), 0.0)
    return values


def _columns(
    context: Context, cut: Cut, plan: LoyaltyPlan, inside: Mask, place: Place
) -> tuple[list[Regressor], list[Floats], list[Problem]]:
    """Return a column for each share and number and for each group but the first, those that vary."""
    made: list[tuple[Regressor, Floats]] = []
    problems: list[Problem] = []
    for term, control in (*((t, False) for t in plan.drivers), *((t, True) for t in plan.controls)):
        item = context.items[term.item]
        if term.kind == "groups":
            own, wrong = _group_columns(cut, item, term, control, inside, place)
            problems += wrong
            made += own
            if not own:
                problems.append(problem("analysis-constant", place, name=term.name))
            continue
        share = term.kind == "share"
        values = chosen(cut, item, term.codes).astype(np.float64) if share else _scores(cut, item, inside)
        if float(np.ptp(values[inside])) == 0.0:
            problems.append(problem("analysis-constant", place, name=term.name))
        else:
            made.append((Regressor(term, None, term.label, control), values))
    return [r for r, _ in made], [c for _, c in made], problems


def _group_columns(
    cut: Cut, item: Item, term: Term, control: bool, inside: Mask, place: Place
) -> tuple[list[tuple[Regressor, Floats]], list[Problem]]:
    labels = {o.code: o.label for o in item.options}
    there = [c for c in term.codes if np.any(chosen(cut, item, (c,)) & inside)]
    problems = [
        problem("analysis-empty-group", place, name=f"{term.name}: {labels[c].get('ru')}")
        for c in term.codes
        if c not in there
    ]
    made = []
    for code in there[1:]:
        words = {n: f"{labels[code].get(n)} ({_against(n)} {labels[there[0]].get(n)})" for n in LANGUAGES}
        label = LocalText.from_mapping(words)
        made.append((Regressor(term, code, label, control), chosen(cut, item, (code,)).astype(np.float64)))
    return made, problems


def _against(language: str) -> str:
    return "против группы" if language == "ru" else "against"


def _independent(
    regressors: Sequence[Regressor], columns: Sequence[Floats], inside: Mask, place: Place
) -> tuple[list[int], list[Problem]]:
    """Return the columns that the earlier ones do not determine; controls come first, so that a driver is what is left out."""
    order = sorted(range(len(regressors)), key=lambda k: not regressors[k].control)
    basis = [np.ones(int(inside.sum())) / np.sqrt(inside.sum())]
    kept: list[int] = []
    problems: list[Problem] = []
    for k in order:
        column = columns[k][inside]
        size = float(np.linalg.norm(column))
        for _ in range(2):
            for one in basis:
                column = column - one * float(one @ column)
        left = float(np.linalg.norm(column))
        if left <= RANK * max(size, 1.0):
            others = ", ".join(dict.fromkeys(regressors[j].term.name for j in kept))
            problems.append(problem("analysis-collinear", place, name=regressors[k].term.name, others=others))
            continue
        basis.append(column / left)
        kept.append(k)
    return sorted(kept), problems


def fitted(data: Data, plan: LoyaltyPlan, place: Place) -> tuple[Fit | None, list[Problem]]:
    """Return the model, or which group has only one outcome."""
    found = fit(plan.model, data.x, data.y, data.weights, data.inside)
    if found.converged:
        return found, []
    guilty = [r for k, r in enumerate(data.regressors, 1) if _one_outcome(data, k)]
    if guilty:
        names = [f"{r.term.name}: {r.label.get('ru')}" for r in guilty]
        return None, [problem("analysis-separated", place, name=name) for name in names]
    names = [r.term.name for r in data.regressors]
    if plan.model != "linear" and (at := _splits(data)) is not None:
        return None, [problem("analysis-separated", place, name=names[at])]
    return None, [problem("analysis-not-converged", place, name=plan.outcome.name)]


def _one_outcome(data: Data, k: int) -> bool:
    """Tell whether all people with one value of a zero-one column have the same outcome."""
    column = data.x[:, k]
    values = np.unique(column[data.inside])
    if len(values) != 2:
        return False
    return any(float(np.ptp(data.y[data.inside & (column == v)])) == 0.0 for v in values)


def _splits(data: Data) -> int | None:
    """Return the number of a regressor on one side of whose value there is only one outcome; nothing where none splits people so."""
    y = data.y[data.inside]
    for k in range(1, data.x.shape[1]):
        x = data.x[data.inside, k]
        low, high = x[y == y.min()], x[y == y.max()]
        if low.max() <= high.min() or high.max() <= low.min():
            return k - 1
    return None


def effects(data: Data, model: Fit) -> Linear:
    """Return, for each regressor, the average difference it goes with, in the units of the outcome, all else as people have it.

    Of a zero-one column: everybody having it less nobody; of a group: everybody in it less everybody in the first; of a number: one
    point more. Of an ordinal outcome the probability of the highest answer is meant.
    """
    found = []
    for k, regressor in enumerate(data.regressors, 1):
        having, without = data.x.copy(), data.x.copy()
        if regressor.term.kind == "number":
            having[data.inside, k] += 1.0
        else:
            same = [j for j, r in enumerate(data.regressors, 1) if r.term == regressor.term]
            having[:, same], without[:, same] = 0.0, 0.0
            having[data.inside, k] = 1.0
        pair = [margin(model, x, data.weights, data.inside) for x in (having, without)]
        found.append(difference(pair[0], pair[1]))
    return together(*found)


@dataclass(frozen=True, slots=True)
class Importance:
    """What part of R² each driver has: full weights and replicates (percentiles), LMG where there are few enough drivers."""

    terms: tuple[Term, ...]
    parts: Floats  # of R² beyond the controls, summing to one
    low: Floats
    high: Floats
    lmg: Floats | None
    explained: float  # R² of the drivers in what the controls leave
    explained_low: float
    explained_high: float


def importance(data: Data, plan: LoyaltyPlan, weights: Floats | None) -> Importance | None:
    """Return the importance of the drivers on the linear scale of the outcome; nothing where they explain nothing or are too few."""
    drivers = [t for t in plan.drivers if any(r.term == t for r in data.regressors if not r.control)]
    if len(drivers) < 2:
        return None
    columns = np.column_stack([data.y, data.x[:, 1:]])[data.inside]
    controls = [k for k, r in enumerate(data.regressors, 1) if r.control]
    kept = [r for r in data.regressors if not r.control]
    groups = [[k for k, r in enumerate(kept, 1) if r.term == t] for t in drivers]
    own = without_controls(covariances(columns, data.weights[data.inside][None]), controls)
    parts, whole = _by_term(own, groups)
    if not np.isfinite(whole[0]) or whole[0] <= 1e-9:
        return None
    low, high, ends = parts[0], parts[0], (float(whole[0]), float(whole[0]))
    if weights is not None:
        each, wholes = _by_term(without_controls(covariances(columns, weights[:, data.inside]), controls), groups)
        sound = np.isfinite(each).all(axis=1) & np.isfinite(wholes)
        low, high = np.quantile(each[sound], [0.025, 0.975], axis=0)
        least, most = np.quantile(wholes[sound], [0.025, 0.975]).tolist()
        ends = (float(least), float(most))
    check = lmg(own[0], groups) if len(groups) <= LMG_MOST else None
    check = check / check.sum() if check is not None and check.sum() > 0 else None
    return Importance(tuple(drivers), parts[0], low, high, check, float(whole[0]), *ends)


def _by_term(cov: Floats, groups: Sequence[Sequence[int]]) -> tuple[Floats, Floats]:
    raw, whole = johnson(cov)
    by_term = np.column_stack([raw[:, [k - 1 for k in g]].sum(axis=1) for g in groups])
    with np.errstate(invalid="ignore", divide="ignore"):
        return by_term / by_term.sum(axis=1, keepdims=True), whole
