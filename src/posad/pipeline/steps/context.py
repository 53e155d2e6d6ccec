"""Open what the data steps made, ready to be counted."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import partial
from pathlib import Path

from posad.core.digests import digest_file, digest_of
from posad.core.problems import Problem
from posad.kernel.design import design_of
from posad.pipeline.stale.keeping import Book, world_of
from posad.pipeline.values import WEIGHTED, WEIGHTS
from posad.processing.weighing import Weighed
from posad.simulation.standing import Standing, read_standings
from posad.store.values import EQUAL
from posad.study.plans.values import Study
from posad.tabulation.context import Context, Memory, Opened


def read_weighed(folder: Path) -> Mapping[str, Weighed]:
    """Return the diagnostics of every weight that was made."""
    made = json.loads((folder / WEIGHTS).read_text(encoding="utf-8"))
    return {name: Weighed.from_json(value) for name, value in made.items()}


def open_context(
    folder: Path,
    study: Study,
    memory: Memory | None = None,
    stood: tuple[Mapping[str, Standing] | None, list[Problem]] | None = None,
) -> Context:
    """Return the study with its weighted answers and the design of each weight; they are opened when a number is first asked for.

    Args:
        folder: The study, its answers weighed.
        study: The study as read.
        memory: What was computed from these answers before, as :func:`book_of` gives it.
        stood: What simulated numbers stand on, where it was read already.
    """
    simulated = any(file.simulated for file in study.answers)
    digest = digest_file(folder / WEIGHTED)
    standings = (stood or read_standings(folder, study))[0]
    return Context(
        study, partial(_open, folder), simulated=simulated, standings=standings, data_digest=digest, memory=memory
    )


def book_of(folder: Path, study: Study) -> Book:
    """Return the book of what was computed from the weighted answers of a study before."""
    data = digest_of([digest_file(folder / name) for name in (WEIGHTED, WEIGHTS)])
    return Book(folder, world_of(study, data, any(file.simulated for file in study.answers)))


def _open(folder: Path) -> Opened:
    from posad.store.duck import DuckEngine

    engine = DuckEngine.open(folder / WEIGHTED)
    made = {name: w.design(engine) for name, w in read_weighed(folder).items() if w.method != "none"}
    if EQUAL in engine.weights():
        made[EQUAL] = design_of(engine.moments((), EQUAL))
    return engine, made
