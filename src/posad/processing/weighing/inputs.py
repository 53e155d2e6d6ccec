"""What a weight is made of: columns of the answers, codes and targets of the margins, numbers of the means."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from posad.core.problems import Fact, Problem, problem
from posad.processing.targets import GIVEN, first_few
from posad.store.duck import DuckEngine
from posad.store.keys import quoted
from posad.store.values import MISSING
from posad.study.plans.values import Margin, MeanMargin, Study, WeightPlan
from posad.study.questionnaire.codes import out_of_base, valueless


def given_column(engine: DuckEngine, name: str, plan: WeightPlan) -> tuple[NDArray[np.float64] | None, list[Problem]]:
    """Return a weight column of the answers, NaN where it is missing."""
    known = engine.columns()
    column = next((c for c in (f"{GIVEN}{name}", name) if c in known), None)
    there = [c.removeprefix(GIVEN) for c in known if c.startswith(GIVEN)]
    if column is None or known[column] not in ("DOUBLE", "INTEGER", "BIGINT"):
        facts: dict[str, Fact] = {"column": name, "known": first_few(there) or "—"}
        return None, [problem("weight-column-not-there", plan.place, **facts)]
    values = engine.rows([column])[column]
    return np.array([np.nan if v is None else v for v in values], dtype=np.float64), []


def merged(margin: Margin, plan: WeightPlan) -> dict[int, int]:
    """Return the code that stands for each code of a margin: the first of those merged with it, else itself."""
    stands = {code: code for code, _ in margin.targets}
    for variable, codes in plan.merge:
        if variable == margin.variable:
            stands.update(dict.fromkeys(codes, codes[0]))
    return stands


def targets_of(margin: Margin, plan: WeightPlan) -> dict[int, float]:
    """Return the share of each level of a margin, merged ones added up."""
    stands = merged(margin, plan)
    found: dict[int, float] = {}
    for code, share in margin.targets:
        found[stands[code]] = found.get(stands[code], 0.0) + share
    return found


def codes_of(engine: DuckEngine, margin: Margin, plan: WeightPlan) -> NDArray[np.int64]:
    """Return the level of each person in a margin, ``MISSING`` where there is none."""
    stands = merged(margin, plan)
    column = margin.variable.replace(".", "__")
    values = engine.rows([column])[column]
    return np.array([MISSING if v is None else stands.get(int(str(v)), int(str(v))) for v in values], dtype=np.int64)


def without_answer(
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


def column_of(variable: str) -> str:
    """Return the column of a question or variable."""
    return variable.replace(".", "__")


def add_crossed(engine: DuckEngine, plan: WeightPlan) -> None:
    """Add a column for each crossed margin: the number of the pair of a person's codes, zero for a pair without a target."""
    for margin in plan.margins:
        if not margin.crossed:
            continue
        columns = [quoted(column_of(v)) for v in margin.crossed]
        cases = [
            f"WHEN {' AND '.join(f'{c} = {code}' for c, code in zip(columns, cell, strict=True))} THEN {number}"
            for number, cell in enumerate(margin.cells, 1)
        ]
        missing = " OR ".join(f"{c} IS NULL" for c in columns)
        sql = f"CASE WHEN {missing} THEN NULL {' '.join(cases)} ELSE 0 END"
        engine.add_expression(margin.variable, "INTEGER", sql)


def numbers_of(engine: DuckEngine, study: Study, means: tuple[MeanMargin, ...]) -> NDArray[np.float64]:
    """Return the numbers whose means are calibrated, NaN where there is none: a code beside a number is no number."""
    found = np.full((engine.count(), len(means)), np.nan)
    for q, mean in enumerate(means):
        column = column_of(mean.variable)
        found[:, q] = [np.nan if v is None else float(str(v)) for v in engine.rows([column])[column]]
        item = study.item(mean.variable)
        codes = [*out_of_base(item), *valueless(item)] if item is not None else []
        found[np.isin(found[:, q], codes), q] = np.nan
    return found


def without_number(
    engine: DuckEngine, plan: WeightPlan, numbers: NDArray[np.float64], there: NDArray[np.bool_]
) -> list[Problem]:
    """Name the people who have no number in a mean."""
    problems = []
    for q, mean in enumerate(plan.means):
        lost = np.flatnonzero(np.isnan(numbers[:, q]) & there)
        if len(lost):
            people = engine.rows(["respondent"])["respondent"]
            names = [people[i] for i in lost[:5].tolist()]
            facts: dict[str, Fact] = {"variable": mean.variable, "count": len(lost), "examples": first_few(names, 5)}
            problems.append(problem("weight-margin-without-answer", mean.place, **facts))
    return problems
