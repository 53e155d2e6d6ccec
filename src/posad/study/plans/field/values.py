"""The plan of the field as frozen values: quotas, blocks, stages, amendments."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from posad.core.place import Place
from posad.core.words import LocalText
from posad.study.expressions.tree import Expression

Groups = tuple[str, ...]
"""One group of each dimension of a table, ``("f", "18_24")``."""


@dataclass(frozen=True, slots=True)
class QuotaPlan:
    """A table of quotas: how many interviews in each combination of groups of its dimensions.

    ``tolerance`` is a share by which a cell may be passed, None the plan's; a table that only ``counts`` stops nobody.
    ``over_quota`` says whether somebody whose cell is full is sent away or led to the end beyond the quotas, None as the plan says.
    """

    id: str
    by: tuple[str, ...]
    targets: Mapping[Groups, int]
    place: Place
    tolerance: float | None = None
    counts: bool = False
    over_quota: Literal["close", "accept"] | None = None


@dataclass(frozen=True, slots=True)
class Blocks:
    """Parts of the questionnaire of which each respondent gets one, the least full: ``item`` takes its code as the answer."""

    id: str
    item: str
    targets: Mapping[int, int]  # code of the item → interviews wished; only their ratios matter unless ``stop``
    place: Place
    stop: bool = False


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage of the field: it takes ``stop_at`` interviews and then nobody, until another stage begins.

    A stage ``apart`` (a pilot) fills no quota and not the total.
    """

    id: str
    place: Place
    label: LocalText = LocalText()
    stop_at: int | None = None
    apart: bool = False


@dataclass(frozen=True, slots=True)
class Amendment:
    """A change of the plan while the field runs: when, who, why, and what."""

    when: date
    who: str
    why: LocalText
    place: Place
    total: int | None = None
    stage: str = ""
    targets: Mapping[str, Mapping[Groups, int]] = field(default_factory=dict)  # by table: the new targets of some cells
    moves: tuple[tuple[str, Groups, Groups, int], ...] = ()  # table, from, to, places


@dataclass(frozen=True, slots=True)
class FieldPlan:
    """Everything field.yaml says of quotas and stages; without the file all of it is what is usual.

    ``tables`` None means those of the sample's plan. ``groups`` are conditions by dimension and group, where an answer alone does
    not say which group a respondent is in. ``hold`` is in seconds.
    """

    place: Place
    total: int | None = None
    hold: float = 1800.0
    tolerance: float | None = None
    late: Literal["refuse", "accept"] = "refuse"
    tables: tuple[QuotaPlan, ...] | None = None
    groups: Mapping[str, Mapping[str, Expression]] = field(default_factory=dict)
    blocks: tuple[Blocks, ...] = ()
    stages: tuple[Stage, ...] = ()
    stage: str = "main"
    amendments: tuple[Amendment, ...] = ()
    keep_contacts: int = 30  # days after the last interview
    over_quota: Literal["close", "accept"] = "close"

    def current_stage(self) -> Stage | None:
        """Return the stage that is on after all amendments, where it is declared."""
        id = next((a.stage for a in reversed(self.amendments) if a.stage), self.stage)
        return next((s for s in self.stages if s.id == id), None)
