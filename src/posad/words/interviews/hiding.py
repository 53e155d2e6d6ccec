"""Real names hidden in transcripts, with every coding kept on its words: for copies that leave the study.

A name is found in any of its forms, as in quotes; ``[what stands instead]`` takes its place.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from posad.study.words.interviews.transcripts import labels_of, paragraphs_of
from posad.study.words.interviews.values import Alias, Interviews, Segment, Span, Transcript
from posad.words.interviews.quoting import plain, same_word


@dataclass(frozen=True, slots=True)
class Cut:
    """One name in a text and what stands instead."""

    span: Span
    instead: str


def cuts_in(text: str, aliases: Iterable[Alias]) -> tuple[Cut, ...]:
    """Return the names in a text, longest first where they overlap, in their order.

    >>> from posad.core.place import Place
    >>> [c.span for c in cuts_in("Звонила Дарья Кольцова. Дарье Кольцовой верю.", [Alias("Дарья Кольцова", "имя", Place(""))])]
    [(8, 22), (24, 39)]
    """
    words = [(m.start(), m.end(), plain(m[0]).casefold()) for m in re.finditer(r"\w+", text)]
    found: list[Cut] = []
    taken: set[int] = set()
    for alias in sorted(aliases, key=lambda a: -len(a.real)):
        wanted = re.findall(r"\w+", plain(alias.real).casefold())
        for i in range(len(words) - len(wanted) + 1 if wanted else 0):
            here = words[i : i + len(wanted)]
            at = set(range(i, i + len(wanted)))
            if not at & taken and all(same_word(w[2], name) for w, name in zip(here, wanted, strict=True)):
                taken |= at
                found.append(Cut((here[0][0], here[-1][1]), f"[{alias.instead}]"))
    return tuple(sorted(found, key=lambda c: c.span))


def hide(text: str, cuts: Sequence[Cut]) -> str:
    """Return a text with names replaced."""
    pieces, at = [], 0
    for cut in cuts:
        pieces += [text[at : cut.span[0]], cut.instead]
        at = cut.span[1]
    return "".join([*pieces, text[at:]])


def moved(position: int, cuts: Sequence[Cut], end: bool) -> int:
    """Return where a position of the old text is in the new one; inside a name, at the edge of what stands instead."""
    shift = 0
    for cut in cuts:
        start, stop = cut.span
        if position <= start:
            break
        if position < stop:
            return start + shift + (len(cut.instead) if end else 0)
        shift += len(cut.instead) - (stop - start)
    return position + shift


def without_names(interviews: Interviews, segments: Iterable[Segment]) -> tuple[Interviews, tuple[Segment, ...], int]:
    """Return the interviews with real names hidden in transcripts and memos, their codings on the same words, how many names went."""
    cuts = {t.id: cuts_in(t.text, interviews.aliases) for t in interviews.transcripts}
    labels = labels_of(interviews.plan.interviewer, interviews.plan.respondent, [c.speaker for c in interviews.cases])

    def hidden(t: Transcript) -> Transcript:
        text = hide(t.text, cuts[t.id])
        return replace(t, text=text, paragraphs=paragraphs_of(text, labels))

    def free(text: str) -> str:
        return hide(text, cuts_in(text, interviews.aliases))

    kept = tuple(
        replace(
            s,
            start=moved(s.start, cuts[s.interview], end=False),
            end=moved(s.end, cuts[s.interview], end=True),
            memo=free(s.memo),
        )
        for s in segments
    )
    memos = tuple(replace(m, text=free(m.text)) for m in interviews.memos)
    copy = replace(interviews, transcripts=tuple(map(hidden, interviews.transcripts)), memos=memos, aliases=())
    return copy, kept, sum(map(len, cuts.values()))
