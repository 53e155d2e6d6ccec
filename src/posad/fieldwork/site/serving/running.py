"""A study's site while it runs: the server, the ticking of the field's clock, the outbox; and its end without losing a post.

On a signal to stop, the server takes no new connections, answers what it has begun, then the outbox and the ledger are closed.
"""

from __future__ import annotations

import importlib.util
import os
import signal
import socket
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from posad.core.place import Place
from posad.core.problems import Problem, problem
from posad.fieldwork.ledger import Ledger
from posad.fieldwork.ledger.commands import Tick
from posad.fieldwork.values import Unavailable

TICK = 5.0  # seconds
STOPS = (signal.SIGINT, signal.SIGTERM)
GRACE = 15  # seconds to answer what was begun


def listening(host: str, port: int) -> tuple[socket.socket | None, list[Problem]]:
    """Return a socket that listens, or why it can't; port 0 takes any that is free."""
    try:
        found = socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET)
    except OSError as error:
        reason = error.strerror or str(error)
        return None, [problem("field-port", Place("--port"), host=host, port=port, reason=reason)]
    found.setblocking(False)
    return found, []


def address_parts(address: str) -> tuple[str, str] | None:
    """Return the address people see and the path in it, or nothing where it is no address of a site.

    >>> address_parts("https://survey.example/town/")
    ('https://survey.example/town', '/town')
    >>> address_parts("survey.example") is None
    True
    """
    plain = address.strip().rstrip("/")
    parts = urlsplit(plain)
    right = parts.scheme in ("http", "https") and bool(parts.hostname) and not parts.query and not parts.fragment
    return (plain, parts.path) if right and parts.username is None and not set(plain) & set(" <>\"'{}\\") else None


class Ticker:
    """Lets the field's clock go on while nobody posts, so that places of people who left are given back."""

    def __init__(self, ledger: Ledger, clock: Callable[[], float]) -> None:
        self.ledger, self.clock = ledger, clock
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="ticker", daemon=True)

    def start(self) -> None:
        """Tick until stopped."""
        self._thread.start()

    def stop(self) -> None:
        """Stop ticking."""
        self._stop.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._stop.wait(TICK):
            try:
                self.ledger.do(Tick(self.clock()))
            except Unavailable:
                continue  # posts are refused meanwhile and say why


def run(app: object, sockets: Sequence[socket.socket], started: Callable[[], None]) -> None:
    """Serve an application until a signal to stop, and answer what was begun.

    Args:
        app: An ASGI application.
        sockets: Where it listens.
        started: Called when it serves and a signal would stop it in order.
    """
    import uvicorn

    fast = importlib.util.find_spec("uvloop") is not None
    config = uvicorn.Config(
        app,  # type: ignore[arg-type]  # an ASGI application
        loop="uvloop" if fast else "asyncio",
        http="httptools",
        ws="none",
        lifespan="off",
        access_log=False,  # addresses hold the links of interviews
        log_level="warning",
        server_header=False,
        timeout_keep_alive=30,
        timeout_graceful_shutdown=GRACE,
        backlog=2048,
    )

    class Server(uvicorn.Server):
        """Leaves quietly on a signal, so that what comes after it (the outbox, the ledger) is closed in order."""

        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            """Begin to serve, and say so."""
            await super().startup(sockets)
            started()

        @contextmanager
        def capture_signals(self) -> Iterator[None]:
            """Take the signals to stop while serving, and give them back afterwards without raising them again."""
            if threading.current_thread() is not threading.main_thread():
                yield
                return
            before = {number: signal.signal(number, self.handle_exit) for number in STOPS}
            try:
                yield
            finally:
                for number, handler in before.items():
                    signal.signal(number, handler)

    Server(config).run(sockets=list(sockets))


def ledger_path(folder: Path) -> Path:
    """Return where the ledger of a study stands when nothing else is said: ``field/ledger.sqlite`` in its folder."""
    return folder / "field" / "ledger.sqlite"


def keys_path(folder: Path) -> Path:
    """Return where the secrets of a study's links stand: ``field/keys`` in its folder, or where POSAD_FIELD_KEYS says."""
    named = os.environ.get("POSAD_FIELD_KEYS", "")
    return Path(named) if named else folder / "field" / "keys"
