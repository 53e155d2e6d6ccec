"""The outbox: the panel's server is told of ends, each once it answers, again and again until it does.

A call waits in the ledger beside the end it tells of, so it is there after a crash; its key goes along (``Idempotency-Key``), so that
a panel that was told twice counts once. Between tries it waits 10 seconds, then twice as long each time, up to 6 hours, for a week.
"""

from __future__ import annotations

import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Collection
from http.client import HTTPException
from typing import IO

from posad.fieldwork.ledger import Ledger, reading
from posad.fieldwork.ledger.commands import Sent
from posad.fieldwork.links import allowed
from posad.fieldwork.values import Outgoing, Unavailable

FIRST, LONGEST = 10.0, 6 * 3600.0
TRIES = 40  # about a week
PATIENCE = 10.0  # seconds a panel has to answer
PAUSE = 2.0  # seconds between two looks into the outbox

Carry = Callable[[Outgoing], int]


def wait_after(tries: int) -> float:
    """Return how many seconds to wait after so many tries.

    >>> [wait_after(n) for n in (1, 2, 3, 20)]
    [10.0, 20.0, 40.0, 21600.0]
    """
    return float(min(FIRST * 2 ** min(tries - 1, 20), LONGEST))


class _Stay(urllib.request.HTTPRedirectHandler):
    """Follows no redirect: a call goes to the host on the list or nowhere."""

    def redirect_request(
        self, req: urllib.request.Request, fp: IO[bytes], code: int, msg: str, headers: object, newurl: str
    ) -> None:
        """Refuse to go elsewhere."""


def carry(call: Outgoing) -> int:
    """Make one call and return the panel's HTTP status."""
    data = call.body.encode() if call.body else None
    request = urllib.request.Request(call.url, data, {"Idempotency-Key": call.key, "User-Agent": "posad"})
    opener = urllib.request.build_opener(_Stay(), urllib.request.ProxyHandler())
    try:
        with opener.open(request, timeout=PATIENCE) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        error.close()
        return error.code


class Outbox:
    """A worker beside the site that makes the calls which are due."""

    def __init__(
        self,
        ledger: Ledger,
        hosts: Collection[str],
        carry: Carry = carry,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self.ledger, self.hosts, self.carry, self.clock = ledger, frozenset(hosts), carry, clock
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="outbox", daemon=True)

    def work(self) -> int:
        """Make the calls that are due once; return how many were answered well."""
        with self.ledger.reading() as tx:
            due = reading.due_calls(tx, self.clock())
        return sum(self._make(call) for call in due)

    def _make(self, call: Outgoing) -> bool:
        said, good = self._answered(call)
        again = None if good or call.tries + 1 >= TRIES else self.clock() + wait_after(call.tries + 1)
        self.ledger.do(Sent(self.clock(), call.key, again, said if good or again is not None else f"given up: {said}"))
        return good

    def _answered(self, call: Outgoing) -> tuple[str, bool]:
        if not allowed(call.url, self.hosts):
            return "host not allowed", False
        try:
            code = self.carry(call)
        except (OSError, HTTPException, ValueError) as error:
            return type(error).__name__, False
        return str(code), 200 <= code < 300 or code == 409  # 409: told before

    def start(self) -> None:
        """Work until stopped."""
        self._thread.start()

    def stop(self) -> None:
        """Finish the call under way and stop."""
        self._stop.set()
        if self._thread.is_alive():
            self._thread.join()

    def _run(self) -> None:
        while not self._stop.wait(PAUSE):
            try:
                self.work()
            except Unavailable:
                continue  # the ledger tells its owner itself; the calls wait there
