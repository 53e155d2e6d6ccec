"""A private PostgreSQL for the tests: its own files and socket, gone with the tests; the system's server is left alone."""

from __future__ import annotations

import itertools
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

_NUMBERS = itertools.count(1)


@dataclass
class Cluster:
    """A running server: ``url`` names one of its databases, ``database`` makes a new one."""

    home: Path
    programs: Path
    owner: str | None
    settings: tuple[str, ...] = field(default=())

    def url(self, database: str = "postgres") -> str:
        """Return the URL of a database."""
        return f"postgresql://posad@/{database}?host={self.home}"

    def database(self) -> str:
        """Make an empty database and return its URL."""
        import psycopg

        name = f"study_{os.getpid()}_{next(_NUMBERS)}"
        with psycopg.connect(self.url(), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}".encode())
        return self.url(name)

    def run(self, program: str, *words: str, file_limit: int | None = None) -> None:
        """Run one of the server's programs as its owner; ``file_limit`` is in kilobytes."""
        command = [str(self.programs / program), *words]
        if file_limit is not None:
            command = ["bash", "-c", f'ulimit -f {file_limit}; exec "$@"', "bash", *command]
        done = subprocess.run(
            command, user=self.owner, group=self.owner, cwd=self.home, capture_output=True, text=True, check=False
        )
        if done.returncode:
            raise RuntimeError(f"{program}: {done.stdout}{done.stderr}")

    def start(self, file_limit: int | None = None) -> None:
        """Start the server and wait until it answers."""
        options = f"-k {self.home} -c listen_addresses='' -c max_connections=120 {' '.join(self.settings)}"
        log = ("-l", str(self.home / "log"))
        self.run("pg_ctl", "start", "-w", "-D", str(self.data), *log, "-o", options, file_limit=file_limit)

    def stop(self, mode: str = "fast") -> None:
        """Stop the server; ``immediate`` is as good as pulling its plug."""
        self.run("pg_ctl", "stop", "-w", "-D", str(self.data), "-m", mode)

    def restart(self) -> None:
        """Start the server anew, whether it still runs or has fallen."""
        if (
            subprocess.run(
                [str(self.programs / "pg_ctl"), "status", "-D", str(self.data)],
                user=self.owner,
                capture_output=True,
                check=False,
            ).returncode
            == 0
        ):
            self.stop("immediate")
        self.start()

    @property
    def data(self) -> Path:
        """Where the server keeps its files."""
        return self.home / "data"

    @property
    def process(self) -> int:
        """The number of the server's first process."""
        return int((self.data / "postmaster.pid").read_text().splitlines()[0])


def programs() -> Path:
    """Return the folder of PostgreSQL's programs, the newest there is."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda p: int(p.parts[-3]))
    if found:
        return found[-1].parent
    on_path = shutil.which("initdb")
    if on_path is None:
        raise RuntimeError("PostgreSQL is not installed: make system")
    return Path(on_path).resolve().parent


def made(*settings: str, home: Path | None = None) -> Cluster:
    """Make and start a server; it refuses to run as root, so that its files belong to the user postgres there."""
    owner = "postgres" if os.geteuid() == 0 else None
    home = home or Path(tempfile.mkdtemp(prefix="posad-pg-"))
    if owner is not None:
        user = pwd.getpwnam(owner)
        os.chown(home, user.pw_uid, user.pw_gid)
    home.chmod(0o755)
    cluster = Cluster(home, programs(), owner, settings)
    cluster.run("initdb", "-D", str(cluster.data), "-U", "posad", "-A", "trust", "-E", "UTF8", "--wal-segsize=1")
    cluster.start()
    return cluster


def gone(cluster: Cluster) -> None:
    """Stop a server and delete its files."""
    if (cluster.data / "postmaster.pid").exists():
        cluster.stop("immediate")
    shutil.rmtree(cluster.home, ignore_errors=True)


@pytest.fixture(scope="session")
def postgres() -> Iterator[Cluster]:
    """Give a private server for the whole session."""
    cluster = made("-c max_wal_size=64MB", "-c min_wal_size=8MB")
    yield cluster
    gone(cluster)
