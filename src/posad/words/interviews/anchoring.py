"""Codings found in their transcripts again: where exactly, or where most likely after the transcript was edited.

A quote is looked for word for word in its paragraph, then there by likeness, then word for word in the whole transcript, then by likeness
in its neighbours and everywhere: the window of the transcript that differs least from it (``rapidfuzz``: 100 times one minus the
normalised indel distance). What was not found word for word where it should be is doubtful and listed with the words that stand there
now; nothing is dropped.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from posad.core.place import Place
from posad.core.problems import Fact, Problem, problem
from posad.study.words.interviews.values import Coding, Interviews, Paragraph, Segment, Span, Transcript
from posad.words.alike import can_tell, extra_missing

How = Literal["exact", "moved", "alike", "weak", "lost"]
SURE = 90.0  # likeness from which a place is taken
FAIR = 60.0  # likeness below which nothing is offered
_EDGE = re.compile(r"\w")


@dataclass(frozen=True, slots=True)
class Anchor:
    """Where a coding lies: its span in the transcript, how it was found, and how alike the words are (0 to 100).

    ``exact``: word for word in its paragraph; ``moved``: word for word elsewhere; ``alike``: nearly the same words; ``weak``: the
    nearest words there are, not to be relied on; ``lost``: nothing alike, and no span.
    """

    coding: Coding
    how: How
    span: Span | None
    likeness: float
    words: str = ""
    first: int = 0
    last: int = 0

    @property
    def sound(self) -> bool:
        """Tell whether the coding may be counted and shown."""
        return self.how in ("exact", "moved", "alike")


def anchor_all(interviews: Interviews) -> tuple[Anchor, ...]:
    """Return an anchor for every coding, in their order; codings of an interview without a transcript are lost."""
    return tuple(
        anchor(coding, interviews.texts[coding.interview])
        if coding.interview in interviews.texts
        else Anchor(coding, "lost", None, 0.0)
        for coding in interviews.codings
    )


def anchor(coding: Coding, transcript: Transcript) -> Anchor:
    """Return where a coding lies in its transcript."""
    own = transcript.span(coding.first, coding.last)
    if own is not None:
        found = occurrences(transcript.text, coding.quote, own)
        if len(found) >= coding.nth:
            start = found[coding.nth - 1]
            return _at(coding, transcript, "exact", (start, start + len(coding.quote)), 100.0)
    alike = _window(transcript.text, coding.quote, own) if own is not None and can_tell() else None
    if alike is not None and alike[0] >= SURE:
        return _at(coding, transcript, "alike", alike[1], alike[0])
    anywhere = occurrences(transcript.text, coding.quote, (0, len(transcript.text)))
    if anywhere:
        start = min(anywhere, key=lambda at: (abs(at - own[0]) if own else at, at))
        return _at(coding, transcript, "moved", (start, start + len(coding.quote)), 100.0)
    return _nearest(coding, transcript, own)


def occurrences(text: str, quote: str, span: Span) -> list[int]:
    """Return where a quote begins inside a span of a text; occurrences do not overlap.

    >>> occurrences("да, да", "да", (0, 6))
    [0, 4]
    """
    found = []
    at = text.find(quote, *span) if quote else -1
    while at >= 0:
        found.append(at)
        at = text.find(quote, at + len(quote), span[1])
    return found


def _at(coding: Coding, transcript: Transcript, how: How, span: Span, likeness: float) -> Anchor:
    return Anchor(coding, how, span, likeness, transcript.text[slice(*span)], *transcript.at(*span))


def _nearest(coding: Coding, transcript: Transcript, own: Span | None) -> Anchor:
    """Return the words most alike, first in the coding's own paragraph, then in its neighbours, then anywhere."""
    places = _paragraphs(coding, transcript) if can_tell() else ()
    best: tuple[float, Span] | None = None
    for group in places:
        for span in group:
            found = _window(transcript.text, coding.quote, span)
            if found and (best is None or found[0] > best[0]):
                best = found
        if best is not None and best[0] >= SURE:
            break
    if best is None or best[0] < FAIR:
        return Anchor(coding, "lost", None, best[0] if best else 0.0)
    return _at(coding, transcript, "alike" if best[0] >= SURE else "weak", best[1], best[0])


def _paragraphs(coding: Coding, transcript: Transcript) -> tuple[Sequence[Span], ...]:
    """Return spans to search, nearest first; a quote over several paragraphs is searched over as many."""
    width = coding.last - coding.first
    last = len(transcript.paragraphs) - width
    spans = {n: s for n in range(1, last + 1) if (s := transcript.span(n, n + width))}
    own = [spans[coding.first]] if coding.first in spans else []
    near = [spans[n] for n in (coding.first - 1, coding.first + 1) if n in spans]
    return own, near, [s for n, s in spans.items() if abs(n - coding.first) > 1]


def _window(text: str, quote: str, span: Span) -> tuple[float, Span] | None:
    """Return the part of a span most like a quote, ended at whole words, and how alike it is."""
    from rapidfuzz import fuzz

    passage = text[slice(*span)]
    if not passage:
        return None
    found = fuzz.partial_ratio_alignment(quote, passage, score_cutoff=FAIR / 2)
    if found is None:
        return None
    if len(quote) > len(passage):
        start, end = span
    else:
        start, end = _widened(text, (span[0] + found.dest_start, span[0] + found.dest_end), span)
    options = {(start, end), *_trimmed(text, (start, end), span)}
    scored = [(fuzz.ratio(quote, text[a:b]), (a, b)) for a, b in options if b > a]
    return max(scored, key=lambda s: (s[0], -s[1][0], -s[1][1]), default=None)


def _widened(text: str, span: Span, inside: Span) -> Span:
    """Return a span moved outward to whole words."""
    start, end = span
    while start > inside[0] and _EDGE.match(text, start) and _EDGE.match(text, start - 1):
        start -= 1
    while end < inside[1] and _EDGE.match(text, end) and _EDGE.match(text, end - 1):
        end += 1
    return start, end


def _trimmed(text: str, span: Span, inside: Span) -> Iterable[Span]:
    """Yield a span with the word at either end left out, or one more taken in."""
    start, end = span
    words = [m.span() for m in re.finditer(r"\S+", text[inside[0] : inside[1]])]
    starts = sorted({inside[0] + a for a, _ in words} | {start})
    ends = sorted({inside[0] + b for _, b in words} | {end})
    i, j = starts.index(start), ends.index(end)
    for a in starts[max(i - 1, 0) : i + 2]:
        for b in ends[max(j - 1, 0) : j + 2]:
            yield a, b


def segments_of(anchors: Iterable[Anchor]) -> tuple[Segment, ...]:
    """Return the codings that are sound, by position, in the order of transcripts and positions."""
    return tuple(
        sorted(
            Segment(a.coding.interview, a.span[0], a.span[1], a.coding.code, a.coding.coder, a.coding.memo)
            for a in anchors
            if a.sound and a.span is not None
        )
    )


def coding_of(segment: Segment, transcript: Transcript, place: Place | None = None) -> Coding | None:
    """Return a segment as a coding anchored by its quote, without blanks at its ends; nothing where it has no words."""
    quote = transcript.text[segment.start : segment.end]
    start = segment.start + len(quote) - len(quote.lstrip())
    end = segment.start + len(quote.rstrip())
    first, last = transcript.at(start, end)
    span = transcript.span(first, last)
    if end <= start or span is None:
        return None
    quote = transcript.text[start:end]
    earlier = [at for at in occurrences(transcript.text, quote, span) if at < start]
    overlapping = any(at + len(quote) > start for at in earlier)
    nth = len(earlier) + 1 if not overlapping else len(earlier)
    return Coding(
        segment.interview,
        segment.coder,
        segment.code,
        first,
        last,
        quote,
        place or Place(transcript.file),
        nth,
        segment.memo,
    )


def mended(anchor: Anchor) -> Coding:
    """Return a coding as its anchor was found: paragraph, quote and occurrence as the transcript has them now."""
    if not anchor.sound or anchor.how == "exact":
        return anchor.coding
    return replace(anchor.coding, first=anchor.first, last=anchor.last, quote=anchor.words, nth=1)


def anchor_problems(anchors: Iterable[Anchor], most: int = 20) -> list[Problem]:
    """Return what is doubtful, each with the words that stand there now; of many of one kind the first, and how many more.

    Moved and alike codings are warnings: they count, and ``posad interviews anchor`` writes them anew. Weak and lost ones are errors:
    they count nowhere.
    """
    anchors = tuple(anchors)
    if not can_tell() and any(a.how == "lost" for a in anchors):
        return [extra_missing(Place("interviews/codings"))]
    found: list[Problem] = []
    seen: Counter[str] = Counter()
    for a in anchors:
        if a.how == "exact":
            continue
        code = {"moved": "coding-moved", "alike": "coding-alike", "weak": "coding-weak", "lost": "coding-lost"}[a.how]
        seen[code] += 1
        if seen[code] <= most or code in ("coding-weak", "coding-lost"):
            facts: dict[str, Fact] = {
                "quote": short(a.coding.quote),
                "words": short(a.words),
                "par": a.first,
                "score": round(a.likeness),
            }
            found.append(problem(code, a.coding.place, **facts))
    found += [
        problem("codings-more", Place("interviews/codings"), count=n - most, kind=code)
        for code, n in seen.items()
        if n > most and code in ("coding-moved", "coding-alike")
    ]
    return found


def short(text: str, most: int = 80) -> str:
    """Return a text on one line, cut where it is long."""
    flat = " ".join(text.split())
    return flat if len(flat) <= most else flat[: most - 1] + "…"


def paragraph_at(transcript: Transcript, position: int) -> Paragraph | None:
    """Return the paragraph a position lies in."""
    return next((p for p in transcript.paragraphs if p.start <= position < p.end), None)
