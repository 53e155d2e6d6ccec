"""Regressions, predictive margins and contrasts held against R's package survey: svyglm, svyolr, svypredmeans, svycontrast on svyby."""

from __future__ import annotations

import csv
import subprocess
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from posad.analysis.linear.estimates import Linear, combined, covariance, ratios_of, together
from posad.analysis.linear.margins import difference, margin, margin_parts
from posad.analysis.linear.models import ModelName, fit
from posad.kernel.design import Cells, Design, cells_of, design_of
from posad.kernel.weights.calibration import Calibration, rake
from posad.store.duck import DuckEngine
from posad.store.values import BILLION, Key

ORACLES = Path(__file__).resolve().parent / "oracles"
Floats = NDArray[np.float64]
TOLERANCE = 1e-6
CASES = ("strata", "units", "raked", "both")


@dataclass(frozen=True)
class Case:
    """People under one design: their cells one by one, weights of mean one, regressors and outcomes by name."""

    design: Design
    cells: Cells
    people: dict[str, Floats]

    @property
    def weights(self) -> Floats:
        """Return the weight of each person."""
        return self.cells.w / BILLION

    def regressors(self, *names: str) -> Floats:
        """Return a column of ones, numbers, and zeros and ones for the groups of g."""
        columns = [np.ones(len(self.weights))]
        for name in names:
            own = self.people[name]
            columns += [own] if name != "g" else [(own == k).astype(np.float64) for k in (2, 3, 4)]
        return np.column_stack(columns)

    def errors(self, linear: Linear) -> Floats:
        """Return the standard errors of estimates."""
        found: Floats = np.sqrt(np.diag(covariance(self.design, self.cells, linear)))
        return found


@pytest.fixture(scope="module")
def r(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, Case], dict[str, float]]:
    """Return the people under each design, and what R computes of them."""
    folder = tmp_path_factory.mktemp("models")
    subprocess.run(["Rscript", str(ORACLES / "models.R"), str(folder)], check=True, capture_output=True)
    with (folder / "people.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    with (folder / "values.csv").open(encoding="utf-8", newline="") as file:
        values = {row["key"]: float(row["value"]) for row in csv.DictReader(file)}
    people = {name: np.array([float(row[name]) for row in rows]) for name in rows[0]}
    return {name: case(name, people, values) for name in CASES}, values


def case(name: str, people: dict[str, Floats], values: dict[str, float]) -> Case:
    """Return the people under one of the designs of the script."""
    engine = DuckEngine.from_columns({"o": ("INTEGER", people["o"].astype(int).tolist())}, threads=1)
    zeros = np.zeros(len(people["d"]), dtype=np.int64)
    stratum = people["h"].astype(np.int64) if name in ("strata", "both") else zeros
    psu = people["psu"].astype(np.int64) if name == "units" else zeros
    levels = None
    if name in ("raked", "both"):
        heads = {m: f"target|{m}|" for m in ("m1", "m2")}
        targets = [{int(k[len(h) :]): v for k, v in values.items() if k.startswith(h)} for h in heads.values()]
        made = rake(np.column_stack([people["m1"], people["m2"]]).astype(np.int64), targets, people["d"])
        assert isinstance(made, Calibration)
        engine.set_weight("w", made.d, made.w, made.profile, stratum, psu)
        levels = made.profile_levels
    else:
        engine.set_weight("w", people["d"], people["d"], None, stratum, psu)
    design = design_of(engine.moments([], "w"), levels)
    cells = cells_of(design, engine.moments([Key('"row_"')], "w"))
    return Case(design, cells, people)


def misses(head: str, ours: Floats, errors: Floats, values: dict[str, float]) -> list[str]:
    """Return the values and errors that are not R's."""
    found = []
    for k, (value, error) in enumerate(zip(ours, errors, strict=True)):
        for kind, own in (("value", value), ("se", error)):
            theirs = values[f"{head}|{k}|{kind}"]
            if abs(own - theirs) > TOLERANCE * max(1.0, abs(theirs)):
                found.append(f"{head}|{k}|{kind}: {own} {theirs}")
    return found


@pytest.mark.parametrize("name", CASES)
@pytest.mark.parametrize("domain", ["", "-domain"])
@pytest.mark.parametrize(("model", "outcome"), [("linear", "y"), ("logit", "won"), ("ordinal", "o")])
def test_models_are_those_of_survey(
    r: tuple[dict[str, Case], dict[str, float]], name: str, domain: str, model: ModelName, outcome: str
) -> None:
    """Coefficients and design errors are those of svyglm and svyolr under strata, units and raking, for all people and a domain."""
    cases, values = r
    own = cases[name]
    inside = own.people["f"] == 1 if domain else np.ones(len(own.weights), dtype=bool)
    y = own.people[outcome] - (1 if model == "ordinal" else 0)

    fitted = fit(model, own.regressors("x1", "x2", "x3", "g"), y, own.weights, inside)

    assert fitted.converged
    assert misses(f"{name}{domain}|{model}", fitted.coefficients, own.errors(fitted.linear), values) == []


@pytest.mark.parametrize("name", CASES)
def test_margins_are_those_of_survey(r: tuple[dict[str, Case], dict[str, float]], name: str) -> None:
    """Predictive margins and their difference are those of svypredmeans; its error is made of our two parts, people and coefficients."""
    cases, values = r
    own = cases[name]
    inside = np.ones(len(own.weights), dtype=bool)
    x = own.regressors("x1", "x2", "g", "x3")
    fitted = fit("logit", x, own.people["won"], own.weights, inside)
    without, having = x.copy(), x.copy()
    without[:, -1], having[:, -1] = 0.0, 1.0

    parts = [margin_parts(fitted, at, own.weights, inside) for at in (without, having)]
    made = []
    for part in (0, 1):
        low, high = parts[0][part], parts[1][part]
        gap = difference(high, low)
        made.append(together(low, high, gap))
    errors = np.sqrt(own.errors(made[0]) ** 2 + own.errors(made[1]) ** 2)

    assert misses(f"{name}|margin", made[0].values[:2], errors[:2], values) == []
    assert abs(made[0].values[2] - values[f"{name}|margin|difference|value"]) < TOLERANCE
    assert abs(errors[2] - values[f"{name}|margin|difference|se"]) < TOLERANCE


@pytest.mark.parametrize("name", CASES)
def test_the_error_of_a_margin_is_that_of_both_parts(r: tuple[dict[str, Case], dict[str, float]], name: str) -> None:
    """The error printed keeps the covariance of people and coefficients, and is near R's, which leaves it out."""
    cases, values = r
    own = cases[name]
    inside = np.ones(len(own.weights), dtype=bool)
    x = own.regressors("x1", "x2", "g", "x3")
    fitted = fit("logit", x, own.people["won"], own.weights, inside)
    x[:, -1] = 1.0

    error = own.errors(margin(fitted, x, own.weights, inside))[0]

    theirs = values[f"{name}|margin|1|se"]
    assert error != theirs
    assert abs(error / theirs - 1) < 0.03


@pytest.mark.parametrize("name", CASES)
def test_contrasts_are_those_of_survey(r: tuple[dict[str, Case], dict[str, float]], name: str) -> None:
    """A contrast of four groups' shares is that of svycontrast on svyby with its covariance."""
    cases, values = r
    own = cases[name]
    groups = np.column_stack([own.people["g"] == k for k in (1, 2, 3, 4)]).astype(np.float64)

    found = combined(ratios_of(own.cells, groups * own.people["won"][:, None], groups), [[1, -1, -1, 1]])

    assert abs(found.values[0] - values[f"{name}|contrast|value"]) < TOLERANCE
    assert abs(own.errors(found)[0] - values[f"{name}|contrast|se"]) < TOLERANCE
