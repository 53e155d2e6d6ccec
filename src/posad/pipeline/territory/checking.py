"""What ``posad check`` says of rules over the frame, of indicators, and of the presence of services."""

from __future__ import annotations

from pathlib import Path

from posad.core.place import Place
from posad.core.problems import Problem, problem
from posad.core.speech import has_errors
from posad.study.frame.plan.rules.position import POSITION, read_position
from posad.study.frame.plan.rules.strategies import STRATEGIES, read_strategies
from posad.study.frame.territories import TABLE
from posad.study.plans.values import Study
from posad.territory.indicators.presence import read_presence
from posad.territory.indicators.reading import ROOM, read_indicators
from posad.territory.position.placing import place_territories
from posad.territory.strategies.flags import find_strategies


def check_places(folder: Path, study: Study) -> list[Problem]:
    """Return what is wrong with frame/position.yaml, frame/strategies.yaml and the tables of ``indicators``.

    What is not there is not missed. Rules and tables need a frame: without one that is said of the tables, whose numbers belong to
    territories; rules may wait for it.
    """
    tables = (folder / ROOM).is_dir() and any((folder / ROOM).glob("*.csv"))
    rules = [(folder / name).exists() for name in (POSITION, STRATEGIES)]
    if study.frame is None:
        return [problem("frame-none", Place(TABLE), folder=folder.name)] if tables else []
    problems: list[Problem] = []
    if any(rules):
        plan, problems = read_position(folder, study.frame, study.languages)
        if plan is not None:
            positions = place_territories(study.frame, plan)
            problems += positions.problems
            strategies, wrong = read_strategies(folder, study.frame, plan, study.languages)
            problems += wrong
            if strategies is not None and not has_errors(problems):
                problems += find_strategies(positions, strategies).problems
    if tables:
        problems += read_indicators(folder, study.frame, study.languages)[1]
        problems += read_presence(folder, study.frame)[1]
    return problems
