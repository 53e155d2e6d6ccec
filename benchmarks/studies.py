"""How long the studies of this repository take to build: from nothing, with nothing to do, with one sentence or one weight changed.

Each is the whole command, as an author runs it. ``python benchmarks/studies.py`` prints these lines alone and writes
``results/builds-<date>.md``.
"""

from __future__ import annotations

import datetime
import os
import platform
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

STUDIES = ("anes-1996", "platforms-2025")
TIMES = 3  # of which the least is told; a build from nothing is timed once
POSAD = Path(sys.executable).parent / "posad"
Line = tuple[str, float, float, str]


def build_times(root: Path, studies: Sequence[str] = STUDIES, times: int = TIMES) -> Iterator[Line]:
    """Yield of each build its name, wall clock and processor seconds of the whole command, and a remark."""
    for study in studies:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name) / study
            shutil.copytree(root / "studies" / study, folder, ignore=shutil.ignore_patterns("build", "study.lock"))
            if (folder / "simulation.yaml").is_file():
                _run("simulate", folder)
            raw = [p for p in (folder / "answers").glob("*") if p.suffix not in (".yaml", ".md")]
            note = "" if raw else "no answers here: published as a plan"
            yield f"build {study}, from nothing", *_run("build", folder), note
            yield f"build {study}, nothing changed", *_least(folder, lambda turn: None, times), note
            changed = next(iter(sorted((folder / "report").glob("0*.md"))))
            yield f"build {study}, one sentence changed", *_least(folder, _sentence(changed), times), note
            yield f"check {study}, one sentence changed", *_least(folder, _sentence(changed), times, "check"), note
            if weight := _weight(folder):
                yield f"build {study}, one weight changed", *_least(folder, weight, times, "build", "--write"), note


def _sentence(chapter: Path) -> Callable[[int], None]:
    """Return what changes the last sentence of a chapter, differently at each turn."""
    text = chapter.read_text(encoding="utf-8").rstrip()

    def change(turn: int) -> None:
        told = time.time_ns()  # a sentence that no build has seen
        chapter.write_text(f"{text}\n\nOne more sentence{' and another' * turn} (n. {told:x}).\n", encoding="utf-8")

    return change


def _weight(folder: Path) -> Callable[[int], None] | None:
    """Return what moves one target of the weights by a few people: prose that prints the target itself is mended by the build."""
    path = folder / "frame/targets.csv"
    found = (
        re.search(r"^(adults_\w+,.*?,)(\d{4,})(,)", path.read_text("utf-8"), re.MULTILINE) if path.is_file() else None
    )
    if found is None:
        return None
    text = path.read_text(encoding="utf-8")

    def change(turn: int) -> None:
        moved = f"{found[1]}{int(found[2]) + turn + 1}{found[3]}"
        path.write_text(text.replace(found[0], moved), encoding="utf-8")

    return change


def _least(
    folder: Path, change: Callable[[int], None], times: int, verb: str = "build", *options: str
) -> tuple[float, float]:
    """Return the least wall clock and processor seconds of a command, each time after a change."""
    spent = []
    for turn in range(times):
        change(turn)
        spent.append(_run(verb, folder, *options))
    return min(wall for wall, _ in spent), min(used for _, used in spent)


def _run(verb: str, folder: Path, *options: str) -> tuple[float, float]:
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    # An author's Python keeps its bytecode; where this one was told not to, every module would be compiled in every run.
    around = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    done = subprocess.run(
        [POSAD, verb, folder, "--lang", "en", *options], capture_output=True, text=True, check=False, env=around
    )
    wall, after = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode:
        raise RuntimeError((done.stdout + done.stderr)[-2000:])
    return wall, after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime


def report(lines: Iterable[Line]) -> str:
    """Return the builds as a table in Markdown."""
    head = (
        f"Python {platform.python_version()}, {os.cpu_count()} processors, load {os.getloadavg()[0]:.1f} at the end. "
        f"Seconds of the whole command; the least of {TIMES} runs, a build from nothing once."
    )
    rows = ["| what | wall, s | processor, s | remark |", "|---|---:|---:|---|"]
    rows += [f"| {what} | {wall:.2f} | {processor:.2f} | {note} |" for what, wall, processor, note in lines]
    return "\n".join([*rows, "", head]) + "\n"


def main() -> None:
    """Time every build, print the table and keep it."""
    root = Path(__file__).resolve().parent.parent
    text = report(list(build_times(root)))
    print(text)
    today = datetime.datetime.now(tz=datetime.UTC).date().isoformat()
    path = root / "benchmarks/results" / f"builds-{today}.md"
    path.write_text(f"# Builds of {today}\n\n`python benchmarks/studies.py`\n\n{text}", encoding="utf-8")
    print(path.relative_to(root))


if __name__ == "__main__":
    main()
