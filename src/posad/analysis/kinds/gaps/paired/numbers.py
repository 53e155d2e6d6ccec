"""The numbers of gaps told by the same people as facts: sides, gaps, nets, changes, what has closed."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from posad.analysis.kinds.gaps.paired.counting import Paired, fieller, net_of_ratings, p_of_gaps, raw_p
from posad.analysis.kinds.gaps.paired.planning import PairedPlan
from posad.analysis.linear.estimates import combined, covariance, estimates_of
from posad.analysis.saying.speaking import POWER, Desk
from posad.core.words import LocalText
from posad.kernel.design import Floats
from posad.kernel.testing.corrections import adjusted
from posad.kernel.values import Estimate, Statistic
from posad.tabulation.wording import LANGUAGES

Key = tuple[int, int]  # column, pair


@dataclass
class Numbers:
    """Addresses of what was counted, by column and gap; of changes, by the later column and gap."""

    first: dict[Key, str] = field(default_factory=dict)
    second: dict[Key, str] = field(default_factory=dict)
    gap: dict[Key, str] = field(default_factory=dict)
    net: dict[Key, tuple[str, str, str]] = field(default_factory=dict)
    least: dict[Key, str] = field(default_factory=dict)
    change: dict[Key, str] = field(default_factory=dict)
    closed: dict[Key, str] = field(default_factory=dict)
    p: dict[int, Floats] = field(default_factory=dict)  # of the gaps of a column
    p_change: dict[int, Floats] = field(default_factory=dict)
    before: dict[int, int] = field(default_factory=dict)  # of a column of the later wave, that of the earlier


def kind_of_gap(plan: PairedPlan) -> Statistic:
    """Return what a gap of a form is: a mean of ratings, points, a share."""
    kinds: dict[str, Statistic] = {"paired": "mean", "net": "points", "mention": "share"}
    return kinds[plan.form]


def said(head: LocalText, *more: LocalText) -> LocalText:
    """Return words joined by colons and commas in every language, empty ones left out."""
    made = {n: ", ".join(m.get(n) for m in more if m.get(n)) for n in LANGUAGES}
    return LocalText.from_mapping({n: f"{head.get(n)}: {made[n]}" if made[n] else head.get(n) for n in LANGUAGES})


def numbers_of(desk: Desk, found: Paired) -> Numbers:
    """Keep every number at the desk and return their addresses."""
    plan: PairedPlan = desk.declared.plan
    numbers = Numbers()
    for c in range(len(found.columns)):
        numbers.p[c] = p_of_gaps(found, plan, c)
        _gaps(desk, found, numbers, c)
        _nets(desk, found, numbers, c)
    for later, column in enumerate(found.columns):
        if column.wave is None or plan.waves is None:
            continue
        since = desk.context.wave_code(plan.waves[0])
        if column.wave != since:
            earlier = [i for i, x in enumerate(found.columns) if x.group == column.group and x.wave == since]
            if earlier:
                numbers.before[later] = earlier[0]
                _changes(desk, found, numbers, later)
    return numbers


def _gaps(desk: Desk, found: Paired, numbers: Numbers, c: int) -> None:
    plan: PairedPlan = desk.declared.plan
    cut, column, count = found.cut, found.columns[c], len(found.pairs)
    at = np.arange(found.at(c, 0), found.at(c, count))
    held = found.held[found.at(c, 0) : found.at(c, count)]
    sided: Statistic = "mean" if plan.form == "paired" else "share"
    gaps = estimates_of(cut.design, cut.cells, found.gaps.pick(at), held, kind_of_gap(plan))
    sides = [estimates_of(cut.design, cut.cells, s.pick(at), held, sided) for s in (found.first, found.second)]
    what = LocalText.of(ru="разрыв", en="gap") if plan.form != "mention" else LocalText.of(ru="доля", en="share")
    for k, pair in enumerate(found.pairs):
        name = f"{pair.id}.{column.id}"
        numbers.gap[c, k] = desk.number(f"{name}.gap", gaps[k], said(what, pair.label), group=column.label)
        if plan.form != "mention":
            for store, end, estimates, words in zip(
                (numbers.first, numbers.second), ("first", "second"), sides, plan.sides, strict=True
            ):
                store[c, k] = desk.number(f"{name}.{end}", estimates[k], said(words, pair.label), group=column.label)
            se = gaps[k].se
            if se:
                words = said(LocalText.of(ru="наименьший различимый разрыв", en="smallest detectable gap"), pair.label)
                numbers.least[c, k] = size(desk, f"{name}.least", POWER * se, gaps[k], words)


def size(
    desk: Desk, id: str, value: float, like: Estimate, words: LocalText, statistic: Statistic | None = None
) -> str:
    """Keep a length without a direction, such as the smallest difference that can be seen; shares differ in points."""
    usual: Statistic = "points" if like.statistic == "share" else like.statistic
    return desk.number(id, Estimate(value, None, None, None, like.bases, statistic or usual, like.df), words, size=True)


def _nets(desk: Desk, found: Paired, numbers: Numbers, c: int) -> None:
    nets = net_of_ratings(desk.context, found, c)
    if nets is None:
        return
    plan: PairedPlan = desk.declared.plan
    cut, column = found.cut, found.columns[c]
    first, second = plan.sides
    heads: tuple[tuple[str, Statistic, LocalText], ...] = (
        (
            "higher",
            "share",
            said(LocalText.of(ru="доля тех, кто ставит выше", en="share of those who rate higher"), first),
        ),
        (
            "lower",
            "share",
            said(LocalText.of(ru="доля тех, кто ставит выше", en="share of those who rate higher"), second),
        ),
        (
            "net",
            "points",
            LocalText.of(ru="чистый разрыв: первая доля минус вторая", en="net gap: first share minus second"),
        ),
    )
    for k, pair in enumerate(found.pairs):
        made = []
        for n, (id, statistic, words) in enumerate(heads):
            held = found.held[found.at(c, k)]
            estimate = estimates_of(cut.design, cut.cells, nets.pick([3 * k + n]), [held], statistic)[0]
            made.append(
                desk.number(f"{pair.id}.{column.id}.{id}", estimate, said(words, pair.label), group=column.label)
            )
        numbers.net[c, k] = (made[0], made[1], made[2])


def _changes(desk: Desk, found: Paired, numbers: Numbers, later: int) -> None:
    """Keep the change of every gap since the earlier wave, the smallest that would be seen, and what part of it has closed."""
    plan: PairedPlan = desk.declared.plan
    cut, column, count = found.cut, found.columns[later], len(found.pairs)
    rows = np.zeros((count, len(found.gaps)))
    now, then = (np.array([found.at(c, k) for k in range(count)]) for c in (later, numbers.before[later]))
    rows[np.arange(count), now], rows[np.arange(count), then] = 1.0, -1.0
    moved = combined(found.gaps, rows)
    errors = np.sqrt(np.maximum(np.diag(covariance(cut.design, cut.cells, moved)), 0.0))
    numbers.p_change[later] = adjusted(raw_p(moved.values, errors, cut.design.df), plan.correction)
    held = [
        min(found.held[a], found.held[b], key=lambda x: (x.unweighted, x.effective))
        for a, b in zip(now, then, strict=True)
    ]
    unit: Statistic = "mean" if plan.form == "paired" else "points"
    estimates = estimates_of(cut.design, cut.cells, moved, held, unit)
    for k, pair in enumerate(found.pairs):
        name = f"{pair.id}.{column.id}"
        words = said(LocalText.of(ru="изменение разрыва", en="change of the gap"), pair.label)
        numbers.change[later, k] = desk.number(f"{name}.change", estimates[k], words, group=column.label)
        if errors[k] > 0:
            words = said(
                LocalText.of(ru="наименьшее различимое изменение", en="smallest detectable change"), pair.label
            )
            numbers.least[later, k] = size(desk, f"{name}.least_change", POWER * float(errors[k]), estimates[k], words)
        _closed(desk, found, numbers, later, k)


def _closed(desk: Desk, found: Paired, numbers: Numbers, later: int, k: int) -> None:
    """Keep 1 − gap now / gap then with Fieller's interval, where the gap of then can be told from nought."""
    then, now = found.at(numbers.before[later], k), found.at(later, k)
    a, b = float(found.gaps.values[then]), float(found.gaps.values[now])
    ends = fieller(a, b, found.cov[np.ix_([then, now], [then, now])], found.cut.design.df)
    if ends is None:
        return
    pair, column = found.pairs[k], found.columns[later]
    held = min(found.held[then], found.held[now], key=lambda x: (x.unweighted, x.effective))
    estimate = Estimate(1 - b / a, None, 1 - ends[1], 1 - ends[0], held, "share", found.cut.design.df)
    words = said(LocalText.of(ru="закрытая часть разрыва", en="part of the gap that has closed"), pair.label)
    numbers.closed[later, k] = desk.number(f"{pair.id}.{column.id}.closed", estimate, words, group=column.label)
