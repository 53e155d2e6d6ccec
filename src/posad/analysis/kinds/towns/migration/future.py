"""The scenario of a migration analysis as its author writes it: three inputs that no survey has, each with its source."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from math import exp

from posad.analysis.saying.naming import groups_of
from posad.core.problems import Problem, problem
from posad.core.words import LocalText
from posad.study.folder.reading import Sheet, Step, ordered, unknown
from posad.study.plans.values import Study

_RATE = re.compile(r"^(\d+(?:[.,]\d+)?)\s*(%?)$")
PARAMETERS = ("a1", "alpha1", "a2", "alpha2", "mu2", "lambda2", "c")


@dataclass(frozen=True, slots=True)
class PopulationShape:
    """How many people live in each group of ``origin``.

    Attributes:
        groups: People by the group's id.
        source: Where the counts come from.
    """

    groups: Mapping[str, int]
    source: LocalText = LocalText()


@dataclass(frozen=True, slots=True)
class OutflowShape:
    """The official outflow.

    Attributes:
        rate: The part of the people who leave in a year, such as ``2.3 %``.
        source: Where it comes from.
    """

    rate: str | float
    source: LocalText = LocalText()


@dataclass(frozen=True, slots=True)
class RealisationShape:
    """What becomes of plans, by one study that asked and looked again.

    Attributes:
        planners: The part of those who wished to leave that left.
        others: The part of the others that left.
        years: In how many years.
        source: The study.
    """

    planners: str | float
    others: str | float
    years: float
    source: LocalText = LocalText()


@dataclass(frozen=True, slots=True)
class AgesShape:
    """How leaving depends on age.

    Attributes:
        by: A grouping variable of ages.
        ends: The first and last year of age of each of its groups.
        schedule: Parameters of Rogers and Castro's schedule: a1, alpha1, a2, alpha2, mu2, lambda2, c.
        relative: Instead of parameters, the height of each group.
        source: Where the schedule comes from.
    """

    by: str
    ends: Mapping[str, list[int]]
    schedule: Mapping[str, float] = field(default_factory=dict)
    relative: Mapping[str, float] = field(default_factory=dict)
    source: LocalText = LocalText()


@dataclass(frozen=True, slots=True)
class ProjectionShape:
    """A scenario: what a change of the wish to leave would come to.

    Attributes:
        first: The year it starts with.
        last: The year it ends with.
        shift: The change of the wish to leave, in percentage points.
        population: People by group of ``origin``.
        outflow: The official outflow.
        realisation: What becomes of plans, by each study that is known.
        ages: How leaving depends on age.
        inside: Answers of ``where`` that mean towns of these same groups.
    """

    first: int
    last: int
    shift: float
    population: PopulationShape | None = None
    outflow: OutflowShape | None = None
    realisation: list[RealisationShape] | None = None
    ages: AgesShape | None = None
    inside: list[int] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Realised:
    """What becomes of plans: parts of planners and of the others that left, in how many years, and whose study it is."""

    planners: float
    others: float
    years: float
    source: LocalText


@dataclass(frozen=True, slots=True)
class Future:
    """A scenario with every input found: people by code of origin, ends and height by code of age, fractions throughout."""

    first: int
    last: int
    shift: float
    population: Mapping[int, int]
    outflow: float
    realised: tuple[Realised, ...]
    bands: str
    ends: Mapping[int, tuple[int, int]]
    heights: Mapping[int, float]
    inside: tuple[int, ...]
    sources: tuple[LocalText, ...]  # of population, outflow, schedule


def read_future(
    sheet: Sheet, shape: ProjectionShape, origin: str | None, study: Study
) -> tuple[Future | None, list[Problem]]:
    """Return the scenario, or everything it lacks."""
    problems = list(_lacking(sheet, shape))
    if not shape.first < shape.last <= shape.first + 30:
        facts: dict[str, str | int] = {"name": "last", "low": shape.first + 1, "high": shape.first + 30}
        problems.append(problem("towns-out-of-range", sheet.at("projection", "last"), **facts))
    if not -100 < shape.shift < 100:
        problems.append(problem("towns-out-of-range", sheet.at("projection", "shift"), name="shift", low=-99, high=99))
    groups = groups_of(study, origin or "")
    if not groups:
        problems.append(problem("migration-input-missing", sheet.key("projection"), name="origin"))
    if shape.population is None or shape.outflow is None or not shape.realisation or shape.ages is None:
        return None, problems
    for id in groups:
        if shape.population.groups.get(id, 0) <= 0:
            problems.append(problem("migration-no-type", sheet.at("projection", "population", "groups"), name=id))
    outflow = _rate(sheet, ("projection", "outflow", "rate"), shape.outflow.rate, problems)
    realised = []
    for i, one in enumerate(shape.realisation):
        pair = [
            _rate(sheet, ("projection", "realisation", i, name), getattr(one, name), problems)
            for name in ("planners", "others")
        ]
        if not 0 < one.years <= 30:
            place = sheet.at("projection", "realisation", i, "years")
            problems.append(problem("towns-out-of-range", place, name="years", low=1, high=30))
        realised.append(Realised(pair[0], pair[1], one.years, ordered(one.source, sheet.languages)))
    ends, heights = _ages(sheet, shape.ages, study, problems)
    if problems:
        return None, problems
    sources = tuple(
        ordered(s, sheet.languages) for s in (shape.population.source, shape.outflow.source, shape.ages.source)
    )
    people = {code: shape.population.groups[id] for id, code in groups.items()}
    return Future(
        shape.first, shape.last, shape.shift / 100, people, outflow, tuple(realised), shape.ages.by, ends, heights,
        tuple(shape.inside), sources,
    ), []  # fmt: skip


def _lacking(sheet: Sheet, shape: ProjectionShape) -> Iterator[Problem]:
    """Tell which inputs are missing, and which have no source."""
    for name in ("population", "outflow", "realisation", "ages"):
        value = getattr(shape, name)
        if not value:
            yield problem("migration-input-missing", sheet.key("projection"), name=name)
        elif name == "realisation":
            for i, one in enumerate(value):
                if not one.source:
                    yield problem("migration-no-source", sheet.at("projection", name, i), name=name)
        elif not value.source:
            yield problem("migration-no-source", sheet.key("projection", name), name=name)


def _rate(sheet: Sheet, at: tuple[Step, ...], written: str | float, problems: list[Problem]) -> float:
    """Return a fraction written as 0.17 or 17 %; another is told."""
    found = _RATE.match(str(written).strip())
    value = float(found[1].replace(",", ".")) / (100 if found[2] else 1) if found else -1.0
    if not 0 < value < 1:
        problems.append(problem("migration-not-a-rate", sheet.at(*at), name=str(at[-1]), value=str(written)))
    return value


def _ages(
    sheet: Sheet, shape: AgesShape, study: Study, problems: list[Problem]
) -> tuple[dict[int, tuple[int, int]], dict[int, float]]:
    if study.variable(shape.by) is None:
        place = sheet.at("projection", "ages", "by")
        problems.append(unknown("analysis-item-unknown", place, shape.by, [v.id for v in study.variables]))
    groups = groups_of(study, shape.by)
    ends, heights = {}, {}
    for id, code in groups.items():
        pair = shape.ends.get(id)
        if pair is None or len(pair) != 2 or not 0 <= pair[0] <= pair[1] <= 120:
            problems.append(problem("migration-no-age", sheet.at("projection", "ages", "ends"), name=id))
            continue
        ends[code] = (pair[0], pair[1])
        if shape.relative:
            height = shape.relative.get(id, 0.0)
        elif all(p in shape.schedule for p in PARAMETERS):
            height = sum(rogers_castro(x, shape.schedule) for x in range(pair[0], pair[1] + 1)) / (
                pair[1] - pair[0] + 1
            )
        else:
            height = 0.0
        if height <= 0:
            problems.append(problem("migration-input-missing", sheet.key("projection", "ages"), name=f"schedule: {id}"))
        heights[code] = height
    if any(b[0] != a[1] + 1 for a, b in pairwise(ends.values())):
        problems.append(problem("migration-ages-order", sheet.at("projection", "ages", "ends"), name=shape.by))
    return ends, heights


def rogers_castro(age: float, p: Mapping[str, float]) -> float:
    """Return the height of the migration schedule of Rogers and Castro (1981) at an age, seven parameters.

    >>> standard = {"a1": 0.02, "alpha1": 0.1, "a2": 0.06, "alpha2": 0.1, "mu2": 20, "lambda2": 0.4, "c": 0.003}
    >>> round(rogers_castro(25, standard), 4), round(rogers_castro(60, standard), 4)
    (0.0364, 0.0041)
    """
    child = p["a1"] * exp(-p["alpha1"] * age)
    away = age - p["mu2"]
    work = p["a2"] * exp(-p["alpha2"] * away - exp(-p["lambda2"] * away))
    return child + work + p["c"]
