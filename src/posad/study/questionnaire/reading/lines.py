"""The questionnaire line by line: what each line is, before anyone asks what it means.

Comments are blanked out so that every column stays true. A backslash before a punctuation mark takes its meaning away, as in Markdown.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum, auto

from posad.core.place import Place
from posad.core.problems import Problem, near, problem
from posad.study.questionnaire.pipes import PIPE, PLAIN
from posad.study.questionnaire.reading.machine_words import all_roles, find_role
from posad.study.questionnaire.values import Role

LONGEST_CODE = 9  # digits
LONG_LABEL = 500
_RESERVED_TEXT = """all and answered base count effective else false finished in max mean min n net nets not or profile psu random
respondent row_ shuffle shuffled started stratum text total true wave weight"""
RESERVED = frozenset(_RESERVED_TEXT.split())  # words of addresses, conditions and settings, columns of the store
_ID = re.compile(r"[a-z][a-z0-9]*(?:_[a-z0-9]+)*")
_COMMENT = re.compile(r"(?<!\\)<!--.*?-->", re.DOTALL)
_HEADING = re.compile(r"(#+)(\s*)(.*)")
_BULLET = re.compile(r"([-–—•*+])(\s+)(\S.*)")
_NO_SPACE = re.compile(r"[-–—•]\d+\s+\S")
_NUMBERED = re.compile(r"\d+[.)]\s+\S")
_CODED = re.compile(r"(\d+)(?:[.)](?=\s|$))?(?:\s+(.*))?")
_BAD_CODE = re.compile(r"[-–−]\s?\d+(?:\s|$)")
_NAMED = re.compile(r"([^\W\d][^\s:{}]*)\s*:\s*(.*)")
_ROLES = re.compile(r"(?:\s*(?<!\\)\{(?!=)[^{}]*\})+\s*")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~–—•])")
_PROTECTED = re.compile(r"(?<!\\)\\\{(=\s*[a-z][a-z0-9_]*(?:\.[a-z0-9_]+)*\s*\\?\})")  # a pipe that is not meant as one
_LATIN_OF = "a b v g d e e zh z i y k l m n o p r s t u f kh ts ch sh shch - y - e yu ya"
_LATIN = dict(zip("абвгдеёжзийклмнопрстуфхцчшщъыьэюя", _LATIN_OF.replace("-", "").split(" "), strict=True))


class LineKind(Enum):
    """What a line is."""

    TITLE = auto()
    BLOCK = auto()
    QUESTION = auto()
    MACHINE = auto()
    BULLET = auto()
    TEXT = auto()
    BLANK = auto()


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its text without the mark that makes it what it is, and the place where that text starts."""

    kind: LineKind
    text: str
    place: Place


@dataclass(frozen=True, slots=True)
class Coded:
    """``5 очень нравится {не знаю}`` after a dash."""

    code: int
    label: str
    place: Place
    roles: frozenset[Role] = field(default_factory=frozenset)


@dataclass(frozen=True, slots=True)
class Named:
    """``sber: «Сбер»`` after a dash."""

    id: str
    label: str
    place: Place


def split_lines(text: str, file: str) -> tuple[tuple[Line, ...], list[Problem]]:
    """Return the lines of a questionnaire and the problems of their form."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").removeprefix("\ufeff")
    problems: list[Problem] = []
    text = _COMMENT.sub(lambda m: re.sub(r"[^\n]", " ", m[0]), text)
    stray = re.search(r"(?<!\\)<!--", text)
    if stray is not None:
        at, column = text.count("\n", 0, stray.start()) + 1, stray.start() - text.rfind("\n", 0, stray.start())
        problems.append(problem("comment-open", Place(file, at, column, at, column + 4)))
        text = text[: stray.start()]
    lines: list[Line] = []
    for number, raw in enumerate(text.split("\n"), start=1):
        line, found = _line(raw, file, number)
        if found is not None:
            problems.append(found)
        if lines and line.kind is LineKind.TEXT and raw[:2].isspace() and lines[-1].kind is LineKind.BULLET:
            lines[-1] = Line(LineKind.BULLET, f"{lines[-1].text} {line.text}", lines[-1].place)
        elif not found or line.kind is not LineKind.TEXT:
            lines.append(line)
    return tuple(lines), problems


def _line(raw: str, file: str, number: int) -> tuple[Line, Problem | None]:
    text = raw.strip()
    column = len(raw) - len(raw.lstrip()) + 1
    place = Place(file, number, column, number, column + len(text))
    if not text or re.fullmatch(r"(?:[-*_]\s*){3,}", text):
        return Line(LineKind.BLANK, "", place), None
    if text.startswith("#"):
        return _heading(text, place)
    if text.startswith("[") and not re.match(r"\[[^\]]*\]\(", text):
        return _machine(text, place)
    bullet = _BULLET.fullmatch(text)
    if bullet is not None:
        return Line(LineKind.BULLET, bullet[3], _after(place, bullet.start(3))), None
    if _NO_SPACE.match(text):  # read as it was meant, so that nothing misses the answer
        return Line(LineKind.BULLET, text[1:], _after(place, 1)), problem("list-dash-space", place)
    if _NUMBERED.match(text):
        label = re.sub(r"^(\d+)[.)]\s+", r"- \1 ", text)
        return Line(LineKind.BULLET, text, place), problem("option-numbered", place, right=label[:60])
    return Line(LineKind.TEXT, text, place), None


def _after(place: Place, characters: int) -> Place:
    return Place(place.file, place.line, place.column + characters, place.end_line, place.end_column)


def _heading(text: str, place: Place) -> tuple[Line, Problem | None]:
    match = _HEADING.fullmatch(text)
    marks, space, rest = (match[1], match[2], match[3]) if match else (text, "", "")
    inner = _after(place, len(marks) + len(space))
    if len(marks) > 3:
        return Line(LineKind.TEXT, text, place), problem("heading-level", place)
    found = problem("heading-space", place, right=f"{marks} {rest[:40]}") if rest and not space else None
    kind = (LineKind.TITLE, LineKind.BLOCK, LineKind.QUESTION)[len(marks) - 1]
    return Line(kind, rest, inner), found


def _machine(text: str, place: Place) -> tuple[Line, Problem | None]:
    end = text.rfind("]")
    inner = _after(place, 1)
    if end < 0:
        return Line(LineKind.MACHINE, text[1:], inner), problem("machine-open", place)
    tail = text[end + 1 :].strip(" .")
    found = problem("machine-tail", _after(place, end + 1), text=tail[:40]) if tail else None
    return Line(LineKind.MACHINE, text[1:end], inner), found


def read_bullet(line: Line) -> tuple[Coded | Named | None, list[Problem]]:
    """Return what stands after a dash: a coded answer or a named row, and the problems of its form.

    >>> read_bullet(Line(LineKind.BULLET, "99 затрудняюсь {не знаю}", Place("q.md")))[0].code
    99
    """
    text, place = line.text, line.place
    body, roles, problems = _split_roles(text, place)
    coded = _CODED.fullmatch(body)
    if _BAD_CODE.match(body) or (
        coded is not None and (len(coded[1]) > LONGEST_CODE or coded[1] != str(int(coded[1])))
    ):
        written = re.split(r"(?<=\d)\D", body, maxsplit=1)[0]
        return None, [*problems, problem("code-form", place, written=written[:20], digits=LONGEST_CODE)]
    if coded is not None:
        label = unescape((coded[2] or "").strip())
        problems = problems or _label_problems(label, place)
        return Coded(int(coded[1]), label, place, roles), problems
    named = _NAMED.fullmatch(body)
    if named is not None and re.search(r"[A-Za-z]", named[1]):  # «Другое: …» is an answer in need of a code, not a row
        label = unescape(named[2].strip())
        problems += _label_problems(label, place)
        if roles:
            problems.append(problem("role-on-row", place, row=named[1]))
        return Named(named[1], label, place), problems
    return None, [*problems, problem("option-without-code", place, label=body[:60], right=f"- 1 {body[:40]}")]


def _label_problems(label: str, place: Place) -> list[Problem]:
    if not label:
        return [problem("label-empty", place)]
    return [problem("label-long", place, length=len(label), limit=LONG_LABEL)] if len(label) > LONG_LABEL else []


def _split_roles(text: str, place: Place) -> tuple[str, frozenset[Role], list[Problem]]:
    at = next((m.start() for m in _ROLES.finditer(text) if m.end() == len(text)), len(text))
    body, tail = text[:at], text[at:]
    roles: set[Role] = set()
    problems: list[Problem] = list(stray_braces(body, place))
    for match in re.finditer(r"\{([^{}]*)\}", tail):
        for word in re.finditer(r"[^,;]+", match[1]):
            here = _after(place, at + match.start(1) + word.start() + len(word[0]) - len(word[0].lstrip()))
            written = word[0].strip()
            role = find_role(written)
            if role is not None:
                roles.add(role)
            elif written:
                close = near(written.casefold(), all_roles())
                problems.append(problem("role-unknown", here, role=written, near=close))
                meant = find_role(close)
                roles |= {meant} if meant is not None else set()
    if Role.CODED in roles and Role.TEXT not in roles:
        problems.append(problem("role-code-without-text", _after(place, at)))
    return body.strip(), frozenset(roles), problems


def stray_braces(text: str, place: Place) -> Iterator[Problem]:
    """Yield the first problem of braces that are neither roles at the end of an option nor answers repeated in its words."""
    bare = PIPE.sub(lambda m: " " * len(m[0]), text)
    match = re.search(r"(?<!\\)[{}]", bare)
    if match is None:
        return
    here = _after(place, match.start())
    if bare.startswith("{=", match.start()):
        yield problem("piping-form", here, text=text[match.start() : match.start() + 20])
    else:
        yield problem("brace-stray", here)


def piping(line: Line) -> list[Problem]:
    """Return a problem for an answer to be repeated in a text whose name cannot be read: ``{=Used}``."""
    bare = PIPE.sub(lambda m: " " * len(m[0]), line.text)
    found = re.search(r"(?<!\\)\{=", bare)
    if found is None:
        return []
    return [problem("piping-form", _after(line.place, found.start()), text=line.text[found.start() :][:20])]


def unescape(text: str) -> str:
    r"""Return a text without the backslashes that protected its punctuation.

    >>> unescape(r"\{так\}")
    '{так}'
    """
    return _ESCAPE.sub(r"\1", _PROTECTED.sub(rf"{{{PLAIN}\1", text))


def suggest_id(text: str) -> str:
    """Return a name in small Latin letters made from any words, or an empty string.

    >>> suggest_id("Ваш Город?")
    'vash_gorod'
    """
    latin = "".join(_LATIN.get(c, c) for c in text.casefold())
    slug = re.sub(r"[^a-z0-9]+", "_", latin).strip("_")[:40].strip("_")
    return f"q{slug}" if slug[:1].isdigit() else slug


def check_id(id: str, place: Place) -> list[Problem]:
    """Return what is wrong with the name of a question, row or list."""
    if _ID.fullmatch(id):
        return [problem("id-reserved", place, id=id)] if id in RESERVED else []
    if re.fullmatch(r"[a-z][a-z0-9_]*", id):
        return [problem("id-underscores", place, id=id, near=re.sub(r"_+", "_", id).strip("_"))]
    return [problem("id-form", place, id=id[:60], near=suggest_id(id))]
