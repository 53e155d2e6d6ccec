"""Part 7, pathways: strength from evidence alone, arrows without any, disputes, figures of cases without a source."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from tests.acceptance.support import copy_study, posad

HEAD = """\
title: {en: Schooling, ru: Учёба}
nodes:
  a: {kind: activity, label: {en: Courses, ru: Курсы}}
  b: {kind: effect, label: {en: Degrees, ru: Дипломы}}
links:
  - from: a
    to: b
    claim: {en: Courses give degrees, ru: Курсы дают дипломы}
"""
MEASURED = "{kind: survey, ref: '#educ.7', how: measured_level, reporter: independent}"
AGAINST = "{kind: document, ref: 'Review, p. 2', says: contradicts, how: stated_by_others, reporter: independent}"


@pytest.fixture
def study(tmp_path: Path) -> Path:
    """Return a copy of a study with real answers and an empty room for pathways."""
    folder = copy_study("anes-1996", tmp_path)
    (folder / "pathways").mkdir()
    return folder


def _write(folder: Path, *evidence: str, more: str = "") -> None:
    listed = "".join(f"\n      - {e}" for e in evidence)
    text = HEAD + (f"    evidence:{listed}\n" if evidence else "") + more
    (folder / "pathways" / "school.yaml").write_text(text, encoding="utf-8")


def _found(folder: Path, verb: str = "check") -> dict[str, str]:
    run = posad(verb, folder, "--json")
    return {p["code"]: p["severity"] for p in run.problems if p["code"].startswith(("pathway", "case"))}


def test_arrows_strict(study: Path) -> None:
    """An arrow without evidence is named, and stops the build of a strict pathway; the evidence of a real number lets it pass."""
    _write(study)
    assert _found(study) == {"pathway-arrow-unproven": "warning"}
    assert posad("build", study, "--json").code == 0

    _write(study, more="strict: true\n")
    assert _found(study) == {"pathway-arrow-unproven-strict": "error"}
    assert posad("build", study, "--json").code == 1

    _write(study, MEASURED, more="strict: true\n")
    assert _found(study) == {}
    assert posad("build", study, "--json").code == 0


def test_arrows_disputed(study: Path) -> None:
    """Evidence that contradicts makes an arrow disputed, whatever else supports it."""
    _write(study, MEASURED, AGAINST)

    assert _found(study) == {"pathway-arrow-disputed": "warning"}


def test_arrows_typed(study: Path) -> None:
    """A strength typed by hand stops the build, and so does evidence that there is not."""
    _write(study, MEASURED, more="    strength: 4\n")
    assert _found(study, "build") == {"pathway-strength-typed": "error"}

    _write(study, "{kind: survey, ref: '#educ.77', how: measured_level}", "{kind: quote, ref: 'interview:01/nobody'}")
    found = _found(study)
    assert found["pathway-ref-unknown"] == "error"
    assert posad("build", study, "--json").code == 1


def test_arrows_case(study: Path) -> None:
    """A case figure without a source is marked, and an arrow that stands on its card alone stays unproven."""
    (study / "cases").mkdir()
    text = "title: {en: School, ru: Школа}\nfigures:\n  - {value: 70, of: {en: towns, ru: города}}\n"
    (study / "cases" / "school.yaml").write_text(text, encoding="utf-8")
    _write(study, "{kind: case, ref: school, how: stated_by_actor}")

    assert _found(study) == {
        "case-figure-unsourced": "warning",
        "pathway-evidence-unsourced": "note",
        "pathway-arrow-unproven": "warning",
    }


def test_arrows_simulated(tmp_path: Path) -> None:
    """Numbers of simulated respondents bear nothing, and the study says so."""
    folder = copy_study("platforms-2025", tmp_path)
    (folder / "pathways").mkdir()
    _write(folder, "{kind: survey, ref: '#like_city.5', how: measured_level, reporter: independent}")

    assert _found(folder) == {"pathway-evidence-simulated": "note", "pathway-arrow-unproven": "warning"}


def test_arrows_unanswered(study: Path) -> None:
    """Before anybody has answered, an arrow that waits for a number is not called unproven; one that waits for nothing is."""
    shutil.rmtree(study / "answers")
    _write(study, MEASURED, more="strict: true\n")
    assert _found(study) == {}

    _write(study, more="strict: true\n")
    assert _found(study) == {"pathway-arrow-unproven-strict": "error"}
