"""A panel's file held against the ledger of a study."""

from __future__ import annotations

from pathlib import Path

from posad.core.place import Place
from posad.core.problems import Problem, near, problem
from posad.core.reading.csvs import read_csv
from posad.core.speech import has_errors
from posad.fieldwork.ledger import reading
from posad.fieldwork.panels.reading import read_panels
from posad.fieldwork.panels.reconciling import Reconciled, reconcile
from posad.fieldwork.panels.values import Panel
from posad.fieldwork.values import Unavailable
from posad.pipeline.field.opening import opened
from posad.study.folder import read_study


def reconcile_file(
    folder: Path, file: Path, panel: str = "", database: str = "", id: str = "id", status: str = "status"
) -> tuple[Reconciled | None, list[Problem]]:
    """Hold a panel's file against the ledger.

    Args:
        folder: The study's folder.
        file: The panel's list of its respondents, CSV.
        panel: Which panel of field.yaml it is of; the only one if empty.
        database: Another place of the ledger than the folder's file.
        id: The file's column of ids.
        status: The file's column of statuses.
    """
    study, problems = read_study(folder)
    if study is None or has_errors(problems):
        return None, problems
    panels, _, problems = read_panels(folder, study.languages)
    problems = [p for p in problems if has_errors([p])]
    chosen, wrong = _chosen(panels, panel)
    problems += wrong
    table, wrong = read_csv(file, file.name)
    problems += wrong
    if chosen is None or table is None or has_errors(problems):
        return None, problems
    with opened(folder, database) as (ledger, wrong):
        if ledger is None:
            return None, wrong
        try:
            with ledger.reading() as tx:
                everybody = reading.interviews(tx)
        except Unavailable as error:
            return None, [error.problem]
    found, wrong = reconcile(chosen, everybody, table, file.name, id, status)
    return found, problems + wrong


def _chosen(panels: dict[str, Panel], name: str) -> tuple[Panel | None, list[Problem]]:
    if not name and len(panels) == 1:
        return next(iter(panels.values())), []
    if name in panels:
        return panels[name], []
    facts = {"name": name, "known": ", ".join(panels) or "–", "near": near(name, panels)}
    return None, [problem("panel-unknown", Place("field.yaml"), **facts)]
