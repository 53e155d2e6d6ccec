"""A served study under load: durable page posts and full GET+POST cycles, on SQLite and on PostgreSQL, and the server's memory.

``wrk`` posts over 32 connections what a browser would: pages of 18 ratings with their own tokens, every one accepted and on the disk
before it is answered. What the ledger holds afterwards is compared with what was acknowledged. ``python -m benchmarks.fieldwork``
prints a table and writes ``results/fieldwork-<date>.md`` and ``.json``.
"""

from __future__ import annotations

import argparse
import datetime
import json
import os
import platform
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import asdict, dataclass
from pathlib import Path
from urllib.request import urlopen

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from posad.fieldwork.ledger import open_ledger  # noqa: E402
from posad.fieldwork.ledger.commands import Start  # noqa: E402
from posad.fieldwork.links import Purpose, keys_from, page_token, sign  # noqa: E402
from posad.fieldwork.site.serving.opening import wording_of  # noqa: E402
from posad.fieldwork.site.serving.running import keys_path, ledger_path  # noqa: E402

CONNECTIONS = 32
PEOPLE = 2000
MOST = 4000  # pages a second that a run is prepared for
WATCHED = 100_000  # posts over which memory is watched
ROWS = "\n".join(f"- c{n}: Company {n}" for n in range(18))
STUDY = {
    "study.yaml": "title: Town\nlanguages: [en]\nsample: {type: quota}\npopulation: adults\n",
    "field.yaml": "total: 100000\n",
    "questionnaire.md": f"""# Town

## List companies
{ROWS}

## Companies

### firms. How far does each company help your town?
[grid; rows: companies; scale 1–10]
- 99 I do not know it {{out of base}}

## Town

### like. Do you like your town?
[one answer]
- 1 yes
- 2 no
""",
}


@dataclass(frozen=True)
class Run:
    """One run of wrk: what was sent, seconds, requests, pages accepted and durable, latencies in milliseconds, memory in MB."""

    database: str
    what: str
    seconds: float
    requests: int
    taken: int
    refused: int
    broken: int
    p50: float
    p99: float
    kept: int  # pages that the ledger holds of them
    memory: tuple[float, ...] = ()  # of the server: at the beginning, then as posts went on

    @property
    def rate(self) -> float:
        """Pages accepted a second."""
        return self.taken / self.seconds


class Served:
    """A study served by a process of its own, with interviews begun."""

    def __init__(self, folder: Path, database: str) -> None:
        self.folder, self.database = folder, database
        for name, text in STUDY.items():
            (folder / name).write_text(text, encoding="utf-8")
        ledger_path(folder).parent.mkdir(exist_ok=True)
        self.where = database or str(ledger_path(folder))
        self.keys = keys_from(keys_path(folder), folder.name)
        self.people = [f"{n:032x}" for n in range(PEOPLE)]
        version = wording_of(folder).id
        with open_ledger(self.where, folder.name) as ledger:
            for future in [ledger.submit(Start(time.time(), id, version, "en")) for id in self.people]:
                future.result()
        command = [sys.executable, "-m", "posad.cli.main", "field", "serve", str(folder), "--port", "0", "--json"]
        program = "from posad.cli.main import main; main()"
        command = [sys.executable, "-c", program, *command[3:], *(["--database", database] if database else [])]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, cwd=ROOT)
        assert self.process.stdout is not None
        told = json.loads(self.process.stdout.readline())
        self.address = told["entries"]["open"].rstrip("/")
        self.page, self.fields = self._first_page()

    def _first_page(self) -> tuple[str, list[str]]:
        link = sign(self.keys, Purpose.INTERVIEW, self.people[0])
        with urlopen(f"{self.address}/i/{link}") as answer:
            page = answer.url.rpartition("/")[2]
            text = answer.read().decode()
        names = dict.fromkeys(re.findall(r'type="radio" name="([^"]+)"', text))
        assert len(names) == 18, names
        return page, list(names)

    def memory(self) -> float:
        """Return the memory the server holds, in MB."""
        found = re.search(r"VmRSS:\s+(\d+)", Path(f"/proc/{self.process.pid}/status").read_text())
        assert found is not None
        return int(found[1]) / 1024

    def kept(self) -> int:
        """Return how many pages the ledger holds."""
        with open_ledger(self.where, self.folder.name) as ledger, ledger.reading() as tx:
            return int(str(tx.all("SELECT COUNT(*) FROM page")[0][0]))

    def run(self, seconds: int, *, alternate: bool) -> Run:
        """Post first pages for some seconds, each with answers that it did not have; people take turns."""
        with open_ledger(self.where, self.folder.name) as ledger, ledger.reading() as tx:
            rows = tx.all("SELECT id, revision FROM interview")
        saved = {str(id): int(str(n)) for id, n in rows}
        rounds = max(2, seconds * MOST // PEOPLE)
        paths = {id: f"/i/{sign(self.keys, Purpose.INTERVIEW, id)}/{self.page}" for id in self.people}
        pages = self.folder / "pages.tsv"
        with pages.open("w") as out:
            for more in range(rounds):
                for id in self.people:
                    out.write(f"{paths[id]}\t{page_token(self.keys, id, self.page, saved[id] + more)}\n")
        body = "&_in=en" + "".join(f"&{name}=@" for name in self.fields)
        script = str(ROOT / "benchmarks/field_posts.lua")
        command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", "--timeout", "10s", "-s", script, self.address]
        command += ["--", str(pages), body, "1" if alternate else "0"]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        found = re.search(r"RESULT (.*)", done.stdout)
        assert found is not None, done.stdout + done.stderr
        what = "GET + POST cycles" if alternate else "page posts"
        kept = self.kept() - sum(saved.values())
        return Run("PostgreSQL" if self.database else "SQLite", what, kept=kept, **json.loads(found[1]))

    def close(self) -> None:
        """Stop the server."""
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(30)
        if self.process.stdout is not None:
            self.process.stdout.close()


@contextmanager
def served(database: str = "") -> Iterator[Served]:
    """Serve the study of the benchmark."""
    with tempfile.TemporaryDirectory(prefix="posad-bench-") as place:
        folder = Path(place) / "town"
        folder.mkdir()
        found = Served(folder, database)
        try:
            yield found
        finally:
            found.close()


@contextmanager
def postgres() -> Iterator[str]:
    """Give a database of a private server."""
    from tests.postgres import gone, made

    cluster = made()
    try:
        yield cluster.database()
    finally:
        gone(cluster)


def measured(seconds: int, watched: int) -> list[Run]:
    """Return the runs on both databases; on SQLite the server's memory is watched over many posts more."""
    runs = []
    for database in (nullcontext(""), postgres()):
        with database as where, served(where) as site:
            site.run(2, alternate=False)  # everybody known, everything imported
            runs.append(site.run(seconds, alternate=False))
            runs.append(site.run(seconds, alternate=True))
            if watched and not where:
                runs.append(_watched(site, watched))
    return runs


def _watched(site: Served, posts: int) -> Run:
    """Post in parts and look at the server's memory after each."""
    memory: list[float] = [site.memory()]
    parts: list[Run] = []
    while sum(p.taken for p in parts) < posts:
        parts.append(site.run(12, alternate=False))
        memory.append(site.memory())
    total = sum(p.seconds for p in parts)
    worst = max(parts, key=lambda p: p.p99)
    sums = {k: sum(getattr(p, k) for p in parts) for k in ("requests", "taken", "refused", "broken", "kept")}
    what = "page posts, memory watched"
    return Run(worst.database, what, total, p50=worst.p50, p99=worst.p99, memory=tuple(memory), **sums)


def report(runs: list[Run]) -> str:
    """Return the runs as Markdown."""
    load = os.getloadavg()[0]
    head = (
        f"Python {platform.python_version()}, {os.cpu_count()} processors shared by server, database and wrk, load {load:.1f} at the end. "
        f"{CONNECTIONS} connections; a page has 18 ratings. Every page counted was on the disk before it was acknowledged."
    )
    rows = [
        "| database | what | pages | pages/s | p50, ms | p99, ms | refused | in the ledger |",
        "|---|---|---:|---:|---:|---:|---:|---:|",
    ]
    for r in runs:
        rows.append(
            f"| {r.database} | {r.what} | {r.taken:,} | {r.rate:,.0f} | {r.p50:.1f} | {r.p99:.1f} | {r.refused + r.broken} | {r.kept:,} |"
        )
    lines = [
        f"Memory of the server over {r.taken:,} posts, MB: " + ", ".join(f"{m:.0f}" for m in r.memory) + "."
        for r in runs
        if r.memory
    ]
    return "\n\n".join([head, "\n".join(rows), *lines]) + "\n"


def main() -> int:
    """Measure, print, and keep the dated result."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--small", action="store_true", help="a run of a few seconds; nothing is written")
    small = parser.parse_args().small
    if shutil.which("wrk") is None:
        print("wrk is not installed: make system")
        return 1
    runs = measured(1, 0) if small else measured(10, WATCHED)
    text = report(runs)
    print(text)
    if not small:
        today = datetime.datetime.now(tz=datetime.UTC).date().isoformat()
        path = ROOT / "benchmarks/results" / f"fieldwork-{today}.md"
        path.write_text(f"# Fieldwork under load, {today}\n\n{text}", encoding="utf-8")
        path.with_suffix(".json").write_text(json.dumps([asdict(r) for r in runs], indent=1) + "\n", encoding="utf-8")
        print(path.relative_to(ROOT))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
