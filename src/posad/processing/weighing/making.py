"""Weights by their plans: none, given in the answers, or brought to margins; with everything needed to judge them.

A person without an answer in a margin variable cannot be weighted. posad does not guess where they belong and does not drop them by
itself: the weight is refused and the ways out are named (a rule in ``cleaning.yaml``, or a group that takes them).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import cast

import numpy as np
from numpy.typing import NDArray

from posad.core.problems import Problem
from posad.kernel.design import Lonely
from posad.kernel.weights.calibrating import calibrate
from posad.kernel.weights.calibration import Calibration, given, rake
from posad.kernel.weights.checks import Remark
from posad.kernel.weights.solving import Method
from posad.processing.waves import Waves, in_parts, waves_of
from posad.processing.weighing.inputs import (
    add_crossed,
    codes_of,
    given_column,
    merged,
    numbers_of,
    targets_of,
    without_answer,
    without_number,
)
from posad.processing.weighing.replicating import make_replicates
from posad.processing.weighing.sampling import sampled
from posad.processing.weighing.saying import said
from posad.processing.weighing.values import Level, MeanLine, Weighed
from posad.store.duck import DuckEngine
from posad.study.plans.values import Study, WeightPlan

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Recipe:
    """How a weight is made from base weights: for the whole file, and again for every replicate."""

    base: Floats
    make: Callable[[Floats], Calibration | list[Remark]]


def weigh(engine: DuckEngine, study: Study, plan: WeightPlan) -> tuple[Weighed | None, list[Problem]]:
    """Make one weight, write it into the engine under its id, and return its diagnostics.

    The engine holds usable people only. With ``none`` nothing is written: people count one each.
    """
    if plan.method == "none":
        people = engine.count()
        return Weighed(plan.id, "none", people, people, 1.0, 1.0, 1.0, 1.0, note=plan.note), []
    waves = waves_of(engine, study)
    recipe, problems = recipe_of(engine, study, plan, waves)
    if recipe is None:
        return None, problems
    made = recipe.make(recipe.base)
    remarks = list(made.remarks) if isinstance(made, Calibration) else made
    problems += [said(r, plan, study) for r in remarks]
    if not isinstance(made, Calibration):
        return None, problems
    sample, found = sampled(engine, study, plan, waves)
    problems += found
    if sample is None:
        return None, problems
    engine.set_weight(plan.id, made.d, made.w, made.profile, sample.stratum, sample.psu)
    weighed = replace(_weighed(plan, made, waves), fpc=sample.fpc)
    problems += sample.lonely(weighed.design(engine), plan)
    drawn, wrong = make_replicates(engine, study, plan, sample, recipe.base, made, recipe.make)
    return replace(weighed, replicates=drawn), problems + wrong


def recipe_of(engine: DuckEngine, study: Study, plan: WeightPlan, waves: Waves) -> tuple[Recipe | None, list[Problem]]:
    """Return the base weights of a plan and how they are brought to its margins, or what is missing for it."""
    if plan.method == "given":
        values, problems = given_column(engine, plan.column or plan.id, plan)
        return (None if values is None else Recipe(values, given)), problems
    problems = []
    base: Floats | None = np.ones(engine.count())
    if plan.base_column is not None:
        base, problems = given_column(engine, plan.base_column, plan)
    if base is None:
        return None, problems
    add_crossed(engine, plan)
    codes = [codes_of(engine, m, plan) for m in plan.margins]
    numbers = numbers_of(engine, study, plan.means)
    problems += without_answer(engine, plan, codes, base) + without_number(engine, plan, numbers, ~np.isnan(base))
    if problems:
        return None, problems
    levels = np.stack(codes, axis=1) if codes else np.empty((engine.count(), 0), dtype=np.int64)
    return Recipe(base, _maker(plan, levels, numbers, waves)), []


def _maker(
    plan: WeightPlan, levels: NDArray[np.int64], numbers: Floats, waves: Waves
) -> Callable[[Floats], Calibration | list[Remark]]:
    targets = [targets_of(m, plan) for m in plan.margins]
    means = [m.mean for m in plan.means]

    def make(base: Floats) -> Calibration | list[Remark]:
        plain = None if bool(np.all(base == 1)) else base  # people who weigh one each are raked the quick way

        def part(rows: NDArray[np.bool_]) -> Calibration | list[Remark]:
            chosen = None if plain is None else plain[rows]
            if plan.method in ("rake", "poststratify") and not means:
                return rake(levels[rows], targets, chosen, plan.bounds)
            method: Method = cast(Method, plan.method) if plan.method in ("linear", "logit") else "rake"
            return calibrate(levels[rows], targets, chosen, method=method, numbers=numbers[rows], means=means,
                             bounds=plan.bounds)  # fmt: skip

        made, remarks = in_parts(waves.rows, part)  # every wave is brought to the same targets by itself
        told = [
            replace(r, facts={"weight": f"{plan.id}~{waves.ids[i]}", **r.facts}) if len(waves.ids) > 1 else r
            for i, r in remarks
        ]
        return replace(made, remarks=tuple(told)) if made is not None else told

    return make


def _weighed(plan: WeightPlan, made: Calibration, waves: Waves) -> Weighed:
    stands = [merged(m, plan) for m in plan.margins]
    each = len(made.levels) // max(len(waves.ids), 1)  # levels of one wave
    margins = tuple(
        Level(
            plan.margins[level.margin].variable,
            tuple(c for c, first in stands[level.margin].items() if first == level.code),
            level.people,
            level.before,
            level.target,
            level.after,
            waves.ids[i // each] if len(waves.ids) > 1 else "",
        )
        for i, level in enumerate(made.levels)
    )
    means = tuple(
        MeanLine(
            plan.means[n.number].variable,
            n.before,
            n.target,
            n.after,
            waves.ids[i // len(plan.means)] if len(waves.ids) > 1 else "",
        )
        for i, n in enumerate(made.numbers)
    )
    levels = made.profile_levels.tolist()
    whole = made.profile_levels.dtype.kind in "iu"
    profile_levels = tuple(tuple(int(x) if whole else float(x) for x in row) for row in levels)
    return Weighed(
        plan.id, plan.method, made.people, made.effective, made.design_effect, made.efficiency, made.lowest, made.highest,
        made.at_bounds, made.passes, made.scale, margins, profile_levels, plan.note, means,
        lonely=cast(Lonely, plan.sample.lonely) if plan.sample is not None else "fail",
    )  # fmt: skip
