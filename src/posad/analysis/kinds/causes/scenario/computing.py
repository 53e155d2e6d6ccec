"""A scenario computed: the change held equal and not held equal, what suspects and a hidden factor would make of it, and whom it stands on.

It is refused where those who would change have no like among those who have already what they would get (positivity): there a model
only goes on where there are no people (Petersen et al. 2012).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from posad.analysis.kinds.causes.scenario.planning import ScenarioPlan
from posad.analysis.kinds.causes.scenario.shifting import Design, Shift, by_part, by_points, shifted, to_level
from posad.analysis.kinds.causes.sensitivity import (
    Hidden,
    e_value,
    e_value_of_interval,
    partial_f,
    ratio_of_difference,
    robustness,
    strongest,
)
from posad.analysis.linear.estimates import Linear, combined, estimates_of, ratios_of, together, transformed
from posad.analysis.linear.fitting.gathering import Data, Mask, fitted, gather
from posad.analysis.linear.fitting.terms import Term
from posad.analysis.linear.margins import margin, predicted
from posad.analysis.linear.models import Fit, fit
from posad.core.place import Place
from posad.core.problems import Problem, problem
from posad.kernel.design import Floats
from posad.study.questionnaire.values import Item
from posad.tabulation.cells import chosen
from posad.tabulation.context import Context

RARE = 0.05  # the chance of having what the change gives, below which a person has hardly any like
MOST_RARE = 0.05  # of those who change, the part that may be so rare
FEWEST = 30  # people on either side of a change


@dataclass(frozen=True, slots=True)
class Fragile:
    """How strong a hidden factor must be: E-values of the estimate and of its interval, robustness, the strongest measured term."""

    ratio: float
    e: float
    e_interval: float
    robustness: float
    hidden: Hidden | None
    like: Term | None


@dataclass(frozen=True, slots=True)
class Answer:
    """A scenario's numbers: mean now, mean it would be, and the change, by way of computing."""

    data: Data
    adjusted: Linear
    raw: Linear
    suspected: Linear | None
    flexible: Linear | None
    movers: Linear  # which part of people would change
    rare: float
    fragile: Fragile


def answer(context: Context, plan: ScenarioPlan, place: Place, name: str) -> tuple[Answer | None, list[Problem]]:
    """Return what the outcome would be, or why it cannot be told."""
    also = [*plan.suspects, *([plan.variable] if plan.variable is not None else [])]
    data, problems = gather(context, plan.regression, place, name, also)
    if data is None:
        return None, problems
    at = data.columns_of(plan.what)
    if not at:
        return None, [*problems, problem("scenario-nothing-changes", place, name=plan.what.name)]
    model, wrong = fitted(data, plan.regression, place)
    problems += wrong
    if model is None:
        return None, problems
    design = _design(data.x, at[0])
    shift = _shift(context, plan, data, design.now)
    moved = shift.moved(design.now) & data.inside
    rare, wrong = _overlap(plan, data, design, shift, moved, place)
    problems += wrong
    if rare is None:
        return None, problems
    suspected, wrong = _suspected(context, plan, data, shift, place, name)
    problems += [p for p in wrong if p not in problems]
    raw = fit(model.model, data.x[:, [0, at[0]]], data.y, data.weights, data.inside)
    bare = _design(data.x[:, [0, at[0]]], 1)
    adjusted = _moved(model, design, shift, data, at[0])
    found = Answer(
        data,
        adjusted,
        shifted(raw, bare, shift, data.y, data.weights, data.inside),
        suspected,
        _flexible(design, shift, data, model.model),
        _movers(data, shift, moved),
        rare,
        _fragile(plan, data, design, model, adjusted, at[0]),
    )
    return found, problems


def _design(x: Floats, at: int) -> Design:
    return Design(np.delete(x, at, axis=1), x[:, at].copy())


def _moved(model: Fit, design: Design, shift: Shift, data: Data, at: int) -> Linear:
    """Return the change by a model whose columns stand in another order: what changes is not always second."""
    order = [0, at, *(k for k in range(1, len(model.coefficients)) if k != at)]
    turned = replace(model, linear=model.linear.pick(order))
    return shifted(turned, design, shift, data.y, data.weights, data.inside)


def _shift(context: Context, plan: ScenarioPlan, data: Data, now: Floats) -> Shift:
    change, item = plan.change, context.items[plan.what.item]
    if change.how == "part":
        return by_part(now, change.size, data.inside)
    if change.how == "points":
        return by_points(now, change.size, data.inside, _ends(item, now[data.inside]))
    assert plan.variable is not None
    codes = plan.variable.codes
    groups = [chosen(data.cut, context.items[plan.variable.item], (c,)) for c in codes]
    return to_level(now, groups, codes.index(change.group), data.weights, data.inside, plan.what.kind == "share")


def _ends(item: Item, values: Floats) -> tuple[float, float]:
    """Return the ends of a scale: its bounds, or the lowest and highest value there is."""
    return item.bounds if item.bounds is not None else (float(values.min()), float(values.max()))


def _overlap(
    plan: ScenarioPlan, data: Data, design: Design, shift: Shift, moved: Mask, place: Place
) -> tuple[float | None, list[Problem]]:
    """Return which part of those who change has hardly any like among those who have it already, or why that is too much."""
    name = plan.what.name
    if not moved.any():
        return None, [problem("scenario-nothing-changes", place, name=name)]
    if plan.what.kind != "share":
        rare = _rare_numbers(data, design, shift, moved)
    else:
        sides = [int(np.sum(data.inside & (design.now == v))) for v in (0.0, 1.0)]
        if min(sides) < FEWEST:
            return None, [problem("scenario-few-alike", place, name=name, n=min(sides), needed=FEWEST)]
        model = fit("logit", design.held, design.now, data.weights, data.inside)
        if not model.converged:
            return None, [problem("scenario-no-overlap", place, name=name, share="100")]
        chance = _expected(model, design.held)
        rare = _part(np.where(shift.target == 1.0, chance, 1 - chance) < RARE, moved, shift, data)
    if rare > MOST_RARE:
        return None, [problem("scenario-no-overlap", place, name=name, share=f"{100 * rare:.0f}")]
    return rare, []


def _expected(model: Fit, x: Floats) -> Floats:
    return predicted(model, x)[0]


def _rare_numbers(data: Data, design: Design, shift: Shift, moved: Mask) -> float:
    """Return which part of those who change would leave the range that people like them have: 98 of a hundred of the residuals."""
    model = fit("linear", design.held, design.now, data.weights, data.inside)
    expected = _expected(model, design.held)
    left = (design.now - expected)[data.inside]
    low, high = np.quantile(left, [0.01, 0.99])
    beyond = shift.target - expected
    away = np.abs(beyond) > np.abs(design.now - expected)  # a move towards what is usual leaves no range
    return _part(away & ((beyond < low) | (beyond > high)), moved, shift, data)


def _part(of: Mask, moved: Mask, shift: Shift, data: Data) -> float:
    weight = data.weights * shift.part * moved
    return float(np.sum(weight * of) / np.sum(weight))


def _movers(data: Data, shift: Shift, moved: Mask) -> Linear:
    """Return the part of people to whom the change happens, as an estimate."""
    return ratios_of(data.cut.cells, (shift.part * moved)[:, None], data.inside.astype(np.float64)[:, None])


def _suspected(
    context: Context, plan: ScenarioPlan, data: Data, shift: Shift, place: Place, name: str
) -> tuple[Linear | None, list[Problem]]:
    """Return the change with the suspects held equal too, over the same people, or why that model cannot be made."""
    if not plan.suspects:
        return None, []
    wider = replace(plan.regression, controls=(*plan.regression.controls, *plan.suspects))
    also = (plan.variable,) if plan.variable is not None else ()
    more, problems = gather(context, wider, place, name, also)
    at = more.columns_of(plan.what) if more is not None else []
    if more is None or not at:
        return None, problems
    model, wrong = fitted(more, wider, place)
    found = _moved(model, _design(more.x, at[0]), shift, more, at[0]) if model is not None else None
    return found, [*problems, *wrong]


def _flexible(design: Design, shift: Shift, data: Data, model: str) -> Linear | None:
    """Return the change by a model in which the association may differ with everything held equal; nothing where there is no such."""
    wide = Design(design.held, design.now, True)
    columns = wide.columns(design.now)
    columns[~data.inside] = 0.0
    if columns.shape[1] < 3 or np.linalg.matrix_rank(columns[data.inside]) < columns.shape[1]:
        return None
    made = fit("logit" if model == "logit" else "linear", columns, data.y, data.weights, data.inside)
    return shifted(made, wide, shift, data.y, data.weights, data.inside) if made.converged else None


def _fragile(plan: ScenarioPlan, data: Data, design: Design, model: Fit, adjusted: Linear, at: int) -> Fragile:
    low, ratio, high = _ratio(plan, data, model, adjusted, at)
    inside, w = data.inside, data.weights[data.inside]
    y, a, held = data.y[inside], design.now[inside], design.held[inside]
    controls = [t for t in plan.regression.controls if data.columns_of(t)]
    hidden = strongest(y, a, [data.x[inside][:, data.columns_of(t)] for t in controls], w)
    strength = robustness(partial_f(y, a, held, w))
    like = controls[hidden.term] if hidden is not None else None
    return Fragile(ratio, e_value(ratio), e_value_of_interval(low, high), strength, hidden, like)


def _ratio(plan: ScenarioPlan, data: Data, model: Fit, adjusted: Linear, at: int) -> tuple[float, float, float]:
    """Return the risk ratio with its interval, low and high: having it against not, or the change against what is now."""
    cut, held = data.cut, [data.held]
    if model.model == "linear":
        spread = _deviation(data)
        one = estimates_of(cut.design, cut.cells, combined(adjusted, [[0, 0, 1 / spread]]), held, "coefficient")[0]
        value = one.value or 0.0
        ends = (one.low if one.low is not None else value, value, one.high if one.high is not None else value)
        return tuple(ratio_of_difference(v) for v in ends)  # type: ignore[return-value]
    if plan.what.kind == "share":
        having, lacking = data.x.copy(), data.x.copy()
        having[data.inside, at], lacking[:, at] = 1.0, 0.0
        pair = together(*(margin(model, x, data.weights, data.inside) for x in (having, lacking)))
    else:
        pair = adjusted.pick([1, 0])
    a, b = pair.values.tolist()
    if not (0 < a < 1 and 0 < b < 1):  # a linear prediction beyond the ends has no ratio
        return 1.0, 1.0, 1.0
    logs = transformed(pair, np.log(a / b), [[1 / a, -1 / b]])
    one = estimates_of(cut.design, cut.cells, logs, held, "coefficient")[0]
    value = one.value or 0.0
    ends = (one.low if one.low is not None else value, value, one.high if one.high is not None else value)
    return tuple(float(np.exp(v)) for v in ends)  # type: ignore[return-value]


def _deviation(data: Data) -> float:
    w, y = data.weights[data.inside], data.y[data.inside]
    middle = float(np.sum(w * y) / np.sum(w))
    return float(np.sqrt(np.sum(w * (y - middle) ** 2) / np.sum(w)))


def differences(one: Linear, others: Sequence[Linear]) -> Linear:
    """Return the change of one way of computing less those of others, as estimates over the same people."""
    changes = together(one.pick([2]), *(o.pick([2]) for o in others))
    return combined(changes, np.column_stack([np.ones(len(others)), -np.eye(len(others))]))
