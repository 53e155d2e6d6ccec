"""Questions with several answers: which share each answer is to have in each group, whether that can be, and who gives it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from posad.simulation.solving.core import Conflict
from posad.simulation.solving.entropy import smallest_conflict
from posad.simulation.solving.several import Wish, choose
from posad.simulation.values import Plan, Target
from posad.simulation.world import World
from posad.study.questionnaire.values import Item, Role, option_column

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
SHARE = 0.15  # of an answer that nothing is said about
ALONE = 0.04


@dataclass(frozen=True, slots=True)
class Part:
    """People of one group of the targets, or those of none; ``share`` is their weight among all who are asked."""

    group: int | None
    people: NDArray[np.int64]
    share: float


def answer_several(world: World, plan: Plan, item: Item, targets: Sequence[Target], score: Floats) -> Conflict | None:
    """Answer a question that takes several answers, group by group; nothing is answered where targets contradict one another."""
    parts = _parts(world, item, targets)
    if not parts:
        return Conflict(tuple(targets)) if targets else None
    by_code = {o.code: _targets_of(targets, o.code) for o in item.options}
    wishes: dict[int | None, dict[int, float]] = {p.group: {} for p in parts}
    for option in item.options:
        default = _default(item, option.code, targets, plan)
        shares = _shares(parts, by_code[option.code], default)
        if isinstance(shares, Conflict):
            return shares
        for part, share in zip(parts, shares, strict=True):
            wishes[part.group][option.code] = share
    for part in parts:
        own = [
            t
            for t in targets
            if t.resolved.first.group == part.group or (len(parts) == 1 and t.resolved.first.group is None)
        ]
        conflict = _together(item, own)
        if conflict is not None:
            return conflict
        _give(world, item, part, _fitted(item, wishes[part.group]), score)
    return None


def _targets_of(targets: Sequence[Target], code: int) -> list[Target]:
    return [t for t in targets if t.resolved.first.measure.codes == (code,)]


def _parts(world: World, item: Item, targets: Sequence[Target]) -> list[Part]:
    left = world.asked(item)
    total = max(float(world.weights[left].sum()), 1e-12)
    groups = dict.fromkeys(
        (t.resolved.first.variable, t.resolved.first.group) for t in targets if t.resolved.first.group is not None
    )
    parts = []
    for variable, group in groups:
        if variable is not None and group is not None:
            there = left & world.member(variable, group)
            left = left & ~there
            parts.append(Part(group, np.flatnonzero(there), float(world.weights[there].sum()) / total))
    parts.append(Part(None, np.flatnonzero(left), float(world.weights[left].sum()) / total))
    return [p for p in parts if len(p.people)]


def _default(item: Item, code: int, targets: Sequence[Target], plan: Plan) -> float:
    """Return the share of an answer that no target speaks of: what the mean number of answers leaves, shared equally."""
    if _alone(item, code):
        return ALONE
    if item.id not in plan.counts:
        return SHARE
    told = {t.resolved.first.measure.codes[0]: t.value for t in targets if t.resolved.first.group is None}
    silent = [o.code for o in item.options if not _alone(item, o.code) and o.code not in told]
    spoken = sum(v for c, v in told.items() if not _alone(item, c))
    return float(np.clip((plan.counts[item.id] - spoken) / max(len(silent), 1), 0.01, 0.95))


def _alone(item: Item, code: int) -> bool:
    return any(o.code == code and Role.EXCLUSIVE in o.roles for o in item.options)


def _shares(parts: Sequence[Part], targets: Sequence[Target], default: float) -> list[float] | Conflict:
    """Return the share of one answer in each part: as told, the rest so that everybody together has the share told for all."""
    told: dict[int | None, Target] = {t.resolved.first.group: t for t in targets}
    known: dict[int | None, float] = {
        p.group: told[p.group].value for p in parts if p.group is not None and p.group in told
    }
    whole = told.get(None)
    rest = [p for p in parts if p.group not in known]
    spent = sum(known[p.group] * p.share for p in parts if p.group in known)
    room = sum(told[p.group].within * p.share for p in parts if p.group in known) + (whole.within if whole else 0.0)
    if whole is None:
        return [known.get(p.group, default) for p in parts]
    size = sum(p.share for p in rest)
    missing = whole.value - spent
    if missing < -room or missing > size + room:
        return Conflict(tuple(targets))
    if size < 1e-9:
        return [known[p.group] + missing for p in parts]
    return [known.get(p.group, float(np.clip(missing / size, 0.0, 1.0))) for p in parts]


def _together(item: Item, targets: Sequence[Target]) -> Conflict | None:
    """Return the fewest targets that the limit on answers, or the need of one answer, makes impossible together."""
    plain = [o.code for o in item.options if not _alone(item, o.code)]
    limit = item.limit or len(plain)

    def possible(some: Sequence[int]) -> bool:
        picked = [targets[n] for n in some]
        low = {t.resolved.first.measure.codes[0]: max(t.value - t.within, 0.0) for t in picked}
        high = {t.resolved.first.measure.codes[0]: t.value + t.within for t in picked}
        aside = sum(v for c, v in low.items() if c not in plain)
        several = [v for c, v in low.items() if c in plain]
        if sum(several) > limit * (1 - aside) + 1e-9 or any(v > 1 - aside + 1e-9 for v in several):
            return False
        return any(o.code not in high for o in item.options) or sum(high.values()) >= 1 - 1e-9

    if not targets or possible(range(len(targets))):
        return None
    return Conflict(tuple(targets[n] for n in smallest_conflict(len(targets), possible)))


def _fitted(item: Item, shares: Mapping[int, float]) -> dict[int, float]:
    """Return shares brought inside what the limit allows, where rounding or a default goes beyond it."""
    alone = {c: s for c, s in shares.items() if _alone(item, c)}
    plain = {c: s for c, s in shares.items() if c not in alone}
    free = 1 - sum(alone.values())
    most = free * (item.limit or len(plain)) * 0.999
    total = sum(plain.values())
    if total > most and total > 0:
        plain = {c: s * most / total for c, s in plain.items()}
    if 0 < total < free:
        plain = {c: s * free / total for c, s in plain.items()}
    return {c: alone.get(c, min(plain.get(c, 0.0), max(free, 0.0))) for c in shares}


def _give(world: World, item: Item, part: Part, shares: Mapping[int, float], score: Floats) -> None:
    plain = [o.code for o in item.options if not _alone(item, o.code)]
    alone = [o.code for o in item.options if _alone(item, o.code)]
    chance = world.stream(f"several {item.id} {part.group}")
    own = chance.standard_normal((len(part.people), len(plain)))
    own += 0.2 * score[part.people, None]
    wish = Wish(np.array([shares[c] for c in plain]), np.array([shares[c] for c in alone]))
    weights = world.weights[part.people]
    chosen, single = choose(own, chance.standard_normal(len(part.people)), weights, wish, item.limit)
    for number, person in enumerate(part.people):
        row = world.rows[person]
        row.update({option_column(item.column, c): int(chosen[number, n]) for n, c in enumerate(plain)})
        row.update({option_column(item.column, c): int(single[number, n]) for n, c in enumerate(alone)})
