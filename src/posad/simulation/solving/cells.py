"""Linked questions as one table of joint answers, and every target as a row of coefficients over its cells.

A cell is a class of respondents (what the groups of the targets make of what is already known of them) with one answer to each of the
linked questions. A share in a group is a row: its coefficient is ``answer gives the code − target`` in the group, else zero.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from math import prod

import numpy as np
from numpy.typing import NDArray

from posad.simulation.values import Target
from posad.simulation.world import World, answers_behind, groups_of
from posad.study.addresses import ResolvedTerm
from posad.study.questionnaire.values import Item, Kind, Role, columns_of

Floats = NDArray[np.float64]
MOST_CELLS = 40_000
DONT_KNOW = 0.04
OUT_OF_BASE = 0.05


@dataclass(frozen=True, slots=True)
class Cells:
    """The table of some linked questions among the respondents who are asked them.

    ``codes`` are the answers of each question; ``classes`` the class of each respondent; ``inside`` tells, for each group of a target,
    the cells whose people are in it (classes × answers).
    """

    items: tuple[Item, ...]
    codes: tuple[tuple[int, ...], ...]
    people: NDArray[np.int64]
    classes: NDArray[np.int64]
    count: int
    inside: Mapping[tuple[str, int], NDArray[np.bool_]]

    @property
    def shape(self) -> tuple[int, ...]:
        """Classes, then answers of each question."""
        return (self.count, *(len(c) for c in self.codes))


def codes_of(item: Item) -> tuple[int, ...]:
    """Return the answers an item may have, "don't know" and those out of the base last.

    A number has the whole numbers within its bounds; with a side left open they cannot be told.
    """
    if item.kind is Kind.NUMBER:
        if item.bounds is None or not np.isfinite(item.bounds).all():
            return ()
        low, high = item.bounds
        return tuple(range(int(np.ceil(low)), int(np.floor(high)) + 1))
    last = {Role.DONT_KNOW, Role.OUT_OF_BASE}
    return tuple(sorted(o.code for o in item.options if not o.roles & last)) + tuple(
        sorted(o.code for o in item.options if o.roles & last)
    )


def has_role(item: Item, code: int, *roles: Role) -> bool:
    """Tell whether an answer has one of some roles."""
    return any(o.code == code and o.roles & set(roles) for o in item.options)


def cells_of(world: World, items: Sequence[Item], targets: Sequence[Target]) -> Cells:
    """Return the table of some linked questions; their groups are settled for every class of respondents."""
    people = np.flatnonzero(world.asked(items[0]))
    codes = tuple(codes_of(i) for i in items)
    groups = dict.fromkeys(
        (t.variable.id, t.group) for t in terms_of(targets) if t.variable is not None and t.group is not None
    )
    behaviour: list[tuple[bytes, ...]] = [() for _ in people]
    for key in groups:
        found = _of_people(world, people, items, codes, *key)
        behaviour = [(*b, flags) for b, flags in zip(behaviour, found, strict=True)]
    first: dict[tuple[bytes, ...], int] = {}
    classes = np.array([first.setdefault(b, len(first)) for b in behaviour], dtype=np.int64)
    shape = tuple(len(c) for c in codes)
    inside = {}
    for number, key in enumerate(groups):
        flat = [
            np.frombuffer(b[number], dtype=np.bool_).reshape(_own_shape(world, items, codes, key[0])) for b in first
        ]
        inside[key] = np.stack([np.broadcast_to(f, shape) for f in flat]) if flat else np.zeros((0, *shape), dtype=bool)
    return Cells(tuple(items), codes, people, classes, len(first), inside)


def _own_shape(world: World, items: Sequence[Item], codes: Sequence[tuple[int, ...]], variable: str) -> tuple[int, ...]:
    """Return the shape in which a variable's groups depend on the linked questions: one where it doesn't."""
    behind = {i.id for i in answers_behind(world.study, (variable,))}
    return tuple(len(c) if i.id in behind else 1 for i, c in zip(items, codes, strict=True))


def _of_people(
    world: World,
    people: NDArray[np.int64],
    items: Sequence[Item],
    codes: Sequence[tuple[int, ...]],
    variable: str,
    group: int,
) -> list[bytes]:
    """Return, for each respondent, which joint answers put him into a group, as the bytes of an array of flags."""
    behind = answers_behind(world.study, (variable,))
    own = [(i, c) for i, c in zip(items, codes, strict=True) if i in behind]
    fixed = [c for i in behind if i not in items for c in columns_of(i)]
    memo: dict[tuple[object, ...], bytes] = {}
    found = []
    for person in people:
        row = world.rows[person]
        key = tuple(row.get(c) for c in fixed)
        if key not in memo:
            known = dict(zip(fixed, key, strict=True))
            flags = [
                group
                in groups_of(
                    world.study, variable, {**known, **{i.column: a for (i, _), a in zip(own, joint, strict=True)}}
                )
                for joint in product(*(c for _, c in own))
            ]
            memo[key] = np.array(flags, dtype=np.bool_).tobytes()
        found.append(memo[key])
    return found


def terms_of(targets: Sequence[Target]) -> list[ResolvedTerm]:
    """Return the single estimates that targets are made of."""
    return [t for target in targets for t in (target.resolved.first, target.resolved.second) if t is not None]


def size_of(items: Sequence[Item]) -> int:
    """Return how many joint answers some questions have."""
    return prod(max(len(codes_of(i)), 1) for i in items)


def prior_of(cells: Cells, weights: Floats, outside: Mapping[str, float]) -> Floats:
    """Return the table before any target: answers equally likely, those who don't know few, classes as they are."""
    shares = np.bincount(cells.classes, weights[cells.people], cells.count)
    table = (shares / shares.sum()).reshape((-1,) + (1,) * len(cells.items))
    for axis, item in enumerate(cells.items, 1):
        table = table * _own_prior(item, outside).reshape([-1 if a == axis else 1 for a in range(len(cells.items) + 1)])
    return np.broadcast_to(table, cells.shape).reshape(-1).copy()


def _own_prior(item: Item, outside: Mapping[str, float]) -> Floats:
    codes = codes_of(item)
    aside = outside[item.id] / 100 if item.id in outside else OUT_OF_BASE
    fixed = {c: DONT_KNOW for c in codes if has_role(item, c, Role.DONT_KNOW)}
    out = [c for c in codes if has_role(item, c, Role.OUT_OF_BASE)]
    fixed |= dict.fromkeys(out, aside / max(len(out), 1))
    plain = [c for c in codes if c not in fixed]
    middle = np.ones(len(plain))
    if item.kind in (Kind.SCALE, Kind.NUMBER) and len(plain) > 2:
        middle = np.exp(-0.5 * ((np.linspace(0, 1, len(plain)) - 0.6) / 0.24) ** 2)
    rest = max(1 - sum(fixed.values()), 0.01)
    by_code = dict(zip(plain, rest * middle / middle.sum(), strict=True)) | {c: max(p, 1e-6) for c, p in fixed.items()}
    found = np.array([by_code[c] for c in codes])
    total: Floats = found / found.sum()
    return total


def numerator_and_base(cells: Cells, term: ResolvedTerm) -> tuple[Floats, Floats]:
    """Return what each cell adds to the numerator and to the base of a share or mean."""
    axis = next(n for n, i in enumerate(cells.items) if i.id == term.item.id)
    codes, item = cells.codes[axis], cells.items[axis]
    valued = np.array([not has_role(item, c, Role.OUT_OF_BASE) for c in codes], dtype=np.float64)
    if term.measure.kind == "mean":
        valued *= [not has_role(item, c, Role.DONT_KNOW) for c in codes]
        counted = np.array(codes, dtype=np.float64) * valued
    else:
        counted = np.array([c in term.measure.codes for c in codes], dtype=np.float64) * valued
    spread = [-1 if a == axis else 1 for a in range(len(cells.items))]
    inside = np.ones(cells.shape)
    if term.variable is not None and term.group is not None:
        inside = cells.inside[term.variable.id, term.group].astype(np.float64)
    return (inside * counted.reshape(spread)).reshape(-1), (inside * valued.reshape(spread)).reshape(-1)


def row_of(cells: Cells, target: Target, table: Floats, value: float | None = None) -> Floats:
    """Return a target as coefficients over the cells, in units of the number itself: what ``row @ table`` is off by.

    The size of a base is that of ``table``. ``value`` replaces the target's own.
    """
    goal = target.value if value is None else value
    first, base = numerator_and_base(cells, target.resolved.first)
    size = max(float(base @ table), 1e-9)
    if target.resolved.second is None:
        return (first - goal * base) / size
    second, other = numerator_and_base(cells, target.resolved.second)
    size2 = max(float(other @ table), 1e-9)
    if target.resolved.join == "/":
        below = max(float(second @ table) / size2, 1e-9)
        return (first / size - goal * second / size2) / below
    return first / size - second / size2 - goal


def value_of(cells: Cells, target: Target, table: Floats) -> float:
    """Return the number a table gives at a target's address."""
    sides = []
    for term in (target.resolved.first, target.resolved.second):
        if term is not None:
            top, base = numerator_and_base(cells, term)
            sides.append(float(top @ table) / max(float(base @ table), 1e-12))
    if len(sides) == 1:
        return sides[0]
    return sides[0] / max(sides[1], 1e-12) if target.resolved.join == "/" else sides[0] - sides[1]
