"""The digest of everything that defines a number, so that a changed definition can be told from changed data."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import fields, is_dataclass

from posad.core.digests import digest_of
from posad.core.place import Place
from posad.core.words import LocalText
from posad.study.addresses.values import Resolved, ResolvedTerm
from posad.study.expressions.tree import Expression
from posad.study.plans.values import Study, WeightPlan
from posad.study.plans.variables import names_in


def definition_digest(
    resolved: Resolved, study: Study, *, weight: str | None = None, filter: Expression | None = None
) -> str:
    """Return a digest of what a number means: wording, codes and labels, nets, groups, filters, exclusions and weights.

    Everything a condition leads to is included: routing of the question, groups of groups, weighting margins with their targets.
    Places in the files are not: moving a question up changes nothing.

    Args:
        resolved: The number.
        study: The study it belongs to.
        weight: The weight plan's id; None is the study's first plan.
        filter: The filter of the table the number stands in, if any.
    """
    plan = study.weight(weight)
    conditions = [r.condition for r in study.cleaning if r.action == "exclude"]
    conditions += [filter] if filter is not None else []
    terms = [t for t in (resolved.first, resolved.second) if t is not None]
    seeds = [t.item.id for t in terms] + [t.variable.id for t in terms if t.variable is not None]
    seeds += [m.variable for m in plan.margins] if plan is not None else []
    seeds += [name.text for condition in conditions for name in names_in(condition)]
    return digest_of(
        {
            "terms": [_term(t) for t in terms],
            "join": resolved.join,
            "definitions": _definitions(seeds, study),
            "conditions": [_bare(c) for c in conditions],
            "weight": _plan(plan),
        }
    )


def definition_of_names(text: str, study: Study, *, weight: str | None = None) -> str:
    """Return a digest of the definitions that a text names: questions, nets, groups and all that they lead to, and the weight.

    Args:
        text: Anything with names in it; words that name nothing in the study count for nothing.
        study: The study.
        weight: The weight plan's id; None is the study's first plan.
    """
    plan = study.weight(weight)
    seeds = [
        *sorted(set(re.findall(r"[\w.]+", text))),
        *((m.variable for m in plan.margins) if plan is not None else ()),
    ]
    return digest_of({"definitions": _definitions(seeds, study), "weight": _plan(plan)})


def _term(term: ResolvedTerm) -> object:
    variable = term.variable.id if term.variable is not None else None
    return [term.item.id, term.measure.kind, list(term.measure.codes), variable, term.group, term.wave]


def _plan(plan: WeightPlan | None) -> object:
    if plan is None:
        return None
    margins = [[m.variable, [[c, repr(share)] for c, share in m.targets]] for m in plan.margins]
    return [plan.id, plan.method, margins, plan.column, plan.base_column, _bare(plan.bounds), _bare(plan.merge)]


def _definitions(seeds: Iterable[str], study: Study) -> dict[str, str]:
    """Return the digest of the definition of every question, net and variable that the names lead to, by name."""
    waiting = list(dict.fromkeys(seeds))
    found: dict[str, str] = {}
    while waiting:
        name = waiting.pop()
        if name not in found:
            found[name], following = _defined(name, study)
            waiting += following
    return {name: digest for name, digest in found.items() if digest}


def _defined(name: str, study: Study) -> tuple[str, tuple[str, ...]]:
    """Return the digest of one definition (empty where there is none) and the names it leads to; each is made once."""
    known = study.memo.setdefault("definitions", {})
    assert isinstance(known, dict)
    if name not in known:
        definition, conditions = _define(name, study)
        following = [n.text for c in conditions for n in names_in(c)]
        following += [parent] if (parent := name.rpartition(".")[0]) else []  # of a net, an answer or a group
        known[name] = (digest_of(definition) if definition is not None else "", tuple(following))
    found: tuple[str, tuple[str, ...]] = known[name]
    return found


def _define(name: str, study: Study) -> tuple[object, list[Expression]]:
    variable = study.variable(name)
    if variable is not None:
        groups = [[g.id, g.code, _bare(g.label), _bare(g.condition)] for g in variable.groups]
        conditions = [g.condition for g in variable.groups if g.condition is not None]
        return [_bare(variable.label), variable.exclusive, groups], conditions
    question = study.questionnaire.question(name)
    item = study.item(name)
    if item is not None or question is not None:
        asked = question or (study.questionnaire.question(item.question) if item is not None else None)
        condition = asked.ask_if if asked is not None else None
        return [_bare(asked), _bare(item)], [condition] if condition is not None else []
    item_name, _, net_name = name.rpartition(".")
    nets = [n for n in study.nets if n.id == net_name and (n.item == item_name or item_name.startswith(f"{n.item}."))]
    return ([[n.item, list(n.codes), _bare(n.label)] for n in nets] or None), []


# what questions have come to say since the first definitions were signed: left out where it says nothing
_LATER = frozenset({"options_as", "rows_as", "screens", "required", "new_page", "loop"})


def _bare(value: object) -> object:
    """Return a value without its places, as lists and texts."""
    if isinstance(value, Place):
        return None
    if isinstance(value, LocalText):
        return [list(part) for part in value.parts]
    if is_dataclass(value) and not isinstance(value, type):
        told = [f for f in fields(value) if f.name not in ("place", "block")]
        kept = (f.name for f in told if f.name not in _LATER or getattr(value, f.name) != f.default)
        return [type(value).__name__, *(_bare(getattr(value, name)) for name in kept)]
    if isinstance(value, frozenset):
        return sorted(str(v) for v in value)
    if isinstance(value, tuple | list):
        return [_bare(v) for v in value]
    return str(value) if value is not None and not isinstance(value, int | float | str | bool) else value
