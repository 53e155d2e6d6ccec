"""Places in quota cells: taken all at once or not at all, given back, filled; counters that interviews can always rebuild.

HELD interviews are the held places, COMPLETE ones (but for those accepted beyond the quotas, and tests) the filled ones. Every
verb changes the interview and the counters in one transaction, and no other transaction writes beside it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace

from posad.fieldwork.ledger.commands import Arrange, Pause, Reject, Release, Reserve, Settle
from posad.fieldwork.ledger.verbs.outbox import put_calls
from posad.fieldwork.ledger.verbs.work import COLUMNS, Work, interview_of, number, whole
from posad.fieldwork.values import Count, Interview, Outcome, Reserved, Settled, Status

TOTAL = "total"
STAGE = "stage:"


def _counted(work: Work, cells: Iterable[str]) -> dict[str, Count]:
    every = work.cells()
    names = tuple(dict.fromkeys(cells))
    if lost := [n for n in names if n not in every]:
        raise ValueError(f"no such quota cells in the ledger: {', '.join(lost)}")
    return {n: every[n] for n in names}


def _room(count: Count, own: bool, late: bool) -> bool:
    """Tell whether there is a place; one's own counts as free, and who comes late may go over."""
    cell = count.cell
    return cell.limit is None or count.done + count.held - own < cell.limit + (cell.over if late else 0)


def expire(work: Work, at: float) -> int:
    """Give back the places of interviews that have shown no sign of life for too long; return how many interviews."""
    if work.clock < work.due:
        return 0
    due = work.lapsed()
    for interview in due:
        if interview.status is Status.HELD:
            work.move(interview.cells, 0, -1)
        work.change(interview, Status.BROKEN_OFF, at)
    work.due = min(work.next_lapse(), work.clock + work.hold)
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
    refused = tuple(c for c in command.cells if not _room(counted[c], c in own, False)) + unfit
    if not interview.test:
        if own and own == set(cells):
            return Reserved(Outcome.AGAIN, _alive(work, interview, command.at), chosen=chosen)
        if work.paused and not own:
            return Reserved(Outcome.PAUSED, interview)
        if resting := tuple(c for c in cells if counted[c].cell.paused and c not in own):
            return Reserved(Outcome.PAUSED, interview, resting)
        if refused:
            return Reserved(Outcome.FULL, interview, refused)
        work.move(own, 0, -1)
        work.move(cells, 0, 1)
    held = replace(work.renewed(interview, command.at), cells=() if interview.test else cells)
    return Reserved(Outcome.DONE, work.change(held, Status.HELD, command.at), chosen=chosen)


def _choose(
    choices: Mapping[str, tuple[str, ...]], counted: Mapping[str, Count], own: set[str]
) -> tuple[dict[str, str], tuple[str, ...]]:
    """Return the least full cell of each choice (its own where it has one), and the choices that have no room at all."""
    chosen: dict[str, str] = {}
    unfit: tuple[str, ...] = ()
    for name, cells in choices.items():
        kept = [c for c in cells if c in own]
        free = [c for c in cells if _room(counted[c], False, False) and not counted[c].cell.paused]
        if kept:
            chosen[name] = kept[0]
        elif free:
            chosen[name] = min(
                free,
                key=lambda c: ((counted[c].done + counted[c].held) / max(counted[c].cell.target, 1), cells.index(c)),
            )
        else:
            unfit += cells
    return chosen, unfit


def _alive(work: Work, interview: Interview, at: float) -> Interview:
    """Renew a place."""
    renewed = work.renewed(interview, at)
    work.put(renewed)
    return renewed


def take_again(work: Work, interview: Interview) -> tuple[str, ...]:
    """Take the place of a late interview again in the counters; return the cells that have no room left, then nothing is taken."""
    counted = _counted(work, interview.cells)
    refused = tuple(c for c in interview.cells if not _room(counted[c], False, True))
    if not refused:
        work.move(interview.cells, 0, 1)
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
        work.move(interview.cells, 0, -1)
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
        beyond = command.extra and interview.status is not Status.HELD and not interview.cells
        if interview.status is not Status.HELD and not beyond:
            interview = replace(interview, cells=interview.cells or _least_cells(work, interview))
            refused = take_again(work, interview)
        if beyond or (refused and command.extra):
            extra = True
        elif refused:
            status = Status.OVER_QUOTA
        else:
            work.move(interview.cells, 1, -1)
    elif interview.status is Status.HELD:
        work.move(interview.cells, 0, -1)
    ended = work.change(replace(interview, extra=extra, seen=work.clock), status, command.at)
    put_calls(work, command.calls.get(status, ()), command.at)
    return Settled(Outcome.DONE, ended, refused)


def _least_cells(work: Work, interview: Interview) -> tuple[str, ...]:
    """Return what an interview without a reservation counts in at least: nobody passes the total by."""
    names = (TOTAL, f"{STAGE}{interview.stage}")
    return tuple(name for name in names if name in work.cells())


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
        work.move(interview.cells, -1, 0)
    elif interview.status is Status.HELD:
        work.move(interview.cells, 0, -1)


def arrange(work: Work, command: Arrange) -> None:
    """Set the cells; those that are no longer named count on without stopping anybody."""
    work.hold, work.stage = command.hold, command.stage
    work.direct().run("UPDATE cell SET most = NULL, target = 0, over = 0, place = place + 100000")
    for place, c in enumerate(command.cells):
        limit = c.limit
        work.direct().run(
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
        if command.cell not in work.cells():
            return Outcome.UNKNOWN
        before = work.cells()[command.cell].cell.paused
        work.direct().run("UPDATE cell SET paused = ? WHERE id = ?", (int(command.paused), command.cell))
    if before == command.paused:
        return Outcome.AGAIN
    what = f"{'paused' if command.paused else 'resumed'} {command.cell or 'field'}"
    work.tell("", what, command.at, command.who, command.why)
    return Outcome.DONE


def rebuild(work: Work) -> Mapping[str, tuple[int, int]]:
    """Count every cell anew from the interviews; return what was there where it was wrong."""
    done, held = Counter[str](), Counter[str]()
    rows = work.direct().all(
        f"SELECT {COLUMNS} FROM interview WHERE status IN ('held', 'complete') AND test = 0 AND extra = 0"
    )
    for interview in map(interview_of, rows):
        (held if interview.status is Status.HELD else done).update(set(interview.cells))
    wrong = {}
    for id, was_done, was_held in work.direct().all("SELECT id, done, held FROM cell"):
        name, now = str(id), (done[str(id)], held[str(id)])
        if (number(was_done), number(was_held)) != now:
            wrong[name] = (whole(was_done), whole(was_held))
            work.direct().run("UPDATE cell SET done = ?, held = ? WHERE id = ?", (*now, name))
    return wrong


__all__ = [
    "TOTAL", "arrange", "expire", "let_go", "pause", "rebuild", "reject", "release", "reserve", "settle",
    "take_again",
]  # fmt: skip
