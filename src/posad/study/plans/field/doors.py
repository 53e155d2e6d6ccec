"""The shapes of panels and of the site in field.yaml, word for word as their authors write them; ``fieldwork.panels`` reads them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from posad.core.words import LocalText


@dataclass(frozen=True, slots=True)
class PanelShape:
    """A panel in field.yaml, ``panels: {name: …}``.

    Attributes:
        label: The panel in words.
        id: The parameter of the entry address that holds the panel's id of the respondent.
        keep: Other parameters to be kept with the interview.
        signature: The parameter with the signature, where the panel signs its entries.
        secret: Where the panel's secret is: ``env:NAME`` or ``file:PATH``.
        hosts: The hosts that exits and calls may lead to.
        exits: Where respondents leave to, by status: complete, screened-out, over-quota.
        calls: What the panel's server is told, by status.
        statuses: What the panel calls each status, for ``{status}`` and for reconciling.
        price: The price of a complete.
        currency: Its currency.
        at_once: Whether people leave without a last page of ours.
        test: Whether everybody from this panel is marked as a test.
    """

    label: LocalText = LocalText()
    id: str = "id"
    keep: list[str] = field(default_factory=list)
    signature: str = ""
    secret: str = ""
    hosts: list[str] = field(default_factory=list)
    exits: Mapping[str, str] = field(default_factory=dict)
    calls: Mapping[str, str] = field(default_factory=dict)
    statuses: Mapping[str, str | int] = field(default_factory=dict)
    price: float | None = None
    currency: str = ""
    at_once: bool = False
    test: bool = False


@dataclass(frozen=True, slots=True)
class SiteShape:
    """The site in field.yaml, ``site: …``.

    Attributes:
        address: The address people see, ``https://survey.example/town``.
        open: Whether anybody may begin without a panel or an invitation; without it: when there are no panels.
    """

    address: str = ""
    open: bool | None = None
