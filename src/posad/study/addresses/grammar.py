"""The text of an address to its parts and back."""

from __future__ import annotations

import re

from posad.core.place import Place
from posad.core.problems import Problem, problem
from posad.study.addresses.values import Address, Join, Term

_CODES = re.compile(r"[0-9]{1,9}(?:-[0-9]{1,9})?(?:,[0-9]{1,9}(?:-[0-9]{1,9})?)*(?!\w)")
_WORD = re.compile(r"\w+")
_WAVE = re.compile(r"\w+(?:-[0-9]+)*")
_LETTER = re.compile(r"[^\W\d_]")


class _Stop(Exception):
    """The reader met something that can't be part of an address."""

    def __init__(self, found: Problem) -> None:
        super().__init__(found.code)
        self.found = found


class _Reader:
    """Walks over the text once; ``at`` is the next character."""

    def __init__(self, text: str, place: Place) -> None:
        self.text = text
        self.place = place
        self.at = 0

    def peek(self) -> str:
        return self.text[self.at : self.at + 1]

    def take(self, pattern: re.Pattern[str]) -> str | None:
        match = pattern.match(self.text, self.at)
        if match is None:
            return None
        self.at = match.end()
        return match[0]

    def stop(self, code: str) -> _Stop:
        """Return the mistake at the next character."""
        found = self.peek()
        if found.isspace():
            code = "address-space"
        spot = spot_in(self.place, self.at, max(len(found), 1))
        return _Stop(problem(code, spot, text=self.text, found=found, before=self.text[: self.at]))

    def word(self, code: str) -> str:
        found = self.take(_WORD)
        if found is None:
            raise self.stop(code)
        return found


def spot_in(place: Place, offset: int, length: int) -> Place:
    """Return the place of a stretch inside a one-line text that starts at ``place``."""
    start = place.column + offset
    return Place(place.file, place.line, start, place.line, start + length)


def parse_address(text: str, place: Place) -> tuple[Address | None, list[Problem]]:
    """Return the parts of an address, or what is wrong with it and where.

    >>> address, problems = parse_address("move.leave@mood:optimists/pessimists", Place("report/01-home.md"))
    >>> address.second.group, address.join, problems
    ('pessimists', '/', [])
    """
    if not text:
        return None, [problem("address-empty", place)]
    reader = _Reader(text, place)
    try:
        return _address(reader), []
    except _Stop as stop:
        return None, [stop.found]


def _address(reader: _Reader) -> Address:
    first, second, join = _terms(reader)
    if second is None and reader.peek() in ("/", "-"):
        join = _join(reader)
        second, third, _ = _terms(reader)
        if third is not None:
            raise _Stop(problem("address-three-estimates", reader.place, text=reader.text))
    if reader.at < len(reader.text):
        more = reader.peek() in ("/", "-") and second is not None
        raise reader.stop("address-three-estimates" if more else "address-unexpected")
    return Address(reader.text, first, second, join)


def _terms(reader: _Reader) -> tuple[Term, Term | None, Join | None]:
    """Read one term, or the same subject in two groups."""
    parts = _subject(reader)
    variable = group = other = None
    join: Join | None = None
    if reader.peek() == "@":
        reader.at += 1
        variable = _name(reader, "address-variable-expected")
        if reader.peek() != ":":
            raise reader.stop("address-group-expected")
        reader.at += 1
        group = reader.word("address-group-expected")
        if _group_follows(reader):
            join = _join(reader)
            other = reader.word("address-group-expected")
    wave = None
    if reader.peek() == "~":
        reader.at += 1
        wave = reader.take(_WAVE)
        if wave is None:
            raise reader.stop("address-wave-expected")
    first = Term(parts, variable, group, wave)
    return first, (Term(parts, variable, other, wave) if other is not None else None), join


def _name(reader: _Reader, code: str) -> str:
    """Read a dotted name, as of a grid's item used as a grouping variable."""
    names = [reader.word(code)]
    while reader.peek() == ".":
        reader.at += 1
        names.append(reader.word(code))
    return ".".join(names)


def _subject(reader: _Reader) -> tuple[str, ...]:
    if not _LETTER.match(reader.peek() or " "):
        raise reader.stop("address-name-expected")
    parts = [reader.word("address-name-expected")]
    while reader.peek() == ".":
        reader.at += 1
        codes = reader.take(_CODES)
        parts.append(codes if codes is not None else reader.word("address-measure-expected"))
    return tuple(parts)


def _join(reader: _Reader) -> Join:
    sign: Join = "/" if reader.peek() == "/" else "-"
    reader.at += 1
    return sign


def _group_follows(reader: _Reader) -> bool:
    """Tell whether ``/`` or ``-`` begins a second group rather than a second address."""
    if reader.peek() not in ("/", "-"):
        return False
    word = _WORD.match(reader.text, reader.at + 1)
    return word is not None and reader.text[word.end() : word.end() + 1] not in (".", "@")


def address_text(first: Term, second: Term | None = None, join: Join | None = None) -> str:
    """Return the shortest text of an address, with two groups of one subject written together.

    >>> address_text(Term(("move", "leave"), "mood", "optimists"), Term(("move", "leave"), "mood", "others"), "/")
    'move.leave@mood:optimists/others'
    """
    if second is None or join is None:
        return _term_text(first)
    if (
        first.group is not None
        and second == Term(first.parts, first.variable, second.group, first.wave)
        and second.group
    ):
        wave = f"~{first.wave}" if first.wave else ""
        return f"{'.'.join(first.parts)}@{first.variable}:{first.group}{join}{second.group}{wave}"
    return f"{_term_text(first)}{join}{_term_text(second)}"


def _term_text(term: Term) -> str:
    group = f"@{term.variable}:{term.group}" if term.variable else ""
    wave = f"~{term.wave}" if term.wave else ""
    return f"{'.'.join(term.parts)}{group}{wave}"
