"""One question against one banner.

To add a kind of row: 1. ``RowKind`` in ``values``; 2. where it stands, in ``layout.stub``; 3. its target in ``target_of``; 4. a test.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import groupby
from typing import assert_never

from posad.core.numbers import half_up
from posad.core.place import Place
from posad.core.problems import Problem, near, problem
from posad.core.words import LocalText
from posad.kernel.values import Bases, Estimate
from posad.store.keys import answered, item_keys
from posad.study.expressions.tree import Expression
from posad.study.plans.values import BannerPart
from posad.study.plans.variables import nets_of
from posad.study.questionnaire.values import Item, Kind
from posad.tabulation.cells import (
    People,
    Target,
    answers_per_person,
    each_base,
    estimates,
    in_base,
    in_nest,
    mean_of,
    share_of,
    tier,
)
from posad.tabulation.context import NOWHERE, Context, Cut
from posad.tabulation.layout import COUNTED, Head, heads, stub, variables_in
from posad.tabulation.layout.trends import fill_changes, wave_notes
from posad.tabulation.values import Row, Table, Tier
from posad.tabulation.wording import base_text, item_title

SEVERAL = LocalText.of(
    ru="Можно было дать несколько ответов, поэтому доли в сумме не дают 100 %.",
    en="Several answers were possible, so shares do not add to 100%.",
)
OVERLAP = LocalText.of(
    ru="Один человек может входить в несколько групп, поэтому доли в сумме не дают 100 %.",
    en="One person may be in several groups, so shares do not add to 100%.",
)
ROUNDED = LocalText.of(
    ru="Каждая доля округлена отдельно, поэтому напечатанные доли могут не давать в сумме 100 % или долю общей строки.",
    en="Each share is rounded by itself, so printed shares may not add to 100% or to the share of their net.",
)
SIMULATED = LocalText.of(ru="Респонденты смоделированы.", en="The respondents are simulated.")
_LOW: Mapping[Tier, LocalText] = {
    "hidden": LocalText.of(
        ru="Столбцы с базой меньше 30 (опрошенных или эффективной) скрыты.",
        en="Columns with a base under 30 (respondents or effective) are hidden.",
    ),
    "no_tests": LocalText.of(
        ru="База 30–49: только для ориентира, без проверки различий.",
        en="Base of 30–49: indicative only, differences are not tested.",
    ),
    "flagged": LocalText.of(ru="База 50–99: мало опрошенных.", en="Base of 50–99: few respondents."),
}


def make_table(
    context: Context,
    item_id: str,
    banner: Sequence[BannerPart] = (),
    *,
    filter: Expression | None = None,
    weight: str | None = None,
    total: bool = True,
    nets: Sequence[str] = (),
    book: str = "",
    place: Place = NOWHERE,
) -> tuple[Table | None, list[Problem]]:
    """Return the table of an item by a banner, and everything wrong with what was asked.

    Args:
        context: The study and its answers.
        item_id: A question, an item of a grid or a grouping variable.
        banner: Blocks of columns; Total alone where there is none.
        filter: Only the people for whom this is true.
        weight: A weight plan's id; the default weight where None.
        total: Whether the first column is Total.
        nets: Built-in nets to show beside the declared ones, such as ``top2``.
        book: The book the table belongs to, for its id.
        place: Where the table was asked for.
    """
    item, problems = find_item(context, item_id, place)
    columns, more = columns_of(context, banner, total)
    problems += more + check_weight(context, weight, place)
    extra: list[Row] = []
    if item is not None:
        extra, more = asked_nets(context, item, nets, place)
        problems += more
    if item is None or problems:
        return None, problems
    rows = stub(item, declared_nets(context, item), extra)
    where = context.where(filter)
    cells: dict[tuple[str, str], Estimate] = {}
    held: dict[str, Bases] = {}
    for cut, block in cuts(context, item, [h for h in columns if not h.previous], weight, where):
        fill(cut, item, rows, block, cells, held)
    changes = fill_changes(context, item, rows, columns, (weight, where), target_of, cells, held)
    silent, asked = missing_answers(context, item, filter)
    silence = (_silence(silent, asked, item.ask_if is not None),) if silent else ()
    return Table(
        id=f"{book}/{item.id}" if book else item.id,
        item=item.id,
        title=item.label,
        question=item_title(context.study, item),
        base_text=who_answered(context, item, filter, weight),
        weight=context.weight(weight),
        rows=rows,
        columns=tuple(h.column for h in columns),
        cells=cells,
        bases=held,
        tiers={id: tier(base) for id, base in held.items()},
        notes=(*silence, *notes(context, item, rows, cells, held), *wave_notes(context, item, columns, filter)),
        simulated=context.simulated,
        changes=changes,
    ), []


def columns_of(
    context: Context, banner: Sequence[BannerPart], total: bool = True
) -> tuple[tuple[Head, ...], list[Problem]]:
    """Return the columns of a banner, made once for all tables of a context, and what is wrong with it."""
    asked = tuple(banner), total
    if asked not in context.heads:
        context.heads[asked] = heads(context.study, banner, total)
    found, problems = context.heads[asked]
    return found, list(problems)


def find_item(context: Context, item_id: str, place: Place) -> tuple[Item | None, list[Problem]]:
    """Return an item that answers can be counted of, or why it cannot be."""
    item = context.items.get(item_id)
    if item is None:
        known = context.items
        if context.study.questionnaire.question(item_id) is not None:
            rows = [i for i in known if known[i].question == item_id]
            return None, [problem("table-item-is-grid", place, name=item_id, known=", ".join(rows[:4]))]
        return None, [problem("table-item-unknown", place, name=item_id, near=near(item_id, known))]
    if item.kind not in COUNTED:
        return None, [problem("table-item-not-counted", place, name=item_id)]
    return item, []


def check_weight(context: Context, weight: str | None, place: Place) -> list[Problem]:
    """Return what is wrong with the weight asked for."""
    if weight is not None and context.study.weight(weight) is None:
        known = [w.id for w in context.study.weights]
        return [problem("table-weight-unknown", place, name=weight, near=near(weight, known))]
    if not context.weighted(weight):
        plan = context.plan(weight)
        return [problem("table-weight-not-made", place, name=plan.id if plan else "")]
    return []


def declared_nets(context: Context, item: Item) -> list[Row]:
    """Return the nets that the study declares for an item, as lines of a table."""
    names = {n.id for n in context.study.nets if n.item in (item.id, item.question)}
    found = nets_of(item, context.study.nets)
    return [Row(n.id, "net", n.label, tuple(n.codes)) for n in found.values() if n.id in names]


def asked_nets(context: Context, item: Item, nets: Sequence[str], place: Place) -> tuple[list[Row], list[Problem]]:
    """Return nets asked for by name, built-in ones among them."""
    known = nets_of(item, context.study.nets)
    shown = {r.id for r in declared_nets(context, item)}
    wrong = [
        problem("table-net-unknown", place, net=n, name=item.id, near=near(n, known)) for n in nets if n not in known
    ]
    rows = [known[n] for n in nets if n in known and n not in shown]
    return [Row(n.id, "net", n.label, tuple(n.codes)) for n in rows], wrong


def cuts(
    context: Context, item: Item, columns: Sequence[Head], weight: str | None, where: str | None
) -> Iterator[tuple[Cut, list[Head]]]:
    """Yield the sums behind neighbouring columns cut by the same variables, with those columns."""
    for _, group in groupby(columns, key=lambda h: tuple(i.id for i, _ in h.nest)):
        block = list(group)
        yield context.cut((item, *variables_in(h.nest for h in block)), weight, where), block


def fill(
    cut: Cut,
    item: Item,
    rows: Sequence[Row],
    block: Sequence[Head],
    cells: dict[tuple[str, str], Estimate],
    held: dict[str, Bases],
) -> None:
    """Add the cells and bases of a few columns to those of a table."""
    base = in_base(cut, item)
    people = [in_nest(cut, h.nest) for h in block]
    targets = [target_of(cut, item, row, p) for p in people for row in rows]
    found = iter(estimates(cut, targets))
    for head, known in zip(block, each_base(cut, [base & p for p in people]), strict=True):
        held[head.column.id] = known
        for row in rows:
            cells[row.id, head.column.id] = next(found)


def target_of(cut: Cut, item: Item, row: Row, people: People) -> Target:
    """Return what a line counts among some people, as a ratio of two sums."""
    match row.kind:
        case "answer" | "net":
            return share_of(cut, item, row.codes, people)
        case "mean":
            return mean_of(cut, item, people)
        case "answers_per_person":
            return answers_per_person(cut, item, people)
        case "median" | "sd":
            raise ValueError(f"{row.kind} is no ratio of sums")
        case _:
            assert_never(row.kind)


def missing_answers(context: Context, item: Item, filter: Expression | None) -> tuple[int, int]:
    """Return how many of those asked (as far as the routing tells) gave no answer, and how many were asked."""
    if filter is not None:
        return _missing(context, item, filter)
    return context.recall(tuple[int, int], f"missing {item.id}", lambda: _missing(context, item, None))


def _missing(context: Context, item: Item, filter: Expression | None) -> tuple[int, int]:
    asked = context.where(filter, item.ask_if)
    sums = context.moments(item_keys(item), None, asked)
    there = answered(sums.keys[0])
    return int(sums.n[~there].sum()), int(sums.n.sum())


def who_answered(
    context: Context, item: Item, filter: Expression | None = None, weight: str | None = None
) -> LocalText:
    """Return who an item's numbers stand for, as the answers are: silent people, strays and people without a weight named."""
    if filter is not None:
        return _who(context, item, filter, weight)
    plan = context.plan(weight)
    key = f"who {item.id} by {plan.id if plan is not None else ''}"
    return context.recall(LocalText, key, lambda: _who(context, item, None, weight))


def _who(context: Context, item: Item, filter: Expression | None, weight: str | None) -> LocalText:
    silent, _ = missing_answers(context, item, filter)
    strays = 0
    if item.ask_if is not None:
        sums = [context.moments(item_keys(item), None, context.where(filter, c)) for c in (None, item.ask_if)]
        all_, asked = (int(s.n[answered(s.keys[0])].sum()) for s in sums)
        strays = all_ - asked
    weightless = 0 if context.weight(weight) is None else context.people() - context.design(weight).respondents
    return base_text(context.study, item, filter, silent == 0, strays=strays, weightless=weightless)


def notes(
    context: Context,
    item: Item,
    rows: Sequence[Row],
    cells: Mapping[tuple[str, str], Estimate],
    held: Mapping[str, Bases],
) -> tuple[LocalText, ...]:
    """Return the remarks to print under a table."""
    found = [SIMULATED] if context.simulated else []
    if item.kind is Kind.MULTIPLE:
        found += several_notes(item, context.study.variable(item.id) is not None)
    elif item.kind is not Kind.NUMBER and not adds_up(rows, cells, _shown(held)):
        found.append(ROUNDED)
    tiers = {tier(base) for base in held.values()}
    return (*found, *(text for name, text in _LOW.items() if name in tiers))


def _shown(held: Mapping[str, Bases]) -> list[str]:
    """Return the columns of shares that are printed."""
    return [c for c in held if tier(held[c]) != "hidden" and not c.startswith("change:")]


def several_notes(item: Item, grouped: bool = False) -> list[LocalText]:
    """Return the remarks on several answers: shares do not add up, and under a limit one answer leaves less room for others.

    Where people are ``grouped`` by the study nobody gave several answers; groups overlap.
    """
    if grouped:
        return [OVERLAP]
    if item.limit is None:
        return [SEVERAL]
    n = item.limit
    ru = f"Можно было отметить не больше {n}: кто выбрал одно, тому осталось меньше места для другого, и доли ответов зависят друг от друга."
    en = f"At most {n} could be chosen: choosing one leaves less room for the others, so the shares depend on one another."
    return [SEVERAL, LocalText.of(ru=ru, en=en)]


def _silence(silent: int, asked: int, routed: bool) -> LocalText:
    if routed:
        return LocalText.of(
            ru=f"Без ответа: {silent} из {asked} тех, кому вопрос задан.",
            en=f"No answer: {silent} of {asked} who were asked.",
        )
    return LocalText.of(
        ru=f"Нет ответа (не спросили или не ответили): {silent} из {asked}.",
        en=f"No answer (not asked or not given): {silent} of {asked}.",
    )


def adds_up(rows: Sequence[Row], cells: Mapping[tuple[str, str], Estimate], columns: Sequence[str]) -> bool:
    """Tell whether, in every column, the printed shares add to 100 and the parts of each net to the net as printed."""
    answers = {r.codes[0]: r.id for r in rows if r.kind == "answer"}
    sums = [(tuple(answers), None), *((r.codes, r.id) for r in rows if r.kind == "net")]
    for column in columns:
        for codes, whole in sums:
            parts = [_printed(cells[answers[c], column]) for c in codes if c in answers]
            goal = 100 if whole is None else _printed(cells[whole, column])
            if None not in parts and goal is not None and sum(p for p in parts if p is not None) != goal:
                return False
    return True


def _printed(estimate: Estimate) -> int | None:
    return None if estimate.value is None else int(half_up(Decimal(repr(estimate.value)).scaleb(2)))
