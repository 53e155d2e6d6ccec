"""The shape of field.yaml, word for word as its authors write it;
panels and the site stand in ``doors``.

To add a setting: 1. a field here and its line under ``Attributes``; 2. its check in ``reading``; 3. a field in ``values``;
4. ``make docs``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from posad.core.reading.yamls import Share
from posad.core.words import LocalText
from posad.study.plans.field.doors import PanelShape, SiteShape


@dataclass(frozen=True, slots=True)
class QuotaShape:
    """A table of quotas.

    Attributes:
        by: Its dimensions, such as ``[sex, age]``: grouping variables, questions, or dimensions of sample.yaml.
        targets: Interviews by groups, ``f > 18_24: 100``. Combinations that are not named take nobody.
        tolerance: How far a cell may be passed, ``2 %``.
        counts: Whether the table only counts and stops nobody.
        over_quota: ``close`` or ``accept`` for this table; the field's if absent.
    """

    by: list[str]
    targets: Mapping[str, int]
    tolerance: Share | None = None
    counts: bool = False
    over_quota: Literal["close", "accept"] | None = None


@dataclass(frozen=True, slots=True)
class BlocksShape:
    """Blocks of the questionnaire (concepts, halves of a long list), of which each respondent gets the least full.

    Attributes:
        item: The question whose answer is the block; it is not shown, the site answers it.
        targets: Interviews wished by code; equal if absent.
        stop: Whether a full block takes nobody; without it targets only set the ratio.
    """

    item: str
    targets: Mapping[str, int] = field(default_factory=dict)
    stop: bool = False


@dataclass(frozen=True, slots=True)
class StageShape:
    """A stage of the field.

    Attributes:
        label: The stage in words.
        stop_at: After how many interviews it stops itself.
        apart: Whether its interviews fill neither quotas nor the total, as a pilot's.
    """

    label: LocalText = LocalText()
    stop_at: int | None = None
    apart: bool = False


@dataclass(frozen=True, slots=True)
class MoveShape:
    """Places moved between two cells of a table.

    Attributes:
        table: The table.
        from_: The cell they leave, ``f > 18_24``.
        to: The cell they go to.
        places: How many.
    """

    table: str
    from_: str
    to: str
    places: int


@dataclass(frozen=True, slots=True)
class AmendmentShape:
    """A change of the plan while the field runs; the method page of the report tells it.

    Attributes:
        when: The day, ``2025-05-14``.
        who: Who decided it.
        why: The reason.
        total: The new total.
        stage: The stage that begins.
        targets: New targets of cells by table.
        move: Places moved between cells.
    """

    when: str
    who: str
    why: LocalText
    total: int | None = None
    stage: str = ""
    targets: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    move: list[MoveShape] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class FieldShape:
    """field.yaml: quotas, stages, panels, and everything that was changed while the field ran.

    Attributes:
        total: How many interviews; never passed. The size of sample.yaml if absent.
        hold: Minutes without a page after which a place is free again.
        tolerance: How far cells may be passed, ``2 %``; that of sample.yaml if absent.
        late: What becomes of somebody who comes back after their place went to another: ``refuse``, or ``accept`` within as many
            places more as the tolerance gives.
        over_quota: What becomes of somebody whose cell of a table is full: ``close`` ends their interview, ``accept`` leads it to its
            end, marks it ``extra`` and counts it in no cell. The total and stages always close.
        quotas: Tables of quotas by name; those of sample.yaml if absent.
        groups: By dimension: the condition of each group, where a question's name and codes do not say it.
        blocks: Blocks by name.
        stages: Stages by name, in their order.
        stage: The stage the field begins with; the first of ``stages`` if absent.
        amendments: What was changed, in the order of days.
        keep_contacts: Days after the last interview for which contacts and ids of panels are kept.
        panels: Panels by name.
        site: The site.
    """

    total: int | None = None
    hold: float = 30.0
    tolerance: Share | None = None
    late: Literal["refuse", "accept"] = "refuse"
    over_quota: Literal["close", "accept"] = "close"
    quotas: Mapping[str, QuotaShape] = field(default_factory=dict)
    groups: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    blocks: Mapping[str, BlocksShape] = field(default_factory=dict)
    stages: Mapping[str, StageShape] = field(default_factory=dict)
    stage: str = ""
    amendments: list[AmendmentShape] = field(default_factory=list)
    keep_contacts: int = 30
    panels: Mapping[str, PanelShape] = field(default_factory=dict)
    site: SiteShape | None = None
