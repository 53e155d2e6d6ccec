"""Run the acceptance tests and print: line, test, result."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

ROOT = Path(__file__).resolve().parent.parent


def lines() -> dict[str, str]:
    """Return each acceptance test with the line it proves: the first sentence of its docstring."""
    found = {}
    for file in sorted((ROOT / "tests" / "acceptance").glob("test_*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
                found[node.name] = " ".join((ast.get_docstring(node) or "").split())
    return found


def main() -> int:
    """Run pytest on the acceptance tests and print the table of results."""
    report = ROOT / ".pytest_cache" / "acceptance.xml"
    report.parent.mkdir(exist_ok=True)
    code = subprocess.call(
        [sys.executable, "-m", "pytest", "tests/acceptance", "-q", f"--junitxml={report}", *sys.argv[1:]], cwd=ROOT
    )
    results: dict[str, str] = {}
    for case in ElementTree.parse(report).iter("testcase"):
        name = case.get("name", "").split("[")[0]
        bad = [child.tag for child in case if child.tag in ("failure", "error", "skipped")]
        results[name] = bad[0] if bad else results.get(name, "passed")
    print()
    for name, line in lines().items():
        print(f"{results.get(name, 'not run'):8} {name:10} {line}")
    return code


if __name__ == "__main__":
    raise SystemExit(main())
