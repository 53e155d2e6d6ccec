"""A plan of a sample worked out: allocation, quotas, errors before the field, towns."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from posad.core.problems import Problem, problem
from posad.study.frame.plan.values import Cell, SampleDesign, Towns
from posad.study.frame.values import Frame, Territory
from posad.study.plans.values import Target
from posad.territory.sample.allocation import allocate
from posad.territory.sample.drawing import draw
from posad.territory.sample.population import population_of, stratum_of
from posad.territory.sample.precision import precision
from posad.territory.sample.quotas import quota_table
from posad.territory.sample.rounding import largest_remainder, scaled
from posad.territory.sample.values import Allocation, Infeasible, QuotaTable, Sample, Town

LOWEST = 10  # cells named in a warning


def plan_sample(
    design: SampleDesign, targets: Mapping[str, Target], frame: Frame | None, *, seed: int | None = None
) -> tuple[Sample | None, list[Problem]]:
    """Work a plan out, or say why it cannot be.

    Args:
        design: The plan.
        targets: The rows of frame/targets.csv by id.
        frame: The study's frame; needed where people are counted in it or towns are drawn from it.
        seed: Another seed for the draw of towns than the plan's.
    """
    population, problems = population_of(design, targets, frame)
    if population is None:
        return None, problems
    try:
        allocation = allocate(design, population)
    except Infeasible as found:
        facts = {"n": found.n, "low": found.low, "high": found.high}
        return None, [*problems, problem("sample-infeasible", design.place, **facts)]
    problems += _exhausted(allocation, design)
    tables = tuple(quota_table(dims, population, allocation) for dims in design.quotas)
    problems += [p for t in tables for p in _small(t, design)]
    towns: tuple[Town, ...] = ()
    per_town = 1.0
    if design.towns is not None:
        towns, wrong = draw_towns(design, design.towns, allocation, frame, design.towns.seed if seed is None else seed)
        problems += wrong
        per_town = design.size / len(towns) if towns else 1.0
    errors = precision(design, population, allocation, per_town)
    return Sample(design, allocation, tables, errors, towns, tuple(problems)), problems


def _exhausted(allocation: Allocation, design: SampleDesign) -> list[Problem]:
    """Return the strata all of whose people are to be asked, for there the allocation may give less than the rule says."""
    found = []
    for cell, n in allocation.whole.items():
        if n and n >= int(allocation.people[cell]):
            facts: dict[str, str | int] = {"name": " > ".join(cell), "n": n, "people": int(allocation.people[cell])}
            found.append(problem("sample-stratum-exhausted", design.place, **facts))
    return found


def _small(table: QuotaTable, design: SampleDesign) -> list[Problem]:
    small = table.under(design.warn_under)
    if not small:
        return []
    named = "; ".join(f"{' > '.join(c)}: {table.quota[c]}" for c in small[:LOWEST])
    more = " …" if len(small) > LOWEST else ""
    facts: dict[str, str | int] = {"table": " × ".join(table.dims), "n": len(small), "all": len(table.quota)}
    return [problem("sample-cells-small", design.place, least=design.warn_under, names=named + more, **facts)]


def draw_towns(
    design: SampleDesign, towns: Towns, allocation: Allocation, frame: Frame | None, seed: int
) -> tuple[tuple[Town, ...], list[Problem]]:
    """Draw towns of every stratum with chances by their people, and share its interviews out among them.

    Inside a stratum the list runs by region and from large to small; as many towns are drawn as ``per_town`` interviews each would
    need, half-up. Every town drawn gets interviews in the ratio of people to chance, so that everybody of the stratum has the same
    chance: equal numbers for towns drawn, more for those taken for certain.
    """
    if frame is None:
        return (), [problem("sample-frame-missing", towns.place)]
    column = design.column or frame.population
    key_of = stratum_of(design, column)
    inside: dict[Cell, list[Territory]] = {c: [] for c in allocation.whole}
    for town in frame.territories:
        key = key_of(town.district, town.people.get(column))
        if key in inside:
            inside[key].append(town)
    found: list[Town] = []
    problems: list[Problem] = []
    for cell, n in allocation.whole.items():
        listed = sorted(inside[cell], key=lambda t: (t.region, -t.people[column], t.id))
        listed = [t for t in listed if t.people[column] > 0]
        if n and not listed:
            problems.append(problem("sample-stratum-without-towns", towns.place, name=" > ".join(cell), n=n))
        if not n or not listed:
            continue
        wanted = min(len(listed), max(towns.least, (2 * n + towns.per_town) // (2 * towns.per_town)), n)
        found += _stratum(cell, n, listed, [t.people[column] for t in listed], wanted, seed)
    return tuple(found), problems


def _stratum(cell: Cell, n: int, listed: list[Territory], people: list[int], wanted: int, seed: int) -> list[Town]:
    drawn = draw(people, wanted, seed, "/".join(cell))
    shares = {(listed[d.index].id,): Fraction(people[d.index]) / d.chance for d in drawn}
    interviews = largest_remainder(scaled(shares, n), n)
    return [
        Town(cell, t.id, people[d.index], d.chance, d.certain, interviews[(t.id,)])
        for d in drawn
        for t in (listed[d.index],)
    ]
