"""The acceptance of the ledger under faults: killed servers, full and read-only disks, long locks, second servers."""

from __future__ import annotations

import os
import random
import shutil
import signal
import sqlite3
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from tests.acceptance.field_faults import NOW, PEOPLE, Server, assert_kept, begin, page
from tests.postgres import Cluster, gone, made

from posad.core.speech import say
from posad.fieldwork.ledger import Ledger, open_ledger
from posad.fieldwork.ledger.commands import SavePage
from posad.fieldwork.values import Outcome, Unavailable

KILLS = 50


def refused(ledger: Ledger, command: SavePage) -> str:
    """Return the code with which a page is refused; it says what is wrong in words."""
    with pytest.raises(Unavailable) as caught:
        ledger.do(command)
    assert all(say(caught.value.problem, language) for language in ("ru", "en"))
    return caught.value.problem.code


def not_opened(where: str, *, alone: bool = False) -> str:
    """Return the code with which a ledger is not opened."""
    with pytest.raises(Unavailable) as caught:
        open_ledger(where, "faults", alone=alone)
    return caught.value.problem.code


@contextmanager
def small_disk(size: str) -> Iterator[tuple[Path, bool]]:
    """Give a folder on a disk of its own; where no disk can be mounted, say so."""
    folder = Path(tempfile.mkdtemp(prefix="posad-disk-"))
    folder.chmod(0o755)
    command = ["mount", "-t", "tmpfs", "-o", f"size={size},mode=0755", "tmpfs", str(folder)]
    mounted = os.geteuid() == 0 and subprocess.run(command, capture_output=True, check=False).returncode == 0
    try:
        yield folder, mounted
    finally:
        if mounted:
            subprocess.run(["umount", "-l", str(folder)], check=False)
        shutil.rmtree(folder, ignore_errors=True)


def enlarge(folder: Path, size: str) -> None:
    """Make room on a small disk."""
    subprocess.run(["mount", "-o", f"remount,size={size}", str(folder)], check=True)


def filled(ledger: Ledger, most: int = 20000) -> tuple[int, str]:
    """Save pages until one is refused; return how many were acknowledged, and why the next was not."""
    for at in range(most):
        try:
            ledger.do(page(0, at))
        except Unavailable as error:
            return at, error.problem.code
    raise AssertionError("the disk never became full")


def test_6c_killed_sqlite(tmp_path: Path) -> None:
    """A server on SQLite is killed at 50 random moments under load: no acknowledged page is lost or doubled, and it opens again."""
    where, file, chance = str(tmp_path / "ledger.sqlite"), tmp_path / "acknowledged", random.Random(6)
    with open_ledger(where, "faults") as ledger:
        begin(ledger)
    for number in range(KILLS):
        server = Server(where, file, number)
        server.work(chance.uniform(0, 0.2))
        server.kill()
        assert_kept(where, server.acknowledged())

    assert sqlite3.connect(where).execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert len(Server.acknowledged(server)) > 20 * KILLS


def test_6c_killed_postgresql(tmp_path: Path) -> None:
    """Server and database are killed in turn at 50 random moments: the server goes on by itself when its database is back."""
    import psycopg

    file, chance = tmp_path / "acknowledged", random.Random(6)
    cluster = made()
    try:
        where = cluster.database()
        with open_ledger(where, "faults") as ledger:
            begin(ledger)
        server = None
        for number in range(KILLS):
            server = server or Server(where, file, number)
            server.work(chance.uniform(0, 0.2))
            if number % 2:
                server.kill()
                assert_kept(where, server.acknowledged())
                server = None
                continue
            with psycopg.connect(cluster.url(), autocommit=True) as connection:
                name = where.split("/")[3].split("?")[0]
                query = "SELECT pid FROM pg_stat_activity WHERE datname = %s LIMIT 1"
                found = connection.execute(query, (name,)).fetchone()
            assert found is not None
            os.kill(found[0], signal.SIGKILL)  # the database falls as a whole, and recovers
            server.work(0)
        assert len(file.read_text().split()) > 20 * KILLS
    finally:
        gone(cluster)


def test_6c_full_sqlite(tmp_path: Path) -> None:
    """On a full disk a page is refused in clear words and nothing acknowledged is lost; with room again the same server goes on."""
    with small_disk("8m") as (folder, mounted):
        where = str((folder if mounted else tmp_path) / "ledger.sqlite")
        with open_ledger(where, "faults") as ledger:
            begin(ledger)
            if mounted:
                count, code = filled(ledger)
                enlarge(folder, "64m")
            else:
                count, code = _limited(ledger)
            assert ledger.do(page(0, count)).outcome is Outcome.DONE

        assert code in ("ledger-disk-full", "ledger-disk")
        assert count > 100
        assert assert_kept(where, [f"0.{at}" for at in range(count + 1)]) == count + 1


def _limited(ledger: Ledger) -> tuple[int, str]:
    """Fill a ledger whose files may not grow beyond a limit, where no small disk can be mounted."""
    import resource

    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 20, before[1]))
    try:
        return filled(ledger)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_6c_full_postgresql() -> None:
    """The same on a database whose disk is full, or whose files may not grow."""
    with small_disk("60m") as (folder, mounted):
        cluster = made(home=folder) if mounted else made()
        try:
            where = cluster.database()
            if not mounted:
                cluster.stop()
                cluster.start(file_limit=2048)
            with open_ledger(where, "faults") as ledger:
                begin(ledger)
                count, code = filled(ledger, 200_000) if not mounted else _crammed(folder, ledger)
                if mounted:
                    enlarge(folder, "200m")
                cluster.restart()
                assert ledger.do(page(0, count)).outcome in (Outcome.DONE, Outcome.AGAIN)
            assert code in ("ledger-disk-full", "ledger-disk", "ledger-not-reached")
            assert count > 10
            kept = [f"0.{at}" for at in range(count + 1)] + [f"1.{at}" for at in range(20 if mounted else 0)]
            assert assert_kept(where, kept) == len(kept)
        finally:
            gone(cluster)


def _crammed(folder: Path, ledger: Ledger) -> tuple[int, str]:
    """Save some pages, let something else fill the disk but for a little, and save until a page is refused."""
    for at in range(20):
        ledger.do(page(1, at))
    room = shutil.disk_usage(folder).free - (1 << 20)
    (folder / "else").write_bytes(b"x" * max(room, 0))
    return filled(ledger, 200_000)


def test_6c_read_only_sqlite() -> None:
    """A ledger that may not be written is refused when it is opened, in clear words, and is as it was when it may be again."""
    folder = Path(tempfile.mkdtemp(prefix="posad-read-"))
    folder.chmod(0o755)
    where = folder / "ledger.sqlite"
    try:
        with open_ledger(where, "faults") as ledger:
            begin(ledger)
            ledger.do(page(0, 0))
        where.chmod(0o444)
        folder.chmod(0o555)
        with as_nobody():
            assert not_opened(str(where)) in ("ledger-read-only", "ledger-not-opened")
        folder.chmod(0o755)
        where.chmod(0o644)
        assert assert_kept(str(where), ["0.0"]) == 1
    finally:
        shutil.rmtree(folder)


@contextmanager
def as_nobody() -> Iterator[None]:
    """Let go of the rights of root, who may write anywhere, for a while."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


def test_6c_read_only_postgresql(postgres: Cluster) -> None:
    """The same of a database that takes no writes: a running server refuses pages, and goes on when it may write again."""
    import psycopg

    where = postgres.database()
    name = where.split("/")[3].split("?")[0]

    def set_read_only(value: str) -> None:
        with psycopg.connect(postgres.url(), autocommit=True) as connection:
            connection.execute(f"ALTER DATABASE {name} SET default_transaction_read_only = {value}".encode())
            connection.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", (name,))

    with open_ledger(where, "faults") as ledger:
        begin(ledger)
        set_read_only("on")
        codes = [refused(ledger, page(0, 0)) for _ in range(2)]
        set_read_only("off")
        refused(ledger, page(0, 0))  # the connection is gone once more
        assert ledger.do(page(0, 0)).outcome is Outcome.DONE
    assert codes == ["ledger-not-reached", "ledger-read-only"]
    assert assert_kept(where, ["0.0"]) == 1


def test_6c_locked_sqlite(tmp_path: Path) -> None:
    """While another program holds the file a page is refused after the wait, not lost in silence; then it is taken once."""
    where = tmp_path / "ledger.sqlite"
    with open_ledger(where, "faults", patience=0.3) as ledger:
        begin(ledger)
        other = sqlite3.connect(where, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        assert [refused(ledger, page(0, 0)) for _ in range(2)] == ["ledger-locked"] * 2
        other.execute("ROLLBACK")
        other.close()
        assert [ledger.do(page(0, 0)).outcome for _ in range(2)] == [Outcome.DONE, Outcome.AGAIN]
    assert assert_kept(str(where), ["0.0"]) == 1


def test_6c_locked_postgresql(postgres: Cluster) -> None:
    """The same of a table that somebody has locked."""
    import psycopg

    where = postgres.database()
    with open_ledger(where, "faults", patience=0.3) as ledger:
        begin(ledger)
        with psycopg.connect(where) as other:
            other.execute("LOCK TABLE page IN ACCESS EXCLUSIVE MODE")
            assert [refused(ledger, page(0, 0)) for _ in range(2)] == ["ledger-locked"] * 2
        assert [ledger.do(page(0, 0)).outcome for _ in range(2)] == [Outcome.DONE, Outcome.AGAIN]
    assert assert_kept(where, ["0.0"]) == 1


@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_6c_second_server(database: str, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    """A second server on one study is refused while the first lives, and may take over when it is gone; another study is refused."""
    cluster: Cluster | None = request.getfixturevalue("postgres") if database == "postgresql" else None
    where = cluster.database() if cluster is not None else str(tmp_path / "ledger.sqlite")
    with open_ledger(where, "faults", alone=True) as first:
        begin(first)
        assert not_opened(where, alone=True) == "ledger-second-server"
        with open_ledger(where, "faults") as beside:  # who only looks is no server
            assert beside.do(page(0, 0)).outcome is Outcome.DONE
    with open_ledger(where, "faults", alone=True) as second:
        assert second.do(SavePage(NOW, PEOPLE[0], "p", "t", {"q": 1})).outcome is Outcome.DONE
    with pytest.raises(Unavailable) as caught:
        open_ledger(where, "another")
    assert caught.value.problem.code == "ledger-other-study"
