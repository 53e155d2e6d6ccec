"""The work of a batch: the open transaction, the field's clock, interviews in and out of their rows."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass, replace

from posad.fieldwork.ledger.engines.values import Row, Tx
from posad.fieldwork.values import Interview, Status

LONGEST_STEP = 60.0
"""Seconds the field's clock goes on at most between two signs of life of the door, whatever its own clock shows."""

COLUMNS = (
    "id, status, version, language, stage, panel, started, changed, began, seen, until, entry, cells, position, "
    "revision, test, extra"
)
_SET = ", ".join(f"{c} = ?" for c in COLUMNS.replace("id, ", "", 1).split(", "))
_UPDATE = f"UPDATE interview SET {_SET} WHERE id = ?"
_INSERT = f"INSERT INTO interview ({COLUMNS}, once) VALUES ({', '.join('?' * 18)})"
_FIND = f"SELECT {COLUMNS} FROM interview WHERE id = ?"


@dataclass(slots=True)
class Work:
    """A transaction and the state of the field in it; ``clock`` are the seconds the field has been open."""

    tx: Tx
    last: float
    clock: float
    hold: float
    stage: str
    paused: bool

    def advance(self, at: float) -> None:
        """Let the field's clock follow the door's: never back, and never by more than a step at once.

        A clock set forward by a day takes nobody's place away, one set back holds no place for ever, and while the server is
        down nobody's time runs.
        """
        if not math.isfinite(at):
            return
        if self.last:
            self.clock += min(max(at - self.last, 0.0), LONGEST_STEP)
        self.last = at

    def find(self, id: str) -> Interview | None:
        """Return an interview, or nothing."""
        rows = self.tx.all(_FIND, (id,))
        return interview_of(rows[0]) if rows else None

    def put(self, interview: Interview) -> None:
        """Write an interview over its row."""
        self.tx.run(_UPDATE, (*_cells_of(interview)[1:], interview.id))

    def add(self, interview: Interview, once: str | None) -> None:
        """Write a new interview."""
        self.tx.run(_INSERT, (*_cells_of(interview), once))

    def change(self, interview: Interview, status: Status, at: float, who: str = "", why: str = "") -> Interview:
        """Give an interview another status, write it, and add the event."""
        changed = replace(interview, status=status, changed=at)
        self.put(changed)
        self.tell(interview.id, status.value, at, who, why)
        return changed

    def tell(self, interview: str, what: str, at: float, who: str = "", why: str = "") -> None:
        """Add an event."""
        self.tx.run(
            "INSERT INTO event (interview, at, clock, what, who, why) VALUES (?, ?, ?, ?, ?, ?)",
            (interview, at, self.clock, what, who, why),
        )


def open_work(tx: Tx) -> Work:
    """Return the work of a transaction, with the state of the field read from it."""
    row = tx.all("SELECT last, elapsed, hold, stage, paused FROM state WHERE one = 1")[0]
    last, clock, hold, stage, paused = row
    return Work(tx, number(last), number(clock), number(hold), str(stage), bool(paused))


def close_work(work: Work) -> None:
    """Write the state of the field back."""
    work.tx.run(
        "UPDATE state SET last = ?, elapsed = ?, hold = ?, stage = ?, paused = ? WHERE one = 1",
        (work.last, work.clock, work.hold, work.stage, int(work.paused)),
    )


def number(value: object) -> float:
    """Return a number of a row."""
    if not isinstance(value, int | float):
        raise TypeError(f"no number in the ledger: {value!r}")
    return float(value)


def whole(value: object) -> int:
    """Return a whole number of a row."""
    return int(number(value))


def interview_of(row: Row) -> Interview:
    """Return the interview of a row whose columns are :data:`COLUMNS`."""
    id, status, version, language, stage, panel, started, changed, began, seen, until = row[:11]
    entry, cells, position, revision, test, extra = row[11:]
    found: Mapping[str, str] = json.loads(str(entry))
    return Interview(
        str(id), Status(str(status)), str(version), str(language), str(stage), str(panel), number(started),
        number(changed), number(began), number(seen), number(until), found, tuple(json.loads(str(cells))),
        str(position), whole(revision), bool(test), bool(extra),
    )  # fmt: skip


def _cells_of(i: Interview) -> tuple[str | int | float, ...]:
    entry = json.dumps(dict(i.entry), ensure_ascii=False)
    return (
        i.id, i.status.value, i.version, i.language, i.stage, i.panel, i.started, i.changed, i.began, i.seen, i.until,
        entry, json.dumps(list(i.cells)), i.position, i.revision, int(i.test), int(i.extra),
    )  # fmt: skip
