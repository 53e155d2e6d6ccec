"""Waivers: a rule set aside for one sentence, with a reason that the reader of the report sees.

On the line before the sentence: ``<!-- posad: waive claim-cause told by the head of the town, see the interview -->``. Numbers
cannot be waived: a number is true or it is not printed.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from posad.claims.language.values import Sentence
from posad.core.place import Place
from posad.core.problems import Problem, near, problem
from posad.core.reading.texts import Lines

_COMMENT = re.compile(r"<!--\s*posad\s*:(?P<said>.*?)-->", re.DOTALL | re.IGNORECASE)
_WAIVE = re.compile(r"\s*waive\s+(?P<code>[\w-]+)\s*(?P<reason>.*?)\s*", re.DOTALL)
_EMPTY = re.compile(r"^[\s\W]*$")


@dataclass(frozen=True, slots=True)
class Waiver:
    """One rule set aside: its code, the reason, where it is written, the lines of the text it holds for."""

    code: str
    reason: str
    place: Place
    line: int
    sentence: str = ""

    def covers(self, sentence: Sentence) -> bool:
        """Tell whether a sentence stands, at least in part, on the line the waiver is for."""
        return sentence.place.line <= self.line <= (sentence.place.end_line or sentence.place.line)


def waivers_in(text: str, file: str, allowed: Collection[str]) -> tuple[tuple[Waiver, ...], list[Problem]]:
    """Return the waivers of a chapter, and what is wrong with those that cannot be read or may not be.

    Args:
        text: The chapter.
        file: Its file.
        allowed: The codes that may be waived.
    """
    lines = Lines(file, text)
    found: list[Waiver] = []
    problems: list[Problem] = []
    for match in _COMMENT.finditer(text):
        place = lines.place(*match.span())
        waive = _WAIVE.fullmatch(match["said"])
        if waive is None:
            problems.append(problem("waiver-unreadable", place, written=" ".join(match[0].split())))
        elif waive["code"] not in allowed:
            guess = near(waive["code"], allowed)
            problems.append(problem("waiver-code", place, name=waive["code"], near=guess))
        elif _EMPTY.match(waive["reason"]):
            problems.append(problem("waiver-without-reason", place, name=waive["code"]))
        else:
            found.append(
                Waiver(waive["code"], " ".join(waive["reason"].split()), place, _line_for(text, match.end(), lines))
            )
    return tuple(found), problems


def _line_for(text: str, end: int, lines: Lines) -> int:
    """Return the line a waiver holds for: the rest of its own line, else the next one that is no comment."""
    at = end
    while True:
        rest = re.compile(r"[ \t]*(?:<!--.*?-->)?[ \t]*\n?", re.DOTALL).match(text, at)
        if rest is None or rest.end() == at or at >= len(text) or text[rest.start() : rest.end()].strip(" \t") == "":
            break
        at = rest.end()
    return lines.place(min(at, len(text))).line


def unused(waivers: Iterable[Waiver], used: Collection[Waiver]) -> list[Problem]:
    """Return a problem for each waiver that set nothing aside."""
    return [problem("waiver-for-nothing", w.place, name=w.code) for w in waivers if w not in used]
