"""What stands beside the margins of a weight: how people were drawn, replicate weights, benchmarks."""

from __future__ import annotations

from posad.core.problems import Problem, problem
from posad.study.addresses.grammar import parse_address
from posad.study.folder.reading import Ground, Sheet, Step, ordered
from posad.study.folder.weights.figures import number
from posad.study.folder.weights.shapes import WeightShape
from posad.study.plans.values import Benchmark, ReplicatePlan, SamplePlan
from posad.study.questionnaire.values import Kind

COUNTS = {"bootstrap": 1000, "groups": 50}


def read_sample(
    sheet: Sheet, path: tuple[Step, ...], shape: WeightShape, ground: Ground
) -> tuple[SamplePlan | None, list[Problem]]:
    """Return how people were drawn, or what is wrong with it."""
    design = shape.design
    if design is None:
        return None, []
    at = (*path, "design")
    problems: list[Problem] = []
    for word, name, kinds in (
        ("strata", design.strata, (Kind.SINGLE, Kind.SCALE)),
        ("psu", design.psu, (Kind.SINGLE, Kind.SCALE, Kind.NUMBER, Kind.OPEN, Kind.TERRITORY)),
    ):
        if name is None or name in ("stratum", "psu"):
            continue
        item = ground.item(name)
        if item is None:
            problems += ground.missing("weight-design-unknown", sheet.at(*at, word), name, "stratum", "psu")
        elif item.kind not in kinds:
            problems.append(problem("weight-design-kind", sheet.at(*at, word), name=name))
    problems += [
        problem("weight-fpc", sheet.at(*at, "fpc", h), name=h, value=n) for h, n in design.fpc.items() if not n >= 1
    ]
    fpc = tuple(design.fpc.items())
    return SamplePlan(sheet.key(*at), design.strata, design.psu, fpc, design.lonely), problems


def read_replicates(
    sheet: Sheet, path: tuple[Step, ...], shape: WeightShape
) -> tuple[ReplicatePlan | None, list[Problem]]:
    """Return how replicate weights are made or given, or what is wrong with it."""
    plan = shape.replicates
    if plan is None:
        return None, []
    place = sheet.key(*path, "replicates")
    problems = []
    count = COUNTS.get(plan.type, 0) if plan.count is None else plan.count
    if plan.columns and plan.scale is None:
        problems.append(problem("weight-replicates-scale", place))
    if not plan.columns and plan.type in COUNTS and not 2 <= count <= 10_000:
        problems.append(problem("weight-replicates-count", place, count=count))
    if not 0 <= plan.rho < 1:
        problems.append(problem("weighting-replicates-rho", place, rho=plan.rho))
    if problems:
        return None, problems
    columns = tuple(c.removeprefix("weight:") for c in plan.columns)
    return ReplicatePlan(plan.type, place, count, plan.seed, plan.rho, columns, plan.scale or 1.0,
                         tuple(plan.rscales), plan.mse), []  # fmt: skip


def read_benchmarks(
    sheet: Sheet, path: tuple[Step, ...], shape: WeightShape
) -> tuple[tuple[Benchmark, ...], list[Problem]]:
    """Return the outside figures beside which the answers are put, or what is wrong with them."""
    found = []
    problems: list[Problem] = []
    for id, benchmark in shape.benchmarks.items():
        at = (*path, "benchmarks", id)
        _, wrong = parse_address(benchmark.address, sheet.at(*at, "address"))
        figure, more = number(benchmark.value, {}, None, sheet.at(*at, "value"))
        problems += [*wrong, *more]
        if not benchmark.source:
            problems.append(problem("weight-benchmark-source", sheet.key(*at), name=id))
        if figure is None or wrong:
            continue
        value = figure.value / 100 if figure.percent else figure.value
        source = ordered(benchmark.source, sheet.languages)
        found.append(Benchmark(id, benchmark.address, value, source, sheet.key(*at)))
    return tuple(found), problems
