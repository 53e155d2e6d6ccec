"""What those who run a field do to it: look, amend, pause, reject, bring answers home, close."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from posad.core.place import Place
from posad.core.problems import Problem, problem
from posad.core.speech import has_errors
from posad.fieldwork.ledger import Ledger, reading
from posad.fieldwork.ledger.commands import Pause, Rebuild, Reject
from posad.fieldwork.quotas import arrange
from posad.fieldwork.values import Count, Outcome, Unavailable
from posad.pipeline.field.opening import opened
from posad.pipeline.field.quotas import read_quotas
from posad.pipeline.field.snapshots import Snapshot, snapshot
from posad.study.folder import read_study


@dataclass(frozen=True, slots=True)
class Standing:
    """How a field stands: cells with their counts, interviews by status, whether it is paused, its stage."""

    problems: tuple[Problem, ...]
    cells: tuple[Count, ...] = ()
    statuses: Mapping[str, int] = field(default_factory=dict)
    stage: str = ""
    paused: bool = False


def look(folder: Path, database: str = "") -> Standing:
    """Return how the field of a study stands."""
    with opened(folder, database) as (ledger, problems):
        if ledger is None:
            return Standing(tuple(problems))
        try:
            return standing(ledger)
        except Unavailable as error:
            return Standing((error.problem,))


def standing(ledger: Ledger) -> Standing:
    """Return how the field of a ledger stands."""
    with ledger.reading() as tx:
        state = reading.state(tx)
        statuses: dict[str, int] = {}
        for (_, _, status), n in reading.tally(tx).items():
            statuses[status] = statuses.get(status, 0) + n
        return Standing((), tuple(reading.counts(tx)), statuses, state.stage, state.paused)


def _done(folder: Path, database: str, what: Callable[[Ledger], list[Problem]]) -> list[Problem]:
    with opened(folder, database) as (ledger, problems):
        if ledger is None:
            return problems
        try:
            return [*problems, *what(ledger)]
        except Unavailable as error:
            return [error.problem]


def apply_plan(folder: Path, at: float, who: str, database: str = "") -> list[Problem]:
    """Set the quotas of a running field as field.yaml has them now; nobody inside is sent away."""
    study, problems = read_study(folder)
    if study is None or has_errors(problems):
        return problems
    quotas, wrong = read_quotas(folder, study)
    if quotas is None:
        return [*problems, *wrong]
    why = quotas.plan.amendments[-1].why.get(study.languages[0]) if quotas.plan.amendments else ""

    def arranged(ledger: Ledger) -> list[Problem]:
        arrange(ledger, quotas, at, who, why)
        return []

    return [*wrong, *_done(folder, database, arranged)]


def pause(
    folder: Path, cell: str, paused: bool, at: float, who: str, why: str = "", database: str = ""
) -> list[Problem]:
    """Pause or resume a cell, or (an empty name) the whole field."""

    def done(ledger: Ledger) -> list[Problem]:
        if ledger.do(Pause(at, cell, paused, who, why)) is not Outcome.UNKNOWN:
            return []
        with ledger.reading() as tx:
            known = ", ".join(c.cell.id for c in reading.counts(tx))
        return [problem("field-no-cell", Place("field.yaml"), name=cell, known=known)]

    return _done(folder, database, done)


def reject(folder: Path, ids: Sequence[str], at: float, who: str, why: str, database: str = "") -> list[Problem]:
    """Take completes out for their quality; their places are free again, their answers stay in the ledger."""

    def done(ledger: Ledger) -> list[Problem]:
        outcomes = {id: ledger.do(Reject(at, id, who, why)) for id in ids}
        good = (Outcome.DONE, Outcome.AGAIN)
        return [problem("field-no-interview", Place("ledger"), name=id) for id, o in outcomes.items() if o not in good]

    return _done(folder, database, done)


def bring_home(
    folder: Path, at: float, wave: str | None = None, database: str = "", *, close: bool = False
) -> Snapshot:
    """Write the answers of the field into the study; ``close`` pauses the whole field first and counts its cells anew."""
    study, problems = read_study(folder)
    if study is None or has_errors(problems):
        return Snapshot(tuple(problems))
    with opened(folder, database) as (ledger, wrong):
        if ledger is None:
            return Snapshot(tuple(wrong))
        try:
            if close:
                ledger.do(Pause(at, "", True, "posad", "field closed"))
                ledger.do(Rebuild(at))
            return snapshot(folder, study, ledger, at, wave)
        except Unavailable as error:
            return Snapshot((error.problem,))
