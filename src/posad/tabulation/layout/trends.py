"""Waves in a table: changes to the wave before with their tests, which waves stand together, where the line is broken.

A change is tested by the column test with the design's own covariance: waves of different people are independent, in a panel the
link of each respondent with itself is measured. All changes of a page (a book of tables) are corrected together by Benjamini and
Hochberg (1995), so that of many questions that did not move hardly one is said to have moved.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from posad.core.numbers import number
from posad.core.words import LocalText
from posad.kernel.testing.columns import Quantity, pair_tests
from posad.kernel.testing.corrections import adjusted
from posad.kernel.testing.sums import gather
from posad.kernel.values import Bases, Estimate
from posad.store.keys import answered, item_keys
from posad.study.addresses.waves import breaks, comparable, wording_change
from posad.study.expressions.tree import Expression
from posad.study.questionnaire.values import Item
from posad.tabulation.cells import People, Target, bases, in_base, in_nest, joined, tier
from posad.tabulation.context import Context, Cut
from posad.tabulation.layout.heads import Head
from posad.tabulation.values import Change, Row, Table, Verdict
from posad.tabulation.wording import LANGUAGES

LEVEL = 0.05
Make = Callable[[Cut, Item, Row, People], Target]
_UNTESTED = Change(None, None, "untested")


def fill_changes(
    context: Context,
    item: Item,
    rows: Sequence[Row],
    columns: Sequence[Head],
    asked: tuple[str | None, str | None],
    make: Make,
    cells: dict[tuple[str, str], Estimate],
    held: dict[str, Bases],
) -> dict[tuple[str, str], Change]:
    """Add the cells and bases of columns of changes to those of a table, and return their tests.

    Args:
        context: the study and its answers.
        item: what the table is of.
        rows: its lines.
        columns: all its columns.
        asked: the weight and the condition of the table.
        make: the target of a line among some people.
        cells: the table's cells, to be added to.
        held: the table's bases by column, to be added to.
    """
    tests: dict[tuple[str, str], Change] = {}
    for head in columns:
        if not head.previous:
            continue
        cut = context.cut((item, context.waves), *asked)
        sides = in_nest(cut, head.nest), in_nest(cut, head.previous)
        both = [bases(cut, in_base(cut, item) & people) for people in sides]
        column = head.column.id
        held[column] = min(both, key=lambda b: b.effective)
        waves = [context.study.wave_ids()[nest[0][1] - 1] for nest in (head.nest, head.previous)]
        whole = comparable(context.study, item, waves)
        found = [[make(cut, item, row, people) for people in sides] for row in rows]
        for row, (first, second) in zip(rows, found, strict=True):
            cells[row.id, column] = joined(cut, first, second, "-") if whole else _broken(held[column])
        usable = whole and tier(held[column]) in ("flagged", "full")
        p = _p_values(cut, found) if usable else [None] * len(rows)
        for row, one in zip(rows, p, strict=True):
            tests[row.id, column] = _UNTESTED if one is None else Change(one, None, "same")
    return _decided(tests, cells)


def _broken(base: Bases) -> Estimate:
    return Estimate(None, None, None, None, base, "difference", 0)


def _p_values(cut: Cut, targets: Sequence[Sequence[Target]]) -> list[float | None]:
    """Return the p-value of each line's change, nothing where no test can be made."""
    found: list[float | None] = [None] * len(targets)
    quantities: tuple[Quantity, ...] = ("share", "mean")
    for quantity in quantities:
        lines = [i for i, pair in enumerate(targets) if pair[0].quantity == quantity]
        if not lines:
            continue
        tests = pair_tests(
            gather(cut.design, cut.cells, _stack(targets, lines, 0), _stack(targets, lines, 1)), quantity
        )
        for line, p in zip(lines, tests.p[:, 0, 1].tolist(), strict=True):
            found[line] = None if np.isnan(p) else float(p)
    return found


def _stack(targets: Sequence[Sequence[Target]], lines: Sequence[int], part: int) -> NDArray[np.float64]:
    """Return numerators or denominators of lines and their two waves (cells × lines × 2)."""
    chosen = [[(t.value, t.over)[part].astype(np.float64) for t in targets[i]] for i in lines]
    return np.moveaxis(np.array(chosen), 2, 0)


def _decided(
    tests: Mapping[tuple[str, str], Change], cells: Mapping[tuple[str, str], Estimate]
) -> dict[tuple[str, str], Change]:
    """Return tests corrected together, with what they say."""
    made = {key: test.p for key, test in tests.items() if test.p is not None}
    corrected = adjusted(list(made.values()), "bh").tolist() if made else []
    found = dict(tests)
    for key, p in zip(made, corrected, strict=True):
        found[key] = Change(made[key], float(p), _verdict(cells[key].value or 0.0, float(p)))
    return found


def _verdict(value: float, p: float) -> Verdict:
    if p > LEVEL or value == 0:
        return "same"
    return "up" if value > 0 else "down"


def corrected_together(tables: Sequence[Table]) -> list[Table]:
    """Return the tables of a page with their tests of changes corrected over all of it."""
    every = {(str(i), *key): test for i, t in enumerate(tables) for key, test in t.changes.items()}
    flat = {("\t".join(key[:2]), key[2]): test for key, test in every.items()}
    cells = {("\t".join(key[:2]), key[2]): tables[int(key[0])].cells[key[1], key[2]] for key in every}
    decided = _decided(flat, cells)
    return [
        replace(t, changes={key: decided[f"{i}\t{key[0]}", key[1]] for key in t.changes}) if t.changes else t
        for i, t in enumerate(tables)
    ]


def wave_notes(
    context: Context, item: Item, columns: Sequence[Head], filter: Expression | None
) -> tuple[LocalText, ...]:
    """Return what a reader must know of the waves: which stand together in a column, how changes are tested, broken lines."""
    there = context.waves_there
    if len(there) < 2:
        return ()
    found = []
    if any(all(one.id != context.waves.id for one, _ in h.nest) for h in columns):
        found.append(pooled_text(context, item, filter))
    if any(h.previous for h in columns):
        found.append(
            LocalText.of(
                ru="▲▼ – изменение к предыдущей волне, проверенное с поправкой на все изменения страницы (Бенджамини – Хохберг, 5 %).",
                en="▲▼: a change to the previous wave that stays after correction over all changes of the page (Benjamini–Hochberg, 5%).",
            )
        )
    return (*found, *_wordings(context, item))


def _wordings(context: Context, item: Item) -> list[LocalText]:
    """Return the waves that asked in other words, if any two are not to be compared for it."""
    if not breaks(context.study, item, context.waves_there):
        return []
    said = {w: r for w in context.waves_there if (r := wording_change(context.study, item, w)) is not None}
    parts = {lang: "; ".join(f"{w} – {r.get(lang)}" for w, r in said.items()) for lang in LANGUAGES}
    ru = f"Формулировка вопроса менялась ({parts['ru']}): волны с разными словами не сравниваются."
    en = f"The wording changed ({parts['en']}): waves asked in different words are not compared."
    return [LocalText.of(ru=ru, en=en)]


def pooled_text(context: Context, item: Item, filter: Expression | None = None) -> LocalText:
    """Return which waves are counted together, with the number of people of each who answered."""
    keys = (context.wave_key(), *item_keys(item))
    sums = context.moments(keys, None, context.where(filter))
    there = answered(sums.keys[1])
    people = {w: int(sums.n[there & (sums.keys[0] == context.wave_code(w))].sum()) for w in context.waves_there}
    said = {lang: ", ".join(f"{w} ({number(n, lang)})" for w, n in people.items() if n) for lang in LANGUAGES}
    if sum(n > 0 for n in people.values()) < 2:
        return LocalText.of(ru=f"Волна {said['ru']}.", en=f"Wave {said['en']}.")
    return LocalText.of(ru=f"Волны вместе: {said['ru']}.", en=f"Waves together: {said['en']}.")
