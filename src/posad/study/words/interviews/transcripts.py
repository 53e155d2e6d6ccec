"""Transcripts: one turn for each paragraph, blank lines between, a label of the speaker and a timecode where there are any.

``[00:12:35] Р: …`` begins a turn; labels are those of the plan and of cases.csv. Nothing in the file is changed; text that is not in
NFC is read as if it were.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Sequence
from pathlib import Path

from posad.core.digests import digest_bytes
from posad.core.place import Place
from posad.core.problems import Problem, problem
from posad.core.reading.texts import Lines, read_source
from posad.study.words.interviews.values import Paragraph, Transcript

TEXTS = "interviews/text"
_GAP = re.compile(r"\n(?:[ \t]*\n)+")
_TIME = re.compile(r"[\[(]?((?:[0-9]{1,2}:)?[0-5]?[0-9]:[0-5][0-9])(?:[.,][0-9]+)?[\])]?\s+")
_LABEL = re.compile(r"([^\s:][^:\n]{0,30}):(?:\s+|$)")
_SHORT = re.compile(r"[A-ZА-ЯЁ][A-ZА-ЯЁ]{0,2}[0-9]{0,2}")  # what looks like a label and is none of the plan's


def read_transcripts(folder: Path, labels: Collection[str]) -> tuple[tuple[Transcript, ...], list[Problem]]:
    """Read every transcript of a study by name.

    Args:
        folder: The study.
        labels: The labels that turns may begin with.
    """
    room = folder / TEXTS
    found, problems = [], list[Problem]()
    for path in sorted(room.glob("*.txt")) if room.is_dir() else ():
        name = f"{TEXTS}/{path.name}"
        source, wrong = read_source(path, name)
        problems += wrong
        if source is None:
            continue
        transcript, wrong = make_transcript(path.stem, name, source.text, labels, digest_bytes(source.raw))
        problems += wrong
        found.append(transcript)
    return tuple(found), problems


def make_transcript(
    id: str, file: str, text: str, labels: Collection[str], digest: str = ""
) -> tuple[Transcript, list[Problem]]:
    """Return a text as a transcript, and what is doubtful in it."""
    normal = unicodedata.normalize("NFC", text)
    problems = [] if normal == text else [problem("transcript-not-nfc", Place(file), name=id)]
    paragraphs = paragraphs_of(normal, labels)
    transcript = Transcript(id, file, normal, paragraphs, digest)
    if not paragraphs:
        return transcript, [*problems, problem("transcript-empty", Place(file), name=id)]
    return transcript, [*problems, *_doubts(transcript)]


def paragraphs_of(text: str, labels: Collection[str]) -> tuple[Paragraph, ...]:
    r"""Return the turns of a text.

    >>> [(p.speaker, p.timecode) for p in paragraphs_of("[00:05] И: Да?\n\nР: Да.\nИ всё.\n\nТак: вот.", ["И", "Р"])]
    [('И', '00:05'), ('Р', ''), ('', '')]
    """
    found: list[Paragraph] = []
    at = 0
    for gap in [*_GAP.finditer(text), None]:
        end = gap.start() if gap else len(text)
        start, stop = _trimmed(text, at, end)
        if stop > start:
            found.append(_paragraph(text, len(found) + 1, start, stop, labels))
        at = gap.end() if gap else end
    return tuple(found)


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    block = text[start:end]
    return start + len(block) - len(block.lstrip()), start + len(block.rstrip())


def _paragraph(text: str, number: int, start: int, end: int, labels: Collection[str]) -> Paragraph:
    at, speaker, timecode = start, "", ""
    for _ in range(2):  # the timecode may stand before the label or behind it
        time = _TIME.match(text, at, end)
        if time and not timecode:
            at, timecode = time.end(), time[1]
        label = _LABEL.match(text, at, end)
        if label and not speaker and label[1].strip() in labels:
            at, speaker = label.end(), label[1].strip()
    return Paragraph(number, start, end, at, speaker, timecode)


def _doubts(transcript: Transcript) -> list[Problem]:
    """Return labels that are not of the plan and timecodes that run back."""
    lines = Lines(transcript.file, transcript.text)
    found: list[Problem] = []
    last, told = 0, set[str]()
    for p in transcript.paragraphs:
        label = _LABEL.match(transcript.text, p.said, p.end) if not p.speaker else None
        if label and _SHORT.fullmatch(label[1]) and label[1] not in told:
            told.add(label[1])
            found.append(problem("transcript-speaker-unknown", lines.place(p.start), name=label[1]))
        if p.timecode:
            now = seconds(p.timecode)
            if now < last:
                found.append(problem("transcript-time-back", lines.place(p.start), name=p.timecode))
            last = now
    return found


def seconds(timecode: str) -> int:
    """Return a timecode in seconds.

    >>> seconds("01:02:03"), seconds("02:03")
    (3723, 123)
    """
    total = 0
    for part in timecode.split(":"):
        total = total * 60 + int(part)
    return total


def labels_of(interviewer: Sequence[str], respondent: Sequence[str], speakers: Sequence[str]) -> frozenset[str]:
    """Return every label that a turn may begin with."""
    return frozenset(filter(None, (*interviewer, *respondent, *speakers)))
