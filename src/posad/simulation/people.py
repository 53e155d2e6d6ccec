"""Whom the simulated respondents are: drawn to the margins of the sample, then weighted by the study's own plan.

The joint distribution of the sample's questions is the one of maximum entropy under the margins and conditions; whole people are drawn
from it systematically, so that every group has its number to within one or two.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product

import numpy as np
from numpy.typing import NDArray

from posad.core.problems import Fact, Problem, problem
from posad.kernel.weights.calibration import rake
from posad.kernel.weights.values import Calibration
from posad.simulation.solving.cells import codes_of, has_role
from posad.simulation.solving.entropy import feasible, project
from posad.simulation.values import Plan, Row, SampleCondition, SampleMargin
from posad.simulation.world import World, answers_behind, groups_of, holds, names_of
from posad.store.values import MISSING
from posad.study.plans.values import Study, WeightPlan
from posad.study.questionnaire.values import Item, Kind, Role

Floats = NDArray[np.float64]
_MOST = 100_000
_TOLERANCE = 1e-4
Demand = SampleMargin | SampleCondition


def draw(plan: Plan, study: Study) -> tuple[World, list[Problem]]:
    """Return respondents who have answered the questions of the sample only."""
    rows: list[Row] = [{} for _ in range(plan.size)]
    world = World(study, rows, plan.seed)
    problems: list[Problem] = []
    for items, demands in _blocks(plan, study):
        sizes = [len(_domain(i)) for i in items]
        if int(np.prod(sizes)) > _MOST or 0 in sizes:
            facts: dict[str, Fact] = {
                "names": ", ".join(i.id for i in items),
                "cells": int(np.prod(sizes)),
                "most": _MOST,
            }
            problems.append(problem("simulation-sample-size", demands[0].place, **facts))
            continue
        problems += _answer(world, items, demands)
    return world, problems


def sample_items(plan: Plan, study: Study) -> tuple[Item, ...]:
    """Return the questions that the sample answers."""
    return tuple(i for items, _ in _blocks(plan, study) for i in items)


def _blocks(plan: Plan, study: Study) -> list[tuple[tuple[Item, ...], list[Demand]]]:
    """Return the demands in blocks that share no question, each with its questions."""
    blocks: list[tuple[tuple[Item, ...], list[Demand]]] = []
    every: tuple[Demand, ...] = (*plan.margins, *plan.conditions)
    for demand in every:
        own = (demand.variable,) if isinstance(demand, SampleMargin) else names_of(demand.condition, study)
        items = answers_behind(study, own)
        demands: list[Demand] = [demand]
        apart = []
        for block, listed in blocks:
            if set(block) & set(items):
                items, demands = (*block, *(i for i in items if i not in block)), [*listed, *demands]
            else:
                apart.append((block, listed))
        blocks = [*apart, (items, demands)]
    return blocks


def _domain(item: Item) -> tuple[int, ...]:
    if item.kind not in (Kind.SINGLE, Kind.SCALE, Kind.NUMBER):
        return ()
    return tuple(c for c in codes_of(item) if not has_role(item, c, Role.DONT_KNOW, Role.OUT_OF_BASE))


def _answer(world: World, items: Sequence[Item], demands: Sequence[Demand]) -> list[Problem]:
    study = world.study
    cells = [dict(zip((i.column for i in items), joint, strict=True)) for joint in product(*map(_domain, items))]
    rows, wanted, order = [], [], []
    for demand in demands:
        if isinstance(demand, SampleCondition):
            flags = np.array([holds(study, demand.condition, dict(c)) for c in cells], dtype=np.float64)
            rows.append(flags)
            wanted.append(demand.share)
            order.append(flags)
            continue
        groups = [groups_of(study, demand.variable, dict(c)) for c in cells]
        order.append(np.array([min(g, default=0) for g in groups], dtype=np.float64))
        for code, share in demand.shares:
            rows.append(np.array([code in g for g in groups], dtype=np.float64))
            wanted.append(share)
    table = project(
        np.full(len(cells), 1 / len(cells)), np.array(rows), np.array(wanted), np.full(len(rows), _TOLERANCE)
    )
    if np.abs(np.array(rows) @ table - wanted).max() > 0.002:
        return [_unreachable(demands, np.array(rows), np.array(wanted))]
    chance = world.stream("sample " + ",".join(i.id for i in items))
    sorted_cells = np.lexsort(order[::-1])
    ends = np.floor(np.cumsum(table[sorted_cells]) * len(world.rows) + chance.random())
    ends[-1] = len(world.rows) if ends[-1] < len(world.rows) else ends[-1]
    counts = np.diff(np.concatenate([[0.0], np.minimum(ends, len(world.rows))])).astype(int)
    drawn = chance.permutation(np.repeat(sorted_cells, counts))
    for row, cell in zip(world.rows, drawn, strict=True):
        row.update(cells[int(cell)])
    return []


def _unreachable(demands: Sequence[Demand], rows: Floats, wanted: Floats) -> Problem:
    """Name the first demand that cannot be met with those before it."""
    first, last = demands[0], 0
    for demand in demands:
        last += len(demand.shares) if isinstance(demand, SampleMargin) else 1
        part, goal = rows[:last], wanted[:last]
        limits = np.concatenate([goal + 0.002, 0.002 - goal])
        one = np.ones((1, rows.shape[1]))
        if feasible(np.concatenate([part, -part]), limits, one, np.ones(1)) is None:
            first = demand
            break
    return problem("simulation-sample-conflict", first.place)


def weigh(world: World) -> list[Problem]:
    """Weigh the respondents as the study's first weight will weigh them, to its margins and bounds."""
    plan = world.study.weight()
    if plan is None or plan.method in ("none", "given"):
        return []
    if plan.method != "rake":
        return [problem("simulation-weight-method", plan.place, weight=plan.id, method=plan.method)]
    levels = np.stack([_levels(world, plan, m.variable) for m in plan.margins], axis=1)
    targets = []
    for margin in plan.margins:
        stands = _merged(plan, margin.variable)
        shares: dict[int, float] = {}
        for code, share in margin.targets:
            shares[stands.get(code, code)] = shares.get(stands.get(code, code), 0.0) + share
        targets.append(shares)
    for margin, column in zip(plan.margins, levels.T, strict=True):
        if (column == MISSING).any():
            return [problem("simulation-weight-question", margin.place, name=margin.variable, weight=plan.id)]
    made = rake(levels, targets, None, plan.bounds)
    if not isinstance(made, Calibration):
        return [problem("simulation-weight", plan.place, weight=plan.id)]
    world.weights = made.w.astype(np.float64) / made.w.sum() * len(world.rows)
    return []


def _levels(world: World, plan: WeightPlan, variable: str) -> NDArray[np.int64]:
    item = world.study.item(variable)
    found = np.full(len(world.rows), MISSING, dtype=np.int64)
    if item is not None:
        stands = _merged(plan, variable)
        for option in item.options:
            found[world.member(item, option.code)] = stands.get(option.code, option.code)
    return found


def _merged(plan: WeightPlan, variable: str) -> dict[int, int]:
    return {code: codes[0] for name, codes in plan.merge if name == variable for code in codes}
