"""What the coding page reads and changes: transcripts and codings of a study folder as they stand in the files now.

Nothing is kept in memory that is not in a file. Positions in a browser count UTF-16 units from the head of a paragraph, those of a
transcript count characters; they are changed into one another here.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from posad.core.place import Place
from posad.core.problems import Problem, problem
from posad.study.words.interviews.codings import read_codings
from posad.study.words.interviews.reading import read_interviews
from posad.study.words.interviews.values import Coding, Interviews, Paragraph, Segment, Transcript
from posad.words.interviews.anchoring import anchor, coding_of
from posad.words.interviews.editing import add_codings, remove_codings, replace_codings

TRIES = 5  # writes tried again where another program changed the file between reading and writing


@dataclass
class Desk:
    """A study's interviews at the hands of one coder; changes follow one another."""

    folder: Path
    coder: str
    languages: tuple[str, ...]
    lang: str
    lock: threading.Lock = field(default_factory=threading.Lock)
    _seen: tuple[object, ...] = ()
    _kept: Interviews | None = None

    def interviews(self) -> Interviews:
        """Return the interviews, read again where any file but the codings changed."""
        room = self.folder / "interviews"
        files = sorted(p for p in room.rglob("*") if p.is_file() and p.parent.name != "codings")
        seen = tuple((str(p), s.st_mtime_ns, s.st_size) for p in files for s in [p.stat()])
        if self._kept is None or seen != self._seen:
            self._kept, self._seen = read_interviews(self.folder, self.languages)[0] or Interviews(), seen
        return self._kept

    def codings(self, transcript: Transcript) -> list[Coding]:
        """Return the codings of an interview by every coder, read from their files now."""
        book = self.interviews().codebook
        found, _, _ = read_codings(self.folder, book, self.interviews().texts)
        return [c for c in found if c.interview == transcript.id]


def units(text: str) -> int:
    """Return the length of a text in UTF-16 units.

    >>> units("да"), units("😀")
    (2, 2)
    """
    return len(text.encode("utf-16-le")) // 2


def characters(text: str, at: int) -> int:
    """Return the number of characters before a position in UTF-16 units.

    >>> characters("😀да", 2)
    1
    """
    return len(text.encode("utf-16-le")[: 2 * at].decode("utf-16-le", "ignore"))


def shown(desk: Desk, transcript: Transcript) -> dict[str, Any]:
    """Return an interview as the page needs it: paragraphs, and where each sound coding lies."""
    marks = []
    doubtful = 0
    for coding in desk.codings(transcript):
        found = anchor(coding, transcript)
        if not found.sound or found.span is None:
            doubtful += 1
            continue
        first, last = transcript.at(*found.span)
        marks.append(
            {
                "coder": coding.coder,
                "code": coding.code,
                "memo": coding.memo,
                "first": first,
                "last": last,
                "start": _from_head(transcript, transcript.paragraphs[first - 1], found.span[0]),
                "end": _from_head(transcript, transcript.paragraphs[last - 1], found.span[1]),
                "row": [coding.first, coding.last, coding.quote, coding.nth],
            }
        )
    return {
        "digest": transcript.digest,
        "paragraphs": [transcript.text[p.start : p.end] for p in transcript.paragraphs],
        "heads": [_from_head(transcript, p, p.said) for p in transcript.paragraphs],
        "marks": marks,
        "doubtful": doubtful,
    }


def _from_head(transcript: Transcript, paragraph: Paragraph, at: int) -> int:
    return units(transcript.text[paragraph.start : at])


def _position(transcript: Transcript, number: int, at: int) -> int:
    if not (1 <= number <= len(transcript.paragraphs) and at >= 0):
        raise ValueError(number)
    paragraph = transcript.paragraphs[number - 1]
    return paragraph.start + characters(transcript.text[paragraph.start : paragraph.end], at)


def add(desk: Desk, transcript: Transcript, asked: dict[str, Any]) -> list[Problem]:
    """Code a passage; a code already there at the same words is left as it is."""
    start = _position(transcript, int(asked["first"]), int(asked["start"]))
    end = _position(transcript, int(asked["last"]), int(asked["end"]))
    segment = Segment(transcript.id, start, end, str(asked["code"]), desk.coder, str(asked.get("memo", "")))
    coding = coding_of(segment, transcript)
    if coding is None:
        return [problem("coding-gone", Place(transcript.file), name=segment.code, quote="")]
    if any(_same(c, coding) for c in desk.codings(transcript)):
        return []
    return _tried(lambda: add_codings(desk.folder, [coding]))


def remove(desk: Desk, transcript: Transcript, asked: dict[str, Any]) -> list[Problem]:
    """Take a coding of one's own out of its file."""
    coding = _own(desk, transcript, asked)
    return _tried(lambda: remove_codings(desk.folder, [coding]))


def note(desk: Desk, transcript: Transcript, asked: dict[str, Any]) -> list[Problem]:
    """Write the memo of a coding of one's own."""
    coding = _own(desk, transcript, asked)
    return _tried(lambda: replace_codings(desk.folder, [(coding, replace(coding, memo=str(asked["memo"])))]))


def _own(desk: Desk, transcript: Transcript, asked: dict[str, Any]) -> Coding:
    """Return one's own coding as its row stands in the file now, or as it was asked for, so that its loss is told."""
    first, last, quote, nth = asked["row"]
    place = Place(transcript.file)
    wanted = Coding(
        transcript.id, desk.coder, str(asked["code"]), int(first), int(last), str(quote), place, int(nth), ""
    )
    return next((c for c in desk.codings(transcript) if _same(c, wanted)), wanted)


def _same(one: Coding, other: Coding) -> bool:
    keys = [(c.coder, c.code, c.first, c.last, c.quote, c.nth) for c in (one, other)]
    return keys[0] == keys[1]


def _tried(change: Callable[[], list[Problem]]) -> list[Problem]:
    """Make a change; where the file changed meanwhile it is read again, and the change made on what stands there now."""
    problems: list[Problem] = []
    for _ in range(TRIES):
        problems = change()
        if not any(p.code == "edit-file-changed" for p in problems):
            break
    return problems
