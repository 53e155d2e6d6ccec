"""Positions and strategies as tags of the frame, so that whatever groups territories by tags can group them by these.

A territory without a class has no tag ``position``; one of which a strategy is not known has no tag of that strategy.
"""

from __future__ import annotations

from dataclasses import replace

from posad.study.frame.values import Frame
from posad.territory.position.placing import OUTSIDE, Positions
from posad.territory.strategies.flags import Flags

PREFIX = "strategy_"


def tagged(positions: Positions, flags: Flags | None = None) -> Frame:
    """Return the frame with a tag ``position`` (the id of a class) and, of each strategy, ``strategy_NAME`` (1 or 0)."""
    classes, strategies = positions.plan.classes, flags.plan.strategies if flags is not None else ()
    made = []
    for i, territory in enumerate(positions.frame.territories):
        own = {} if positions.classes[i] == OUTSIDE else {"position": classes[positions.classes[i]].id}
        if flags is not None and flags.inside[i]:
            known = [(s.id, t[i]) for s, t in zip(strategies, flags.truth, strict=True) if t[i] != -1]
            own |= {f"{PREFIX}{id}": str(int(value)) for id, value in known}
        made.append(replace(territory, tags={**territory.tags, **own}))
    return replace(positions.frame, territories=tuple(made))
