"""Crossed margins: ``sex > age`` with a share for each pair of groups, ``men > 18-34``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from posad.core.problems import Problem, near, problem
from posad.study.folder.reading import Ground, Sheet, Step
from posad.study.questionnaire.values import Item, Kind

CROSSED = ">"


@dataclass(frozen=True, slots=True)
class CrossedTargets:
    """The two variables of a crossed margin, and the share of each pair of their codes."""

    variables: tuple[str, ...]
    shares: tuple[tuple[tuple[int, ...], float], ...]


def crossed_targets(
    sheet: Sheet, path: tuple[Step, ...], name: str, numbers: Mapping[str, float], ground: Ground
) -> tuple[CrossedTargets | None, list[Problem]]:
    """Return the shares of the pairs of a crossed margin, or what is wrong with its variables and keys."""
    place = sheet.at(*path)
    variables = tuple(part.strip() for part in name.split(CROSSED))
    items = [ground.item(v) for v in variables]
    problems: list[Problem] = []
    for variable, item in zip(variables, items, strict=True):
        if item is None:
            problems += ground.missing("weight-margin-unknown", place, variable)
        elif item.kind not in (Kind.SINGLE, Kind.SCALE):
            problems.append(problem("weight-margin-kind", place, name=variable))
    if len(variables) != 2 or len(set(variables)) < 2:
        problems.append(problem("weight-crossed-two", place, name=name))
    known = [item for item in items if item is not None]
    if problems or len(known) < 2:
        return None, problems
    names = [_names(item, ground) for item in known]
    shares: dict[tuple[int, ...], float] = {}
    for key, share in numbers.items():
        parts = [part.strip() for part in key.split(CROSSED)]
        if len(parts) != 2 or any(p not in n for p, n in zip(parts, names, strict=True)):
            every = [f"{a} > {b}" for a in names[0] for b in names[1]]
            facts = {"name": key, "variable": name, "known": ", ".join(every[:6]), "near": near(key, every)}
            problems.append(problem("weight-target-key", sheet.key(*path, key), **facts))
            continue
        cell = tuple(n[p] for p, n in zip(parts, names, strict=True))
        shares[cell] = shares.get(cell, 0.0) + share
    return (None, problems) if problems else (CrossedTargets(variables, tuple(sorted(shares.items()))), [])


def _names(item: Item, ground: Ground) -> dict[str, int]:
    """Return the codes of an item by the names a key may use: groups of a variable, or codes."""
    variable = ground.scope.variables.get(item.id) if ground.scope is not None else None
    groups = {g.id: g.code for g in variable.groups} if variable is not None else {}
    return groups | {str(o.code): o.code for o in item.options}
