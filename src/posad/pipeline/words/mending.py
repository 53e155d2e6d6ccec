"""Codings whose words have changed, written anew; quotes approved."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from posad.core.place import Place
from posad.core.problems import Problem, near, problem
from posad.core.speech import has_errors
from posad.pipeline.words.opening import open_folder
from posad.study.words.interviews.quotes import QUOTES
from posad.words.interviews.anchoring import Anchor, mended
from posad.words.interviews.editing import approve, replace_codings

_TO_SETTLE = ("quote-not-approved", "quote-changed")


def anchor_interviews(folder: Path, write: bool) -> tuple[tuple[Anchor, ...], int, list[Problem]]:
    """Return the codings that are not where they were, and write the sound ones anew.

    Args:
        folder: The study.
        write: Whether files are changed: paragraph, quote and occurrence of moved and alike codings.

    Returns:
        Every doubtful coding; how many rows were written; what is wrong.
    """
    opened, problems = open_folder(folder)
    if opened is None:
        return (), 0, problems
    doubtful = tuple(a for a in opened.anchors if a.how != "exact")
    pairs = [(a.coding, mended(a)) for a in doubtful if a.sound]
    if not write or not pairs:
        return doubtful, 0, problems
    wrong = replace_codings(folder, pairs)
    if wrong:
        return doubtful, 0, [*problems, *wrong]
    told = [p for p in problems if p.code not in ("coding-moved", "coding-alike", "codings-more")]
    return doubtful, len(pairs), told


def approve_quotes(folder: Path, names: Sequence[str], who: str, when: str) -> tuple[tuple[str, ...], list[Problem]]:
    """Note that somebody lets quotes be printed; one with anything else wrong is not approved.

    Args:
        folder: The study.
        names: Ids of quotes; all that wait where none is named.
        who: Whoever approves.
        when: The date.

    Returns:
        The ids approved now, and why others were not.
    """
    opened, _ = open_folder(folder)
    if opened is None:
        return (), open_folder(folder)[1]
    known = [q.quote.id for q in opened.quotes]
    problems = [
        problem("claim-interview-unknown", Place(QUOTES), name=n, near=near(n, known)) for n in names if n not in known
    ]
    wanted = [q for q in opened.quotes if not names or q.quote.id in names]
    ready = []
    for q in wanted:
        waits = any(p.code in _TO_SETTLE for p in q.problems)
        others = [p for p in q.problems if p.code not in _TO_SETTLE]
        problems += others
        if waits and not has_errors(others):
            ready.append(q)
    if problems_of_writing := (approve(folder, ready, who, when) if ready else []):
        return (), [*problems, *problems_of_writing]
    return tuple(q.quote.id for q in ready), problems
