"""The acceptance of simulated respondents: every clear number carried, the same bytes, the mark everywhere, prose held to print."""

from __future__ import annotations

import csv
import json
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote

from tests.acceptance.support import POSAD, copy_study

from posad.core.digests import digest_file
from posad.evidence.facts import make_fact
from posad.pipeline.steps.context import open_context
from posad.pipeline.verbs.build import build
from posad.pipeline.verbs.check import check
from posad.pipeline.verbs.simulate import simulate_study
from posad.simulation.making import simulate
from posad.simulation.reading import read_plan
from posad.study.folder import read_study

SEEDS = 30
OUTPUTS = ("answers/simulated.csv", "simulation.lock")
OFFICIAL = ("GeoNames", "frame.under250.towns")  # marks of the map: it counts towns, not answers, and is not simulated
MARKS = {"ru": "Смоделированные респонденты", "en": "Simulated respondents"}


def fresh(into: Path) -> Path:
    """Return a copy of the flagship without the answers an earlier build may have left."""
    folder = copy_study("platforms-2025", into)
    for name in ("answers/simulated.csv", "answers/simulated.yaml", "simulation.lock"):
        (folder / name).unlink(missing_ok=True)
    return folder


def digests_elsewhere(folder: Path, hash_seed: str) -> list[str]:
    """Simulate in a process of its own, with another order of sets and mappings, and return the digests of what it writes."""
    program = "import sys; from pathlib import Path; from posad.pipeline.verbs.simulate import simulate_study as s; assert s(Path(sys.argv[1])).files"
    subprocess.run([sys.executable, "-c", program, folder], check=True, env={"PYTHONHASHSEED": hash_seed})
    return [digest_file(folder / name) for name in OUTPUTS]


def test_3a(tmp_path: Path) -> None:
    """All clear numbers of the flagship hold for 30 seeds; one seed gives one file; the mark is everywhere; prose cites print only."""
    study = fresh(tmp_path)
    read, problems = read_study(study)
    assert read is not None, problems
    plan, problems = read_plan(study, read)
    assert (plan is not None, problems) == (True, [])
    assert plan is not None
    assert sum(t.standing == "published" for t in plan.targets) >= 60

    missed = []
    for seed in range(1, SEEDS + 1):
        made, found = simulate(replace(plan, seed=seed), read)
        assert made is not None, (seed, found)
        missed += [(seed, m.target.address, m.made) for m in made.met if not m.inside]
    assert missed == []

    assert digests_elsewhere(study, "1") == digests_elsewhere(study, "20250501")
    _every_output_is_marked(study)
    context = open_context(study, read_study(study)[0] or read)
    for target in plan.targets:  # as the build itself counts them, from the raw file through its own weights
        fact, found = make_fact(context, target.address, target.place)
        assert fact is not None, found
        assert abs((fact.estimate.value or 0) - target.value) <= target.within + 1e-9, target.address
        assert fact.standing == target.standing, target.address
    _prose_cites_print_only(study)


def _every_output_is_marked(study: Path) -> None:
    assert simulate_study(study).files
    result = build(study)
    assert len(result.reports) == 1, result.problems
    for language, mark in MARKS.items():
        page = (study / "build/report/index.html").read_text("utf-8")
        assert f'<p class="simulated" role="note"><strong>{mark}</strong>' in page
        pictures = [p for p in re.findall(r"<svg.*?</svg>", page, re.DOTALL) if 'role="img"' in p or "<title" in p]
        assert pictures
        assert [p[:200] for p in pictures if not any(m in p for m in (*MARKS.values(), *OFFICIAL))] == []
        assert any(mark in p for p in pictures)
        kinds = ("text/csv", "image/svg+xml", "application/json")
        downloads = {
            k: [unquote(d) for d in re.findall(f'href="data:{re.escape(k)}[^,"]*,([^"]*)"', page)] for k in kinds
        }
        assert min(map(len, downloads.values())) >= len(pictures) // 4
        unmarked = [
            d[:200] for k in kinds for d in downloads[k] if not any(m in d for m in (*MARKS.values(), *OFFICIAL))
        ]
        assert unmarked == []
        tables_said = sorted((study / "build/tables").glob(f"*.{language}.csv"))
        assert tables_said
        for table in tables_said:
            blocks = table.read_text("utf-8-sig").split("\n\n")
            assert "Смоделировано" in blocks[0] or "Simulated" in blocks[0]
    for book in (study / "build/tables").glob("*.json"):
        tables = json.loads(book.read_text("utf-8"))
        assert {t["simulated"] for t in tables} == {True}
        standings = {c["standing"] for t in tables for r in t["rows"] for c in r["cells"].values()}
        assert standings <= {"published", "assumed", "emergent"}
    analyses = sorted((study / "build/analyses").glob("*.json"))
    assert [a.name for a in analyses if '"simulated": true' not in a.read_text("utf-8")] == []
    script = study / "build/design.R"
    subprocess.run([POSAD, "export", study, "--design", "r", "--out", script], capture_output=True, check=True)
    assert "# Respondents are simulated." in script.read_text("utf-8")
    rows = list(csv.DictReader((study / "answers/simulated.csv").read_text("utf-8").splitlines()))
    assert (len(rows), {r["simulated"] for r in rows}) == (2000, {"1"})


def _prose_cites_print_only(study: Path) -> None:
    cited = {
        "like_city.1": ("3 %", "claim-assumed"),
        "better.1@closer_groups:nearer": ("70 %", "claim-assumed"),
        "firms.sber.comfort.top4": ("63 %", "claim-assumed"),
        "like_city.top2@mood:optimists": ("72 %", "claim-emergent"),
        "life.mean": ("6", "claim-emergent"),
    }
    assert [p for p in check(study) if p.code.startswith("claim-")] == []
    chapter = study / "report/01-periphery.md"
    kept = chapter.read_text("utf-8")
    for address, (words, code) in cited.items():
        chapter.write_text(f"{kept}\n\nЕщё одно число: [{words}](#{address}).\n", "utf-8")
        line = kept.count("\n") + 3
        told = [(p.code, p.place.file, p.place.line) for p in check(study) if p.code == code]
        assert told == [(code, "report/01-periphery.md", line)], address
        assert build(study).reports == ()
    chapter.write_text(kept, "utf-8")
