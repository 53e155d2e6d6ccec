"""Read a study's sentences beside their meaning, and sign them."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from posad.claims.reading.signing import read_signatures, sign, with_signatures
from posad.claims.reading.values import Reading, readings_of
from posad.core.problems import Problem
from posad.core.words import Language
from posad.pipeline.stale.alone import asking
from posad.pipeline.stale.lock import read_lock
from posad.pipeline.steps.analysing import with_results
from posad.pipeline.steps.chapters import check_chapters
from posad.pipeline.verbs.ask import opened


@asking
def read_sentences(folder: Path, language: Language) -> tuple[tuple[Reading, ...], list[Problem]]:
    """Return every sentence that claims something, with its meaning in a language and its signature.

    Args:
        folder: The study.
        language: The language of the meaning.
    """
    context, problems = opened(folder)
    if context is None:
        return (), problems
    lock, found = read_lock(folder)
    problems += with_results(folder, context.study, context)[1]
    chapters = check_chapters(folder, context.study, context, lock)
    signatures, wrong = read_signatures(folder)
    readings = [r for checked in chapters.checked for r in readings_of(checked, language)]
    return with_signatures(readings, signatures), [*problems, *found, *chapters.problems, *wrong]


def sign_sentences(
    folder: Path, readings: Collection[Reading], who: str, when: str, only: Collection[str] = ()
) -> tuple[int, list[Problem]]:
    """Sign the sentences, all or those named by file, ``file:line`` or key; return how many were signed."""
    chosen = [r for r in readings if not only or any(_is(r, name) for name in only)]
    return sign(folder, chosen, who, when)


def _is(reading: Reading, name: str) -> bool:
    return name in (reading.key, reading.file, f"{reading.file}:{reading.place.line}")
