"""The test of a whole table held against R's svychisq on its own api data."""

from __future__ import annotations

import csv
import math
import os
import shutil
import subprocess
from pathlib import Path

import numpy as np

from posad.kernel.design import cells_of, design_of
from posad.kernel.testing.association import Association, association
from posad.kernel.weights.calibration import Calibration, given
from posad.store.duck import DuckEngine
from posad.store.values import Key

ORACLE = Path(__file__).resolve().parent.parent / "oracles" / "association.R"
TABLES = {
    "strata": ("apistrat", "comp", "size", None),
    "strata-filter": ("apistrat", "comp", "size", "api00 > 550"),
    "strata-wide": ("apistrat", "size", "stype", None),
    "units": ("apiclus1", "wide", "size", None),
}


def compute(folder: Path, name: str) -> Association | None:
    """Return our test of one of R's tables."""
    file, rows_of, columns_of, where = TABLES[name]
    with (folder / f"{file}.csv").open(encoding="utf-8", newline="") as data:
        rows = list(csv.DictReader(data))
    made = given([float(r["pw"]) for r in rows])
    assert isinstance(made, Calibration)
    whole = {c: [int(float(r[c])) for r in rows] for c in ("comp", "wide", "stype", "size", "dnum", "api00")}
    engine = DuckEngine.from_columns({c: ("INTEGER", list(v)) for c, v in whole.items()})
    none = np.zeros(len(rows), dtype=np.int64)
    stratum, unit = (none, np.array(whole["dnum"])) if name == "units" else (np.array(whole["stype"]), none)
    engine.set_weight("w", made.d, made.w, made.profile, stratum, unit)
    design = design_of(engine.moments([], "w"), made.profile_levels)
    cells = cells_of(design, engine.moments([Key(f'"{rows_of}"'), Key(f'"{columns_of}"')], "w", where))
    first, second = cells.keys
    return association(design, cells, first[:, None] == np.unique(first), second[:, None] == np.unique(second))


def test_association_as_r_has_it(tmp_path: Path) -> None:
    """F, both degrees of freedom and p equal R's to nine digits under strata, primary units and a filter; in CI R must be there."""
    if shutil.which("Rscript") is None:
        assert not os.environ.get("CI"), "Rscript with the package survey must be installed in CI"
        return
    subprocess.run(["Rscript", str(ORACLE), str(tmp_path)], check=True, capture_output=True)
    with (tmp_path / "association.csv").open(encoding="utf-8", newline="") as file:
        expected = {r["key"]: r for r in csv.DictReader(file)}
    for name in TABLES:
        found = compute(tmp_path, name)
        assert found is not None
        for field in ("f", "df1", "df2", "p"):
            assert math.isclose(getattr(found, field), float(expected[name][field]), rel_tol=1e-8), (name, field)


def test_a_table_of_one_column_has_no_test() -> None:
    """One column, or one answer, is related to nothing."""
    engine = DuckEngine.from_columns({"q": ("INTEGER", [1, 2, 1, 2]), "b": ("INTEGER", [1, 1, 1, 1])})
    design = design_of(engine.moments([], None))
    cells = cells_of(design, engine.moments([Key('"q"'), Key('"b"')], None))
    q, b = cells.keys

    assert association(design, cells, q[:, None] == np.array([1, 2]), b[:, None] == np.array([1])) is None
