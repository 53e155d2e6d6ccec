"""Services in charts and tables."""

from __future__ import annotations

from collections.abc import Mapping

from posad.analysis.kinds.towns.services.counting import Found, Side
from posad.analysis.kinds.towns.services.planning import ServicesPlan
from posad.analysis.saying.speaking import Desk, p_text
from posad.analysis.values import Column, Grid, Line
from posad.core.words import LocalText
from posad.evidence.values import Bar, Figure, Series

ROLES = {"online": "step-10", "mixed": "step-6", "offline": "step-2", "none": "answer-2", "rest": "missing"}
DASH = LocalText.of(ru="–", en="–")


def figures_of(desk: Desk, found: Found, names: Mapping[str, LocalText]) -> list[Figure]:
    """Return the chart of the ways, and that of the digital part by groups."""
    context, id = desk.context, desk.declared.id
    ways = [w for w in names if any((r.shares[w].value or 0.0) > 0 for r in found.rows)]
    order = sorted(found.rows, key=lambda r: -((r.shares["online"].value or 0.0) + (r.shares["mixed"].value or 0.0)))
    bars = tuple(Bar(r.row, r.label_of.label, tuple(f"analysis:{id}/{r.row}.{w}" for w in ways)) for r in order)
    series = tuple(Series(w, names[w], ROLES[w]) for w in ways)
    kind = LocalText.of(ru="% ответивших", en="% of those who answered")
    found_ = [
        Figure(f"analysis:{id}", "stacked", desk.declared.title, desk.about, kind, desk.base_text, series, bars, simulated=context.simulated)
    ]  # fmt: skip
    if found.sides:
        lines = tuple(
            Bar(f"{s.item.id}.{c}", _label(s, c), (f"analysis:{id}/divide.{s.item.id}.{c}",))
            for s in found.sides
            for c in s.codes
        )
        title = LocalText.of(
            ru="Какая часть услуг – хотя бы отчасти онлайн", en="What part of services is at least partly online"
        )
        used = LocalText.of(
            ru="% услуг, которыми пользуются люди группы", en="% of the services that people of the group use"
        )
        one = (Series("digital", LocalText.of(ru="цифровая доля", en="digital part"), "group-1"),)
        id_, about, base = f"analysis:{id}/divide", desk.about, desk.base_text
        found_.append(Figure(id_, "dots", title, about, used, base, one, lines, simulated=context.simulated))
    return found_


def _label(side: Side, code: int) -> LocalText:
    return next(o.label for o in side.item.options if o.code == code)


def grids_of(desk: Desk, found: Found, names: Mapping[str, LocalText]) -> list[Grid]:
    """Return the table of the ways, that of the groups, and that of the index's rows."""
    id = desk.declared.id
    columns = [Column(w, names[w]) for w in names]
    lead = Column("p", LocalText.of(ru="p первенства", en="p of the lead"))
    lines = [
        Line(r.row, r.label_of.label, (*(f"analysis:{id}/{r.row}.{w}" for w in names), p_text(r.p))) for r in found.rows
    ]
    title = LocalText.of(ru="Пути получения услуг", en="Ways of getting services")
    note = LocalText.of(
        ru="p первенства: самый частый из трёх путей против второго, поправка Холма на все услуги.",
        en="p of the lead: the most frequent of the three ways against the next one, by Holm over all services.",
    )
    grids = [Grid("ways", title, (*columns, lead), tuple(lines), (note,))]
    if found.sides:
        grids.append(_groups(id, found))
    plan: ServicesPlan = desk.declared.plan
    if found.index is not None and plan.parts:
        rows = [
            Line(row, item.label, tuple(f"analysis:{id}/index.{row}{end}" for end in ("", ".rest", ".without")))
            for row, item, _, _, _ in found.index.rows
        ]
        heads = (
            Column("mean", LocalText.of(ru="Среднее", en="Mean")),
            Column("rest", LocalText.of(ru="Связь с остальными", en="With the rest")),
            Column("without", LocalText.of(ru="Альфа без строки", en="Alpha without")),
        )
        grids.append(Grid("index", LocalText.of(ru="Строки показателя", en="Rows of the index"), heads, tuple(rows)))
    return grids


def _groups(id: str, found: Found) -> Grid:
    columns = [Column("digital", LocalText.of(ru="Цифровая доля", en="Digital part"))]
    index = {s.item.id: s for s in found.index.sides} if found.index is not None else {}
    if index:
        columns.append(Column("index", LocalText.of(ru="Показатель", en="Index")))
    lines = []
    for side in found.sides:
        for code in side.codes:
            cells: list[str | LocalText] = [f"analysis:{id}/divide.{side.item.id}.{code}"]
            if index:
                there = side.item.id in index and code in index[side.item.id].codes
                cells.append(f"analysis:{id}/modern.{side.item.id}.{code}" if there else DASH)
            lines.append(Line(f"{side.item.id}.{code}", _label(side, code), tuple(cells)))
    return Grid("groups", LocalText.of(ru="По группам", en="By group"), tuple(columns), tuple(lines))
