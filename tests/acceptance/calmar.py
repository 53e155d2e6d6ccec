"""Weights beside those of the SAS macro CALMAR: a sample of 1,000, nine totals of numbers and two margins."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from tests.acceptance.published import SURVEYS

from posad.kernel.weights.calibrating import calibrate
from posad.kernel.weights.solving import Method
from posad.kernel.weights.values import Calibration
from posad.store.values import BILLION

FOLDER = SURVEYS / "calmar"
METHODS: dict[str, tuple[Method, tuple[float, float] | None]] = {
    "lin": ("linear", None),
    "raking": ("rake", None),
    "logit": ("logit", (0.2, 1.3)),
}


def columns_of(name: str) -> dict[str, NDArray[Any]]:
    """Return the columns of a Parquet file, people in the order of their numbers."""
    import duckdb

    path = str(FOLDER / name).replace("'", "''")
    ordered = "" if "margins" in name else " ORDER BY ident"
    return dict(duckdb.connect().execute(f"SELECT * FROM read_parquet('{path}'){ordered}").fetchnumpy())


def calmar_gaps() -> dict[str, float]:
    """Return the largest relative difference from CALMAR's weights, by method; needs the real surveys beside the project."""
    people, wanted, margins = (columns_of(f"calmar_{n}.parquet") for n in ("sample", "expected_weights", "margins_1"))
    rows = [{k: v[i] for k, v in margins.items()} for i in range(len(margins["var"]))]
    counts = {str(r["var"]): [float(r[f"mar{i}"]) for i in range(1, int(r["n"]) + 1)] for r in rows if r["n"]}
    sums = {str(r["var"]): float(r["mar1"]) for r in rows if not r["n"]}
    population = sum(next(iter(counts.values())))
    found = {}
    for name, (method, bounds) in METHODS.items():
        made = calibrate(
            np.column_stack([people[v] for v in counts]).astype(np.int64),
            [{i: part / population for i, part in enumerate(parts, 1)} for parts in counts.values()],
            people["weight"],
            method=method,
            numbers=np.column_stack([people[v] for v in sums]),
            means=[total / population for total in sums.values()],
            bounds=bounds,
            population=population,
        )
        assert isinstance(made, Calibration), made
        ours = made.w / BILLION * population / made.people
        found[name] = float(np.abs(ours / wanted[f"weight_cal_{name}"] - 1).max())
    return found
