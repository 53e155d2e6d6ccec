"""Questions, answers and the items they break into.

A *question* is what the respondent sees; an *item* is one variable of the answers. A grid of 18 companies by two criteria is one
question and 36 items; every other question is one item with the question's own id.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import assert_never

from posad.core.place import Place
from posad.core.words import LocalText
from posad.study.expressions.tree import Expression


class Kind(StrEnum):
    """What kind of answer a question takes."""

    SINGLE = "single"
    MULTIPLE = "multiple"
    SCALE = "scale"
    NUMBER = "number"
    OPEN = "open"
    TERRITORY = "territory"
    GRID = "grid"


class Role(StrEnum):
    """What an option does to bases and to the page."""

    DONT_KNOW = "dont_know"  # in the base of shares, out of means
    OUT_OF_BASE = "out_of_base"  # out of both
    EXCLUSIVE = "exclusive"  # cannot stand beside another answer
    PINNED = "pinned"  # keeps its place when the others are shuffled or sorted
    TEXT = "text"  # opens a line for words
    CODED = "coded"  # the words are to be coded


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
class Question:
    """One question as the respondent meets it.

    ``kind`` is GRID for any question asked by rows; ``cell`` is then the kind of each cell (SINGLE, MULTIPLE, SCALE or NUMBER)
    and ``criteria`` may hold several lines asked of each row. ``options`` of a scale hold every point, labelled or not.
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


@dataclass(frozen=True, slots=True)
class Item:
    """One variable of the answers.

    ``column`` is its name in the store (``firms__sber__comfort``). An item of several answers is stored as one 0/1 column per
    option, named ``option_column(item.column, code)``, all missing where the question was not put.
    """

    id: str
    kind: Kind  # never GRID
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


def items_of(question: Question) -> tuple[Item, ...]:
    """Return the items a question breaks into, rows first, then criteria."""
    if question.kind is not Kind.GRID:
        return (_item(question, question.kind, question.id, question.text),)
    cell = question.cell or Kind.SINGLE
    if not question.criteria:
        return tuple(_item(question, cell, f"{question.id}.{r.id}", r.label, row=r.id) for r in question.rows)
    return tuple(
        _item(question, cell, f"{question.id}.{r.id}.{c.id}", r.label, row=r.id, criterion=c.id)
        for r in question.rows
        for c in question.criteria
    )


def _item(
    q: Question, kind: Kind, id: str, label: LocalText, row: str | None = None, criterion: str | None = None
) -> Item:
    return Item(id, kind, label, q.id, q.options, row, criterion, q.limit, q.bounds, q.ask_if)


def columns_of(item: Item) -> tuple[str, ...]:
    """Return the columns that hold an item's answers in the store (without written-in words)."""
    match item.kind:
        case Kind.MULTIPLE:
            return tuple(option_column(item.column, o.code) for o in item.options)
        case Kind.SINGLE | Kind.SCALE | Kind.NUMBER | Kind.OPEN | Kind.TERRITORY:
            return (item.column,)
        case Kind.GRID:
            raise ValueError("an item is never a grid")
        case _:
            assert_never(item.kind)


@dataclass(frozen=True, slots=True)
class Block:
    """A titled part of the questionnaire."""

    title: LocalText
    place: Place
    text: LocalText = LocalText()


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
