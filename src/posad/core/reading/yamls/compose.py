"""From the text of a YAML file to plain values and their places.

YAML 1.2 meanings, strictly: only ``true`` and ``false`` are truth values; ``01``, ``no``, ``нет``, ``on``, ``12:30``, ``1_000``
and dates stay text; words before colons are text; repeated ones, anchors, tags and second documents are mistakes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import yaml
from yaml.composer import Composer
from yaml.parser import Parser
from yaml.reader import Reader
from yaml.resolver import Resolver
from yaml.scanner import Scanner

from posad.core.place import Place
from posad.core.problems import Problem, problem
from posad.core.reading.texts import Lines
from posad.core.reading.yamls.syntax import syntax_problem

Path_ = tuple[str | int, ...]

_DEEPEST = 40
_NULL = frozenset({"", "~", "null", "Null", "NULL"})
_WHOLE = re.compile(r"-?(?:0|[1-9][0-9]{0,17})")
_FRACTION = re.compile(r"-?(?:0|[1-9][0-9]{0,17})(?:\.[0-9]+(?:[eE][+-]?[0-9]{1,2})?|[eE][+-]?[0-9]{1,2})")
_CODE = re.compile(r"-?[0-9]{1,18}")


@dataclass(frozen=True)
class Places:
    """Where every word and value of a YAML file stands; a path is the words and list positions that lead to it."""

    name: str
    keys: dict[tuple[str, ...], Place] = field(default_factory=dict)
    values: dict[tuple[str, ...], Place] = field(default_factory=dict)
    written: dict[tuple[str, ...], str] = field(default_factory=dict)

    def key(self, path: Sequence[str | int]) -> Place:
        """Return the place of a word before its colon (of a list's element, where the path ends in a position)."""
        return self._nearest(path, (self.keys, self.values))

    def value(self, path: Sequence[str | int]) -> Place:
        """Return the place of a value; for what is not in the file, of the nearest thing around it."""
        return self._nearest(path, (self.values, self.keys))

    def _nearest(self, path: Sequence[str | int], tables: Iterable[dict[tuple[str, ...], Place]]) -> Place:
        at = tuple(map(str, path))
        while True:
            for table in tables:
                if at in table:
                    return table[at]
            if not at:
                return Place(self.name)
            at = at[:-1]


@dataclass(frozen=True)
class Composed:
    """A YAML file as plain values (None where its text cannot be read at all), with what is wrong in it."""

    value: Any
    places: Places
    problems: list[Problem]
    readable: bool = True


class _TooDeep(Exception):
    def __init__(self, at: int) -> None:
        self.at = at


class _Loader(Reader, Scanner, Parser, Composer, Resolver):
    """PyYAML's composer, which notes anchors, aliases and tags instead of obeying them."""

    def __init__(self, text: str) -> None:
        Reader.__init__(self, text)
        Scanner.__init__(self)
        Parser.__init__(self)
        Composer.__init__(self)
        Resolver.__init__(self)
        self.depth = 0
        self.refused: list[tuple[str, str, int]] = []

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        event: Any = self.peek_event()  # type: ignore[no-untyped-call]  # the stubs leave it open
        marks: tuple[Any, Any] = event.start_mark, event.end_mark
        if isinstance(event, yaml.AliasEvent):
            self.get_event()  # type: ignore[no-untyped-call]
            self.refused.append(("yaml-anchor", "*", marks[0].index))
            return yaml.ScalarNode("", f"*{event.anchor}", *marks, style='"')  # taken as text: complained of once
        if getattr(event, "anchor", None) is not None:
            self.refused.append(("yaml-anchor", "&", event.start_mark.index))
            event.anchor = None
        if getattr(event, "tag", None) is not None:
            self.refused.append(("yaml-tag", "!", event.start_mark.index))
            event.tag = None
        self.depth += 1
        if self.depth > _DEEPEST:
            raise _TooDeep(event.start_mark.index)
        node = super().compose_node(parent, index)
        self.depth -= 1
        return node


def compose(text: str, name: str) -> Composed:
    """Turn the text of a YAML file into plain values, noting the place of each."""
    lines = Lines(name, text)
    try:
        loader = _Loader(text)
        node = loader.get_single_node()
    except yaml.YAMLError as error:
        return Composed(None, Places(name), [syntax_problem(error, lines)], readable=False)
    except _TooDeep as error:
        return Composed(None, Places(name), [problem("yaml-too-deep", lines.place(error.at))], readable=False)
    walk = _Walk(lines, Places(name), [])
    for code, character, at in loader.refused:
        walk.note(code, lines.place(at), character=character)
    value = walk.plain(node, ()) if node is not None else None
    if value is None and not walk.problems:
        walk.note("yaml-empty", Place(name), file=name)
    return Composed(value, walk.places, walk.problems)


@dataclass(frozen=True)
class _Walk:
    """One walk over the nodes of a file."""

    lines: Lines
    places: Places
    problems: list[Problem]

    def note(self, code: str, place: Place, **facts: str | int) -> None:
        self.problems.append(problem(code, place, **facts))

    def span(self, node: yaml.Node) -> Place:
        end = node.end_mark.index if isinstance(node, yaml.ScalarNode) and node.style not in ("|", ">") else None
        return self.lines.place(node.start_mark.index, end)

    def plain(self, node: yaml.Node, at: tuple[str, ...]) -> Any:
        self.places.values[at] = self.span(node)
        match node:
            case yaml.MappingNode():
                return self.mapping(node, at)
            case yaml.SequenceNode():
                if node.flow_style:
                    self.split_fractions(node)
                return [self.plain(child, (*at, str(i))) for i, child in enumerate(node.value)]
            case yaml.ScalarNode():
                self.places.written[at] = node.value
                return scalar(node.value) if node.style is None else node.value
            case _:
                raise TypeError(f"unknown YAML node {node!r}")

    def mapping(self, node: yaml.MappingNode, at: tuple[str, ...]) -> dict[str, Any]:
        found: dict[str, Any] = {}
        lines: dict[str, int] = {}
        previous: yaml.Node | None = None
        for key, child in node.value:
            place = self.span(key)
            if not isinstance(key, yaml.ScalarNode) or (key.style is None and not key.value):
                self.note("key-not-text", place)
            elif node.flow_style and self.valueless(child):
                self.left_alone(key, previous, place)
            elif (same := _same(key.value)) in lines:
                self.note("key-twice", place, key=key.value, line=lines[same])
            else:
                lines[same] = place.line
                self.places.keys[*at, key.value] = place
                found[key.value] = self.plain(child, (*at, key.value))
            previous = child
        return found

    def valueless(self, child: yaml.Node) -> bool:
        """Tell whether nothing, not even a colon, follows a word in braces: ``4`` in ``{if: x in 3, 4}``."""
        empty = isinstance(child, yaml.ScalarNode) and child.style is None and not child.value
        before = self.lines.text[: child.start_mark.index].rstrip()
        return empty and not before.endswith(":")

    def left_alone(self, key: yaml.ScalarNode, previous: yaml.Node | None, place: Place) -> None:
        before = previous.value if isinstance(previous, yaml.ScalarNode) else ""
        close = previous is not None and key.start_mark.index == previous.end_mark.index + 1
        if close and before.lstrip("-").isdigit() and key.value.rstrip(" %").isdigit():
            assert previous is not None
            whole = self.lines.place(previous.start_mark.index, key.end_mark.index)
            self.note("decimal-comma", whole, got=f"{before},{key.value}", better=f"{before}.{key.value}")
        else:
            self.note("yaml-comma-inside", place, got=key.value)

    def split_fractions(self, node: yaml.SequenceNode) -> None:
        """Note ``[0,5, 0,7]``: four numbers to YAML, two to its author; told by uneven spaces after commas."""
        pairs = list(zip(node.value, node.value[1:], strict=False))
        close = [b.start_mark.index == a.end_mark.index + 1 for a, b in pairs]
        if all(close) or not any(close):
            return
        for (a, b), tight in zip(pairs, close, strict=True):
            if tight and _is_digits(a) and _is_digits(b):
                whole = self.lines.place(a.start_mark.index, b.end_mark.index)
                self.note("decimal-comma", whole, got=f"{a.value},{b.value}", better=f"{a.value}.{b.value}")


def _is_digits(node: yaml.Node) -> bool:
    return isinstance(node, yaml.ScalarNode) and node.style is None and node.value.lstrip("-").isdigit()


def _same(key: str) -> str:
    """Return what makes two words the same: ``5`` and ``05`` are one code."""
    return str(int(key)) if _CODE.fullmatch(key) else key


def scalar(written: str) -> str | int | float | bool | None:
    """Return what an unquoted value means.

    >>> [scalar(t) for t in ("5", "0.5", "05", "no", "true", "12:30", "1_000", "~")]
    [5, 0.5, '05', 'no', True, '12:30', '1_000', None]
    """
    if written in _NULL:
        return None
    if written in ("true", "false"):
        return written == "true"
    if _WHOLE.fullmatch(written):
        return int(written)
    return float(written) if _FRACTION.fullmatch(written) else written
