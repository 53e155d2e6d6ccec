"""The waves of the coded answers: who is in which, whether samples overlap, and what that makes of strata and primary units.

Waves with samples of their own are strata: nothing about one says anything about another. Where a respondent (or a primary unit)
takes part in several waves, that one is the unit of the design in all of them, so that the covariance between waves is measured.

Every wave is weighted by itself: it keeps the weight of its own people (mean one inside it), and the levels of its margins are levels
of their own in what the errors know of the weight, so that the residuals of one wave are those of its own regression.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from posad.core.place import Place
from posad.core.problems import Problem, problem
from posad.kernel.weights.checks import Remark
from posad.kernel.weights.values import Calibration
from posad.store.duck import DuckEngine
from posad.store.values import BILLION, EQUAL, MISSING
from posad.study.addresses.waves import WAVE
from posad.study.plans.values import Study

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


def design_units(
    engine: DuckEngine, waves: Waves, strata: str | None = None, psu: str | None = None
) -> tuple[Mapping[str, Numbers], list[Problem]]:
    """Return the stratum and the primary unit of each row, where there are any, with the waves allowed for.

    ``strata`` and ``psu`` are columns that hold them, if not those called so.
    The result has ``stratum`` where there are strata or several waves with samples of their own, and ``psu`` where there are
    primary units, or respondents of several waves.
    """
    known = engine.columns()
    columns = {"stratum": strata or "stratum", "psu": psu or "psu", "respondent": "respondent"}
    named = {word: [str(v) for v in engine.rows([c])[c]] for word, c in columns.items() if c in known}
    units: dict[str, Numbers] = {c: _numbered(named[c]) for c in named if c != "respondent"}
    if len(waves.ids) < 2:
        return units, []
    outer = named.get("stratum", [""] * len(waves.rows))
    inner = list(zip(outer, named.get("psu", named["respondent"]), strict=True))
    shared = _in_several(inner, waves.rows)
    if shared:
        facts = {"count": shared, "what": "psu" if "psu" in named else "respondent"}
        units["psu"] = _numbered(inner)
        return units, [problem("waves-share-units", Place("answers"), **facts)]
    units["stratum"] = _numbered(list(zip(waves.rows.tolist(), outer, strict=True)))
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


_Make = Callable[[NDArray[np.bool_]], "Calibration | list[Remark]"]


def in_parts(part: NDArray[np.int64], make: _Make) -> tuple[Calibration | None, list[tuple[int, Remark]]]:
    """Return one weight out of those made in each part, and every remark with the number of its part.

    Args:
        part: the part of each row, numbered from zero; no part is empty.
        make: makes the weight of the rows that are told.

    Returns:
        The weight, nothing where a part cannot be weighted; levels and profiles of the first part stand first.
    """
    made: list[Calibration] = []
    told: list[tuple[int, Remark]] = []
    count = int(part.max(initial=-1)) + 1
    for number in range(count):
        found = make(part == number)
        remarks = found.remarks if isinstance(found, Calibration) else found
        told += [(number, remark) for remark in remarks]
        made += [found] if isinstance(found, Calibration) else []
    if len(made) < count or not made:
        return None, told
    return (made[0] if count == 1 else _stitched(part, made)), told


def _stitched(part: NDArray[np.int64], made: list[Calibration]) -> Calibration:
    d, w, profile = (np.full(len(part), MISSING, dtype=np.int64) for _ in range(3))
    before = 0
    for number, one in enumerate(made):
        rows = part == number
        d[rows], w[rows] = one.d, one.w
        profile[rows] = np.where(one.profile == MISSING, MISSING, one.profile + before)
        before += len(one.profile_levels)
    values = w[w != MISSING] / BILLION
    effective = float(values.sum() ** 2 / (values @ values))
    return replace(
        made[0],
        d=d,
        w=w,
        profile=profile,
        profile_levels=_blocks([one.profile_levels for one in made]),
        levels=tuple(level for one in made for level in one.levels),
        numbers=tuple(number for one in made for number in one.numbers),
        people=len(values),
        effective=effective,
        design_effect=len(values) / effective,
        efficiency=effective / len(values),
        lowest=min(one.lowest for one in made),
        highest=max(one.highest for one in made),
        at_bounds=sum(one.at_bounds for one in made),
        passes=max(one.passes for one in made),
        gap=max(one.gap for one in made),
        scale=sum(one.scale * one.people for one in made) / len(values),
        remarks=tuple(remark for one in made for remark in one.remarks),
    )


def _blocks(levels: list[NDArray[np.generic]]) -> NDArray[np.generic]:
    """Return the profile levels of all parts along a diagonal: the levels of one part say nothing of another."""
    rows, columns = sum(len(x) for x in levels), sum(x.shape[1] for x in levels)
    found = np.zeros((rows, columns), dtype=np.result_type(*levels))
    row = column = 0
    for x in levels:
        found[row : row + len(x), column : column + x.shape[1]] = x
        row, column = row + len(x), column + x.shape[1]
    return found
