"""How much of what a model explains each driver has, on the linear scale of the outcome."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from posad.analysis.kinds.loyalty.planning import LoyaltyPlan
from posad.analysis.linear.fitting.gathering import Data
from posad.analysis.linear.fitting.terms import Term
from posad.analysis.linear.importance import LMG_MOST, covariances, johnson, lmg, without_controls
from posad.kernel.design import Floats


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
