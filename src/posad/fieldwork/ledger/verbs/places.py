"""Places in quota cells: taken all at once or not at all, given back, filled; counters that interviews can always rebuild.

HELD interviews are the held places, COMPLETE ones (but for those accepted beyond the quotas, and tests) the filled ones. Every
verb changes the interview and the counters in one transaction, and no other transaction writes beside it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from posad.fieldwork.ledger.commands import Arrange, Pause, Reject, Release, Reserve, Settle
from posad.fieldwork.ledger.verbs.outbox import put_calls
from posad.fieldwork.ledger.verbs.work import COLUMNS, Work, interview_of, number, whole
from posad.fieldwork.values import FINAL, Interview, Outcome, Reserved, Settled, Status

TOTAL = "total"
STAGE = "stage:"
_COUNTED = "SELECT id, target, most, over, paused, done, held FROM cell WHERE id IN ({marks})"
_DUE = f"SELECT {COLUMNS} FROM interview WHERE status IN ('started', 'held') AND until <= ?"


@dataclass(frozen=True, slots=True)
class _Counted:
    target: int
    limit: int | None
    over: int
    paused: bool
    taken: int

    def room(self, own: bool, late: bool) -> bool:
        """Tell whether there is a place; one's own counts as free, and who comes late may go over."""
        if self.limit is None:
            return True
        return self.taken - own < self.limit + (self.over if late else 0)


def _counted(work: Work, cells: Iterable[str]) -> dict[str, _Counted]:
    names = tuple(dict.fromkeys(cells))
    if not names:
        return {}
    found = {}
    for id, target, most, over, paused, done, held in work.tx.all(
        _COUNTED.format(marks=", ".join("?" * len(names))), names
    ):
        limit = None if most is None else whole(most)
        found[str(id)] = _Counted(whole(target), limit, whole(over), bool(paused), whole(done) + whole(held))
    if lost := [n for n in names if n not in found]:
        raise ValueError(f"no such quota cells in the ledger: {', '.join(lost)}")
    return found


def _move(work: Work, cells: Iterable[str], done: int, held: int) -> None:
    for cell in sorted(set(cells)):
        work.tx.run("UPDATE cell SET done = done + ?, held = held + ? WHERE id = ?", (done, held, cell))


def expire(work: Work, at: float) -> int:
    """Give back the places of interviews that have shown no sign of life for too long; return how many interviews."""
    due = [interview_of(row) for row in work.tx.all(_DUE, (work.clock,))]
    for interview in due:
        if interview.status is Status.HELD:
            _move(work, interview.cells, 0, -1)
        work.change(interview, Status.BROKEN_OFF, at)
    return len(due)


def reserve(work: Work, command: Reserve) -> Reserved:
    """Take a place in every cell, and in the least full cell of each choice, or in none."""
    expire(work, command.at)
    interview = work.find(command.interview)
    if interview is None:
        return Reserved(Outcome.UNKNOWN, None)
    if interview.final:
        return Reserved(Outcome.CLOSED, interview)
    own = set(interview.cells) if interview.status is Status.HELD else set[str]()
    counted = _counted(work, [*command.cells, *(c for cells in command.choices.values() for c in cells)])
    chosen, unfit = _choose(command.choices, counted, own)
    cells = tuple(dict.fromkeys([*command.cells, *chosen.values()]))
    refused = tuple(c for c in command.cells if not counted[c].room(c in own, False)) + unfit
    if not interview.test:
        if own and own == set(cells):
            return Reserved(Outcome.AGAIN, _alive(work, interview, command.at), chosen=chosen)
        if work.paused and not own:
            return Reserved(Outcome.PAUSED, interview)
        if resting := tuple(c for c in cells if counted[c].paused and c not in own):
            return Reserved(Outcome.PAUSED, interview, resting)
        if refused:
            return Reserved(Outcome.FULL, interview, refused)
        _move(work, own, 0, -1)
        _move(work, cells, 0, 1)
    held = replace(interview, cells=() if interview.test else cells, seen=work.clock, until=work.clock + work.hold)
    return Reserved(Outcome.DONE, work.change(held, Status.HELD, command.at), chosen=chosen)


def _choose(
    choices: Mapping[str, tuple[str, ...]], counted: Mapping[str, _Counted], own: set[str]
) -> tuple[dict[str, str], tuple[str, ...]]:
    """Return the least full cell of each choice (its own where it has one), and the choices that have no room at all."""
    chosen: dict[str, str] = {}
    unfit: tuple[str, ...] = ()
    for name, cells in choices.items():
        kept = [c for c in cells if c in own]
        free = [c for c in cells if counted[c].room(False, False) and not counted[c].paused]
        if kept:
            chosen[name] = kept[0]
        elif free:
            chosen[name] = min(free, key=lambda c: (counted[c].taken / max(counted[c].target, 1), cells.index(c)))
        else:
            unfit += cells
    return chosen, unfit


def _alive(work: Work, interview: Interview, at: float) -> Interview:
    """Renew a place."""
    renewed = replace(interview, seen=work.clock, until=work.clock + work.hold, changed=at)
    work.put(renewed)
    return renewed


def take_again(work: Work, interview: Interview) -> tuple[str, ...]:
    """Take the place of a late interview again in the counters; return the cells that have no room left, then nothing is taken."""
    counted = _counted(work, interview.cells)
    refused = tuple(c for c in interview.cells if not counted[c].room(False, True))
    if not refused:
        _move(work, interview.cells, 0, 1)
    return refused


def release(work: Work, command: Release) -> Outcome:
    """Give a place back before its time."""
    interview = work.find(command.interview)
    if interview is None:
        return Outcome.UNKNOWN
    if interview.final:
        return Outcome.CLOSED
    if interview.status is Status.BROKEN_OFF:
        return Outcome.AGAIN
    if interview.status is Status.HELD:
        _move(work, interview.cells, 0, -1)
    work.change(interview, Status.BROKEN_OFF, command.at)
    return Outcome.DONE


def settle(work: Work, command: Settle) -> Settled:
    """End an interview once: its held place becomes a filled one, or is given back."""
    if command.status not in (Status.COMPLETE, Status.SCREENED_OUT, Status.OVER_QUOTA):
        raise ValueError(f"an interview can't be settled as {command.status}")
    expire(work, command.at)
    interview = work.find(command.interview)
    if interview is None:
        return Settled(Outcome.UNKNOWN, None)
    if interview.final:
        return Settled(Outcome.AGAIN, interview)
    status, extra, refused = command.status, False, tuple[str, ...]()
    if status is Status.COMPLETE and not interview.test:
        if interview.status is not Status.HELD:
            interview = replace(interview, cells=interview.cells or _least_cells(work, interview))
            refused = take_again(work, interview)
        if refused and command.extra:
            extra = True
        elif refused:
            status = Status.OVER_QUOTA
        else:
            _move(work, interview.cells, 1, -1)
    elif interview.status is Status.HELD:
        _move(work, interview.cells, 0, -1)
    ended = work.change(replace(interview, extra=extra, seen=work.clock), status, command.at)
    put_calls(work, command.calls.get(status, ()), command.at)
    return Settled(Outcome.DONE, ended, refused)


def _least_cells(work: Work, interview: Interview) -> tuple[str, ...]:
    """Return what an interview without a reservation counts in at least: nobody passes the total by."""
    names = (TOTAL, f"{STAGE}{interview.stage}")
    return tuple(str(row[0]) for row in work.tx.all("SELECT id FROM cell WHERE id IN (?, ?) ORDER BY place", names))


def reject(work: Work, command: Reject) -> Outcome:
    """Take a complete out; its place is free again."""
    interview = work.find(command.interview)
    if interview is None:
        return Outcome.UNKNOWN
    if interview.status is not Status.COMPLETE:
        return Outcome.AGAIN if interview.status is Status.REJECTED else Outcome.CLOSED
    let_go(work, interview)
    work.change(interview, Status.REJECTED, command.at, command.who, command.why)
    return Outcome.DONE


def let_go(work: Work, interview: Interview) -> None:
    """Take an interview out of the counters, wherever it counts."""
    if interview.test or interview.extra:
        return
    if interview.status is Status.COMPLETE:
        _move(work, interview.cells, -1, 0)
    elif interview.status is Status.HELD:
        _move(work, interview.cells, 0, -1)


def arrange(work: Work, command: Arrange) -> None:
    """Set the cells; those that are no longer named count on without stopping anybody."""
    work.hold, work.stage = command.hold, command.stage
    work.tx.run("UPDATE cell SET most = NULL, target = 0, over = 0, place = place + 100000")
    for place, c in enumerate(command.cells):
        limit = c.limit
        work.tx.run(
            "INSERT INTO cell (id, place, tab, target, most, over, paused, done, held) VALUES (?, ?, ?, ?, ?, ?, ?, 0, 0) "
            "ON CONFLICT (id) DO UPDATE SET place = excluded.place, tab = excluded.tab, target = excluded.target, "
            "most = excluded.most, over = excluded.over",
            (c.id, place, c.table, c.target, limit, c.over, int(c.paused)),
        )
    work.tell("", "arranged", command.at, command.who, command.why)


def pause(work: Work, command: Pause) -> Outcome:
    """Pause or resume a cell, or the whole field."""
    if not command.cell:
        before, work.paused = work.paused, command.paused
    else:
        rows = work.tx.all("SELECT paused FROM cell WHERE id = ?", (command.cell,))
        if not rows:
            return Outcome.UNKNOWN
        before = bool(rows[0][0])
        work.tx.run("UPDATE cell SET paused = ? WHERE id = ?", (int(command.paused), command.cell))
    if before == command.paused:
        return Outcome.AGAIN
    what = f"{'paused' if command.paused else 'resumed'} {command.cell or 'field'}"
    work.tell("", what, command.at, command.who, command.why)
    return Outcome.DONE


def rebuild(work: Work) -> Mapping[str, tuple[int, int]]:
    """Count every cell anew from the interviews; return what was there where it was wrong."""
    done, held = Counter[str](), Counter[str]()
    rows = work.tx.all(
        f"SELECT {COLUMNS} FROM interview WHERE status IN ('held', 'complete') AND test = 0 AND extra = 0"
    )
    for interview in map(interview_of, rows):
        (held if interview.status is Status.HELD else done).update(set(interview.cells))
    wrong = {}
    for id, was_done, was_held in work.tx.all("SELECT id, done, held FROM cell"):
        name, now = str(id), (done[str(id)], held[str(id)])
        if (number(was_done), number(was_held)) != now:
            wrong[name] = (whole(was_done), whole(was_held))
            work.tx.run("UPDATE cell SET done = ?, held = ? WHERE id = ?", (*now, name))
    return wrong


__all__ = [
    "FINAL", "TOTAL", "arrange", "expire", "let_go", "pause", "rebuild", "reject", "release", "reserve", "settle",
    "take_again",
]  # fmt: skip
