"""Weights by their plans: none, given in the answers, or raked to margins; with everything needed to judge them and to compute errors.

A person without an answer in a margin variable cannot be weighted. posad does not guess where they belong and does not drop them by
itself: the weight is refused and the ways out are named (a rule in ``cleaning.yaml``, or a group that takes them).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from posad.core.place import Place
from posad.core.problems import Fact, Problem, problem
from posad.core.words import LocalText
from posad.kernel.design import Design, design_of
from posad.kernel.weights.calibration import Calibration, given, rake
from posad.kernel.weights.checks import Remark
from posad.processing.targets import GIVEN, first_few
from posad.processing.waves import Waves, design_units, in_parts, waves_of
from posad.store.duck import DuckEngine
from posad.store.keys import quoted
from posad.store.values import MISSING
from posad.study.plans import Margin, Study, WeightPlan


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a margin: its codes (several where merged), people, share before weighting, wanted and after.

    ``wave`` is set where every wave was weighted by itself.
    """

    variable: str
    codes: tuple[int, ...]
    people: int
    before: float
    target: float
    after: float
    wave: str = ""


@dataclass(frozen=True, slots=True)
class Weighed:
    """One weight as made. ``profile_levels`` (P×L zeros and ones) is what the errors need of it beside the answers.

    ``efficiency`` is the effective number of people (Σw)²/Σw² over the people; ``design_effect`` its inverse (Kish);
    ``scale`` the mean of the weights as they came, before they were brought to mean one.
    """

    id: str
    method: str
    people: int
    effective: float
    design_effect: float
    efficiency: float
    lowest: float
    highest: float
    at_bounds: int = 0
    passes: int = 0
    scale: float = 1.0
    margins: tuple[Level, ...] = ()
    profile_levels: tuple[tuple[int, ...], ...] = ((),)
    note: LocalText = LocalText()

    def to_json(self) -> dict[str, Any]:
        """Return the weight as plain values."""
        plain = asdict(self)
        plain["note"] = dict(self.note.parts)
        return plain

    @classmethod
    def from_json(cls, plain: Mapping[str, Any]) -> Weighed:
        """Return the weight that :meth:`to_json` wrote."""
        margins = tuple(Level(**{**m, "codes": tuple(m["codes"])}) for m in plain["margins"])
        levels = tuple(tuple(row) for row in plain["profile_levels"])
        note = LocalText.from_mapping(plain["note"])
        return cls(**{**plain, "margins": margins, "profile_levels": levels, "note": note})

    def design(self, engine: DuckEngine) -> Design:
        """Return the design of this weight over the whole file, for the errors of anything computed with it."""
        if self.method == "none":
            return design_of(engine.moments((), None))
        levels = np.array(self.profile_levels, dtype=np.float64).reshape(len(self.profile_levels), -1)
        return design_of(engine.moments((), self.id), levels)


def weigh(engine: DuckEngine, study: Study, plan: WeightPlan) -> tuple[Weighed | None, list[Problem]]:
    """Make one weight, write it into the engine under its id, and return its diagnostics.

    The engine holds usable people only. With ``none`` nothing is written: people count one each.
    """
    if plan.method == "none":
        people = engine.count()
        return Weighed(plan.id, "none", people, people, 1.0, 1.0, 1.0, 1.0, note=plan.note), []
    waves = waves_of(engine, study)
    if plan.method == "given":
        values, problems = _column(engine, plan.column or plan.id, plan)
        made = given(values) if values is not None else None
    else:
        made, problems = _raked(engine, plan, waves)
    if made is None:
        return None, problems
    remarks = list(made.remarks) if isinstance(made, Calibration) else made
    problems += [_said(r, plan, study) for r in remarks]
    if not isinstance(made, Calibration):
        return None, problems
    units, found = design_units(engine, waves)
    problems += found
    engine.set_weight(plan.id, made.d, made.w, made.profile, units.get("stratum"), units.get("psu"))
    return _weighed(plan, made, waves), problems


def _column(engine: DuckEngine, name: str, plan: WeightPlan) -> tuple[NDArray[np.float64] | None, list[Problem]]:
    """Return a weight column of the answers, NaN where it is missing."""
    known = engine.columns()
    column = next((c for c in (f"{GIVEN}{name}", name) if c in known), None)
    there = [c.removeprefix(GIVEN) for c in known if c.startswith(GIVEN)]
    if column is None or known[column] not in ("DOUBLE", "INTEGER", "BIGINT"):
        facts: dict[str, Fact] = {"column": name, "known": first_few(there) or "—"}
        return None, [problem("weight-column-not-there", plan.place, **facts)]
    values = engine.rows([column])[column]
    return np.array([np.nan if v is None else v for v in values], dtype=np.float64), []


def _raked(
    engine: DuckEngine, plan: WeightPlan, waves: Waves
) -> tuple[Calibration | list[Remark] | None, list[Problem]]:
    problems: list[Problem] = []
    base: NDArray[np.float64] | None = None
    if plan.base_column is not None:
        base, problems = _column(engine, plan.base_column, plan)
        if base is None:
            return None, problems
    codes = [_codes(engine, m, plan) for m in plan.margins]
    problems += _without_answer(engine, plan, codes, base)
    if problems:
        return None, problems
    levels = np.stack(codes, axis=1) if codes else np.empty((engine.count(), 0), dtype=np.int64)
    targets = [_targets(m, plan) for m in plan.margins]

    def make(rows: NDArray[np.bool_]) -> Calibration | list[Remark]:
        return rake(levels[rows], targets, None if base is None else base[rows], plan.bounds)

    made, remarks = in_parts(waves.rows, make)  # every wave is brought to the same targets by itself
    told = [
        replace(r, facts={"weight": f"{plan.id}~{waves.ids[i]}", **r.facts}) if len(waves.ids) > 1 else r
        for i, r in remarks
    ]
    return (replace(made, remarks=tuple(told)) if made is not None else told), problems


def _merged(margin: Margin, plan: WeightPlan) -> dict[int, int]:
    """Return the code that stands for each code of a margin: the first of those merged with it, else itself."""
    stands = {code: code for code, _ in margin.targets}
    for variable, codes in plan.merge:
        if variable == margin.variable:
            stands.update(dict.fromkeys(codes, codes[0]))
    return stands


def _targets(margin: Margin, plan: WeightPlan) -> dict[int, float]:
    stands = _merged(margin, plan)
    found: dict[int, float] = {}
    for code, share in margin.targets:
        found[stands[code]] = found.get(stands[code], 0.0) + share
    return found


def _codes(engine: DuckEngine, margin: Margin, plan: WeightPlan) -> NDArray[np.int64]:
    stands = _merged(margin, plan)
    column = margin.variable.replace(".", "__")
    values = engine.rows([column])[column]
    return np.array([MISSING if v is None else stands.get(int(str(v)), int(str(v))) for v in values], dtype=np.int64)


def _without_answer(
    engine: DuckEngine, plan: WeightPlan, codes: list[NDArray[np.int64]], base: NDArray[np.float64] | None
) -> list[Problem]:
    """Name the people who have no answer in a margin variable."""
    problems = []
    there = np.ones(engine.count(), dtype=bool) if base is None else ~np.isnan(base)
    for margin, values in zip(plan.margins, codes, strict=True):
        lost = np.flatnonzero((values == MISSING) & there)
        if len(lost):
            names = engine.rows(["respondent"], f"{quoted(margin.variable.replace('.', '__'))} IS NULL", 5)[
                "respondent"
            ]
            facts: dict[str, Fact] = {"variable": margin.variable, "count": len(lost), "examples": first_few(names, 5)}
            problems.append(problem("weight-margin-without-answer", margin.place, **facts))
    return problems


def _said(remark: Remark, plan: WeightPlan, study: Study) -> Problem:
    """Return a remark of the kernel as a problem at its place, with the names of variables and groups."""
    facts: dict[str, Fact] = {"weight": plan.id, **remark.facts}
    place: Place = plan.place
    number = remark.facts.get("margin")
    if isinstance(number, int) and number < len(plan.margins):
        margin = plan.margins[number]
        place = margin.place
        facts["margin"] = margin.variable
        for word in ("level", "merge"):
            if isinstance(code := facts.get(word), int):
                facts[word] = _level_name(margin.variable, code, study)
    # A reason given in the plan is printed beside the numbers: then a low efficiency is worth a warning only. A note that is
    # still a question ("? taken by the name of the column"), as importing leaves it, is no reason.
    reason = any(words.strip() and not words.strip().startswith("?") for _, words in plan.note.parts)
    noted = remark.code == "weighting-efficiency-very-low" and reason
    return problem("weighting-efficiency-low" if noted else remark.code, place, **facts)


def _level_name(variable: str, code: int, study: Study) -> str:
    found = study.variable(variable)
    group = next((g.id for g in found.groups if g.code == code), None) if found is not None else None
    return group or str(code)


def _weighed(plan: WeightPlan, made: Calibration, waves: Waves) -> Weighed:
    merged = [_merged(m, plan) for m in plan.margins]
    each = len(made.levels) // max(len(waves.ids), 1)  # levels of one wave
    margins = tuple(
        Level(
            plan.margins[level.margin].variable,
            tuple(c for c, first in merged[level.margin].items() if first == level.code),
            level.people,
            level.before,
            level.target,
            level.after,
            waves.ids[i // each] if len(waves.ids) > 1 else "",
        )
        for i, level in enumerate(made.levels)
    )
    profile_levels = tuple(tuple(int(x) for x in row) for row in made.profile_levels.tolist())
    return Weighed(
        plan.id, plan.method, made.people, made.effective, made.design_effect, made.efficiency, made.lowest, made.highest,
        made.at_bounds, made.passes, made.scale, margins, profile_levels, plan.note,
    )  # fmt: skip
