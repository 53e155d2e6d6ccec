"""Everything that can be done to a ledger, as values: a command goes in, its answer comes out once it is on the disk.

To add a command: 1. a class here with its answer in the brackets of ``Command``; 2. its verb in ``verbs``; 3. its case in the
races of the tests.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from posad.fieldwork.values import (
    Answers,
    Cell,
    Flag,
    Interview,
    Outcome,
    Outgoing,
    Reserved,
    Saved,
    Settled,
    Status,
    Version,
)

R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Command(Generic[R]):
    """A command whose answer is an R; ``at`` is what the door's clock shows, in seconds since 1970."""

    at: float


@dataclass(frozen=True, slots=True)
class Arrange(Command[None]):
    """Set the quota cells, the stage, how long a place is held without a sign of life, and whether late ones may overfill.

    Cells that are not named stay counted but stop nobody. Interviews keep the cells they hold.
    """

    cells: tuple[Cell, ...]
    stage: str = "main"
    hold: float = 1800.0
    who: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class Pause(Command[Outcome]):
    """Pause or resume a cell, or the whole field (an empty cell): nobody new gets a place, those who have one go on."""

    cell: str
    paused: bool
    who: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class KeepVersion(Command[None]):
    """Keep the wording of a questionnaire; the same one twice is kept once."""

    version: Version


@dataclass(frozen=True, slots=True)
class Start(Command[Interview]):
    """Begin an interview.

    ``once`` (a panel and its respondent's id, or a contact) is unique: a second start under it returns the interview begun before.
    """

    id: str
    version: str
    language: str
    panel: str = ""
    entry: Mapping[str, str] = field(default_factory=dict)
    once: str | None = None
    position: str = ""
    test: bool = False


@dataclass(frozen=True, slots=True)
class SavePage(Command[Saved]):
    """Add a page of answers, renewing the interview's place.

    The same answers under the same ``token`` are kept once. A place that lapsed is taken again if there is room.
    """

    interview: str
    page: str
    token: str
    answers: Answers
    position: str = ""
    language: str = ""  # when it was changed
    version: str = ""  # when the wording was changed


@dataclass(frozen=True, slots=True)
class Reserve(Command[Reserved]):
    """Take a place in all ``cells`` at once, or in none.

    ``choices`` are blocks by name: of each, one cell is chosen that has room and is least full for its target.
    """

    interview: str
    cells: tuple[str, ...]
    choices: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Release(Command[Outcome]):
    """Give an interview's place back before its time."""

    interview: str


@dataclass(frozen=True, slots=True)
class Settle(Command[Settled]):
    """End an interview: COMPLETE, SCREENED_OUT or OVER_QUOTA, once.

    A complete whose place lapsed takes it again if there is room within the limit and what may go ``over`` it; else it ends over
    quota, unless ``extra`` accepts it beyond the quotas, as it does one that never had a place. ``calls`` go to the outbox in the
    same stroke, by final status.
    """

    interview: str
    status: Status
    extra: bool = False
    calls: Mapping[Status, tuple[Outgoing, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Reject(Command[Outcome]):
    """Take a complete out for its quality: its answers stay, its place is free again."""

    interview: str
    who: str
    why: str


@dataclass(frozen=True, slots=True)
class Withdraw(Command[Outcome]):
    """Delete an interview's answers and all that came with it, on the respondent's wish; its place is free again."""

    interview: str


@dataclass(frozen=True, slots=True)
class Detach(Command[int]):
    """Forget who the interviews were led with: what came with their links, and by what a second entry would be known.

    Nothing is done while an interview has shown a sign of life since ``before``, in seconds since 1970. Returns how many were
    detached; their answers stay, and nobody can lead them back to a person of a panel or a list.
    """

    before: float


@dataclass(frozen=True, slots=True)
class Mark(Command[Outcome]):
    """Set the flags of an interview, instead of those it had."""

    interview: str
    flags: tuple[Flag, ...]


@dataclass(frozen=True, slots=True)
class Tick(Command[int]):
    """Let time pass: places whose time has run out are given back. Returns how many."""


@dataclass(frozen=True, slots=True)
class Rebuild(Command[Mapping[str, tuple[int, int]]]):
    """Count all cells anew from the interviews and return what was wrong: cell → (done, held) it had before."""


@dataclass(frozen=True, slots=True)
class Send(Command[None]):
    """Put calls into the outbox."""

    calls: tuple[Outgoing, ...]


@dataclass(frozen=True, slots=True)
class Sent(Command[None]):
    """Tell that a call was answered (``again`` None), or is to be made again at a time."""

    key: str
    again: float | None = None
    said: str = ""
