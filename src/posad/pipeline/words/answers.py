"""Open answers of a study: what waits for a code, and codes written for it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from posad.core.place import Place
from posad.core.problems import Problem, near, problem
from posad.pipeline.verbs.build import not_a_study
from posad.study.folder import read_study
from posad.study.plans.values import Study
from posad.study.words.coding import CodeFrame, read_frames, same
from posad.words.alike import can_tell, extra_missing
from posad.words.answers.batches import Batch, batches_of, texts_of
from posad.words.interviews.editing import append_rows

COLUMNS = ("text", "codes", "coder")


def list_answers(folder: Path, name: str) -> tuple[tuple[Batch, ...], CodeFrame | None, list[Problem]]:
    """Return the words of a frame's question that nobody has coded, alike ones together, over all waves."""
    study, frame, problems = _frame(folder, name)
    if study is None or frame is None:
        return (), None, problems
    if not can_tell():
        return (), None, [extra_missing(Place(frame.coded_file))]
    from posad.pipeline.steps.data import code_file
    from posad.processing.coding.open_answers import waiting

    counts: dict[str, int] = {}
    firsts: dict[str, str] = {}
    for file in study.answers:
        columns, found = code_file(folder, study, file)
        problems += found
        for text, n in waiting(columns or {}, frame).items():
            first = firsts.setdefault(same(text), text)
            counts[first] = counts.get(first, 0) + n
    return batches_of(counts, {t: c for t, c in frame.texts.items() if c}), frame, problems


def code_answers(
    folder: Path, name: str, texts: Sequence[str], codes: str, coder: str, *, alike: bool = False
) -> tuple[tuple[str, ...], list[Problem]]:
    """Write codes for words into the frame's file of coded words; the rest of it stays byte for byte.

    Args:
        folder: The study.
        name: The frame: ``missing``, ``good.96``.
        texts: The words, as somebody wrote them.
        codes: Codes with semicolons between, or ``-`` where the words are no answer.
        coder: Who codes.
        alike: Whether the words of the same batch get the codes too.

    Returns:
        The words coded now, and what is wrong; then nothing was written.
    """
    batches, frame, problems = list_answers(folder, name)
    if frame is None:
        return (), problems
    known = {g.code for g in frame.variable.groups}
    parts = [p for p in codes.replace(",", ";").replace(" ", ";").split(";") if p]
    wrong = [p for p in parts if p != "-" and (not p.isdigit() or int(p) not in known)]
    if wrong or not parts or ("-" in parts and len(parts) > 1):
        facts = {"name": (wrong or [codes])[0], "known": ", ".join(map(str, sorted(known)))}
        return (), [problem("coding-answer-unknown", Place(frame.coded_file), **facts)]
    wanted = [t for text in texts for t in (texts_of(batches, text) if alike else (text,))]
    new = [t for t in dict.fromkeys(wanted) if same(t) not in frame.texts and same(t)]
    rows = [{"text": t, "codes": ";".join(parts), "coder": coder} for t in new]
    found = append_rows(folder, frame.coded_file, COLUMNS, rows) if rows else []
    return (() if found else tuple(new)), found


def _frame(folder: Path, name: str) -> tuple[Study | None, CodeFrame | None, list[Problem]]:
    wrong = not_a_study(folder)
    if wrong:
        return None, None, wrong
    study, problems = read_study(folder)
    if study is None:
        return None, None, problems
    frames, _ = read_frames(folder, study.languages, study.questionnaire)
    frame = next((f for f in frames if f.name == name), None)
    if frame is None:
        names = [f.name for f in frames]
        facts = {"name": name, "known": ", ".join(names) or "–", "near": near(name, names)}
        return study, None, [problem("coding-frame-none", Place("coding"), **facts)]
    return study, frame, []


__all__ = ["code_answers", "list_answers"]
