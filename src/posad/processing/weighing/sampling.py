"""How people were drawn, in numbers: the stratum and unit of each row, population sizes, strata with a single unit."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from posad.core.problems import Fact, Problem, problem
from posad.kernel.design import Design, lonely_strata
from posad.kernel.replicates.schemes import Units, units_of
from posad.processing.targets import first_few
from posad.processing.waves import Waves, design_units
from posad.processing.weighing.inputs import column_of
from posad.store.duck import DuckEngine
from posad.store.keys import quoted
from posad.study.plans.values import SamplePlan, Study, WeightPlan

Numbers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Sample:
    """The stratum and primary unit of each row (nothing where there are none), names of strata and units, population sizes."""

    stratum: Numbers | None
    psu: Numbers | None
    names: tuple[str, ...]  # of the stratum of each row
    people: tuple[str, ...]  # respondents
    fpc: tuple[tuple[int, float], ...] = ()

    def units(self) -> Units:
        """Return what replicates draw: primary units, or people, within strata."""
        return units_of(self.people if self.psu is None else [f"{u:09d}" for u in self.psu.tolist()], self.stratum)

    def fractions(self, units: Units) -> NDArray[np.float64] | None:
        """Return the sampled part of the stratum of each unit, where populations are known."""
        if not self.fpc:
            return None
        known = dict(self.fpc)
        sizes = {h: int(np.sum(units.strata == h)) for h in set(units.strata.tolist())}
        return np.array([sizes[h] / known[h] for h in units.strata.tolist()])

    def lonely(self, design: Design, plan: WeightPlan) -> list[Problem]:
        """Return the strata with a single unit for which nothing was decided."""
        alone = lonely_strata(design)
        if not alone or self.stratum is None:
            return []
        name = self.names[int(np.flatnonzero(self.stratum == alone[0])[0])]
        place = plan.sample.place if plan.sample is not None else plan.place
        return [problem("weight-lonely", place, strata=len(alone), name=name)]


def sampled(engine: DuckEngine, study: Study, plan: WeightPlan, waves: Waves) -> tuple[Sample | None, list[Problem]]:
    """Return how the people of a weight were drawn, or what is wrong with what is said of it."""
    wish = plan.sample
    strata = _column(wish.strata if wish else None)
    units, problems = design_units(engine, waves, strata, _column(wish.psu if wish else None))
    lost = _without_stratum(engine, wish, strata)
    if lost:
        return None, problems + lost
    column = strata or "stratum"
    known = column in engine.columns()
    names = tuple(str(v) for v in engine.rows([column])[column]) if known else ("",) * engine.count()
    people = tuple(str(v) for v in engine.rows(["respondent"])["respondent"])
    sample = Sample(units.get("stratum"), units.get("psu"), _named(names, wish, study), people)
    if wish is None or not wish.fpc:
        return sample, problems
    fpc, wrong = _populations(sample, wish)
    if wrong:
        return None, problems + wrong
    return Sample(sample.stratum, sample.psu, sample.names, people, fpc), problems


def _column(name: str | None) -> str | None:
    return None if name in (None, "stratum", "psu") else column_of(str(name))


def _without_stratum(engine: DuckEngine, wish: SamplePlan | None, column: str | None) -> list[Problem]:
    if wish is None or column is None:
        return []
    where = f"{quoted(column)} IS NULL"
    if not (count := engine.count(where)):
        return []
    names = engine.rows(["respondent"], where, 5)["respondent"]
    facts: dict[str, Fact] = {"variable": wish.strata or "", "count": count, "examples": first_few(names, 5)}
    return [problem("weight-margin-without-answer", wish.place, **facts)]


def _named(names: tuple[str, ...], wish: SamplePlan | None, study: Study) -> tuple[str, ...]:
    """Return strata by the ids of their groups, where they are those of a grouping variable."""
    variable = study.variable(wish.strata) if wish is not None and wish.strata is not None else None
    groups = {str(g.code): g.id for g in variable.groups} if variable is not None else {}
    return tuple(groups.get(n, n) for n in names)


def _populations(sample: Sample, wish: SamplePlan) -> tuple[tuple[tuple[int, float], ...], list[Problem]]:
    """Return the population of each stratum by its number, or the strata that lack one or have too small a one."""
    known = dict(wish.fpc)
    rows = len(sample.people)
    stratum = np.zeros(rows, dtype=np.int64) if sample.stratum is None else sample.stratum
    unit = np.arange(rows) if sample.psu is None else sample.psu
    found: dict[int, float] = {}
    problems: list[Problem] = []
    for h in np.unique(stratum).tolist():
        inside = stratum == h
        name = sample.names[int(np.flatnonzero(inside)[0])]
        size = next(iter(known.values())) if not name and len(known) == 1 else known.get(name)
        units = len(np.unique(unit[inside]))
        if size is None:
            problems.append(problem("weight-fpc-stratum", wish.place, name=name))
        elif units > size:
            problems.append(problem("weight-fpc-small", wish.place, name=name, units=units, value=size))
        else:
            found[h] = size
    return tuple(found.items()), problems
