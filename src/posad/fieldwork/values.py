"""What the rooms of fieldwork hand to one another: an interview and its state, a saved page, a quota cell and its counts.

Time is seconds since 1970 (``at``, what the door's clock showed) or seconds of the field's own clock (``seen``, ``until``), which
runs only forwards and never faster than the ledger is used: see :mod:`posad.fieldwork.ledger`.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from posad.core.problems import Problem

Value = int | float | str | None
Answers = Mapping[str, Value]
"""Answers by the store's columns (``better__4``, ``firms__sber__comfort``); None takes an earlier answer back."""


class Status(StrEnum):
    """Where an interview stands, in the terms of field reports; the last five end it."""

    STARTED = "started"  # came in, holds no place yet
    HELD = "held"  # passed the screener and holds a place in each of its cells
    BROKEN_OFF = "broken-off"  # idle for so long that its place was given back; may come back
    COMPLETE = "complete"
    SCREENED_OUT = "screened-out"  # not of the population asked for
    OVER_QUOTA = "over-quota"  # of the population, but a cell is full
    REJECTED = "rejected"  # was complete; taken out for its quality, its place is free again
    WITHDRAWN = "withdrawn"  # the respondent took it back: its answers are deleted


FINAL = frozenset({Status.COMPLETE, Status.SCREENED_OUT, Status.OVER_QUOTA, Status.REJECTED, Status.WITHDRAWN})


AGENT = "posad-rehearsal"
"""The browser that respondents who never were say they have."""
REHEARSAL = "rehearsal"
"""The class of device their interviews are kept with; nothing made of them may pass for real answers."""


class Outcome(StrEnum):
    """What became of a command."""

    DONE = "done"
    AGAIN = "again"  # was done before; nothing changed
    FULL = "full"  # no room in a cell
    PAUSED = "paused"  # a cell, or the whole field, takes nobody at the moment
    CLOSED = "closed"  # the interview has ended
    UNKNOWN = "unknown"  # there is no such interview


def new_id() -> str:
    """Return a new id of an interview: 128 random bits in hexadecimal, which nobody can guess or count."""
    return secrets.token_hex(16)


@dataclass(frozen=True, slots=True)
class Version:
    """A questionnaire as respondents saw it: its wording and options, kept beside the interviews made with it.

    ``files`` are the texts of the questionnaire by file name, so that it can be read again word for word.
    """

    id: str  # digest of the files
    files: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Interview:
    """One interview as the ledger holds it.

    ``entry`` is what came with the link (panel's respondent id, territory, device class); never anything personal. ``cells`` are
    the quota cells it holds or fills. ``revision`` grows with every saved page.
    """

    id: str
    status: Status
    version: str  # of the questionnaire
    language: str
    stage: str
    panel: str
    started: float  # at
    changed: float  # at
    began: float  # the field's clock
    seen: float  # the field's clock
    until: float  # the field's clock: when its place lapses
    entry: Mapping[str, str] = field(default_factory=dict)
    cells: tuple[str, ...] = ()
    position: str = ""  # the page that follows the last one saved, for the site
    revision: int = 0
    test: bool = False  # made in test mode: takes no place, leaves with no snapshot
    extra: bool = False  # accepted beyond the quotas, counted in no cell

    @property
    def final(self) -> bool:
        """Whether the interview has ended."""
        return self.status in FINAL

    @property
    def seconds(self) -> float:
        """How long it has taken by the field's clock, pauses included."""
        return self.seen - self.began


@dataclass(frozen=True, slots=True)
class PageRow:
    """One saved page, as it came in; rows are only ever added."""

    interview: str
    page: str
    token: str
    answers: Answers
    at: float
    clock: float  # the field's clock
    revision: int


@dataclass(frozen=True, slots=True)
class Saved:
    """The answer to a saved page: DONE or AGAIN once it is on the disk, else CLOSED or UNKNOWN.

    ``place`` tells about the interview's place: DONE it has (or needs) one, FULL it lapsed in a pause and went to another.
    """

    outcome: Outcome
    interview: Interview | None
    place: Outcome = Outcome.DONE


@dataclass(frozen=True, slots=True)
class Reserved:
    """The answer to a reservation: DONE or AGAIN with the place, or FULL or PAUSED with the cells that refuse.

    ``chosen`` names, for each choice among blocks, the cell that the interview was given.
    """

    outcome: Outcome
    interview: Interview | None
    refused: tuple[str, ...] = ()
    chosen: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Settled:
    """The answer to the end of an interview; its status may differ from the wished: a late complete may be over quota."""

    outcome: Outcome
    interview: Interview | None
    refused: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Cell:
    """A quota cell: whom it counts is told by its id, how many it takes by its limit.

    ``limit`` is the target with its tolerance; None counts without stopping anybody. ``over`` lets so many more come back late or
    be accepted beyond the limit.
    """

    id: str  # "total", "stage:soft", "sex.age:f.18_24", "block:concept.b"
    target: int
    limit: int | None
    over: int = 0
    paused: bool = False
    table: str = ""


@dataclass(frozen=True, slots=True)
class Count:
    """A cell with the interviews it counts now."""

    cell: Cell
    done: int
    held: int

    @property
    def free(self) -> int | None:
        """How many places are left; None where nobody is stopped."""
        return None if self.cell.limit is None else max(0, self.cell.limit - self.done - self.held)


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A call to another server that must be made once: the panel is told of an interview's end.

    ``key`` makes it idempotent: what is put in twice under one key is sent once.
    """

    key: str
    url: str
    body: str = ""
    tries: int = 0
    interview: str = ""


@dataclass(frozen=True, slots=True)
class Flag:
    """A mark of doubt about an interview; nothing is deleted because of it."""

    name: str  # "speeder", "straight-liner", "duplicate" …
    value: str = ""


class Unavailable(Exception):
    """The ledger could not do what it was asked, and did nothing of it; ``problem`` says why and what to do.

    Raised to the door, which tells the respondent to try again in a moment: no answer was acknowledged.
    """

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem)
        self.problem = problem

    def __str__(self) -> str:
        return " ".join([self.problem.code, *(str(fact) for fact in self.problem.facts.values())])
