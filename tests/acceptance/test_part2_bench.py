"""The acceptance of speed: the benchmark runs, and the numbers it times are the same in every engine."""

from __future__ import annotations

import os
import shutil
import sys

import pytest
from benchmarks.run import report, small


def test_2f(capsys: pytest.CaptureFixture[str]) -> None:
    """The benchmark runs in a small mode, and posad's shares and errors equal those of R survey and svy to 1e-6."""
    found = small()

    text = report(found)
    with capsys.disabled():  # what could not be had is said, whether the test passes or not
        sys.stdout.write("".join(f"\nNot compared: {remark}." for remark in dict.fromkeys(found.remarks)))

    engines = {name.partition(",")[0] for name in found.differences}
    assert "plain NumPy weights" in engines
    assert max(found.differences.values()) < 1e-6, text
    if shutil.which("Rscript") is not None or os.environ.get("CI"):
        assert "R survey" in engines, text
    assert engines >= {"svy"} or any("svy" in r for r in found.remarks), text
    assert text.count("| posad |") == 3
