"""Distances, types of people and poles: the analysis itself, its charts and tables."""

from __future__ import annotations

import numpy as np

from posad.analysis.kinds.types.counting import (
    ENOUGH,
    TYPES,
    cut_of,
    grouped,
    poles_of,
    traits,
    types_of,
)
from posad.analysis.kinds.types.findings import say_distances, say_poles, say_traits, say_types
from posad.analysis.kinds.types.planning import Conflict, TypesPlan
from posad.analysis.linear.estimates import bases_of, combined, estimates_of, ratios_of, together
from posad.analysis.saying.speaking import Desk
from posad.analysis.values import Column, Declared, Grid, Line, Result
from posad.core.problems import Problem, problem
from posad.core.words import LocalText
from posad.evidence.values import Bar, Figure, Series
from posad.kernel.values import Estimate
from posad.tabulation.context import Context, Cut
from posad.tabulation.wording import EVERYBODY, LANGUAGES

METHOD = LocalText.of(
    ru="""Дистанция – доля или средняя нескольких долей минус другая, с ошибкой по тем же людям; она говорит о взгляде жителей, а не о километрах и \
не о рублях. Четыре группы – отношение к городу, скрещённое с намерением уехать; кто не назвал одного из двух, в них не входит. Чем группа \
отличается, считается против всех остальных, с поправкой на число сравнений (Бенджамини – Хохберг). Полюса сравниваются среди тех, кто не назвал \
ни одного из базовых преимуществ крупного города, и среди прочих: люди этих двух частей различаются и многим другим, и разница между ними – не \
действие закрытых потребностей.""",
    en="""A distance is a share, or the mean of several, minus another, with the error of the same people; it tells of residents' views, not of \
kilometres or money. The four groups are liking crossed with the wish to leave; who did not tell one of the two is in none. What sets a group \
apart is counted against everybody else, corrected for the number of comparisons (Benjamini–Hochberg). The poles are compared among those who \
name none of the basic advantages of a big city and among others: the two differ in much else, and the difference between them is no effect of \
needs being met.""",
)


def compute(context: Context, declared: Declared) -> tuple[Result | None, list[Problem]]:
    """Return distances, types and poles, or why they cannot be told."""
    plan: TypesPlan = declared.plan
    cut = cut_of(context, plan)
    people = int(np.sum(cut.cells.n))
    if people < ENOUGH:
        return None, [problem("analysis-nobody", declared.place, name=declared.id, n=people, needed=ENOUGH)]
    desk = Desk(context, declared, plan.weight, declared.title, EVERYBODY)
    grids, figures = list[Grid](), list[Figure]()
    if plan.distances:
        grid, figure = _distances(desk, cut, plan)
        grids, figures = grids + grid, figures + figure
    problems = list[Problem]()
    if plan.conflict is not None:
        grid, figure, problems = _conflict(desk, cut, plan.conflict)
        grids, figures = grids + grid, figures + figure
    if plan.poles is not None:
        say_poles(desk, plan, *poles_of(context, cut, plan.poles))
    if not desk.findings:
        return None, problems or [problem("analysis-nobody", declared.place, name=declared.id, n=0, needed=ENOUGH)]
    return desk.result("types", METHOD, figures=figures, grids=grids), problems


def _distances(desk: Desk, cut: Cut, plan: TypesPlan) -> tuple[list[Grid], list[Figure]]:
    variable = desk.context.study.variable(plan.by) if plan.by is not None else None
    groups = {g.code: g.label for g in variable.groups} if variable is not None else {}
    found = grouped(desk.context, cut, plan)
    kept = say_distances(desk, plan, found, groups)
    told = [d for d, g in zip(plan.distances, found, strict=True) if g.whole.value is not None]
    absent = LocalText.of(ru="–", en="–")
    columns = [Column("all", LocalText.of(ru="Все", en="All")), *(Column(str(c), label) for c, label in groups.items())]
    lines = tuple(
        Line(d.id, d.label, (at, *(each.get(c, absent) for c in groups)))
        for d, (at, each) in zip(told, kept, strict=True)
    )
    grid = Grid("distances", LocalText.of(ru="Дистанции", en="Distances"), tuple(columns), lines)
    bars = tuple(Bar(d.id, d.label, (at,)) for d, (at, _) in zip(told, kept, strict=True))
    kind = LocalText.of(ru="процентные пункты", en="percentage points")
    series = (Series("value", LocalText(), "bar"),)
    address = f"analysis:{desk.declared.id}/distances"
    title = LocalText.of(
        ru="Дистанции между своим и крупным городом", en="Distances between one's own town and a big city"
    )
    figure = Figure(
        address, "forest", title, LocalText(), kind, desk.base_text, series, bars, (), (), desk.context.simulated
    )
    return [grid], [figure] if bars else []


def _conflict(desk: Desk, cut: Cut, plan: Conflict) -> tuple[list[Grid], list[Figure], list[Problem]]:
    context = desk.context
    people, over = types_of(context, cut, plan)
    base = bases_of(cut.cells, over[:, None])[0]
    if min(base.unweighted, base.effective) < ENOUGH:
        told = problem("analysis-nobody", desk.declared.place, name=desk.declared.id, n=base.unweighted, needed=ENOUGH)
        return [], [], [told]
    whole = over[:, None].astype(np.float64)
    shares = ratios_of(cut.cells, np.column_stack(people).astype(np.float64), np.broadcast_to(whole, (len(whole), 4)))
    kept = say_types(
        desk, estimates_of(cut.design, cut.cells, shares, [base], "share"), _untold(cut, over), _chances(cut, people)
    )
    counts = [bases_of(cut.cells, p[:, None])[0].unweighted for p in people]
    found = traits(context, cut, plan, people, over)
    cells = say_traits(desk, found, counts)
    series = (Series("value", LocalText(), "bar"),)
    bars = tuple(Bar(id, label, (at,)) for (id, _, _, label), at in zip(TYPES, kept, strict=True))
    kind = LocalText.of(ru="% назвавших и отношение, и намерение", en="% of those who told both liking and intention")
    title = LocalText.of(ru="Отношение к городу и намерение уехать", en="Liking the town and wishing to leave")
    address = f"analysis:{desk.declared.id}"
    figure = Figure(
        address, "ranked", title, LocalText(), kind, desk.base_text, series, bars, (), (), context.simulated
    )
    return ([_who(desk, plan, cells)] if cells else []), [figure], []


def _untold(cut: Cut, over: np.ndarray) -> Estimate:
    everybody = np.ones((len(over), 1))
    lost = ratios_of(cut.cells, (~over)[:, None].astype(np.float64), everybody)
    return estimates_of(cut.design, cut.cells, lost, bases_of(cut.cells, everybody), "share")[0]


def _chances(cut: Cut, people: list[np.ndarray]) -> list[Estimate]:
    """Return who would leave among those who like the town, among the others, and the difference."""
    home, torn, bound, leaving = people
    parts = [(torn, home | torn), (leaving, bound | leaving)]
    both = together(
        *(ratios_of(cut.cells, a[:, None].astype(np.float64), b[:, None].astype(np.float64)) for a, b in parts)
    )
    held = [bases_of(cut.cells, b[:, None])[0] for _, b in parts]
    least = min(held, key=lambda b: (b.unweighted, b.effective))
    first, second = estimates_of(cut.design, cut.cells, both, held, "share")
    return [first, second, estimates_of(cut.design, cut.cells, combined(both, [1, -1]), [least], "points")[0]]


def _who(desk: Desk, plan: Conflict, cells: dict[tuple[int, str, int], str]) -> Grid:
    columns = tuple(Column(id, label) for id, _, _, label in TYPES)
    absent = LocalText.of(ru="–", en="–")
    lines = []
    for name, codes in plan.who:
        item = desk.context.items[name]
        for option in (o for o in item.options if o.code in codes):
            found = tuple(cells.get((n, name, option.code), absent) for n in range(len(TYPES)))
            label = LocalText.from_mapping({n: f"{item.label.get(n)}: {option.label.get(n)}" for n in LANGUAGES})
            lines.append(Line(f"{name}.{option.code}", label, found))
    return Grid("who", LocalText.of(ru="Кто они", en="Who they are"), columns, tuple(lines))
