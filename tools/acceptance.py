"""Run the acceptance tests and print: line, tests, result.

``--from a.xml b.xml`` runs nothing and prints what reports of earlier runs say.
A line (``3b``) is proven by ``test_3b`` and the tests whose names begin so; it holds only when all of them pass.
"""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

ROOT = Path(__file__).resolve().parent.parent
LINE = re.compile(r"test_(\d[a-z])(?:_|$)")
WORST = ("error", "failure", "skipped", "not run", "passed")


def tests() -> dict[str, str]:
    """Return each acceptance test with what it proves: the first sentence of its docstring."""
    found = {}
    for file in sorted((ROOT / "tests" / "acceptance").glob("test_*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
                found[node.name] = " ".join((ast.get_docstring(node) or "").split())
    return found


def results(report: Path) -> dict[str, str]:
    """Return the worst result of each test, all its parameters together."""
    found: dict[str, str] = {}
    for case in ElementTree.parse(report).iter("testcase"):
        name = case.get("name", "").split("[")[0]
        bad = [child.tag for child in case if child.tag in ("failure", "error", "skipped")]
        result = bad[0] if bad else "passed"
        found[name] = min(result, found.get(name, "passed"), key=WORST.index)
    return found


def main() -> int:
    """Run pytest on the acceptance tests, or take reports of runs, and print the table of lines."""
    if sys.argv[1:2] == ["--from"]:
        got: dict[str, str] = {}
        for report in sys.argv[2:]:
            got |= results(Path(report))
        told = table(tests(), got)
        return int(any(got.get(name, "not run") not in ("passed", "skipped") for name in told))
    report = ROOT / ".pytest_cache" / "acceptance.xml"
    report.parent.mkdir(exist_ok=True)
    command = [sys.executable, "-m", "pytest", "tests/acceptance", "-q", "-n", "2", f"--junitxml={report}"]
    code = subprocess.call([*command, *sys.argv[1:]], cwd=ROOT)
    table(tests(), results(report))
    return code


def table(said: dict[str, str], got: dict[str, str]) -> list[str]:
    """Print each line with its result, then the tests that prove no line; return the names of all."""
    lines: dict[str, list[str]] = {}
    for name in said:
        if line := LINE.match(name):
            lines.setdefault(line[1], []).append(name)
    print()
    for line, names in sorted(lines.items()):
        result = min((got.get(n, "not run") for n in names), key=WORST.index)
        first = f"test_{line}" if f"test_{line}" in names else names[0]
        more = f" (+{len(names) - 1})" if len(names) > 1 else ""
        print(f"{line}  {result:8} {first}{more}: {said[first]}")
    for name in sorted(set(said) - {n for names in lines.values() for n in names}):
        print(f"--  {got.get(name, 'not run'):8} {name}: {said[name]}")
    return list(said)


if __name__ == "__main__":
    raise SystemExit(main())
