"""What is inferred: columns as they look, and the questions proposed for them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from posad.store.values import RawTable
from posad.study.questionnaire.values import Question


@dataclass(frozen=True, slots=True)
class Column:
    """One raw column as it looks: how often each value comes, what the file says about it.

    ``counts`` leave out blanks and the values of ``missing``; their keys are texts as the coder compares them. ``labels`` are
    value labels by such keys. ``missing`` are texts and ranges for the mapping.
    """

    name: str
    counts: Mapping[str, int]
    blanks: int
    label: str = ""
    labels: Mapping[str, str] = field(default_factory=dict)
    missing: tuple[str, ...] = ()

    @property
    def present(self) -> int:
        """How many cells hold an answer."""
        return sum(self.counts.values())


@dataclass(frozen=True, slots=True)
class Hints:
    """What the researcher says beside the file: a codebook, kinds of columns, the delimiter of several answers.

    ``kinds`` map a column to single, multiple, number, open, weight, respondent or skip.
    """

    labels: Mapping[str, str] = field(default_factory=dict)
    value_labels: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    kinds: Mapping[str, str] = field(default_factory=dict)
    delimiter: str | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """Everything an inference may look at."""

    raw: RawTable
    columns: Mapping[str, Column]
    hints: Hints
    language: str


@dataclass(slots=True)
class Proposal:
    """Questions and the mapping from columns to them, in the order of the file.

    ``weights`` map a weight's id to (its column, a doubt or an empty text).
    """

    questions: list[Question] = field(default_factory=list)
    columns: dict[str, str | None] = field(default_factory=dict)
    values: dict[str, dict[str, int]] = field(default_factory=dict)
    missing: dict[str, tuple[str, ...]] = field(default_factory=dict)
    weights: dict[str, str] = field(default_factory=dict)
    delimiter: str | None = None
    doubts: list[tuple[str, str]] = field(default_factory=list)  # (problem code, column)
