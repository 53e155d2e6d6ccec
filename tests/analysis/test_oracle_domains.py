"""Small domains held against other hands: a published example of Fay and Herriot's model, R, lme4, and integrals done exactly."""

from __future__ import annotations

import csv
import subprocess
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from posad.analysis.kinds.towns.domains.areas import fay_herriot
from posad.analysis.kinds.towns.domains.mixed import People, mode, posterior

ORACLES = Path(__file__).resolve().parent / "oracles"
Floats = NDArray[np.float64]
Rows = list[dict[str, str]]


def read(path: Path) -> Rows:
    """Return the rows of a CSV file."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def column(rows: Rows, name: str) -> Floats:
    """Return a column as numbers."""
    return np.array([float(row[name]) for row in rows])


@pytest.fixture(scope="module")
def r(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, float]]:
    """Return the folder that the R script writes to, and its values."""
    folder = tmp_path_factory.mktemp("domains")
    script = ["Rscript", str(ORACLES / "domains.R"), str(folder), str(ORACLES / "milk.csv")]
    subprocess.run(script, check=True, capture_output=True)
    return folder, {row["key"]: float(row["value"]) for row in read(folder / "values.csv")}


def test_the_published_example() -> None:
    """Fresh milk in 43 areas (Arora and Lahiri 1997; You and Chapman 2006): estimates and errors are those of R's package sae.

    The published ones come from Fisher scoring stopped at a step of 1e-4; they are given to seven digits.
    """
    rows = read(ORACLES / "milk.csv")
    major = column(rows, "major_area")
    x = np.column_stack([np.ones(len(rows)), *(major == k for k in (2, 3, 4))]).astype(np.float64)
    found = fay_herriot(column(rows, "direct_est"), x, column(rows, "std_error") ** 2)

    assert found.beta == pytest.approx([0.9681890, 0.1327801, 0.2269462, -0.2413011], abs=1e-6)
    assert np.sqrt(np.diag(found.beta_cov)) == pytest.approx([0.06936208, 0.10300072, 0.09232981, 0.08161707], abs=1e-6)
    assert found.values == pytest.approx(column(rows, "eblup"), abs=1e-6)
    assert found.mse == pytest.approx(column(rows, "mse"), abs=1e-7)


@pytest.mark.parametrize("name", ["milk", "towns"])
def test_areas_are_those_of_r(r: tuple[Path, dict[str, float]], name: str) -> None:
    """Variance between areas, coefficients, estimates and mean squared errors agree with R's restricted likelihood to 1e-6."""
    folder, values = r
    rows = [row for row in read(folder / "areas.csv") if row["set"] == name]
    width = 4 if name == "milk" else 2
    x = np.column_stack([column(rows, f"x{k + 1}") for k in range(width)])
    found = fay_herriot(column(rows, "y"), x, column(rows, "d"))

    def told(kind: str, count: int) -> list[float]:
        return [values[f"{name}|{kind}|{i + 1}"] for i in range(count)]

    assert found.between == pytest.approx(values[f"{name}|between"], rel=1e-6)
    assert found.beta == pytest.approx(told("beta", width), abs=1e-6)
    assert found.values == pytest.approx(told("eblup", len(rows)), abs=1e-6)
    assert found.mse == pytest.approx(told("mse", len(rows)), rel=1e-6)


def people_of(rows: Rows) -> tuple[People, Floats, Floats]:
    """Return the cells of the script, how many said yes, how many were asked."""
    x = np.column_stack([np.ones(len(rows)), column(rows, "z")])
    levels = tuple((column(rows, name) - 1).astype(np.int64) for name in ("district", "age"))
    return People(x, levels, (12, 5)), column(rows, "yes"), column(rows, "asked")


def test_the_mode_is_that_of_lme4(r: tuple[Path, dict[str, float]]) -> None:
    """At the deviations that lme4 finds, fixed coefficients and levels are lme4's (nAGQ = 0) to 1e-5."""
    folder, values = r
    people, yes, asked = people_of(read(folder / "people.csv"))
    found = mode(people, yes, asked, [values["deviation|district"], values["deviation|age"]])

    theirs = [values[f"fixed|{k}"] for k in (1, 2)]
    theirs += [values[f"level|district|{k + 1}"] for k in range(12)] + [values[f"level|age|{k + 1}"] for k in range(5)]
    assert found.beta == pytest.approx(theirs, abs=1e-5)


def test_shares_are_near_those_of_lme4(r: tuple[Path, dict[str, float]]) -> None:
    """Shares of districts stay within a point and a half of lme4's, which fixes the deviations where they are most likely."""
    folder, values = r
    people, yes, asked = people_of(read(folder / "people.csv"))
    counts = (people.levels[0] == np.arange(12)[:, None]).astype(np.float64)
    found = posterior(people, yes, asked).shares(people, counts).mean(axis=0)

    theirs = np.array([values[f"share|{k + 1}"] for k in range(12)])
    assert np.abs(found - theirs).max() < 0.015


def test_a_small_case_integrated_exactly() -> None:
    """Three districts, one batch: means and ends of intervals are within 1.5 points of integrals over all three unknowns on a grid."""
    yes, asked = np.array([3.0, 12.0, 20.0]), np.array([20.0, 25.0, 30.0])
    people = People(np.ones((3, 1)), (np.arange(3),), (3,))
    found = posterior(people, yes, asked, draws=8000).shares(people, np.eye(3))

    means, low, high = exact(yes, asked)
    assert np.abs(found.mean(axis=0) - means).max() < 0.015
    assert np.abs(np.quantile(found, 0.025, axis=0) - low).max() < 0.015
    assert np.abs(np.quantile(found, 0.975, axis=0) - high).max() < 0.015


def exact(yes: Floats, asked: Floats) -> tuple[Floats, Floats, Floats]:
    """Return means and 95% intervals of the shares: given intercept and deviation the districts are independent, so grids suffice."""
    u = np.linspace(-4, 4, 401)
    beta, sigma = np.linspace(-4, 4, 161), np.linspace(0.01, 2.5, 120)
    grid = np.linspace(0, 1, 2001)
    below = np.zeros((len(yes), len(grid)))
    means = np.zeros(len(yes))
    whole = 0.0
    for b in beta:
        eta = b + u
        p = 1 / (1 + np.exp(-eta))
        for s in sigma:
            before = np.exp(-0.5 * (u / s) ** 2) / s
            each = np.exp(np.outer(yes, eta) - np.outer(asked, np.logaddexp(0, eta))) * before
            own = each.sum(axis=1)
            weight = float(np.prod(own)) * float(np.exp(-0.5 * (s / 0.5) ** 2 - 0.5e-4 * b**2))
            whole += weight
            means += weight * (each @ p) / own
            if weight > 1e-9 * whole:
                share = np.cumsum(each / own[:, None], axis=1)
                below += weight * np.array([np.interp(grid, p, line) for line in share])
    cdf = below / whole
    low, high = (np.array([np.interp(q, line, grid) for line in cdf]) for q in (0.025, 0.975))
    return means / whole, low, high
