"""What the numbers of simulated answers stand on: printed somewhere, assumed by us, or merely come out.

The manifest of the simulation tells; it counts only while the answers are those it was written for.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Literal

from posad.core.digests import digest_file
from posad.core.place import Place
from posad.core.problems import Problem, problem
from posad.simulation.values import ANSWERS, MANIFEST
from posad.simulation.writing import digests
from posad.study.addresses import Resolved, ResolvedTerm, address_of, canonical, parse_address, resolve
from posad.study.plans.values import Study
from posad.study.plans.variables import nets_of
from posad.study.questionnaire.codes import measure_word

Standing = Literal["published", "assumed", "emergent"]


def read_standings(folder: Path, study: Study) -> tuple[Mapping[str, Standing] | None, list[Problem]]:
    """Return what the numbers of a study's simulated answers stand on, by canonical address; those not named are emergent.

    Nothing is returned where the answers are real, or invented elsewhere: then only the mark says that they are no people's.

    Args:
        folder: The study's folder.
        study: The study.
    """
    made = next((a for a in study.answers if a.simulated and a.path == ANSWERS), None)
    if made is None:
        return None, []
    others = [a.path for a in study.answers if a is not made]
    if others:
        return {}, [problem("simulation-not-alone", Place(others[0]), names=", ".join(others))]
    path = folder / MANIFEST
    if not path.is_file():
        return {}, [problem("simulation-no-manifest", made.place)]
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
        cells, seen, made_from = dict(told["cells"]), told["answers"]["sha256"], dict(told["made_from"])
        counted = bool(told["respondents"]["source"])
    except (ValueError, KeyError, TypeError):
        return {}, [problem("simulation-manifest-unreadable", Place(MANIFEST))]
    if digest_file(folder / ANSWERS) != seen:
        return {}, [problem("simulation-answers-changed", Place(ANSWERS))]
    stale = [name for name, digest in digests(folder).items() if made_from.get(name) != digest]
    problems = [problem("simulation-stale", Place(name), name=name) for name in stale]
    found: dict[str, Standing] = {"n": "published"} if counted else {}
    for address, cell in cells.items():
        standing = cell.get("standing") if isinstance(cell, dict) else None
        if standing in ("published", "assumed"):
            for name in same_cells(address, study):
                found[name] = standing
    return found, problems


def same_cells(address: str, study: Study) -> tuple[str, ...]:
    """Return the canonical addresses of all numbers that are the same cell as one: a code, and the nets that hold only it."""
    place = Place(MANIFEST)
    parsed, _ = parse_address(address, place)
    resolved = resolve(parsed, study, place)[0] if parsed is not None else None
    if resolved is None:
        return ()
    if resolved.second is not None:
        return _joined(resolved, study)
    return tuple(dict.fromkeys(_names(resolved.first, study)))


def _joined(resolved: Resolved, study: Study) -> tuple[str, ...]:
    return (canonical(resolved, study),)


def _names(term: ResolvedTerm, study: Study) -> list[str]:
    waves = [term.wave, *(study.wave_ids() if len(study.wave_ids()) == 1 else ())]
    measures: list[str] = [term.measure.id]
    if term.measure.kind == "share":
        nets = nets_of(term.item, study.nets)
        measures += [measure_word(term.item, term.measure.codes)]
        measures += [name for name, net in nets.items() if set(net.codes) == set(term.measure.codes)]
    return [
        address_of(study, term.item, measure, term.variable, term.group, wave) for measure in measures for wave in waves
    ]
