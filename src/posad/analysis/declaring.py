"""The files of ``analysis/`` as plans: each says its kind, and is read by it.

To add a kind: 1. its module with a ``KIND``; 2. its line in ``KINDS``.
"""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, cast

from posad.analysis.values import Declared, Kind
from posad.core.place import Place
from posad.core.problems import Problem, near, problem
from posad.study.folder.reading import Sheet, check_name, ordered, read_sheet, shaped
from posad.study.plans.values import Study
from posad.study.scaffold.schema import described

KINDS: Mapping[str, str] = {
    "gaps": "posad.analysis.kinds.gaps",
    "paired": "posad.analysis.kinds.gaps.paired",
    "convergence": "posad.analysis.kinds.gaps.convergence",
    "spheres": "posad.analysis.kinds.spheres",
    "types": "posad.analysis.kinds.types",
    "influence": "posad.analysis.kinds.influence",
    "loyalty": "posad.analysis.kinds.loyalty",
    "domains": "posad.analysis.kinds.towns.domains",
    "migration": "posad.analysis.kinds.towns.migration",
    "services": "posad.analysis.kinds.towns.services",
    "trends": "posad.analysis.kinds.towns.trends",
    "scenario": "posad.analysis.kinds.causes.scenario",
    "chain": "posad.analysis.kinds.causes.chain",
    "decomposition": "posad.analysis.kinds.causes.decomposition",
}
"""The module of each kind by the word after ``kind:``; it is imported when it is wanted."""

SCENARIOS = "scenarios"  # in this folder inside analysis/ the kind need not be written


def kind_of(name: str) -> Kind:
    """Return a kind by its name."""
    found = importlib.import_module(KINDS[name]).KIND
    assert isinstance(found, Kind)
    return found


def schema_of_kind(name: str) -> dict[str, Any]:
    """Return the JSON Schema of the file of a kind, for editors.

    >>> sorted(schema_of_kind("influence")["required"])
    ['kind', 'of', 'x', 'y']
    """
    return described(kind_of(name).shape, f"analysis-{name}.yaml")


def read_plans(study: Study, *, only: str | None = None) -> tuple[tuple[Declared, ...], list[Problem]]:
    """Read the analyses that a study declares, or one of them; those with mistakes are left out.

    Args:
        study: The study; ``study.analyses`` are its files.
        only: The id of the one wanted.
    """
    found, problems = [], []
    once = cast(dict[tuple[str, str], tuple[Declared | None, list[Problem]]], study.memo.setdefault("plans", {}))
    for id, name in study.analyses:
        if only in (None, id):
            if (id, name) not in once:
                once[id, name] = _read(study, id, name)
            declared, wrong = once[id, name]
            problems += wrong
            found += [declared] if declared is not None else []
    return tuple(found), problems


def _read(study: Study, id: str, name: str) -> tuple[Declared | None, list[Problem]]:
    sheet, problems = read_sheet(Path(study.folder), name, study.languages)
    problems += check_name(id, "analysis-name-form", Place(name))
    if sheet is None or problems:
        return None, problems
    word = sheet.part("kind") or ("scenario" if Path(name).parent.name == SCENARIOS else None)
    if not isinstance(word, str) or word not in KINDS:
        return None, [_no_kind(sheet, word)]
    kind = kind_of(word)
    shape, problems = shaped(sheet, kind.shape, sheet.value)
    if shape is None or problems:
        return None, problems
    plan, problems = kind.declare(sheet, shape, study)
    if plan is None or problems:
        return None, problems
    title = ordered(shape.title, study.languages) or kind.title
    return Declared(id, word, plan, Place(name), title), []


def _no_kind(sheet: Sheet, word: object) -> Problem:
    known = ", ".join(KINDS)
    if word is None or not isinstance(word, str):
        return problem("analysis-kind-missing", Place(sheet.name), known=known)
    return problem("analysis-kind-unknown", sheet.at("kind"), name=word, near=near(word, KINDS), known=known)
