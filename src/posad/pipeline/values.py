"""What a build hands from step to step, and what it tells when it ends."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from posad.core.problems import Problem
from posad.core.words import LocalText
from posad.pipeline.stale.decide import Reason
from posad.study.plans.values import Study

BUILD = "build"
CODED = "build/data/coded.parquet"
USABLE = "build/data/usable.parquet"
CLEANING = "build/data/cleaning.json"
WEIGHTED = "build/data/weighted.parquet"
WEIGHTS = "build/data/weights.json"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one step made: files relative to the study, problems met, row counts worth keeping."""

    made: tuple[str, ...]
    problems: tuple[Problem, ...] = ()
    rows: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a build: what it is made from (by name and digest) and how it is done.

    ``after`` are the steps whose results it reads. ``files`` are patterns of the study's own files.
    """

    name: str
    title: LocalText
    files: tuple[str, ...]
    after: tuple[str, ...]
    do: Callable[[Path, Study], Outcome]
    version: int = 1


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided about a step: done for these reasons, or left as it was."""

    step: str
    title: LocalText
    reasons: tuple[Reason, ...]

    @property
    def done(self) -> bool:
        """Tell whether the step had to be done."""
        return bool(self.reasons)


@dataclass(frozen=True, slots=True)
class BuildResult:
    """How a build ended."""

    problems: tuple[Problem, ...]
    decisions: tuple[Decision, ...] = ()
    reports: tuple[str, ...] = ()
    mended: tuple[str, ...] = ()  # chapters whose numbers were refreshed
    drafts: tuple[str, ...] = ()  # what could be shown of a study with errors
