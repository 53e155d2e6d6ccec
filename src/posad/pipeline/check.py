"""Check a study: all its files at once, then its numbers where answers are there."""

from __future__ import annotations

from pathlib import Path

from posad.core.problems import Problem
from posad.pipeline.build import is_error, not_a_study, run_data_steps, unwritable
from posad.pipeline.stale.lock import read_lock
from posad.pipeline.steps.chapters import check_chapters
from posad.pipeline.steps.context import open_context
from posad.simulation.standing import read_standings
from posad.study.folder import read_study


def check(folder: Path) -> list[Problem]:
    """Return everything wrong with a study.

    Answers are coded, cleaned and weighed where that is stale, into ``build/``; nothing else is written. Chapters are checked
    even when the settings have mistakes, without their numbers.
    """
    wrong = not_a_study(folder)
    if wrong:
        return wrong
    study, problems = read_study(folder)
    if study is None:
        return list(problems)
    lock, found = read_lock(folder)
    problems = [*problems, *found]
    context = None
    if study.answers and not any(is_error(p) for p in problems):
        try:
            lock, _, found = run_data_steps(folder, study, lock)
        except OSError as error:
            found = [unwritable(folder, error)]
        problems += found
        if not any(is_error(p) for p in problems):
            context = open_context(folder, study)
            problems += read_standings(folder, study)[1]
    chapters = check_chapters(folder, study, context, lock)
    return list(dict.fromkeys([*problems, *chapters.problems]))
