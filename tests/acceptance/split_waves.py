"""Waves split and pooled alike, in any order of rows: a part of the acceptance of properties."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

from tests.waves import Row, people, tracker

from posad.pipeline.steps.books import book_tables
from posad.pipeline.verbs.ask import opened
from posad.store.keys import item_keys
from posad.tabulation.context import Context
from posad.tabulation.values import Table


def _opened(folder: Path, files: dict[str, str]) -> Context:
    shutil.rmtree(folder, ignore_errors=True)
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    context, problems = opened(folder)
    assert context is not None, problems
    return context


def _tables(context: Context) -> list[Table]:
    return [table for book in context.study.books for table in book_tables(context, book)[0]]


def split_and_pooled_return_the_same(folder: Path) -> None:
    """Waves split and pooled return the same sums, for other people, panels and mixtures, weighted."""
    for seed in range(6):
        first = people(seed, "a", 150, 0.5)
        stayed: list[Row] = [(id, sex, 3 - like, old, rate) for id, sex, like, old, rate in first[: 30 * seed]]
        context = _opened(folder, tracker(first, [*stayed, *people(seed + 50, "b", 200 - len(stayed), 0.6)]))

        for item in context.study.items():
            split = context.moments((context.wave_key(), *item_keys(item)), "main", None)
            pooled = context.moments(item_keys(item), "main", None)
            for part in ("n", "d", "w", "w2h", "w2l"):
                sums = {int(k): int(getattr(pooled, part)[pooled.keys[0] == k].sum()) for k in set(pooled.keys[0])}
                parts = {int(k): int(getattr(split, part)[split.keys[1] == k].sum()) for k in set(split.keys[1])}
                assert parts == sums


def order_of_rows_changes_nothing(folder: Path) -> None:
    """The order of rows changes no bit of any table of waves, of other people or of a panel."""
    for seed in range(4):
        first = people(seed, "a", 120, 0.5)
        second = people(seed + 50, "a" if seed % 2 else "b", 120, 0.6)
        turned = [random.Random(seed).sample(rows, len(rows)) for rows in (first, second)]

        one, other = (_tables(_opened(folder, tracker(a, b))) for a, b in ((first, second), (turned[0], turned[1])))

        assert [(t.cells, t.changes, t.bases) for t in one] == [(t.cells, t.changes, t.bases) for t in other]
