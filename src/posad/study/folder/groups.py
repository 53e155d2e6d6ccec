"""variables.yaml: nets and grouping variables."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from posad.core.problems import Problem, problem
from posad.core.words import LocalText
from posad.study.expressions.scope import Scope
from posad.study.folder.reading import (
    NAME,
    Ground,
    Sheet,
    check_name,
    condition,
    ordered,
    picked,
    shaped,
    shaped_each,
    unknown,
)
from posad.study.folder.shapes import GroupShape, NetShape, VariableShape
from posad.study.plans.values import Group, Net, Variable
from posad.study.plans.variables import RESERVED, built_in_nets, derivation_order, make_scope, variable_item
from posad.study.questionnaire.codes import codes_text
from posad.study.questionnaire.values import Item, Kind, Questionnaire, columns_of
from posad.study.words.coding import CodeFrame

VARIABLES = "variables.yaml"


@dataclass(frozen=True, slots=True)
class Groups:
    """Nets and variables that are sound; and, so that one mistake is told once, all that are declared with their scope."""

    nets: tuple[Net, ...] = ()
    variables: tuple[Variable, ...] = ()
    declared_nets: tuple[Net, ...] = ()
    declared_variables: tuple[Variable, ...] = ()
    scope: Scope | None = None


def read_groups(
    sheet: Sheet | None,
    questionnaire: Questionnaire | None,
    ground: Ground,
    coded: Sequence[CodeFrame] = (),
) -> tuple[Groups, list[Problem]]:
    """Read nets and grouping variables, with the scope that every later condition is checked against."""
    items = questionnaire.items() if questionnaire is not None else ()
    made, made_nets = tuple(f.variable for f in coded), tuple(n for f in coded for n in f.nets)
    if sheet is None:  # where the file is there and unreadable, no name can be checked
        checked = questionnaire is not None and not (ground.folder / VARIABLES).exists()
        scope = make_scope(items, made_nets, made) if checked else None
        return Groups(made_nets, made, made_nets, made, scope), []
    if not isinstance(sheet.value, Mapping):
        return Groups(made_nets, made, made_nets, made), shaped(sheet, dict[str, VariableShape], sheet.value)[1]
    nets, shells, problems = _nets(sheet, (*items, *map(variable_item, made)), questionnaire is not None)
    variables = {id: value for id, value in sheet.value.items() if id != "nets"}
    taken = {name for i in items for name in (i.id, i.question, i.column, *columns_of(i))}
    taken |= {v.id for v in made}
    blanks = [_blank(id, value, sheet) for id, value in variables.items() if NAME.fullmatch(id) and id not in taken]
    scope = make_scope(items, (*shells, *made_nets), (*blanks, *made)) if questionnaire is not None else None
    found, wrong = _variables(sheet, variables, taken, replace(ground, scope=scope))
    nets, shells = (*made_nets, *nets), [*made_nets, *shells]
    return Groups(nets, (*made, *found), tuple(shells), (*made, *blanks), scope), [*problems, *wrong]


def _nets(sheet: Sheet, items: Iterable[Item], known: bool) -> tuple[tuple[Net, ...], list[Net], list[Problem]]:
    by_id: dict[str, list[Item]] = {}
    for item in items:
        by_id.setdefault(item.id, []).append(item)
        if item.question != item.id:
            by_id.setdefault(item.question, []).append(item)
    shapes, problems = shaped_each(sheet, NetShape, sheet.mapping("nets"), "nets")
    if sheet.part("nets") is not None and not isinstance(sheet.part("nets"), Mapping):
        problems += shaped(sheet, dict[str, dict[str, NetShape]], {"nets": sheet.part("nets")})[1]
    nets = []
    shells = [
        Net(k.rpartition(".")[2], k.rpartition(".")[0], (), LocalText(), sheet.at()) for k in sheet.mapping("nets")
    ]
    for key, shape in shapes.items():
        net, wrong = _net(sheet, key, shape, by_id, known)
        problems += wrong
        if net is not None:
            nets.append(net)
    sound = {(n.item, n.id) for n in nets}
    return tuple(nets), [*nets, *(s for s in shells if (s.item, s.id) not in sound)], problems


def _net(
    sheet: Sheet, key: str, shape: NetShape, by_id: Mapping[str, list[Item]], known: bool
) -> tuple[Net | None, list[Problem]]:
    place = sheet.key("nets", key)
    owner, _, name = key.rpartition(".")
    if not owner:
        return None, [problem("net-form", place, name=key)]
    problems = check_name(name, "net-name-form", place)
    if not known:
        return None, problems
    items = by_id.get(owner, [])
    if not items:
        return None, [*problems, unknown("net-unknown-item", place, owner, by_id)]
    item = items[0]
    inner = {part for i in items for part in (i.row, i.criterion) if part}
    if name in RESERVED or name in inner:
        problems.append(problem("net-name-reserved", place, name=name))
    if item.kind not in (Kind.SINGLE, Kind.MULTIPLE, Kind.SCALE):
        return None, [*problems, problem("net-not-coded", place, name=owner)]
    codes, wrong = picked(item, sheet.part("nets", key, "codes"), sheet.at("nets", key, "codes"))
    problems += wrong
    if problems:
        return None, problems
    built_in = next((n for n in built_in_nets(item) if n.id == name), None)
    if built_in is not None and built_in.codes != codes:
        facts = {"name": key, "codes": codes_text(codes), "built_in": codes_text(built_in.codes)}
        problems.append(problem("net-built-in-differs", place, **facts))
    return Net(name, owner, codes, ordered(shape.label, sheet.languages), place), problems


def _blank(id: str, value: Any, sheet: Sheet) -> Variable:
    """Return a variable with its groups' names only, to check names against."""
    groups = value.get("groups") if isinstance(value, Mapping) else None
    names = list(groups) if isinstance(groups, Mapping) else []
    place = sheet.key(id)
    exclusive = not (isinstance(value, Mapping) and value.get("exclusive") is False)
    return Variable(
        id, LocalText(), tuple(Group(n, c, LocalText(), None, place) for c, n in enumerate(names, 1)), place, exclusive
    )


def _variables(
    sheet: Sheet, values: Mapping[str, Any], taken: Collection[str], ground: Ground
) -> tuple[tuple[Variable, ...], list[Problem]]:
    shapes, problems = shaped_each(sheet, VariableShape, values)
    for id in values:
        problems += _conditions(sheet, id, ground) if id not in shapes else []
    found = []
    for id, shape in shapes.items():
        place = sheet.key(id)
        wrong = check_name(id, "variable-name-form", place)
        if id in taken:
            wrong.append(problem("variable-name-taken", place, name=id))
        elif id in RESERVED:
            wrong.append(problem("variable-name-reserved", place, name=id))
        if not shape.groups:
            wrong.append(problem("variable-without-groups", place, name=id))
        groups, more = _groups(sheet, id, shape, ground)
        problems += [*wrong, *more]
        if not wrong and len(groups) == len(shape.groups):
            label = ordered(shape.label, sheet.languages)
            found.append(Variable(id, label, groups, place, shape.exclusive, shape.exactly_one))
    _, circles = derivation_order(found)
    for circle in circles:
        problems.append(problem("variable-circle", sheet.key(circle[0]), circle=" → ".join(circle)))
    return tuple(found), problems


def _conditions(sheet: Sheet, id: str, ground: Ground) -> list[Problem]:
    """Check the conditions of a variable that is wrong otherwise, so that they are told at once."""
    problems: list[Problem] = []
    for name in sheet.mapping(id, "groups"):
        text = sheet.part(id, "groups", name, "if")
        if isinstance(text, str):
            problems += condition(text, sheet.at(id, "groups", name, "if"), ground)[1]
    return problems


def _groups(sheet: Sheet, id: str, shape: VariableShape, ground: Ground) -> tuple[tuple[Group, ...], list[Problem]]:
    groups, problems = [], []
    last = len(shape.groups)
    for code, (name, group) in enumerate(shape.groups.items(), 1):
        place = sheet.key(id, "groups", name)
        wrong = check_name(name, "group-name-form", place) + _clauses(sheet, id, name, group, code == last)
        if name in RESERVED:
            wrong.append(problem("variable-name-reserved", place, name=name))
        if group.else_ and not shape.exclusive:
            wrong.append(problem("group-else-overlapping", place, name=name))
        tree = None
        if group.if_ is not None:
            tree, more = condition(group.if_, sheet.at(id, "groups", name, "if"), ground)
            wrong += more
        problems += wrong
        if not wrong and (tree is not None or group.else_):
            groups.append(Group(name, code, ordered(group.label, sheet.languages), tree, place))
    return tuple(groups), problems


def _clauses(sheet: Sheet, id: str, name: str, group: GroupShape, last: bool) -> list[Problem]:
    place = sheet.key(id, "groups", name)
    if group.if_ is None and not group.else_:
        return [problem("group-without-condition", place, name=name)]
    if group.if_ is not None and group.else_:
        return [problem("group-two-conditions", place, name=name)]
    if group.else_ and not last:
        return [problem("group-else-not-last", place, name=name)]
    return []
