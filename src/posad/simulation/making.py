"""Question after question: linked ones together, those with groups or routing after the answers they rest on."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from posad.core.problems import Fact, Problem, problem
from posad.simulation.people import draw, sample_items, weigh
from posad.simulation.solving.cells import MOST_CELLS, cells_of, codes_of, size_of, terms_of
from posad.simulation.solving.core import Conflict, place, solve
from posad.simulation.solving.wishes import answer_several
from posad.simulation.values import Met, Plan, Simulated, Target
from posad.simulation.world import World, answers_behind, holds, names_of
from posad.study.addresses import ResolvedTerm
from posad.study.plans.values import Study
from posad.study.questionnaire.values import Item, Kind, Role, items_of, option_column, screens_of

Floats = NDArray[np.float64]
COUNTED = (Kind.SINGLE, Kind.SCALE, Kind.NUMBER)
_ALONE = frozenset({Role.EXCLUSIVE, Role.DONT_KNOW, Role.OUT_OF_BASE})
_STYLE = 0.45  # how far the rows of a grid go together


@dataclass(slots=True)
class Unit:
    """Questions answered together, and the targets they carry."""

    items: list[Item]
    targets: list[Target] = field(default_factory=list)


def simulate(
    plan: Plan, study: Study, progress: Callable[[int, int], None] = lambda done, all: None
) -> tuple[Simulated | None, list[Problem]]:
    """Return respondents whose answers carry every target, or what stands in the way.

    Args:
        plan: What the answers must carry.
        study: The study.
        progress: Told of questions done, and of all there are.
    """
    world, problems = draw(plan, study)
    problems += [] if problems else weigh(world)
    units, wrong = units_of(plan, study)
    problems += wrong
    if problems:
        return None, problems
    factors = _factors(world, plan)
    done = 0
    for unit in units:
        conflict = _answer(world, plan, unit, factors)
        if conflict is not None:
            problems.append(_told(conflict))
        done += len(unit.items)
        progress(done, sum(len(u.items) for u in units))
    if problems:
        return None, problems
    rank(world)
    met = tuple(Met(t, measured(world, t)) for t in plan.targets)
    missed = [problem("simulation-target-missed", m.target.place, **_facts(m)) for m in met if not m.inside]
    missed += _ended(world, plan)
    return (None if missed else Simulated(tuple(world.rows), met, plan.seed)), missed


def _ended(world: World, plan: Plan) -> list[Problem]:
    """Return a problem for each end of the interview that simulated respondents meet: nobody answers on after an end."""
    found = []
    for question in world.study.questionnaire.questions:
        for screen in screens_of(question):
            people = sum(holds(world.study, screen.condition, row) for row in world.rows)
            if people:
                facts: dict[str, Fact] = {"count": people, "name": screen.reason}
                found.append(problem("simulation-screened", plan.place, **facts))
    return found


def rank(world: World) -> None:
    """Answer the rankings at random: each answer takes one place at most. No target can be put to them."""
    for question in world.study.questionnaire.questions:
        if question.kind is not Kind.RANKING:
            continue
        ranked = [o.code for o in question.options if not o.roles & _ALONE]
        turns: dict[str, list[Item]] = {}
        for item in items_of(question):
            turns.setdefault((item.row or "").rpartition("place_")[0], []).append(item)
        chance = world.stream(f"ranking {question.id}")
        for places in turns.values():
            for row, put in zip(world.rows, world.asked(places[0]), strict=True):
                drawn = chance.permutation(len(ranked))
                for one, at in zip(places, drawn, strict=False):
                    row[one.column] = ranked[int(at)] if put else None


def _facts(met: Met) -> Mapping[str, str | float]:
    return {"name": met.target.address, "printed": met.target.printed, "made": round(met.made, 5)}


def _told(conflict: Conflict) -> Problem:
    """Return the problem of targets that contradict one another, at the last of them."""
    targets = sorted(conflict.targets, key=lambda t: t.place)
    named = "; ".join(f"{t.address} = {t.printed} ({t.place.file}:{t.place.line})" for t in targets)
    code = "simulation-conflict" if len(targets) > 1 else "simulation-impossible"
    return problem(code, targets[-1].place, names=named, count=len(targets))


def units_of(plan: Plan, study: Study) -> tuple[list[Unit], list[Problem]]:
    """Return the questions to be answered, linked ones together, in an order in which each finds what it rests on."""
    drawn = {i.id for i in sample_items(plan, study)}
    ranked = {q.id for q in study.questionnaire.questions if q.kind is Kind.RANKING}
    items = [i for i in study.questionnaire.items() if i.id not in drawn and _can_be(i) and i.question not in ranked]
    by_id = {i.id: i for i in items}
    problems = [p for t in plan.targets for p in _unsupported(t, by_id)]
    root = {i.id: i.id for i in items}

    def top(name: str) -> str:
        while root[name] != name:
            name = root[name]
        return name

    for target in plan.targets:
        linked = [n for t in terms_of([target]) for n in _linked(t, study) if n in by_id and _linkable(by_id[n])]
        for one in linked[1:]:
            root[top(one)] = top(linked[0])
    units: dict[str, Unit] = {}
    for item in items:
        units.setdefault(top(item.id), Unit([])).items.append(item)
    for target in plan.targets:
        if target.resolved.first.item.id in root:
            units[top(target.resolved.first.item.id)].targets.append(target)
    for unit in units.values():
        if len(unit.items) > 1 and size_of(unit.items) > MOST_CELLS:
            facts: dict[str, Fact] = {
                "names": ", ".join(i.id for i in unit.items),
                "cells": size_of(unit.items),
                "most": MOST_CELLS,
            }
            problems.append(problem("simulation-too-linked", unit.targets[-1].place, **facts))
    ordered, wrong = _in_order(list(units.values()), drawn, study)
    return ordered, problems + wrong


def _can_be(item: Item) -> bool:
    """Tell whether a question can be simulated: words cannot, nor numbers without bounds."""
    return item.kind is Kind.MULTIPLE or (item.kind in COUNTED and bool(codes_of(item)))


def _linkable(item: Item) -> bool:
    return item.kind in COUNTED and item.ask_if is None


def _linked(term: ResolvedTerm, study: Study) -> list[str]:
    """Return the items of a target that must be answered together: its own, and those its group rests on."""
    if not _linkable(term.item):
        return []
    behind = answers_behind(study, (term.variable.id,)) if term.variable is not None else ()
    return [term.item.id, *(i.id for i in behind)]


def _unsupported(target: Target, items: Mapping[str, Item]) -> list[Problem]:
    terms = terms_of([target])
    for term in terms:
        if term.item.id not in items:
            return [problem("simulation-of-sample", target.place, name=term.item.id)]
        if term.item.kind is Kind.MULTIPLE and (len(terms) > 1 or len(term.measure.codes) != 1):
            return [problem("simulation-several-net", target.place, name=target.address)]
    if len({t.item.id for t in terms}) > 1 and not all(_linkable(t.item) for t in terms):
        return [problem("simulation-linked-routing", target.place, name=target.address)]
    return []


def _in_order(units: list[Unit], drawn: set[str], study: Study) -> tuple[list[Unit], list[Problem]]:
    done, waiting, ordered = set(drawn), list(units), list[Unit]()
    open_ids = {i.id for u in units for i in u.items}
    while waiting:
        ready = next((u for u in waiting if not (_rests_on(u, study) & open_ids) - done), None)
        if ready is None:
            names = ", ".join(i.id for u in waiting for i in u.items)
            with_targets = next((u for u in waiting if u.targets), waiting[0])
            at = with_targets.targets[0].place if with_targets.targets else with_targets.items[0].options[0].place
            return ordered, [problem("simulation-circle", at, names=names)]
        waiting.remove(ready)
        ordered.append(ready)
        done |= {i.id for i in ready.items}
    return ordered, []


def _rests_on(unit: Unit, study: Study) -> set[str]:
    names = [t.variable.id for t in terms_of(unit.targets) if t.variable is not None]
    names += [n for i in unit.items if i.ask_if is not None for n in names_of(i.ask_if, study)]
    return {i.id for i in answers_behind(study, names)} - {i.id for i in unit.items}


def _factors(world: World, plan: Plan) -> dict[str, Floats]:
    """Return the latent factors of every respondent, moved by the answers to the sample's questions that load on them."""
    found = {}
    drawn = {i.id: i for i in sample_items(plan, world.study)}
    for name, loadings in plan.factors.items():
        score = world.stream(f"factor {name}").standard_normal(len(world.rows))
        for item, loading in loadings.items():
            if item in drawn:
                values = np.array([float(str(r[drawn[item].column])) for r in world.rows])
                score = score + loading * (values - values.mean()) / max(float(values.std()), 1e-9)
        found[name] = (score - score.mean()) / score.std()
    return found


def latent(world: World, plan: Plan, factors: Mapping[str, Floats], item: Item) -> Floats:
    """Return how far up its answers each respondent stands on a question."""
    score = world.stream(f"latent {item.id}").standard_normal(len(world.rows))
    if item.row is not None:
        score = score + _STYLE * world.stream(f"style {item.question}").standard_normal(len(world.rows))
    for name, loadings in plan.factors.items():
        loading = loadings.get(item.id, loadings.get(item.question, 0.0))
        if loading:
            score = score * float(np.sqrt(max(1 - loading**2, 0.1))) + loading * factors[name]
    return score


def _answer(world: World, plan: Plan, unit: Unit, factors: Mapping[str, Floats]) -> Conflict | None:
    first = unit.items[0]
    scores = [latent(world, plan, factors, i) for i in unit.items]
    if first.kind is Kind.MULTIPLE:
        return answer_several(world, plan, first, unit.targets, scores[0])
    cells = cells_of(world, unit.items, unit.targets)
    if not len(cells.people):
        return Conflict(tuple(unit.targets)) if unit.targets else None
    table = solve(cells, unit.targets, world.weights, plan.outside)
    if isinstance(table, Conflict):
        return table
    people = cells.people
    chance = world.stream(f"place {first.id}")
    answers = place(cells, unit.targets, table, world.weights[people], [s[people] for s in scores], chance)
    for number, item in enumerate(unit.items):
        for person, answer in zip(people, answers[:, number], strict=True):
            world.rows[person][item.column] = cells.codes[number][answer]
    return None


def measured(world: World, target: Target) -> float:
    """Return what the weighted answers make of a target."""
    sides = [_estimate(world, t) for t in terms_of([target])]
    if len(sides) == 1:
        return sides[0]
    return sides[0] / sides[1] if target.resolved.join == "/" else sides[0] - sides[1]


def _estimate(world: World, term: ResolvedTerm) -> float:
    item = term.item
    base = np.ones(len(world.rows), dtype=bool)
    if term.variable is not None and term.group is not None:
        base &= world.member(term.variable, term.group)
    if item.kind is Kind.MULTIPLE:
        marks = np.array([_mark(r.get(option_column(item.column, term.measure.codes[0]))) for r in world.rows])
    else:
        out = {Role.OUT_OF_BASE, Role.DONT_KNOW} if term.measure.kind == "mean" else {Role.OUT_OF_BASE}
        left = {o.code for o in item.options if o.roles & out}
        values = [r.get(item.column) for r in world.rows]
        kept = [None if v in left else v for v in values]
        marks = np.array(
            [_mark(v if v is None or term.measure.kind == "mean" else v in term.measure.codes) for v in kept]
        )
    base &= ~np.isnan(marks)
    total = float(world.weights[base].sum())
    return float(world.weights[base] @ marks[base]) / total if total else float("nan")


def _mark(value: object) -> float:
    return float(value) if isinstance(value, int | float) else float("nan")


__all__ = ["Unit", "measured", "simulate", "units_of"]
