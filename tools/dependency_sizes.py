"""Print the installed size of each run-time dependency, in megabytes."""

from __future__ import annotations

import re
from importlib.metadata import PackageNotFoundError, distribution


def size_of(name: str) -> float:
    """Return the size of a distribution's files in MB."""
    files = distribution(name).files or []
    return sum(p.stat().st_size for f in files if (p := f.locate()).exists()) / 1e6  # type: ignore[attr-defined]


def closure(name: str, seen: set[str]) -> set[str]:
    """Return a distribution and all it requires without extras."""
    if name in seen:
        return seen
    seen.add(name)
    try:
        required = distribution(name).requires or []
    except PackageNotFoundError:
        seen.discard(name)
        return seen
    for line in required:
        if "extra ==" not in line and "python_version <" not in line and "sys_platform ==" not in line:
            closure(re.split(r"[ <>=!~;\[(]", line)[0].lower(), seen)
    return seen


if __name__ == "__main__":
    names = sorted(closure("posad", set()) - {"posad"})
    total = 0.0
    for name in names:
        total += (size := size_of(name))
        known = distribution(name).metadata
        licence = (known.get("License-Expression") or known.get("License") or "").splitlines()
        print(f"{name:20} {distribution(name).version:12} {size:8.1f} MB  {licence[0][:60] if licence else ''}")
    print(f"{'together':20} {'':12} {total:8.1f} MB")
