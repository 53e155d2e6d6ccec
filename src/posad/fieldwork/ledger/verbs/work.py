"""The work of a batch: what its commands need is read at once, changed in memory, and written at once before the commit.

Nobody else writes meanwhile, so that what was read stays true until the commit.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from posad.fieldwork.ledger.engines.values import Parameter, Row, Tx
from posad.fieldwork.values import Cell, Count, Interview, Status

LONGEST_STEP = 60.0
"""Seconds the field's clock goes on at most between two signs of life of the door, whatever its own clock shows."""

COLUMNS = (
    "id, status, version, language, stage, panel, started, changed, began, seen, until, entry, cells, position, "
    "revision, test, extra"
)
CELL_COLUMNS = "id, target, most, over, paused, tab, done, held"
_SET = ", ".join(f"{c} = ?" for c in COLUMNS.replace("id, ", "", 1).split(", "))
_UPDATE = f"UPDATE interview SET {_SET} WHERE id = ?"
_INSERT = f"INSERT INTO interview ({COLUMNS}, once) VALUES ({', '.join('?' * 18)})"
_PAGE = "INSERT INTO page (interview, page, token, body, digest, at, clock, revision) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
_EVENT = "INSERT INTO event (interview, at, clock, what, who, why) VALUES (?, ?, ?, ?, ?, ?)"
_MOVE = "UPDATE cell SET done = done + ?, held = held + ? WHERE id = ?"
_TIMED = (Status.STARTED, Status.HELD)
_WAITING = "FROM interview WHERE status IN ('started', 'held')"

Sent = tuple[str, str, str]
"""What makes a page the same: interview, token, digest of its answers."""


@dataclass(slots=True)
class Work:
    """A transaction and the state of the field in it; ``clock`` are the seconds the field has been open."""

    tx: Tx
    last: float
    clock: float
    hold: float
    stage: str
    paused: bool
    due: float  # no place lapses before this
    _interviews: dict[str, Interview | None] = field(default_factory=dict)
    _singles: dict[str, str | None] = field(default_factory=dict)
    _pages: dict[tuple[str, str], set[str]] = field(default_factory=dict)
    _cells: dict[str, Count] | None = None
    _changed: set[str] = field(default_factory=set)
    _new: dict[str, str | None] = field(default_factory=dict)
    _moved: dict[str, tuple[int, int]] = field(default_factory=dict)
    _more: list[tuple[str, tuple[Parameter, ...]]] = field(default_factory=list)  # rows that are only added

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

    def fetch(self, ids: Iterable[str], singles: Iterable[str] = (), pages: Iterable[tuple[str, str]] = ()) -> None:
        """Read interviews by id and by single entry, and the pages saved under tokens, all at once."""
        wanted = [i for i in dict.fromkeys(ids) if i not in self._interviews]
        once = [s for s in dict.fromkeys(singles) if s not in self._singles]
        if wanted or once:
            self._interviews.update(dict.fromkeys(wanted))
            self._singles.update(dict.fromkeys(once))
            sql = f"SELECT {COLUMNS}, once FROM interview WHERE id IN ({_marks(wanted)})"
            sql += f" OR once IN ({_marks(once)})" if once else ""
            for row in self.tx.all(sql, (*wanted, *once)):
                found = interview_of(row[:17])
                self._interviews[found.id] = found
                if row[17] is not None:
                    self._singles[str(row[17])] = found.id
        tokens = [p for p in dict.fromkeys(pages) if p not in self._pages]
        if tokens:
            self._pages.update({p: set() for p in tokens})
            either = " OR ".join(["(interview = ? AND token = ?)"] * len(tokens))
            for interview, token, digest in self.tx.all(
                f"SELECT interview, token, digest FROM page WHERE {either}", [x for p in tokens for x in p]
            ):
                self._pages[str(interview), str(token)].add(str(digest))

    def find(self, id: str) -> Interview | None:
        """Return an interview, or nothing."""
        if id not in self._interviews:
            self.fetch([id])
        return self._interviews[id]

    def single(self, once: str) -> Interview | None:
        """Return the interview of a single entry, or nothing."""
        if once not in self._singles:
            self.fetch([], [once])
        id = self._singles[once]
        return self.find(id) if id is not None else None

    def renewed(self, interview: Interview, at: float) -> Interview:
        """Return an interview that has just shown a sign of life: its place is held anew."""
        until = self.clock + self.hold
        self.due = min(self.due, until)
        return replace(interview, changed=at, seen=self.clock, until=until)

    def put(self, interview: Interview) -> None:
        """Write an interview over its row."""
        self._interviews[interview.id] = interview
        self._changed.add(interview.id)

    def add(self, interview: Interview, once: str | None) -> None:
        """Write a new interview."""
        self._interviews[interview.id] = interview
        self._new[interview.id] = once
        if once is not None:
            self._singles[once] = interview.id

    def change(self, interview: Interview, status: Status, at: float, who: str = "", why: str = "") -> Interview:
        """Give an interview another status, write it, and add the event."""
        changed = replace(interview, status=status, changed=at)
        self.put(changed)
        self.tell(interview.id, status.value, at, who, why)
        return changed

    def tell(self, interview: str, what: str, at: float, who: str = "", why: str = "") -> None:
        """Add an event."""
        self.later(_EVENT, (interview, at, self.clock, what, who, why))

    def knows_page(self, interview: str, token: str, digest: str) -> bool:
        """Tell whether the same answers were saved under the same token."""
        self.fetch([], [], [(interview, token)])
        return digest in self._pages[interview, token]

    def add_page(self, interview: Interview, page: str, token: str, body: str, digest: str, at: float) -> None:
        """Add a page."""
        self.later(_PAGE, (interview.id, page, token, body, digest, at, self.clock, interview.revision))
        self._pages.setdefault((interview.id, token), set()).add(digest)

    def later(self, sql: str, row: tuple[Parameter, ...]) -> None:
        """Add a row with the rest of the batch."""
        self._more.append((sql, row))

    def cells(self) -> Mapping[str, Count]:
        """Return all cells with their counts as they are now."""
        if self._cells is None:
            rows = self.tx.all(f"SELECT {CELL_COLUMNS} FROM cell")
            self._cells = {c.cell.id: c for c in map(count_of, rows)}
        return self._cells

    def move(self, cells: Iterable[str], done: int, held: int) -> None:
        """Change the counts of cells."""
        self.cells()
        assert self._cells is not None
        for id in dict.fromkeys(cells):
            count = self._cells[id]
            self._cells[id] = replace(count, done=count.done + done, held=count.held + held)
            before = self._moved.get(id, (0, 0))
            self._moved[id] = (before[0] + done, before[1] + held)

    def lapsed(self) -> list[Interview]:
        """Return the interviews whose time has run out: those at hand as they are now, the others as the database has them."""
        near = [i for i in self._interviews.values() if i is not None and i.status in _TIMED and i.until <= self.clock]
        rows = map(interview_of, self.tx.all(f"SELECT {COLUMNS} {_WAITING} AND until <= ?", (self.clock,)))
        return [*near, *(i for i in rows if i.id not in self._interviews)]

    def next_lapse(self) -> float:
        """Return a moment before which no other place lapses; the database may know an earlier one of those at hand, never a later."""
        first = self.tx.all(f"SELECT MIN(until) {_WAITING} AND until > ?", (self.clock,))[0][0]
        near = [i.until for i in self._interviews.values() if i is not None and i.status in _TIMED]
        return min(near, default=math.inf) if first is None else min([number(first), *near])

    def direct(self) -> Tx:
        """Return the transaction for statements of one's own: all that was changed in memory is written first."""
        self.flush()
        self._interviews.clear()
        self._singles.clear()
        self._pages.clear()
        self._cells = None
        return self.tx

    def flush(self) -> None:
        """Write what was changed in memory."""
        at_hand = self._interviews
        new = [(*_values(i), once) for id, once in self._new.items() if (i := at_hand[id]) is not None]
        changed = [i for id in self._changed - set(self._new) if (i := at_hand[id]) is not None]
        self.tx.many(_INSERT, new)
        self.tx.many(_UPDATE, [(*_values(i)[1:], i.id) for i in changed])
        self.tx.many(_MOVE, [(done, held, id) for id, (done, held) in self._moved.items() if done or held])
        for sql in dict.fromkeys(sql for sql, _ in self._more):
            self.tx.many(sql, [row for kind, row in self._more if kind == sql])
        self._new.clear()
        self._changed.clear()
        self._moved.clear()
        self._more.clear()


def _marks(values: Sequence[object]) -> str:
    return ", ".join("?" * len(values)) or "NULL"


def open_work(tx: Tx) -> Work:
    """Return the work of a transaction, with the state of the field read from it."""
    row = tx.all("SELECT last, elapsed, hold, stage, paused, due FROM state WHERE one = 1")[0]
    last, clock, hold, stage, paused, due = row
    return Work(tx, number(last), number(clock), number(hold), str(stage), bool(paused), number(due))


def close_work(work: Work) -> None:
    """Write everything that was changed, and the state of the field."""
    work.flush()
    work.tx.run(
        "UPDATE state SET last = ?, elapsed = ?, hold = ?, stage = ?, paused = ?, due = ? WHERE one = 1",
        (work.last, work.clock, work.hold, work.stage, int(work.paused), work.due),
    )


def number(value: object) -> float:
    """Return a number of a row."""
    if not isinstance(value, int | float):
        raise TypeError(f"no number in the ledger: {value!r}")
    return float(value)


def whole(value: object) -> int:
    """Return a whole number of a row."""
    return int(number(value))


def count_of(row: Row) -> Count:
    """Return the cell of a row whose columns are :data:`CELL_COLUMNS`."""
    id, target, most, over, paused, table, done, held = row
    limit = None if most is None else whole(most)
    return Count(Cell(str(id), whole(target), limit, whole(over), bool(paused), str(table)), whole(done), whole(held))


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


def _values(i: Interview) -> tuple[str | int | float, ...]:
    entry = json.dumps(dict(i.entry), ensure_ascii=False)
    return (
        i.id, i.status.value, i.version, i.language, i.stage, i.panel, i.started, i.changed, i.began, i.seen, i.until,
        entry, json.dumps(list(i.cells)), i.position, i.revision, int(i.test), int(i.extra),
    )  # fmt: skip
