"""The table of linked questions under their targets, and the people put into its cells.

The table is the one of maximum entropy; people are put into it by weighted cuts of ranked latent scores, question by question, what
rounding leaves over in one cell carried to the next; last, single people are moved where a target is still near the edge of its rounding.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from posad.simulation.solving.cells import Cells, prior_of, row_of, value_of
from posad.simulation.solving.entropy import SHARE_OF_ROUNDING, feasible, project, smallest_conflict
from posad.simulation.values import Target
from posad.study.questionnaire.values import Role

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
_CLASS_TOLERANCE = 1e-5
_ROUNDS = 4  # the sizes of groups are taken from the table before
_NEAR = 0.6  # of its rounding that a target may be off once people are placed
_MOVES = 400
_LOOKED_AT = 160


@dataclass(frozen=True, slots=True)
class Conflict:
    """Targets that no answers can carry together: the fewest there are."""

    targets: tuple[Target, ...]


def solve(cells: Cells, targets: Sequence[Target], weights: Floats, outside: Mapping[str, float]) -> Floats | Conflict:
    """Return the table of maximum entropy under all targets, classes × answers, or the targets that contradict one another."""
    prior = prior_of(cells, weights, outside)
    table = _project(cells, targets, prior, prior)
    for _ in range(_ROUNDS if targets else 0):
        if _worst(cells, targets, table) <= SHARE_OF_ROUNDING:
            break
        table = _project(cells, targets, prior, table)
    if _worst(cells, targets, table) > SHARE_OF_ROUNDING:
        middle = _inside(cells, targets, prior, table, SHARE_OF_ROUNDING)
        if middle is None:
            return _conflict(cells, targets, prior, table)
        values = [value_of(cells, t, middle) for t in targets]
        for _ in range(_ROUNDS):
            table = _project(cells, targets, prior, table, values)
        if _worst(cells, targets, table) > 1:
            table = middle
    return table.reshape(cells.shape)


def _worst(cells: Cells, targets: Sequence[Target], table: Floats) -> float:
    return max((abs(value_of(cells, t, table) - t.value) / t.within for t in targets), default=0.0)


def _class_rows(cells: Cells) -> Floats:
    """Return the rows that hold every class but the last at its share (the last follows)."""
    rows = np.zeros((cells.count - 1, cells.count, int(np.prod(cells.shape[1:]))))
    for one in range(cells.count - 1):
        rows[one, one] = 1.0
    return rows.reshape(cells.count - 1, int(np.prod(cells.shape)))


def _project(
    cells: Cells, targets: Sequence[Target], prior: Floats, table: Floats, values: Sequence[float] | None = None
) -> Floats:
    held = _class_rows(cells)
    rows = [row_of(cells, t, table, values[n] if values else None) for n, t in enumerate(targets)]
    allowed = [t.within for t in targets]
    if not rows:
        return prior
    return project(
        prior,
        np.concatenate([np.array(rows), held]),
        np.concatenate([np.zeros(len(rows)), held @ prior]),
        np.concatenate([allowed, np.full(len(held), _CLASS_TOLERANCE)]),
    )


def _inside(cells: Cells, targets: Sequence[Target], prior: Floats, table: Floats, part: float) -> Floats | None:
    """Return some table with every target inside a part of its rounding, or nothing where there is none."""
    upper, limits = [], []
    for t in targets:
        if t.resolved.second is None or t.resolved.join == "/":
            high = row_of(cells, t, table, t.value + part * t.within)
            low = row_of(cells, t, table, t.value - part * t.within)
            upper += [high, -low]
            limits += [0.0, 0.0]
        else:
            row = row_of(cells, t, table)
            upper += [row, -row]
            limits += [part * t.within, part * t.within]
    equal = np.concatenate([_class_rows(cells), np.ones((1, len(prior)))])
    rows = np.concatenate([np.array(upper), equal])
    _, first, which = np.unique(np.round(rows, 12), axis=1, return_index=True, return_inverse=True)
    found = feasible(np.array(upper)[:, first], np.array(limits), equal[:, first], equal @ prior)
    if found is None:
        return None
    like = np.bincount(which.ravel(), prior, len(first))
    spread: Floats = (
        found[which.ravel()] * prior / like[which.ravel()]
    )  # cells that no target tells apart share as before
    return spread


def _conflict(cells: Cells, targets: Sequence[Target], prior: Floats, table: Floats) -> Conflict:
    def possible(some: Sequence[int]) -> bool:
        return _inside(cells, [targets[n] for n in some], prior, table, SHARE_OF_ROUNDING) is not None

    return Conflict(tuple(targets[n] for n in smallest_conflict(len(targets), possible)))


def place(
    cells: Cells,
    targets: Sequence[Target],
    table: Floats,
    weights: Floats,
    latents: Sequence[Floats],
    chance: np.random.Generator,
) -> Ints:
    """Return the answer of each respondent to each question (people × questions, as positions in ``cells.codes``).

    Args:
        cells: The linked questions.
        targets: What the answers must carry.
        table: The table of :func:`solve`.
        weights: The weight of each of ``cells.people``.
        latents: For each question the latent score of each of ``cells.people``: high scores get high codes.
        chance: Chance, for ties and who doesn't know.
    """
    answers = np.zeros((len(cells.people), len(cells.items)), dtype=np.int64)
    aside = chance.random((len(cells.items), len(cells.people)))
    carry: dict[tuple[int, int], Floats] = {}
    for number in range(cells.count):
        who = np.flatnonzero(cells.classes == number)
        _cut(cells, table[number], who, answers, weights, latents, aside, carry, 0)
    if targets:
        _mend(cells, targets, answers, weights, chance)
    return answers


def _cut(
    cells: Cells,
    table: Floats,
    who: Ints,
    answers: Ints,
    weights: Floats,
    latents: Sequence[Floats],
    aside: Floats,
    carry: dict[tuple[int, int], Floats],
    depth: int,
) -> None:
    """Give some people their answers to one question, then, among those of each answer, to the next."""
    if depth == len(cells.items) or not len(who):
        return
    shares = table.reshape(table.shape[0], -1).sum(axis=1)
    before = int(answers[who[0], depth - 1]) if depth else 0
    left = carry.setdefault((depth, before), np.zeros(len(shares)))
    item, codes = cells.items[depth], cells.codes[depth]
    away = np.array(
        [any(o.code == c and o.roles & {Role.DONT_KNOW, Role.OUT_OF_BASE} for o in item.options) for c in codes]
    )
    answers[who, depth] = rank_cut(latents[depth][who], aside[depth, who], weights[who], shares, away, left)
    for answer in range(len(shares)):
        _cut(
            cells, table[answer], who[answers[who, depth] == answer], answers, weights, latents, aside, carry, depth + 1
        )


def rank_cut(
    score: Floats, aside: Floats, weights: Floats, shares: Floats, away: NDArray[np.bool_], carry: Floats | None = None
) -> Ints:
    """Return a category for each person so that weighted shares come out, low scores in the first categories.

    Categories that are ``away`` (don't know) are taken from anywhere, by ``aside``. ``carry`` is the weight that earlier cuts owe
    each category, brought up to date.

    >>> ones = np.ones(4)
    >>> rank_cut(np.array([0.3, 0.1, 0.4, 0.2]), ones, ones, np.array([0.25, 0.75]), np.zeros(2, bool)).tolist()
    [1, 0, 1, 1]
    """
    total = float(weights.sum())
    if shares.sum() <= 0:
        shares = np.ones(len(shares))
    wanted = shares / shares.sum() * total + (carry if carry is not None else 0.0)
    goal = np.maximum(wanted, 0.0)
    goal = goal * (total / goal.sum()) if goal.sum() > 0 else shares / shares.sum() * total
    out = np.empty(len(score), dtype=np.int64)
    first = _in_order(aside, weights, np.array([goal[~away].sum(), *goal[away]]))
    numbers = np.flatnonzero(away)
    out[first > 0] = numbers[first[first > 0] - 1] if len(numbers) else 0
    rest = first == 0
    kept = np.flatnonzero(~away)
    if rest.any() and len(kept):
        part = goal[~away] * (weights[rest].sum() / max(goal[~away].sum(), 1e-12))
        out[rest] = kept[_in_order(score[rest], weights[rest], part)]
    if carry is not None:
        carry[:] = wanted - np.bincount(out, weights, len(shares))
    return out


def _in_order(score: Floats, weights: Floats, goal: Floats) -> Ints:
    """Return categories by rank: each takes people until its weight is full."""
    order = np.argsort(score, kind="stable")
    middle = np.cumsum(weights[order]) - weights[order] / 2
    out = np.empty(len(score), dtype=np.int64)
    out[order] = np.minimum(np.searchsorted(np.cumsum(goal), middle, side="right"), len(goal) - 1)
    return out


def _mend(cells: Cells, targets: Sequence[Target], answers: Ints, weights: Floats, chance: np.random.Generator) -> None:
    """Move single people to other answers until every target is well inside its rounding, or no move helps."""
    inner = cells.shape[1:]
    size = int(np.prod(inner))
    at = np.ravel_multi_index(tuple(answers.T), inner)
    allowed = np.array([t.within for t in targets])
    for _ in range(_MOVES):
        flat = np.bincount(cells.classes * size + at, weights, cells.count * size)
        flat = flat / flat.sum()
        off = np.array([value_of(cells, t, flat) - t.value for t in targets]) / allowed
        if np.abs(off).max() <= _NEAR:
            break
        rows = np.array([row_of(cells, t, flat) for t in targets]) / allowed[:, None] / weights.sum()
        rows = rows.reshape(len(targets), cells.count, size)
        who = chance.choice(len(at), min(_LOOKED_AT, len(at)), replace=False)
        to = chance.choice(size, min(_LOOKED_AT, size), replace=False)
        move = rows[:, cells.classes[who]][:, :, to] - rows[:, cells.classes[who], at[who]][:, :, None]
        after = off[:, None, None] + weights[who][None, :, None] * move
        cost = (np.maximum(np.abs(after) - _NEAR / 2, 0) ** 2).sum(axis=0)
        best = int(np.argmin(cost))
        i, j = divmod(best, cost.shape[1])
        if cost[i, j] < (np.maximum(np.abs(off) - _NEAR / 2, 0) ** 2).sum() - 1e-12:
            at[who[i]] = to[j]
    answers[:] = np.stack(np.unravel_index(at, inner), axis=1)
