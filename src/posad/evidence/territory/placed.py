"""The frame as its groups need it: with position classes and strategies as tags where these are asked for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from itertools import repeat
from pathlib import Path

from posad.core.digests import digest_of
from posad.core.words import LocalText
from posad.study.frame.plan.rules.position import PositionPlan, read_position
from posad.study.frame.plan.rules.strategies import StrategyPlan, read_strategies
from posad.study.frame.values import Frame
from posad.study.plans.values import Study
from posad.tabulation.context import recalled
from posad.tabulation.wording import LANGUAGES
from posad.territory.position.placing import place_territories
from posad.territory.strategies.flags import find_strategies
from posad.territory.strategies.tagging import PREFIX, tagged

POSITION = "position"
Tags = Mapping[str, tuple[str | None, ...]]
_OPEN = {"1": LocalText.of(ru="доступна", en="open"), "0": LocalText.of(ru="недоступна", en="not open")}


@dataclass(frozen=True, slots=True)
class Land:
    """A frame with the words of tags that rules made, in their order: by variable, by group."""

    frame: Frame
    words: Mapping[str, Mapping[str, LocalText]] = field(default_factory=dict)


def is_placed(variable: str) -> bool:
    """Tell whether a grouping follows from the rules of position and strategies."""
    return variable == POSITION or variable.startswith(PREFIX)


def land_of(study: Study, frame: Frame, variable: str) -> Land:
    """Return the frame of a study for a grouping; rules are followed once, and only when a grouping needs them.

    Rules that can't be read leave the frame without their tags: what is wrong with them is told where they are checked.
    """
    if not is_placed(variable):
        return Land(frame)
    kept = study.memo.get("placed")
    if not isinstance(kept, Land):
        kept = _placed(study, frame)
        study.memo["placed"] = kept
    return kept


def _placed(study: Study, frame: Frame) -> Land:
    folder = Path(study.folder)
    plan, _ = read_position(folder, frame, study.languages)
    if plan is None:
        return Land(frame)
    strategies, _ = read_strategies(folder, frame, plan, study.languages)
    tags = recalled(study, Tags, f"placed {digest_of([plan, strategies])}", lambda: _tags(frame, plan, strategies))
    columns = [[(name, value) for value in values] for name, values in tags.items()]
    rows = zip(*columns, strict=True) if columns else repeat((), len(frame.territories))
    territories = tuple(
        replace(t, tags={name: value for name, value in row if value is not None})
        for t, row in zip(frame.territories, rows, strict=True)
    )
    return Land(replace(frame, territories=territories), _words(plan, strategies))


def _tags(frame: Frame, plan: PositionPlan, strategies: StrategyPlan | None) -> Tags:
    """Return the tags of every territory, its own and those that the rules make: by name, in the order of the frame."""
    positions = place_territories(frame, plan)
    flags = find_strategies(positions, strategies) if strategies is not None else None
    made = tagged(positions, flags).territories
    names = dict.fromkeys(name for t in made for name in t.tags)
    return {name: tuple(t.tags.get(name) for t in made) for name in names}


def _words(plan: PositionPlan, strategies: StrategyPlan | None) -> dict[str, dict[str, LocalText]]:
    found = {POSITION: {c.id: c.label for c in plan.classes}}
    for s in strategies.strategies if strategies is not None else ():
        found[f"{PREFIX}{s.id}"] = {
            value: LocalText.from_mapping({w: f"{s.label.get(w)}: {said.get(w)}" for w in LANGUAGES})
            for value, said in _OPEN.items()
        }
    return found
