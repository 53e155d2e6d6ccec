"""Grouping variables as columns: each person into the group whose condition is true.

A person for whom no condition is true is in no group: missing. So is one for whom a condition is unknown, because an answer it asks
about is missing, and no other is true; ``else`` takes only those for whom every earlier condition is false. Where two conditions of
an exclusive variable are true the earlier group takes the person, and that is said.
"""

from __future__ import annotations

from posad.core.problems import Problem, problem
from posad.processing.targets import first_few
from posad.store.duck import DuckEngine
from posad.store.keys import quoted
from posad.store.sql import condition
from posad.store.values import Key
from posad.study.expressions.scope import Scope
from posad.study.plans.values import Study, Variable
from posad.study.plans.variables import derivation_order, scope_of
from posad.study.questionnaire.values import option_column

EXCLUDED = "excluded_"


def derive(engine: DuckEngine, study: Study) -> list[Problem]:
    """Add every grouping variable as a column (an overlapping one as one 0/1 column a group), those it uses first.

    Whether people are in one group each is told by :func:`prove`, when it is known who is usable.
    """
    scope = scope_of(study)
    order, _ = derivation_order(study.variables)
    for variable in order:
        if variable.coded_from:  # its columns are there already
            continue
        conditions = _conditions(variable, scope, engine)
        if variable.exclusive:
            cases = " ".join(f"WHEN {sql} THEN {code}" for code, sql in conditions.items())
            engine.add_expression(variable.id, "INTEGER", f"CASE {cases} END")
            continue
        for code, sql in conditions.items():
            engine.add_expression(
                option_column(variable.id, code), "TINYINT", f"CASE WHEN {sql} THEN 1 WHEN NOT {sql} THEN 0 END"
            )
    return []


def _conditions(variable: Variable, scope: Scope, engine: DuckEngine) -> dict[int, str]:
    """Return the SQL of each group's condition by the group's code; ``else`` is "none of the earlier is true or unknown"."""
    known = engine.columns()
    found: dict[int, str] = {}
    for group in variable.groups:
        if group.condition is None:
            found[group.code] = f"(NOT ({' OR '.join(found.values()) or 'FALSE'}))"
        else:
            found[group.code] = f"({condition(group.condition, scope, known)})"
    return found


def prove(engine: DuckEngine, study: Study) -> list[Problem]:
    """Return what is wrong with the groups of usable people: empty ones, people in several or in none.

    With ``exactly_one`` anybody in no group, or in several, is an error, named with examples.
    """
    scope = scope_of(study)
    usable = f"{quoted(EXCLUDED)} IS NULL" if EXCLUDED in engine.columns() else None
    order, _ = derivation_order(study.variables)
    return [p for v in order if not v.coded_from for p in _prove(v, scope, engine, usable)]


def _prove(variable: Variable, scope: Scope, engine: DuckEngine, usable: str | None) -> list[Problem]:
    conditions = _conditions(variable, scope, engine)
    problems: list[Problem] = []
    for group in variable.groups:
        column = variable.id if variable.exclusive else option_column(variable.id, group.code)
        wanted = group.code if variable.exclusive else 1
        if not _count(engine, f"{quoted(column)} = {wanted}", usable):
            problems.append(problem("group-empty", group.place, variable=variable.id, group=group.id))
    if not variable.exclusive and not variable.exactly_one:
        return problems
    true = " + ".join(f"CASE WHEN {sql} THEN 1 ELSE 0 END" for sql in conditions.values())
    unsure = " OR ".join(f"{sql} IS NULL" for sql in conditions.values())
    several, nobody = f"({true}) > 1", f"({true}) = 0"
    problems += _tell("groups-several", several, variable, engine, usable)
    if variable.exactly_one:
        problems += _tell("groups-none", f"({nobody}) AND NOT ({unsure})", variable, engine, usable)
        problems += _tell("groups-unknown", f"({nobody}) AND ({unsure})", variable, engine, usable)
    return problems


def _tell(code: str, where: str, variable: Variable, engine: DuckEngine, usable: str | None) -> list[Problem]:
    count = _count(engine, where, usable)
    if not count:
        return []
    both = f"({where}) AND ({usable})" if usable else where
    examples = first_few(engine.rows(["respondent"], both, 5)["respondent"], 5)
    full = f"{code}-error" if variable.exactly_one else code
    return [problem(full, variable.place, variable=variable.id, count=count, examples=examples)]


def _count(engine: DuckEngine, where: str, usable: str | None) -> int:
    """Return for how many usable people a condition is true."""
    found = engine.moments((Key(f"CASE WHEN {where} THEN 1 ELSE 0 END"),), None, usable)
    return int(found.n[found.keys[0] == 1].sum())
