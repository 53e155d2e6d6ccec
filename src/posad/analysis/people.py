"""Answers person by person, with everything their errors need, and the replicate weights that all analyses of a study share.

A cut of cells in which every cell is one respondent: whatever can be asked of a table's cut can be asked of it, and models, which
need people, stand on the same design, weights and calibration as the tables.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from posad.core.problems import Problem, problem
from posad.kernel.design import Floats, cells_of
from posad.kernel.replicates.making import ImpossibleReplicate, Replicates
from posad.processing.weighing.replicating import replicates_of
from posad.store.duck import DuckEngine
from posad.store.keys import item_keys, quoted
from posad.store.values import BILLION, Key
from posad.study.addresses.waves import WAVE
from posad.study.plans.values import ReplicatePlan
from posad.study.questionnaire.values import Item
from posad.tabulation.context import Context, Cut

ROW = Key(quoted("row_"))
COUNT, SEED = 1000, 1
Mask = NDArray[np.bool_]


def people_cut(context: Context, items: Iterable[Item], weight: str | None = None) -> Cut:
    """Return the answers of every respondent to some items as a cut with one cell for each, in the order of the answers."""
    keys, spans = [ROW], {}
    for item in items:
        if item.id not in spans:
            own = (context.wave_key(),) if item.id == WAVE else item_keys(item)
            spans[item.id] = (len(keys), len(keys) + len(own))
            keys += own
    design = context.design(weight)
    sums = context.moments(keys, context.summed_with(weight), None)
    return Cut(cells_of(design, sums), design, spans, context.study.sample_type == "census")


def rows_of(cut: Cut) -> NDArray[np.int64]:
    """Return the number of each person's row among the answers."""
    return cut.cells.keys[0].astype(np.int64)


def weights_of(cut: Cut) -> Floats:
    """Return the weight of each person, of mean one over the whole file."""
    weights: Floats = cut.cells.w / BILLION
    return weights


@dataclass(frozen=True, slots=True)
class Repeated:
    """Replicate weights of the people of a file: B×n in the order of the answers, and what scales their squares."""

    weights: Floats
    scale: float
    rscales: Floats
    seed: int | None
    digest: str

    def of(self, cut: Cut) -> Floats:
        """Return the replicate weights of the people of a cut, B×C."""
        found: Floats = self.weights[:, rows_of(cut)]
        return found


_KNOWN: WeakKeyDictionary[Context, dict[str | None, Repeated | tuple[Problem, ...]]] = WeakKeyDictionary()


def repeated(context: Context, weight: str | None = None) -> tuple[Repeated | None, list[Problem]]:
    """Return the replicate weights of a weight, drawn and calibrated once for all analyses of an opened study.

    The weight's own plan of replicates counts where it has one; else 1,000 bootstrap replicates are drawn, every one brought to the
    margins again. Bounds of the weights are not asked of replicates.
    """
    known = _KNOWN.setdefault(context, {})
    name = context.weight(weight)
    if name not in known:
        made, problems = _drawn(context, weight)
        known[name] = made if made is not None else tuple(problems)
    found = known[name]
    return (found, []) if isinstance(found, Repeated) else (None, list(found))


def _drawn(context: Context, weight: str | None) -> tuple[Repeated | None, list[Problem]]:
    plan = context.plan(weight)
    engine = context.engine
    if plan is None or plan.method == "none" or not isinstance(engine, DuckEngine):
        return _plain(context), []
    if plan.replicates is None:
        plan = replace(plan, bounds=None, replicates=ReplicatePlan("bootstrap", plan.place, COUNT, SEED))
    try:
        made, problems = replicates_of(engine, context.study, plan)
        if made is None:
            return None, problems
        return _held(made), problems
    except ImpossibleReplicate as stopped:
        why = ", ".join(r.code for r in stopped.remarks)
        return None, [problem("analysis-replicates", plan.place, name=plan.id, why=why)]


def _held(made: Replicates) -> Repeated:
    weights = np.array([made.weights(b) for b in range(made.count)])
    return Repeated(weights, made.scale, made.rscales, made.seed, made.digest)


def _plain(context: Context) -> Repeated:
    """Return bootstrap replicates of people who count one each, drawn within strata and by primary units where there are any."""
    from posad.kernel.replicates.making import replicate
    from posad.kernel.replicates.schemes import Scheme, units_of

    sums = context.moments((ROW,), context.summed_with(None), None)
    rows = int(sums.keys[0].max(initial=-1)) + 1
    stratum, psu = np.zeros(rows, dtype=np.int64), np.arange(rows, dtype=np.int64)
    at = sums.keys[0].astype(np.int64)
    stratum[at] = sums.stratum
    if np.any(sums.psu != 0):
        psu[at] = sums.psu
    ones = np.zeros(rows)
    ones[at] = 1.0
    made = replicate(Scheme("bootstrap", COUNT, SEED), units_of([f"{u:09d}" for u in psu.tolist()], stratum), ones)
    if not isinstance(made, Replicates):
        raise ValueError("people without weights could not be drawn again")
    return _held(made)
