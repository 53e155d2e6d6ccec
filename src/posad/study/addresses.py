"""One address for any number: ``question.net@variable:group``.

Grammar (no spaces, safe inside a Markdown link and a table)::

    address    = term [ "/" term | "-" term ]          ratio or difference of two estimates
    term       = subject [ "@" variable ":" groups ]
    groups     = group [ "/" group | "-" group ]        sugar: the same subject in two groups, the first is the one spoken of
    subject    = item [ "." measure ]
    measure    = code | low "-" high | code "," code … | net | "mean" | "n" | "base" | "effective"
    item       = question | question "." row [ "." criterion ] | variable

A wave (``~2024``) may follow a term. A ``-`` before a letter is a difference, before a digit a range of codes.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


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
    join: Literal["/", "-"] | None = None
