"""Open what the data steps made, ready to be counted."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from posad.core.digests import digest_file
from posad.kernel.design import design_of
from posad.pipeline.values import WEIGHTED, WEIGHTS
from posad.processing.weighing import Weighed
from posad.simulation.standing import read_standings
from posad.store.duck import DuckEngine
from posad.store.values import EQUAL
from posad.study.plans import Study
from posad.tabulation.context import Context


def read_weighed(folder: Path) -> Mapping[str, Weighed]:
    """Return the diagnostics of every weight that was made."""
    made = json.loads((folder / WEIGHTS).read_text(encoding="utf-8"))
    return {name: Weighed.from_json(value) for name, value in made.items()}


def open_context(folder: Path, study: Study) -> Context:
    """Return the study with its weighted answers and the design of each weight."""
    engine = DuckEngine.open(folder / WEIGHTED)
    made = {name: w.design(engine) for name, w in read_weighed(folder).items() if w.method != "none"}
    if EQUAL in engine.weights():
        made[EQUAL] = design_of(engine.moments((), EQUAL))
    simulated = any(file.simulated for file in study.answers)
    digest = digest_file(folder / WEIGHTED)
    return Context(
        study, engine, made, simulated=simulated, standings=read_standings(folder, study)[0], data_digest=digest
    )
