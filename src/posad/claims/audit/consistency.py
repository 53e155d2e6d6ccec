"""Whether printed numbers agree among themselves: sums against 100, nets against their parts, bases against who was asked.

What rounding cannot do is a contradiction of every number concerned. What rounding does in less than one case of twenty (five
shares in whole per cent that add to 98) is one too, told once, at the first statement about the question.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from math import comb, factorial

from posad.claims.audit.bounds import Margins, feasible
from posad.claims.audit.values import Key, Mark
from posad.core.numbers import half_up
from posad.core.place import Place
from posad.core.problems import Problem, problem
from posad.study.plans.values import Study
from posad.study.questionnaire.codes import codes_text, out_of_base
from posad.study.questionnaire.values import Item, Kind, Role

UNLIKELY = Fraction(1, 20)
EVERYBODY = re.compile(r"опрошенн|респондент|участник|respondents|those asked|everybody|all\b", re.IGNORECASE)


@dataclass
class Book:
    """The printed numbers of a report: those of its charts, and those of statements that no chart prints."""

    study: Study
    marks: tuple[Mark, ...]
    margins: Margins = field(init=False)
    _by_key: dict[Key, list[Mark]] = field(init=False)

    def __post_init__(self) -> None:
        self.margins = Margins(self.study, self.marks)
        self._by_key = {}
        for mark in self.marks:
            for key in mark.keys:
                self._by_key.setdefault(key, []).append(mark)

    def printed(self, key: Key) -> list[Mark]:
        """Return the numbers that may stand for an estimate: those surely its own, else all that may be."""
        found = self._by_key.get(key, [])
        return [m for m in found if len(m.keys) == 1] or found

    def one(self, key: Key) -> Mark | None:
        """Return the number printed for an estimate, if it is sure which one that is."""
        found = self.printed(key)
        return found[0] if found and len(found[0].keys) == 1 else None

    def without(self, claim: str) -> Margins:
        """Return the printed numbers as conditions, save those of one statement."""
        if not any(m.claim == claim for m in self.marks):
            return self.margins
        return Margins(self.study, [m for m in self.marks if m.claim != claim])


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong among printed numbers: the estimates concerned, and whether each of them is false by itself."""

    keys: frozenset[Key]
    code: str
    facts: Mapping[str, str | int | float]
    surely: bool


def probability(parts: int, gap: Fraction) -> Fraction:
    """Return how likely the roundings of so many shares add up to a gap or more, in units of the last digit.

    Each rounding is taken as uniform and independent (Irwin–Hall); printed sums are whole, so half a unit is taken off.

    >>> probability(5, Fraction(2)), probability(6, Fraction(1)) > Fraction(1, 4)
    (Fraction(1, 60), True)
    """
    x = Fraction(parts, 2) - (abs(gap) - Fraction(1, 2))
    if x <= 0:
        return Fraction(0)
    tail = sum(((-1) ** k * comb(parts, k) * (x - k) ** parts for k in range(int(x) + 1)), Fraction(0))
    return min(Fraction(1), 2 * tail / factorial(parts))


def faults(book: Book) -> list[Fault]:
    """Return everything in which printed numbers contradict one another."""
    found: list[Fault] = []
    groups = {(k[0], k[3], k[4], k[5]) for k in _keys(book.marks) if k[1] == "share"}
    for item_id, variable, group, wave in sorted(groups, key=str):
        item = book.study.item(item_id)
        if item is None:
            continue
        marks = [
            m for m in book.marks if all((k[0], k[3], k[4], k[5]) == (item_id, variable, group, wave) for k in m.keys)
        ]
        found += _nets(item, marks)
        if item.kind in (Kind.SINGLE, Kind.SCALE):
            found += _sum(item, marks)
        found += _base(book, item, marks) if item.ask_if is not None and variable is None else []
    return found + _together(book, found)


def _keys(marks: Iterable[Mark]) -> list[Key]:
    return [k for m in marks for k in m.keys]


def _parts(item: Item, marks: Sequence[Mark]) -> list[Mark]:
    """Return one number for each answer; a number that may belong to any of several counts for one of them."""
    chosen: list[Mark] = []
    seen: dict[tuple[Key, ...], int] = {}
    for mark in marks:
        if any(len(k[2]) != 1 for k in mark.keys):
            continue
        seen[mark.keys] = seen.get(mark.keys, 0) + 1
        if seen[mark.keys] <= len(mark.keys):
            chosen.append(mark)
    return chosen


def _sum(item: Item, marks: Sequence[Mark]) -> list[Fault]:
    parts = _parts(item, marks)
    if len(parts) < 2:
        return []
    answers = {o.code: o for o in item.options if o.code not in out_of_base(item)}
    covered = {k[2][0] for m in parts for k in m.keys}
    left = [answers[c] for c in answers if c not in covered]
    full = len(parts) == len(answers)
    substantive_left = [o for o in left if Role.DONT_KNOW not in o.roles]
    total, slack = sum((m.value for m in parts), Fraction(0)), sum((m.half for m in parts), Fraction(0))
    gap = total - 100
    facts: dict[str, str | int | float] = {
        "sum": figure(total),
        "n": len(parts),
        "low": figure(100 - slack),
        "high": figure(100 + slack),
    }
    keys = frozenset(_keys(parts))
    if gap > slack or (full and gap < -slack):
        return [Fault(keys, "audit-sum-impossible", facts, True)]
    chance = probability(len(parts), gap / (2 * max(m.half for m in parts))) if slack else Fraction(int(gap == 0))
    if chance >= UNLIKELY or (gap < 0 and substantive_left):
        return []
    facts |= {"chance": figure(chance * 100, 1)}
    if gap < 0 and left:
        facts |= {"missing": ", ".join(o.label.parts[0][1] if o.label.parts else str(o.code) for o in left)}
        return [Fault(keys, "audit-sum-answer-missing", facts, False)]
    return [Fault(keys, "audit-sum-unlikely", facts, False)]


def _nets(item: Item, marks: Sequence[Mark]) -> list[Fault]:
    """Return the nets that are not what their parts add up to; of several answers, only that a net is no less than each part."""
    single = {k[2][0]: m for m in marks if len(m.keys) == 1 for k in m.keys if len(k[2]) == 1}
    found = []
    for net in (m for m in marks if len(m.keys) == 1 and len(m.keys[0][2]) > 1):
        codes = net.keys[0][2]
        parts = [single[c] for c in codes if c in single]
        whole = len(parts) == len(codes)
        if not parts:
            continue
        low = sum((p.low for p in parts), Fraction(0))
        high = sum((p.high for p in parts), Fraction(0))
        if item.kind is Kind.MULTIPLE:
            low = max(p.low for p in parts)
        if net.high < low or (whole and net.low > high):
            total = sum((p.value for p in parts), Fraction(0))
            facts: dict[str, str | int | float] = {
                "net": figure(net.value),
                "sum": figure(total),
                "codes": codes_text(codes),
            }
            found.append(Fault(frozenset((net.keys[0], *_keys(parts))), "audit-net", facts, True))
    return found


def _base(book: Book, item: Item, marks: Sequence[Mark]) -> list[Fault]:
    """Return a fault where shares of those who were asked are printed as shares of everybody, or with no base at all."""
    parts = _parts(item, marks)
    asked = _asked(book, item)
    low = sum((m.low for m in parts), Fraction(0))
    if asked is None or low <= asked[1]:
        return []
    bases = [m.base for m in marks if m.base]
    facts: dict[str, str | int | float] = {
        "sum": figure(sum((m.value for m in parts), Fraction(0))),
        "asked": figure(asked[0]),
        "filter": asked[2],
    }
    wrong = next((b for b in bases if EVERYBODY.search(b)), None)
    keys = frozenset(_keys(marks))
    if wrong is not None:
        return [Fault(keys, "audit-base-everybody", {**facts, "base": wrong}, False)]
    return [] if bases else [Fault(keys, "audit-base-unstated", facts, False)]


def _asked(book: Book, item: Item) -> tuple[Fraction, Fraction, str] | None:
    """Return how many were asked a question, as printed: the share, the most it may be, and the answers that led to it."""
    led = book.margins.answers_for(item.ask_if) if item.ask_if is not None else None
    if led is None:
        return None
    whole = book.one((led[0], "share", led[1], None, None, None))
    marks = [whole] if whole else [book.one((led[0], "share", (code,), None, None, None)) for code in led[1]]
    known = [m for m in marks if m is not None]
    if not known or len(known) < len(marks):
        return None
    name = f"{led[0]}.{codes_text(led[1])}"
    return sum((m.value for m in known), Fraction(0)), sum((m.high for m in known), Fraction(0)), name


def _together(book: Book, found: Sequence[Fault]) -> list[Fault]:
    """Return the questions whose numbers cannot stand together though no sum or net by itself shows it."""
    known = {k[0] for f in found if f.surely for k in f.keys}
    axes = {m.side.axis for m in book.margins.margins} - known
    return [
        Fault(frozenset(k for k in _keys(book.marks) if k[0] == axis), "audit-together", {"question": axis}, True)
        for axis in sorted(axes)
        if not feasible(book.margins, axis)
    ]


def figure(value: Fraction, digits: int = 2) -> float:
    """Return a number for a message, which says it in the language of the reader.

    >>> figure(Fraction(57, 32)), figure(Fraction(98)), figure(Fraction(5, 3), 1)
    (1.78, 98.0, 1.7)
    """
    return float(half_up(float(value), digits))


def shown(value: Fraction) -> str:
    """Return a number as a word, with as many decimals as it has, at most two.

    >>> shown(Fraction(57, 32)), shown(Fraction(98))
    ('1.78', '98')
    """
    return f"{figure(value):.10g}"


def told(fault: Fault, place: Place) -> Problem:
    """Return a fault as a reason at a statement."""
    return problem(fault.code, place, **fault.facts)


def with_claims(printed: Sequence[Mark], claimed: Sequence[Mark]) -> tuple[Mark, ...]:
    """Return the numbers of the charts, and of those statements whose numbers no chart prints."""
    there = {k for m in printed for k in m.keys}
    own = {m.keys[0]: replace(m) for m in reversed(claimed) if m.keys[0] not in there}
    return (*printed, *reversed(list(own.values())))
