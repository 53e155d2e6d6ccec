"""A panel as field.yaml declares it: how its people come in, where they leave to, who is told, what a complete costs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from posad.core.place import Place
from posad.core.words import LocalText
from posad.fieldwork.values import Status

EXITS = (Status.COMPLETE, Status.SCREENED_OUT, Status.OVER_QUOTA)
"""The statuses with which a respondent leaves to the panel."""


@dataclass(frozen=True, slots=True)
class Panel:
    """A panel.

    ``id_parameter`` names the parameter of the entry address with the panel's id of the respondent; ``kept`` those that are kept
    with the interview; ``signature_parameter`` the one with the signature, where entries are signed. Addresses of ``exits`` and
    ``calls`` hold ``{id}``, ``{status}``, ``{interview}``, ``{signature}`` and names of ``kept``.
    """

    name: str
    place: Place
    label: LocalText = LocalText()
    id_parameter: str = "id"
    kept: tuple[str, ...] = ()
    signature_parameter: str = ""
    hosts: tuple[str, ...] = ()
    exits: Mapping[Status, str] = field(default_factory=dict)
    calls: Mapping[Status, str] = field(default_factory=dict)
    statuses: Mapping[Status, str] = field(default_factory=dict)  # what the panel calls each
    price: float | None = None  # of a complete
    currency: str = ""
    at_once: bool = False  # leave to the panel without a last page of ours
    test: bool = False  # everybody who comes in is marked as a test
    secret: str = field(default="", repr=False)
