"""The acceptance of the numbers themselves: beside R's package survey and CALMAR, and in degenerate cases."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from tests.kernel.surveys import CASES, compute, differing, lonely_values, read_rows, run_r
from tests.kernel.surveys_replicates import replicate_values


def test_2a(tmp_path: Path) -> None:
    """At least 600 numbers of R's survey over api, nhanes, scd and yrbs, plain and calibrated, within 1e-6; in CI R must be there."""
    if shutil.which("Rscript") is None:
        assert not os.environ.get("CI"), "Rscript with the package survey must be installed in CI"
        return
    values = run_r(tmp_path)
    found = lonely_values(read_rows(tmp_path / "lone.csv")) | replicate_values(tmp_path, values)
    for name, case in CASES.items():
        found |= compute(case, name, read_rows(tmp_path / f"{case.data}.csv"), values)

    compared, wrong = differing(found, values)

    assert wrong == []
    assert compared >= 3800
    statistics = {"|".join(key.split("|")[:2]) for key in values if "|weight|" not in key and "|target|" not in key}
    assert len(statistics) >= 500
    assert sum("|weight|" not in key and "|target|" not in key for key in values) >= 1900
