"""The acceptance of the numbers themselves: beside R's package survey, and in degenerate cases."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import numpy as np
import pytest
from tests.kernel import test_calibration as calibration
from tests.kernel import test_estimators as estimators
from tests.kernel import test_replicates as replicates
from tests.kernel.surveys import CASES, compute, differing, lonely_values, read_rows, run_r
from tests.kernel.surveys_replicates import replicate_values

from posad.kernel.design import lonely_strata
from posad.kernel.distributions import t_quantile
from posad.kernel.estimates import mean, share
from posad.kernel.estimators.quantiles import quantile
from posad.kernel.estimators.spreads import correlation
from posad.kernel.values import Estimate
from posad.kernel.weights.calibrating import calibrate
from posad.kernel.weights.calibration import Calibration, given, rake
from posad.kernel.weights.checks import Remark


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


def numbers(found: Estimate) -> tuple[float | None, ...]:
    """Return value, error and interval."""
    return found.value, found.se, found.low, found.high


def codes_of(found: Calibration | list[Remark]) -> list[str]:
    """Return what stood in the way, having said it and its way out in both languages."""
    assert not isinstance(found, Calibration)
    return [code for code, _ in calibration.said(found)]


def test_2e() -> None:
    """Degenerate cases: the right answer, or a problem with a proposal; never a number that looks like one."""
    design, found = estimators.lonely("fail")  # a stratum of one unit, undecided and decided
    assert (lonely_strata(design), found.value, found.se) == ((3,), 3.4, None)
    assert estimators.lonely("adjust")[1].se is not None

    design, cells, k = estimators.weighted([1.0, 0.0, 0.0, 0.0], y=[5.0, 1.0, 2.0, 3.0])  # all weight on one person
    one = np.ones(len(cells.n))
    assert numbers(mean(design, cells, k["y"], one)) == (5.0, None, None, None)
    assert numbers(quantile(design, cells, k["y"])) == (5.0, None, None, None)
    sole = share(design, cells, k["y"] == 5, one)
    assert (sole.value, sole.se, sole.bases.effective) == (1.0, None, 1.0)
    lone = given([1.0, 0.0, 0.0, 0.0])
    assert isinstance(lone, Calibration)
    assert "weighting-efficiency-very-low" in [r.code for r in lone.remarks]

    design, cells, k = estimators.weighted([1.0] * 10, y=[1.0] * 10)  # 0 % and 100 %: one-sided by Wilson on 10 people
    t = t_quantile(0.975, 9) ** 2
    full, none = share(design, cells, k["y"] == 1, k["y"] > 0), share(design, cells, k["y"] == 2, k["y"] > 0)
    assert (full.value, full.se, full.high, none.value, none.low) == (1.0, 0.0, 1.0, 0.0, 0.0)
    assert (none.high, full.low) == pytest.approx((t / (10 + t), 10 / (10 + t)))

    empty = k["y"] > 7  # a domain without anybody
    for nobody in (share(design, cells, empty, empty), mean(design, cells, k["y"] * empty, empty),
                   quantile(design, cells, np.where(empty, k["y"], np.nan)),
                   correlation(design, cells, np.where(empty, k["y"], np.nan), k["y"])):  # fmt: skip
        assert (numbers(nobody), nobody.bases.unweighted) == ((None, None, None, None), 0)

    two = np.array([[1], [1], [2]])
    assert codes_of(rake(two, [{1: 0.5, 2: 0.3, 3: 0.2}])) == ["weighting-level-empty"]  # a level without people
    assert codes_of(rake(two, [{1: 0.5, 2: 0.4}])) == ["weighting-targets-sum"]  # targets that do not add up
    assert codes_of(calibrate(two, [{1: 0.5, 2: 0.4}])) == ["weighting-targets-sum"]
    assert codes_of(calibrate(two, [{1: 0.1, 2: 0.9}], method="logit", bounds=(0.5, 2.0))) == [
        "weighting-ratio-too-high", "weighting-ratio-too-low",
    ]  # fmt: skip
    replicates.test_a_replicate_that_cannot_be_raked_is_named()
