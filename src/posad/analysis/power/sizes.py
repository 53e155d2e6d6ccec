"""Parts of groups that the targets of weights decide: of the margin's own variable, or of one whose groups are made of its groups.

Whether they are is tried out: over every joint answer to the questions that the margin's conditions name, each of its groups must fall into
one group of the other variable. ``youth`` (18 to 24, and the rest) is decided so by margins of sex and age.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass
from itertools import product

from posad.study.expressions.evaluate import evaluate
from posad.study.expressions.scope import Scope
from posad.study.expressions.tree import Name
from posad.study.plans.values import Study, Variable
from posad.study.plans.variables import scope_of
from posad.study.questionnaire.codes import substantive
from posad.study.questionnaire.values import Item, Kind

MOST = 20_000  # joint answers that are tried


def targets_of(study: Study, name: str) -> Mapping[int, float]:
    """Return the parts of the groups of a variable or question, by code; empty where no margin of a weight decides them."""
    margins = [m for w in study.weights for m in w.margins if not m.crossed]
    for margin in margins:
        if margin.variable == name:
            return dict(margin.targets)
    variable = study.variable(name)
    for margin in margins:
        found = _derived(study, variable, margin.variable, margin.targets) if variable is not None else {}
        if found:
            return found
    return {}


def _derived(study: Study, wanted: Variable, name: str, targets: Sequence[tuple[int, float]]) -> dict[int, float]:
    """Return the parts of the groups of a variable where each group of another lies whole in one of them."""
    other, item = study.variable(name), study.item(name)
    if item is None or not wanted.exclusive or wanted.coded_from:
        return {}
    items = _asked(study, other) if other is not None else [item] if _values(item) is not None else None
    named = _asked(study, wanted)
    if items is None or named is None or not {i.id for i in named} <= {i.id for i in items}:
        return {}
    scope = scope_of(study)
    inside: dict[int, set[int | None]] = {}
    for row in _rows(items):
        code = _group(other, row, scope) if other is not None else int(row[item.column])
        if code is not None:
            inside.setdefault(code, set()).add(_group(wanted, row, scope))
    parts: dict[int, float] = {}
    for code, share in targets:
        groups = inside.get(code, set())
        if len(groups) != 1:
            return {}
        own = next(iter(groups))
        if own is not None:
            parts[own] = parts.get(own, 0.0) + share
    return parts


def _asked(study: Study, variable: Variable) -> list[Item] | None:
    """Return the questions that the conditions of a variable name; nothing where they name anything else, or questions of many answers."""
    found: dict[str, Item] = {}
    for group in variable.groups:
        for name in _names(group.condition):
            item = next((i for i in study.questionnaire.items() if i.id == ".".join(name.parts)), None)
            if item is None or _values(item) is None:
                return None
            found[item.id] = item
    many = 1
    for item in found.values():
        many *= len(_values(item) or ())
    return list(found.values()) if found and many <= MOST else None


def _names(tree: object) -> Iterator[Name]:
    """Yield every name in an expression."""
    if isinstance(tree, Name):
        yield tree
    elif isinstance(tree, tuple | list):
        for part in tree:
            yield from _names(part)
    elif is_dataclass(tree) and not isinstance(tree, type):
        for field in fields(tree):
            yield from _names(getattr(tree, field.name))


def _values(item: Item) -> list[int] | None:
    """Return the answers of a question with one answer or of a bounded whole number."""
    if item.kind in (Kind.SINGLE, Kind.SCALE):
        return [o.code for o in substantive(item)]
    if item.kind is Kind.NUMBER and item.bounds is not None and item.bounds[1] - item.bounds[0] <= 200:
        return list(range(int(item.bounds[0]), int(item.bounds[1]) + 1))
    return None


def _rows(items: Sequence[Item]) -> Iterator[dict[str, float]]:
    for values in product(*(_values(i) or () for i in items)):
        yield {i.column: float(v) for i, v in zip(items, values, strict=True)}


def _group(variable: Variable, row: Mapping[str, float], scope: Scope) -> int | None:
    """Return the code of the group that a row is in; nothing where it is in none."""
    for group in variable.groups:
        if group.condition is None or evaluate(group.condition, row, scope) is True:
            return group.code
    return None
