"""What PyYAML could not read, in words for the person who wrote it.

To add a hint: 1. a function that looks at the error and its line and returns a problem or None; 2. its name in ``_HINTS``, the
more exact before the more general; 3. a test with the text that needs it.
"""

from __future__ import annotations

import re
from collections.abc import Callable

import yaml
from yaml.reader import ReaderError

from posad.core.place import Place
from posad.core.problems import Problem, problem
from posad.core.reading.texts import Lines


class _Case:
    """An error of the YAML reader beside the text it is about."""

    def __init__(self, error: yaml.MarkedYAMLError, lines: Lines) -> None:
        self.what = str(error.problem or "")
        self.context = str(error.context or "")
        self.lines = lines
        mark = error.problem_mark or error.context_mark
        self.at = min(mark.index, len(lines.text)) if mark else 0
        self.since = error.context_mark.index if error.context_mark else self.at
        start = lines.text.rfind("\n", 0, self.at) + 1
        self.before = lines.text[start : self.at]

    @property
    def place(self) -> Place:
        return self.lines.place(self.at)

    @property
    def opened(self) -> Place:
        return self.lines.place(self.since)

    @property
    def character(self) -> str:
        return self.lines.text[self.at : self.at + 1]


def syntax_problem(error: yaml.YAMLError, lines: Lines) -> Problem:
    """Return the problem behind an error of the YAML reader."""
    if isinstance(error, ReaderError):
        character = f"U+{ord(error.character):04X}" if isinstance(error.character, str) else f"U+{error.character:04X}"
        return problem("yaml-character", lines.place(error.position), character=character)
    if not isinstance(error, yaml.MarkedYAMLError):
        return problem("yaml-unreadable", Place(lines.name))
    case = _Case(error, lines)
    found = next((hint for hint in (h(case) for h in _HINTS) if hint), None)
    return found or problem("yaml-unreadable", case.place)


def _documents(case: _Case) -> Problem | None:
    if "single document" in case.context or "<document start>" in case.what:
        return problem("yaml-several-documents", case.place)
    return None


def _tab(case: _Case) -> Problem | None:
    if case.character == "\t" and ("cannot start any token" in case.what or not case.before.strip()):
        return problem("yaml-tab", case.place)
    indent = re.match(r" *\t", case.lines.text[case.lines.text.rfind("\n", 0, case.at) + 1 :])
    if indent:
        return problem("yaml-tab", case.lines.place(case.at - len(case.before) + indent.end() - 1))
    return None


def _quote(case: _Case) -> Problem | None:
    if "escape" in case.what and "double-quoted" in case.context:
        return problem("yaml-escape", case.place, got=f"\\{case.character}")
    if "quoted scalar" in case.context:
        return problem("yaml-quote-open", case.opened)
    return None


def _after_quote(case: _Case) -> Problem | None:
    before = case.before.rstrip()
    if before[-1:] in ("'", '"') and "block" in case.context:
        return problem("yaml-after-quote", case.place)
    return None


def _anchor_or_tag(case: _Case) -> Problem | None:
    for word, code, character in (("alias", "yaml-anchor", "*"), ("anchor", "yaml-anchor", "&")):
        if f"scanning an {word}" in case.context:
            return problem(code, case.opened, character=character)
    if "a tag" in case.context or "tag handle" in case.what or "a tag" in case.what:
        return problem("yaml-tag", case.opened)
    return None


def _start_character(case: _Case) -> Problem | None:
    if "cannot start any token" in case.what:
        return problem("yaml-start-character", case.place, character=case.character)
    if "block scalar" in case.context:
        return problem("yaml-start-character", case.opened, character=case.lines.text[case.since : case.since + 1])
    if "directive" in case.context or "<document start>" in case.what:
        return problem("yaml-start-character", case.opened, character="%")
    return None


def _colon_inside(case: _Case) -> Problem | None:
    if "mapping values are not allowed" not in case.what:
        return None
    code = "yaml-colon-inside" if re.search(r":\s", case.before) else "yaml-indent"
    return problem(code, case.place)


def _list_inline(case: _Case) -> Problem | None:
    return problem("yaml-list-inline", case.place) if "sequence entries are not allowed" in case.what else None


def _colon_missing(case: _Case) -> Problem | None:
    return problem("yaml-colon-missing", case.opened) if "could not find expected ':'" in case.what else None


def _bracket(case: _Case) -> Problem | None:
    if "flow" not in case.context:
        return None
    same_line = case.place.line == case.opened.line
    return problem("yaml-bracket-open", case.place if same_line and case.character.strip() else case.opened)


def _no_word(case: _Case) -> Problem | None:
    return problem("key-not-text", case.place) if case.character == ":" else None


def _closing(case: _Case) -> Problem | None:
    if case.character and case.character in "]},":
        return problem("yaml-start-character", case.place, character=case.character)
    return None


def _indent(case: _Case) -> Problem | None:
    return problem("yaml-indent", case.place) if "block" in case.context else None


_HINTS: tuple[Callable[[_Case], Problem | None], ...] = (
    _quote,
    _tab,
    _documents,
    _after_quote,
    _anchor_or_tag,
    _start_character,
    _colon_inside,
    _list_inline,
    _colon_missing,
    _bracket,
    _no_word,
    _closing,
    _indent,
)
