"""The numbers of a rule that could as well be others, and the rule with one of them moved.

A threshold is a number beside ``<``, ``<=``, ``>`` or ``>=``, or an end of a range after ``in`` where a measured quantity stands
before it. Numbers beside ``=`` and codes in a list are categories, and stay.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from posad.study.expressions.tree import (
    And,
    Arithmetic,
    Call,
    Compare,
    Expression,
    In,
    Name,
    Not,
    Number,
    Or,
)

SHARES = (0.10, 0.25)  # by how much a threshold is moved, of itself
Path = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Threshold:
    """A number of a rule: where it is, its value, and the comparison it stands in."""

    path: Path
    value: float
    inside: Compare | In
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Move:
    """A threshold moved: by how much in words of the table (``+10 %``, ``-25``), to which value, the rule that comes of it."""

    threshold: Threshold
    step: str
    value: float
    rule: Expression


def thresholds(rule: Expression, categories: frozenset[str] = frozenset()) -> tuple[Threshold, ...]:
    """Return the thresholds of a rule from left to right.

    Args:
        rule: The rule.
        categories: Names whose numbers are codes, so that ranges of them are lists of categories.
    """
    return tuple(_find(rule, (), None, categories))


def moves(threshold: Threshold, rule: Expression, steps: Mapping[str, tuple[float, ...]]) -> Iterator[Move]:
    """Yield a rule with one threshold moved down and up, each as far as its steps say.

    Args:
        threshold: One of its thresholds.
        rule: The rule.
        steps: By name the absolute steps of what it is compared with; 10 and 25 per cent of the threshold for all others.
    """
    own = next((steps[n] for n in threshold.names if steps.get(n)), ())
    shifts = {f"{s:g}": s for s in own} or {f"{s:.0%}".replace("%", " %"): s * abs(threshold.value) for s in SHARES}
    signed = [(f"−{w}", -s) for w, s in reversed(shifts.items())] + [(f"+{w}", s) for w, s in shifts.items()]
    for words, shift in signed:
        value = threshold.value + shift
        if shift:
            yield Move(threshold, words, value, _put(rule, threshold.path, value))


def _find(e: Expression, path: Path, inside: Compare | None, categories: frozenset[str]) -> Iterator[Threshold]:
    if isinstance(e, Number):
        if inside is not None:
            yield Threshold(path, e.value, inside, _names(inside))
        return
    if isinstance(e, Compare):
        inside = e if e.op not in ("=", "!=") else None
    if isinstance(e, In):
        yield from _ends(e, path, categories)
        return
    for i, part in enumerate(_parts(e)):
        yield from _find(part, (*path, i), inside, categories)


def _ends(e: In, path: Path, categories: frozenset[str]) -> Iterator[Threshold]:
    names = _names(e)
    if set(names) & categories:
        return
    for i, (low, high) in enumerate(e.ranges):
        if low < high:
            yield Threshold((*path, 2 * i), low, e, names)
            yield Threshold((*path, 2 * i + 1), high, e, names)


def _put(e: Expression, path: Path, value: float) -> Expression:
    """Return an expression with the number at a path replaced."""
    if isinstance(e, Number):
        return replace(e, value=value)
    first, rest = path[0], path[1:]
    if isinstance(e, In):
        ends = [list(pair) for pair in e.ranges]
        ends[first // 2][first % 2] = value
        return replace(e, ranges=tuple((a, b) for a, b in ends))
    parts = list(_parts(e))
    parts[first] = _put(parts[first], rest, value)
    match e:
        case And() | Or():
            return replace(e, parts=tuple(parts))
        case Not():
            return replace(e, inner=parts[0])
        case Compare() | Arithmetic():
            return replace(e, left=parts[0], right=parts[1])
        case Call():
            return replace(e, arguments=tuple(parts))
        case _:
            raise ValueError("a path leads through parts only")


def _parts(e: Expression) -> tuple[Expression, ...]:
    match e:
        case And() | Or():
            return e.parts
        case Not():
            return (e.inner,)
        case Compare() | Arithmetic():
            return e.left, e.right
        case Call():
            return e.arguments
        case In():
            return (e.left,)
        case _:
            return ()


def _names(e: Expression) -> tuple[str, ...]:
    if isinstance(e, Name):
        return (e.text,)
    return tuple(n for part in _parts(e) for n in _names(part))
