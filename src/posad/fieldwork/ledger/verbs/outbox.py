"""The outbox: calls to other servers that must be made once, kept until they are answered."""

from __future__ import annotations

from collections.abc import Iterable

from posad.fieldwork.ledger.commands import Sent
from posad.fieldwork.ledger.verbs.work import Work
from posad.fieldwork.values import Outgoing


def put_calls(work: Work, calls: Iterable[Outgoing], at: float) -> None:
    """Put calls in; one that is there under its key stays as it is."""
    for call in calls:
        work.later(
            "INSERT INTO outbox (id, interview, url, body, tries, due, sent, said) VALUES (?, ?, ?, ?, 0, ?, NULL, '') "
            "ON CONFLICT (id) DO NOTHING",
            (call.key, call.interview, call.url, call.body, at),
        )


def sent(work: Work, command: Sent) -> None:
    """Strike a call out, or put it off."""
    if command.again is None:
        work.direct().run(
            "UPDATE outbox SET sent = ?, tries = tries + 1, said = ? WHERE id = ? AND sent IS NULL",
            (command.at, command.said, command.key),
        )
    else:
        work.direct().run(
            "UPDATE outbox SET due = ?, tries = tries + 1, said = ? WHERE id = ? AND sent IS NULL",
            (command.again, command.said, command.key),
        )
