"""Interviews begun, pages added, answers withdrawn."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace

from posad.fieldwork.ledger.commands import Detach, KeepVersion, Mark, SavePage, Start, Withdraw
from posad.fieldwork.ledger.verbs.places import let_go, take_again
from posad.fieldwork.ledger.verbs.work import Work
from posad.fieldwork.values import Answers, Interview, Outcome, Saved, Status


def keep_version(work: Work, command: KeepVersion) -> None:
    """Keep the wording of a questionnaire once."""
    files = json.dumps(dict(command.version.files), ensure_ascii=False)
    work.direct().run(
        "INSERT INTO version (id, at, files) VALUES (?, ?, ?) ON CONFLICT (id) DO NOTHING",
        (command.version.id, command.at, files),
    )


def known_by(once: str) -> str:
    """Return what an entry that counts once is known by in the ledger; what came with it can't be read back from it."""
    return hashlib.sha256(once.encode()).hexdigest()


def single(command: Start) -> str | None:
    """Return what the entry of a command is known by, where it counts once."""
    return known_by(command.once) if command.once is not None else None


def start(work: Work, command: Start) -> Interview:
    """Begin an interview, or return the one begun before under the same id or the same single entry."""
    once = single(command)
    found = work.find(command.id) or (work.single(once) if once is not None else None)
    if found is not None:
        return found
    now = work.clock
    interview = Interview(
        command.id, Status.STARTED, command.version, command.language, work.stage, command.panel, command.at,
        command.at, now, now, now, dict(command.entry), position=command.position, test=command.test,
    )  # fmt: skip
    interview = work.renewed(interview, command.at)
    work.add(interview, once)
    work.tell(interview.id, Status.STARTED.value, command.at)
    return interview


def body_of(answers: Answers) -> str:
    """Return answers as they are kept: JSON with its keys in order."""
    return json.dumps(dict(answers), ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def save_page(work: Work, command: SavePage) -> Saved:
    """Add a page once, renew the interview's place, take a lapsed one again where there is room."""
    interview = work.find(command.interview)
    if interview is None:
        return Saved(Outcome.UNKNOWN, None)
    body = body_of(command.answers)
    digest = hashlib.sha256(body.encode()).hexdigest()[:32]
    if work.knows_page(interview.id, command.token, digest):
        return Saved(Outcome.AGAIN, interview)
    if interview.final:
        return Saved(Outcome.CLOSED, interview)
    interview = replace(
        work.renewed(interview, command.at),
        revision=interview.revision + 1,
        position=command.position or interview.position,
        language=command.language or interview.language,
        version=command.version or interview.version,
    )
    work.add_page(interview, command.page, command.token, body, digest, command.at)
    if interview.status is not Status.BROKEN_OFF:
        work.put(interview)
        return Saved(Outcome.DONE, interview)
    if not interview.cells:
        return Saved(Outcome.DONE, work.change(interview, Status.STARTED, command.at))
    if take_again(work, interview):
        work.put(interview)
        return Saved(Outcome.DONE, interview, Outcome.FULL)
    return Saved(Outcome.DONE, work.change(interview, Status.HELD, command.at))


def withdraw(work: Work, command: Withdraw) -> Outcome:
    """Delete an interview's answers and everything that came with it; its row stays, empty, so that counts add up."""
    interview = work.find(command.interview)
    if interview is None:
        return Outcome.UNKNOWN
    if interview.status is Status.WITHDRAWN:
        return Outcome.AGAIN
    let_go(work, interview)
    for table in ("page", "flag", "event", "outbox"):
        work.direct().run(f"DELETE FROM {table} WHERE interview = ?", (interview.id,))
    emptied = replace(interview, entry={}, cells=(), position="", language="", panel="")
    work.change(emptied, Status.WITHDRAWN, command.at)
    return Outcome.DONE


def detach(work: Work, command: Detach) -> int:
    """Forget what came with the links of all interviews, once the last of them is old enough."""
    tx = work.direct()
    if tx.all("SELECT id FROM interview WHERE changed >= ? LIMIT 1", (command.before,)):
        return 0
    found = tx.run("UPDATE interview SET entry = '{}', once = NULL WHERE entry <> '{}' OR once IS NOT NULL")
    tx.run("DELETE FROM outbox WHERE sent IS NOT NULL")
    if found:
        work.tell("", f"detached {found}", command.at)
    return found


def mark(work: Work, command: Mark) -> Outcome:
    """Set the flags of an interview."""
    if work.find(command.interview) is None:
        return Outcome.UNKNOWN
    work.direct().run("DELETE FROM flag WHERE interview = ?", (command.interview,))
    for flag in {f.name: f for f in command.flags}.values():
        work.direct().run(
            "INSERT INTO flag (interview, name, value) VALUES (?, ?, ?)", (command.interview, flag.name, flag.value)
        )
    return Outcome.DONE
