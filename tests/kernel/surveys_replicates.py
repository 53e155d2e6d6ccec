"""Our numbers from replicate weights for the data sets of R's package survey."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tests.kernel.surveys import Rows, Values, read_rows

from posad.kernel.estimators.quantiles import weighted_quantile
from posad.kernel.replicates.making import Replicates, given_replicates, raked_replicates, replicate
from posad.kernel.replicates.schemes import Kind, Scheme, units_of
from posad.kernel.replicates.variance import replicated

Floats = NDArray[np.float64]


def ready(made: Replicates | list[object] | object) -> Replicates:
    """Return replicates, which must have been made."""
    assert isinstance(made, Replicates), made
    return made


def own(rows: Rows, kind: Kind, units: str, strata: bool, fractions: Floats | None = None) -> Replicates:
    """Return replicates that we draw ourselves."""
    names = rows["psu"].tolist() if units == "psu" else [f"{i:06d}" for i in range(len(rows["d"]))]
    drawn = units_of(names, rows["stratum"].astype(np.int64) if strata else None)
    return ready(replicate(Scheme(kind), drawn, rows["d"], fractions=fractions))


def from_r(folder: Path, case: str, values: Values, mse: bool = False) -> Replicates:
    """Return the replicate weights that R made."""
    columns = read_rows(folder / f"replicates-{case}.csv")
    rscales = [values[f"{case}|rscale"]] * len(columns)
    return ready(given_replicates(columns, values[f"{case}|scale"], rscales, mse))


def raked_jackknife(rows: Rows, values: Values) -> Replicates:
    """Return the stratified jackknife with every replicate raked to two margins."""
    targets, numbers = [], []
    for margin in ("m1", "m2"):
        codes = np.unique(rows[margin])
        targets.append({int(c): values[f"jkn-raked|target|{margin}|{c:g}"] for c in codes})
        numbers.append(np.searchsorted(codes, rows[margin]))
    joint, profile = np.unique(np.column_stack(numbers), axis=0, return_inverse=True)
    units = units_of([f"{i:06d}" for i in range(len(rows["d"]))], rows["stratum"].astype(np.int64))
    return ready(raked_replicates(Scheme("jkn"), units, profile.ravel().astype(np.int64), joint, targets, rows["d"]))


def statistics(case: str, made: Replicates, rows: Rows, weights: Floats, scale: float = 1.0) -> Values:
    """Return the statistics of one set of replicates under R's keys; totals are brought to R's scale."""
    y, x, c, f = (rows[name] for name in "yxcf")
    known = ~np.isnan(c)

    def of(w: Floats) -> list[float]:
        mean = w @ y / w.sum()
        away = y - mean, x - w @ x / w.sum()
        together = (w @ (away[0] * away[1])) / math.sqrt((w @ away[0] ** 2) * (w @ away[1] ** 2))
        share = w[known] @ c[known] / w[known].sum()
        inside = f == 1
        return [mean, scale * (w @ y), w @ y / (w @ x), share, weighted_quantile(y, w, 0.5, "math"), together,
                w[inside] @ y[inside] / w[inside].sum()]  # fmt: skip

    found = replicated(made, weights, of)
    names = ("mean", "total", "ratio", "share", "median", "correlation", "domain")
    values = dict(zip((f"{case}|{n}|est" for n in names), found.values.tolist(), strict=True))
    values |= dict(zip((f"{case}|{n}|se" for n in names), np.sqrt(np.diag(found.covariance)).tolist(), strict=True))
    return values | {f"{case}|replicates": made.count}


def replicate_values(folder: Path, values: Values) -> Values:
    """Return all our values from replicates."""
    rows = {name: read_rows(folder / f"{name}.csv") for name in ("strat", "clus1", "pairs")}
    strat = rows["strat"]
    sizes = {h: int(np.sum(strat["stratum"] == h)) for h in np.unique(strat["stratum"])}
    order = sorted(range(len(strat["d"])), key=lambda i: (strat["stratum"][i], i))
    fractions = np.array([sizes[strat["stratum"][i]] / strat["fpc"][i] for i in order])
    sets = {
        "jk1": (own(rows["clus1"], "jk1", "psu", False), "clus1"),
        "jkn": (own(strat, "jkn", "", True), "strat"),
        "jkn-fpc": (own(strat, "jkn", "", True, fractions), "strat"),
        "brr": (from_r(folder, "brr", values), "pairs"),
        "fay": (from_r(folder, "fay", values), "pairs"),
        "bootstrap": (from_r(folder, "bootstrap", values), "strat"),
    }
    found: Values = {}
    for case, (made, name) in sets.items():
        found |= statistics(case, made, rows[name], rows[name]["d"])
    mse = replicated(
        from_r(folder, "brr", values, True), rows["pairs"]["d"], lambda w: w @ rows["pairs"]["y"] / w.sum()
    )
    found["brr|mse-se"] = math.sqrt(float(mse.covariance[0, 0]))
    jackknife = raked_jackknife(strat, values)
    full = _full_weight(strat, values)
    scale = float(strat["d"].sum()) / len(strat["d"])
    return found | statistics("jkn-raked", jackknife, strat, full, scale)


def _full_weight(rows: Rows, values: Values) -> Floats:
    from posad.kernel.weights.calibration import Calibration, rake
    from posad.store.values import BILLION

    levels = np.column_stack([rows["m1"], rows["m2"]]).astype(np.int64)
    targets = [{int(c): values[f"jkn-raked|target|{m}|{c:g}"] for c in np.unique(rows[m])} for m in ("m1", "m2")]
    made = rake(levels, targets, rows["d"])
    assert isinstance(made, Calibration)
    return made.w / BILLION
