"""Reliability of an index held against R, and against cases computed by hand."""

from __future__ import annotations

import csv
import subprocess
from pathlib import Path

import numpy as np
import pytest

from posad.analysis.kinds.towns.services.reliability import alpha, factor, omega, with_rest, without_each

ORACLES = Path(__file__).resolve().parent / "oracles"


def test_reliability_is_that_of_r(tmp_path: Path) -> None:
    """Alpha, alpha without each row, correlations with the rest, loadings and omega of weighted scales agree with R to 1e-5 and better."""
    subprocess.run(["Rscript", str(ORACLES / "reliability.R"), str(tmp_path)], check=True, capture_output=True)
    with (tmp_path / "people.csv").open(encoding="utf-8", newline="") as file:
        people = np.array([[float(v) for v in row] for row in list(csv.reader(file))[1:]])
    with (tmp_path / "values.csv").open(encoding="utf-8", newline="") as file:
        values = {row["key"].strip(): float(row["value"]) for row in csv.DictReader(file)}
    x, w = people[:, :-1], people[:, -1]
    mean = w @ x / w.sum()
    cov = ((x - mean) * w[:, None]).T @ (x - mean) / w.sum()
    found = factor(cov)

    k = range(1, 7)
    assert float(alpha(cov)) == pytest.approx(values["alpha"], abs=1e-9)
    assert without_each(cov) == pytest.approx([values[f"drop{i}"] for i in k], abs=1e-9)
    assert with_rest(cov) == pytest.approx([values[f"rest{i}"] for i in k], abs=1e-9)
    assert found.loadings == pytest.approx([values[f"load{i}"] for i in k], abs=1e-5)
    assert omega(cov, found) == pytest.approx(values["omega"], abs=1e-5)


def test_rows_of_one_factor_are_told_exactly() -> None:
    """Where rows have one factor by construction its loadings come back, and equal loadings make alpha and omega equal."""
    load = np.array([0.8, 0.7, 0.6, 0.5])
    cov = np.outer(load, load) + np.diag(1 - load**2)
    found = factor(cov)
    assert found.loadings == pytest.approx(load, abs=1e-8)

    even = np.full((5, 5), 0.36) + np.eye(5) * 0.64
    assert omega(even, factor(even)) == pytest.approx(float(alpha(even)), abs=1e-8)


def test_rows_that_share_nothing_have_no_alpha() -> None:
    """Independent rows have an alpha of nought, and rows that do not vary give no number that is none."""
    assert float(alpha(np.eye(4))) == pytest.approx(0.0, abs=1e-12)
    assert float(alpha(np.zeros((3, 3)))) == 0.0
