"""How many people live in each cell of a plan: from rows of frame/targets.csv, or counted in the frame."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from itertools import product

from posad.core.place import Place
from posad.core.problems import Problem, near, problem
from posad.study.frame.plan.values import Cell, SampleDesign
from posad.study.frame.values import Frame
from posad.study.plans.values import Target
from posad.territory.sample.values import Population

TARGETS = "frame/targets.csv"
UNITS = ((("тыс", "thousand"), 1_000), (("млн", "миллион", "million"), 1_000_000))


def population_of(
    design: SampleDesign, targets: Mapping[str, Target], frame: Frame | None
) -> tuple[Population | None, list[Problem]]:
    """Return the people of every cell of a plan, or what is missing for it; what was assumed is among the problems.

    Sizes of strata come from the rows that ``counts`` names, else from the frame. The make-up of each stratum comes from the rows
    that ``structure`` names, scaled to the size of the stratum; dimensions of the strata that these rows leave out are assumed to
    make no difference to it.
    """
    if design.counts is not None:
        strata, unit, problems = _rows(design, design.counts, design.strata, targets, "counts")
    else:
        strata, problems = _counted(design, frame)
        unit = ""
    if not any(p.code in _STOPPING for p in problems) and not sum(strata.values()):
        problems.append(problem("sample-nobody", design.place))
    if any(p.code in _STOPPING for p in problems):
        return None, problems
    scale = next((n for words, n in UNITS if unit.strip().casefold().startswith(words)), 1)
    strata = {c: n * scale for c, n in strata.items()}
    dims, cells, wrong = _made_up(design, strata, targets)
    problems += wrong
    if any(p.code in _STOPPING for p in problems):
        return None, problems
    return Population(strata, dims, cells, "%" not in unit), problems


_STOPPING = (
    "sample-row-missing",
    "sample-row-negative",
    "sample-nobody",
    "sample-frame-missing",
    "sample-column-unknown",
    "sample-units-mixed",
    "sample-structure-empty",
)


def _rows(
    design: SampleDesign, pattern: str, dims: tuple[str, ...], targets: Mapping[str, Target], word: str
) -> tuple[dict[Cell, Fraction], str, list[Problem]]:
    """Return the values of the rows a pattern names, summed to the dimensions asked for, and their unit."""
    names = pattern_dims(pattern)
    at = [names.index(d) for d in dims]
    found: dict[Cell, Fraction] = {}
    units: dict[str, str] = {}
    problems: list[Problem] = []
    for groups in product(*(design.dimension(d).ids for d in names)):
        id = pattern.format(**dict(zip(names, groups, strict=True)))
        target = targets.get(id)
        if target is None:
            facts = {"name": id, "word": word, "near": near(id, targets)}
            problems.append(problem("sample-row-missing", design.place, **facts))
            continue
        if target.value < 0:
            problems.append(problem("sample-row-negative", target.place, name=id))
        units[target.unit] = id
        key = tuple(groups[i] for i in at)
        found[key] = found.get(key, Fraction(0)) + Fraction(str(target.value))
    if len(units) > 1:
        facts = {"units": ", ".join(units), "word": word}
        problems.append(problem("sample-units-mixed", Place(TARGETS), **facts))
    return found, next(iter(units), ""), problems


def pattern_dims(pattern: str) -> tuple[str, ...]:
    """Return the dimensions a pattern names, in their order.

    >>> pattern_dims("adults_{district}_{size}")
    ('district', 'size')
    """
    from string import Formatter

    return tuple(dict.fromkeys(name for _, name, _, _ in Formatter().parse(pattern) if name))


def _counted(design: SampleDesign, frame: Frame | None) -> tuple[dict[Cell, Fraction], list[Problem]]:
    """Return people of the frame by stratum, times the share of adults where one is stated."""
    if frame is None:
        return {}, [problem("sample-frame-missing", design.place)]
    column = design.column or frame.population
    told = {c for t in frame.territories for c in t.people}
    if column not in told:
        facts = {"name": column, "near": near(column, told), "known": ", ".join(sorted(told))}
        return {}, [problem("sample-column-unknown", design.place, **facts)]
    found = dict.fromkeys(product(*(design.dimension(d).ids for d in design.strata)), Fraction(0))
    key_of = stratum_of(design, column)
    for town in frame.territories:
        key = key_of(town.district, town.people.get(column))
        if key in found:
            found[key] += town.people[column]
    share = Fraction(str(design.adult_share)) if design.adult_share is not None else Fraction(1)
    code = "sample-adults-assumed" if design.adult_share is not None else "sample-all-ages"
    facts_ = {"share": f"{100 * float(share):g}", "column": column}
    return {c: n * share for c, n in found.items()}, [problem(code, design.place, **facts_)]


def stratum_of(design: SampleDesign, column: str) -> Callable[[str, int | None], Cell | None]:
    """Return what tells the stratum of a town by its district and people; None is a town outside the sample."""
    strata = design.strata
    known = {d.id: d for d in design.dimensions}
    sizes = known["size"].bounds if "size" in known else {}
    districts = known["district"].ids if "district" in known else ()

    def key(district: str, people: int | None) -> Cell | None:
        size = None
        if people is not None:
            inside = (id for id, (low, high) in sizes.items() if low <= people and (high is None or people < high))
            size = next(inside, None)
        if (sizes and size is None) or ("district" in strata and district not in districts) or people is None:
            return None
        parts = {"district": district, "size": size}
        return tuple(parts.get(d) or "" for d in strata)

    return key


def _made_up(
    design: SampleDesign, strata: Mapping[Cell, Fraction], targets: Mapping[str, Target]
) -> tuple[tuple[str, ...], dict[Cell, Fraction], list[Problem]]:
    """Return every dimension and the people of each cell of all of them."""
    if design.structure is None:
        return design.strata, dict(strata), []
    names = pattern_dims(design.structure)
    rows, _, problems = _rows(design, design.structure, names, targets, "structure")
    if problems:
        return (), {}, problems
    shared = tuple(d for d in design.strata if d in names)
    more = tuple(d for d in names if d not in design.strata)
    if len(shared) < len(design.strata):
        left = ", ".join(d for d in design.strata if d not in shared)
        problems.append(problem("sample-structure-assumed", design.place, names=left))
    at, beyond = [names.index(d) for d in shared], [names.index(d) for d in more]
    inside: dict[Cell, dict[Cell, Fraction]] = {}
    for groups, n in rows.items():
        part = inside.setdefault(tuple(groups[i] for i in at), {})
        part[tuple(groups[i] for i in beyond)] = n
    places = [design.strata.index(d) for d in shared]
    cells: dict[Cell, Fraction] = {}
    for stratum, people in strata.items():
        part = inside[tuple(stratum[i] for i in places)]
        whole = sum(part.values())
        if people and not whole:
            problems.append(problem("sample-structure-empty", design.place, name=" > ".join(stratum)))
            continue
        for groups, n in part.items():
            cells[(*stratum, *groups)] = people * n / whole if whole else Fraction(0)
    return (*design.strata, *more), cells, problems
