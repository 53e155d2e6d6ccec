"""An interview as the rules know it: pages, what stands on them, how it ends."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from posad.core.words import LocalText
from posad.study.expressions.scope import Scope
from posad.study.expressions.tree import Expression
from posad.study.plans.values import Variable
from posad.study.questionnaire.values import Block, Item, Option, Question, Questionnaire, Screen, columns_of

Answers = Mapping[str, object]  # by the store's columns; a column that is there was put, None in it was passed over


@dataclass(frozen=True, slots=True)
class Part:
    """One question on a page: its items there, to whom it is put, which ends of the interview it may lead to."""

    question: Question
    items: tuple[Item, ...]
    ask_if: Expression | None
    screens: tuple[Screen, ...] = ()
    columns: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "columns", tuple(c for i in self.items for c in columns_of(i)))


@dataclass(frozen=True, slots=True)
class Page:
    """Questions put together: neighbours in one block, none of which waits for an answer to another.

    ``id`` is the name of the first question, in a loop with that of the turn: ``often.used_4``. It stays the same as long as the
    questions before it on the page do. ``number`` counts pages from 0 over all turns of all loops.
    """

    id: str
    number: int
    parts: tuple[Part, ...]
    block: Block | None = None
    turn: Option | None = None
    opens_block: bool = False

    @property
    def questions(self) -> tuple[Question, ...]:
        """The questions of the page, in their order."""
        return tuple(p.question for p in self.parts)


@dataclass(frozen=True, slots=True)
class End:
    """How an interview ends: complete, or screened out for a reason."""

    outcome: Literal["complete", "screened"]
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Rules:
    """A questionnaire prepared for interviews.

    ``places`` are the territories that may be answered, by id; empty where the study has no frame: any words are then a place.
    ``variables`` are grouping variables in an order in which each follows those it uses.
    """

    questionnaire: Questionnaire
    scope: Scope
    pages: tuple[Page, ...]
    places: Mapping[str, LocalText] = field(default_factory=dict)
    variables: tuple[Variable, ...] = ()
    behind: Mapping[str, tuple[Variable, ...]] = field(default_factory=dict)  # by variable: it and those it uses

    def page(self, id: str) -> Page | None:
        """Return a page by its id, or nothing."""
        return next((p for p in self.pages if p.id == id), None)
