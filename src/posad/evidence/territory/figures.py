"""A map of territories as a figure: which towns and outlines it shows, and the addresses of the numbers that colour it."""

from __future__ import annotations

from posad.core.place import Place
from posad.core.problems import Problem, near, problem
from posad.core.words import LocalText
from posad.evidence.territory.counts import FRAME, MEASURES
from posad.evidence.territory.groups import Grouped, find_group, groups_of, region_name, variables_of, word_of
from posad.evidence.territory.placed import Land, land_of
from posad.evidence.territory.terrain import (
    Ground,
    areas_of,
    district_of,
    ground_of,
    largest,
    lines_of,
    spots_of,
    tiles_of,
)
from posad.evidence.values import Bar, Figure, Series, Terrain
from posad.study.addresses import group_name, parse_address, resolve
from posad.study.frame.plan.mapping import MapPlan
from posad.study.frame.settings import UNKNOWN
from posad.study.frame.values import Frame
from posad.study.plans.values import FigurePlan, Study
from posad.tabulation.context import Context
from posad.tabulation.tables import who_answered
from posad.tabulation.wording import LANGUAGES, base_text, item_title

_TOWNS = LocalText.of(ru="Города на карте", en="Towns on the map")
_COUNTED = LocalText.of(ru="размер точки — класс по числу жителей", en="the size of a point is the town's size class")


def map_figure(
    study: Study, plan: FigurePlan, place: Place, context: Context | None
) -> tuple[Figure | None, list[Problem]]:
    """Return a declared map as a figure, or what is wrong with it."""
    asked = plan.territory
    assert asked is not None
    if study.frame is None:
        return None, [problem("map-without-frame", place, name=plan.id)]
    ground, problems = ground_of(study, study.frame)
    problems = [*problems, *_outlines(ground, plan, asked)]
    if any(p.code.startswith("map-no") for p in problems):
        return None, problems
    made, wrong = (
        _towns(study, study.frame, ground, plan, asked)
        if asked.shows == "towns"
        else _areas(study, study.frame, ground, plan, asked, context)
    )
    return made, [*problems, *wrong]


def _outlines(ground: Ground, plan: FigurePlan, asked: MapPlan) -> list[Problem]:
    known = [o.id for o in ground.boundaries.outlines] if ground.boundaries is not None else []
    if asked.shows != "towns" and not known:
        return [problem("map-no-outlines", plan.place, name=plan.id)]
    return [
        problem("map-outline-unknown", plan.place, name=code, known=", ".join(known[:8]), near=near(code, known))
        for code in asked.without
        if code not in known
    ]


def _towns(
    study: Study, frame: Frame, ground: Ground, plan: FigurePlan, asked: MapPlan
) -> tuple[Figure | None, list[Problem]]:
    land = land_of(study, frame, asked.colour)
    known = variables_of(land)
    if asked.colour not in known:
        facts = {"name": asked.colour, "known": ", ".join(known), "near": near(asked.colour, known)}
        return None, [problem("map-colour-unknown", plan.place, **facts)]
    size = find_group(Land(frame), "size", asked.size, frame.population) if asked.size else None
    if asked.size and size is None:
        sizes = ", ".join(s.id for s in frame.sizes)
        return None, [problem("map-size-unknown", plan.place, name=asked.size, known=sizes)]
    among = size.members if size is not None else None
    groups = [g for g in groups_of(land, asked.colour, frame.population) if among is None or g.members & among]
    spots = spots_of(ground, asked, groups, among)
    if not spots:
        return None, [problem("map-no-places", plan.place, name=plan.id)]
    middle = f"{asked.size}." if asked.size else ""
    bars = [Bar(g.id, g.label, _cells(middle, asked.colour, g), g.id) for g in groups]
    terrain = Terrain(
        lines_of(study, ground),
        areas_of(ground, asked, {}),
        spots,
        panels=_panels(frame, asked, {s.panel for s in spots}),
        ranks=tuple(s.label for s in frame.sizes),
        named=largest(frame, (s.id for s in spots), asked.names),
    )
    title = plan.title or (_TOWNS if size is None else _titled(size.label))
    return Figure(
        plan.id,
        "towns",
        title,
        LocalText(),
        _COUNTED,
        _source(frame),
        (Series("towns", MEASURES["towns"], "total"), Series("people", MEASURES["people"], "total")),
        tuple(bars),
        notes=(*_missing(frame, among, len(spots)), *_noted(frame)),
        groups=tuple(Series(g.id, g.label, _role(asked, n, len(groups))) for n, g in enumerate(groups)),
        terrain=terrain,
    ), []


def _titled(label: LocalText) -> LocalText:
    return LocalText.from_mapping({lang: f"{_TOWNS.get(lang)}: {label.get(lang)}" for lang in LANGUAGES})


def _role(asked: MapPlan, n: int, many: int) -> str:
    """Return the colour of a group: sizes go from light to dark, other groups have no order."""
    return f"step-{7 + round(4 * n / max(many - 1, 1))}" if asked.colour == "size" else f"group-{n + 1}"


def _cells(middle: str, colour: str, group: Grouped) -> tuple[str, str]:
    behind = f"@{colour}:{word_of(group)}"
    return f"{FRAME}.{middle}towns{behind}", f"{FRAME}.{middle}people{behind}"


def _panels(frame: Frame, asked: MapPlan, there: set[str]) -> tuple[tuple[str, LocalText], ...]:
    return tuple((d.id, d.name) for d in frame.districts if d.id in there) if asked.panels else ()


def _missing(frame: Frame, among: frozenset[str] | None, shown: int) -> tuple[LocalText, ...]:
    n = sum(1 for t in frame.territories if among is None or t.id in among) - shown
    if not n:
        return ()
    return (
        LocalText.of(
            ru=f"Без координат и потому не на карте: {n}.", en=f"Without coordinates and so not on the map: {n}."
        ),
    )


def _source(frame: Frame) -> LocalText:
    source = frame.source(frame.population)
    told = frame.population
    if source is not None:
        told = source.source if source.as_of == UNKNOWN else f"{source.source}, {source.as_of}"
    return LocalText.from_mapping(dict.fromkeys(LANGUAGES, told))


def _noted(frame: Frame) -> tuple[LocalText, ...]:
    """Return what a reader of the population column must know, as its source says it: a map shows its sizes."""
    source = frame.source(frame.population)
    return (source.note,) if source is not None and source.note else ()


def _areas(
    study: Study, frame: Frame, ground: Ground, plan: FigurePlan, asked: MapPlan, context: Context | None
) -> tuple[Figure | None, list[Problem]]:
    """Return areas coloured by a number of the frame, or of the study in the groups of a variable named as the areas are."""
    if not asked.value:
        return None, [problem("map-value-missing", plan.place, name=plan.id)]
    own = asked.value.partition(".")[0] == FRAME
    variable = "district" if asked.shows == "districts" else "region"
    listed = list(groups_of(Land(frame), variable, frame.population))
    if variable == "region":
        listed = _with_outlines(listed, ground)
    if own:
        bars = [Bar(g.id, g.label, (f"{asked.value}@{variable}:{word_of(g)}",)) for g in listed if g.members]
        first: str | None = None
    else:
        bars, wrong = _by_study(study, plan, asked, listed)
        if wrong:
            return None, wrong
        first = bars[0].cells[0]
    coloured = {b.id for b in bars}
    regions = district_of(frame) if variable == "district" else {g.id: g.id for g in listed}
    colours = {region: id for region, id in regions.items() if id in coloured}
    tiled = asked.shows == "tiles"
    terrain = Terrain(
        () if tiled else lines_of(study, ground),
        () if tiled else areas_of(ground, asked, colours),
        tiles=tiles_of(ground, asked) if tiled else (),
        breaks=asked.breaks,
        classes=asked.classes,
    )
    measure, question, base = _words(study, frame, asked, first, context)
    figure = Figure(
        plan.id,
        "tiles" if tiled else "areas",
        plan.title or measure,
        question,
        measure,
        base,
        (Series("value", measure, "bar"),),
        tuple(bars),
        simulated=not own and context is not None and context.simulated,
        terrain=terrain,
    )
    return figure, []


def _with_outlines(listed: list[Grouped], ground: Ground) -> list[Grouped]:
    """Return regions with those that only the outlines know."""
    codes = {g.id for g in listed}
    outlines = ground.boundaries.outlines if ground.boundaries is not None else ()
    more = [Grouped(o.id, region_name(ground.frame, o.id), frozenset()) for o in outlines]
    return [*listed, *(g for g in more if g.id not in codes)]


def _by_study(study: Study, plan: FigurePlan, asked: MapPlan, listed: list[Grouped]) -> tuple[list[Bar], list[Problem]]:
    item = study.item(plan.by) if plan.by else None
    if item is None:
        return [], [problem("map-value-missing", plan.place, name=plan.id)]
    names = {group_name(study, item, o.code): o for o in item.options}
    found = [
        Bar(g.id, g.label, (f"{asked.value}@{plan.by}:{name}",))
        for g in listed
        if (name := next((n for n in names if n in (g.id, word_of(g))), None)) is not None
    ]
    if found:
        return found, []
    known = ", ".join(word_of(g) for g in listed[:8])
    facts = {"name": plan.id, "by": plan.by or "", "areas": asked.shows, "known": known}
    return [], [problem("map-by-differs", plan.place, **facts)]


def _words(
    study: Study, frame: Frame, asked: MapPlan, first: str | None, context: Context | None
) -> tuple[LocalText, LocalText, LocalText]:
    """Return what is measured, the question asked, and whom the numbers stand for."""
    if first is None:
        return MEASURES.get(asked.value.rpartition(".")[2], LocalText()), LocalText(), _source(frame)
    address, _ = parse_address(first, Place(""))
    resolved = resolve(address, study, Place(""))[0] if address is not None else None
    if resolved is None:
        return LocalText(), LocalText(), LocalText()
    item = resolved.first.item
    base = who_answered(context, item) if context is not None else base_text(study, item, complete=True)
    return resolved.first.measure.label, item_title(study, item), base
