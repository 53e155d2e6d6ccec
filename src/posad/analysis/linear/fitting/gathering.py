"""From answers to a fitted regression: columns of complete answers, what cannot be estimated left out and told, differences.

Whoever lacks an answer to one of the terms is outside; outside people have zero columns, so that a domain does not shrink the design.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from posad.analysis.linear.estimates import Linear, together
from posad.analysis.linear.fitting.terms import Regression, Term
from posad.analysis.linear.margins import difference, margin
from posad.analysis.linear.models import Fit, ModelName, fit
from posad.analysis.people import people_cut, weights_of
from posad.core.place import Place
from posad.core.problems import Problem, problem
from posad.core.words import LocalText
from posad.kernel.design import Floats
from posad.kernel.estimators.smooth import base_of
from posad.kernel.values import Bases
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

    @property
    def held(self) -> Bases:
        """The base of the model: the people inside it."""
        return base_of(self.cut.cells, self.inside)

    def columns_of(self, term: Term) -> list[int]:
        """Return the numbers of the columns of ``x`` that a term has."""
        return [k for k, r in enumerate(self.regressors, 1) if r.term == term]


def gather(
    context: Context,
    plan: Regression,
    place: Place,
    name: str,
    also: Sequence[Term] = (),
    among: tuple[str, tuple[int, ...]] | None = None,
) -> tuple[Data | None, list[Problem]]:
    """Return the people and columns of a model, without what cannot be estimated, or why there is no model.

    Args:
        context: The study and its answers.
        plan: The regression.
        place: Where it is declared.
        name: The analysis, for what is told of it.
        also: Terms that are not in it, but whose answers its people must have too, so that several models have the same people.
        among: A variable and the codes of its groups that are meant; everybody where None.
    """
    cut, asked = _asked(context, plan, also, among)
    inside = asked.copy()
    for term in (*plan.terms, *also):
        inside &= who_has(cut, context.items[term.item], term)
    n = int(inside.sum())
    if n < FEWEST:
        return None, [problem("analysis-nobody", place, name=name, n=n, needed=FEWEST)]
    y, order = _outcome(cut, context.items[plan.outcome.item], plan.outcome, inside)
    if float(np.ptp(y[inside])) == 0.0:
        return None, [problem("analysis-outcome-constant", place, name=plan.outcome.name)]
    terms = [*((t, False) for t in plan.drivers), *((t, True) for t in plan.controls)]
    regressors, columns, problems = columns_of(context, cut, terms, inside, place)
    kept, more = independent(regressors, columns, inside, place)
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


def _asked(
    context: Context, plan: Regression, also: Sequence[Term], among: tuple[str, tuple[int, ...]] | None
) -> tuple[Cut, Mask]:
    """Return the answers a model needs, and who could be in it."""
    nest = nest_of(context, plan.group)
    items = [*(context.items[t.item] for t in (*plan.terms, *also)), *(v for v, _ in nest)]
    items += [context.items[among[0]]] if among is not None else []
    cut = people_cut(context, items, plan.weight)
    asked = in_nest(cut, nest) & (cut.cells.w > 0)
    return cut, asked & chosen(cut, context.items[among[0]], among[1]) if among is not None else asked


def nest_of(context: Context, group: str | None) -> list[tuple[Item, int]]:
    """Return whose answers are meant by a group, ``youth:young``; everybody's where None."""
    if group is None:
        return []
    variable, _, group = group.partition(":")
    found = context.study.variable(variable)
    assert found is not None  # the plan was checked
    return [(context.items[variable], next(g.code for g in found.groups if g.id == group))]


def who_has(cut: Cut, item: Item, term: Term) -> Mask:
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


def values_of(cut: Cut, item: Item, term: Term, inside: Mask) -> Floats:
    """Return each person's zero or one of a share, each person's number; outside of ``inside`` a number is nought."""
    return chosen(cut, item, term.codes).astype(np.float64) if term.kind == "share" else _scores(cut, item, inside)


def _scores(cut: Cut, item: Item, inside: Mask) -> Floats:
    values: Floats = np.where(inside, np.asarray(cut.keys(item)[0], dtype=np.float64), 0.0)
    return values


def columns_of(
    context: Context, cut: Cut, terms: Sequence[tuple[Term, bool]], inside: Mask, place: Place
) -> tuple[list[Regressor], list[Floats], list[Problem]]:
    """Return a column for each share and number and for each group but the first, those that vary; a term may be a control."""
    made: list[tuple[Regressor, Floats]] = []
    problems: list[Problem] = []
    for term, control in terms:
        item = context.items[term.item]
        if term.kind == "groups":
            own, wrong = _group_columns(cut, item, term, control, inside, place)
            problems += wrong
            made += own
            if not own:
                problems.append(problem("analysis-constant", place, name=term.name))
            continue
        values = values_of(cut, item, term, inside)
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


def independent(
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


def fitted(data: Data, plan: Regression, place: Place) -> tuple[Fit | None, list[Problem]]:
    """Return the model, or which group has only one outcome."""
    return fitted_as(data, plan.model, plan.outcome.name, place)


def fitted_as(data: Data, model: ModelName, name: str, place: Place) -> tuple[Fit | None, list[Problem]]:
    """Return a model of columns that were made otherwise than by a plan, or which group has only one outcome."""
    found = fit(model, data.x, data.y, data.weights, data.inside)
    if found.converged:
        return found, []
    guilty = [r for k, r in enumerate(data.regressors, 1) if _one_outcome(data, k)]
    if guilty:
        names = [f"{r.term.name}: {r.label.get('ru')}" for r in guilty]
        return None, [problem("analysis-separated", place, name=name) for name in names]
    names = [r.term.name for r in data.regressors]
    if model != "linear" and (at := _splits(data)) is not None:
        return None, [problem("analysis-separated", place, name=names[at])]
    return None, [problem("analysis-not-converged", place, name=name)]


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
