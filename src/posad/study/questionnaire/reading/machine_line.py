"""One line in square brackets: its parts, separated by semicolons."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

from posad.core.place import Place
from posad.core.problems import Problem, near, problem
from posad.study.expressions.parse import parse
from posad.study.expressions.tokens import DASHES, QUOTES
from posad.study.expressions.tree import Expression
from posad.study.questionnaire.reading.lines import Line
from posad.study.questionnaire.reading.machine_words import MachineWord, Meaning, all_forms, find_word

_NUMBER = r"[-−–]?\d+(?:[.,]\d+)?"
_TO = rf"\s*(?:[{re.escape(DASHES)}]|\b(?:до|to)\b|\.\.\.?|…)\s*"
_RANGE = re.compile(rf"\s*(?:(?:от|from)\s+)?({_NUMBER}){_TO}({_NUMBER})\s*", re.IGNORECASE)
_FROM = re.compile(rf"\s*(?:от|from|>=|≥)\s*({_NUMBER})\s*", re.IGNORECASE)
_UP_TO = re.compile(rf"\s*(?:до|to|up to|<=|≤)\s*({_NUMBER})\s*", re.IGNORECASE)
_NAME = re.compile(r"\s*[:,]?\s*(?!если\b|if\b)(\w+)\s*(?:,\s*|\s)(?=если\b|if\b)", re.IGNORECASE)
_IF = re.compile(r"[:,]?\s*(?:если|if)\b", re.IGNORECASE)
_LIMIT = re.compile(r"\s*(\d{1,6})(?:\s+(?:ответ\w*|вариант\w*|answers?|options?))?\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a machine line: what it means and what it carries.

    ``numbers`` is a limit or a range, ``name`` a list, a unit, a question or a reason, ``shuffled`` whether rows or answers are to
    be shown by chance, ``order_as`` the question in whose order.
    """

    means: Meaning
    place: Place
    numbers: tuple[float, ...] = ()
    name: str = ""
    name_place: Place | None = None
    shuffled: bool = False
    condition: Expression | None = None
    order_as: str = ""
    order_place: Place | None = None


def read_machine(line: Line) -> tuple[tuple[Part, ...], list[Problem]]:
    """Return the parts of a machine line and what could not be understood in it.

    >>> from posad.study.questionnaire.reading.lines import LineKind
    >>> line = Line(LineKind.MACHINE, "до 5; случайно", Place("q.md"))
    >>> [(p.means, p.numbers) for p in read_machine(line)[0]]
    [('up_to', (5.0,)), ('shuffle', ())]
    """
    parts: list[Part] = []
    problems: list[Problem] = []
    for start, text in _pieces(line.text):
        part, found = _part(text, _span(line.place, start, len(text)))
        problems += found
        if part is not None:
            parts.append(part)
    return tuple(parts), problems


def _span(place: Place, start: int, length: int) -> Place:
    column = place.column + start
    return Place(place.file, place.line, column, place.line, column + length)


def _pieces(text: str) -> Iterator[tuple[int, str]]:
    """Yield the parts between semicolons that stand outside quotes, each with its offset."""
    start, closers = 0, ""
    for at, character in enumerate(f"{text};"):
        last = at == len(text)
        if closers and not last:
            closers = "" if character in closers else closers
        elif character == ";":
            piece = text[start:at]
            if piece.strip():
                yield start + len(piece) - len(piece.lstrip()), piece.strip()
            start = at + 1
        elif character in QUOTES and any(c in text[at + 1 :] for c in QUOTES[character]):
            closers = QUOTES[character]


def _part(text: str, place: Place) -> tuple[Part | None, list[Problem]]:
    found = find_word(text)
    if found is None:
        close, end = _close(text)
        told = problem("machine-word-unknown", place, text=text[:60], near=close)
        meant = find_word(close)
        if meant is None or meant[0].means in ("later", "if", "screen"):
            return None, [told]
        part, wrong = _READERS[meant[0].means](meant[0], f"{close}{text[end:]}", len(close), place)
        return (None if wrong else part), [told]  # read as it was meant: the rest of the study then misses nothing
    word, end = found
    if word.means == "later":
        return None, [problem("kind-later", place, text=text[:60])]
    return _READERS[word.means](word, text, end, place)


def _close(text: str) -> tuple[str, int]:
    """Return the machine word that a text most likely starts with, and where the mistyped one ends."""
    ends = [len(text), *(m.start() for m in re.finditer(r"[\s,:]", text))]
    tried = ((near(text[:end].casefold(), all_forms()), end) for end in ends)
    return next(((word, end) for word, end in tried if word), ("", 0))


_Reader = Callable[[MachineWord, str, int, Place], tuple[Part | None, list[Problem]]]


def _alone(word: MachineWord, text: str, end: int, place: Place) -> tuple[Part | None, list[Problem]]:
    rest = text[end:]
    if not rest.strip():
        return Part(word.means, place), []
    comma = _comma(text, end, place)
    return (Part(word.means, place), [comma]) if comma is not None else (None, [_malformed(word, text, place)])


def _comma(text: str, end: int, place: Place) -> Problem | None:
    """Return the problem of a comma where the next part of the instruction should be parted by a semicolon."""
    at = text.find(",", end)
    if at < 0 or find_word(text[at + 1 :].lstrip()) is None:
        return None
    return problem("machine-comma", _span(place, at, 1), right=text.replace(",", ";")[:60])


def _malformed(word: MachineWord, text: str, place: Place) -> Problem:
    return problem("machine-form", place, text=text[:60], right=f"[{word.form_ru}] / [{word.form_en}]")


def _limit(word: MachineWord, text: str, end: int, place: Place) -> tuple[Part | None, list[Problem]]:
    comma = _comma(text, end, place)
    match = _LIMIT.fullmatch(text, end, len(text) if comma is None else text.index(",", end))
    if match is None:
        return None, [_malformed(word, text, place)]
    return Part(word.means, place, (float(match[1]),)), [comma] if comma is not None else []


def _scale(word: MachineWord, text: str, end: int, place: Place) -> tuple[Part | None, list[Problem]]:
    comma = _comma(text, end, place)
    match = _RANGE.fullmatch(text, end, len(text) if comma is None else text.index(",", end))
    numbers = _numbers(match) if match else ()
    if not numbers or any(n != int(n) for n in numbers):
        return None, [_malformed(word, text, place)]
    return Part(word.means, place, numbers), [comma] if comma is not None else []


def _number(word: MachineWord, text: str, end: int, place: Place) -> tuple[Part | None, list[Problem]]:
    found, after = _bounds(text, end)
    unit = re.fullmatch(r"\s*(?:,\s*(\S.*))?", text[after:])
    if unit is None:
        return None, [_malformed(word, text, place)]
    return Part(word.means, place, found, unit[1] or ""), []


def _bounds(text: str, end: int) -> tuple[tuple[float, ...], int]:
    """Return the bounds written after a word, infinite where one side is open, and where they end."""
    if match := _RANGE.match(text, end):
        return _numbers(match), match.end()
    if match := _FROM.match(text, end):
        return (_amount(match[1]), math.inf), match.end()
    if match := _UP_TO.match(text, end):
        return (-math.inf, _amount(match[1])), match.end()
    return (), end


def _numbers(match: re.Match[str]) -> tuple[float, ...]:
    return _amount(match[1]), _amount(match[2])


def _amount(written: str) -> float:
    return float(re.sub("[−–]", "-", written).replace(",", "."))


def _ranking(word: MachineWord, text: str, end: int, place: Place) -> tuple[Part | None, list[Problem]]:
    return _limit(word, text, end, place) if text[end:].strip() else _alone(word, text, end, place)


def _named(word: MachineWord, text: str, end: int, place: Place) -> tuple[Part | None, list[Problem]]:
    """Read the name of a question after a word."""
    match = re.fullmatch(r"\s*:?\s*(\S+)", text[end:])
    if match is None:
        return None, [_malformed(word, text, place)]
    return Part(word.means, place, name=match[1], name_place=_span(place, end + match.start(1), len(match[1]))), []


def _screen(word: MachineWord, text: str, end: int, place: Place) -> tuple[Part | None, list[Problem]]:
    """Read the end of an interview: the name of its reason, if there is one, and for whom it is."""
    match = _NAME.match(text, end)
    reason = match[1] if match else ""
    rest = match.end() if match else end + len(text[end:]) - len(text[end:].lstrip())
    condition = _IF.match(text, rest)
    if condition is None:
        return None, [_malformed(word, text, place)]
    named = _span(place, match.start(1), len(reason)) if match else None
    part, problems = _condition(word, text, condition.end(), place)
    return (None if part is None else replace(part, name=reason, name_place=named)), problems


def _listed(word: MachineWord, text: str, end: int, place: Place) -> tuple[Part | None, list[Problem]]:
    match = re.fullmatch(r"\s*:\s*(.*)", text[end:])
    if match is None or not match[1].strip(" ,"):
        return None, [_malformed(word, text, place)]
    found = Part(word.means, place)
    for piece in re.finditer(r"[^,]+", text[end + match.start(1) :]):
        written = piece[0].strip()
        offset = end + match.start(1) + piece.start() + len(piece[0]) - len(piece[0].lstrip())
        known = find_word(written)
        if known is not None and known[0].means == "shuffle" and known[1] == len(written):
            found = replace(found, shuffled=True)
        elif known is not None and known[0].means == "order" and written[known[1] :].strip():
            other = written[known[1] :].strip()
            at = _span(place, offset + len(written) - len(other), len(other))
            found = replace(found, shuffled=True, order_as=other, order_place=at)
        elif written and not found.name:
            found = replace(found, name=written, name_place=_span(place, offset, len(written)))
        elif written:
            return None, [_malformed(word, text, place)]
    return found, []


def _condition(word: MachineWord, text: str, end: int, place: Place) -> tuple[Part | None, list[Problem]]:
    rest = text[end:]
    start = end + len(rest) - len(rest.lstrip())
    tree, problems = parse(text[start:], _span(place, start, len(text) - start))
    return (Part(word.means, place, condition=tree) if tree is not None else None), problems


_READERS: Mapping[Meaning, _Reader] = {
    "single": _alone,
    "multiple": _alone,
    "up_to": _limit,
    "scale": _scale,
    "number": _number,
    "open": _alone,
    "territory": _alone,
    "grid": _alone,
    "rows": _listed,
    "answers": _listed,
    "shuffle": _alone,
    "order": _named,
    "ranking": _ranking,
    "if": _condition,
    "loop": _named,
    "screen": _screen,
    "required": _alone,
    "optional": _alone,
    "page": _alone,
}
