"""A table in the style of its book: percentages, statistics, order, columns left out, tests.

To add a statistic: 1. its name in ``study.folder.shapes`` and ``RowKind``; 2. its line in ``_LINES`` and its estimate in ``_statistic``;
3. a test.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import groupby

import numpy as np

from posad.core.place import Place
from posad.core.problems import Problem
from posad.core.words import LocalText
from posad.kernel.values import Estimate
from posad.study.expressions.tree import Expression
from posad.study.plans.values import USUAL_STYLE, BannerPart, TableStyle
from posad.study.questionnaire.values import Item, Kind
from posad.tabulation.book.letters import Block, lettered
from posad.tabulation.cells import (
    People,
    Target,
    chosen,
    estimates,
    in_base,
    in_mean,
    in_nest,
    mean_of,
    tier,
)
from posad.tabulation.context import NOWHERE, Context, Cut
from posad.tabulation.layout import MEAN, Head
from posad.tabulation.tables import columns_of, cuts, make_table, target_of
from posad.tabulation.values import Column, Row, RowKind, Table

MEDIAN = LocalText.of(ru="Медиана", en="Median")
DEVIATION = LocalText.of(ru="Стандартное отклонение", en="Standard deviation")
_LINES: dict[str, tuple[RowKind, LocalText]] = {
    "mean": ("mean", MEAN),
    "median": ("median", MEDIAN),
    "sd": ("sd", DEVIATION),
}
_PERCENT = {
    "row": LocalText.of(ru="Доли от всех, кто дал ответ строки.", en="Shares of all who gave the answer of the line."),
    "total": LocalText.of(ru="Доли от всех в базе таблицы.", en="Shares of everybody in the base of the table."),
}
_NOBODY_RULE = LocalText.of(ru="Правило малых баз изменено: {0}", en="The rule for small bases was changed: {0}")


def book_table(
    context: Context,
    item_id: str,
    banner: Sequence[BannerPart] = (),
    style: TableStyle = USUAL_STYLE,
    *,
    filter: Expression | None = None,
    weight: str | None = None,
    total: bool = True,
    book: str = "",
    place: Place = NOWHERE,
) -> tuple[Table | None, list[Problem]]:
    """Return the table of an item by a banner in a style, by default the usual one with its tests; see :func:`make_table`."""
    nets = [n for n in style.nets if _knows(context, item_id, n)]
    table, problems = make_table(
        context, item_id, banner, filter=filter, weight=weight, total=total, nets=nets, book=book, place=place
    )
    if table is None:
        return None, problems
    item = context.items[item_id]
    columns, _ = columns_of(context, banner, total)
    parts = list(cuts(context, item, [h for h in columns if not h.previous], weight, context.where(filter)))
    table = _by_rule(table, style)
    table = _with_statistics(table, item, parts, style)
    if style.percent == "column":
        blocks = [b for cut, group in parts for b in _blocks(cut, item, table.rows, group)]
        table = lettered(table, blocks, style.tests, item.kind in (Kind.SINGLE, Kind.SCALE))
    else:
        table = _with_percent(table, item, parts, style)
    return _arranged(table, style), problems


def _knows(context: Context, item_id: str, net: str) -> bool:
    """Tell whether an item has a built-in net; a book names nets for those of its questions that can have them."""
    from posad.study.plans.variables import nets_of

    item = context.items.get(item_id)
    return item is not None and net in nets_of(item, context.study.nets)


def _by_rule(table: Table, style: TableStyle) -> Table:
    """Return a table whose small bases are treated as the book says, with the reason printed."""
    rule = style.low_base
    if not rule.reason:
        return replace(table, style=style)
    said = {lang: _NOBODY_RULE.get(lang).format(rule.reason.get(lang)) for lang in ("ru", "en")}
    tiers = {id: tier(base, rule) for id, base in table.bases.items()}
    return replace(table, tiers=tiers, notes=(*table.notes, LocalText.from_mapping(said)), style=style)


def _with_statistics(table: Table, item: Item, parts: Sequence[tuple[Cut, list[Head]]], style: TableStyle) -> Table:
    """Return a table with the lines of statistics that its book asks for, where numbers or codes have them."""
    if item.kind is Kind.MULTIPLE:
        return table
    there = {r.kind for r in table.rows}
    lines = [line for name, line in _LINES.items() if name in style.statistics and line[0] not in there]
    if not lines:
        return table
    rows = [Row(kind, kind, label) for kind, label in lines]
    cells = dict(table.cells)
    for cut, group in parts:
        for head in group:
            for row in rows:
                cells[row.id, head.column.id] = _statistic(cut, item, row, in_nest(cut, head.nest))
    for column in table.columns:  # columns of changes
        for row in rows:
            empty = Estimate(None, None, None, None, table.bases[column.id], "difference", 0)
            cells.setdefault((row.id, column.id), empty)
    return replace(table, rows=(*table.rows, *rows), cells=cells)


def _statistic(cut: Cut, item: Item, row: Row, people: People) -> Estimate:
    from posad.kernel.estimators.quantiles import quantile
    from posad.kernel.estimators.spreads import standard_deviation

    if row.kind == "mean":
        return estimates(cut, [mean_of(cut, item, people)])[0]
    values = np.where(in_mean(cut, item) & people, cut.keys(item)[0], np.nan)
    make: Callable[..., Estimate] = quantile if row.kind == "median" else standard_deviation
    return make(cut.design, cut.cells, values)


def _blocks(cut: Cut, item: Item, rows: Sequence[Row], group: Sequence[Head]) -> list[Block]:
    """Return the blocks of columns of one cut, each with everybody beside it; Total is no block."""
    found = []
    everybody = in_nest(cut, ())
    for _, part in groupby([h for h in group if h.nest], key=lambda h: h.column.block):
        block = list(part)
        people = [in_nest(cut, h.nest) for h in block] + [everybody]
        lines = [r for r in rows if r.kind not in ("median", "sd")]  # those stand last and are not tested
        targets = tuple(tuple(target_of(cut, item, row, p) for p in people) for row in lines)
        found.append(Block(cut, tuple(h.column for h in block), targets, everybody=True))
    return found


def _with_percent(table: Table, item: Item, parts: Sequence[tuple[Cut, list[Head]]], style: TableStyle) -> Table:
    """Return a table whose shares are of those who gave the line's answer, or of everybody."""
    cells = dict(table.cells)
    rows = [r for r in table.rows if r.kind in ("answer", "net")]
    for cut, group in parts:
        base = in_base(cut, item)
        for head in group:
            inside = in_nest(cut, head.nest)
            targets = []
            for row in rows:
                gave = chosen(cut, item, row.codes) & base
                over = gave if style.percent == "row" else base
                targets.append(Target("share", (gave & inside & over).astype(np.float64), over))
            for row, made in zip(rows, estimates(cut, targets), strict=True):
                small = tier(made.bases, style.low_base) == "hidden"
                cells[row.id, head.column.id] = (
                    replace(made, value=None, se=None, low=None, high=None) if small else made
                )
    return replace(table, cells=cells, notes=(_PERCENT[style.percent], *table.notes))


def _arranged(table: Table, style: TableStyle) -> Table:
    """Return a table without what is hidden, sorted if asked; pinned answers and statistics keep their places."""
    hidden = set(style.hide)
    columns = tuple(c for c in table.columns if not _is_hidden(c, hidden)) or table.columns
    rows = tuple(r for r in table.rows if r.id not in hidden) or table.rows
    table = replace(table, columns=columns, rows=rows)
    if style.sort != "descending" or not columns:
        return table
    return replace(table, rows=_sorted(table, columns[0].id))


def _is_hidden(column: Column, hidden: set[str]) -> bool:
    parts = column.id.split(">")
    return column.id in hidden or any(p in hidden or p.split(":")[0] in hidden for p in parts)


def _sorted(table: Table, column: str) -> tuple[Row, ...]:
    """Return lines by their share, largest first, each net followed by its own parts, sorted alike."""

    def height(row: Row) -> float:
        value = table.cells[row.id, column].value
        return -1.0 if value is None else value

    def level(rows: Sequence[Row], indent: int) -> list[Row]:
        groups: list[list[Row]] = []
        for row in rows:
            if row.indent <= indent or not groups:
                groups.append([row])
            else:
                groups[-1].append(row)
        groups.sort(key=lambda g: -height(g[0]))
        return [r for g in groups for r in (g[0], *level(g[1:], indent + 1))]

    free = [r for r in table.rows if r.kind in ("answer", "net") and not r.pinned]
    last = [r for r in table.rows if r.pinned or r.kind not in ("answer", "net")]
    return (*level(free, 0), *last)
