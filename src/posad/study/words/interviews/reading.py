"""The folder ``interviews`` read into one value, with every mistake in every file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from posad.core.place import Place
from posad.core.problems import Problem, near, problem
from posad.core.speech import has_errors
from posad.study.words.interviews.cases import read_aliases, read_cases, read_memos
from posad.study.words.interviews.codings import read_codings
from posad.study.words.interviews.plan import read_codebook, read_plan
from posad.study.words.interviews.quotes import read_quotes
from posad.study.words.interviews.transcripts import labels_of, read_transcripts
from posad.study.words.interviews.values import Interviews

ROOM = "interviews"


def read_interviews(folder: Path, languages: tuple[str, ...]) -> tuple[Interviews | None, list[Problem]]:
    """Read the interviews of a study.

    Args:
        folder: The study's folder.
        languages: The study's languages, its own first.

    Returns:
        The interviews, or None where the study has none; and everything wrong with their files. What is wrong is left out, so that
        the rest can be looked at.
    """
    if not (folder / ROOM).is_dir():
        return None, []
    plan, problems = read_plan(folder, languages)
    codebook, wrong = read_codebook(folder, languages)
    problems += wrong
    unread = not codebook.codes and has_errors(wrong)  # then no code can be judged
    cases, wrong = read_cases(folder, plan, languages)
    problems += wrong
    labels = labels_of(plan.interviewer, plan.respondent, [c.speaker for c in cases])
    transcripts, wrong = read_transcripts(folder, labels)
    problems += wrong
    texts = {t.id: t for t in transcripts}
    codings, coded, wrong = read_codings(folder, None if unread else codebook, texts)
    problems += wrong
    quotes, wrong = read_quotes(folder, languages, texts, cases)
    problems += wrong
    memos, wrong = read_memos(folder)
    problems += wrong
    aliases, wrong = read_aliases(folder)
    problems += wrong
    found = Interviews(plan, codebook, cases, transcripts, codings, quotes, memos, aliases, languages, coded)
    return found, [*problems, *_together(found)]


def _together(interviews: Interviews) -> Iterator[Problem]:
    """Return what is wrong between files: transcripts of nobody, people without a transcript, memos about nothing."""
    spoken = {c.interview for c in interviews.cases}
    for case in interviews.cases:
        if case.interview not in interviews.texts and interviews.transcripts:
            facts = {"name": case.id, "interview": case.interview, "near": near(case.interview, interviews.texts)}
            yield problem("case-without-transcript", case.place, **facts)
    for t in interviews.transcripts:
        if t.id not in spoken:
            yield problem("transcript-without-case", Place(t.file), name=t.id)
    coded = {i for i, _ in interviews.coded}
    for case in interviews.cases:
        if case.consent == "none" and case.interview in coded:
            yield problem("case-coded-without-consent", case.place, name=case.id, interview=case.interview)
    known = {
        "project": [""],
        "code": list(interviews.codebook.by_id),
        "case": [c.id for c in interviews.cases],
        "interview": list(interviews.texts),
        "coder": list(interviews.coders),
    }
    for memo in interviews.memos:
        kind, _, name = memo.about.partition(":")
        if kind not in known:
            facts = {"name": memo.about, "near": near(kind, known)}
            yield problem("memo-about-unknown", memo.place, **facts)
        elif name not in known[kind] and kind != "project":
            yield problem("memo-about-unknown", memo.place, name=memo.about, near=near(name, known[kind]))
