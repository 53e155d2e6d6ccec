"""A quote with its passport: who says it, where, how it was edited, who let it be printed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from posad.core.digests import digest_of
from posad.core.problems import Problem
from posad.core.words import LocalText
from posad.study.words.interviews.values import Interviews, Segment
from posad.words.interviews.quoting import Checked

QUOTED = "interview:"  # begins the target of a link to a quote
QuoteStanding = Literal["interview", "publication", "invented"]
STRENGTH = {"interview": 1, "publication": 1, "invented": 0}


@dataclass(frozen=True, slots=True)
class QuoteFact:
    """A quote, ready to be printed in each language.

    ``strength`` is what a quote alone can bear as evidence: 1, the word of one source; 0 where it was made up. ``passage`` is the digest of
    the words of the transcript it is taken from.
    """

    id: str  # "01/partner"
    text: LocalText
    label: LocalText
    standing: QuoteStanding
    printable: bool
    left_out: int = 0
    inserted: int = 0
    interview: str = ""
    paragraphs: tuple[int, int] = (0, 0)
    group: LocalText = LocalText()
    region: LocalText = LocalText()
    date: str = ""
    consent: str = ""
    timecode: str = ""
    codes: tuple[LocalText, ...] = ()
    approved: tuple[str, str] = ("", "")  # who, when
    printed: LocalText = LocalText()
    note: LocalText = LocalText()
    passage: str = ""
    language: str = "ru"  # in which it was said; others are translations
    problems: tuple[Problem, ...] = ()

    @property
    def strength(self) -> int:
        """How much a quote alone can bear."""
        return STRENGTH[self.standing]


def quote_facts(interviews: Interviews, quotes: Iterable[Checked], segments: Iterable[Segment]) -> dict[str, QuoteFact]:
    """Return every quote of a study by its id, those that may not be printed too."""
    coded = tuple(segments)
    return {q.quote.id: quote_fact(interviews, q, coded) for q in quotes}


def quote_fact(interviews: Interviews, checked: Checked, segments: Iterable[Segment]) -> QuoteFact:
    """Return a quote with its passport."""
    quote, case = checked.quote, checked.case
    transcript = interviews.texts.get(quote.interview)
    span = transcript.span(quote.first, quote.last) if transcript is not None else None
    codes = {
        s.code for s in segments if span and s.interview == quote.interview and s.start < span[1] and span[0] < s.end
    }
    labels = {g.id: g.label for g in (*interviews.plan.groups, *interviews.plan.regions)}
    held = next((a for a in reversed(quote.approvals) if a.hash == checked.hash), None)
    standing: QuoteStanding = "invented" if checked.invented else "publication" if quote.printed else "interview"
    times = (
        [p.timecode for p in transcript.paragraphs[quote.first - 1 : quote.last] if p.timecode] if transcript else []
    )
    return QuoteFact(
        quote.id,
        quote.text,
        checked.label,
        standing,
        checked.printable,
        checked.left_out,
        checked.inserted,
        quote.interview,
        (quote.first, quote.last),
        labels.get(case.group, LocalText()) if case is not None else LocalText(),
        labels.get(case.region, LocalText()) if case is not None else LocalText(),
        case.date if case is not None else "",
        case.consent if case is not None else "",
        times[0] if times else "",
        tuple(c.label for c in interviews.codebook.codes if c.id in codes),
        (held.who, held.when) if held is not None else ("", ""),
        quote.printed,
        interviews.plan.note,
        digest_of(transcript.text[slice(*span)])[:12] if transcript is not None and span else "",
        interviews.languages[0],
        checked.problems,
    )
