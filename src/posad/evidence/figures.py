"""A chart as addresses of numbers: what the bars, the series and the brackets are.

To add a kind of chart: 1. its name in ``FigureKind``; 2. its bars and series in ``layouts.SHAPES``; 3. its drawing in every writer; 4. a test.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import cast

from posad.core.place import Place
from posad.core.problems import Problem, near, problem
from posad.core.words import LocalText
from posad.evidence.facts import settle
from posad.evidence.layouts import SHAPES, Ask, address_in, axis, heads, joined, map_groups, on_axis
from posad.evidence.territory.figures import map_figure
from posad.evidence.texts import answer_type
from posad.evidence.values import Bar, Bracket, Figure, FigureKind, Series
from posad.study.addresses.resolving import measure_of
from posad.study.plans.values import FigurePlan, Net, Study
from posad.study.plans.variables import nets_of
from posad.study.questionnaire.values import Item, Kind
from posad.tabulation.context import Context
from posad.tabulation.layout import pinned
from posad.tabulation.measures import measure
from posad.tabulation.tables import missing_answers, several_notes, who_answered
from posad.tabulation.wording import base_text, item_title


def make_figure(
    study: Study, figure_id: str, place: Place, *, context: Context | None = None
) -> tuple[Figure | None, list[Problem]]:
    """Return a chart by the id of a declared figure, or of a question, an item or a grouping variable.

    Args:
        study: The study.
        figure_id: ``move`` in ``![…](#chart:move)``.
        place: Where the chart is asked for.
        context: The answers; needed only to sort bars by their numbers.
    """
    if context is None or context.study is not study:
        return _made(study, figure_id, place, context)
    if figure_id in context.figures:  # the same in every language
        return cast(Figure, context.figures[figure_id]), []
    figure, problems = _made(study, figure_id, place, context)
    if figure is not None and not problems:
        context.figures[figure_id] = figure
    return figure, problems


def _made(study: Study, figure_id: str, place: Place, context: Context | None) -> tuple[Figure | None, list[Problem]]:
    mapped = next((f for f in study.figures if f.id == figure_id and f.territory is not None), None)
    if mapped is not None:
        return map_figure(study, mapped, place, context)
    ask, problems = _understand(study, figure_id, place)
    if ask is None:
        return None, problems
    series, bars = SHAPES[ask.kind](ask)
    brackets, more = _brackets(ask, series, place)
    if context is not None and ask.plan.sort == "descending":
        bars = _sorted(context, ask, bars, brackets)
    question = _question(ask)
    several = ask.items[0].kind is Kind.MULTIPLE and ask.measure is None
    grouped = study.variable(ask.items[0].id) is not None
    return Figure(
        id=figure_id,
        kind=ask.kind,
        title=ask.plan.title or question,
        question=question,
        answer_type=answer_type(ask.items, ask.measure == "mean", grouped),
        base_text=_base(ask, context),
        series=tuple(series),
        bars=tuple(bars),
        brackets=tuple(brackets),
        notes=tuple(several_notes(ask.items[0], grouped)) if several else (),
        simulated=context.simulated if context is not None else any(a.simulated for a in study.answers),
        poles=_poles(ask),
        groups=map_groups(ask),
    ), [*problems, *more]


def _poles(ask: Ask) -> tuple[tuple[str, ...], tuple[str, ...]]:
    negative, positive = ask.plan.poles
    return tuple(map(str, negative)), tuple(map(str, positive))


def _base(ask: Ask, context: Context | None) -> LocalText:
    """Return whom a chart stands for; of several items in one chart only whether everybody asked answered all is told."""
    if context is None or len(ask.items) > 1:
        complete = context is None or all(missing_answers(context, i, None)[0] == 0 for i in ask.items)
        return base_text(ask.study, ask.items[0], complete=complete)
    return who_answered(context, ask.items[0])


def find_items(study: Study, name: str) -> tuple[Item, ...]:
    """Return the item of a name, or all items of a grid, or those of one of its criteria (``firms.comfort``)."""
    item = study.item(name)
    if item is not None:
        return (item,)
    question, _, criterion = name.partition(".")
    found = [i for i in study.questionnaire.items() if i.question == question]
    return tuple(i for i in found if not criterion or i.criterion == criterion)


def _understand(study: Study, figure_id: str, place: Place) -> tuple[Ask | None, list[Problem]]:
    declared = next((f for f in study.figures if f.id == figure_id), None)
    if declared is not None and not declared.of:  # what is wrong with it was told where it is declared
        return None, []
    plan = declared or FigurePlan(figure_id, (figure_id,), place)
    items = tuple(i for name in plan.of for i in find_items(study, name))
    if not items:
        known = [*(f.id for f in study.figures), *(q.id for q in study.questionnaire.questions)]
        known += [v.id for v in study.variables]
        return None, [problem("chart-unknown", place, name=figure_id, near=near(figure_id, known))]
    measure_name = plan.measure or ("mean" if items[0].kind is Kind.NUMBER else None)
    kind = cast(FigureKind, plan.kind or _default_kind(items, plan, measure_name))
    wrong = _unfit(items, kind, measure_name or ",".join(plan.measures) or None, figure_id, place)
    by = study.item(plan.by) if plan.by else None
    if plan.by and by is None:
        wrong.append(problem("chart-group-unknown", place, name=plan.by, figure=figure_id))
    ask = Ask(study, plan, items, by, kind, measure_name, declared is not None, plan.measures)
    wrong += [] if wrong else [*_unmeasured(ask, place), *_off_map(ask, place)]
    return (None, wrong) if wrong else (ask, [])


def _unmeasured(ask: Ask, place: Place) -> Iterator[Problem]:
    """Yield what is wrong with the columns of a chart: a measure that there is not, or shares beside means."""
    if ask.kind != "columns":
        return
    wanted = ask.measures or ((ask.measure,) if ask.measure else ())
    found = {name: measure_of(item, name, ask.study) for item in ask.items for name in wanted}
    yield from (
        problem("figure-unknown-measure", place, name=name, item=ask.items[0].id)
        for name, m in found.items()
        if m is None
    )
    if len({m.kind for m in found.values() if m is not None}) > 1:
        yield problem("chart-measures-mixed", place, name=ask.plan.id)


def _off_map(ask: Ask, place: Place) -> Iterator[Problem]:
    """Yield what is wrong with the axes and the groups of a map."""
    if ask.kind != "map":
        return
    for end in ("x", "y"):
        (criterion, word), found = axis(ask.plan, end), on_axis(ask, end)
        item = next(iter(found.values()), None)
        if not word or item is None or measure_of(item, word, ask.study) is None:
            known = sorted({i.criterion for i in ask.items if i.criterion})
            written = ".".join(w for w in (criterion, word) if w)
            yield problem(
                "chart-axis-unknown", place, name=ask.plan.id, axis=end, written=written, known=", ".join(known)
            )
    rows = on_axis(ask, "x")
    for group in ask.plan.groups:
        for row in group.rows:
            if row not in rows:
                yield problem("chart-map-row-unknown", place, name=ask.plan.id, row=row, near=near(row, rows))
    if len(ask.plan.groups) > 6:
        yield problem("chart-map-groups-many", place, name=ask.plan.id)


def _default_kind(items: Sequence[Item], plan: FigurePlan, measure_name: str | None) -> str:
    if measure_name is not None or items[0].kind is Kind.MULTIPLE:
        return "dots" if plan.by else "ranked"
    return "stacked"


def _unfit(items: Sequence[Item], kind: str, measure_name: str | None, figure_id: str, place: Place) -> list[Problem]:
    if any(i.kind in (Kind.OPEN, Kind.TERRITORY) for i in items):
        return [problem("chart-not-counted", place, name=figure_id)]
    if kind in ("stacked", "diverging"):
        if any(i.kind is Kind.MULTIPLE for i in items):
            return [problem("chart-several-stacked", place, name=figure_id, kind=kind)]
        if any(i.kind is Kind.NUMBER for i in items):
            return [problem("chart-number-stacked", place, name=figure_id, kind=kind)]
    if kind == "map":
        return []
    if len(items) > 1 and measure_name is None:
        codes = {tuple(o.code for o in i.options) for i in items}
        if kind not in ("stacked", "diverging"):
            return [problem("chart-measure-missing", place, name=figure_id, kind=kind)]
        if len(codes) > 1:
            return [problem("chart-answers-differ", place, name=figure_id)]
    return []


def _brackets(ask: Ask, series: Sequence[Series], place: Place) -> tuple[list[Bracket], list[Problem]]:
    """Return the nets drawn over neighbouring answers; one asked for that is not of neighbours is said."""
    if ask.kind not in ("stacked", "diverging"):
        return [], []
    item = ask.items[0]
    known = nets_of(item, ask.study.nets)
    names = (
        ask.plan.nets
        if ask.declared
        else [n for n, net in known.items() if net in ask.study.nets and len(net.codes) > 1]
    )
    group = heads(ask)[0][2]
    made: list[Bracket] = []
    problems: list[Problem] = []
    for name in names:
        net = known.get(name)
        if net is not None and not net.codes:  # declared in name only: its mistake was told
            continue
        ends = _ends(net, series) if net is not None else None
        if net is None or ends is None:
            if ask.declared:
                problems.append(problem("chart-net-scattered", place, net=name, name=ask.plan.id))
            continue
        made.append(Bracket(ends[0], ends[1], address_in(ask, item, net.id, group), net.label))
    return made, problems


def _ends(net: Net, series: Sequence[Series]) -> tuple[str, str] | None:
    order = [s.id for s in series]
    places = sorted(order.index(str(c)) for c in net.codes if str(c) in order)
    if len(places) != len(set(net.codes)) or not places or places[-1] - places[0] != len(places) - 1:
        return None
    return order[places[0]], order[places[-1]]


def _sorted(context: Context, ask: Ask, bars: Sequence[Bar], brackets: Sequence[Bracket]) -> list[Bar]:
    """Return bars from the largest number down, by the first series; Total first, pinned answers last, as declared."""
    last = {str(o.code) for o in ask.items[0].options if pinned(o)} if ask.measure is None else set()

    def rank(bar: Bar) -> tuple[bool, bool, float]:
        resolved, _ = settle(context.study, bar.cells[0], ask.plan.place)
        value = None if resolved is None else measure(context, resolved).value
        return bar.id in last, bar.id != "total", -(value if value is not None else -1.0)

    return sorted(bars, key=rank)


def _question(ask: Ask) -> LocalText:
    first = ask.items[0]
    question = ask.study.questionnaire.question(first.question)
    if len(ask.items) == 1 or question is None:
        return item_title(ask.study, first)
    criteria = {i.criterion for i in ask.items}
    label = next((c.label for c in question.criteria if {c.id} == criteria), LocalText())
    return joined(question.text, label)


def addresses_of(figure: Figure) -> tuple[str, ...]:
    """Return the addresses of every number a figure shows, each once."""
    return tuple(
        dict.fromkeys(
            [a for b in figure.bars for a in (*b.cells, *((b.tilt,) if b.tilt else ()))]
            + [b.address for b in figure.brackets]
        )
    )


__all__ = ["addresses_of", "find_items", "make_figure"]
