"""The accessibility engine axe-core, fetched once from npm into a cache folder and read from there afterwards.

``posad`` itself never needs it; tests put it into a page in the browser and ask what it finds.
"""

from __future__ import annotations

import os
import subprocess
import tarfile
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from posad.core.digests import digest_bytes

VERSION = "4.14.1"
DIGEST = "29348999450cdf2849a8e70b7912fc2da85a849da39c0d0d5394f51d4a9ed95c"  # of axe.min.js, so that nothing else is run in its name
RUN = """
async () => (await axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']})).violations
  .map(v => `${v.id} (${v.impact}): ${v.nodes.slice(0, 3).map(n => n.target.join(' ') + ' ' + n.html.slice(0, 120)).join(' | ')}`)
"""


def _folder() -> Path:
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "posad-tests" / f"axe-core-{VERSION}"


@cache
def source() -> str:
    """Return the engine's script, from the cache or from npm."""
    kept = _folder() / "axe.min.js"
    if not kept.is_file():
        _fetch(kept)
    script = kept.read_bytes()
    assert digest_bytes(script) == DIGEST, f"{kept} is not axe-core {VERSION}; remove it and run again"
    return script.decode("utf-8")


def _fetch(kept: Path) -> None:
    with tempfile.TemporaryDirectory() as folder:
        command = ["npm", "pack", f"axe-core@{VERSION}", "--silent", "--pack-destination", folder]
        try:
            subprocess.run(command, check=True, capture_output=True, cwd=folder)
        except (OSError, subprocess.CalledProcessError) as error:
            pytest.fail(f"axe-core could not be fetched with npm (apt-get install npm): {error}", pytrace=False)
        with tarfile.open(next(Path(folder).glob("*.tgz"))) as packed:
            member = packed.extractfile("package/axe.min.js")
            assert member is not None
            script = member.read()
    kept.parent.mkdir(parents=True, exist_ok=True)
    beside = kept.with_suffix(f".{os.getpid()}")
    beside.write_bytes(script)
    beside.replace(kept)


def findings(page: Page) -> list[str]:
    """Return what axe finds wrong on a page: rule, gravity and the first places."""
    page.evaluate(source())
    found: list[Any] = page.evaluate(RUN)
    return [str(line) for line in found]
