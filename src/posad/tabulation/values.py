"""A table as data: HTML, sheets, slides and sentences read the same cells."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from posad.core.words import LocalText
from posad.kernel.testing.association import Association
from posad.kernel.values import Bases, Estimate
from posad.study.plans.values import USUAL_STYLE, TableStyle

RowKind = Literal["answer", "net", "mean", "answers_per_person", "median", "sd"]
Verdict = Literal["up", "down", "same", "untested"]
Tier = Literal["hidden", "no_tests", "flagged", "full"]


@dataclass(frozen=True, slots=True)
class Column:
    """One column: Total, a group, or a nested pair of groups."""

    id: str  # "total", "sex:female", "town_size:small>mood:optimists"
    labels: tuple[LocalText, ...]  # outer to inner; the first is the block's (variable's) label unless it is Total
    block: int  # columns of one block are compared with one another
    letter: str = ""
    kind: Literal["group", "change"] = "group"  # a change is the difference of a wave to the one before


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the stub."""

    id: str  # measure of the address: "4", "leave", "mean"
    kind: RowKind
    label: LocalText
    codes: tuple[int, ...] = ()
    pinned: bool = False
    indent: int = 0


@dataclass(frozen=True, slots=True)
class Change:
    """The test of one change between waves: ``p`` by itself, ``adjusted`` over the whole page; nothing where there is no test."""

    p: float | None
    adjusted: float | None
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Difference:
    """One test: a line's number in column ``first`` against that in ``second`` (``rest``: everybody who is not in the first).

    ``p`` by itself, ``adjusted`` for the other tests of its family; ``found`` 1 at the main level, 2 only at the second, else 0.
    """

    row: str
    first: str
    second: str
    difference: float
    p: float
    adjusted: float
    found: int


@dataclass(frozen=True, slots=True)
class TableTests:
    """The tests of a table.

    ``letters`` maps (row id, column id) to the letters of the columns of its block with a lower number: capitals at the main
    level, small ones at the second. ``arrows`` maps it to ↑ or ↓ where the column differs from everybody else. ``associations``
    are, by block, Rao and Scott's test that the answers depend on the columns at all; ``legend`` says all this in words.
    """

    pairs: tuple[Difference, ...]
    parts: tuple[Difference, ...]
    letters: Mapping[tuple[str, str], str]
    arrows: Mapping[tuple[str, str], str]
    associations: tuple[tuple[LocalText, Association], ...]
    legend: LocalText


@dataclass(frozen=True, slots=True)
class Table:
    """One item against one banner.

    ``cells`` maps (row id, column id) to its estimate; ``bases`` and ``tiers`` are by column id. The low-base tier decides what may
    be shown: under 30 hidden, 30–49 without tests and barred from prose, 50–99 flagged; the smaller of the unweighted and the effective
    base counts. ``base_text`` says in words who was asked; ``notes`` are texts to print under it.
    """

    id: str  # "book/item", stable between builds
    item: str
    title: LocalText
    question: LocalText
    base_text: LocalText
    weight: str | None
    rows: tuple[Row, ...]
    columns: tuple[Column, ...]
    cells: Mapping[tuple[str, str], Estimate]
    bases: Mapping[str, Bases]
    tiers: Mapping[str, Tier]
    notes: tuple[LocalText, ...]
    simulated: bool
    changes: Mapping[tuple[str, str], Change] = field(default_factory=dict)  # by row and column of changes
    tests: TableTests | None = None
    style: TableStyle = USUAL_STYLE

    def all_notes(self) -> tuple[LocalText, ...]:
        """Return the texts to print under the table, the legend of its tests last."""
        return (*self.notes, self.tests.legend) if self.tests is not None else self.notes

    def marks(self, row: str, column: str) -> tuple[str, str]:
        """Return the letters and the arrow of a cell, empty where it has none."""
        if self.tests is None:
            return "", ""
        return self.tests.letters.get((row, column), ""), self.tests.arrows.get((row, column), "")
