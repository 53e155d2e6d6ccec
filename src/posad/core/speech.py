"""How a problem is said: to a person in a terminal, to a program as JSON, to a reader of the docs.

The words live in ``core/catalogue``; here are only the ways to show them.
"""

from __future__ import annotations

import string
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from posad.core.catalogue import CATALOGUE, TOPICS
from posad.core.numbers import plural
from posad.core.place import Place
from posad.core.problems import Entry, Problem, Severity
from posad.core.words import Language

SEVERITIES: tuple[Severity, ...] = ("error", "warning", "note")

_WIDTH = 100  # of a shown line, in terminal cells
_TAB = 4
_FACT = 200  # longest fact shown whole

_NAMES: Mapping[Severity, tuple[str, str]] = {
    "error": ("ошибка", "error"),
    "warning": ("предупреждение", "warning"),
    "note": ("заметка", "note"),
}
_COUNTS: Mapping[Severity, tuple[tuple[str, str, str], tuple[str, str]]] = {
    "error": (("ошибка", "ошибки", "ошибок"), ("error", "errors")),
    "warning": (("предупреждение", "предупреждения", "предупреждений"), ("warning", "warnings")),
    "note": (("заметка", "заметки", "заметок"), ("note", "notes")),
}
_KINDS: Mapping[str, tuple[str, str]] = {
    "text": ("текст", "a text"),
    "number": ("число", "a number"),
    "whole": ("целое число", "a whole number"),
    "percent": ("доля, например 54 %", "a share such as 54 %"),
    "truth": ("true или false", "true or false"),
    "list": ("список", "a list"),
    "mapping": ("набор строк «слово: значение»", "a set of lines 'word: value'"),
    "nothing": ("пусто", "nothing"),
    "other": ("другое значение", "another value"),
}


class _Words(string.Formatter):
    """Fills the braces of one entry in one language."""

    def __init__(self, language: Language) -> None:
        self.ru = language == "ru"

    def format_field(self, value: Any, format_spec: str) -> str:
        if format_spec == "kinds":
            names = [_KINDS[k][0 if self.ru else 1] for k in str(value).split("+")]
            return (" или " if self.ru else " or ").join(names)
        if "|" in format_spec:
            forms = format_spec.split("|")
            noun = plural(value, *forms) if len(forms) == 3 else forms[0 if value == 1 else 1]
            return f"{value} {noun}"
        if isinstance(value, float) and not format_spec:
            text = f"{value:.10g}"
            return text.replace(".", ",") if self.ru else text
        if isinstance(value, str):
            return format(_one_line(value, _FACT), format_spec)
        return str(format(value, format_spec))


def say(problem: Problem, language: Language) -> str:
    """Say what is wrong, with "did you mean" where a near name is known."""
    entry = CATALOGUE[problem.code]
    text = _Words(language).vformat(entry.ru if language == "ru" else entry.en, (), problem.facts)
    guess = str(problem.facts.get("near", ""))
    if not guess:
        return text
    return f"{text} — может быть, «{guess}»?" if language == "ru" else f"{text} — did you mean '{guess}'?"


def way_out(problem: Problem, language: Language) -> str:
    """Say what to do about a problem."""
    entry = CATALOGUE[problem.code]
    return _Words(language).vformat(entry.way_out_ru if language == "ru" else entry.way_out_en, (), problem.facts)


def severity(problem: Problem) -> Severity:
    """Tell how grave a problem is, by the catalogue."""
    return CATALOGUE[problem.code].severity


def has_errors(problems: Iterable[Problem]) -> bool:
    """Tell whether any problem is an error, so that no result may be shown."""
    return any(severity(p) == "error" for p in problems)


def show(problem: Problem, language: Language, source_line: str | None = None) -> str:
    """Show a problem with its place, the line with a caret under the column, and the way out."""
    ru = language == "ru"
    name = _NAMES[severity(problem)][0 if ru else 1]
    lines = [f"{_where(problem.place)}: {name}: {say(problem, language)} [{problem.code}]"]
    if source_line is not None and source_line.strip():
        lines += [f"    {line}" for line in _underlined(source_line.rstrip("\r\n"), problem.place)]
    lines.append(f"    → {way_out(problem, language)}")
    return "\n".join(lines)


def _where(place: Place) -> str:
    """Return a place as it is shown: a folder or a command, which have no lines, by the name alone."""
    whole = "." not in place.file.rpartition("/")[2] and (place.line, place.column) == (1, 1)
    return place.file if whole else str(place)


def show_all(problems: Iterable[Problem], language: Language, read_line: Callable[[Place], str | None]) -> str:
    """Show every problem once, by file and line, and count them in the last line.

    ``read_line`` gives the line of a file a place is in, or None where there is none to show.
    """
    ordered = in_order(problems)
    shown = [show(p, language, read_line(p.place)) for p in ordered]
    return "\n\n".join([*shown, summary(ordered, language)])


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return the problems by file, line and column, each once."""
    seen: dict[tuple[object, ...], Problem] = {}
    for p in problems:
        seen.setdefault((p.code, p.place, tuple(sorted((k, str(v)) for k, v in p.facts.items()))), p)
    return tuple(sorted(seen.values(), key=_order))


def _order(p: Problem) -> tuple[str, int, int, int, str]:
    return p.place.file, p.place.line, p.place.column, SEVERITIES.index(severity(p)), p.code


def summary(problems: Sequence[Problem], language: Language) -> str:
    """Count problems by how grave they are: "3 ошибки, 1 предупреждение"."""
    counts = {s: sum(severity(p) == s for p in problems) for s in SEVERITIES}
    said = []
    for kind, n in counts.items():
        ru, en = _COUNTS[kind]
        if n:
            said.append(f"{n} {plural(n, *ru)}" if language == "ru" else f"{n} {en[0 if n == 1 else 1]}")
    return ", ".join(said) or ("Замечаний нет" if language == "ru" else "No problems")


def to_json(problem: Problem) -> dict[str, Any]:
    """Return a problem as plain JSON values, said in both languages."""
    place = problem.place
    return {
        "code": problem.code,
        "severity": severity(problem),
        "file": place.file,
        "line": place.line,
        "column": place.column,
        "end_line": place.end_line,
        "end_column": place.end_column,
        "facts": dict(problem.facts),
        "message": {"ru": say(problem, "ru"), "en": say(problem, "en")},
        "way_out": {"ru": way_out(problem, "ru"), "en": way_out(problem, "en")},
    }


def problems_page(language: Language = "en") -> str:
    """Return the reference page of every problem as Markdown, one section for each code."""
    ru = language == "ru"
    title = "Что может быть не так" if ru else "What can be wrong"
    about = (
        "Каждое замечание posad называет место, объясняет, что не так, и подсказывает выход. Коды по темам:"
        if ru
        else "Every problem posad reports names its place, says what is wrong and offers a way out. The codes, by topic:"
    )
    parts = [f"# {title}", about]
    for topic, entries in TOPICS.items():
        if entries:
            parts.append(f"## {topic}")
            parts += [_section(code, entries[code], ru) for code in sorted(entries)]
    return "\n\n".join(parts) + "\n"


def _section(code: str, entry: Entry, ru: bool) -> str:
    name = _NAMES[entry.severity][0 if ru else 1]
    out = ("Выход", "Way out")[0 if ru else 1]
    rows = [("ru", entry.ru, entry.way_out_ru), ("en", entry.en, entry.way_out_en)]
    first, second = rows if ru else rows[::-1]
    body = "\n".join(
        f"- {lang}: {_page_text(message)}\n  - {out}: {_page_text(way)}" for lang, message, way in (first, second)
    )
    return f"({code})=\n### {code}\n\n*{name}*\n\n{body}"


def _page_text(template: str) -> str:
    """Return an entry's words for the page: facts in italics, nothing read as markup."""
    out = []
    for literal, name, spec, _ in string.Formatter().parse(template):
        out.append("".join(f"\\{c}" if c in "\\`*_<>[]#|" else c for c in literal))
        if name is not None:
            noun = f" {spec.rsplit('|', 1)[-1]}" if spec and "|" in spec else ""
            out.append(f"*{name}*{noun}")
    return "".join(out)


def _one_line(text: str, longest: int) -> str:
    flat = "".join(_safe(c) for c in " ".join(text.split()))
    return flat if len(flat) <= longest else flat[: longest - 1] + "…"


def _safe(char: str) -> str:
    """Return a character that cannot move the cursor or turn the line round."""
    return "\N{REPLACEMENT CHARACTER}" if unicodedata.category(char) in ("Cc", "Cf", "Cs") and char != "\xad" else char


def _cells(char: str) -> int:
    """Return how many terminal cells a character takes."""
    if unicodedata.combining(char) or unicodedata.category(char) in ("Mn", "Me"):
        return 0
    return 2 if unicodedata.east_asian_width(char) in ("W", "F") else 1


def _underlined(line: str, place: Place) -> tuple[str, str]:
    """Return the line as shown and a second one with a caret under the place, clipped round it when long."""
    start = min(max(place.column - 1, 0), len(line))
    end = len(line) if place.end_line not in (None, place.line) else (place.end_column or place.column + 1) - 1
    cut = max(0, start - _WIDTH)  # nothing further away can be shown
    pieces: list[str] = []
    widths: list[int] = []
    cell = 0
    for char in line[cut : start + 2 * _WIDTH]:
        pieces.append(" " * (_TAB - cell % _TAB) if char == "\t" else _safe(char))
        widths.append(len(pieces[-1]) if char == "\t" else _cells(pieces[-1]))
        cell += widths[-1]
    start, end = start - cut, end - cut
    left, right = _window(widths, start)
    head = "…" if cut + left else ""
    tail = "…" if cut + right < len(line) else ""
    marked = max(1, sum(widths[start : min(max(end, start + 1), right)]))
    shown = head + "".join(pieces[left:right]).rstrip() + tail
    return shown, " " * (len(head) + sum(widths[left:start])) + "^" * marked


def _window(widths: Sequence[int], at: int) -> tuple[int, int]:
    """Return the part of a long line to show: as much as fits, the caret a third of the way in."""
    if sum(widths) <= _WIDTH:
        return 0, len(widths)
    left, room = at, _WIDTH // 3
    while left > 0 and room >= widths[left - 1]:
        left -= 1
        room -= widths[left]
    right, room = left, _WIDTH - 2
    while right < len(widths) and room >= widths[right]:
        room -= widths[right]
        right += 1
    while left > 0 and room >= widths[left - 1]:
        left -= 1
        room -= widths[left]
    return left, right
