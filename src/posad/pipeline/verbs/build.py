"""Build a study: do the steps that are stale, say why, and put a new report in place only when nothing is wrong."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from posad import __version__
from posad.core.catalogue import CATALOGUE
from posad.core.digests import digest_file, digest_of
from posad.core.place import Place
from posad.core.problems import Problem, problem
from posad.pipeline.stale.alone import alone
from posad.pipeline.stale.decide import Reason, reasons
from posad.pipeline.stale.keeping import way_of_counting
from posad.pipeline.stale.lock import Lock, StepRecord, read_lock, write_lock
from posad.pipeline.steps.analysing import ANALYSES, read_whole, with_results
from posad.pipeline.steps.books import TABLES
from posad.pipeline.steps.chapters import mend_chapters
from posad.pipeline.steps.context import book_of, open_context
from posad.pipeline.steps.data import DATA_STEPS
from posad.pipeline.steps.publishing import publish_draft, publish_step
from posad.pipeline.steps.writing import CLAIMS, DRAFT, remembered_changes
from posad.pipeline.values import BUILD, BuildResult, Decision, Outcome, Step
from posad.study.folder import read_study
from posad.study.plans.values import Study

Progress = Callable[[Decision], None]
MEMORY = "build/problems"


def build(
    folder: Path,
    *,
    write: bool = False,
    accept: bool = False,
    keep_going: bool = False,
    progress: Progress = lambda decision: None,
) -> BuildResult:
    """Build the study in a folder.

    Args:
        folder: the study's folder.
        write: mend false and stale numbers of the prose in place before the report is made.
        accept: with ``write``, also those whose definition changed.
        keep_going: when there are errors, write what can be shown as a draft beside the good report.
        progress: told of each step as soon as it is decided.
    """
    wrong = not_a_study(folder)
    if wrong:
        return BuildResult(tuple(wrong))
    study, problems = read_whole(folder)
    if study is None or (any(is_error(p) for p in problems) and not keep_going):
        return BuildResult(tuple(problems))
    try:
        with alone(folder) as busy:
            if busy:
                return BuildResult((*problems, busy))
            (folder / DRAFT).unlink(missing_ok=True)
            return _build(folder, study, problems, (write, accept, keep_going), progress)
    except OSError as error:
        return BuildResult((*problems, unwritable(folder, error)))


def unwritable(folder: Path, error: OSError) -> Problem:
    """Return the problem of a file of the study that could not be written or read while the study was worked on."""
    place = Place(_relative(folder, error.filename))
    return problem("disk-unwritable", place, file=place.file, why=error.strerror or str(error))


def not_a_study(folder: Path) -> list[Problem]:
    """Return why a folder cannot be read as a study at all; nothing when it can."""
    if not folder.is_dir():
        code = "folder-is-a-file" if folder.exists() else "folder-not-found"
        return [problem(code, Place(folder.name), folder=str(folder))]
    if not (folder / "study.yaml").is_file():
        return [problem("folder-not-a-study", Place("study.yaml"), folder=str(folder))]
    return []


def is_error(found: Problem) -> bool:
    """Tell whether a problem stops a build."""
    return CATALOGUE[found.code].severity == "error"


def run_data_steps(
    folder: Path, study: Study, lock: Lock, progress: Progress = lambda decision: None
) -> tuple[Lock, list[Decision], list[Problem]]:
    """Do the stale steps from raw answers to weighted ones; stop at the first that fails."""
    decisions: list[Decision] = []
    problems: list[Problem] = []
    for step in DATA_STEPS if study.answers else ():
        lock, decision, found = run_step(folder, study, step, lock, progress)
        decisions.append(decision)
        problems += found
        if any(is_error(p) for p in found):
            break
    return lock, decisions, problems


def run_step(
    folder: Path, study: Study, step: Step, lock: Lock, progress: Progress
) -> tuple[Lock, Decision, list[Problem]]:
    """Do a step if it is stale; return what it met, remembered from the last time if it is fresh."""
    needs = needs_of(folder, step, lock)
    record = lock.steps.get(step.name)
    why = reasons(needs, record, folder)
    met, other = _recall(folder, step.name) if not why else (None, None)
    why = (*why, *((other,) if other else ()))
    decision = Decision(step.name, step.title, why)
    progress(decision)
    if met is not None:
        return lock, decision, met
    outcome = step.do(folder, study)
    if any(is_error(p) for p in outcome.problems):
        return lock, decision, list(outcome.problems)
    _note(folder, step.name, outcome)
    made = {name: digest_file(folder / name) for name in outcome.made}
    _remove_old(folder, record, made)
    lock = lock.with_step(step.name, StepRecord(needs, made)).with_rows(outcome.rows)
    write_lock(folder, lock)
    return lock, decision, list(outcome.problems)


def _remove_old(folder: Path, record: StepRecord | None, made: dict[str, str]) -> None:
    """Remove what a step made the last time and makes no more, so that no old table or report lies beside the new ones."""
    for name in record.made if record is not None else ():
        if name not in made and name.startswith(f"{BUILD}/"):
            (folder / name).unlink(missing_ok=True)


def needs_of(folder: Path, step: Step, lock: Lock) -> dict[str, str]:
    """Return all that a step is made from, by name and digest."""
    needs = {"posad": f"{__version__}/{step.version}"}
    for pattern in step.files:
        for path in sorted(folder.glob(pattern)):
            if path.is_file() and not path.name.startswith("."):
                needs[path.relative_to(folder).as_posix()] = digest_file(path)
    for earlier in step.after:
        record = lock.steps.get(earlier)
        needs[f"step {earlier}"] = digest_of(dict(record.made)) if record else ""
    return needs


def _build(
    folder: Path, study: Study, problems: list[Problem], wishes: tuple[bool, bool, bool], progress: Progress
) -> BuildResult:
    write, accept, keep_going = wishes
    lock, found = read_lock(folder)
    problems = [*problems, *found]
    lock, decisions, found = run_data_steps(folder, study, lock, progress)
    problems += found
    if any(is_error(p) for p in found):
        return _failed(folder, problems, decisions)
    if any(is_error(p) for p in problems):  # of the study's files: only where the build keeps going
        return _drafted(folder, study, lock, problems, decisions)
    mended: tuple[str, ...] = ()
    if write and study.answers:
        book = book_of(folder, study)
        context = open_context(folder, study, book)
        with_results(folder, study, context)  # what is wrong with them their own step tells
        mended, found = mend_chapters(folder, study, context, lock, accept)
        book.save()
        if found:
            return _failed(folder, [*problems, *found], decisions)
        again, _ = read_study(folder)
        study = again or study
    analyses = (ANALYSES,) if study.analyses or ANALYSES.name in lock.steps else ()
    for step in (TABLES, *analyses, publish_step(lock)) if study.answers else (publish_step(lock),):
        lock, decision, found = run_step(folder, study, step, lock, progress)
        decisions.append(decision)
        problems += found
        if any(is_error(p) for p in found):
            fail = _drafted if keep_going else _stopped
            return fail(folder, study, lock, problems, decisions)
    return _finished(folder, lock, problems, decisions, mended)


def _finished(
    folder: Path, lock: Lock, problems: list[Problem], decisions: list[Decision], mended: tuple[str, ...]
) -> BuildResult:
    lock = lock.with_claims(json.loads((folder / CLAIMS).read_text(encoding="utf-8")))
    write_lock(folder, lock.with_changes(remembered_changes(folder)))
    reports = tuple(n for n in lock.steps["report"].made if n.endswith(".html"))
    return BuildResult(tuple(problems), tuple(decisions), reports, mended)


def _stopped(folder: Path, study: Study, lock: Lock, problems: list[Problem], decisions: list[Decision]) -> BuildResult:
    return _failed(folder, problems, decisions)


def _drafted(folder: Path, study: Study, lock: Lock, problems: list[Problem], decisions: list[Decision]) -> BuildResult:
    """Build the rest of a study with errors: a draft that names them; the build has failed all the same."""
    name, problems = publish_draft(folder, study, lock, problems)
    return replace(_failed(folder, problems, decisions), drafts=(name,))


def _failed(folder: Path, problems: list[Problem], decisions: list[Decision]) -> BuildResult:
    step = decisions[-1].step if decisions else "read"
    return BuildResult((*problems, problem("build-failed", Place(BUILD), step=step)), tuple(decisions))


def _note(folder: Path, step: str, outcome: Outcome) -> None:
    """Keep what a step that was done met, so that a later build which finds it fresh can say it again.

    A failed step leaves no note: once its files are put back the step is fresh, and the old note is the true one.
    """
    told = [
        {"code": p.code, "place": [p.place.file, p.place.line, p.place.column], "facts": dict(p.facts)}
        for p in outcome.problems
    ]
    path = folder / MEMORY / f"{step}.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    kept = {"made_by": way_of_counting(), "problems": told}  # not in the lock: that is the same on every machine
    path.write_text(json.dumps(kept, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _recall(folder: Path, step: str) -> tuple[list[Problem] | None, Reason | None]:
    """Return what a step met when it was last done, or why it must be done again.

    Its memory may be lost, and no warning must be lost with it; or it was done by other code, which may have counted or drawn otherwise.
    """
    try:
        kept = json.loads((folder / MEMORY / f"{step}.json").read_text(encoding="utf-8"))
        if kept["made_by"] != way_of_counting():
            return None, Reason("changed", "posad")
        found = [Problem(k["code"], Place(*k["place"]), k["facts"]) for k in kept["problems"]]
        return [p for p in found if CATALOGUE[p.code].severity != "note"], None
    except (OSError, ValueError, KeyError, TypeError):
        return None, Reason("result_missing", f"{MEMORY}/{step}.json")


def _relative(folder: Path, name: object) -> str:
    path = Path(str(name or ""))
    return path.relative_to(folder).as_posix() if path.is_relative_to(folder) else str(path)
