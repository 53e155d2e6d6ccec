"""The ledger of interviews: commands in, answers out once they are on the disk; many commands share one commit.

One thread writes. It waits for its turn, takes all commands that have come in, carries them out in one transaction, commits, and
only then answers each: under load a disk that forces 700 commits a second takes thousands of pages, and a lone page waits for nobody.
"""

from __future__ import annotations

import asyncio
import queue
import threading
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import AbstractContextManager
from typing import TypeVar, cast

from posad.fieldwork.ledger.commands import Command
from posad.fieldwork.ledger.engines.values import Engine, Tx
from posad.fieldwork.ledger.verbs.carrying import carry_out, fetch
from posad.fieldwork.ledger.verbs.work import close_work, open_work
from posad.fieldwork.values import Unavailable

R = TypeVar("R")
MOST = 128
"""Commands of one commit at most, so that none waits long for the others."""

_Waiting = tuple[Command[object], "Future[object]"]


class Ledger:
    """Interviews of one study behind one writer; safe to use from any number of threads."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._queue: queue.SimpleQueue[_Waiting | None] = queue.SimpleQueue()
        self._closing = threading.Lock()
        self._closed = False
        self._writer = threading.Thread(target=self._write, name="ledger", daemon=True)
        self._writer.start()

    def submit(self, command: Command[R]) -> Future[R]:
        """Hand a command over; its future is done when the answer is durable.

        The future raises :class:`~posad.fieldwork.values.Unavailable` when the database could not do it; nothing was done then.
        """
        future: Future[object] = Future()
        with self._closing:
            if self._closed:
                raise ValueError("the ledger is closed")
            self._queue.put((cast("Command[object]", command), future))
        return cast("Future[R]", future)

    def do(self, command: Command[R]) -> R:
        """Carry a command out and wait for its durable answer."""
        return self.submit(command).result()

    async def ask(self, command: Command[R]) -> R:
        """Carry a command out and await its durable answer."""
        return await asyncio.wrap_future(self.submit(command))

    def reading(self) -> AbstractContextManager[Tx]:
        """Open a view of one moment, for the functions of :mod:`posad.fieldwork.ledger.reading`."""
        return self.engine.reading()

    def close(self) -> None:
        """Carry out what waits, then let go of the database."""
        with self._closing:
            if self._closed:
                return
            self._closed = True
            self._queue.put(None)
        self._writer.join()
        self.engine.close()

    def __enter__(self) -> Ledger:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _write(self) -> None:
        while (waiting := self._queue.get()) is not None:
            if waiting[1].set_running_or_notify_cancel():
                self._carry_out([waiting], self._others)

    def _others(self) -> list[_Waiting]:
        """Return the commands that have come in meanwhile."""
        found: list[_Waiting] = []
        while len(found) < MOST - 1 and not self._queue.empty():
            waiting = self._queue.get()
            if waiting is None:  # the end: everything before it is in hand
                self._queue.put(None)
                break
            if waiting[1].set_running_or_notify_cancel():
                found.append(waiting)
        return found

    def _carry_out(self, batch: list[_Waiting], others: Callable[[], list[_Waiting]] = list) -> None:
        """Carry a batch out in one transaction; where one command is wrong in itself, each by itself.

        What came in while the turn to write was waited for joins the batch.
        """
        try:
            tx = self.engine.begin()
            batch += others()
            work = open_work(tx)
            fetch(work, [command for command, _ in batch])
            answers = [carry_out(work, command) for command, _ in batch]
            close_work(work)
            self.engine.commit()
        except BaseException as error:
            self.engine.rollback()
            found = error.problem if isinstance(error, Unavailable) else self.engine.explain(error)
            if found is None and len(batch) > 1:
                for waiting in batch:
                    self._carry_out([waiting])
                return
            for _, future in batch:
                future.set_exception(Unavailable(found) if found is not None else error)
            return
        for (_, future), answer in zip(batch, answers, strict=True):
            future.set_result(answer)
