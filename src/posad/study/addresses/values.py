"""An address as written, and as settled against a study."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from posad.core.words import LocalText
from posad.study.questionnaire.values import Item

Join = Literal["/", "-"]
MeasureKind = Literal["share", "mean", "base", "effective"]


@dataclass(frozen=True, slots=True)
class Term:
    """One estimate: what is measured, in which group, in which wave.

    ``parts`` are the dotted names as written (question, row, criterion, measure); which of them is the measure is settled
    against a study by :func:`posad.study.addresses.resolve`.
    """

    parts: tuple[str, ...]
    variable: str | None = None
    group: str | None = None
    wave: str | None = None


@dataclass(frozen=True, slots=True)
class Address:
    """A parsed address: one term, or two joined as a ratio or a difference."""

    text: str
    first: Term
    second: Term | None = None
    join: Join | None = None


@dataclass(frozen=True, slots=True)
class Measure:
    """What is computed of an item: the share who gave one of ``codes``, the mean, the base or the effective base.

    ``id`` is how an address names it (``4``, ``leave``, ``7-10``, ``mean``).
    """

    kind: MeasureKind
    codes: tuple[int, ...] = ()
    label: LocalText = LocalText()
    id: str = ""


@dataclass(frozen=True, slots=True)
class ResolvedTerm:
    """One estimate settled against a study: the item, the measure, and the group (a code of ``variable``) or everybody."""

    item: Item
    measure: Measure
    variable: Item | None = None
    group: int | None = None
    wave: str | None = None


@dataclass(frozen=True, slots=True)
class Resolved:
    """An address whose every name exists: one estimate, or two as a ratio (``/``) or difference (``-``, first minus second)."""

    address: Address
    first: ResolvedTerm
    second: ResolvedTerm | None = None
    join: Join | None = None
