"""How an interview went, and what is doubtful about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from posad.fieldwork.values import Flag, Interview, Value


@dataclass(frozen=True, slots=True)
class Trace:
    """One interview with its answers and its time on each page.

    ``seconds`` holds, for every page on its way, how long it took by the field's clock until it was first saved; ``trapped`` tells
    that an input people do not see was filled.
    """

    interview: Interview
    answers: Mapping[str, Value]
    seconds: Mapping[str, float] = field(default_factory=dict)
    revised: int = 0  # pages saved more than once
    trapped: bool = False

    @property
    def id(self) -> str:
        """The interview's id."""
        return self.interview.id


@dataclass(frozen=True, slots=True)
class Limits:
    """From where on an interview is doubtful.

    ``fast`` is the share of the time that others took on the same pages; ``straight`` how rare it must be to answer the grids in
    straight lines as somebody did; ``alike`` the share of equal answers of two interviews; ``least`` how many interviews, rows or
    answers there must be before anything is said.
    """

    fast: float = 0.4
    straight: float = 0.02
    alike: float = 0.95
    least_interviews: int = 10
    least_rows: int = 5
    least_answers: int = 30
    least_words: int = 20  # characters of an answer in words that may be a copy


USUAL = Limits()

Found = Mapping[str, tuple[Flag, ...]]
"""Flags by interview."""
