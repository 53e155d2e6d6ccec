"""Between what an unprinted number must lie, given the printed ones.

People are divided by their answers to the questions concerned (the cells); every printed share is a condition on the cells, by
itself (the number as it stands) or within what rounding allows. The least and the greatest share that the conditions leave are
found by linear programming: 72 % like their town and 48 % would leave it, so at least 20 % and at most 48 % are both.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from math import prod

from posad.claims.audit.simplex import greatest, least
from posad.claims.audit.values import Bound, Key, Mark
from posad.study.expressions.evaluate import evaluate
from posad.study.expressions.tree import Expression
from posad.study.plans.values import Study, Variable
from posad.study.plans.variables import names_in, scope_of
from posad.study.questionnaire.codes import out_of_base
from posad.study.questionnaire.values import Item, Kind

MOST_CELLS = 400
Row = tuple[list[Fraction], Fraction]


@dataclass(frozen=True, slots=True)
class Side:
    """People by one answer: the question (with an answer, where several could be given), and which of its answers count."""

    axis: str
    atoms: frozenset[int]


@dataclass(frozen=True, slots=True)
class Margin:
    """A printed share of a group (or of everybody), and between what it lies by rounding; in per cent."""

    side: Side
    group: Side | None
    value: Fraction
    low: Fraction
    high: Fraction


class Margins:
    """The printed shares of a report as conditions on people's answers."""

    def __init__(self, study: Study, marks: Iterable[Mark]) -> None:
        self._study = study
        self._scope = scope_of(study)
        self.atoms: dict[str, tuple[int, ...]] = {}
        self.margins = tuple(m for m in (self._margin(g) for g in _settled(marks)) if m is not None)

    def _margin(self, marks: Sequence[Mark]) -> Margin | None:
        """Return the condition of one number, or of several that are known only together."""
        sides = [self.sides(key) for key in marks[0].keys]
        first = sides[0]
        if first is None or any(s is None or s[0].axis != first[0].axis or s[1] != first[1] for s in sides):
            return None
        atoms = frozenset().union(*(s[0].atoms for s in sides if s is not None))
        total = [sum((getattr(m, n) for m in marks), Fraction(0)) for n in ("value", "low", "high")]
        return Margin(Side(first[0].axis, atoms), first[1], *total)

    def sides(self, key: Key) -> tuple[Side, Side | None] | None:
        """Return what a share counts and in which group; nothing for what is no share of people all of whom were asked."""
        item_id, kind, codes, variable, group, _ = key
        item = self._study.item(item_id)
        if item is None or kind != "share" or item.ask_if is not None or out_of_base(item):
            return None
        side = self._side(item_id, codes)
        behind = None if variable is None or group is None else self._group(variable, group)
        return None if side is None or (variable is not None and behind is None) else (side, behind)

    def _side(self, item_id: str, codes: Sequence[int]) -> Side | None:
        item = self._study.item(item_id)
        assert item is not None
        if item.kind is Kind.MULTIPLE:
            if len(codes) != 1:
                return None
            axis = f"{item_id}.{codes[0]}"
            self.atoms[axis] = (0, 1)
            return Side(axis, frozenset((1,)))
        if item.kind not in (Kind.SINGLE, Kind.SCALE):
            return None
        self.atoms[item_id] = tuple(o.code for o in item.options)
        return Side(item_id, frozenset(codes))

    def _group(self, variable_id: str, group: int) -> Side | None:
        """Return a group as answers to the one question that makes it, else as a group of its variable."""
        variable = self._study.variable(variable_id)
        if variable is None:
            return self._side(variable_id, (group,))
        made = self._made_of(variable)
        if made is None:
            return self._side(variable_id, (group,)) if variable.exclusive else None
        axis, groups = made
        self._side(axis, ())
        return Side(axis, frozenset(groups.get(group, ())))

    def _made_of(self, variable: Variable) -> tuple[str, Mapping[int, list[int]]] | None:
        """Return the single-answer question whose answers alone make the groups, and the answers of each group."""
        item = self._one_question([g.condition for g in variable.groups if g.condition is not None])
        if item is None:
            return None
        groups: dict[int, list[int]] = {g.code: [] for g in variable.groups}
        for option in item.options:
            for group in variable.groups:
                if group.condition is None or self._holds(group.condition, item, option.code):
                    groups[group.code].append(option.code)
                    if variable.exclusive:
                        break
        return item.id, groups

    def answers_for(self, condition: Expression) -> tuple[str, tuple[int, ...]] | None:
        """Return the answers to one single-answer question for which a condition is true; nothing where it needs others."""
        item = self._one_question([condition])
        if item is None:
            return None
        return item.id, tuple(sorted(o.code for o in item.options if self._holds(condition, item, o.code)))

    def _one_question(self, conditions: Sequence[Expression]) -> Item | None:
        names = {n.text for c in conditions for n in names_in(c)}
        items = {i.id: i for i in (self._item_of(name) for name in names) if i is not None}
        found = next(iter(items.values()), None)
        if len(items) != 1 or found is None or found.kind is not Kind.SINGLE or found.ask_if is not None:
            return None
        return None if self._study.variable(found.id) else found

    def _item_of(self, name: str) -> Item | None:
        return self._study.item(name) or self._study.item(name.rpartition(".")[0])

    def _holds(self, condition: Expression, item: Item, code: int) -> bool:
        return evaluate(condition, {item.column: code}, self._scope) is True


def _settled(marks: Iterable[Mark]) -> list[list[Mark]]:
    """Return numbers that are conditions: each alone, or as many together as there are answers they may belong to."""
    together: dict[tuple[Key, ...], list[Mark]] = {}
    for mark in marks:
        together.setdefault(tuple(sorted(mark.keys, key=str)), []).append(mark)
    found: list[list[Mark]] = []
    for keys, those in together.items():
        if len(keys) == 1:
            found += [[m] for m in those[:1]]
        elif len(those) == len(keys):
            found.append(those)
    return found


@dataclass(frozen=True)
class _System:
    """The cells, and the conditions on them."""

    cells: tuple[dict[str, int], ...]
    upper: tuple[Row, ...]
    equal: tuple[Row, ...]

    def row(self, sides: Sequence[Side]) -> list[Fraction]:
        """Return 1 for each cell that lies in all the sides."""
        return [Fraction(all(c[s.axis] in s.atoms for s in sides)) for c in self.cells]

    def range(self, part: Sequence[Side], whole: Sequence[Side]) -> tuple[Fraction, Fraction] | None:
        """Return the least and the greatest share of the part in the whole, in per cent; nothing where nobody can answer so."""
        equal = [*self.equal, (self.row(whole), Fraction(1))]
        low = least(self.row([*part, *whole]), self.upper, equal).value
        high = greatest(self.row([*part, *whole]), self.upper, equal).value
        return None if low is None or high is None else (low * 100, high * 100)


def _system(margins: Margins, sides: Sequence[Side], loose: bool) -> _System | None:
    """Return the cells of the sides' questions and the conditions that concern them."""
    axes = list(dict.fromkeys(s.axis for s in sides))
    if loose:
        axes += _between(margins, axes)
    cells = tuple(dict(zip(axes, c, strict=True)) for c in product(*(margins.atoms[a] for a in axes)))
    if len(cells) > MOST_CELLS:
        return None
    chosen = [m for m in margins.margins if m.side.axis in axes and (m.group is None or m.group.axis in axes)]
    if not loose:
        chosen = _as_stated(chosen, sides)
    bare = _System(cells, (), ())
    upper: list[Row] = []
    equal: list[Row] = []
    for m in chosen:
        behind = [m.group] if m.group else []
        part, whole = bare.row([m.side, *behind]), bare.row(behind)
        for bound, sign in ((m.high, 1), (m.low, -1)) if loose else ():
            upper.append(([sign * (100 * p - bound * w) for p, w in zip(part, whole, strict=True)], Fraction(0)))
        if not loose:
            equal.append(([100 * p - m.value * w for p, w in zip(part, whole, strict=True)], Fraction(0)))
    return _System(cells, tuple(upper), tuple(equal))


def _between(margins: Margins, axes: Sequence[str]) -> list[str]:
    """Return further questions whose printed groups tie the given ones together, or to which a single one is tied."""
    tied: dict[str, set[str]] = {}
    for m in margins.margins:
        for one, other in ((m.side, m.group), (m.group, m.side)):
            if one is not None and other is not None and one.axis in axes and other.axis not in axes:
                tied.setdefault(other.axis, set()).add(one.axis)
    found: list[str] = []
    for axis in [a for a, those in tied.items() if len(those) >= min(2, len(axes))]:
        if prod(len(margins.atoms[name]) for name in (*axes, *found, axis)) <= MOST_CELLS:
            found.append(axis)
    return found


def _as_stated(margins: Sequence[Margin], sides: Sequence[Side]) -> list[Margin]:
    """Return the printed numbers of the very answers asked about; all of a question's where these are not printed."""
    found: list[Margin] = []
    for axis in dict.fromkeys(s.axis for s in sides):
        asked = [s for s in sides if s.axis == axis]
        own = [m for m in margins if m.group is None and m.side.axis == axis]
        exact = [m for m in own if m.side in asked]
        found += exact if {m.side for m in exact} == set(asked) else own
    return found


def bound(margins: Margins, what: str, part: Sequence[Side], whole: Sequence[Side] = ()) -> Bound | None:
    """Return between what a share lies; nothing where the printed numbers contradict one another within rounding.

    Args:
        margins: The printed numbers.
        what: The address of the share.
        part: Those who are counted, among the whole.
        whole: The group; everybody where empty.
    """
    system = _system(margins, [*part, *whole], True)
    if system is None:
        return Bound(what, Fraction(0), Fraction(100), Fraction(0), Fraction(100))
    loose = system.range(part, whole)
    if loose is None:
        return None
    strict = _system(margins, [*part, *whole], False)
    stated = (strict.range(part, whole) if strict else None) or loose
    return Bound(what, max(stated[0], loose[0]), min(stated[1], loose[1]), *loose) if _meets(stated, loose) else None


def _meets(stated: tuple[Fraction, Fraction], loose: tuple[Fraction, Fraction]) -> bool:
    return stated[0] <= loose[1] and loose[0] <= stated[1]


def feasible(margins: Margins, axis: str) -> bool:
    """Tell whether any answers carry all the printed numbers of one question together, rounding allowed."""
    system = _system(margins, [Side(axis, frozenset())], True)
    return system is None or system.range((), ()) is not None


def ratio_bound(
    margins: Margins, what: str, first: tuple[Side, Side], second: tuple[Side, Side], times: Fraction, slack: Fraction
) -> Bound | None:
    """Return between what the first share lies when the second is so many times the first; nothing where that cannot be.

    Args:
        margins: The printed numbers.
        what: The address of the first share.
        first: What is counted, and in which group.
        second: The same of the second share.
        times: How many times the first share the second is.
        slack: How far from ``times`` the ratio may lie, as a part of it, where rounding is allowed.
    """
    sides = [*first, *second]
    system = _system(margins, sides, True)
    if system is None:
        return None
    loose = _search(system, first, second, (times * (1 - slack), times * (1 + slack)))
    if loose is None:
        return None
    stated = _tied(_system(margins, sides, False), first, second, times)
    low, high = stated or loose
    return Bound(what, low, high, min(loose[0], low), max(loose[1], high))


def _tied(
    system: _System | None, first: tuple[Side, Side], second: tuple[Side, Side], times: Fraction
) -> tuple[Fraction, Fraction] | None:
    """Return the least and greatest first share with both groups exactly as printed; nothing where they are not."""
    if system is None:
        return None
    sizes = [system.range([group], []) for group in (first[1], second[1])]
    if any(s is None or s[0] != s[1] or s[0] == 0 for s in sizes):
        return None
    one, two = (s[0] for s in sizes if s is not None)
    tie = [one * b - times * two * a for a, b in zip(system.row(first), system.row(second), strict=True)]
    tied = _System(system.cells, system.upper, (*system.equal, (tie, Fraction(0))))
    return tied.range([first[0]], [first[1]])


def _search(
    system: _System, first: tuple[Side, Side], second: tuple[Side, Side], times: tuple[Fraction, Fraction]
) -> tuple[Fraction, Fraction] | None:
    """Return the least and greatest first share for which the conditions can all hold, to a hundredth of a per cent."""
    one, in_one, two, in_two = (system.row(s) for s in (first, first[1:], second, second[1:]))

    def holds(share: Fraction) -> bool:
        tie = [a - share * g for a, g in zip(one, in_one, strict=True)]
        over = [b - times[1] * share * g for b, g in zip(two, in_two, strict=True)]
        under = [times[0] * share * g - b for b, g in zip(two, in_two, strict=True)]
        upper = [*system.upper, (over, Fraction(0)), (under, Fraction(0))]
        equal = [*system.equal, (tie, Fraction(0)), (in_one, Fraction(1))]
        return least([0] * len(one), upper, equal).value is not None

    held = [i for i in range(51) if holds(Fraction(i, 50))]
    if not held:
        return None
    low = Fraction(held[0], 50) if held[0] == 0 else _edge(holds, Fraction(held[0] - 1, 50), Fraction(held[0], 50))
    high = Fraction(1) if held[-1] == 50 else _edge(holds, Fraction(held[-1] + 1, 50), Fraction(held[-1], 50))
    return low * 100, high * 100


def _edge(holds: Callable[[Fraction], bool], out: Fraction, inside: Fraction) -> Fraction:
    """Return where the conditions begin to hold, from the side where they do not, so that bounds are never too narrow."""
    for _ in range(8):
        middle = (out + inside) / 2
        out, inside = (out, middle) if holds(middle) else (middle, inside)
    return out
