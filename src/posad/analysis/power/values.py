"""What is assumed of a field to come, and what an analysis could show in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from posad.core.words import LocalText

DEFF = 1.3  # of weights of a raked sample, before it is known


@dataclass(frozen=True, slots=True)
class Assumed:
    """What is taken before the field: people, design effect, the share all errors are of, the difference whose power is asked.

    ``shares`` are the parts of groups that the author expects, by ``variable:group``; fractions throughout.
    """

    people: int
    deff: float = DEFF
    at: float = 0.5
    difference: float = 0.05
    shares: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Line:
    """One comparison: people on both sides (nothing where it is one share), standard error, half of its 95% interval.

    ``least`` is the difference found in four cases of five at 5%, ``least_all`` the same where ``tests`` such tests are corrected for
    (Bonferroni, the hardest case of Holm and of Benjamini–Hochberg), ``power`` the chance to find the difference asked for.
    ``guessed`` tells that sizes of groups were taken as equal, ``small`` that a side has fewer than fifty people.
    """

    label: LocalText
    first: int
    second: int | None
    error: float
    half: float
    least: float
    least_all: float
    power: float
    tests: int
    guessed: bool
    small: bool


@dataclass(frozen=True, slots=True)
class Judged:
    """An analysis before the field."""

    id: str
    kind: str
    title: LocalText
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Compared:
    """One comparison before it is judged: its variance for a share of one half less the factor p(1 − p), so that se² = p(1 − p)·scale."""

    label: LocalText
    first: float
    second: float | None
    scale: float
    tests: int
    guessed: bool = False
