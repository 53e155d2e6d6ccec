"""Tests in a table: letters between columns of one block, arrows for a part against everybody else, a test of the whole.

Total is never compared with its own parts and no column with one of another block. All tests of a table are corrected together, those
of the arrows apart from those of the letters. Columns too small for tests take no part.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from posad.core.words import LocalText
from posad.kernel.testing.association import Association, association
from posad.kernel.testing.columns import PairTests, Quantity
from posad.kernel.testing.corrections import Correction, adjusted
from posad.kernel.testing.presets import HABITS, Preset, column_tests
from posad.kernel.testing.sums import against_the_rest, gather
from posad.kernel.testing.tails import t_tails
from posad.kernel.values import Bases
from posad.study.plans.values import TestPlan
from posad.tabulation.book.words import legend
from posad.tabulation.cells import Target, tier
from posad.tabulation.context import Cut
from posad.tabulation.values import Column, Difference, Row, Table, TableTests

TESTED = frozenset({"flagged", "full"})
ARROWED: frozenset[Preset] = frozenset({"posad", "welch", "q"})  # others know no arrows
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Rules:
    """A test plan with the habits of its preset filled in."""

    preset: Preset
    level: float
    second: float | None
    correction: Correction
    by_line: bool
    nets_apart: bool
    minimum: float


@dataclass(frozen=True, slots=True)
class Block:
    """Columns of one block with what stands in each line: ``targets`` (lines × columns) and, last, everybody's where there is one."""

    cut: Cut
    columns: tuple[Column, ...]
    targets: tuple[tuple[Target, ...], ...]
    everybody: bool


@dataclass(frozen=True, slots=True)
class _Raw:
    row: Row
    block: int
    first: str
    second: str
    difference: float
    statistic: float
    df: float
    share: bool


def rules_of(plan: TestPlan) -> Rules | None:
    """Return the rules a plan asks for; None where it asks for no tests."""
    if plan.preset == "none":
        return None
    preset: Preset = plan.preset  # type: ignore[assignment]
    habits = HABITS[preset]
    level, second = (0.001, 0.05) if preset == "q" else (0.05, None)  # Q: small letters at 5 %, capitals at 0.1 %
    correction: Correction = plan.correction or habits.correction  # type: ignore[assignment]
    return Rules(
        preset,
        plan.level or level,
        plan.second_level if plan.second_level is not None or plan.level is not None else second,
        correction,
        habits.family == "line",
        not habits.nets,
        plan.minimum_difference,
    )


def lettered(table: Table, blocks: Sequence[Block], plan: TestPlan, exclusive: bool = True) -> Table:
    """Return a table with its tests.

    Args:
        table: the table, its tiers made.
        blocks: its blocks of columns, Total not among them.
        plan: how to test.
        exclusive: whether an answer excludes the others, so that the table as a whole can be tested.
    """
    rules = rules_of(plan)
    if rules is None or not any(len(b.columns) > 1 or b.everybody for b in blocks):
        return table
    pairs: list[_Raw] = []
    parts: list[_Raw] = []
    for block in blocks:
        own, rest = _tested(table, block, rules)
        pairs += own
        parts += rest
    named = {c.id: letter for b in blocks for c, letter in zip(b.columns, _letters(len(b.columns)), strict=True)}
    p = t_tails([one.statistic for one in (*pairs, *parts)], [one.df for one in (*pairs, *parts)]).tolist()
    own_tests, rest_tests = _decided(pairs, p[: len(pairs)], rules), _decided(parts, p[len(pairs) :], rules)
    whole = _associations(table, blocks) if exclusive else ()
    columns = tuple(replace(c, letter=named.get(c.id, "")) if len(named) > 1 else c for c in table.columns)
    tests = TableTests(
        own_tests,
        rest_tests,
        _marks(own_tests, named),
        {(d.row, d.first): "↑" if d.difference > 0 else "↓" for d in rest_tests if d.found == 1},
        whole,
        legend(
            rules.preset, rules.level, rules.second, rules.correction, rules.minimum, bool(parts), bool(pairs), whole
        ),
    )
    return replace(table, tests=tests, columns=columns)


def _letters(count: int) -> list[str]:
    """Return A, B, …, Z, AA, AB, … for the columns of a block."""
    return [("" if i < 26 else chr(64 + i // 26)) + chr(65 + i % 26) for i in range(count)]


def _tested(table: Table, block: Block, rules: Rules) -> tuple[list[_Raw], list[_Raw]]:
    pairs: list[_Raw] = []
    parts: list[_Raw] = []
    quantities: tuple[Quantity, ...] = ("share", "mean")
    for quantity in quantities:
        lines = [i for i, targets in enumerate(block.targets) if targets[0].quantity == quantity]
        for group in _same_base(block, lines):
            rows = [table.rows[i] for i in group]
            top, bottom = _stacked(block, group)
            sums = gather(block.cut.design, block.cut.cells, top, bottom)
            count = len(block.columns)
            rested = block.everybody and rules.preset in ARROWED
            if rested:  # the columns, and after them the rest of each, tested at once
                sums = against_the_rest(sums)
            made = column_tests(sums, quantity, rules.preset)
            usable = _usable(table, rows, block.columns)
            pairs += _pairs(made, rows, block.columns, usable, quantity)
            if rested:
                allowed = usable & _large(table, sums.n[:, count:], sums.b[:, count:], sums.effective[:, count:])
                parts += _rests(made, rows, block.columns, allowed, quantity)
    return pairs, parts


def _same_base(block: Block, lines: Sequence[int]) -> list[list[int]]:
    """Return lines in groups that share the bases of their columns, so that sums of a base are made once."""
    found: list[list[int]] = []
    for line in lines:
        for group in found:
            if all(
                np.array_equal(a.over, b.over)
                for a, b in zip(block.targets[line], block.targets[group[0]], strict=True)
            ):
                group.append(line)
                break
        else:
            found.append([line])
    return found


def _stacked(block: Block, lines: Sequence[int]) -> tuple[Floats, Floats]:
    """Return numerators (cells × lines × columns) and the lines' common denominators (cells × columns)."""
    top = np.array([[t.value for t in block.targets[i]] for i in lines])
    bottom = np.array([t.over for t in block.targets[lines[0]]], dtype=np.float64)
    return np.moveaxis(top, 2, 0), bottom.T


def _usable(table: Table, rows: Sequence[Row], columns: Sequence[Column]) -> NDArray[np.bool_]:
    """Tell which lines and columns are large enough for tests; a mean has a base of its own."""
    rule = table.style.low_base
    return np.array(
        [
            [table.tiers[c.id] in TESTED and tier(table.cells[r.id, c.id].bases, rule) in TESTED for c in columns]
            for r in rows
        ]
    )


def _large(table: Table, n: Floats, weighted: Floats, effective: Floats) -> NDArray[np.bool_]:
    rule = table.style.low_base
    flat = zip(n.ravel(), weighted.ravel(), effective.ravel(), strict=True)
    held = [tier(Bases(int(a), float(b), float(c)), rule) in TESTED for a, b, c in flat]
    return np.array(held, dtype=bool).reshape(n.shape)


def _pairs(
    made: PairTests,
    rows: Sequence[Row],
    columns: Sequence[Column],
    usable: NDArray[np.bool_],
    quantity: Quantity,
) -> list[_Raw]:
    """Return the tests of every column against those after it."""
    first, second = np.triu_indices(len(columns), 1)
    names = [(columns[a], columns[b].id) for a, b in zip(first.tolist(), second.tolist(), strict=True)]
    return _raw(made, rows, names, (first, second), usable[:, first] & usable[:, second], quantity)


def _rests(
    made: PairTests, rows: Sequence[Row], columns: Sequence[Column], usable: NDArray[np.bool_], quantity: Quantity
) -> list[_Raw]:
    """Return the tests of every column against everybody else."""
    part = np.arange(len(columns))
    return _raw(made, rows, [(c, "rest") for c in columns], (part, len(part) + part), usable, quantity)


def _raw(
    made: PairTests,
    rows: Sequence[Row],
    names: Sequence[tuple[Column, str]],
    at: tuple[NDArray[np.int64], NDArray[np.int64]],
    usable: NDArray[np.bool_],
    quantity: Quantity,
) -> list[_Raw]:
    difference, statistic, df = (x[:, at[0], at[1]] for x in (made.difference, made.statistic, made.df))
    tested = usable & ~np.isnan(statistic) & (df > 0)
    return [
        _Raw(rows[i], names[j][0].block, names[j][0].id, names[j][1], d, t, nu, quantity == "share")
        for (i, j), d, t, nu in zip(
            np.argwhere(tested).tolist(), *(x[tested].tolist() for x in (difference, statistic, df)), strict=True
        )
    ]


def _decided(raw: Sequence[_Raw], alone: Sequence[float], rules: Rules) -> tuple[Difference, ...]:
    """Return tests corrected within their families, with what they find."""

    def family(one: _Raw) -> tuple[object, ...]:
        by_line = (one.row.id, one.block) if rules.by_line else ()
        return (*by_line, rules.nets_apart and one.row.kind == "net")

    families: dict[tuple[object, ...], list[int]] = {}
    for i, one in enumerate(raw):
        families.setdefault(family(one), []).append(i)
    corrected = np.full(len(raw), np.nan)
    for members in families.values():
        corrected[members] = adjusted([alone[i] for i in members], rules.correction)
    return tuple(
        Difference(one.row.id, one.first, one.second, one.difference, own, p, _found(one, p, rules))
        for one, own, p in zip(raw, alone, corrected.tolist(), strict=True)
    )


def _found(one: _Raw, p: float, rules: Rules) -> int:
    if one.share and abs(one.difference) < rules.minimum - 1e-12:
        return 0
    if p <= rules.level:
        return 1
    return 2 if rules.second is not None and p <= rules.second else 0


def _marks(tests: Sequence[Difference], named: Mapping[str, str]) -> dict[tuple[str, str], str]:
    """Return the letters of each cell: of the columns it is higher than."""
    order = {column: i for i, column in enumerate(named)}
    found: dict[tuple[str, str], list[tuple[int, str]]] = {}
    for test in tests:
        if test.found:
            high, low = (test.first, test.second) if test.difference > 0 else (test.second, test.first)
            letter = named[low] if test.found == 1 else named[low].lower()
            found.setdefault((test.row, high), []).append((order[low], letter))
    join = " " if any(len(letter) > 1 for letter in named.values()) else ""
    return {cell: join.join(letter for _, letter in sorted(letters)) for cell, letters in found.items()}


def _associations(table: Table, blocks: Sequence[Block]) -> tuple[tuple[LocalText, Association], ...]:
    """Return the test of each block of columns as a whole, where they share nobody."""
    found = []
    for block in blocks:
        lines = [i for i, r in enumerate(table.rows) if r.kind == "answer"]
        columns = [i for i, c in enumerate(block.columns) if table.tiers[c.id] in TESTED]
        if len(lines) < 2 or len(columns) < 2:
            continue
        over = np.array([block.targets[lines[0]][i].over for i in columns]).T
        if np.any(over.sum(axis=1) > 1):
            continue
        given = np.array([np.sum([block.targets[i][j].value for j in columns], axis=0) > 0 for i in lines]).T
        made = association(block.cut.design, block.cut.cells, given, over)
        if made is not None:
            found.append((block.columns[0].labels[0], made))
    return tuple(found)
