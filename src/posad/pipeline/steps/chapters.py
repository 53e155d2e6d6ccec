"""The chapters against the answers: read, checked, mended, remembered."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from posad.claims.language.checking import check_names
from posad.claims.numbers.refreshing import refresh
from posad.claims.prose import check_chapter
from posad.claims.reading.signing import read_signatures, signature_problems, with_signatures
from posad.claims.reading.values import readings_of
from posad.claims.values import Checked, Remembered
from posad.core.edits import apply_edits
from posad.core.problems import Problem
from posad.core.reading.texts import Source, read_source
from posad.core.words import LocalText
from posad.evidence.words.quotes import QuoteFact, quote_facts
from posad.evidence.words.tables import WordTable
from posad.pipeline.stale.lock import Lock
from posad.pipeline.words.opening import open_interviews
from posad.pipeline.words.pathways import weigh_pathways
from posad.study.plans.values import Study
from posad.tabulation.context import Context

UNANSWERED = "claim-no-answers"


@dataclass(frozen=True, slots=True)
class CheckedChapters:
    """All chapters in all languages after the check."""

    sources: Mapping[tuple[str, str], Source]  # (chapter id, language)
    checked: tuple[Checked, ...]
    problems: tuple[Problem, ...]
    quotes: Mapping[str, QuoteFact] = field(default_factory=dict)  # every quote of the study
    words: Mapping[str, WordTable] = field(default_factory=dict)  # tables of interviews that chapters show

    def memory(self) -> dict[str, dict[str, str]]:
        """Return what every number of the prose stands on now, as the lock keeps it."""
        found = {c.key: c.memory for checked in self.checked for c in checked.claims}
        return {
            key: {"value": repr(m.value), "definition": m.definition, "data": m.data}
            for key, m in found.items()
            if m is not None
        }


def remembered(lock: Lock) -> dict[str, Remembered]:
    """Return what the numbers of the prose stood on when they were last found true."""
    return {
        key: Remembered(_number(m.get("value", "None")), m.get("definition", ""), m.get("data", ""))
        for key, m in lock.claims.items()
    }


def check_chapters(folder: Path, study: Study, context: Context | None, lock: Lock) -> CheckedChapters:
    """Read every chapter and hold its numbers against the answers; without answers addresses are checked alone."""
    sources: dict[tuple[str, str], Source] = {}
    checked: list[Checked] = []
    memory = remembered(lock)
    opened, problems = open_interviews(folder, study.languages, study.frame)
    quotes = quote_facts(opened.interviews, opened.quotes, opened.segments) if opened is not None else None
    problems += weigh_pathways(folder, study, context, quotes or {})[1]
    for chapter in study.chapters:
        for language, name in chapter.files:
            source, found = read_source(folder / name, name)
            problems += found
            if source is None:
                continue
            sources[chapter.id, language] = source
            result = check_chapter(
                study, name, language, source.text, context=context, remembered=memory, interviews=quotes
            )
            checked.append(result)
            problems += [p for p in result.problems if p.code != UNANSWERED]  # said once for the whole study
    problems += _together(folder, study, checked) if context is not None else []
    shown = dict.fromkeys(name for c in checked for name in c.words)
    words: Mapping[str, WordTable] = {}
    if opened is not None and shown:
        from posad.pipeline.words.exporting import (
            word_tables,  # with the formats of other programs: only where it is wanted
        )

        words = word_tables(opened, shown, study.languages)
    return CheckedChapters(sources, tuple(checked), tuple(dict.fromkeys(problems)), quotes or {}, words)


def _together(folder: Path, study: Study, checked: Sequence[Checked]) -> list[Problem]:
    """Return what is wrong between chapters: names spelled in two ways, signatures that are void or missing."""
    found: list[Problem] = []
    for language in study.languages:
        found += check_names(c.spoken for c in checked if c.language == language and c.spoken is not None)
    signatures, problems = read_signatures(folder)
    if not signatures and not study.require_signatures:
        return [*found, *problems]
    readings = with_signatures([r for c in checked for r in readings_of(c, study.languages[0])], signatures)
    return [*found, *problems, *signature_problems(readings, signatures, study.require_signatures)]


def waiver_lines(checked: Iterable[Checked]) -> tuple[LocalText, ...]:
    """Return the rules set aside, with their reasons, for the limits that the report states; how many there are comes first."""
    waivers = [w for c in checked if c.spoken is not None for w in c.spoken.waivers]
    if not waivers:
        return ()
    n = len(waivers)
    head = LocalText.of(
        ru=f"Правила проверки текста отменены с указанием причины: {n}.",
        en=f"Rules for the text set aside with a reason: {n}.",
    )
    told = [
        LocalText.of(
            ru=f"{w.code} ({w.place.file}:{w.place.line}): {w.reason}",
            en=f"{w.code} ({w.place.file}:{w.place.line}): {w.reason}",
        )
        for w in waivers
    ]
    return (head, *told)


def mend_chapters(
    folder: Path, study: Study, context: Context, lock: Lock, accept: bool
) -> tuple[tuple[str, ...], list[Problem]]:
    """Rewrite the digits of numbers that do not fit, with ``accept`` also of those defined anew; return the files changed."""
    chapters = check_chapters(folder, study, context, lock)
    by_file = {source.name: source for source in chapters.sources.values()}
    edits = [
        e for c in chapters.checked if c.file in by_file for e in refresh(by_file[c.file], c.claims, accept=accept)
    ]
    problems = apply_edits(folder, edits)
    return (() if problems else tuple(_names(e.file for e in edits))), problems


def _names(files: Iterable[str]) -> list[str]:
    return sorted(set(files))


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None
