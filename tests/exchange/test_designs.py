"""The exported design: R repeats posad's numbers from the script and its data alone; Stata's script says the same in its words."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.town import ENGLISH, QUESTIONNAIRE, STUDY, VARIABLES, answers
from tests.waves import people, tracker

from posad.core.speech import has_errors
from posad.pipeline.steps.asked.exporting import export_design

Write = Callable[[dict[str, str]], Path]
RAKE = """\
main:
  method: rake
  margins:
    sex: {targets: {1: 46 %, 2: 54 %}, source: {ru: для пробы, en: for the trial}}
    jobs: {targets: {better: 40 %, not_better: 60 %}, source: {ru: для пробы, en: for the trial}}
"""
JOBS = """\
jobs:
  label: {ru: Работа, en: Jobs}
  groups:
    better: {label: {ru: лучше, en: better}, if: better.1}
    not_better: {label: {ru: не лучше, en: not better}, else: true}
"""
TOWN = {
    "study.yaml": STUDY,
    "questionnaire.md": QUESTIONNAIRE,
    "questionnaire.en.md": ENGLISH,
    "variables.yaml": VARIABLES + JOBS,
    "weights.yaml": RAKE,
    "answers/2025.csv": answers(),
}
NUMBER = re.compile(r"^  # .*: (\S+) \((\S+)\)$", re.MULTILINE)


def exported(folder: Path, table: str, language: str = "r") -> tuple[str, Path]:
    """Return the text of an exported script and its file."""
    files, problems = export_design(folder, language, table)
    assert not has_errors(problems), problems
    assert len(files) == 2
    return files[0].read_text(encoding="utf-8"), files[0]


def run_in_r(script: Path) -> list[tuple[float, float]] | None:
    """Return the estimates and standard errors that R prints; nothing where R is not installed, which only a home may be."""
    if shutil.which("Rscript") is None:
        assert not os.environ.get("CI"), "R must be there"
        return None
    done = subprocess.run(["Rscript", script.name], cwd=script.parent, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return [(float(a), float(b)) for _, a, b in (line.split("\t") for line in done.stdout.splitlines())]


def assert_repeated(folder: Path, table: str) -> str:
    """Hold R's numbers against those that posad wrote behind each, and return the script."""
    text, script = exported(folder, table)
    own = [(float(a), float(b)) for a, b in NUMBER.findall(text)]
    found = run_in_r(script)
    assert own
    if found is not None:
        assert [a for a, _ in found] == pytest.approx([a for a, _ in own], rel=1e-8)
        assert [b for _, b in found] == pytest.approx([b for _, b in own], rel=1e-8, abs=1e-9)
    return text


@pytest.mark.parametrize("table", ["like@sex", "better@mood", "firms.market@few", "age@sex", "like@wants", "sex"])
def test_r_repeats_a_raked_table(study_of: Write, table: str) -> None:
    """Shares, nets, several answers, means, groups that overlap, numbers set by the weights: R's calibrate gives all of them."""
    text = assert_repeated(study_of(TOWN), table)

    assert 'calfun = "raking"' in text


def test_r_repeats_unweighted_and_bounded_and_given(study_of: Write) -> None:
    """Without weights, with weights kept within bounds, and with weights from the file the numbers are the same too."""
    folder = study_of({**TOWN, "weights.yaml": RAKE + "  bounds: [0.6, 1.3]\n"})
    assert "lm.wfit" in assert_repeated(folder, "like@sex")
    folder = study_of({**TOWN, "weights.yaml": "method: none\nreason: {ru: проба, en: trial}\n"})
    assert "calibrate" not in assert_repeated(folder, "like@sex")
    raw = answers().splitlines()
    weighted = "\n".join([raw[0] + ";w", *(f"{line};{1 + i % 3}.5" for i, line in enumerate(raw[1:]))]) + "\n"
    columns = "columns: {w: 'weight:w'}\nsource: {ru: проба, en: trial}\n"
    given = {"weights.yaml": "method: given\ncolumn: w\n", "answers/2025.csv": weighted, "answers/2025.yaml": columns}
    folder = study_of({**TOWN, **given})
    assert "calibrate" not in assert_repeated(folder, "like@sex")


@pytest.mark.parametrize("panel", [False, True])
def test_r_repeats_waves(study_of: Write, panel: bool) -> None:
    """Waves raked apart are strata with levels of their own; in a panel the respondents are the primary units."""
    first = people(1, "a", 80, 0.5)
    second = people(2, "a" if panel else "b", 90, 0.6)

    text = assert_repeated(study_of(tracker(first, second)), "rate@wave")

    assert ("ids = ~posad_psu" in text) is panel
    assert ("strata = ~posad_stratum" in text) is not panel


def test_r_repeats_a_sampled_design(study_of: Write) -> None:
    """Strata, primary units and population sizes go with the weights, the ways of calibrating that R's raking is not among too."""
    drawn = "  design: {strata: sex, psu: psu, fpc: {1: 40, 2: 60}}\n"
    raw = answers().splitlines()
    units = "\n".join([raw[0] + ";unit", *(f"{line};{i // 10}" for i, line in enumerate(raw[1:]))]) + "\n"
    files = {**TOWN, "answers/2025.csv": units, "answers/2025.yaml": "source: {ru: п, en: t}\ncolumns: {unit: psu}\n"}

    raked = assert_repeated(study_of({**files, "weights.yaml": RAKE + drawn}), "like@jobs")
    linear = assert_repeated(study_of({**files, "weights.yaml": RAKE.replace("rake", "linear") + drawn}), "like@jobs")

    assert "ids = ~posad_psu, strata = ~posad_stratum, nest = TRUE, fpc = ~posad_fpc" in raked
    assert "calibrate" in raked
    assert "lm.wfit" in linear


def test_data_hold_only_what_is_needed(study_of: Write) -> None:
    """The file of data has the table's and the margins' columns and the weights, no respondent and no other answer."""
    _, script = exported(study_of(TOWN), "like@sex")

    lines = script.with_suffix(".csv").read_text(encoding="utf-8").splitlines()

    assert lines[0] == "like,sex,jobs,posad_base,posad_weight"
    assert len(lines) == 201
    assert lines[1].startswith("5,1,1,1.000000000,")


def test_stata_says_the_same(study_of: Write) -> None:
    """Stata's script declares the raking with the same targets and asks for every number of the table."""
    folder = study_of(TOWN)
    r, _ = exported(folder, "like@sex")
    text, script = exported(folder, "like@sex", "stata")

    assert script.suffix == ".do"
    assert "svyset _n [pweight=posad_base], singleunit(missing) ///" in text
    assert "rake(posad_m1 posad_m2 posad_m3, nocons totals(posad_m1=92.0 posad_m2=108.0 posad_m3=120.0))" in text
    assert text.count("svy: ratio posad_x / posad_b") == r.count("  show(")
    assert "quietly replace posad_b = (!missing(like)) & (sex == 1)" in text


def test_what_cannot_be_exported_is_said(study_of: Write) -> None:
    """A table that does not exist is told with the nearest name, and nothing is written."""
    folder = study_of(TOWN)

    files, problems = export_design(folder, "r", "lik")

    assert files == []
    assert [(p.code, p.facts["near"]) for p in problems if p.code == "table-item-unknown"] == [
        ("table-item-unknown", "like")
    ]
