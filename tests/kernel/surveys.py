"""Our numbers for the data sets of R's package survey, under the keys of ``tests/oracles/surveys.R``."""

from __future__ import annotations

import csv
import math
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from posad.kernel.design import Cells, Design, Lonely, cells_of, design_of, domain_df
from posad.kernel.estimates import means, ratio, ratio_of
from posad.kernel.estimators.contrasts import contrast
from posad.kernel.estimators.quantiles import Rule, quantile
from posad.kernel.estimators.scores import index_column, mean_score, nps
from posad.kernel.estimators.spreads import correlation, covariance, standard_deviation, variance
from posad.kernel.estimators.totals import total
from posad.kernel.values import Estimate
from posad.kernel.weights.calibrating import calibrate
from posad.kernel.weights.calibration import Calibration, given, poststratify, rake
from posad.store.duck import DuckEngine
from posad.store.values import BILLION, Key

ORACLES = Path(__file__).resolve().parent.parent / "oracles"
Floats = NDArray[np.float64]
Rows = Mapping[str, Floats]
Values = dict[str, float]
COLUMNS = ("y", "x", "c", "g", "f", "s", "i1", "i2", "i3")


@dataclass(frozen=True, slots=True)
class Case:
    """One data set under one design and calibration."""

    data: str
    strata: bool = False
    units: bool = False
    fpc: bool = False
    margins: tuple[str, ...] = ()
    method: Literal["none", "rake", "linear", "logit", "post", "rake-newton"] = "none"
    mean: bool = False
    bounds: tuple[float, float] | None = None
    base: bool = True


CASES = {
    "strat": Case("strat", strata=True),
    "stratfpc": Case("strat", strata=True, fpc=True),
    "wonly": Case("strat"),
    "srsfpc": Case("srs", fpc=True),
    "srsones": Case("srs", fpc=True, base=False),
    "clus1": Case("clus1", units=True),
    "clus1fpc": Case("clus1", units=True, fpc=True),
    "clus2": Case("clus2", units=True),
    "nhanes": Case("nhanes", strata=True, units=True),
    "scd": Case("scd", strata=True, units=True),
    "yrbs": Case("yrbs", strata=True, units=True),
    "rake-strat": Case("strat", strata=True, margins=("m1", "m2", "m3"), method="rake"),
    "rake-wonly": Case("strat", margins=("m1", "m2", "m3"), method="rake"),
    "rake-clus1": Case("clus1", units=True, margins=("m1", "m2"), method="rake"),
    "linear-clus1": Case("clus1", units=True, margins=("m1", "m2"), method="linear"),
    "greg-strat": Case("strat", strata=True, margins=("m1",), method="linear", mean=True),
    "greg-clus1fpc": Case("clus1", units=True, fpc=True, margins=("m1",), method="linear", mean=True),
    "rake-z-wonly": Case("strat", margins=("m1", "m3"), method="rake-newton", mean=True),
    "logit-clus1": Case("clus1", units=True, margins=("m1", "m2"), method="logit", bounds=(0.6, 1.8)),
    "logit-z-strat": Case("strat", True, margins=("m1", "m3"), method="logit", mean=True, bounds=(0.5, 2.0)),
    "rake-nhanes": Case("nhanes", strata=True, units=True, margins=("m1", "m2", "m3"), method="rake"),
    "rake-yrbs": Case("yrbs", strata=True, units=True, margins=("m1", "m2"), method="rake"),
    "post-clus1": Case("clus1", units=True, margins=("m1",), method="post"),
}


def run_r(folder: Path) -> Values:
    """Run R on the package's own data sets and return its values by key."""
    subprocess.run(["Rscript", str(ORACLES / "surveys.R"), str(folder)], check=True, capture_output=True)
    with (folder / "values.csv").open(encoding="utf-8", newline="") as file:
        return {row["key"]: float(row["value"]) for row in csv.DictReader(file)}


def read_rows(path: Path) -> Rows:
    """Return the columns of a data set, NaN where R has NA."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return {c: np.array([float("nan") if r[c] == "NA" else float(r[c]) for r in rows]) for c in rows[0]}


def weigh(case: Case, name: str, rows: Rows, values: Values) -> Calibration:
    """Return the weight of a case, made for R's own targets."""
    if case.method == "none":
        made = given(rows["d"] if case.base else np.ones(len(rows["d"])))
    else:
        levels = np.column_stack([rows[m] for m in case.margins]).astype(np.int64)
        targets = [{int(v): values[f"{name}|target|{m}|{int(v)}"] for v in np.unique(rows[m])} for m in case.margins]
        numbers = rows["z"][:, None] if case.mean else None
        wanted = [values[f"{name}|target|z|mean"]] if case.mean else []
        if case.method == "rake":
            made = rake(levels, targets, rows["d"])
        elif case.method == "post":
            made = poststratify(levels[:, 0], targets[0], rows["d"])
        else:
            method = "rake" if case.method == "rake-newton" else case.method
            made = calibrate(
                levels, targets, rows["d"], method=method, numbers=numbers, means=wanted, bounds=case.bounds
            )
    assert isinstance(made, Calibration), (name, made)
    return made


def counted(case: Case, rows: Rows, made: Calibration, lonely: Lonely = "fail") -> tuple[Design, Cells]:
    """Return the design and the sums of everything by the columns of the data set."""
    engine = DuckEngine.from_columns(
        {c: ("DOUBLE", [None if math.isnan(v) else v for v in rows[c].tolist()]) for c in COLUMNS}, threads=1
    )
    zeros = np.zeros(len(rows["d"]), dtype=np.int64)
    stratum = rows["stratum"].astype(np.int64) if case.strata else zeros
    psu = rows["psu"].astype(np.int64) if case.units else zeros
    engine.set_weight("main", made.d, made.w, made.profile, stratum, psu)
    fpc = {int(h): float(n) for h, n in zip(stratum, rows["fpc"], strict=True)} if case.fpc else None
    design = design_of(engine.moments([], "main"), made.profile_levels, fpc, lonely)
    keys = [Key(f'"{c}"', number=True) for c in COLUMNS]
    return design, cells_of(design, engine.moments(keys, "main"))


def put(found: Values, key: str, made: Estimate, *, interval: bool = False) -> None:
    """Write an estimate under a key; what we do not have is no number."""
    parts = {"est": made.value, "se": made.se} | ({"low": made.low, "high": made.high} if interval else {})
    found |= {f"{key}|{name}": math.nan if value is None else value for name, value in parts.items()}


def compute(case: Case, name: str, rows: Rows, values: Values) -> Values:
    """Return our values of one case."""
    made = weigh(case, name, rows, values)
    design, cells = counted(case, rows, made)
    found: Values = {f"{name}|df": design.df}
    if case.method != "none":
        found |= {f"{name}|weight|{i}": w / BILLION for i, w in enumerate(made.w.tolist(), 1)}
    k = dict(zip(COLUMNS, (np.asarray(key, dtype=np.float64) for key in cells.keys), strict=True))
    every = np.ones(len(cells.n))
    put(found, f"{name}|mean", means(design, cells, k["y"], every)[0], interval=True)
    put(found, f"{name}|nps", nps(design, cells, k["s"]), interval=True)
    put(found, f"{name}|index", mean_score(design, cells, index_column([k["i1"], k["i2"], k["i3"]])), interval=True)
    put(found, f"{name}|total", total(design, cells, k["y"], made.scale))
    put(found, f"{name}|people", total(design, cells, k["c"], made.scale))
    put(found, f"{name}|ratio", ratio(design, cells, k["y"], k["x"]))
    put(found, f"{name}|variance", variance(design, cells, k["y"]))
    put(found, f"{name}|sd", standard_deviation(design, cells, k["y"]))
    put(found, f"{name}|covariance", covariance(design, cells, k["y"], k["x"]))
    put(found, f"{name}|correlation", correlation(design, cells, k["y"], k["x"]))
    _groups(found, name, design, cells, k)
    inside = k["f"] == 1
    found[f"{name}|domain-df"] = int(domain_df(design, cells, inside[:, None])[0])
    put(found, f"{name}|domain-mean", means(design, cells, k["y"] * inside, inside)[0], interval=True)
    put(found, f"{name}|domain-variance", variance(design, cells, np.where(inside, k["y"], np.nan)))
    rules: tuple[Rule, ...] = ("math", "school")
    for p in (0.1, 0.25, 0.5, 0.9):
        for rule in rules:
            put(found, f"{name}|quantile-{rule}|{p:g}", quantile(design, cells, k["y"], p, rule), interval=True)
    put(found, f"{name}|domain-median", quantile(design, cells, np.where(inside, k["y"], np.nan)), interval=True)
    return found


def _groups(found: Values, name: str, design: Design, cells: Cells, k: Mapping[str, Floats]) -> None:
    codes = np.unique(k["g"])
    for code in codes:
        inside = k["g"] == code
        put(found, f"{name}|mean-by|{code:g}", means(design, cells, k["y"] * inside, inside)[0])
        known = inside & ~np.isnan(k["c"])
        put(found, f"{name}|share-by|{code:g}", means(design, cells, np.where(known, k["c"], 0), known)[0])
    a1, a2 = ((k["g"] == code).astype(float) for code in codes[:2])
    tops = np.column_stack([k["y"] * a1, k["y"] * a2, k["x"] * a1, k["x"] * a2])
    put(found, f"{name}|gap-of-gaps", contrast(design, cells, tops, np.column_stack([a1, a2, a1, a2]), (1, -1, -1, 1)))
    times = ratio_of(design, cells, (tops[:, 0], a1), (tops[:, 1], a2))
    assert times.value is not None
    found[f"{name}|log-ratio|est"] = math.log(times.value)
    found[f"{name}|log-ratio|se"] = math.nan if times.se is None else times.se / times.value


# Where R's number and ours are meant to differ, by the beginning of the key; each has its line in docs/explanation/errors.md.
DIFFERENCES = {
    "srsfpc|quantile-math|0.1": "equal weights of 30.97: R's running sum misses 0.1 of the total by rounding",
    "srsfpc|quantile-school|0.1": "the same",
    "srsfpc|quantile-math|0.9": "the same",
    "srsfpc|quantile-school|0.9": "the same",
    "scd|quantile-math|0.1": "p within the first person: R takes the second smallest value",
    "scd|quantile-school|0.1": "the same",
    "scd|nps|low": "ours is cut at -100",
    "scd|nps|high": "ours is cut at 100",
}


def differing(found: Values, values: Values) -> tuple[int, list[str]]:
    """Return how many of R's numbers were compared and those that ours miss: by 1e-6, by 1e-4 for intervals of quantiles."""
    wrong, compared = [], 0
    for key, value in values.items():
        if "|target|" in key or key.endswith(("|scale", "|rscale")) or key.startswith(tuple(DIFFERENCES)):
            continue
        compared += 1
        ours = found.get(key, math.inf)
        close = 1e-4 if key.endswith(("|low", "|high")) and ("quantile" in key or "median" in key) else 1e-6
        fits = abs(ours - value) <= close * max(abs(value), 1e-9) if math.isfinite(value) else math.isnan(ours)
        if not fits:
            wrong.append(f"{key}: {ours!r} for {value!r}")
    return compared, wrong


def lonely_values(rows: Rows) -> Values:
    """Return our values for strata with one unit, under each policy."""
    found: Values = {}
    policies: tuple[Lonely, ...] = ("certainty", "remove", "adjust", "average")
    for policy in policies:
        made = given(rows["d"])
        assert isinstance(made, Calibration)
        design, cells = counted(Case("lone", strata=True), rows, made, policy)
        k = dict(zip(COLUMNS, (np.asarray(key, dtype=np.float64) for key in cells.keys), strict=True))
        put(found, f"lone-{policy}|mean", means(design, cells, k["y"], np.ones(len(cells.n)))[0])
        put(found, f"lone-{policy}|total", total(design, cells, k["y"], made.scale))
        put(found, f"lone-{policy}|ratio", ratio(design, cells, k["y"], k["x"]))
    return found
