"""Which part of a study a number can depend on, and digests of it: made once for each study as read."""

from __future__ import annotations

from dataclasses import replace

from posad.core.digests import digest_of
from posad.study.plans.values import Study


def numbers_see(study: Study) -> Study:
    """Return a study as its numbers see it: without chapters, charts, books, colours and the folder it lies in."""
    return replace(study, folder="", look={}, chapters=(), figures=(), books=())


def digest_for_numbers(study: Study) -> str:
    """Return the digest of all of a study that a number can depend on."""
    if "digest for numbers" not in study.memo:
        study.memo["digest for numbers"] = digest_of(numbers_see(study))
    return str(study.memo["digest for numbers"])


def digest_of_study(study: Study) -> str:
    """Return the digest of a whole study as read, wherever it lies; the texts of its chapters are not in it."""
    if "digest" not in study.memo:
        others = [study.look, study.chapters, study.figures, study.books]
        study.memo["digest"] = digest_of([digest_for_numbers(study), *others])
    return str(study.memo["digest"])
