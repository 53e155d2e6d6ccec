"""A question asked by rows as one table: a column for each row, a line for each answer.

Each row of a grid has a base of its own (people who don't know a company are out of it), so rows are columns here; a writer may turn
the table round.
"""

from __future__ import annotations

from collections.abc import Sequence

from posad.core.place import Place
from posad.core.problems import Problem, near, problem
from posad.core.words import LocalText
from posad.kernel.values import Bases, Estimate
from posad.study.expressions.tree import Expression
from posad.study.plans.values import USUAL_TESTS, BannerPart, TestPlan
from posad.study.questionnaire.values import Item, Kind, Question
from posad.tabulation.book.letters import Block, lettered
from posad.tabulation.cells import in_nest, tier
from posad.tabulation.context import NOWHERE, Context
from posad.tabulation.layout import COUNTED, Head, stub
from posad.tabulation.tables import (
    asked_nets,
    check_weight,
    declared_nets,
    fill,
    make_table,
    missing_answers,
    notes,
    target_of,
)
from posad.tabulation.values import Column, Row, Table
from posad.tabulation.wording import LANGUAGES, base_text


def make_grid_table(
    context: Context,
    question_id: str,
    *,
    criterion: str | None = None,
    filter: Expression | None = None,
    weight: str | None = None,
    nets: Sequence[str] = (),
    tests: TestPlan = USUAL_TESTS,
    book: str = "",
    place: Place = NOWHERE,
) -> tuple[Table | None, list[Problem]]:
    """Return a grid question as one table, its rows as columns, for one criterion, with tests between the rows.

    Args:
        context: The study and its answers.
        question_id: A question asked by rows.
        criterion: Which criterion; may be left out where there is at most one.
        filter: Only the people for whom this is true.
        weight: A weight plan's id; the default weight where None.
        nets: Built-in nets to show beside the declared ones, such as ``top2``.
        tests: How rows are tested against one another.
        book: The book the table belongs to, for its id.
        place: Where the table was asked for.
    """
    question, items, problems = _grid(context, question_id, criterion, place)
    problems += check_weight(context, weight, place)
    extra: list[Row] = []
    if items:
        extra, more = asked_nets(context, items[0], nets, place)
        problems += more
    if question is None or problems:
        return None, problems
    rows = stub(items[0], declared_nets(context, items[0]), extra)
    label = _criterion_label(question, criterion)
    cells: dict[tuple[str, str], Estimate] = {}
    held: dict[str, Bases] = {}
    where = context.where(filter)
    columns = [Column(item.id, (label or question.said, item.label), 1) for item in items]
    for item, column in zip(items, columns, strict=True):
        fill(context.cut((item,), weight, where), item, rows, [Head(column)], cells, held)
    complete = all(missing_answers(context, item, filter)[0] == 0 for item in items)
    id = f"{question_id}.{criterion}" if criterion else question_id
    table = Table(
        id=f"{book}/{id}" if book else id,
        item=id,
        title=label or question.said,
        question=_wording(question, label),
        base_text=base_text(context.study, items[0], filter, complete),
        weight=context.weight(weight),
        rows=rows,
        columns=tuple(columns),
        cells=cells,
        bases=held,
        tiers={id: tier(base) for id, base in held.items()},
        notes=notes(context, items[0], rows, cells, held),
        simulated=context.simulated,
    )
    return _between_rows(context, table, items, tests, (weight, where)), []


def _between_rows(
    context: Context, table: Table, items: Sequence[Item], tests: TestPlan, asked: tuple[str | None, str | None]
) -> Table:
    """Return the table with letters between the rows of the grid: the same people answered them, so their joint answers are counted."""
    cut = context.cut(items, *asked)
    everybody = in_nest(cut, ())
    targets = tuple(tuple(target_of(cut, item, row, everybody) for item in items) for row in table.rows)
    return lettered(table, [Block(cut, table.columns, targets, everybody=False)], tests, exclusive=False)


def make_grid_tables(
    context: Context,
    question_id: str,
    banner: Sequence[BannerPart] = (),
    *,
    criterion: str | None = None,
    filter: Expression | None = None,
    weight: str | None = None,
    nets: Sequence[str] = (),
    book: str = "",
    place: Place = NOWHERE,
) -> tuple[list[Table], list[Problem]]:
    """Return one table for each row of a grid question against a banner."""
    _, items, problems = _grid(context, question_id, criterion, place, every=True)
    made: list[Table] = []
    for item in items:
        table, more = make_table(
            context, item.id, banner, filter=filter, weight=weight, nets=nets, book=book, place=place
        )
        problems += [p for p in more if p not in problems]
        made += [table] if table is not None else []
    return made, problems


def _grid(
    context: Context, question_id: str, criterion: str | None, place: Place, every: bool = False
) -> tuple[Question | None, list[Item], list[Problem]]:
    question = context.study.questionnaire.question(question_id)
    if question is None or question.kind is not Kind.GRID:
        known = [q.id for q in context.study.questionnaire.questions if q.kind is Kind.GRID]
        return None, [], [problem("table-not-grid", place, name=question_id, near=near(question_id, known))]
    criteria = [c.id for c in question.criteria]
    wanted = criterion or (criteria[0] if len(criteria) == 1 else None)
    items = [
        i for i in context.items.values() if i.question == question_id and (wanted is None or i.criterion == wanted)
    ]
    if criterion is not None and criterion not in criteria:
        return (
            question,
            [],
            [
                problem(
                    "table-criterion-unknown",
                    place,
                    name=criterion,
                    question=question_id,
                    near=near(criterion, criteria),
                )
            ],
        )
    if wanted is None and len(criteria) > 1 and not every:
        return question, [], [problem("table-criterion-missing", place, name=question_id, known=", ".join(criteria))]
    if not items or items[0].kind not in COUNTED:
        return question, [], [problem("table-item-not-counted", place, name=question_id)]
    return question, items, []


def _criterion_label(question: Question, criterion: str | None) -> LocalText:
    wanted = criterion or (question.criteria[0].id if len(question.criteria) == 1 else None)
    return next((c.label for c in question.criteria if c.id == wanted), LocalText())


def _wording(question: Question, label: LocalText) -> LocalText:
    if not label:
        return question.said
    return LocalText.from_mapping({lang: f"{question.said.get(lang)} – {label.get(lang)}" for lang in LANGUAGES})
