"""Who may look at a running field and what they did there: accounts, sessions, and an audit log whose lines hang on one another.

It is a database of its own, apart from answers and contacts. Every line of the log holds the hash of the line before it: a line
changed, taken out or put in between is found by :func:`broken_line`.
"""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from posad.fieldwork.ledger.engines.values import Engine, Tx
from posad.fieldwork.ledger.opening import open_engine
from posad.fieldwork.ledger.verbs.work import number, whole
from posad.fieldwork.values import Unavailable

__all__ = ["Account", "Book", "DeskBook", "Line", "Tx"]
R = TypeVar("R")
FIRST = "0" * 64

TABLES = (
    """CREATE TABLE IF NOT EXISTS account (
        name TEXT PRIMARY KEY, role TEXT NOT NULL, password TEXT NOT NULL, secret TEXT NOT NULL, step BIGINT NOT NULL,
        failed INTEGER NOT NULL, locked DOUBLE PRECISION NOT NULL)""",
    """CREATE TABLE IF NOT EXISTS session (
        id TEXT PRIMARY KEY, name TEXT NOT NULL, form TEXT NOT NULL, until DOUBLE PRECISION NOT NULL)""",
    """CREATE TABLE IF NOT EXISTS audit (
        seq BIGINT PRIMARY KEY, at DOUBLE PRECISION NOT NULL, who TEXT NOT NULL, what TEXT NOT NULL, facts TEXT NOT NULL,
        hash TEXT NOT NULL)""",
)


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody who may look: their role, the hash of their password, their second factor and how often they failed."""

    name: str
    role: str
    password: str
    secret: str
    step: int = 0  # of the last one-time code used
    failed: int = 0
    locked: float = 0.0


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the audit log."""

    seq: int
    at: float
    who: str
    what: str
    facts: str
    hash: str


class Book:
    """A small database beside the ledger; safe to use from any number of threads."""

    def __init__(self, where: str | Path, tables: tuple[str, ...], patience: float = 5.0) -> None:
        self.engine: Engine = open_engine(where, tables, patience=patience)
        self._turn = threading.Lock()

    def change(self, what: Callable[[Tx], R]) -> R:
        """Carry something out in one transaction."""
        with self._turn:
            try:
                found = what(self.engine.begin())
                self.engine.commit()
            except BaseException as error:
                self.engine.rollback()
                told = self.engine.explain(error)
                if told is not None:
                    raise Unavailable(told) from error
                raise
            return found

    def look(self, what: Callable[[Tx], R]) -> R:
        """Read something."""
        with self.engine.reading() as tx:
            return what(tx)

    def close(self) -> None:
        """Let go of the database."""
        self.engine.close()


class DeskBook(Book):
    """The database of accounts, sessions and the audit log."""

    def __init__(self, where: str | Path, patience: float = 5.0) -> None:
        super().__init__(where, TABLES, patience)


def account(tx: Tx, name: str) -> Account | None:
    """Return an account, or nothing."""
    rows = tx.all("SELECT name, role, password, secret, step, failed, locked FROM account WHERE name = ?", (name,))
    if not rows:
        return None
    id, role, password, secret, step, failed, locked = rows[0]
    return Account(str(id), str(role), str(password), str(secret), whole(step), whole(failed), number(locked))


def put_account(tx: Tx, a: Account) -> None:
    """Write an account, instead of the one of its name; its sessions end."""
    tx.run("DELETE FROM account WHERE name = ?", (a.name,))
    tx.run("DELETE FROM session WHERE name = ?", (a.name,))
    tx.run(
        "INSERT INTO account (name, role, password, secret, step, failed, locked) VALUES (?, ?, ?, ?, ?, ?, ?)",
        (a.name, a.role, a.password, a.secret, a.step, a.failed, a.locked),
    )


def put_attempt(tx: Tx, name: str, step: int, failed: int, locked: float) -> None:
    """Write what an attempt to log in changes."""
    tx.run("UPDATE account SET step = ?, failed = ?, locked = ? WHERE name = ?", (step, failed, locked, name))


def put_session(tx: Tx, token: str, name: str, form: str, until: float) -> None:
    """Begin a session; of its token only the digest is kept."""
    tx.run("INSERT INTO session (id, name, form, until) VALUES (?, ?, ?, ?)", (_digest(token), name, form, until))


def session(tx: Tx, token: str, at: float) -> tuple[Account, str] | None:
    """Return who has a session and the token of its forms, or nothing where there is none or it is over."""
    rows = tx.all("SELECT name, form FROM session WHERE id = ? AND until > ?", (_digest(token), at))
    found = account(tx, str(rows[0][0])) if rows else None
    return (found, str(rows[0][1])) if found is not None else None


def end_session(tx: Tx, token: str) -> None:
    """End a session."""
    tx.run("DELETE FROM session WHERE id = ?", (_digest(token),))


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def note(tx: Tx, at: float, who: str, what: str, **facts: str) -> None:
    """Add a line to the audit log."""
    rows = tx.all("SELECT seq, hash FROM audit ORDER BY seq DESC LIMIT 1")
    before = str(rows[0][1]) if rows else FIRST
    seq = whole(rows[0][0]) + 1 if rows else 1
    said = json.dumps(facts, ensure_ascii=True, sort_keys=True)
    row = (seq, at, who, what, said, _hash(before, seq, at, who, what, said))
    tx.run("INSERT INTO audit (seq, at, who, what, facts, hash) VALUES (?, ?, ?, ?, ?, ?)", row)


def audit_log(tx: Tx) -> list[Line]:
    """Return the audit log in its order."""
    rows = tx.all("SELECT seq, at, who, what, facts, hash FROM audit ORDER BY seq")
    return [Line(whole(seq), number(at), str(who), str(what), str(f), str(h)) for seq, at, who, what, f, h in rows]


def broken_line(lines: Sequence[Line]) -> int | None:
    """Return the first line of an audit log that does not hang on the one before it, or nothing where all do."""
    before = FIRST
    for place, line in enumerate(lines, 1):
        if line.seq != place or line.hash != _hash(before, line.seq, line.at, line.who, line.what, line.facts):
            return place
        before = line.hash
    return None


def _hash(before: str, seq: int, at: float, who: str, what: str, facts: str) -> str:
    text = json.dumps([before, seq, repr(float(at)), who, what, facts], ensure_ascii=True)
    return hashlib.sha256(text.encode()).hexdigest()
