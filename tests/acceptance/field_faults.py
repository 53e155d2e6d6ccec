"""A server that saves pages under load until it is killed: ``python -m tests.acceptance.field_faults WHERE FILE NUMBER``.

It writes a line into FILE for each page once the ledger has acknowledged it; a page that could not be saved is sent again.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from concurrent.futures import FIRST_COMPLETED, Future, wait
from pathlib import Path

from posad.fieldwork.ledger import Ledger, open_ledger, reading
from posad.fieldwork.ledger.commands import Arrange, Rebuild, Reserve, SavePage, Start
from posad.fieldwork.values import Cell, Outcome, Saved, Unavailable

NOW = 1_750_000_000.0
PEOPLE = tuple(f"{n:032}" for n in range(8))
AT_ONCE = 16
ROOT = Path(__file__).resolve().parents[2]


def page(number: int, at: int) -> SavePage:
    """Return the page with a number; its answers can be told from its token."""
    token = f"{number}.{at}"
    return SavePage(NOW, PEOPLE[at % len(PEOPLE)], f"p{at % 20}", token, {f"q{k}": at * 7 + k for k in range(18)})


def begin(ledger: Ledger) -> None:
    """Begin the interviews that pages are saved to, each with a place."""
    ledger.do(Arrange(NOW, (Cell("total", 100, 100),)))
    for id in PEOPLE:
        ledger.do(Start(NOW, id, "v", "ru"))
        ledger.do(Reserve(NOW, id, ("total",)))


def load(where: str, file: str, number: int) -> None:
    """Save pages for ever, many at once."""
    out = os.open(file, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    with open_ledger(where, "faults", alone=True, patience=5) as ledger:
        waiting: dict[Future[Saved], int] = {}
        at = 0
        while True:
            while len(waiting) < AT_ONCE:
                waiting[ledger.submit(page(number, at))] = at
                at += 1
            for future in wait(waiting, return_when=FIRST_COMPLETED).done:
                sent = waiting.pop(future)
                try:
                    outcome = future.result().outcome
                except Unavailable:
                    waiting[ledger.submit(page(number, sent))] = sent
                    continue
                assert outcome in (Outcome.DONE, Outcome.AGAIN), outcome
                os.write(out, f"{number}.{sent}\n".encode())


class Server:
    """The server in a process of its own."""

    def __init__(self, where: str, file: Path, number: int) -> None:
        self.file = file
        self.before = len(self.acknowledged())
        command = [sys.executable, "-m", "tests.acceptance.field_faults", where, str(file), str(number)]
        self.process = subprocess.Popen(command, cwd=ROOT)

    def acknowledged(self) -> list[str]:
        """Return the tokens acknowledged so far; a line cut short by the kill is none."""
        text = self.file.read_text() if self.file.exists() else ""
        return text.split("\n")[:-1]

    def work(self, seconds: float) -> None:
        """Let it acknowledge something, then work on for a while."""
        seen = len(self.acknowledged())
        while len(self.acknowledged()) == seen:
            self._pass(0.02)
        self._pass(seconds)

    def _pass(self, seconds: float) -> None:
        try:
            code = self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            return
        raise AssertionError(f"the server ended by itself: {code}")

    def kill(self) -> None:
        """Kill it as the system does when memory runs out."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()


def assert_kept(where: str, acknowledged: list[str]) -> int:
    """Assert that every acknowledged page is there once and whole, and the counters are right; return how many pages there are."""
    with open_ledger(where, "faults", alone=True) as ledger:
        with ledger.reading() as tx:
            pages = {row.token: row for row in reading.all_pages(tx)}
            assert len(pages) == sum(1 for _ in reading.all_pages(tx)), "no page is doubled"
        assert ledger.do(Rebuild(NOW)) == {}, "counters equal a rebuild"
    assert len(acknowledged) == len(set(acknowledged))
    lost = [token for token in acknowledged if token not in pages]
    assert lost == [], "no acknowledged page is lost"
    for token, row in pages.items():
        number, _, at = token.partition(".")
        assert row.answers == page(int(number), int(at)).answers, "a page is whole"
    return len(pages)


if __name__ == "__main__":
    load(sys.argv[1], sys.argv[2], int(sys.argv[3]))
