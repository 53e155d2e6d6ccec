"""The acceptance of the spine: from a folder of text to a checked report, on real answers."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from tests.acceptance.published import SURVEYS, compare, ipsos_tables, run
from tests.acceptance.support import ROOT, copy_study
from tests.browser import OpenPage
from tests.exchange.shared import real as real_marks
from tests.kernel.test_oracle_r import api_misfits, synthetic_misfits
from tests.tabulation import test_published as real

from posad.core.digests import digest_file
from posad.pipeline.verbs.build import build
from posad.store.duck import DuckEngine
from posad.store.values import Key

REAL_ONLY = real_marks[1]
REPORTS = ("index.html",)


def make(folder: Path, target: str) -> str:
    """Run a recipe in a clone with nothing of this environment, and return what it says."""
    kept = {k: v for k, v in os.environ.items() if k not in ("VIRTUAL_ENV", "PYTHONPATH", "PYTHONHOME")}
    done = subprocess.run(["make", target], cwd=folder, env=kept, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    return done.stdout


@pytest.mark.fresh
@pytest.mark.browser
def test_1a(tmp_path: Path, open_page: OpenPage) -> None:
    """In a fresh clone with nothing installed, make demo builds all studies and their pages open clean; a second one does nothing."""
    clone = tmp_path / "clone"
    subprocess.run(["git", "clone", "-q", str(ROOT), str(clone)], check=True)

    make(clone, "demo")

    for study in ("anes-1996", "platforms-2025", "demo-words"):
        for name in REPORTS:
            page = clone / "studies" / study / "build" / "report" / name
            opened = open_page(page.read_text("utf-8"))
            outside = [r for r in opened.requests if not r.startswith(("file:", "data:"))]
            assert (opened.errors, outside) == ([], [])
    simulated = (clone / "studies/platforms-2025/build/report/index.html").read_text("utf-8")
    assert '<p class="simulated" role="note"><strong>Simulated respondents</strong>' in simulated
    planned = tmp_path / "planned"
    made = shutil.ignore_patterns("build", "study.lock", "simulated.*")
    shutil.copytree(clone / "studies/platforms-2025", planned, ignore=made)
    subprocess.run([clone / ".venv/bin/posad", "build", planned], check=True, capture_output=True)
    plan = (planned / "build/report/index.html").read_text("utf-8")
    assert "There are no answers yet" in plan or "no answers" in plan.lower()
    anes = clone / "studies" / "anes-1996"
    assert make(clone, "demo").count("nothing to do") == 3
    weights = anes / "weights.yaml"
    weights.write_text(weights.read_text("utf-8") + "\n# looked at again\n", "utf-8")
    again = subprocess.run(
        [clone / ".venv/bin/posad", "build", anes, "--lang", "en"], capture_output=True, text=True, check=True
    ).stdout.splitlines()
    lines = {line[:24].strip(): line[24:].strip() for line in again[:6]}
    assert lines["code answers"] == lines["clean and derive"] == "fresh"
    assert "weights.yaml changed" in lines["weigh"]
    assert "weights.yaml changed" in lines["report"]


@pytest.mark.shared
@REAL_ONLY
def test_1c(tmp_path: Path, open_folder: real.Open) -> None:
    """Bases, counts, shares, means of four published surveys come out as printed; Ipsos and quantipy are imported by command."""
    tables, published = ipsos_tables(tmp_path / "ipsos")
    total: Counter[str] = Counter()
    differing: list[object] = []
    for raw, measures in published.items():
        compared, found = compare(tables[raw], measures)
        total.update(compared)
        differing += found
    assert dict(total) == {"base": 1200, "count": 3000, "share": 3000}
    assert differing == []

    quantipy = tmp_path / "quantipy"
    source = SURVEYS / "quantipy-example" / "Example Data (A).csv"
    before = digest_file(source)
    run("import", source, "--into", quantipy, "--lang", "en")
    weight = "weight_a"
    found = run("table", "q5.r1", "-s", quantipy, "--by", "q4 > gender", "--weight", weight)["tables"][0]
    bases = {c["id"]: c["bases"]["effective"] for c in found["columns"]}
    assert bases["total"] == pytest.approx(5473.2477825807, rel=1e-9)
    assert bases["q4:1>gender:1"] == pytest.approx(1045.7811643333, rel=1e-9)
    assert digest_file(source) == before

    for number, proof in enumerate(
        (
            real.test_ipsos_tables_carry_every_published_base_count_and_share,
            real.test_quantipy_effective_bases_and_weighted_cells_under_a_nested_banner,
            real.test_quantipy_several_answers_by_a_banner_unweighted,
            real.test_quantipy_means,
            real.test_masculinity_crosstab_cell_for_cell,
        )
    ):
        proof(_room(tmp_path, f"proof{number}"), open_folder)
    for poll in ("az02-1", "ca48-3", "azsen-3"):
        real.test_upshot_polls_weighted_by_their_final_weight(_room(tmp_path, poll), open_folder, poll)


def _room(path: Path, name: str) -> Path:
    (path / name).mkdir()
    return path / name


def test_1d(tmp_path: Path) -> None:
    """Raked errors of shares, means, domains and differences equal R's survey to 1e-8; one and two threads give the same bits."""
    compared, misfits = synthetic_misfits()
    assert (compared > 300, misfits) == (True, [])
    if shutil.which("Rscript"):
        compared, misfits = api_misfits(tmp_path)
        assert (compared > 300, misfits) == (True, [])
    else:
        assert not os.environ.get("CI"), "R with its package survey must be there in CI"

    columns: dict[str, tuple[str, list[Any]]] = {
        "a": ("INTEGER", [i % 7 for i in range(20_000)]),
        "b": ("INTEGER", [(i * i) % 5 for i in range(20_000)]),
        "respondent": ("VARCHAR", [str(i) for i in range(20_000)]),
    }
    bits = []
    for threads in (1, 2):
        import numpy as np

        engine = DuckEngine.from_columns(columns, threads=threads)
        weights = 0.5 + np.arange(20_000) % 997 / 997
        engine.set_weight("main", np.ones(20_000), weights, np.arange(20_000) % 11)
        m = engine.moments((Key('"a"'), Key('"b"')), "main")
        bits.append(b"".join(x.tobytes() for x in (*m.keys, m.n, m.d, m.w, m.w2h, m.w2l, m.profile)))
    assert bits[0] == bits[1]


def test_1e(tmp_path: Path) -> None:
    """A false number fails the build with place and truth; --write mends it alone; changed definition and changed data are told apart."""
    study = copy_study("anes-1996", tmp_path)
    assert build(study).reports
    chapter = study / "report" / "01-places.md"
    good = chapter.read_bytes()
    text = good.decode("utf-8")
    start = text.index("[71") + 1
    chapter.write_bytes(good.replace(b"[71", b"[17", 1))

    result = build(study)

    assert result.reports == ()
    false = next(p for p in result.problems if p.code == "claim-false")
    line = text[:start].count("\n") + 1
    assert (false.place.file, false.place.line) == (f"report/{chapter.name}", line)
    assert "71" in str(dict(false.facts))
    assert build(study, write=True).mended == (f"report/{chapter.name}",)
    assert chapter.read_bytes() == good

    variables = study / "variables.yaml"
    kept = variables.read_text("utf-8")
    changed = kept.replace("population >= 10 and", "population >= 40 and").replace(
        "population < 10}", "population < 40}"
    )
    assert changed != kept
    variables.write_text(changed, "utf-8")
    by_definition = {p.code for p in build(study).problems}
    variables.write_text(kept, "utf-8")
    answers = study / "answers/1996.csv"
    lines = answers.read_text("utf-8").splitlines(keepends=True)
    answers.write_text("".join(lines[:500]), "utf-8")
    by_data = {p.code for p in build(study).problems}
    assert ("claim-definition-changed" in by_definition, "claim-stale" in by_definition) == (True, False)
    assert ("claim-definition-changed" in by_data, "claim-stale" in by_data) == (False, True)
