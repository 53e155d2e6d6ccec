"""Check a study: all its files at once, then its numbers where answers are there."""

from __future__ import annotations

from pathlib import Path

from posad.core.problems import Problem
from posad.pipeline.field.quotas import check_field
from posad.pipeline.stale.alone import asking
from posad.pipeline.stale.lock import read_lock
from posad.pipeline.steps.analysing import read_whole, with_results
from posad.pipeline.steps.chapters import check_chapters
from posad.pipeline.steps.context import book_of, open_context
from posad.pipeline.territory.checking import check_places
from posad.pipeline.verbs.build import is_error, not_a_study, run_data_steps, unwritable
from posad.simulation.standing import read_standings


@asking
def check(folder: Path) -> list[Problem]:
    """Return everything wrong with a study.

    Answers are coded, cleaned and weighed where that is stale, into ``build/``; nothing else is written. Chapters are checked
    even when the settings have mistakes, without their numbers.
    """
    wrong = not_a_study(folder)
    if wrong:
        return wrong
    study, problems = read_whole(folder)
    if study is None:
        return list(problems)
    lock, found = read_lock(folder)
    problems = [*problems, *found]
    context, book = None, None
    if study.answers and not any(is_error(p) for p in problems):
        try:
            lock, _, found = run_data_steps(folder, study, lock)
        except OSError as error:
            found = [unwritable(folder, error)]
        problems += found
        if not any(is_error(p) for p in problems):
            book, stood = book_of(folder, study), read_standings(folder, study)
            context = open_context(folder, study, book, stood)
            problems += stood[1]
            problems += with_results(folder, study, context)[1]
    chapters = check_chapters(folder, study, context, lock)
    if book is not None:
        book.save()
    return list(
        dict.fromkeys([*problems, *check_places(folder, study), *check_field(folder, study), *chapters.problems])
    )
