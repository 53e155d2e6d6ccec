"""What an audit reads and what it answers.

Shares are held in per cent as exact fractions, so that 57 printed in whole per cent stands for all from 56.5 to 57.5.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from posad.core.place import Place
from posad.core.problems import Problem
from posad.core.words import Language
from posad.study.addresses import ResolvedTerm

Verdict = Literal[
    "reproduced",
    "not-reproduced",
    "compatible",
    "contradictory",
    "bounded",
    "sourced",
    "needs-source",
    "interpretation",
]
VERDICTS: tuple[Verdict, ...] = (
    "contradictory", "not-reproduced", "reproduced", "compatible", "bounded", "sourced", "needs-source", "interpretation",
)  # fmt: skip
FAILED: frozenset[Verdict] = frozenset(("contradictory", "not-reproduced"))
Key = tuple[str, str, tuple[int, ...], str | None, int | None, str | None]
"""One estimate by name: item, kind of measure, codes, grouping variable, group, wave."""


def key_of(term: ResolvedTerm) -> Key:
    """Return the name of an estimate that does not depend on how its address was written."""
    variable = None if term.variable is None else term.variable.id
    codes = tuple(sorted(term.measure.codes)) if term.measure.kind == "share" else ()
    return (term.item.id, term.measure.kind, codes, variable, term.group, term.wave)


@dataclass(frozen=True, slots=True)
class Statement:
    """One line of the list of statements, as printed."""

    id: str
    text: str
    printed: str
    unit: str
    kind: str
    source: str
    base: str
    line: str
    place: Place

    @property
    def language(self) -> Language:
        """The language the statement is written in."""
        return "ru" if any("а" <= c <= "я" for c in self.text.casefold()) else "en"


@dataclass(frozen=True, slots=True)
class Binding:
    """How a statement is read: the kind of reading, what it is about, and why it is read so where that is our choice."""

    id: str
    reading: str
    names: tuple[str, ...]
    note: str
    place: Place


@dataclass(frozen=True, slots=True)
class Mark:
    """One printed number: its value, half of its last digit's unit, and the estimates it may stand for.

    Several ``keys`` mean that the print does not show which of them the number belongs to. ``claim`` is the statement it comes
    from; empty where it stands in the list of printed numbers.
    """

    value: Fraction
    half: Fraction
    keys: tuple[Key, ...]
    line: str = ""
    base: str = ""
    claim: str = ""

    @property
    def low(self) -> Fraction:
        """The least number that is printed so."""
        return self.value - self.half

    @property
    def high(self) -> Fraction:
        """The greatest number that is printed so."""
        return self.value + self.half


@dataclass(frozen=True, slots=True)
class Bound:
    """Between what an unprinted number lies, by the printed ones: as they stand, and with all that rounding allows.

    ``what`` is the address, or two of them joined by ``&`` for people in both.
    """

    what: str
    low: Fraction
    high: Fraction
    loose_low: Fraction
    loose_high: Fraction
    unit: str = "%"


@dataclass(frozen=True, slots=True)
class Answer:
    """What the audit says of one statement: the verdict, the reasons, bounds, and the true number where there are answers."""

    statement: Statement
    verdict: Verdict
    reasons: tuple[Problem, ...] = ()
    bounds: tuple[Bound, ...] = ()
    binding: Binding | None = None
    truth: str = ""


@dataclass(frozen=True, slots=True)
class Audit:
    """A whole audit: the answers in the order of the statements, against what, and what was wrong with the files read."""

    answers: tuple[Answer, ...]
    against: Literal["answers", "simulated", "printed"]
    problems: tuple[Problem, ...] = ()

    @property
    def counts(self) -> dict[Verdict, int]:
        """How many statements got each verdict."""
        return {v: sum(a.verdict == v for a in self.answers) for v in VERDICTS}

    @property
    def failed(self) -> bool:
        """Tell whether any statement is contradicted."""
        return any(a.verdict in FAILED for a in self.answers)
