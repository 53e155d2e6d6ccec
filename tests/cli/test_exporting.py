"""The command that hands a design to other software."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.pipeline.small import FILES

POSAD = Path(sys.executable).parent / "posad"


@pytest.fixture
def folder(study_of: Callable[[dict[str, str]], Path]) -> Path:
    """Return the small study, unbuilt."""
    return study_of(FILES)


def run(*words: object) -> subprocess.CompletedProcess[str]:
    """Run the installed command."""
    return subprocess.run([POSAD, *map(str, words)], capture_output=True, text=True, check=False)


def test_export_names_its_files(folder: Path, tmp_path: Path) -> None:
    """The script and its data are written where asked, and both are named."""
    out = tmp_path / "check" / "move.R"

    said = run("export", folder, "--design", "r", "--table", "move@sex", "--out", out, "--lang", "en")

    assert said.returncode == 0, said.stderr
    assert said.stdout.split() == [str(out), str(out.with_suffix(".csv"))]
    assert "svyratio" in out.read_text(encoding="utf-8")


def test_export_without_a_table_takes_the_first(folder: Path) -> None:
    """Without a name the first question of the first book is exported, into the study's build folder."""
    said = run("export", folder, "--design", "stata", "--json")

    assert json.loads(said.stdout)["files"] == [str(folder / "build/export" / name) for name in ("sex.do", "sex.csv")]


def test_export_of_nothing_fails(folder: Path) -> None:
    """A table that there is not ends with 1 and the nearest name."""
    said = run("export", folder, "--design", "r", "--table", "mve", "--lang", "en")

    assert said.returncode == 1
    assert "move" in said.stderr
