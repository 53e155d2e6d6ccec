"""The tutorial, followed to the letter: in both languages, from an empty folder to a report."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

from tests.pages import DOCS, ROOT, Shell, blocks, carry_out

PAGES = {"en": DOCS / "tutorial/first-study.md", "ru": DOCS / "tutorial/first-study.ru.md"}
INSTALL = 0  # the block that installs posad is the first of each page


def copy_posad(into: Path) -> None:
    """Copy what a reader unpacks: the files of the project, and nothing of this working copy's environment."""
    listed = subprocess.run(
        [
            "git",
            "ls-files",
            "--cached",
            "--others",
            "--exclude-standard",
            "src",
            "pyproject.toml",
            "README.md",
            "LICENSE",
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    for name in listed.stdout.splitlines():
        if (ROOT / name).is_file():
            (into / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, into / name)


def test_1g(tmp_path: Path) -> None:
    """Following the tutorial word for word, in English and in Russian, leads from nothing to a study of one's own with a report."""
    copy_posad(tmp_path / "posad")
    first, second = (blocks(page)[INSTALL].body for page in PAGES.values())

    assert first == second
    for language, page in PAGES.items():
        shutil.rmtree(tmp_path / "my-town", ignore_errors=True)
        with Shell(tmp_path, language) as shell:
            for block in blocks(page):
                carry_out(block, shell)
            report = tmp_path / "my-town/build/report/index.html"
            assert re.search(r">69\s?%<", report.read_text("utf-8"))
            installed = shell.run("command -v posad").strip()
            assert installed == str(tmp_path / "posad-env/bin/posad")
