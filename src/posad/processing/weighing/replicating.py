"""Replicate weights of a study: drawn and brought to the margins again one by one, or taken from columns of the answers."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import TYPE_CHECKING, cast

import numpy as np
from numpy.typing import NDArray

from posad.core.problems import Problem
from posad.kernel.replicates.making import Replicates, given_replicates, raked_replicates, replicate
from posad.kernel.replicates.schemes import Kind, Scheme
from posad.kernel.weights.calibration import Calibration
from posad.kernel.weights.checks import Remark
from posad.processing.waves import waves_of
from posad.processing.weighing.inputs import given_column, targets_of
from posad.processing.weighing.saying import said
from posad.processing.weighing.values import ReplicateLine
from posad.store.duck import DuckEngine
from posad.study.plans.values import ReplicatePlan, Study, WeightPlan

if TYPE_CHECKING:
    from posad.processing.weighing.sampling import Sample

Floats = NDArray[np.float64]
Make = Callable[[Floats], "Calibration | list[Remark]"]


def replicates_of(engine: DuckEngine, study: Study, plan: WeightPlan) -> tuple[Replicates | None, list[Problem]]:
    """Return the replicate weights of a plan, in the order of the engine's rows; nothing where the plan has none."""
    from posad.processing.weighing.making import recipe_of
    from posad.processing.weighing.sampling import sampled

    if plan.replicates is None or plan.method == "none":
        return None, []
    waves = waves_of(engine, study)
    recipe, problems = recipe_of(engine, study, plan, waves)
    sample, wrong = sampled(engine, study, plan, waves)
    if recipe is None or sample is None:
        return None, problems + wrong
    made = recipe.make(recipe.base)
    if not isinstance(made, Calibration):
        return None, [said(r, plan, study) for r in made]
    found, problems = _made(engine, plan, plan.replicates, sample, recipe.base, made, recipe.make)
    return (found if isinstance(found, Replicates) else None), problems + _told(found, plan, study)


def make_replicates(
    engine: DuckEngine, study: Study, plan: WeightPlan, sample: Sample, base: Floats, full: Calibration, make: Make
) -> tuple[ReplicateLine | None, list[Problem]]:
    """Make every replicate once, so that each is known to meet the margins, and return what identifies them."""
    wish = plan.replicates
    if wish is None:
        return None, []
    found, problems = _made(engine, plan, wish, sample, base, full, make)
    problems += _told(found, plan, study)
    if not isinstance(found, Replicates):
        return None, problems
    return ReplicateLine(wish.kind, found.count, found.df, found.scale, found.seed, found.digest, found.mse), problems


def _told(found: Replicates | list[Remark], plan: WeightPlan, study: Study) -> list[Problem]:
    return [] if isinstance(found, Replicates) else [said(r, plan, study) for r in found]


def _made(
    engine: DuckEngine,
    plan: WeightPlan,
    wish: ReplicatePlan,
    sample: Sample,
    base: Floats,
    full: Calibration,
    make: Make,
) -> tuple[Replicates | list[Remark], list[Problem]]:
    if wish.columns:
        columns = {c: given_column(engine, c, plan) for c in wish.columns}
        wrong = [p for _, problems in columns.values() for p in problems]
        there = {c: values for c, (values, _) in columns.items() if values is not None}
        if wrong:
            return [], wrong
        return given_replicates(there, wish.scale, wish.rscales or None, wish.mse), []
    scheme = Scheme(cast(Kind, wish.kind), wish.count, wish.seed, wish.rho)
    units = sample.units()
    if plan.method == "given":
        return replicate(scheme, units, base, fractions=sample.fractions(units)), []
    if plan.method in ("rake", "poststratify") and plan.bounds is None and not plan.means and not sample.fpc:
        joint = _joint(full)
        targets = [targets_of(m, plan) for m in plan.margins]
        if joint is not None and joint.shape[1] == len(targets):
            return raked_replicates(scheme, units, full.profile, joint, targets, np.nan_to_num(base)), []
    return replicate(scheme, units, base, make, sample.fractions(units)), []


def _joint(full: Calibration) -> NDArray[np.int64] | None:
    """Return the number of the level of each margin for each joint level; nothing where waves have levels of their own."""
    counts: dict[int, int] = {}
    for level in full.levels:
        counts[level.margin] = counts.get(level.margin, 0) + 1
    if len({(x.margin, x.code) for x in full.levels}) < len(full.levels):
        return None
    ends = np.cumsum([0, *counts.values()])
    return np.column_stack([full.profile_levels[:, a:b].argmax(axis=1) for a, b in pairwise(ends.tolist())])
