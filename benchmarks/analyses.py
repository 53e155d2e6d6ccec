"""Analyses: those of the flagship study cold, and an influence map of many brands beside R's package survey, in the same run.

``python benchmarks/analyses.py`` computes every analysis of ``studies/platforms-2025`` in a new process, then makes invented people who
rate brands on two criteria, opens them as a study and computes the whole map – shares, joint covariance, ellipses, pairs, replicates
brought to the margins again, clusters, names – and writes ``results/analyses-<date>.md``. R makes as many bootstrap replicates of the
same people, brings them to the same margins and estimates the same shares; what a map does besides it is not asked for. ``--small`` is
a run of a few seconds; nothing is written.
"""

from __future__ import annotations

import argparse
import datetime
import os
import platform
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

ROOT = Path(__file__).resolve().parent.parent
SEED = 20_251_124
WHOLE, SMALL = (100, 20_000, 1_000), (12, 600, 60)  # brands, people, replicates
BOUND, COLD = 30.0, 10.0  # seconds that the whole map, and all analyses of the flagship, may take
FLAGSHIP = ROOT / "studies/platforms-2025"
MARGINS = {"sex": (0.46, 0.54), "age": (0.2, 0.35, 0.45)}
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Measured:
    """What came of a run: seconds of the map, of R's shares (None where R is not there), megabytes, how far both are apart."""

    brands: int
    people: int
    replicates: int
    wall: float
    processor: float
    megabytes: float
    pairs: int
    r_wall: float | None = None
    r_processor: float | None = None
    values: float | None = None  # the largest difference of a share
    errors: tuple[float, float] | None = None  # smallest and largest ratio of R's bootstrap error to the linearised one


def ratings(brands: int, people: int) -> tuple[Floats, Floats, Floats]:
    """Return who people are (n×2 codes) and their ratings of every brand on two criteria (n×brands, 99 for unknown)."""
    r = np.random.default_rng(SEED)
    who = np.column_stack([r.integers(1, 3, people), r.choice(3, people, p=(0.3, 0.4, 0.3)) + 1])
    style = r.normal(size=(people, 1)) + 0.3 * (who[:, [1]] == 1)
    places = r.uniform(-1.0, 1.0, (2, brands))
    known = r.random((people, brands)) < r.uniform(0.4, 0.98, brands)
    made = []
    for place in (places[0], 0.8 * places[0] + 0.6 * places[1]):
        marks = np.clip(np.rint(5.5 + 1.5 * (style + place + r.normal(size=(people, brands)))), 1, 10)
        made.append(np.where(known, marks, 99.0))
    return who.astype(np.float64), made[0], made[1]


def write_study(folder: Path, brands: int, people: int, replicates: int) -> None:
    """Write the study: questionnaire, margins, answers, and the map that is declared of them."""
    who, comfort, novelty = ratings(brands, people)
    names = [f"b{i:03d}" for i in range(brands)]
    listed = "\n".join(f"- {n}: {n}" for n in names)
    (folder / "analysis").mkdir(parents=True, exist_ok=True)
    (folder / "answers").mkdir(exist_ok=True)
    (folder / "study.yaml").write_text(
        "title: {en: Brands}\npopulation: {en: Invented people}\nlanguages: [en]\nsample: {type: quota, words: {en: quota}}\n"
    )
    (folder / "questionnaire.md").write_text(
        f"# Brands\n## List brands\n{listed}\n## Who\n### sex. Sex\n[one answer]\n- 1 m\n- 2 f\n### age. Age\n[one answer]\n- 1 a\n- 2 b\n- 3 c\n"
        "## Brands\n### firms. Rate\n[grid; rows: brands; scale 1–10]\n- comfort: comfort\n- novelty: novelty\n- 99 unknown {out of base}\n"
    )
    (folder / "variables.yaml").write_text("nets:\n  firms.top4: {codes: 7-10, label: {en: 7–10}}\n")
    lines = ["method: rake", "margins:"]
    for name, shares in MARGINS.items():
        targets = ", ".join(f"{k}: {100 * s:g} %" for k, s in enumerate(shares, 1))
        lines.append(f"  {name}: {{targets: {{{targets}}}, source: {{en: invented}}}}")
    lines.append(f"replicates: {{type: bootstrap, count: {replicates}, seed: 1}}")
    (folder / "weights.yaml").write_text("\n".join(lines) + "\n")
    half = brands // 2
    (folder / "analysis/map.yaml").write_text(
        "kind: influence\nof: firms\nx: comfort.top4\ny: novelty.top4\ngroups:\n"
        f"  first: {{label: {{en: First}}, rows: [{', '.join(names[:half])}]}}\n"
        f"  second: {{label: {{en: Second}}, rows: [{', '.join(names[half:])}]}}\n"
    )
    head = ["sex", "age", *(f"firms.{n}.{c}" for n in names for c in ("comfort", "novelty"))]
    columns = np.column_stack([who, np.stack([comfort, novelty], axis=2).reshape(people, -1)])
    np.savetxt(folder / "answers/2025.csv", columns, fmt="%d", delimiter=";", header=";".join(head), comments="")


def measure(brands: int, people: int, replicates: int) -> Measured:
    """Compute the map of a study made for it, and let R estimate the same shares; the answers are opened before the clock starts."""
    from posad.analysis.computing import compute
    from posad.analysis.declaring import read_plans
    from posad.pipeline.verbs.ask import opened

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_study(folder, brands, people, replicates)
        context, problems = opened(folder)
        if context is None:
            raise ValueError([p.code for p in problems])
        declared = read_plans(context.study)[0][0]
        wall, processor = time.perf_counter(), time.process_time()
        result, problems = compute(context, declared)
        wall, processor = time.perf_counter() - wall, time.process_time() - processor
        assert result is not None, problems
        own = {}
        for id, fact in result.facts.items():
            e = fact.estimate
            if id.startswith("firms.") and id.endswith(".top4") and e.value is not None and e.se is not None:
                own[id] = (e.value, e.se)
        pairs = result.facts["analysis:map/pairs"].estimate.value
        r = ask_r(folder, people, replicates)
    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    made = Measured(brands, people, replicates, wall, processor, used, int(pairs or 0))
    if r is None:
        return made
    spent, theirs = r
    apart = max(abs(v - theirs[id][0]) for id, (v, _) in own.items())
    ratio = [theirs[id][1] / e for id, (_, e) in own.items()]
    return Measured(
        brands, people, replicates, wall, processor, used, int(pairs or 0), *spent, apart, (min(ratio), max(ratio))
    )


def ask_r(
    folder: Path, people: int, replicates: int
) -> tuple[tuple[float, float], dict[str, tuple[float, float]]] | None:
    """Return R's seconds and its share and bootstrap error by address; nothing where R is not there."""
    if shutil.which("Rscript") is None:
        return None
    margins = ";".join(f"{name}={','.join(map(str, shares))}" for name, shares in MARGINS.items())
    script = [str(ROOT / "benchmarks/influence.R"), str(folder / "answers/2025.csv"), margins, str(replicates)]
    done = subprocess.run(["Rscript", *script], capture_output=True, text=True, check=False)
    if done.returncode:
        raise ValueError(done.stderr[-500:])
    head, *lines = done.stdout.strip().splitlines()
    wall, processor = map(float, head.split("\t")[1:])
    found = {}
    for line in lines:
        id, value, error = line.split("\t")
        found[id] = (float(value), float(error))
    return (wall, processor), found


@dataclass(frozen=True)
class Cold:
    """All analyses of a study computed in a new process: how many, and seconds of each from its plan to its result."""

    seconds: dict[str, tuple[float, float]]  # wall clock, processor

    @property
    def whole(self) -> tuple[float, float]:
        """The seconds of all."""
        return sum(w for w, _ in self.seconds.values()), sum(p for _, p in self.seconds.values())


def cold(folder: Path = FLAGSHIP) -> Cold:
    """Compute every analysis of a study once in a new process, its weighed answers opened before; nothing that was kept is read."""
    done = subprocess.run([sys.executable, __file__, "--cold", str(folder)], capture_output=True, text=True, check=True)
    rows = [line.split("\t") for line in done.stdout.splitlines()]
    return Cold({id: (float(wall), float(processor)) for id, wall, processor in rows})


def compute_cold(folder: Path) -> None:
    """Print the seconds of each analysis of a study."""
    from posad.analysis.computing import compute
    from posad.analysis.declaring import read_plans
    from posad.pipeline.verbs.ask import opened

    context, problems = opened(folder)
    if context is None:
        raise ValueError([p.code for p in problems])
    wall, processor = time.perf_counter(), time.process_time()
    for declared in read_plans(context.study)[0]:
        compute(context, declared)
        now, used = time.perf_counter(), time.process_time()
        print(declared.id, f"{now - wall:.3f}", f"{used - processor:.3f}", sep="\t")
        wall, processor = now, used


def cold_report(found: Cold) -> str:
    """Return the seconds of a study's analyses as Markdown."""
    wall, processor = found.whole
    rows = [f"| {id} | {w:.2f} | {p:.2f} |" for id, (w, p) in found.seconds.items()]
    head = f"All {len(found.seconds)} analyses of the flagship, cold; meant to stay under {COLD:g} s."
    return (
        "\n".join(
            [
                head,
                "",
                "| analysis | wall, s | processor, s |",
                "|---|---:|---:|",
                *rows,
                f"| all | {wall:.2f} | {processor:.2f} |",
            ]
        )
        + "\n"
    )


def report(found: Measured) -> str:
    """Return what was measured of a map as Markdown."""
    what = f"{found.brands} brands, {found.people:,} people, {found.replicates:,} replicates"
    lines = [
        f"Python {platform.python_version()}, NumPy {np.__version__}, {os.cpu_count()} processors, load {os.getloadavg()[0]:.1f} at the end.",
        "The machine may have had other work: seconds of the processor are the ones to compare.",
        "",
        "| what | by | wall, s | processor, s | remark |",
        "|---|---|---:|---:|---|",
        f"| the whole map: {what} | posad | {found.wall:.1f} | {found.processor:.1f} | {found.pairs:,} pairs tested, clusters of people's and "
        f"of brands' samples, names; {found.megabytes:,.0f} MB at most; meant to stay under {BOUND:g} s |",
    ]
    if found.r_wall is not None and found.errors is not None:
        lines.append(
            f"| only the shares of the replicates: {what} | R survey | {found.r_wall:.1f} | {found.r_processor:.1f} | bootstrap, each replicate "
            f"brought to the margins |"
        )
        low, high = found.errors
        lines += ["", f"Largest difference of a share: {found.values:.1e}."]
        lines += [f"R's bootstrap error to posad's linearised one: {low:.2f} to {high:.2f}."]
    else:
        lines += ["", "Not had: R is not installed."]
    return "\n".join(lines) + "\n"


def main() -> int:
    """Run and print; the dated result is kept."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--small", action="store_true", help="a run of a few seconds; nothing is written")
    parser.add_argument("--cold", type=Path, help="print the seconds of the analyses of a study, and nothing else")
    asked = parser.parse_args()
    if asked.cold is not None:
        compute_cold(asked.cold)
        return 0
    text = report(measure(*(SMALL if asked.small else WHOLE)))
    text = f"{cold_report(cold())}\n{text}"
    print(text)
    if not asked.small:
        today = datetime.datetime.now(tz=datetime.UTC).date().isoformat()
        path = ROOT / "benchmarks/results" / f"analyses-{today}.md"
        path.write_text(f"# Analyses of {today}\n\n{text}", encoding="utf-8")
        print(path.relative_to(ROOT))
    return 0


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    raise SystemExit(main())
