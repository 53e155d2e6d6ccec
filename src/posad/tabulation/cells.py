"""From entries of sums to the cells of a table: who is in the base, who gave an answer, what counts towards a mean.

Base of a share: people who were asked and answered, without those whom an answer takes out of the base. Base of a mean: the same
people without those who don't know. A number has no shares, so its base is that of its mean.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from posad.kernel import estimates as kernel
from posad.kernel.estimates import base, difference, means, ratio_of, shares
from posad.kernel.values import Bases, Estimate
from posad.store.keys import BITS, answered, gave
from posad.study.plans.values import LowBase
from posad.study.questionnaire.codes import out_of_base, valueless
from posad.study.questionnaire.values import Item, Kind, Role
from posad.tabulation.context import Cut
from posad.tabulation.values import Tier

Quantity = Literal["share", "mean"]
USUAL = LowBase()
People = NDArray[np.bool_]  # which entries of a request


@dataclass(frozen=True, slots=True)
class Target:
    """One number to estimate as a ratio of two sums over entries: ``over`` is in the base, ``value`` what it adds."""

    quantity: Quantity
    value: NDArray[np.float64]
    over: People


def chosen(cut: Cut, item: Item, codes: Iterable[int]) -> People:
    """Tell which entries gave at least one of the codes; found once for each cut, and not to be changed."""
    wanted = tuple(codes)
    known = cut.memo.get((id(item), wanted))
    if known is None:
        known = cut.memo[id(item), wanted] = item, _chosen(cut, item, wanted)
    return known[1]


def _chosen(cut: Cut, item: Item, wanted: tuple[int, ...]) -> People:
    found = np.zeros(len(cut.cells.n), dtype=np.bool_)
    for i, key in enumerate(cut.keys(item)):
        part = (
            item if item.kind is not Kind.MULTIPLE else replace(item, options=item.options[i * BITS : (i + 1) * BITS])
        )
        found |= gave(part, key, wanted)
    return found


def in_base(cut: Cut, item: Item) -> People:
    """Tell which entries are in the base of shares; found once for each cut, and not to be changed."""
    known = cut.memo.get((id(item), None))
    if known is None:
        outside = out_of_base(item)
        there = answered(cut.keys(item)[0])
        known = cut.memo[id(item), None] = item, there & ~chosen(cut, item, outside) if outside else there
    return known[1]


def in_mean(cut: Cut, item: Item) -> People:
    """Tell which entries are in the base of means."""
    none = valueless(item)
    there = in_base(cut, item)
    return there & ~chosen(cut, item, none) if none else there


def share_of(cut: Cut, item: Item, codes: Iterable[int], people: People) -> Target:
    """Return the share, among the given people in the base, of those who gave at least one of the codes."""
    over = in_base(cut, item) & people
    return Target("share", (chosen(cut, item, codes) & over).astype(np.float64), over)


def mean_of(cut: Cut, item: Item, people: People) -> Target:
    """Return the mean of codes or numbers among the given people, without those who don't know."""
    over = in_mean(cut, item) & people
    return Target("mean", np.where(over, cut.keys(item)[0], 0).astype(np.float64), over)


def answers_per_person(cut: Cut, item: Item, people: People) -> Target:
    """Return the mean number of answers; "nothing" and "don't know" count as none."""
    over = in_base(cut, item) & people
    none = {Role.EXCLUSIVE, Role.DONT_KNOW, Role.OUT_OF_BASE}
    counted = [o.code for o in item.options if not o.roles & none]
    number = np.sum([chosen(cut, item, (c,)) for c in counted], axis=0, dtype=np.float64)
    return Target("mean", np.where(over, number, 0.0), over)


def in_nest(cut: Cut, nest: Sequence[tuple[Item, int]]) -> People:
    """Tell which entries belong to a column."""
    people = np.ones(len(cut.cells.n), dtype=np.bool_)
    for item, code in nest:
        people &= chosen(cut, item, (code,))
    return people


def bases(cut: Cut, people: People) -> Bases:
    """Return the base of some entries three ways; the effective one is (Σw)²/Σw² of Kish."""
    return base(cut.design, cut.cells, people)


def each_base(cut: Cut, people: Sequence[People]) -> list[Bases]:
    """Return the bases of several groups of entries; see :func:`bases`."""
    return kernel.each_base(cut.design, cut.cells, np.column_stack(people)) if people else []


def estimates(cut: Cut, targets: Sequence[Target]) -> list[Estimate]:
    """Return the estimates of targets, in their order: shares with Wilson intervals, means with t intervals; a census has none."""
    found: dict[int, Estimate] = {}
    for quantity, make in (("share", shares), ("mean", means)):
        which = [i for i, t in enumerate(targets) if t.quantity == quantity]
        if which:
            numerators = np.column_stack([targets[i].value for i in which])
            denominators = np.column_stack([targets[i].over for i in which])
            found.update(zip(which, make(cut.design, cut.cells, numerators, denominators), strict=True))
    return [_certain(cut, found[i]) for i in range(len(targets))]


def _certain(cut: Cut, estimate: Estimate) -> Estimate:
    return replace(estimate, se=None, low=None, high=None) if cut.census else estimate


def joined(cut: Cut, first: Target, second: Target, join: Literal["/", "-"]) -> Estimate:
    """Return the ratio or the difference of two targets; people who stand in both are allowed for."""
    make = ratio_of if join == "/" else difference
    return _certain(cut, make(cut.design, cut.cells, (first.value, first.over), (second.value, second.over)))


def tier(held: Bases, rule: LowBase = USUAL) -> Tier:
    """Return what a base allows; by the usual rule the smaller of the unweighted and the effective one counts.

    >>> [tier(Bases(n, float(n), float(n))) for n in (29, 30, 50, 100)]
    ['hidden', 'no_tests', 'flagged', 'full']
    >>> tier(Bases(120, 120.0, 49.9))
    'no_tests'
    """
    by = {"unweighted": float(held.unweighted), "weighted": held.weighted, "effective": held.effective}
    base = by.get(rule.by, min(by["unweighted"], by["effective"]))
    if base < rule.hidden:
        return "hidden"
    return "no_tests" if base < rule.no_tests else "flagged" if base < rule.flagged else "full"
