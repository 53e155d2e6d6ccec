"""How long the studies of this repository take to build: from nothing, with nothing to do, with one sentence changed."""

from __future__ import annotations

import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

STUDIES = ("anes-1996", "platforms-2025")


def build_times(root: Path) -> Iterator[tuple[str, float, float, str]]:
    """Yield of each build its name, wall clock and processor seconds of the whole command, and a remark."""
    for study in STUDIES:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name) / study
            shutil.copytree(root / "studies" / study, folder, ignore=shutil.ignore_patterns("build", "study.lock"))
            raw = [p for p in (folder / "answers").glob("*") if p.suffix not in (".yaml", ".md")]
            note = "" if raw else "no answers here: published as a plan"
            yield f"build {study}, cold", *_built(folder), note
            yield f"build {study}, warm", *_built(folder), note
            for chapter in sorted((folder / "report").glob("0*.md"))[:1]:
                text = chapter.read_text(encoding="utf-8")
                chapter.write_text(text.rstrip() + "\n\nOne more sentence.\n", encoding="utf-8")
                yield f"build {study}, one sentence changed", *_built(folder), note


def _built(folder: Path) -> tuple[float, float]:
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    command = [str(Path(sys.executable).parent / "posad"), "build", str(folder), "--lang", "en"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    wall, after = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode:
        raise RuntimeError(done.stderr[-2000:])
    return wall, after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime
