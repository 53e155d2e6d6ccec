"""The bars and series of each kind of chart: what a figure's plan comes to, as addresses.

To add a kind of chart: 1. a function here that returns its series and bars; 2. its line in ``SHAPES``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from posad.core.words import LocalText
from posad.evidence.colours import roles_of
from posad.evidence.values import Bar, FigureKind, Series
from posad.study.addresses import address_of, group_name
from posad.study.addresses.resolving import measure_of
from posad.study.plans.values import FigurePlan, Study
from posad.study.plans.variables import nets_of
from posad.study.questionnaire.values import Item, Option, Role
from posad.tabulation.layout import TOTAL, pinned
from posad.tabulation.wording import LANGUAGES


@dataclass(frozen=True, slots=True)
class Ask:
    """A figure's plan with its names found."""

    study: Study
    plan: FigurePlan
    items: tuple[Item, ...]
    by: Item | None
    kind: FigureKind
    measure: str | None
    declared: bool
    measures: tuple[str, ...] = ()


Heads = Sequence[tuple[str, LocalText, int | None]]


def heads(ask: Ask) -> Heads:
    """Return everybody and the groups: id, label, code of the group (None for everybody)."""
    total: Heads = [("total", TOTAL.labels[0], None)]
    if ask.by is None:
        return total
    groups = [(group_name(ask.study, ask.by, o.code), o.label, o.code) for o in ask.by.options]
    return [*(total if ask.plan.total else ()), *groups]


def address_in(ask: Ask, item: Item, measure_name: str, group: int | None) -> str:
    """Return the address of an item's measure, in a group of the figure's variable or among everybody."""
    return address_of(ask.study, item, measure_name, ask.by if group is not None else None, group)


def _shown(item: Item) -> list[Option]:
    """Return the answers a chart shows: those out of the base left out, pinned ones last."""
    inside = [o for o in item.options if Role.OUT_OF_BASE not in o.roles]
    return sorted(inside, key=pinned)


def _stacked(ask: Ask) -> tuple[list[Series], list[Bar]]:
    first = ask.items[0]
    nets = [n.codes for n in nets_of(first, ask.study.nets).values() if n in ask.study.nets]
    roles = roles_of(first, nets, ask.kind == "diverging", ask.plan.poles, ask.plan.colours)
    options = _shown(first)
    series = [Series(str(o.code), o.label or plain(o.code), roles[o.code]) for o in options]
    bars = []
    for item in ask.items:
        for id, label, group in heads(ask):
            words = joined(item.label if len(ask.items) > 1 else LocalText(), label if ask.by else LocalText())
            name = item.id if len(ask.items) > 1 else ""
            bar_id = ":".join(part for part in (name, id if ask.by or not name else "") if part)
            bars.append(Bar(bar_id, words, tuple(address_in(ask, item, s.id, group) for s in series)))
    return series, bars


def _ranked(ask: Ask) -> tuple[list[Series], list[Bar]]:
    """Return a line for each answer, each item or each group, and a series for each group that is not a line."""
    if ask.measure is not None and len(ask.items) == 1 and ask.kind == "ranked":
        series = [Series("value", LocalText(), "bar")]
        item = ask.items[0]
        return series, [Bar(id, label, (address_in(ask, item, ask.measure, g),)) for id, label, g in heads(ask)]
    listed = heads(ask)
    series = [_group_series(id, label, code, i, ask) for i, (id, label, code) in enumerate(listed)]
    if ask.measure is not None:
        measure_name = ask.measure
        lines = [(i.id, i.label, i, measure_name) for i in ask.items]
    else:
        item = ask.items[0]
        lines = [(str(o.code), o.label or plain(o.code), item, str(o.code)) for o in _shown(item)]
    bars = [Bar(id, label, tuple(address_in(ask, i, m, g) for _, _, g in listed)) for id, label, i, m in lines]
    return series, bars


def _group_series(id: str, label: LocalText, code: int | None, index: int, ask: Ask) -> Series:
    if ask.by is None:
        return Series("value", LocalText(), "bar")
    if code is None:
        return Series(id, label, "total")
    return Series(id, label, f"group-{index if ask.plan.total else index + 1}")


def _columns(ask: Ask) -> tuple[list[Series], list[Bar]]:
    """Return a group of columns for everybody and for each group, and in it a column for each item, measure or answer."""
    first = ask.items[0]
    if len(ask.items) > 1 and ask.measure is not None:
        parts = [(i.id, i.label, i, ask.measure) for i in ask.items]
    elif ask.measures or ask.measure:
        parts = [(m, _measure_label(ask, first, m), first, m) for m in ask.measures or (ask.measure or "",)]
    else:
        parts = [(str(o.code), o.label or plain(o.code), first, str(o.code)) for o in _shown(first)]
    series = [Series(id, label, f"answer-{n}") for n, (id, label, _, _) in enumerate(parts, 1)]
    bars = [Bar(id, label, tuple(address_in(ask, i, m, g) for _, _, i, m in parts)) for id, label, g in heads(ask)]
    return series, bars


def _measure_label(ask: Ask, item: Item, name: str) -> LocalText:
    found = measure_of(item, name, ask.study)
    return found.label if found is not None and found.label else LocalText()


def axis(plan: FigurePlan, end: str) -> tuple[str, str]:
    """Return the criterion and the measure of one axis of a map: ``comfort.top2``, or ``top2`` of a grid without criteria."""
    criterion, _, measure = ((plan.x if end == "x" else plan.y) or "").rpartition(".")
    return criterion, measure


def on_axis(ask: Ask, end: str) -> dict[str, Item]:
    """Return the items of one axis by the row they are of."""
    criterion, _ = axis(ask.plan, end)
    return {i.row or i.id: i for i in ask.items if not criterion or i.criterion == criterion}


def _map(ask: Ask) -> tuple[list[Series], list[Bar]]:
    """Return a point for each row of a grid, with what is measured along and upwards."""
    along, up = on_axis(ask, "x"), on_axis(ask, "y")
    ends = [("x", axis(ask.plan, "x"), along), ("y", axis(ask.plan, "y"), up)]
    series = [
        Series(id, _axis_label(ask, next(iter(items.values())), measure), "bar") for id, (_, measure), items in ends
    ]
    groups = {row: g.id for g in ask.plan.groups for row in g.rows}
    bars = [
        Bar(
            row,
            item.label,
            (address_in(ask, item, ends[0][1][1], None), address_in(ask, up[row], ends[1][1][1], None)),
            groups.get(row, ""),
        )
        for row, item in along.items()
        if row in up
    ]
    return series, bars


def _axis_label(ask: Ask, item: Item, measure: str) -> LocalText:
    """Return what an axis shows: the criterion's words and the measure's."""
    question = ask.study.questionnaire.question(item.question)
    criteria = question.criteria if question is not None else ()
    words = next((c.label for c in criteria if c.id == item.criterion), LocalText())
    return joined(words, _measure_label(ask, item, measure))


def map_groups(ask: Ask) -> tuple[Series, ...]:
    """Return the groups of rows of a map, each with a colour and, by it, a shape."""
    return tuple(Series(g.id, g.label, f"group-{n}") for n, g in enumerate(ask.plan.groups, 1))


SHAPES: Mapping[str, Callable[[Ask], tuple[list[Series], list[Bar]]]] = {
    "stacked": _stacked,
    "diverging": _stacked,
    "ranked": _ranked,
    "dots": _ranked,
    "columns": _columns,
    "map": _map,
}


def joined(first: LocalText, second: LocalText) -> LocalText:
    """Return two texts with a dash between them, or the one there is."""
    if not first or not second:
        return first or second
    return LocalText.from_mapping({lang: f"{first.get(lang)} – {second.get(lang)}" for lang in LANGUAGES})


def plain(code: int) -> LocalText:
    """Return a code as a text."""
    return LocalText.from_mapping({lang: str(code) for lang in LANGUAGES})


__all__ = ["SHAPES", "Ask", "address_in", "axis", "heads", "joined", "map_groups", "on_axis", "plain"]
