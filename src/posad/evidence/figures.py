"""A chart as addresses of numbers: what the bars, the series and the brackets are.

To add a kind of chart: 1. its name in ``FigureKind``; 2. its bars and series in ``_SHAPES``; 3. its drawing in every writer; 4. a test.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from posad.core.place import Place
from posad.core.problems import Problem, near, problem
from posad.core.words import LocalText
from posad.evidence.colours import roles_of
from posad.evidence.facts import settle
from posad.evidence.texts import answer_type
from posad.evidence.values import Bar, Bracket, Figure, FigureKind, Series
from posad.study.addresses import address_of, group_name
from posad.study.plans import FigurePlan, Net, Study
from posad.study.questionnaire.values import Item, Kind, Option, Role
from posad.study.variables import nets_of
from posad.tabulation.context import Context
from posad.tabulation.layout import TOTAL, pinned
from posad.tabulation.measures import measure
from posad.tabulation.tables import missing_answers, several_notes, who_answered
from posad.tabulation.wording import LANGUAGES, base_text, item_title


@dataclass(frozen=True, slots=True)
class _Ask:
    """A figure's plan with its names found."""

    study: Study
    plan: FigurePlan
    items: tuple[Item, ...]
    by: Item | None
    kind: FigureKind
    measure: str | None
    declared: bool


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
    ask, problems = _understand(study, figure_id, place)
    if ask is None:
        return None, problems
    series, bars = _SHAPES[ask.kind](ask)
    brackets, more = _brackets(ask, series, place)
    if context is not None and ask.plan.sort == "descending":
        bars = _sorted(context, ask, bars, brackets)
    question = _question(ask)
    several = ask.items[0].kind is Kind.MULTIPLE and ask.measure is None
    return Figure(
        id=figure_id,
        kind=ask.kind,
        title=ask.plan.title or question,
        question=question,
        answer_type=answer_type(ask.items, ask.measure == "mean"),
        base_text=_base(ask, context),
        series=tuple(series),
        bars=tuple(bars),
        brackets=tuple(brackets),
        notes=tuple(several_notes(ask.items[0])) if several else (),
        simulated=context.simulated if context is not None else any(a.simulated for a in study.answers),
    ), [*problems, *more]


def _base(ask: _Ask, context: Context | None) -> LocalText:
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


def _understand(study: Study, figure_id: str, place: Place) -> tuple[_Ask | None, list[Problem]]:
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
    wrong = _unfit(items, kind, measure_name, figure_id, place)
    by = study.item(plan.by) if plan.by else None
    if plan.by and by is None:
        wrong.append(problem("chart-group-unknown", place, name=plan.by, figure=figure_id))
    ask = _Ask(study, plan, items, by, kind, measure_name, declared is not None)
    return (None, wrong) if wrong else (ask, [])


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
    if len(items) > 1 and measure_name is None:
        codes = {tuple(o.code for o in i.options) for i in items}
        if kind not in ("stacked", "diverging"):
            return [problem("chart-measure-missing", place, name=figure_id, kind=kind)]
        if len(codes) > 1:
            return [problem("chart-answers-differ", place, name=figure_id)]
    return []


Heads = Sequence[tuple[str, LocalText, int | None]]


def _heads(ask: _Ask) -> Heads:
    """Return everybody and the groups: id, label, code of the group (None for everybody)."""
    total: Heads = [("total", TOTAL.labels[0], None)]
    if ask.by is None:
        return total
    groups = [(group_name(ask.study, ask.by, o.code), o.label, o.code) for o in ask.by.options]
    return [*(total if ask.plan.total else ()), *groups]


def _address(ask: _Ask, item: Item, measure_name: str, group: int | None) -> str:
    return address_of(ask.study, item, measure_name, ask.by if group is not None else None, group)


def _shown(item: Item) -> list[Option]:
    """Return the answers a chart shows: those out of the base left out, pinned ones last."""
    inside = [o for o in item.options if Role.OUT_OF_BASE not in o.roles]
    return sorted(inside, key=pinned)


def _stacked(ask: _Ask) -> tuple[list[Series], list[Bar]]:
    first = ask.items[0]
    nets = [n.codes for n in nets_of(first, ask.study.nets).values() if n in ask.study.nets]
    roles = roles_of(first, nets, poles=ask.kind == "diverging")
    options = _shown(first)
    series = [Series(str(o.code), o.label or _plain(o.code), roles[o.code]) for o in options]
    bars = []
    for item in ask.items:
        for id, label, group in _heads(ask):
            words = _joined(item.label if len(ask.items) > 1 else LocalText(), label if ask.by else LocalText())
            name = item.id if len(ask.items) > 1 else ""
            bar_id = ":".join(part for part in (name, id if ask.by or not name else "") if part)
            bars.append(Bar(bar_id, words, tuple(_address(ask, item, s.id, group) for s in series)))
    return series, bars


def _ranked(ask: _Ask) -> tuple[list[Series], list[Bar]]:
    """Return a line for each answer, each item or each group, and a series for each group that is not a line."""
    if ask.measure is not None and len(ask.items) == 1 and ask.kind == "ranked":
        series = [Series("value", LocalText(), "bar")]
        item = ask.items[0]
        return series, [Bar(id, label, (_address(ask, item, ask.measure, g),)) for id, label, g in _heads(ask)]
    heads = _heads(ask)
    series = [_group_series(id, label, code, i, ask) for i, (id, label, code) in enumerate(heads)]
    if ask.measure is not None:
        measure_name = ask.measure
        lines = [(i.id, i.label, i, measure_name) for i in ask.items]
    else:
        item = ask.items[0]
        lines = [(str(o.code), o.label or _plain(o.code), item, str(o.code)) for o in _shown(item)]
    bars = [Bar(id, label, tuple(_address(ask, i, m, g) for _, _, g in heads)) for id, label, i, m in lines]
    return series, bars


def _group_series(id: str, label: LocalText, code: int | None, index: int, ask: _Ask) -> Series:
    if ask.by is None:
        return Series("value", LocalText(), "bar")
    if code is None:
        return Series(id, label, "total")
    return Series(id, label, f"group-{index if ask.plan.total else index + 1}")


_SHAPES: Mapping[str, Callable[[_Ask], tuple[list[Series], list[Bar]]]] = {
    "stacked": _stacked,
    "diverging": _stacked,
    "ranked": _ranked,
    "dots": _ranked,
}


def _brackets(ask: _Ask, series: Sequence[Series], place: Place) -> tuple[list[Bracket], list[Problem]]:
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
    group = _heads(ask)[0][2]
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
        made.append(Bracket(ends[0], ends[1], _address(ask, item, net.id, group), net.label))
    return made, problems


def _ends(net: Net, series: Sequence[Series]) -> tuple[str, str] | None:
    order = [s.id for s in series]
    places = sorted(order.index(str(c)) for c in net.codes if str(c) in order)
    if len(places) != len(set(net.codes)) or not places or places[-1] - places[0] != len(places) - 1:
        return None
    return order[places[0]], order[places[-1]]


def _sorted(context: Context, ask: _Ask, bars: Sequence[Bar], brackets: Sequence[Bracket]) -> list[Bar]:
    """Return bars from the largest number down, by the first series; Total first, pinned answers last, as declared."""
    last = {str(o.code) for o in ask.items[0].options if pinned(o)} if ask.measure is None else set()

    def rank(bar: Bar) -> tuple[bool, bool, float]:
        resolved, _ = settle(context.study, bar.cells[0], ask.plan.place)
        value = None if resolved is None else measure(context, resolved).value
        return bar.id in last, bar.id != "total", -(value if value is not None else -1.0)

    return sorted(bars, key=rank)


def _question(ask: _Ask) -> LocalText:
    first = ask.items[0]
    question = ask.study.questionnaire.question(first.question)
    if len(ask.items) == 1 or question is None:
        return item_title(ask.study, first)
    criteria = {i.criterion for i in ask.items}
    label = next((c.label for c in question.criteria if {c.id} == criteria), LocalText())
    return _joined(question.text, label)


def _joined(first: LocalText, second: LocalText) -> LocalText:
    if not first or not second:
        return first or second
    return LocalText.from_mapping({lang: f"{first.get(lang)} – {second.get(lang)}" for lang in LANGUAGES})


def _plain(code: int) -> LocalText:
    return LocalText.from_mapping({lang: str(code) for lang in LANGUAGES})


def addresses_of(figure: Figure) -> tuple[str, ...]:
    """Return the addresses of every number a figure shows, each once."""
    return tuple(dict.fromkeys([a for b in figure.bars for a in b.cells] + [b.address for b in figure.brackets]))


__all__ = ["addresses_of", "find_items", "make_figure"]
