"""Doubtful interviews of a field, the decisions of the cleaning meeting, and the questionnaire with interim results."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

from posad.core.place import Place
from posad.core.problems import Problem, problem
from posad.core.speech import has_errors
from posad.fieldwork.ledger import Ledger
from posad.fieldwork.ledger.commands import Mark, Reject
from posad.fieldwork.quality.cases import decisions, page, sheet
from posad.fieldwork.quality.effects import effects
from posad.fieldwork.quality.flagging import flag
from posad.fieldwork.quality.topline import topline
from posad.fieldwork.quality.tracing import traces
from posad.fieldwork.values import REHEARSAL, Flag, Outcome, Unavailable
from posad.pipeline.field.opening import opened
from posad.study.folder import read_study
from posad.study.plans.values import Study
from posad.study.rules import rules_of

R = TypeVar("R")
SHEET, PAGE = "field/cases.csv", "field/cases.md"


@dataclass(frozen=True, slots=True)
class Judged:
    """Which interviews are doubtful, and the files in which the meeting finds them."""

    problems: tuple[Problem, ...]
    completes: int = 0
    flags: Mapping[str, tuple[Flag, ...]] = field(default_factory=dict)
    files: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Told:
    """A text, or what stood in its way."""

    problems: tuple[Problem, ...]
    text: str = ""
    count: int = 0


def judge_field(folder: Path, at: float, database: str = "") -> Judged:
    """Mark the doubtful completes of a field and write the case sheet of the cleaning meeting; nothing is deleted."""

    def done(study: Study, ledger: Ledger) -> Judged:
        with ledger.reading() as tx:
            found = traces(tx)
        flags = flag(rules_of(study), found, study.cleaning)
        for trace in found:
            ledger.do(Mark(at, trace.id, flags.get(trace.id, ())))
        moved = effects(study.questionnaire, found, flags) if flags else []
        for name, text in ((SHEET, sheet(found, flags)), (PAGE, page(found, flags, moved, study.languages[0]))):
            (folder / name).parent.mkdir(mode=0o700, exist_ok=True)
            (folder / name).write_text(text, encoding="utf-8")
        return Judged((), len(found), flags, (SHEET, PAGE))

    return _with(folder, database, done, lambda problems: Judged(tuple(problems)))


def decide_field(folder: Path, file: Path, at: float, who: str, database: str = "") -> Told:
    """Carry out what a cleaning meeting decided: rejected completes are taken out, each with its reason; their places are free."""
    try:
        text = file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        return Told((problem("cases-unreadable", Place(file.name), reason=str(error)),))
    found, problems = decisions(text, file.name)
    if has_errors(problems):
        return Told(tuple(problems))

    def done(study: Study, ledger: Ledger) -> Told:
        wrong: list[Problem] = []
        rejected = 0
        for one in found:
            outcome = ledger.do(Reject(at, one.interview, who, one.reason)) if one.reject else Outcome.AGAIN
            rejected += outcome is Outcome.DONE
            if outcome not in (Outcome.DONE, Outcome.AGAIN):
                wrong.append(problem("field-no-interview", Place(file.name), name=one.interview))
        return Told(tuple(wrong), count=rejected)

    return _with(folder, database, done, lambda problems: Told(tuple(problems)))


def topline_of(folder: Path, language: str, at: float, database: str = "") -> Told:
    """Return the questionnaire of a study with the results of its completes so far."""

    def done(study: Study, ledger: Ledger) -> Told:
        with ledger.reading() as tx:
            found = traces(tx)
        invented = any(t.interview.entry.get("device") == REHEARSAL for t in found)
        moment = datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%d %H:%M UTC")
        known = language if language in study.languages else study.languages[0]
        return Told((), topline(study.questionnaire, found, known, moment, simulated=invented), len(found))

    return _with(folder, database, done, lambda problems: Told(tuple(problems)))


def _with(folder: Path, database: str, done: Callable[[Study, Ledger], R], failed: Callable[[list[Problem]], R]) -> R:
    """Do something with a study and its ledger, or tell why neither could be opened."""
    study, problems = read_study(folder)
    if study is None or has_errors(problems):
        return failed(problems)
    with opened(folder, database) as (ledger, wrong):
        if ledger is None:
            return failed(wrong)
        try:
            return done(study, ledger)
        except Unavailable as error:
            return failed([error.problem])
