"""The scenario, the chain and the decomposition of the flagship for R: their people and columns, and our numbers by R's names."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from posad.analysis.values import Declared, Result
    from posad.tabulation.context import Context

Columns = Mapping[str, np.ndarray[Any, Any]]
Pairs = dict[str, tuple[float, float]]
DID = {
    "clinic": "svyglm, influences with svytotal",
    "moods": "svyglm, influences with svytotal",
    "chain": "the equation of the wish to leave with svyglm",
}


def columns(context: Context) -> dict[str, Columns]:
    """Return, for each analysis, who is inside and the columns of its model."""
    from posad.analysis.kinds.causes.chain.modelling import people
    from posad.analysis.linear.fitting.gathering import gather
    from posad.tabulation.cells import chosen

    clinic, moods, chain = (_declared(context, id) for id in ("clinic", "moods", "chain"))
    data, _ = gather(context, clinic.plan.regression, clinic.place, "clinic", clinic.plan.suspects)
    assert data is not None
    at = data.columns_of(clinic.plan.what)[0]
    found: dict[str, Columns] = {
        "clinic": {
            "inside": data.inside,
            "y": data.y,
            "a": data.x[:, at],
            **_numbered(np.delete(data.x, [0, at], axis=1)),
        }
    }
    plan = moods.plan
    parts, _ = gather(
        context, plan.regression, moods.place, "moods", among=(plan.variable, (plan.first, *plan.seconds))
    )
    assert parts is not None
    first = chosen(parts.cut, context.items[plan.variable], (plan.first,)) & parts.inside
    found["moods"] = {"inside": parts.inside, "y": parts.y, "first": first, **_numbered(parts.x[:, 1:])}
    who, _ = people(context, chain.plan, chain.place, "chain")
    assert who is not None
    links = [link.id for layer in chain.plan.whole for link in layer]
    found["chain"] = {
        "inside": who.inside, **{f"l_{id}": who.links[id] for id in links}, **_numbered(who.controls[:, 1:])
    }  # fmt: skip
    return found


def numbers(id: str, result: Result) -> Pairs:
    """Return the numbers of an analysis that R has too, with their errors."""
    names = {
        "clinic": ("now", "would", "change"),
        "moods": ("gap", "composition", "rest"),
        "chain": tuple(f"{s}.intention" for s in ("use", "online", "comfort", "novelty", "progress", "loyalty")),
    }
    found = {}
    for name in names.get(id, ()):
        estimate = result.facts[f"analysis:{id}/{name}"].estimate
        if estimate.value is not None and estimate.se is not None:
            found[f"{id}/{name}"] = estimate.value, estimate.se
    return found


def write(context: Context, folder: Path) -> None:
    """Write the columns of each analysis for R."""
    for id, table in columns(context).items():
        whole = np.column_stack([np.asarray(c, dtype=np.float64) for c in table.values()])
        np.savetxt(folder / f"{id}.csv", whole, fmt="%.17g", delimiter=",", header=",".join(table), comments="")


def _declared(context: Context, id: str) -> Declared:
    from posad.analysis.declaring import read_plans

    return read_plans(context.study, only=id)[0][0]


def _numbered(x: np.ndarray[Any, Any]) -> dict[str, np.ndarray[Any, Any]]:
    return {f"x{k}": x[:, k - 1] for k in range(1, x.shape[1] + 1)}
