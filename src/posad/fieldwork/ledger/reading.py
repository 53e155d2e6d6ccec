"""What a ledger tells: interviews, answers, pages, counts, flags, events, calls to be made."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from posad.fieldwork.ledger.engines.values import Tx
from posad.fieldwork.ledger.verbs.work import CELL_COLUMNS, COLUMNS, count_of, interview_of, number, whole
from posad.fieldwork.values import Answers, Count, Flag, Interview, Outgoing, PageRow, Status, Value, Version

_PAGES = "SELECT interview, page, token, body, at, clock, revision FROM page"


@dataclass(frozen=True, slots=True)
class State:
    """The state of the whole field: stage, whether it is paused, seconds a place is held, the field's clock."""

    study: str
    stage: str
    paused: bool
    hold: float
    clock: float


@dataclass(frozen=True, slots=True)
class Event:
    """One change: of an interview (its new status), or of the field (an empty interview)."""

    interview: str
    at: float
    what: str
    who: str
    why: str


def state(tx: Tx) -> State:
    """Return the state of the field."""
    study, stage, paused, hold, clock = tx.all("SELECT study, stage, paused, hold, elapsed FROM state")[0]
    return State(str(study), str(stage), bool(paused), number(hold), number(clock))


def find(tx: Tx, id: str) -> Interview | None:
    """Return an interview by its id, or nothing."""
    rows = tx.all(f"SELECT {COLUMNS} FROM interview WHERE id = ?", (id,))
    return interview_of(rows[0]) if rows else None


def entry_of(tx: Tx, id: str) -> str | None:
    """Return by what the single entry of an interview is known, or nothing where it had none or is detached."""
    rows = tx.all("SELECT once FROM interview WHERE id = ?", (id,))
    return str(rows[0][0]) if rows and rows[0][0] is not None else None


def by_entry(tx: Tx, known: str) -> str | None:
    """Return the id of the interview begun by a single entry, or nothing."""
    rows = tx.all("SELECT id FROM interview WHERE once = ?", (known,))
    return str(rows[0][0]) if rows else None


def last_sign(tx: Tx) -> float | None:
    """Return when an interview last changed, in seconds since 1970; nothing where there is none."""
    found = tx.all("SELECT MAX(changed) FROM interview")[0][0]
    return None if found is None else number(found)


def interviews(tx: Tx, statuses: Iterable[Status] = ()) -> list[Interview]:
    """Return interviews in the order of their starts, all or those of some statuses."""
    names = tuple(s.value for s in statuses)
    where = f" WHERE status IN ({', '.join('?' * len(names))})" if names else ""
    return [interview_of(r) for r in tx.all(f"SELECT {COLUMNS} FROM interview{where} ORDER BY started, id", names)]


def pages(tx: Tx, id: str) -> list[PageRow]:
    """Return the pages of an interview in the order they were saved."""
    return [_page(r) for r in tx.all(f"{_PAGES} WHERE interview = ? ORDER BY seq", (id,))]


def _page(row: tuple[object, ...]) -> PageRow:
    interview, page, token, body, at, clock, revision = row
    found: Answers = json.loads(str(body))
    return PageRow(str(interview), str(page), str(token), found, number(at), number(clock), whole(revision))


def answers(tx: Tx, id: str) -> dict[str, Value]:
    """Return the answers of an interview: the last word on every column, without those taken back."""
    found: dict[str, Value] = {}
    for (body,) in tx.all("SELECT body FROM page WHERE interview = ? ORDER BY seq", (id,)):
        found.update(json.loads(str(body)))
    return {k: v for k, v in found.items() if v is not None}


def resumed(tx: Tx, id: str) -> tuple[Interview, dict[str, Value]] | None:
    """Return an interview with its answers, or nothing."""
    interview = find(tx, id)
    return (interview, answers(tx, id)) if interview is not None else None


def all_pages(tx: Tx) -> Iterator[PageRow]:
    """Yield all pages, interview by interview, each in the order it was saved."""
    for row in tx.all(f"{_PAGES} ORDER BY interview, seq"):
        yield _page(row)


def all_answers(tx: Tx) -> dict[str, dict[str, Value]]:
    """Return the answers of all interviews by id."""
    found: dict[str, dict[str, Value]] = {}
    for row in all_pages(tx):
        found.setdefault(row.interview, {}).update(row.answers)
    return {id: {k: v for k, v in given.items() if v is not None} for id, given in found.items()}


def counts(tx: Tx) -> list[Count]:
    """Return all quota cells with their counts, in the order of the plan; cells no longer in it come last."""
    return [count_of(row) for row in tx.all(f"SELECT {CELL_COLUMNS} FROM cell ORDER BY place, id")]


def tally(tx: Tx) -> dict[tuple[str, str, str], int]:
    """Return how many interviews stand where: (stage, panel, status) → number; tests are not counted."""
    rows = tx.all("SELECT stage, panel, status, COUNT(*) FROM interview WHERE test = 0 GROUP BY stage, panel, status")
    return {(str(stage), str(panel), str(status)): whole(n) for stage, panel, status, n in rows}


def version(tx: Tx, id: str) -> Version | None:
    """Return the wording of a questionnaire, or nothing."""
    rows = tx.all("SELECT files FROM version WHERE id = ?", (id,))
    return Version(id, json.loads(str(rows[0][0]))) if rows else None


def flags(tx: Tx) -> Mapping[str, tuple[Flag, ...]]:
    """Return the flags of all interviews that have any."""
    found: dict[str, list[Flag]] = {}
    for interview, name, value in tx.all("SELECT interview, name, value FROM flag ORDER BY interview, name"):
        found.setdefault(str(interview), []).append(Flag(str(name), str(value)))
    return {k: tuple(v) for k, v in found.items()}


def events(tx: Tx, interview: str | None = None) -> list[Event]:
    """Return what happened, to one interview or (an empty id) to the field, or everything, in order."""
    where, parameters = ("", ()) if interview is None else (" WHERE interview = ?", (interview,))
    rows = tx.all(f"SELECT interview, at, what, who, why FROM event{where} ORDER BY seq", parameters)
    return [Event(str(i), number(at), str(what), str(who), str(why)) for i, at, what, who, why in rows]


def due_calls(tx: Tx, at: float, limit: int = 50) -> list[Outgoing]:
    """Return calls that wait to be made."""
    rows = tx.all(
        "SELECT id, url, body, tries, interview FROM outbox WHERE sent IS NULL AND due <= ? ORDER BY due, id LIMIT ?",
        (at, limit),
    )
    return [Outgoing(str(id), str(url), str(body), whole(tries), str(i)) for id, url, body, tries, i in rows]
