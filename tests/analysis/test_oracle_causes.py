"""Scenarios, chains and decompositions held against R's package survey, and Oaxaca's decomposition against statsmodels."""

from __future__ import annotations

import csv
import json
import subprocess

import numpy as np
import pytest
from tests.analysis.test_oracle_models import CASES, ORACLES, TOLERANCE, Case, Floats, case, misses

from posad.analysis.kinds.causes.chain.modelling import People, equation, standardised
from posad.analysis.kinds.causes.chain.planning import Link
from posad.analysis.kinds.causes.scenario.shifting import Design, Shift, by_part, shifted, to_level
from posad.analysis.linear.decomposing import kitagawa, oaxaca
from posad.analysis.linear.estimates import combined, together
from posad.analysis.linear.models import fit
from posad.core.words import LocalText
from posad.tabulation.context import Cut

Found = tuple[dict[str, Case], dict[str, float]]


@pytest.fixture(scope="module")
def r(tmp_path_factory: pytest.TempPathFactory) -> Found:
    """Return the people under each design, and what R computes of them."""
    folder = tmp_path_factory.mktemp("causes")
    subprocess.run(["Rscript", str(ORACLES / "causes.R"), str(folder)], check=True, capture_output=True)
    with (folder / "people.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    with (folder / "values.csv").open(encoding="utf-8", newline="") as file:
        values = {row["key"]: float(row["value"]) for row in csv.DictReader(file)}
    people = {name: np.array([float(row[name]) for row in rows]) for name in rows[0]}
    return {name: case(name, people, values) for name in CASES}, values


def changed(own: Case, shift: Shift) -> tuple[Floats, Floats]:
    """Return the share now, the share there would be and the change, with their errors."""
    inside = np.ones(len(own.weights), dtype=bool)
    design = Design(own.regressors("x1", "x2", "g"), own.people["x3"])
    model = fit("logit", design.columns(design.now), own.people["won"], own.weights, inside)
    found = shifted(model, design, shift, own.people["won"], own.weights, inside)
    return found.values, own.errors(found)


@pytest.mark.parametrize("name", CASES)
def test_scenarios_are_those_of_survey(r: Found, name: str) -> None:
    """Half of those with an answer losing it: the share now, as it would be, and the change, with the errors that svytotal gives."""
    cases, values = r
    own = cases[name]

    found = changed(own, by_part(own.people["x3"], -0.5, np.ones(len(own.weights), dtype=bool)))

    assert misses(f"{name}|half", *found, values) == []


@pytest.mark.parametrize("name", CASES)
def test_equalised_groups_are_those_of_survey(r: Found, name: str) -> None:
    """All groups brought to the level of one, which is estimated too: the change and its error."""
    cases, values = r
    own = cases[name]
    groups = [own.people["g"] == k for k in (1, 2, 3, 4)]
    inside = np.ones(len(own.weights), dtype=bool)

    value, error = changed(own, to_level(own.people["x3"], groups, 1, own.weights, inside, share=True))

    assert abs(value[2] - values[f"{name}|equal|2|value"]) < TOLERANCE
    assert abs(error[2] - values[f"{name}|equal|2|se"]) < TOLERANCE


@pytest.mark.parametrize("name", CASES)
def test_everybody_set_to_one_value_is_svypredmeans(r: Found, name: str) -> None:
    """All who have an answer losing it, the share there would be is the predictive margin of nobody having it."""
    cases, _ = r
    own = cases[name]
    inside = np.ones(len(own.weights), dtype=bool)
    x = own.regressors("x1", "x2", "g", "x3")
    model = fit("logit", x, own.people["won"], own.weights, inside)
    x[:, -1] = 0.0
    from posad.analysis.linear.margins import margin

    nobody = margin(model, x, own.weights, inside)
    value, error = changed(own, by_part(own.people["x3"], -1.0, inside))

    assert abs(value[1] - nobody.values[0]) < 1e-9
    assert abs(error[1] - own.errors(nobody)[0]) < 1e-9


@pytest.mark.parametrize("name", CASES)
def test_kitagawa_is_svycontrast_of_totals(r: Found, name: str) -> None:
    """The difference, its composition and its rates are those of svycontrast of sixteen totals."""
    cases, values = r
    own = cases[name]
    cells = [own.people["g"] == k for k in (1, 2, 3, 4)]
    first = own.people["f"] == 1

    found = kitagawa(own.people["won"], cells, first, ~first, own.weights)

    assert misses(f"{name}|kitagawa", found.values, own.errors(found), values) == []


@pytest.mark.parametrize("name", CASES)
def test_oaxaca_has_the_errors_of_survey(r: Found, name: str) -> None:
    """The difference, what composition explains, what is left and the part of each variable, with the design's errors."""
    cases, values = r
    own = cases[name]
    first = own.people["f"] == 1

    found = oaxaca(own.people["y"], own.regressors("x1", "x2", "g"), [[1], [2], [3, 4, 5]], first, ~first, own.weights)

    assert misses(f"{name}|oaxaca", found.values, own.errors(found), values) == []


@pytest.mark.parametrize("name", CASES)
def test_chains_are_those_of_survey(r: Found, name: str) -> None:
    """Whole, direct and mediated association and both arrows, standardised, with the errors of deviations in them."""
    cases, values = r
    own = cases[name]
    people = linked(own, ("x1", "x2", "y"), own.regressors("g"))
    x1, x2, y = (Link(n, (), LocalText()) for n in ("x1", "x2", "y"))
    inside = people.inside

    whole = equation(people, y, [x1], inside)
    full = equation(people, y, [x1, x2], inside)
    first = equation(people, x2, [x1], inside)
    found = together(combined(together(whole, full.pick([0])), [[1, 0], [0, 1], [1, -1]]), first, full.pick([1]))

    assert misses(f"{name}|chain", found.values, own.errors(found), values) == []


def linked(own: Case, names: tuple[str, ...], controls: Floats) -> People:
    """Return people whose links are standardised columns of a case."""
    inside = np.ones(len(own.weights), dtype=bool)
    made = {name: standardised(own.people[name], own.weights, inside) for name in names}
    links, spread, size = ({n: m[k] for n, m in made.items()} for k in range(3))
    cut = Cut(own.cells, own.design, {}, False)
    return People(cut, links, spread, size, controls, inside, inside, inside)  # type: ignore[arg-type]


def test_oaxaca_without_weights_is_that_of_statsmodels() -> None:
    """Without weights the difference, its explained and its unexplained part are those of statsmodels' pooled two-fold decomposition."""
    kept = json.loads((ORACLES / "oaxaca.json").read_text(encoding="utf-8"))
    y, age, town, group = np.array(kept["rows"]).T
    first = group == 1

    found = oaxaca(y, np.column_stack([np.ones(len(y)), age, town]), [[1], [2]], first, ~first, np.ones(len(y)))

    theirs = [kept["gap"], kept["explained"], kept["unexplained"]]
    assert np.allclose(found.values[:3], theirs, rtol=0, atol=1e-9)
    assert abs(found.values[3:].sum() - kept["explained"]) < 1e-9
