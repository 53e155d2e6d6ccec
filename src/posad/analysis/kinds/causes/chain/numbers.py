"""The numbers of a chain with their addresses: arrows with p-values, what is mediated, what orders leave out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from posad.analysis.kinds.causes.chain.modelling import Arrow, Mediated, People
from posad.analysis.kinds.causes.chain.ordering import Orders
from posad.analysis.kinds.causes.desks import headed, plain, worded
from posad.analysis.linear.estimates import estimates_of, together, transformed
from posad.analysis.saying.speaking import LEVEL, POWER, Desk
from posad.core.words import LocalText
from posad.kernel.estimators.smooth import base_of
from posad.kernel.testing.corrections import adjusted
from posad.kernel.testing.tails import t_tails
from posad.kernel.values import Bases, Estimate
from posad.tabulation.wording import LANGUAGES

ALONG = (
    ("whole", "вся связь", "whole association"),
    ("direct", "прямая связь", "direct association"),
    ("mediated", "через звенья", "mediated"),
)


@dataclass(frozen=True, slots=True)
class Drawn:
    """An arrow with its number, its p by Holm, whether it is more than chance, the smallest that would have been seen."""

    arrow: Arrow
    address: str
    p: float
    certain: bool
    robust: str
    error: float

    @property
    def id(self) -> str:
        """The name of the arrow, source and target."""
        return f"{self.arrow.source.id}.{self.arrow.target.id}"


@dataclass(frozen=True, slots=True)
class Passed:
    """An association along the chain with its numbers; ``part`` only where the whole is more than chance."""

    of: Mediated
    whole: str
    direct: str
    mediated: str
    part: str | None
    certain: bool  # what is mediated is more than chance


def drawn(desk: Desk, people: People, found: Sequence[Arrow]) -> list[Drawn]:
    """Keep every arrow: standard deviations of its target for one of its source."""
    if not found:
        return []
    cut = people.cut
    held = [base_of(cut.cells, people.branch if a.branch else people.inside) for a in found]
    estimates = estimates_of(cut.design, cut.cells, together(*(a.linear for a in found)), held, "coefficient")
    p = adjusted(_raw(estimates, cut.design.df), "holm")
    kept = []
    for arrow, one, q, base in zip(found, estimates, p.tolist(), held, strict=True):
        name = f"{arrow.source.id}.{arrow.target.id}"
        address = desk.number(name, one, _words("стрелка", "arrow", arrow))
        plain(desk, f"{name}.p", q if q == q else 1.0, "index", base, _words("p с поправкой Холма", "p by Holm", arrow))
        words = _words(
            "часть оставшихся различий обоих, чтобы не осталось ничего",
            "part of what is left of both, to leave nothing",
            arrow,
        )
        robust = plain(desk, f"{name}.robust", arrow.robust, "share", base, words)
        kept.append(Drawn(arrow, address, q, q < LEVEL, robust, one.se or 0.0))
    return kept


def _raw(estimates: Sequence[Estimate], df: int) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    ratios = [abs(e.value / e.se) if e.value is not None and e.se else np.nan for e in estimates]
    statistic = np.array(ratios, dtype=np.float64)
    found = t_tails(np.nan_to_num(statistic), np.full(len(statistic), float(df)))
    found[np.isnan(statistic)] = np.nan
    return found


def arrow_label(arrow: Arrow) -> LocalText:
    """Return an arrow in words: its source, an arrow, its target."""
    return worded({n: f"{arrow.source.label.get(n)} → {arrow.target.label.get(n)}" for n in LANGUAGES})


def _words(ru: str, en: str, arrow: Arrow) -> LocalText:
    label, heads = arrow_label(arrow), {"ru": ru, "en": en}
    return worded({n: f"{heads[n]}: {label.get(n)}" for n in LANGUAGES})


def passed(desk: Desk, people: People, found: Sequence[Mediated]) -> list[Passed]:
    """Keep the associations along the chain: whole, direct, mediated, and which part is mediated."""
    cut, held = people.cut, [people.held]
    kept = []
    for one in found:
        ends = (one.source.label, one.target.label)
        label = worded({n: f"{ends[0].get(n)} → {ends[1].get(n)}" for n in LANGUAGES})
        estimates = estimates_of(cut.design, cut.cells, one.linear, held, "coefficient")
        at = [
            desk.number(f"{one.source.id}.{one.target.id}.{id}", e, headed(ru, en, label))
            for (id, ru, en), e in zip(ALONG, estimates, strict=True)
        ]
        kept.append(Passed(one, at[0], at[1], at[2], _part(desk, people, one, estimates, label), sure(estimates[2])))
    return kept


def _part(desk: Desk, people: People, one: Mediated, estimates: Sequence[Estimate], label: LocalText) -> str | None:
    """Keep which part of an association is mediated, where there is one and all of it points the same way."""
    whole, _, through = one.linear.values.tolist()
    if not sure(estimates[0]) or not 0 <= through / whole <= 1:
        return None
    ratio = transformed(one.linear, [through / whole], [[-through / whole**2, 0.0, 1 / whole]])
    made = estimates_of(people.cut.design, people.cut.cells, ratio, [people.held], "share")[0]
    words = headed("часть, идущая через звенья", "part that is mediated", label)
    return desk.number(f"{one.source.id}.{one.target.id}.part", made, words)


def sure(estimate: Estimate) -> bool:
    """Tell whether an interval leaves nought out."""
    return estimate.low is not None and estimate.high is not None and estimate.low * estimate.high > 0


def least(desk: Desk, people: People, unclear: Sequence[Drawn]) -> str:
    """Keep the smallest arrow that would be seen in four cases of five, for the least precise of those that are not."""
    words = LocalText.of(ru="наименьшая различимая стрелка", en="smallest detectable arrow")
    return plain(desk, "detectable", POWER * max(d.error for d in unclear), "coefficient", people.held, words)


def left_out(desk: Desk, people: People, found: Orders) -> str:
    """Keep what the declared order leaves out, as the part of what links know of others that is not between neighbours."""
    words = LocalText.of(
        ru="что объявленный порядок опускает (связь не соседних слоёв), 1 − e^(−2·расхождение)",
        en="what the declared order leaves out (links of layers that are no neighbours), 1 − e^(−2·divergence)",
    )
    return plain(desk, "order.left_out", float(1 - np.exp(-2 * max(found.declared, 0.0))), "share", people.held, words)


def base_number(desk: Desk, id: str, held: Bases, ru: str, en: str) -> str:
    """Keep a number of people."""
    return plain(desk, id, float(held.unweighted), "base", held, LocalText.of(ru=ru, en=en))
