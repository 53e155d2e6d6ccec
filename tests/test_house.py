"""The house rules, watched."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "posad"
MAX_FILE, MAX_FUNCTION, MAX_ENTRIES = 400, 40, 9


def tracked(*patterns: str) -> list[Path]:
    """Return the files of the project that match, as git knows them."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", *patterns],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return [ROOT / line for line in listed.stdout.splitlines() if (ROOT / line).is_file()]


def functions(file: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Yield every function of a file."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def test_files_stay_small() -> None:
    """No Python file of the product or the tests passes 400 lines."""
    long = {
        str(f.relative_to(ROOT)): n for f in tracked("*.py") if (n := len(f.read_text("utf-8").splitlines())) > MAX_FILE
    }

    assert long == {}


def test_functions_stay_small() -> None:
    """No function of the product passes 40 lines of code below its docstring."""
    long = {}
    for file in SOURCE.rglob("*.py"):
        for f in functions(file):
            first = f.body[1] if ast.get_docstring(f) and len(f.body) > 1 else f.body[0]
            if (length := (f.end_lineno or 0) - first.lineno + 1) > MAX_FUNCTION:
                long[f"{file.relative_to(ROOT)}:{f.name}"] = length

    assert long == {}


def test_rooms_stay_small() -> None:
    """No room holds more than nine files and sub-rooms."""
    full = {}
    for room in [p for p in SOURCE.rglob("*") if p.is_dir() and (p / "__init__.py").exists()]:
        entries = [
            e.name
            for e in room.iterdir()
            if (e.suffix == ".py" and e.name != "__init__.py") or (e.is_dir() and (e / "__init__.py").exists())
        ]
        if len(entries) > MAX_ENTRIES and room.name != "catalogue":
            full[str(room.relative_to(SOURCE))] = sorted(entries)

    assert full == {}


def test_every_test_says_what_it_proves() -> None:
    """Every test has a docstring of one sentence."""
    mute = [
        f"{file.relative_to(ROOT)}:{f.name}"
        for file in tracked("tests/*.py")
        for f in functions(file)
        if f.name.startswith("test_") and not ast.get_docstring(f)
    ]

    assert mute == []


def test_only_tests_on_the_real_surveys_may_skip() -> None:
    """Nothing in the tests skips or expects failure except where the real surveys are absent."""
    found = []
    for file in tracked("tests/*.py"):
        if file.name in ("test_house.py", "shared.py"):
            continue
        for number, line in enumerate(file.read_text("utf-8").splitlines(), 1):
            if re.search(r"\b(skip|skipif|xfail|importorskip)\b\(", line):
                found.append(f"{file.relative_to(ROOT)}:{number}")

    assert found == []


def test_the_project_speaks_of_itself_only() -> None:
    """No machine path and no unfinished mark stands in code, docs or studies."""
    words = re.compile(r"/(?:work|root|home|farm)/[a-z]|\bTODO\b|\bFIXME\b|\bXXX\b|NotImplementedError")
    found = []
    for file in tracked("*.py", "*.md", "*.yaml", "*.toml", "Makefile", "*.sh", "*.html", "*.css"):
        if file.name == "test_house.py":
            continue
        for number, line in enumerate(file.read_text("utf-8").splitlines(), 1):
            if words.search(line):
                found.append(f"{file.relative_to(ROOT)}:{number}: {line.strip()[:80]}")

    assert found == []


def test_the_street_holds() -> None:
    """Every import contract of the house is kept."""
    run = subprocess.run(
        [Path(sys.executable).parent / "lint-imports", "--no-cache"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert run.returncode == 0, run.stdout[-3000:]
