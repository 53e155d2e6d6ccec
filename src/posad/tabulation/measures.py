"""One number by its address: a share, a mean, a base, or the ratio or difference of two of them.

Both terms of a ratio or a difference come from one request whose keys are all the questions and groups named, so that people who
stand in both are counted in both, and the covariance is measured, not assumed.
"""

from __future__ import annotations

from dataclasses import replace
from typing import assert_never

from posad.kernel.values import Bases, Estimate, Origin
from posad.study.addresses import Resolved, ResolvedTerm, canonical, definition_digest
from posad.study.expressions.tree import Expression
from posad.tabulation.cells import (
    People,
    Target,
    bases,
    estimates,
    in_base,
    in_mean,
    in_nest,
    joined,
    mean_of,
    share_of,
)
from posad.tabulation.context import Context, Cut


def measure(
    context: Context, resolved: Resolved, *, weight: str | None = None, filter: Expression | None = None
) -> Estimate:
    """Return the estimate an address names, with where it comes from.

    Args:
        context: The study and its answers.
        resolved: The address, settled against the study.
        weight: A weight plan's id; the default weight where None.
        filter: Only the people for whom this is true.
    """
    if filter is not None:
        return _measured(context, resolved, weight, filter)
    plan = context.plan(weight)
    key = f"estimate {_named(resolved)} by {plan.id if plan is not None else ''}"
    return context.recall(Estimate, key, lambda: _measured(context, resolved, weight, None))


def _named(resolved: Resolved) -> str:
    """Return a name that tells a number of a study from every other: the ids and codes its address was settled to."""
    told = [
        [t.item.id, t.measure.kind, t.measure.id, t.measure.codes, t.variable and t.variable.id, t.group, t.wave]
        for t in (resolved.first, resolved.second)
        if t is not None
    ]
    return f"{told} {resolved.join or ''}"


def _measured(context: Context, resolved: Resolved, weight: str | None, filter: Expression | None) -> Estimate:
    terms = [t for t in (resolved.first, resolved.second) if t is not None]
    where = context.where(filter)
    cut = context.cut(
        [i for t in terms for i in (t.item, t.variable, context.waves if t.wave else None) if i is not None],
        weight,
        where,
    )
    if resolved.second is None or resolved.join is None:
        found = _single(context, cut, resolved.first)
    elif any(t.measure.kind in ("base", "effective") for t in terms):
        found = _counts(context, cut, resolved)
    else:
        first, second = (_target(context, cut, t) for t in terms)
        found = joined(cut, first, second, resolved.join)
    return replace(found, origin=origin(context, resolved, weight, filter))


def origin(context: Context, resolved: Resolved, weight: str | None, filter: Expression | None) -> Origin:
    """Return where a number comes from: its canonical address, what defines it, what data it was computed from."""
    plan = context.plan(weight)
    definition = definition_digest(resolved, context.study, weight=plan.id if plan else None, filter=filter)
    return Origin(
        canonical(resolved, context.study), definition, context.data_digest, context.weight(weight), context.simulated
    )


def everybody(context: Context) -> Estimate:
    """Return the number of respondents, which no question stands behind (address ``n``): all of them, with a weight or without."""
    return context.recall(Estimate, "everybody", lambda: _all(context))


def _all(context: Context) -> Estimate:
    people = context.people()
    where_from = Origin("n", "respondents", context.data_digest, None, context.simulated)
    bases_ = Bases(people, float(people), float(people))
    return Estimate(float(people), None, None, None, bases_, "base", 0, origin=where_from)


def _people(context: Context, cut: Cut, term: ResolvedTerm) -> People:
    nest = [(term.variable, term.group)] if term.variable is not None and term.group is not None else []
    nest += [(context.waves, context.wave_code(term.wave))] if term.wave else []
    return in_nest(cut, nest)


def _target(context: Context, cut: Cut, term: ResolvedTerm) -> Target:
    if term.measure.kind == "mean":
        return mean_of(cut, term.item, _people(context, cut, term))
    return share_of(cut, term.item, term.measure.codes, _people(context, cut, term))


def _base(context: Context, cut: Cut, term: ResolvedTerm) -> Bases:
    inside = in_mean(cut, term.item) if term.measure.kind == "mean" else in_base(cut, term.item)
    return bases(cut, inside & _people(context, cut, term))


def _single(context: Context, cut: Cut, term: ResolvedTerm) -> Estimate:
    match term.measure.kind:
        case "share" | "mean":
            return estimates(cut, [_target(context, cut, term)])[0]
        case "base" | "effective":
            base = _base(context, cut, term)
            value = float(base.unweighted) if term.measure.kind == "base" else base.effective
            return Estimate(value, None, None, None, base, "base", 0)
        case _:
            assert_never(term.measure.kind)


def _counts(context: Context, cut: Cut, resolved: Resolved) -> Estimate:
    """Return the ratio or difference of two bases: counts, so without an error."""
    assert resolved.second is not None
    both = [_base(context, cut, t) for t in (resolved.first, resolved.second)]
    terms = (resolved.first, resolved.second)
    first, second = (
        b.effective if t.measure.kind == "effective" else float(b.unweighted) for b, t in zip(both, terms, strict=True)
    )
    ratio = first / second if second else None
    value = first - second if resolved.join == "-" else ratio
    smaller = min(both, key=lambda b: b.unweighted)
    return Estimate(value, None, None, None, smaller, "difference" if resolved.join == "-" else "ratio_of_estimates", 0)
