"""What stands under the title of a block: to whom its questions are put, and for which chosen answers they are repeated."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from posad.core.place import Place
from posad.core.problems import Problem, near, problem
from posad.core.words import Language, LocalText
from posad.study.expressions.tree import And, Expression
from posad.study.questionnaire.reading.machine_line import Part
from posad.study.questionnaire.values import Block, Kind, Loop, Question, Role

NO_TURN = frozenset({Role.EXCLUSIVE, Role.DONT_KNOW, Role.OUT_OF_BASE})  # answers that nothing can be repeated for


@dataclass(slots=True)
class BlockDraft:
    """A block while it is being read."""

    title: str
    place: Place
    prose: list[str]
    parts: list[Part] = field(default_factory=list)
    questions: list[str] = field(default_factory=list)  # names of its questions


def settle_blocks(
    drafts: Sequence[BlockDraft], questions: Sequence[Question], language: Language
) -> tuple[tuple[Block, ...], tuple[Question, ...], list[Problem]]:
    """Return the blocks, the questions with the conditions and loops of their blocks, and what is wrong with these."""
    problems: list[Problem] = []
    made = {q.id: q for q in questions}
    blocks = []
    for draft in drafts:
        condition, source = _parts(draft, problems)
        own = [made[id] for id in draft.questions]
        loop = _loop(source, own, made, problems) if source is not None else None
        for q in own:
            made[q.id] = replace(q, ask_if=joined(condition, q.ask_if), loop=loop)
        text = "\n".join(draft.prose).strip("\n")
        blocks.append(Block(_local(draft.title, language), draft.place, _local(text, language), condition, loop))
    return tuple(blocks), tuple(made[q.id] for q in questions), problems


def _local(text: str, language: Language) -> LocalText:
    return LocalText(((language, text),)) if text else LocalText()


def _parts(draft: BlockDraft, problems: list[Problem]) -> tuple[Expression | None, Part | None]:
    seen: dict[str, Part] = {}
    for part in draft.parts:
        if part.means not in ("if", "loop"):
            problems.append(problem("machine-of-question", part.place))
        elif part.means in seen:
            problems.append(problem("machine-twice", part.place, first=str(seen[part.means].place)))
        else:
            seen[part.means] = part
    return (seen["if"].condition if "if" in seen else None), seen.get("loop")


def joined(block: Expression | None, own: Expression | None) -> Expression | None:
    """Return the condition of a question in a block with one: both must hold."""
    if block is None or own is None:
        return own if block is None else block
    return And((block, own), own.place)


def own_condition(question: Question, block: Block | None) -> Expression | None:
    """Return what a question's condition adds to that of its block."""
    common = block.ask_if if block is not None else None
    found = question.ask_if
    if common is None or found is None:
        return found
    if found == common:
        return None
    return found.parts[1] if isinstance(found, And) and len(found.parts) == 2 and found.parts[0] == common else found


def _loop(part: Part, own: Sequence[Question], questions: dict[str, Question], problems: list[Problem]) -> Loop | None:
    """Return the loop of a block, or nothing where its source is no earlier question of several answers."""
    place = part.name_place or part.place
    source = questions.get(part.name)
    if source is None:
        problems.append(problem("loop-unknown", place, name=part.name, near=near(part.name, questions)))
        return None
    order = list(questions)
    if source.kind is not Kind.MULTIPLE or source.loop is not None:
        problems.append(problem("loop-not-several", place, name=part.name))
        return None
    if not own or order.index(source.id) >= order.index(own[0].id):
        problems.append(problem("loop-looks-ahead" if own else "loop-empty", place, name=part.name))
        return None
    turns = tuple(o for o in source.options if not o.roles & NO_TURN)
    rowed = {q.id: q.kind in (Kind.GRID, Kind.RANKING) for q in own}
    return Loop(source.id, turns, part.place, rowed)
