"""What a simulation is asked for, and what came of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from posad.core.place import Place
from posad.study.addresses import Resolved
from posad.study.expressions.tree import Expression

SETTINGS = "simulation.yaml"
TARGETS = "simulation/targets.csv"
ANSWERS = "answers/simulated.csv"
DESCRIPTION = "answers/simulated.yaml"
MANIFEST = "simulation.lock"
GENERATOR = 1  # changes whenever the same targets and seed give other answers

TargetStanding = Literal["published", "assumed"]
Row = dict[str, object]  # one respondent's answers by the store's columns


@dataclass(frozen=True, slots=True)
class Target:
    """One number that the simulated answers must carry.

    ``value`` and ``within`` are shares from 0 to 1 for shares and their differences, else plain numbers; ``within`` is how far
    the answers may be from the value: half a unit of its last printed digit where nothing else is said. ``source`` is where the
    number was printed; ``reason`` why it was assumed, or how an ambiguous print was read.
    """

    address: str
    resolved: Resolved
    value: float
    within: float
    printed: str
    standing: TargetStanding
    source: str
    reason: str
    place: Place


@dataclass(frozen=True, slots=True)
class SampleMargin:
    """How many respondents are drawn from each group or code of a variable: shares that sum to one."""

    variable: str
    shares: tuple[tuple[int, float], ...]
    place: Place


@dataclass(frozen=True, slots=True)
class SampleCondition:
    """The share of respondents for whom a condition on the sample's questions is true."""

    condition: Expression
    share: float
    place: Place


@dataclass(frozen=True, slots=True)
class Plan:
    """simulation.yaml and simulation/targets.csv, read.

    ``factors`` give loadings of questions on latent factors; ``outside`` shares of answers out of the base by item; ``counts`` mean
    numbers of answers by item.
    """

    size: int
    seed: int
    place: Place
    wave: str | None = None
    size_source: str = ""
    margins: tuple[SampleMargin, ...] = ()
    conditions: tuple[SampleCondition, ...] = ()
    targets: tuple[Target, ...] = ()
    factors: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    outside: Mapping[str, float] = field(default_factory=dict)
    counts: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Met:
    """A target and what the answers made of it."""

    target: Target
    made: float

    @property
    def inside(self) -> bool:
        """Tell whether the answers carry the target inside its rounding."""
        return abs(self.made - self.target.value) <= self.target.within + 1e-9


@dataclass(frozen=True, slots=True)
class Simulated:
    """Simulated respondents: their answers, and how each target was met."""

    rows: tuple[Mapping[str, object], ...]
    met: tuple[Met, ...]
    seed: int
