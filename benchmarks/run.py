"""posad beside R ``survey`` and ``svy`` on the same answers in one run; prints a table and writes ``results/<date>.md``.

Needs R with its package survey; svy gets an environment of its own (``.venv-bench``), made once. What cannot be had is said so.
An invented country of 150,000 settlements is brought in, classed, and given its distances.
``--small`` is the run of the tests: 500 people, a few tables, 3,000 settlements, no building of studies, nothing written.
"""

from __future__ import annotations

import argparse
import datetime
import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks import data, flagship, reference, studies, territory  # noqa: E402
from benchmarks.posad_tables import Opened, opened, printed_tables, shares  # noqa: E402

SVY = "svy==0.35.0"
VENV = ROOT / ".venv-bench"
Pair = tuple[str, str]
Numbers = dict[tuple[str, str, int, int], tuple[float, float]]  # question, by, group, answer: share, error


@dataclass
class Line:
    """One line of the report: what was done, by whom, on how many people, seconds of wall clock and of the processor."""

    what: str
    who: str
    people: int
    wall: float
    processor: float
    note: str = ""


@dataclass
class Found:
    """What a run found: lines, the largest relative difference of numbers by engine, what could not be had."""

    lines: list[Line] = field(default_factory=list)
    differences: dict[str, float] = field(default_factory=dict)
    remarks: list[str] = field(default_factory=list)

    def seconds(self, what: str, who: str, people: int) -> float | None:
        """Return the processor seconds of a line."""
        return next((x.processor for x in self.lines if (x.what, x.who, x.people) == (what, who, people)), None)


def timed(work: Callable[[], object], times: int = 3) -> tuple[float, float]:
    """Return the least wall clock and processor seconds of several times; a busy machine disturbs the second little."""
    wall, processor = [], []
    for _ in range(times):
        a, b = time.perf_counter(), time.process_time()
        work()
        wall.append(time.perf_counter() - a)
        processor.append(time.process_time() - b)
    return min(wall), min(processor)


def write_csv(answers: data.Answers, folder: Path) -> None:
    """Write answers and targets for the other engines."""
    names = list(answers.columns)
    rows = np.stack([answers.columns[c] for c in names], axis=1)
    np.savetxt(folder / "answers.csv", rows, fmt="%d", delimiter=",", header=",".join(names), comments="")
    lines = [f"{m},{i + 1},{s}" for m, shares in data.MARGINS.items() for i, s in enumerate(shares)]
    (folder / "targets.csv").write_text("\n".join(["margin,code,share", *lines]) + "\n")


def ask_r(folder: Path, pairs: Sequence[Pair], answers: data.Answers) -> tuple[list[list[str]], Numbers] | str:
    """Return R's lines and numbers, or why there are none."""
    if shutil.which("Rscript") is None:
        return "R is not installed"
    asked = ",".join(":".join(p) for p in pairs)
    done = subprocess.run(
        ["Rscript", str(ROOT / "benchmarks/tables.R"), str(folder), asked], capture_output=True, text=True, check=False
    )
    if done.returncode:
        return f"R failed: {done.stderr.strip().splitlines()[-1:]}"
    lines = [line.rstrip("\t").split("\t") for line in done.stdout.splitlines()]
    numbers: Numbers = {}
    values = {(x[1], x[2]): [float(v) for v in x[3:]] for x in lines if x[0] == "values"}
    errors = {(x[1], x[2]): [float(v) for v in x[3:]] for x in lines if x[0] == "errors"}
    for (question, by), shares_ in values.items():
        groups = answers.options[by]
        for i, (value, error) in enumerate(zip(shares_, errors[question, by], strict=True)):
            numbers[question, by, i % groups + 1, i // groups + 1] = value, error
    return lines, numbers


def ask_svy(folder: Path, pairs: Sequence[Pair]) -> tuple[dict[str, object], Numbers] | str:
    """Return svy's result and numbers, or why there are none."""
    python = VENV / "bin/python"
    if not python.exists() or subprocess.run([python, "-c", "import svy"], capture_output=True, check=False).returncode:
        subprocess.run([sys.executable, "-m", "venv", str(VENV)], check=False, capture_output=True)
        made = subprocess.run(
            [
                str(VENV / "bin/pip"),
                "install",
                "-q",
                "--disable-pip-version-check",
                "--retries",
                "1",
                "--timeout",
                "15",
                SVY,
            ],
            capture_output=True,
            text=True,
            check=False,
        )
        if made.returncode:
            return f"{SVY} could not be installed (no network?), so its numbers were not compared"
    asked = ",".join(":".join(p) for p in pairs)
    kept = {k: v for k, v in os.environ.items() if k not in ("VIRTUAL_ENV", "PYTHONPATH", "PYTHONHOME")}
    done = subprocess.run(
        [str(python), str(ROOT / "benchmarks/tables_svy.py"), str(folder), asked],
        capture_output=True,
        text=True,
        env=kept,
        check=False,
    )
    if done.returncode:
        return f"svy failed: {done.stderr.strip().splitlines()[-1:]}"
    result = json.loads(done.stdout)
    numbers: Numbers = {}
    for table in result["tables"]:
        question, by = table["question"], table["by"]
        for row in table["rows"]:
            numbers[question, by, int(row[by]), int(row[question])] = float(row["est"]), float(row["se"])
    return result, numbers


def difference(own: Numbers, other: Numbers) -> float:
    """Return the largest relative difference of shares and errors; an error that weights fix is zero up to rounding."""
    worst = 0.0
    for key, pair in other.items():
        for a, b in zip(own[key], pair, strict=True):
            size = max(abs(a), abs(b))
            worst = max(worst, abs(a - b) / size if size > 1e-9 else 0.0)
    return worst


def compare_tables(found: Found, people: int, questions: int, sampled: int, times: int = 3) -> None:
    """Time all two-way tables in posad and a sample of them elsewhere, and hold the numbers against one another."""
    answers = data.made(people, questions)
    every = [(q, b) for q in answers.questions() for b in data.MARGINS]
    step = max(1, len(every) // sampled)
    # a step that is no multiple of the four banners meets all of them
    pairs = every[:: step + (1 if step % 2 == 0 else 0)][:sampled]
    what = f"{len(every)} two-way tables, shares and errors"
    own = opened(answers)
    found.lines.append(Line(what, "posad", people, *timed(lambda: shares(own, every), times)))
    found.lines.append(
        Line(f"{len(every)} two-way tables, printed", "posad", people, *timed(lambda: printed_tables(own), times),
             "with intervals, three bases, totals, notes")
    )  # fmt: skip
    mine = numbers_of(own, pairs)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_csv(answers, folder)
        r = ask_r(folder, pairs, answers)
        svy = ask_svy(folder, pairs)
    note = f"{len(pairs)} tables timed, scaled to {len(every)}"
    if isinstance(r, str):
        found.remarks.append(r)
    else:
        spent = [(float(x[3]), float(x[4])) for x in r[0] if x[0] == "table"]
        found.lines.append(Line(what, "R survey", people, *scaled(spent, len(every)), note))
        found.differences[f"R survey, {people} people"] = difference(mine, r[1])
    if isinstance(svy, str):
        found.remarks.append(svy)
    else:
        spent = [tuple(t["seconds"]) for t in svy[0]["tables"]]  # type: ignore[attr-defined]
        found.lines.append(Line(what, "svy", people, *scaled(spent, len(every)), note))
        found.differences[f"svy, {people} people"] = difference(mine, svy[1])


def scaled(spent: Iterable[tuple[float, float]], count: int) -> tuple[float, float]:
    """Return the seconds of all tables out of those of some."""
    rows = list(spent)
    wall, processor = (sum(x[i] for x in rows) / len(rows) * count for i in (0, 1))
    return wall, processor


def numbers_of(own: Opened, pairs: Sequence[Pair]) -> Numbers:
    """Return posad's numbers of some tables."""
    numbers: Numbers = {}
    for (question, by), (values, errors) in zip(pairs, shares(own, pairs), strict=True):
        for group in range(values.shape[0]):
            for answer in range(values.shape[1]):
                numbers[question, by, group + 1, answer + 1] = (
                    float(values[group, answer]),
                    float(errors[group, answer]),
                )
    return numbers


def compare_raking(found: Found, people: int) -> None:
    """Time raking to four margins beside the plain reference, and hold the weights against one another."""
    from posad.kernel.weights.calibration import Calibration, rake

    codes, targets = data.levels(data.made(people, 0))
    plain = [np.array(list(t.values())) for t in targets]
    what = "raking to four margins"
    made = rake(codes, targets)
    assert isinstance(made, Calibration)
    found.lines.append(Line(what, "posad", people, *timed(lambda: rake(codes, targets)), "margins met to 1e-13"))
    for tolerance in (1e-6, 1e-12):
        who = f"plain NumPy ({tolerance:g})"
        used = timed(partial(reference.rake, codes - 1, plain, tolerance))
        found.lines.append(Line(what, who, people, *used, f"margins met to {tolerance:g}"))
    weights = reference.rake(codes - 1, plain, 1e-12)
    found.differences[f"plain NumPy weights, {people} people"] = float(np.abs(made.w / 1e9 / weights - 1).max())


def place_settlements(found: Found, settlements: int) -> None:
    """Time an invented country of settlements from a table to classes of position."""
    placed = territory.place_country(settlements)
    for step in placed.steps:
        found.lines.append(Line(step.what, "posad", settlements, step.wall, step.processor))
    processor = sum(s.processor for s in placed.steps)
    found.lines.append(
        Line("the whole way", "posad", settlements, placed.seconds, processor, "meant to stay under 20 s")
    )


def compare_analyses(found: Found) -> None:
    """Time every analysis of the flagship, cold, beside R doing what it can of them, and hold the numbers against one another."""
    beside = flagship.compare(ROOT)
    for id, used in beside.own.items():
        found.lines.append(Line(f"analysis {id}", "posad", flagship.PEOPLE, *used, "the whole of it"))
        if id in beside.other:
            found.lines.append(Line(f"analysis {id}", "R", flagship.PEOPLE, *beside.other[id], flagship.WITH_R[id]))
    wall, processor = (sum(v[i] for v in beside.own.values()) for i in (0, 1))
    found.lines.append(
        Line("all analyses of the flagship", "posad", flagship.PEOPLE, wall, processor, "meant to stay under 10 s")
    )
    found.differences |= {f"R, analysis {id}": worst for id, worst in beside.apart.items()}
    found.remarks += [beside.remark] if beside.remark else []


def ratio(found: Found, what: str, who: str, people: int) -> str:
    """Return how many times as long somebody took as posad did."""
    own, other = found.seconds(what, "posad", people), found.seconds(what, who, people)
    return f"{other / own:,.1f}×" if own and other else ""


def report(found: Found) -> str:
    """Return what was found as Markdown."""
    head = [
        f"Python {platform.python_version()}, NumPy {np.__version__}, {os.cpu_count()} processors, "
        f"load {os.getloadavg()[0]:.1f} at the end.",
        "Seconds of the processor are the least of three runs; ratios are of these. The machine may have had other work.",
    ]
    rows = [
        "| what | people | by | wall, s | processor, s | times posad | remark |",
        "|---|---:|---|---:|---:|---:|---|",
    ]
    for x in found.lines:
        times = "" if x.who == "posad" else ratio(found, x.what, x.who, x.people)
        rows.append(f"| {x.what} | {x.people:,} | {x.who} | {x.wall:.4f} | {x.processor:.4f} | {times} | {x.note} |")
    same = [f"* {who}: {worst:.1e}" for who, worst in found.differences.items()]
    wrong = [f"* {r}" for r in dict.fromkeys(found.remarks)]
    parts = ["\n".join(head), "\n".join(rows), "Largest relative difference of the same numbers:", "\n".join(same)]
    return "\n\n".join([*parts, *(["Not had:", "\n".join(wrong)] if wrong else [])]) + "\n"


def small() -> Found:
    """Return a run of a few seconds."""
    found = Found()
    compare_tables(found, 500, 6, 5, 1)
    compare_raking(found, 20_000)
    return found


def main() -> int:
    """Run and print; the dated result is kept."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--small", action="store_true", help="a run of a few seconds; nothing is written")
    if parser.parse_args().small:
        found = small()
        place_settlements(found, territory.SMALL)
        print(report(found))
        return 0
    found = Found()
    compare_tables(found, 2_000, data.QUESTIONS, 40)
    compare_tables(found, 100_000, data.QUESTIONS, 8)
    compare_raking(found, 1_000_000)
    place_settlements(found, territory.SETTLEMENTS)
    compare_analyses(found)
    for what, wall, processor, note in studies.build_times(ROOT):
        found.lines.append(Line(what, "posad", 0, wall, processor, note))
    text = report(found)
    print(text)
    today = datetime.datetime.now(tz=datetime.UTC).date().isoformat()
    path = ROOT / "benchmarks/results" / f"{today}.md"
    path.parent.mkdir(exist_ok=True)
    path.write_text(f"# Benchmarks of {today}\n\n{text}", encoding="utf-8")
    print(path.relative_to(ROOT))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
