"""The waves of the coded answers: who is in which, whether samples overlap, and what that makes of strata and primary units.

Waves with samples of their own are strata: nothing about one says anything about another. Where a respondent (or a primary unit)
takes part in several waves, that one is the unit of the design in all of them, so that the covariance between waves is measured.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from posad.core.place import Place
from posad.core.problems import Problem, problem
from posad.store.duck import DuckEngine
from posad.store.values import BILLION, EQUAL
from posad.study.addresses.waves import WAVE
from posad.study.plans import Study

Numbers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Waves:
    """The waves that have answers, and the number of each row's among them."""

    ids: tuple[str, ...]
    rows: Numbers


def waves_of(engine: DuckEngine, study: Study) -> Waves:
    """Return the waves that have answers, in the order of the study."""
    count = engine.count()
    if WAVE not in engine.columns():
        return Waves((), np.zeros(count, dtype=np.int64))
    values = [str(v) for v in engine.rows([WAVE])[WAVE]]
    there = set(values)
    ids = tuple([w for w in study.wave_ids() if w in there] + sorted(there - set(study.wave_ids())))
    number = {id: i for i, id in enumerate(ids)}
    return Waves(ids, np.array([number[v] for v in values], dtype=np.int64))


def design_units(engine: DuckEngine, waves: Waves) -> tuple[Mapping[str, Numbers], list[Problem]]:
    """Return the stratum and the primary unit of each row, where there are any, with the waves allowed for.

    The result has ``stratum`` where there are strata or several waves with samples of their own, and ``psu`` where there are
    primary units, or respondents of several waves.
    """
    known = engine.columns()
    named = {c: [str(v) for v in engine.rows([c])[c]] for c in ("stratum", "psu", "respondent") if c in known}
    units: dict[str, Numbers] = {c: _numbered(named[c]) for c in named if c != "respondent"}
    if len(waves.ids) < 2:
        return units, []
    strata = named.get("stratum", [""] * len(waves.rows))
    inner = list(zip(strata, named.get("psu", named["respondent"]), strict=True))
    shared = _in_several(inner, waves.rows)
    if shared:
        facts = {"count": shared, "what": "psu" if "psu" in named else "respondent"}
        units["psu"] = _numbered(inner)
        return units, [problem("waves-share-units", Place("answers"), **facts)]
    units["stratum"] = _numbered(list(zip(waves.rows.tolist(), strata, strict=True)))
    return units, []


def weigh_equally(engine: DuckEngine, study: Study) -> list[Problem]:
    """Let unweighted numbers know of strata, primary units and waves: a weight of one for everybody, under :data:`EQUAL`."""
    units, problems = design_units(engine, waves_of(engine, study))
    if units and engine.count():
        ones = np.full(engine.count(), BILLION, dtype=np.int64)
        engine.set_weight(EQUAL, ones, ones, None, units.get("stratum"), units.get("psu"))
    return problems


def _in_several(units: list[tuple[str, str]], waves: Numbers) -> int:
    """Return how many units are met in more than one wave."""
    first: dict[tuple[str, str], int] = {}
    found = set()
    for unit, wave in zip(units, waves.tolist(), strict=True):
        if first.setdefault(unit, wave) != wave:
            found.add(unit)
    return len(found)


_Name = TypeVar("_Name", str, tuple[str, str], tuple[int, str])


def _numbered(names: list[_Name]) -> Numbers:
    """Return names as whole numbers in their order."""
    order = {name: i for i, name in enumerate(sorted(set(names)))}
    return np.array([order[name] for name in names], dtype=np.int64)
