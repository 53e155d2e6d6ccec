"""The numbers of spheres: what each question says of each, and digital gaps less offline gaps with everything that could upset them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from posad.analysis.kinds.spheres.planning import Entry, SpheresPlan
from posad.analysis.linear.estimates import Linear, bases_of, combined, estimates_of, ratios_of
from posad.analysis.people import people_cut
from posad.core.words import LocalText
from posad.kernel.values import Bases, Estimate
from posad.study.addresses.waves import WAVE
from posad.tabulation.cells import chosen, in_base, in_mean
from posad.tabulation.context import Context, Cut

Mask = NDArray[np.bool_]
ENOUGH = 50


@dataclass(frozen=True, slots=True)
class Difference:
    """Digital gaps less offline gaps, as the means of both kinds of item: of all items, or with one of them left out."""

    id: str
    label: LocalText
    estimate: Estimate

    @property
    def below(self) -> bool:
        """Tell whether the digital gap is certainly smaller."""
        return self.estimate.high is not None and self.estimate.high < 0

    @property
    def above(self) -> bool:
        """Tell whether the digital gap is certainly larger."""
        return self.estimate.low is not None and self.estimate.low > 0


def cut_of(context: Context, plan: SpheresPlan) -> Cut:
    """Return everybody's answers to all that the crosswalk names."""
    names = dict.fromkeys(e.item for entries in plan.entries.values() for e in entries)
    more = [context.items[plan.groups[0]]] if plan.groups is not None else []
    more += [context.waves] if plan.waves is not None else []
    return people_cut(context, [*(context.items[n] for n in names), *more], plan.weight)


def gaps_of(context: Context, cut: Cut, plan: SpheresPlan, people: Mask) -> tuple[Linear, Bases]:
    """Return the shares of all answers to what is better elsewhere, and their base."""
    entries = plan.entries["better"]
    item = context.items[entries[0].item]
    over = in_base(cut, item) & people
    given = np.column_stack([chosen(cut, item, e.codes) & over for e in entries]).astype(np.float64)
    base = bases_of(cut.cells, over[:, None])[0]
    return ratios_of(cut.cells, given, over[:, None].astype(np.float64)), base


def weights_of(entries: Sequence[Entry], without: int | None = None, mixed: str = "") -> NDArray[np.float64]:
    """Return the coefficients of the difference: 1/D of each digital item, −1/O of each offline one.

    Args:
        entries: The items.
        without: One that is left out.
        mixed: The channel that mixed items are counted to; they are left out where empty.
    """
    channel = [mixed if e.channel == "mixed" else e.channel for e in entries]
    found = np.zeros(len(entries))
    for kind, sign in (("digital", 1.0), ("offline", -1.0)):
        rows = [i for i, c in enumerate(channel) if c == kind and i != without]
        found[rows] = sign / max(len(rows), 1)
    return found


def differences(cut: Cut, plan: SpheresPlan, shares: Linear, base: Bases) -> list[Difference]:
    """Return the difference of all items, with mixed ones counted either way, and with every item left out in its turn."""
    entries = plan.entries["better"]
    ways: list[tuple[str, LocalText, NDArray[np.float64]]] = [
        ("all", LocalText.of(ru="все пункты", en="all items"), weights_of(entries))
    ]
    if any(e.channel == "mixed" for e in entries):
        for id, ru, en in (
            ("digital", "смешанные – как цифровые", "mixed items as digital"),
            ("offline", "смешанные – как офлайновые", "mixed items as offline"),
        ):
            ways.append((f"mixed_{id}", LocalText.of(ru=ru, en=en), weights_of(entries, mixed=id)))
    for i, e in enumerate(entries):
        if e.channel != "mixed":
            heads = {"ru": "без пункта", "en": "without"}
            label = LocalText.from_mapping(
                {n: f"{heads[n]} «{w}»" if n == "ru" else f"{heads[n]} “{w}”" for n, w in e.label.parts}
            )
            ways.append((f"without_{e.codes[0]}", label, weights_of(entries, i)))
    made = estimates_of(cut.design, cut.cells, combined(shares, np.array([w for *_, w in ways])), [base], "points")
    return [Difference(id, label, e) for (id, label, _), e in zip(ways, made, strict=True)]


def contrast_of(
    context: Context, cut: Cut, plan: SpheresPlan, first: Mask, second: Mask
) -> tuple[list[Estimate], Bases] | None:
    """Return the difference of the first people, of the second, and first minus second; nothing where either are too few."""
    parts = [gaps_of(context, cut, plan, people) for people in (first, second)]
    least = min((b for _, b in parts), key=lambda b: (b.unweighted, b.effective))
    if min(least.unweighted, least.effective) < ENOUGH:
        return None
    row = weights_of(plan.entries["better"])
    k = len(row)
    both = Linear(np.concatenate([s.values for s, _ in parts]), np.column_stack([s.columns for s, _ in parts]))
    rows = np.zeros((3, 2 * k))
    rows[0, :k] = rows[2, :k] = row
    rows[1, k:], rows[2, k:] = row, -row
    held = [parts[0][1], parts[1][1], least]
    return estimates_of(cut.design, cut.cells, combined(both, rows), held, "points"), least


def sides_of(context: Context, cut: Cut, plan: SpheresPlan, which: str) -> tuple[Mask, Mask] | None:
    """Return the people of both groups, or of the later wave and the earlier; nothing where they were not asked for."""
    if which == WAVE:
        if plan.waves is None:
            return None
        since, until = (chosen(cut, context.waves, (context.wave_code(w),)) for w in plan.waves)
        return until, since
    if plan.groups is None:
        return None
    variable, first, second = plan.groups
    item = context.items[variable]
    return chosen(cut, item, (first,)), chosen(cut, item, (second,))


def of_sphere(context: Context, cut: Cut, entries: Sequence[Entry], role: str) -> Estimate | None:
    """Return what a question says of a sphere: who names any of its answers; of grids the mean over its rows; nothing without items."""
    if not entries:
        return None
    if role not in ("online", "modern"):
        item = context.items[entries[0].item]
        over = in_base(cut, item)
        codes = tuple(c for e in entries for c in e.codes)
        made = ratios_of(
            cut.cells, (chosen(cut, item, codes) & over)[:, None].astype(np.float64), over[:, None].astype(np.float64)
        )
        return estimates_of(cut.design, cut.cells, made, bases_of(cut.cells, over[:, None]), "share")[0]
    values, over_ = [], []
    for e in entries:
        item = context.items[e.item]
        inside = in_base(cut, item) if role == "online" else in_mean(cut, item)
        values.append(
            chosen(cut, item, e.codes) & inside if role == "online" else np.where(inside, cut.keys(item)[0], 0)
        )
        over_.append(inside)
    base = np.column_stack(over_)
    each = ratios_of(cut.cells, np.column_stack(values).astype(np.float64), base.astype(np.float64))
    least = min(bases_of(cut.cells, base), key=lambda b: (b.unweighted, b.effective))
    mean = combined(each, np.full(len(entries), 1 / len(entries)))
    return estimates_of(cut.design, cut.cells, mean, [least], "share" if role == "online" else "mean")[0]


def second_wave(estimate: Estimate, change: float, power: float) -> int | None:
    """Return how many people a second wave needs to show a change of a difference; nothing where none would be enough.

    With the error s of a first wave of n people, that of a change is s·√(1 + n/m): m = n / ((change / (power·s))² − 1).

    >>> from posad.kernel.values import Bases
    >>> e = Estimate(-0.1, 0.01, None, None, Bases(2000, 2000.0, 2000.0), "points", 100)
    >>> second_wave(e, 0.05, 2.8), second_wave(e, 0.02, 2.8)
    (914, None)
    """
    if not estimate.se:
        return None
    over = (change / (power * estimate.se)) ** 2 - 1
    return int(np.ceil(estimate.bases.unweighted / over)) if over > 0 else None
