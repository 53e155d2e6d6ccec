"""A ledger in one file of SQLite: write-ahead log, every commit forced to the disk before it is acknowledged."""

from __future__ import annotations

import fcntl
import os
import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from posad.core.place import Place
from posad.core.problems import Problem, problem
from posad.fieldwork.ledger.engines.values import Parameter, Row
from posad.fieldwork.values import Unavailable

SERIAL = "INTEGER PRIMARY KEY AUTOINCREMENT"
_CODES = (
    ("SQLITE_FULL", "ledger-disk-full"),
    ("SQLITE_READONLY", "ledger-read-only"),
    ("SQLITE_BUSY", "ledger-locked"),
    ("SQLITE_LOCKED", "ledger-locked"),
    ("SQLITE_CORRUPT", "ledger-damaged"),
    ("SQLITE_NOTADB", "ledger-damaged"),
    ("SQLITE_CANTOPEN", "ledger-not-opened"),
    ("SQLITE_PERM", "ledger-not-opened"),
    ("SQLITE_IOERR", "ledger-disk"),
)


class SqliteTx:
    """A connection seen as a transaction."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection

    def run(self, sql: str, parameters: Sequence[Parameter] = ()) -> int:
        """Carry a statement out; return how many rows it changed."""
        return self.connection.execute(sql, parameters).rowcount

    def many(self, sql: str, rows: Sequence[Sequence[Parameter]]) -> None:
        """Carry a statement out once for each row of parameters."""
        if rows:
            self.connection.executemany(sql, rows)

    def all(self, sql: str, parameters: Sequence[Parameter] = ()) -> list[Row]:
        """Return all rows of a query."""
        return self.connection.execute(sql, parameters).fetchall()


class Sqlite:
    """One file; ``alone`` claims it for one server, ``patience`` is how many seconds to wait for another's lock."""

    def __init__(self, path: Path, tables: Sequence[str], *, alone: bool = False, patience: float = 10.0) -> None:
        self.path = path
        self.patience = patience
        self._claim = _claim(path) if alone else None
        self._writer: sqlite3.Connection | None = None
        self._idle: list[sqlite3.Connection] = []
        self._guard = threading.Lock()
        with suppress(OSError):  # what is wrong is told by the opening below
            os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))  # for its owner's eyes only
        try:
            connection = self._opened()
            for table in tables:
                connection.execute(table.replace("{serial}", SERIAL))
            connection.close()
        except sqlite3.Error as error:
            self.close()
            raise Unavailable(self._explained(error)) from error

    def _opened(self) -> sqlite3.Connection:
        connection = sqlite3.connect(
            self.path, isolation_level=None, timeout=self.patience, check_same_thread=False, cached_statements=256
        )
        try:
            connection.execute("PRAGMA journal_mode = WAL").fetchone()
            connection.execute("PRAGMA synchronous = FULL")
            connection.execute("PRAGMA secure_delete = ON")
        except sqlite3.Error:
            connection.close()
            raise
        return connection

    def begin(self) -> SqliteTx:
        """Open a transaction beside which nobody else writes."""
        if self._writer is None:
            self._writer = self._opened()
        self._writer.execute("BEGIN IMMEDIATE")
        return SqliteTx(self._writer)

    def commit(self) -> None:
        """Make everything since :meth:`begin` durable, or raise."""
        if self._writer is not None:
            self._writer.execute("COMMIT")

    def rollback(self) -> None:
        """Forget everything since :meth:`begin` and open the file anew next time."""
        if self._writer is not None:
            with suppress(sqlite3.Error):
                if self._writer.in_transaction:
                    self._writer.execute("ROLLBACK")
            with suppress(sqlite3.Error):
                self._writer.close()
            self._writer = None

    @contextmanager
    def reading(self) -> Iterator[SqliteTx]:
        """Open a view of one moment for reading."""
        try:
            with self._guard:
                connection = self._idle.pop() if self._idle else None
            connection = connection or self._opened()
            connection.execute("BEGIN")
        except sqlite3.Error as error:
            raise Unavailable(self._explained(error)) from error
        try:
            yield SqliteTx(connection)
        except sqlite3.Error as error:
            connection.close()
            raise Unavailable(self._explained(error)) from error
        except BaseException:
            connection.close()
            raise
        connection.execute("COMMIT")
        with self._guard:
            self._idle.append(connection)

    def backup(self, to: Path) -> None:
        """Copy the database as it is at one moment into a new file, while others write; the copy is whole or not there."""
        beside = to.with_name(f".{to.name}.part")
        try:
            source, copy = self._opened(), sqlite3.connect(beside)
            try:
                source.backup(copy)
            finally:
                source.close()
                copy.close()
            beside.replace(to)
        except sqlite3.Error as error:
            raise Unavailable(self._explained(error)) from error
        finally:
            beside.unlink(missing_ok=True)

    def explain(self, error: BaseException) -> Problem | None:
        """Return what an error of SQLite means for the owner of the file."""
        return self._explained(error) if isinstance(error, sqlite3.Error) else None

    def _explained(self, error: sqlite3.Error) -> Problem:
        name = getattr(error, "sqlite_errorname", "") or ""
        code = next((code for start, code in _CODES if name.startswith(start)), "ledger-failed")
        return problem(code, Place(self.path.name), file=self.path.name, reason=str(error))

    def close(self) -> None:
        """Let go of the file."""
        self.rollback()
        with self._guard:
            for connection in self._idle:
                connection.close()
            self._idle.clear()
        if self._claim is not None:
            os.close(self._claim)
            self._claim = None


def _claim(path: Path) -> int:
    """Claim a file for this process; the system lets go of the claim whenever the process ends, however it ends."""
    lock = path.with_name(f"{path.name}.lock")
    try:
        handle = os.open(lock, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as error:
        reason = error.strerror or str(error)
        raise Unavailable(problem("ledger-not-opened", Place(path.name), file=path.name, reason=reason)) from error
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        os.close(handle)
        raise Unavailable(problem("ledger-second-server", Place(path.name), file=path.name)) from error
    return handle
