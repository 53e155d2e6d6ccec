"""Interviews made of texts, for tests of what is done with them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from posad.core.place import Place
from posad.core.words import LocalText
from posad.study.words.interviews.transcripts import make_transcript
from posad.study.words.interviews.values import Case, Code, Codebook, Coding, Interviews, Segment

LABELS = ("И", "Р")
HERE = Place("here")


def interviews(
    texts: Mapping[str, str],
    codes: Sequence[str] = ("a", "b", "c"),
    coded: Sequence[tuple[str, str]] = (),
    under: Mapping[str, str] | None = None,
) -> Interviews:
    """Return interviews with one case each, coded by whom it is said."""
    transcripts = tuple(make_transcript(id, f"interviews/text/{id}.txt", text, LABELS)[0] for id, text in texts.items())
    book = Codebook(tuple(Code(c, LocalText.of(ru=c), HERE, (under or {}).get(c, "")) for c in codes))
    cases = tuple(Case(id, id, HERE, consent="anonymous", label=LocalText.of(ru="житель")) for id in texts)
    return Interviews(codebook=book, cases=cases, transcripts=transcripts, coded=tuple(coded))


def coding(quote: str, par: int = 1, code: str = "a", nth: int = 1, interview: str = "A", coder: str = "x") -> Coding:
    """Return a coding."""
    return Coding(interview, coder, code, par, par, quote, HERE, nth)


def segment(made: Interviews, words: str, code: str = "a", coder: str = "x", interview: str = "A") -> Segment:
    """Return a segment on words that stand once in a transcript."""
    text = made.texts[interview].text
    assert text.count(words) == 1
    start = text.index(words)
    return Segment(interview, start, start + len(words), code, coder)
