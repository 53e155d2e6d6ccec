"""What a rule over the frame may name: populations, distances, trend, size, district, region and imported tags.

The language is the one of all conditions (:mod:`posad.study.expressions`); a territory stands where a respondent would. A tag whose
every value is a number is a number, any other is a text. A tag that a settings file declares but the frame lacks is a name all the
same: it is missing for every territory, so that conditions on it are unknown, not false.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from posad.core.numbers import parse_number
from posad.core.place import Place
from posad.core.problems import Problem, near, problem
from posad.core.words import LocalText
from posad.study.expressions.scope import Scope
from posad.study.expressions.tree import Expression
from posad.study.folder.reading import NAME, Ground, condition
from posad.study.frame.values import Frame
from posad.study.plans.values import Group, Variable
from posad.study.questionnaire.values import Item, Kind

BUILT_IN = ("people", "trend", "minutes", "latitude", "longitude", "region", "size", "district", "position")


def frame_scope(
    frame: Frame,
    distances: Iterable[str] = (),
    declared: Mapping[str, Kind] | None = None,
    positions: Mapping[str, LocalText] | None = None,
) -> Scope:
    """Return the names a rule over a frame may use.

    Args:
        frame: The frame.
        distances: Names of distances in kilometres.
        declared: Tags that a settings file declares, whether the frame has them or not, and what kind of value they have.
        positions: Classes of position by name, with their words, where there are any yet.
    """
    numbers = ("people", "trend", "minutes", "latitude", "longitude", *population_columns(frame), *distances)
    items = {name: _item(name, Kind.NUMBER) for name in numbers}
    items["region"] = _item("region", Kind.OPEN)
    for tag, kind in {**tag_kinds(frame), **(declared or {})}.items():
        if tag not in items and tag not in BUILT_IN:
            items[tag] = _item(tag, kind)
    groups = {
        "size": {s.id: s.label for s in frame.sizes},
        "district": {d.id: d.name for d in frame.districts},
        "position": positions or {},
    }
    return Scope(items, {}, {name: _variable(name, own, frame.place) for name, own in groups.items() if own})


def population_columns(frame: Frame) -> tuple[str, ...]:
    """Return the names of the population columns, those with a source first."""
    used = dict.fromkeys(c for t in frame.territories for c in t.people)
    named = [s.column for s in frame.sources if s.column in used]
    return tuple(dict.fromkeys([*named, *used]))


def tag_kinds(frame: Frame) -> dict[str, Kind]:
    """Return the kind of every tag that a rule can name: a number where all its values are numbers, else a text."""
    values: dict[str, bool] = {}
    for territory in frame.territories:
        for tag, value in territory.tags.items():
            if values.get(tag, True):
                values[tag] = parse_number(value) is not None
    return {tag: Kind.NUMBER if plain else Kind.OPEN for tag, plain in values.items() if NAME.fullmatch(tag)}


def rule(text: str, place: Place, ground: Ground) -> tuple[Expression | None, list[Problem]]:
    """Parse a rule over the frame and check its names; an unknown one is told as the frame knows it."""
    tree, problems = condition(text, place, ground)
    known = ground.names()
    told = []
    for found in problems:
        if found.code != "name-unknown":
            told.append(found)
            continue
        name = str(found.facts.get("name", ""))
        facts = {"name": name, "near": near(name, known), "known": ", ".join(known)}
        told.append(problem("rule-name-unknown", found.place, **facts))
    return tree, told


def _item(name: str, kind: Kind) -> Item:
    return Item(name, kind, LocalText.of(en=name), name)


def _variable(name: str, groups: Mapping[str, LocalText], place: Place) -> Variable:
    made = tuple(Group(id, code, label, None, place) for code, (id, label) in enumerate(groups.items(), 1))
    return Variable(name, LocalText.of(en=name), made, place)
