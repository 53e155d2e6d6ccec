"""The analyses of the flagship study, each beside R doing the same for what R can: seconds, and how far the numbers are apart.

R gets the same answers and brings them to the same margins (``survey``'s ``calibrate``), then makes the gaps (``svytotal``, ``svycontrast``), the
model (``svyglm``), the shares of the map, of destinations and of services (``svyratio``), a scenario, a decomposition and an
equation of the chain (``svyglm``, with the influence values the package has no function for), and a mixed model of the domains (``lme4``'s
``glmer``, without its domains' intervals). Posad's seconds are of the whole analysis with its findings. ``python benchmarks/flagship.py``
prints these lines alone and writes ``results/flagship-<date>.md``.
"""

from __future__ import annotations

import datetime
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from posad.tabulation.context import Context

ROOT = Path(__file__).resolve().parent.parent
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))
from benchmarks import flagship_causes  # noqa: E402

POSAD = Path(sys.executable).parent / "posad"
PEOPLE = 2_000
WITH_R = {
    "gaps_mood": "svytotal, svycontrast",
    "loyalty": "svyglm alone",
    "influence_map": "36 shares with svyratio",
    "migration": "destinations with svyratio",
    "services": "ways with svyratio",
    "domains": "glmer alone",
    **flagship_causes.DID,
}
CHANNELS = {"online": (1,), "mixed": (2,), "offline": (3,), "none": (4,)}


@dataclass
class Beside:
    """What was found: seconds of each analysis here and in R (wall, processor), the largest relative difference, what was not had."""

    own: dict[str, tuple[float, float]] = field(default_factory=dict)
    other: dict[str, tuple[float, float]] = field(default_factory=dict)
    apart: dict[str, float] = field(default_factory=dict)
    remark: str = ""


def compare(root: Path = ROOT) -> Beside:
    """Return the analyses of the flagship beside R's, in a copy that is simulated and weighed first."""
    from posad.analysis.declaring import read_plans
    from posad.pipeline.verbs.ask import opened

    found = Beside()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "platforms-2025"
        skip = shutil.ignore_patterns("build", "study.lock")
        shutil.copytree(root / "studies/platforms-2025", folder, ignore=skip)
        subprocess.run([POSAD, "simulate", folder], check=True, capture_output=True)
        context, problems = opened(folder)
        if context is None:
            raise RuntimeError(str(problems[:3]))
        from posad.analysis.computing import compute

        numbers: dict[str, tuple[float, float]] = {}
        for declared in read_plans(context.study)[0]:
            wall, processor = time.perf_counter(), time.process_time()
            result, _ = compute(context, declared)
            found.own[declared.id] = time.perf_counter() - wall, time.process_time() - processor
            if result is not None and declared.id in WITH_R:
                numbers |= own_numbers(declared.id, result.facts) | flagship_causes.numbers(declared.id, result)
        if shutil.which("Rscript") is None:
            found.remark = "R is not installed"
            return found
        out = Path(name) / "r"
        out.mkdir()
        write(context, out)
        flagship_causes.write(context, out)
        numbers |= model_numbers(context)
        ask_r(out, found, numbers)
    return found


def own_numbers(id: str, facts: Mapping[str, Any]) -> dict[str, tuple[float, float]]:
    """Return the numbers of an analysis that R has too, by R's names."""
    names = {
        "gaps_mood": {f"better_{c}": f"{c}.gap" for c in (*range(1, 16), 97)},
        "migration": {f"where_{c}": f"{c}.movers" for c in (1, 2, 3, 4, 5, 99)},
    }
    found = {}
    for name, number in names.get(id, {}).items():
        fact = facts.get(f"analysis:{id}/{number}")
        if fact is not None and fact.estimate.value is not None and fact.estimate.se is not None:
            found[f"{id}/{name}"] = fact.estimate.value, fact.estimate.se
    if id == "influence_map":
        for address, fact in facts.items():
            if address.startswith("firms.") and address.endswith(".top4") and fact.estimate.se is not None:
                key = address.removeprefix("firms.").removesuffix(".top4").replace(".", "_")
                found[f"{id}/firms_{key}"] = fact.estimate.value, fact.estimate.se
    if id == "services":
        for address, fact in facts.items():
            row, _, way = address.partition("/")[2].partition(".")
            if way in CHANNELS:
                found[f"{id}/way_{row}_{way}"] = fact.estimate.value, fact.estimate.se
    return found


def model_numbers(context: Context) -> dict[str, tuple[float, float]]:
    """Return the coefficients of the loyalty model and their errors, in the order of its columns."""
    from posad.analysis.linear.estimates import covariance
    from posad.analysis.linear.fitting.gathering import fitted

    data, plan, place = _model(context)
    model, _ = fitted(data, plan, place)
    assert model is not None
    errors = np.sqrt(np.diag(covariance(data.cut.design, data.cut.cells, model.linear)))
    names = ["one", *(f"x{k}" for k in range(1, data.x.shape[1]))]
    pairs = zip(names, zip(model.coefficients.tolist(), errors.tolist(), strict=True), strict=True)
    return {f"loyalty/{name}": pair for name, pair in pairs}


def _model(context: Context) -> tuple[Any, Any, Any]:
    from posad.analysis.declaring import read_plans
    from posad.analysis.linear.fitting.gathering import gather

    declared = read_plans(context.study, only="loyalty")[0][0]
    data, problems = gather(context, declared.plan, declared.place, declared.id)
    assert data is not None, problems
    return data, declared.plan, declared.place


def write(context: Context, folder: Path) -> None:
    """Write the answers, the columns of the model and the targets of the margins for R."""
    from posad.analysis.people import people_cut
    from posad.tabulation.cells import chosen, in_base

    items = context.items
    firms = [i for i in items if i.startswith("firms.")]
    channels = [i for i in items if i.startswith("channel.")]
    groups = ["mood", "size", "district", "district_size", "sex_age"]
    names = [*groups, "better", "move", "where_to", *firms, *channels]
    cut = people_cut(context, [items[n] for n in names])
    columns: dict[str, np.ndarray[Any, Any]] = {g: np.asarray(cut.keys(items[g])[0]).astype(int) for g in groups}
    base = in_base(cut, items["better"])
    columns["better_there"] = base
    columns |= {
        f"better_{o.code}": chosen(cut, items["better"], (o.code,)) & base
        for o in items["better"].options
        if o.code != 99
    }
    columns["leave"] = chosen(cut, items["move"], (3, 4))
    movers = columns["leave"] & in_base(cut, items["where_to"])
    columns["movers"] = movers
    columns |= {
        f"where_{o.code}": chosen(cut, items["where_to"], (o.code,)) & movers for o in items["where_to"].options
    }
    for name in firms:
        rated = in_base(cut, items[name])
        key = name.removeprefix("firms.").replace(".", "_")
        columns[f"firms_{key}"], columns[f"rated_{key}"] = chosen(cut, items[name], range(7, 11)) & rated, rated
    for name in channels:
        asked, row = in_base(cut, items[name]), name.removeprefix("channel.")
        columns[f"asked_{row}"] = asked
        columns |= {f"way_{row}_{way}": chosen(cut, items[name], codes) & asked for way, codes in CHANNELS.items()}
    _csv(folder / "people.csv", columns)
    data, _, _ = _model(context)
    model = {f"x{k}": data.x[:, k] for k in range(1, data.x.shape[1])}
    _csv(folder / "model.csv", {"inside": data.inside, "y": data.y, **model})
    plan = context.plan()
    assert plan is not None
    lines = [f"{m.variable},{code},{share!r}" for m in plan.margins for code, share in m.targets]
    (folder / "targets.csv").write_text("\n".join(["margin,code,share", *lines]) + "\n", encoding="utf-8")


def _csv(path: Path, columns: Mapping[str, np.ndarray[Any, Any]]) -> None:
    table = np.column_stack([np.asarray(c, dtype=np.float64) for c in columns.values()])
    np.savetxt(path, table, fmt="%.15g", delimiter=",", header=",".join(columns), comments="")


def ask_r(folder: Path, found: Beside, numbers: Mapping[str, tuple[float, float]]) -> None:
    """Let R do the same and add its seconds and the largest relative differences."""
    script = ["Rscript", str(ROOT / "benchmarks/flagship.R"), str(folder)]
    done = subprocess.run(script, capture_output=True, text=True, check=False)
    if done.returncode:
        found.remark = f"R failed: {done.stderr.strip().splitlines()[-1:]}"
    for line in done.stdout.splitlines():
        kind, name, *rest = line.rstrip("\t").split("\t")
        values = [float(v) for v in rest]
        if kind == "time":
            found.other[name] = values[0], values[1]
        elif name in numbers:
            id = name.partition("/")[0]
            for own, other in zip(numbers[name], values, strict=True):
                size = max(abs(own), abs(other), 1e-9)
                found.apart[id] = max(found.apart.get(id, 0.0), abs(own - other) / size)


def report(found: Beside) -> str:
    """Return what was found as Markdown."""
    rows = [
        "| analysis | posad, wall s | processor s | R, wall s | processor s | R did | largest relative difference |"
    ]
    rows.append("|---|---:|---:|---:|---:|---|---:|")
    for id, (wall, processor) in found.own.items():
        r = found.other.get(id)
        theirs = f"{r[0]:.2f} | {r[1]:.2f} | {WITH_R[id]}" if r else " |  | "
        apart = f"{found.apart[id]:.0e}" if id in found.apart else ""
        rows.append(f"| {id} | {wall:.2f} | {processor:.2f} | {theirs} | {apart} |")
    total = [sum(v[i] for v in found.own.values()) for i in (0, 1)]
    rows.append(f"| all | {total[0]:.2f} | {total[1]:.2f} |  |  |  |  |")
    head = (
        f"Python {platform.python_version()}, {os.cpu_count()} processors, load {os.getloadavg()[0]:.1f} at the end. Posad's seconds are "
        "of whole analyses, findings and charts among them, the first with the replicate weights of all; R's of the numbers named."
    )
    return "\n".join([*rows, "", head, *([found.remark] if found.remark else [])]) + "\n"


def main() -> None:
    """Compare, print and keep."""
    text = report(compare())
    print(text)
    today = datetime.datetime.now(tz=datetime.UTC).date().isoformat()
    path = ROOT / "benchmarks/results" / f"flagship-{today}.md"
    path.write_text(
        f"# Analyses of the flagship of {today}\n\n`python benchmarks/flagship.py`\n\n{text}", encoding="utf-8"
    )
    print(path.relative_to(ROOT))


if __name__ == "__main__":
    main()
