"""Where a respondent leaves to, and what the panel's server is told: addresses with ids and signatures in them.

A signature is made of the whole address before it (HMAC-SHA-256 with the panel's secret, hexadecimal), so it stands last.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import quote

from posad.fieldwork.links import allowed, signature
from posad.fieldwork.panels.values import EXITS, Panel
from posad.fieldwork.values import Interview, Outgoing, Status

SLOT = re.compile(r"\{([a-z][a-z0-9_-]*)\}")
SIGNATURE = "{signature}"
SLOTS = ("id", "status", "interview", "signature")
STATUSES: Mapping[Status, str] = {Status.COMPLETE: "1", Status.SCREENED_OUT: "2", Status.OVER_QUOTA: "3"}
"""What statuses are called where a panel says nothing else."""


def exit_status(status: Status) -> Status | None:
    """Return the status with which somebody leaves to the panel; None where the interview has not ended or was taken back.

    A complete that was rejected later left as a complete.
    """
    if status is Status.REJECTED:
        return Status.COMPLETE
    return status if status in EXITS else None


def exit_address(panel: Panel, interview: Interview) -> str | None:
    """Return where a respondent leaves to, or nothing where the panel gives no address for the status, or a forbidden one."""
    status = exit_status(interview.status)
    return None if status is None else _address(panel.exits.get(status, ""), panel, interview, status)


def calls_of(panel: Panel, interview: Interview) -> dict[Status, tuple[Outgoing, ...]]:
    """Return what the panel's server is to be told, by how the interview ends; test interviews are told to nobody."""
    calls: dict[Status, tuple[Outgoing, ...]] = {}
    for status, template in panel.calls.items() if not interview.test else ():
        address = _address(template, panel, interview, status)
        if address is not None:
            calls[status] = (Outgoing(f"{interview.id}:end", address, interview=interview.id),)
    return calls


def _address(template: str, panel: Panel, interview: Interview, status: Status) -> str | None:
    if not template:
        return None
    values = {name: interview.entry.get(name, "") for name in panel.kept}
    values |= {
        "id": interview.entry.get("id", ""),
        "status": panel.statuses.get(status, STATUSES[status]),
        "interview": interview.id,
    }
    before, signed, after = template.partition(SIGNATURE)
    address = filled(before, values)
    if signed:
        address += signature(panel.secret, address) + filled(after, values)
    return address if allowed(address, panel.hosts) else None


def filled(template: str, values: Mapping[str, str]) -> str:
    """Return an address with values in its slots, each percent-encoded whole; slots without a value stay empty.

    >>> filled("https://panel.example/?a={id}", {"id": "x&y=/../й"})
    'https://panel.example/?a=x%26y%3D%2F..%2F%D0%B9'
    """
    return SLOT.sub(lambda slot: quote(values.get(slot[1], ""), safe=""), template)
