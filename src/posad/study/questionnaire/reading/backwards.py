"""References that look back: conditions, ends of the interview, repeated answers and orders may only name what was asked before."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass

from posad.core.place import Place
from posad.core.problems import Problem, near, problem
from posad.study.expressions.tree import Compare, Expression, Name, Word
from posad.study.questionnaire.pipes import piped
from posad.study.questionnaire.values import Block, Kind, Question


def look_back(questions: Sequence[Question], blocks: Sequence[Block] = ()) -> list[Problem]:
    """Return a problem for everything that rests on an answer that is not there yet, or on no question at all."""
    at = {q.id: n for n, q in enumerate(questions)}
    by_id = {q.id: q for q in questions}
    problems: list[Problem] = []
    told: set[Place] = set()
    for question in questions:
        for found in (*_conditions(question, at), *_pipes(question, by_id, at), *_orders(question, by_id, at)):
            if found.place not in told or found.code.startswith(
                "piping"
            ):  # a block's condition is that of every question
                problems.append(found)
            told.add(found.place)
    return problems + [p for b in blocks for p in _block(b, questions, by_id, at)]


def _conditions(question: Question, at: Mapping[str, int]) -> Iterator[Problem]:
    number = at[question.id]
    for name in _names(question.ask_if, at) if question.ask_if is not None else ():
        if at.get(name.parts[0], -1) >= number:
            code = "condition-about-itself" if name.parts[0] == question.id else "condition-looks-ahead"
            yield problem(code, name.place, name=name.parts[0], question=question.id)
    for screen in question.screens:
        for name in _names(screen.condition, at):
            if at.get(name.parts[0], -1) > number:
                yield problem("screen-looks-ahead", name.place, name=name.parts[0], question=question.id)


def _pipes(question: Question, by_id: Mapping[str, Question], at: Mapping[str, int]) -> Iterator[Problem]:
    texts = [(question.text, question.place), (question.help, question.place)]
    texts += [(o.label, o.place) for o in question.options]
    texts += [(one.label, one.place) for one in (*question.rows, *question.criteria)]
    for text, place in texts:
        for name in piped(text):
            yield from _pipe(name, place, by_id, at, at[question.id], question)


def _pipe(
    name: str, place: Place, by_id: Mapping[str, Question], at: Mapping[str, int], before: int, here: Question | None
) -> Iterator[Problem]:
    first, _, rest = name.partition(".")
    source = by_id.get(first)
    if source is None:
        yield problem("piping-unknown", place, name=name, near=near(first, by_id))
    elif at[first] >= before:
        yield problem("piping-looks-ahead", place, name=name)
    elif bool(rest) != (source.kind in (Kind.GRID, Kind.RANKING)) or (rest and rest not in rows_of(source)):
        yield problem("piping-rows", place, name=name, known=", ".join(f"{first}.{r}" for r in rows_of(source)[:6]))
    elif source.loop is not None and (here is None or here.loop != source.loop):
        yield problem("piping-of-loop", place, name=name)


def rows_of(question: Question) -> tuple[str, ...]:
    """Return what may stand after the name of a grid or ranking in a text that repeats its answers."""
    if question.kind is Kind.RANKING:
        return tuple(f"place_{n}" for n in range(1, len(question.options) + 1))
    rows = [r.id for r in question.rows]
    return tuple(f"{r}.{c.id}" for r in rows for c in question.criteria) if question.criteria else tuple(rows)


def _block(
    block: Block, questions: Sequence[Question], by_id: Mapping[str, Question], at: Mapping[str, int]
) -> Iterator[Problem]:
    first = next((q for q in questions if q.block == block.title), None)
    for text in (block.title, block.text):
        for name in piped(text):
            before = at[first.id] if first is not None else len(questions)
            yield from _pipe(name, block.place, by_id, at, before, first)


def _orders(question: Question, by_id: Mapping[str, Question], at: Mapping[str, int]) -> Iterator[Problem]:
    for other, rows in ((question.options_as, False), (question.rows_as, True)):
        if other is None:
            continue
        source = by_id.get(other)
        if source is None:
            yield problem("order-unknown", question.place, name=other, near=near(other, by_id))
        elif at[other] >= at[question.id]:
            yield problem("order-looks-ahead", question.place, name=other, question=question.id)
        elif not (source.shuffle_rows if rows else source.shuffle_options):
            yield problem("order-not-shuffled", question.place, name=other)
        elif not _shared(question, source, rows):
            yield problem("order-nothing-shared", question.place, name=other, question=question.id)


def _shared(question: Question, source: Question, rows: bool) -> bool:
    if rows:
        return bool({r.id for r in question.rows} & {r.id for r in source.rows})
    return bool({o.code for o in question.options} & {o.code for o in source.options})


def _names(expression: Expression, questions: Container[str]) -> Iterator[Name]:
    """Yield every name an expression uses; a word compared with a question's answer may be another question."""
    if isinstance(expression, Name):
        yield expression
        return
    if isinstance(expression, Compare) and isinstance(expression.right, Word):
        left = expression.left
        if isinstance(left, Name) and left.parts[0] in questions:
            yield Name((expression.right.value,), expression.right.place)
    for slot in fields(expression):
        value = getattr(expression, slot.name)
        for part in value if isinstance(value, tuple) else (value,):
            if is_dataclass(part) and not isinstance(part, Place | type):
                yield from _names(part, questions)  # type: ignore[arg-type]  # all dataclasses in a tree but Place are nodes
