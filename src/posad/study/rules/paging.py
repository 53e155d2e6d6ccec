"""Which questions stand on one page: those of a block, until one waits for an answer to another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from posad.study.expressions.tree import Expression, Name
from posad.study.plans.values import Variable
from posad.study.plans.variables import names_in
from posad.study.questionnaire.pipes import piped
from posad.study.questionnaire.values import (
    Block,
    Item,
    Kind,
    Loop,
    Option,
    Question,
    Questionnaire,
    items_of,
    screens_of,
)
from posad.study.rules.values import Page, Part

LONGEST = 12  # answers on a page; one grid may have more


def pages_of(questionnaire: Questionnaire, variables: Sequence[Variable] = ()) -> tuple[Page, ...]:
    """Return all pages of a questionnaire in the order in which they are put, a loop's turn by turn.

    A page ends with its block, before a question that starts a new page, before one whose condition or words name an answer of the
    page, after one that may end the interview, and when it would ask for more than 12 answers.
    """
    found: list[Page] = []
    blocks = {b.title: b for b in questionnaire.blocks}
    for group in _groups(questionnaire.questions):
        loop = group[0].loop
        sheets = list(_sheets(group, variables))
        block = blocks.get(group[0].block)
        turns: Sequence[Option | None] = (None,) if loop is None else loop.turns
        for turn in turns:
            for number, sheet in enumerate(sheets):
                opens = number == 0 and not (found and found[-1].block == block and found[-1].turn == turn)
                found.append(_page(sheet, len(found), block, loop, turn, opens))
    return tuple(found)


def _groups(questions: Sequence[Question]) -> Iterator[list[Question]]:
    """Yield runs of questions of one block and one loop."""
    run: list[Question] = []
    for question in questions:
        if run and (question.block != run[0].block or question.loop != run[0].loop):
            yield run
            run = []
        run.append(question)
    if run:
        yield run


def _sheets(questions: Sequence[Question], variables: Sequence[Variable]) -> Iterator[list[Question]]:
    by_id = {v.id: v for v in variables}
    sheet: list[Question] = []
    for question in questions:
        if sheet and _turns_over(sheet, question, by_id):
            yield sheet
            sheet = []
        sheet.append(question)
    if sheet:
        yield sheet


def _turns_over(sheet: Sequence[Question], question: Question, variables: dict[str, Variable]) -> bool:
    here = {q.id for q in sheet}
    if question.new_page or screens_of(sheet[-1]) or sum(map(_length, (*sheet, question))) > LONGEST:
        return True
    return bool(waits_for(question, variables) & here)


def _length(question: Question) -> int:
    turns = len(question.loop.turns) if question.loop is not None else 1
    return 1 if question.kind is Kind.RANKING else len(items_of(question)) // max(turns, 1)


def waits_for(question: Question, variables: dict[str, Variable]) -> set[str]:
    """Return the questions whose answers must be known before a question can be shown."""
    texts = [question.text, question.help, question.unit, *(o.label for o in question.options)]
    texts += [one.label for one in (*question.rows, *question.criteria)]
    found = {name.partition(".")[0] for text in texts for name in piped(text)}
    if question.loop is not None:
        found.add(question.loop.source)
    if question.ask_if is not None:
        found |= named(question.ask_if, variables, set())
    return found


def named(expression: Expression, variables: dict[str, Variable], seen: set[str]) -> set[str]:
    """Return the questions an expression names, also through grouping variables."""
    found: set[str] = set()
    for name in names_in(expression, variables):
        found |= _behind(name, variables, seen)
    return found


def _behind(name: Name, variables: dict[str, Variable], seen: set[str]) -> set[str]:
    first = name.parts[0]
    variable = variables.get(first)
    if variable is None or first in seen:
        return {first}
    seen.add(first)
    conditions = [g.condition for g in variable.groups if g.condition is not None]
    return {first}.union(*(named(c, variables, seen) for c in conditions)) if conditions else {first}


def _page(
    sheet: Sequence[Question], number: int, block: Block | None, loop: Loop | None, turn: Option | None, opens: bool
) -> Page:
    parts = tuple(_part(q, turn) for q in sheet)
    first = parts[0].items[0] if parts[0].items else None
    id = sheet[0].id if loop is None or turn is None or first is None else f"{sheet[0].id}.{loop.source}_{turn.code}"
    return Page(id, number, parts, block, turn, opens)


def _part(question: Question, turn: Option | None) -> Part:
    items: tuple[Item, ...] = items_of(question, turn)
    ask_if = items[0].ask_if if items else question.ask_if
    return Part(question, items, ask_if, screens_of(question, turn))
