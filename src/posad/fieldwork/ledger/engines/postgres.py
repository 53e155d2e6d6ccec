"""A ledger in a database of PostgreSQL; one database for one study.

Writers take turns by an advisory lock, as they do in SQLite, so that the same verbs are right in both; each batch is one commit.
"""

from __future__ import annotations

import importlib
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import cache
from typing import TYPE_CHECKING

from posad.core.place import Place
from posad.core.problems import Problem, problem
from posad.fieldwork.ledger.engines.values import Parameter, Row
from posad.fieldwork.values import Unavailable

if TYPE_CHECKING:
    import psycopg

    Connection = psycopg.Connection[Row]

SERIAL = "BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY"
NAME = "PostgreSQL"
_TURN, _SERVER = 0x706F7361, 0x706F7362  # two locks of the database: the writers' turn, the one server
_STATES = (
    ("53100", "ledger-disk-full"),
    ("58030", "ledger-disk"),
    ("25006", "ledger-read-only"),
    ("42501", "ledger-read-only"),
    ("55P03", "ledger-locked"),
    ("57014", "ledger-locked"),
    ("XX00", "ledger-damaged"),
)


@cache
def _translated(sql: str) -> str:
    return sql.replace("%", "%%").replace("?", "%s")


class PostgresTx:
    """A connection seen as a transaction."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def run(self, sql: str, parameters: Sequence[Parameter] = ()) -> int:
        """Carry a statement out; return how many rows it changed."""
        return self.connection.execute(_translated(sql).encode(), parameters).rowcount

    def many(self, sql: str, rows: Sequence[Sequence[Parameter]]) -> None:
        """Carry a statement out once for each row of parameters."""
        if len(rows) == 1:
            self.run(sql, rows[0])
        elif rows:
            self.connection.cursor().executemany(_translated(sql).encode(), rows)

    def all(self, sql: str, parameters: Sequence[Parameter] = ()) -> list[Row]:
        """Return all rows of a query."""
        return self.connection.execute(_translated(sql).encode(), parameters).fetchall()


class Postgres:
    """One database; ``alone`` claims it for one server, ``patience`` is how many seconds to wait for another's lock."""

    def __init__(self, url: str, tables: Sequence[str], *, alone: bool = False, patience: float = 10.0) -> None:
        try:
            self._psycopg = importlib.import_module("psycopg")
        except ImportError as error:
            raise Unavailable(problem("ledger-postgres-missing", Place(NAME))) from error
        self.url = url
        self.alone = alone
        self.patience = patience
        self._writer: Connection | None = None
        self._idle: list[Connection] = []
        self._guard = threading.Lock()
        try:
            tx = self.begin()
            for table in tables:
                tx.run(table.replace("{serial}", SERIAL))
            self.commit()
        except self._psycopg.Error as error:
            self.close()
            raise Unavailable(self._explained(error)) from error
        except Unavailable:
            self.close()
            raise

    def _opened(self) -> Connection:
        """Connect; a database that is just starting or recovering is waited for."""
        deadline, ready = time.monotonic() + self.patience, self._psycopg.pq.Ping
        last = ready.REJECT
        while True:
            try:
                connection: Connection = self._psycopg.connect(self.url, autocommit=True, connect_timeout=10)
                break
            except self._psycopg.OperationalError:
                before, last = last, self._psycopg.pq.PGconn.ping(self.url.encode())
                risen = last == ready.OK and before == ready.REJECT  # it has just become ready
                if time.monotonic() > deadline or not (last == ready.REJECT or risen):
                    raise
                time.sleep(0.1)
        try:
            connection.execute("SET synchronous_commit = on")
            connection.execute(f"SET lock_timeout = {int(self.patience * 1000)}")
            connection.execute("SET client_min_messages = warning")
        except BaseException:
            connection.close()
            raise
        return connection

    def _claimed(self) -> Connection:
        """Open the writer's connection; the only server's claim lives and dies with it."""
        connection = self._opened()
        deadline = time.monotonic() + 3.0  # the connection of a server that was killed may linger
        while self.alone and not connection.execute(f"SELECT pg_try_advisory_lock({_SERVER})").fetchall()[0][0]:
            if time.monotonic() > deadline:
                connection.close()
                raise Unavailable(problem("ledger-second-server", Place(NAME), file=NAME))
            time.sleep(0.05)
        return connection

    def begin(self) -> PostgresTx:
        """Open a transaction beside which nobody else writes."""
        if self._writer is None:
            self._writer = self._claimed()
        self._writer.execute(f"BEGIN; SELECT pg_advisory_xact_lock({_TURN})")
        return PostgresTx(self._writer)

    def commit(self) -> None:
        """Make everything since :meth:`begin` durable, or raise."""
        if self._writer is not None:
            self._writer.execute("COMMIT")

    def rollback(self) -> None:
        """Forget everything since :meth:`begin`; a broken connection is opened anew next time."""
        if self._writer is None:
            return
        try:
            self._writer.execute("ROLLBACK")
        except self._psycopg.Error:
            with suppress(self._psycopg.Error):
                self._writer.close()
            self._writer = None

    @contextmanager
    def reading(self) -> Iterator[PostgresTx]:
        """Open a view of one moment for reading."""
        connection = self._reader()
        try:
            yield PostgresTx(connection)
            connection.execute("COMMIT")
        except self._psycopg.Error as error:
            connection.close()
            raise Unavailable(self._explained(error)) from error
        except BaseException:
            connection.close()
            raise
        with self._guard:
            self._idle.append(connection)

    def _reader(self) -> Connection:
        """Return a connection in a reading transaction: an idle one if it still lives, else a new one."""
        begin = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
        while True:
            with self._guard:
                connection = self._idle.pop() if self._idle else None
            try:
                if connection is None:
                    connection = self._opened()
                    connection.execute(begin)
                    return connection
            except self._psycopg.Error as error:
                raise Unavailable(self._explained(error)) from error
            try:
                connection.execute(begin)
            except self._psycopg.Error:
                connection.close()
                continue
            return connection

    def explain(self, error: BaseException) -> Problem | None:
        """Return what an error of PostgreSQL means for the owner of the database."""
        return self._explained(error) if isinstance(error, self._psycopg.Error) else None

    def _explained(self, error: BaseException) -> Problem:
        state = getattr(error, "sqlstate", None) or ""
        code = next((code for start, code in _STATES if state.startswith(start)), None)
        if code is None:
            gone = isinstance(error, self._psycopg.OperationalError)
            code = "ledger-not-reached" if gone else "ledger-failed"
        reason = (str(error).strip().splitlines() or [type(error).__name__])[0]
        return problem(code, Place(NAME), file=NAME, reason=reason)

    def close(self) -> None:
        """Let go of the database."""
        with self._guard:
            connections = [*self._idle, *([self._writer] if self._writer is not None else [])]
            self._idle.clear()
            self._writer = None
        for connection in connections:
            with suppress(self._psycopg.Error):
                connection.close()
