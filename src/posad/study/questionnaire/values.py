"""Questions, answers and the items they break into.

A *question* is what the respondent sees; an *item* is one variable of the answers. A grid of 18 companies by two criteria is one
question and 36 items; a ranking is an item for each place, ``firsts.place_1``; a question repeated for the answers chosen in
``used`` is an item for each of them, ``often.used_4``; every other question is one item with the question's own id.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import assert_never

from posad.core.place import Place
from posad.core.words import LocalText
from posad.study.expressions.renaming import renamed
from posad.study.expressions.tree import And, Expression, Name
from posad.study.questionnaire.pipes import fill, standing


class Kind(StrEnum):
    """What kind of answer a question takes."""

    SINGLE = "single"
    MULTIPLE = "multiple"
    SCALE = "scale"
    NUMBER = "number"
    OPEN = "open"
    TERRITORY = "territory"
    RANKING = "ranking"
    GRID = "grid"


class Role(StrEnum):
    """What an option does to bases and to the page."""

    DONT_KNOW = "dont_know"  # in the base of shares, out of means
    OUT_OF_BASE = "out_of_base"  # out of both
    EXCLUSIVE = "exclusive"  # cannot stand beside another answer
    PINNED = "pinned"  # keeps its place when the others are shuffled or sorted
    TEXT = "text"  # opens a line for words
    CODED = "coded"  # the words are to be coded
    SCREEN = "screen"  # ends the interview


@dataclass(frozen=True, slots=True)
class Option:
    """One coded answer."""

    code: int
    label: LocalText
    place: Place
    roles: frozenset[Role] = frozenset()


@dataclass(frozen=True, slots=True)
class Entity:
    """A row or a criterion of a grid: a name for addresses, a label for people."""

    id: str
    label: LocalText
    place: Place


@dataclass(frozen=True, slots=True)
class Screen:
    """An end of the interview after a question: for whom, and the name of the reason, by which such ends are counted."""

    reason: str
    condition: Expression
    place: Place


@dataclass(frozen=True, slots=True)
class Loop:
    """What the questions of a block are repeated for: each answer chosen in a question of several answers.

    ``turns`` are the answers that give a turn of questions; exclusive ones, "don't know" and those out of the base give none.
    ``rowed`` names the questions of the block, which within one turn ask about one another, and tells which of them have rows.
    """

    source: str
    turns: tuple[Option, ...]
    place: Place
    rowed: Mapping[str, bool] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class Question:
    """One question as the respondent meets it.

    ``kind`` is GRID for any question asked by rows; ``cell`` is then the kind of each cell (SINGLE, MULTIPLE, SCALE or NUMBER)
    and ``criteria`` may hold several lines asked of each row. ``options`` of a scale hold every point, labelled or not. ``limit``
    of a ranking is how many places are filled, of several answers how many may be chosen. ``bounds`` may be infinite on one side.
    ``ask_if`` holds the condition of the block too.
    """

    id: str
    text: LocalText
    kind: Kind
    place: Place
    block: LocalText = LocalText()
    help: LocalText = LocalText()
    options: tuple[Option, ...] = ()
    rows: tuple[Entity, ...] = ()
    criteria: tuple[Entity, ...] = ()
    cell: Kind | None = None
    scale: tuple[int, int] | None = None
    limit: int | None = None
    bounds: tuple[float, float] | None = None
    unit: LocalText = LocalText()
    ask_if: Expression | None = None
    shuffle_options: bool = False
    shuffle_rows: bool = False
    options_list: str | None = None  # the list its first options were taken from, for writing it back
    rows_list: str | None = None
    options_as: str | None = None  # the question in whose order the answers are shown
    rows_as: str | None = None  # the question in whose order the rows are shown
    screens: tuple[Screen, ...] = ()
    required: bool | None = None  # None: as is usual for its kind
    new_page: bool = False
    loop: Loop | None = None

    @property
    def said(self) -> LocalText:
        """The question's words as publications show them, where nobody's answer can be repeated in them."""
        return standing(self.text)

    @property
    def must_answer(self) -> bool:
        """Whether an interview goes on only with an answer: everywhere but in words, unless the question says otherwise."""
        return self.kind is not Kind.OPEN if self.required is None else self.required


@dataclass(frozen=True, slots=True)
class Item:
    """One variable of the answers.

    ``column`` is its name in the store (``firms__sber__comfort``). An item of several answers is stored as one 0/1 column per
    option, named ``option_column(item.column, code)``, all missing where the question was not put.
    """

    id: str
    kind: Kind  # never GRID, nor RANKING
    label: LocalText
    question: str
    options: tuple[Option, ...] = ()
    row: str | None = None
    criterion: str | None = None
    limit: int | None = None
    bounds: tuple[float, float] | None = None
    ask_if: Expression | None = None

    @property
    def column(self) -> str:
        """The item's name in the store."""
        return self.id.replace(".", "__")


def option_column(column: str, code: int) -> str:
    """Return the store's name of one option of an item of several answers.

    >>> option_column("better", 96)
    'better__96'
    """
    return f"{column}__{code}"


def text_column(column: str, code: int) -> str:
    """Return the store's name of the words written beside an option.

    >>> text_column("better", 96)
    'better__96__text'
    """
    return f"{column}__{code}__text"


def items_of(question: Question, turn: Option | None = None) -> tuple[Item, ...]:
    """Return the items a question breaks into: turns of a loop first, then rows (or places of a ranking), then criteria.

    Args:
        question: The question.
        turn: The answer of the question's loop whose items are wanted; without it, those of all turns.
    """
    loop = question.loop
    if loop is None:
        return tuple(_items(question, "", standing, question.ask_if))
    items: list[Item] = []
    for one in loop.turns:
        if turn is None or one.code == turn.code:
            put = _put(question.ask_if, loop, one)
            items += _items(question, turn_id(loop, one), lambda text, t=one: _turned(text, loop, t), put)  # type: ignore[misc]
    return tuple(items)


def _items(q: Question, turn: str, said: Callable[[LocalText], LocalText], ask_if: Expression | None) -> Iterator[Item]:
    kind = q.cell or (Kind.SINGLE if q.kind in (Kind.GRID, Kind.RANKING) else q.kind)
    options = tuple(o if (plain := standing(o.label)) is o.label else replace(o, label=plain) for o in q.options)
    for row, criterion, label in _lines(q):
        name = "_".join(part for part in (turn, row) if part) or None
        id = ".".join(part for part in (q.id, name, criterion) if part)
        limit = q.limit if kind is Kind.MULTIPLE else None
        yield Item(id, kind, said(label), q.id, options, name, criterion, limit, q.bounds, ask_if)


def _lines(q: Question) -> Iterator[tuple[str | None, str | None, LocalText]]:
    """Yield row, criterion and label of every line of a question that takes an answer."""
    if q.kind is Kind.RANKING:
        yield from ((f"place_{n}", None, _place(q.text, n)) for n in range(1, places_of(q) + 1))
    elif q.kind is Kind.GRID:
        yield from ((r.id, c.id if c else None, r.label) for r in q.rows for c in (q.criteria or (None,)))
    else:
        yield None, None, q.text


def places_of(ranking: Question) -> int:
    """Return how many places a ranking has: as many as are asked for, or as there are answers to rank."""
    alone = {Role.EXCLUSIVE, Role.DONT_KNOW, Role.OUT_OF_BASE}
    ranked = sum(not o.roles & alone for o in ranking.options)
    return min(ranking.limit or ranked, ranked) or 1


def _place(text: LocalText, number: int) -> LocalText:
    words = {"ru": f"{number}-е место", "en": f"place {number}"}
    return LocalText(tuple((lang, f"{said} ({words.get(lang, words['en'])})") for lang, said in text.parts))


def turn_id(loop: Loop, turn: Option) -> str:
    """Return the name of a turn in the names of items: the question of the loop and the code of the answer.

    >>> turn_id(Loop("used", (), Place("q.md")), Option(4, LocalText(), Place("q.md")))
    'used_4'
    """
    return f"{loop.source}_{turn.code}"


def _put(own: Expression | None, loop: Loop, turn: Option) -> Expression:
    """Return the condition of a question in one turn: its answer was chosen, and the question's own condition holds there."""
    chosen = Name((loop.source, str(turn.code)), loop.place)
    return chosen if own is None else And((chosen, in_turn(own, loop, turn)), own.place)


def in_turn(expression: Expression, loop: Loop, turn: Option) -> Expression:
    """Return a condition as it reads in one turn of a loop: the questions of the loop are those of the turn."""

    def named(name: Name) -> Name:
        first, *rest = name.parts
        if first not in loop.rowed:
            return name
        row = turn_id(loop, turn)
        if loop.rowed[first] and rest:
            row, rest = f"{row}_{rest[0]}", rest[1:]
        return Name((first, row, *rest), name.place)

    return renamed(expression, named)


def _turned(text: LocalText, loop: Loop, turn: Option) -> LocalText:
    """Return the words of an item of a loop: with the answer of the turn in them, or after them."""
    filled = fill(text, lambda name, language: turn.label.get(language) if name == loop.source else None)
    if filled is not text and filled != text:
        return standing(filled)
    return LocalText(tuple((lang, f"{words} ({turn.label.get(lang)})") for lang, words in standing(text).parts))


def screens_of(question: Question, turn: Option | None = None) -> tuple[Screen, ...]:
    """Return the ends of the interview after a question: those written beside it, then answers that end it; by turns in a loop."""
    if question.loop is not None and turn is None:
        return tuple(screen for one in question.loop.turns for screen in screens_of(question, one))
    loop = question.loop
    written = question.screens
    if loop is not None and turn is not None:
        written = tuple(replace(s, condition=in_turn(s.condition, loop, turn)) for s in written)
    ending = [o for o in question.options if Role.SCREEN in o.roles]
    if not ending:
        return written
    found = [Name((*item.id.split("."), str(o.code)), o.place) for item in items_of(question, turn) for o in ending]
    return (*written, *(Screen(question.id, name, name.place) for name in found))


def columns_of(item: Item) -> tuple[str, ...]:
    """Return the columns that hold an item's answers in the store (without written-in words)."""
    match item.kind:
        case Kind.MULTIPLE:
            return tuple(option_column(item.column, o.code) for o in item.options)
        case Kind.SINGLE | Kind.SCALE | Kind.NUMBER | Kind.OPEN | Kind.TERRITORY:
            return (item.column,)
        case Kind.GRID | Kind.RANKING:
            raise ValueError("an item is never a whole grid or ranking")
        case _:
            assert_never(item.kind)


@dataclass(frozen=True, slots=True)
class Block:
    """A titled part of the questionnaire."""

    title: LocalText
    place: Place
    text: LocalText = LocalText()
    ask_if: Expression | None = None  # to whom its questions are put; part of the condition of each
    loop: Loop | None = None  # what its questions are repeated for; held by each of them


@dataclass(frozen=True, slots=True)
class AnswerList:
    """Answers or rows declared once for several questions: either ``options`` or ``rows`` is filled."""

    id: str
    place: Place
    options: tuple[Option, ...] = ()
    rows: tuple[Entity, ...] = ()


@dataclass(frozen=True, slots=True)
class Questionnaire:
    """All questions in their order."""

    title: LocalText
    languages: tuple[str, ...]
    questions: tuple[Question, ...]
    blocks: tuple[Block, ...] = ()
    lists: tuple[AnswerList, ...] = ()
    intro: LocalText = LocalText()

    def items(self) -> tuple[Item, ...]:
        """Return every item of every question, in order."""
        return tuple(i for q in self.questions for i in items_of(q))

    def question(self, id: str) -> Question | None:
        """Return a question by its id, or nothing."""
        return next((q for q in self.questions if q.id == id), None)

    def item(self, id: str) -> Item | None:
        """Return an item by its id, or nothing."""
        return next((i for i in self.items() if i.id == id), None)
