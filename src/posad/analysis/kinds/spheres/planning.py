"""``kind: spheres`` as its author writes it – a crosswalk of items, spheres and channels – and the frozen plan it comes to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal, cast

from posad.analysis.saying.naming import check_group, check_wave, check_waves_comparable, check_weight, groups_of
from posad.core.problems import Problem, near, problem
from posad.core.words import LocalText
from posad.study.addresses.resolving import measure_of
from posad.study.folder.reading import Sheet, ordered, unknown
from posad.study.plans.values import Study
from posad.study.questionnaire.codes import substantive
from posad.study.questionnaire.values import Item, Kind

Channel = Literal["digital", "offline", "mixed"]
CHANNELS = ("digital", "offline", "mixed")
ROLES = ("better", "improved", "worry")  # questions of several answers; ``online`` and ``modern`` are grids


@dataclass(frozen=True, slots=True)
class SpheresShape:
    """analysis/NAME.yaml with ``kind: spheres``: questions about spheres, and a crosswalk that gives each item a sphere and a channel.

    Attributes:
        kind: ``spheres``.
        better: The question what is better elsewhere; gaps between digital and offline items are those of its answers.
        spheres: The spheres in words.
        items: For each answer or row, ``better.4`` or ``channel.taxi``, its sphere and channel: ``[medicine, offline]``.
        improved: The question what has improved.
        worry: The question what worries.
        online: A grid of services with a net, ``channel.online_any``: who gets them online.
        modern: A grid of services rated for how modern life feels with them.
        title: The analysis in words.
        between: A group, ``closer_groups:nearer``, whose digital gap is set against that of others.
        against: The other group of the same variable.
        since: The wave that the thesis is followed from.
        until: The wave it is followed to.
        change: The smallest change of the difference that a second wave should show, in percentage points.
        weight: The weight, the study's first if absent.
    """

    kind: Literal["spheres"]
    better: str
    spheres: Mapping[str, LocalText]
    items: Mapping[str, list[str]]
    improved: str | None = None
    worry: str | None = None
    online: str | None = None
    modern: str | None = None
    title: LocalText = LocalText()
    between: str | None = None
    against: str | None = None
    since: str | None = None
    until: str | None = None
    change: float = 5.0
    weight: str | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the crosswalk: an answer of an item (or an item of a grid, with codes that count) in its sphere and channel."""

    item: str
    codes: tuple[int, ...]
    label: LocalText
    sphere: str
    channel: Channel


@dataclass(frozen=True, slots=True)
class SpheresPlan:
    """The crosswalk by role, every name found."""

    spheres: tuple[tuple[str, LocalText], ...]
    entries: Mapping[str, tuple[Entry, ...]] = field(default_factory=dict)
    groups: tuple[str, int, int] | None = None  # variable, group, other group
    waves: tuple[str, str] | None = None
    change: float = 0.05
    weight: str | None = None


def declare(sheet: Sheet, shape: SpheresShape, study: Study) -> tuple[SpheresPlan | None, list[Problem]]:
    """Return the plan, or everything wrong with the names and the crosswalk of its file."""
    problems = [p for key, pair in shape.items.items() for p in _pair(sheet, key, pair, shape.spheres)]
    entries, used = dict[str, tuple[Entry, ...]](), set[str]()
    for role in (*ROLES, "online", "modern"):
        written = getattr(shape, role)
        if written is None:
            continue
        found, wrong = _answers(sheet, role, written, study) if role in ROLES else _rows(sheet, role, written, study)
        problems += wrong
        used |= {name for name, *_ in found}
        problems += [
            problem("analysis-crosswalk-gap", sheet.at("items"), name=n) for n, *_ in found if n not in shape.items
        ]
        entries[role] = tuple(_entry(shape, *one) for one in found if len(shape.items.get(one[0], ())) == 2)
    problems += [
        unknown("analysis-item-unknown", sheet.key("items", key), key, used) for key in shape.items if key not in used
    ]
    problems += [*check_weight(sheet, shape.weight, study), *check_group(sheet, "between", shape.between, study)]
    groups, wrong = _groups(sheet, shape, study)
    waves, more = _waves(sheet, shape, study)
    problems += [*wrong, *more]
    if not problems and any(sum(e.channel == c for e in entries["better"]) < 2 for c in ("digital", "offline")):
        problems.append(problem("analysis-no-channels", sheet.at("items"), name=shape.better))
    if problems:
        return None, problems
    spheres = tuple((id, ordered(label, sheet.languages)) for id, label in shape.spheres.items())
    return SpheresPlan(spheres, entries, groups, waves, shape.change / 100, shape.weight), []


def _pair(sheet: Sheet, key: str, pair: list[str], spheres: Mapping[str, LocalText]) -> Iterator[Problem]:
    if len(pair) != 2 or pair[1] not in CHANNELS:
        yield problem("analysis-channel-unknown", sheet.at("items", key), item=key, name=", ".join(pair) or "–")
    if pair and pair[0] not in spheres:
        facts = {"name": pair[0], "near": near(pair[0], spheres), "known": ", ".join(spheres)}
        yield problem("analysis-sphere-unknown", sheet.at("items", key), **facts)


_Asked = tuple[str, str, tuple[int, ...], LocalText]  # name in the crosswalk, item, codes, words


def _answers(sheet: Sheet, role: str, name: str, study: Study) -> tuple[list[_Asked], list[Problem]]:
    item = study.item(name)
    if item is None:
        known = [i.id for i in study.items() if i.kind is Kind.MULTIPLE]
        return [], [unknown("analysis-item-unknown", sheet.at(role), name, known)]
    if item.kind is not Kind.MULTIPLE:
        return [], [problem("analysis-no-choice", sheet.at(role), name=name)]
    return [
        (f"{name}.{o.code}", item.id, (o.code,), o.label) for o in substantive(item) if not _alone(item, o.code)
    ], []


def _alone(item: Item, code: int) -> bool:
    """Tell whether an answer excludes all others: "nothing" is no sphere."""
    from posad.study.questionnaire.values import Role

    return any(o.code == code and Role.EXCLUSIVE in o.roles for o in item.options)


def _rows(sheet: Sheet, role: str, written: str, study: Study) -> tuple[list[_Asked], list[Problem]]:
    question, _, word = written.rpartition(".") if role == "online" else (written, "", "mean")
    items = [i for i in study.questionnaire.items() if i.question == question and i.row is not None]
    if not items:
        grids = sorted({i.question for i in study.questionnaire.items() if i.row is not None})
        return [], [unknown("analysis-item-unknown", sheet.at(role), question or written, grids)]
    measure = measure_of(items[0], word, study)
    if measure is None or measure.kind != ("share" if role == "online" else "mean"):
        return [], [problem("analysis-measure-unknown", sheet.at(role), item=items[0].id, name=word, near="")]
    return [(i.id, i.id, measure.codes, i.label) for i in items], []


def _entry(shape: SpheresShape, name: str, item: str, codes: tuple[int, ...], label: LocalText) -> Entry:
    sphere, channel = shape.items[name]
    return Entry(item, codes, label, sphere, cast(Channel, channel))


def _groups(sheet: Sheet, shape: SpheresShape, study: Study) -> tuple[tuple[str, int, int] | None, list[Problem]]:
    if shape.between is None:
        return None, []
    variable, _, group = shape.between.partition(":")
    known = groups_of(study, variable)
    if shape.against is None or shape.against not in known:
        others = [g for g in known if g != group]
        return None, [
            unknown(
                "analysis-item-unknown",
                sheet.at("against" if shape.against else "between"),
                shape.against or "–",
                others,
            )
        ]
    if shape.against == group or group not in known:
        return None, [problem("analysis-same-group", sheet.at("against"), name=group)] if group in known else []
    return (variable, known[group], known[shape.against]), []


def _waves(sheet: Sheet, shape: SpheresShape, study: Study) -> tuple[tuple[str, str] | None, list[Problem]]:
    if shape.since is None and shape.until is None:
        return None, []
    problems = [p for key in ("since", "until") for p in check_wave(sheet, key, getattr(shape, key), study)]
    if not problems and shape.since == shape.until:
        problems.append(problem("analysis-same-group", sheet.at("until"), name=shape.since or ""))
    if problems or shape.since is None or shape.until is None:
        return None, problems
    return (shape.since, shape.until), list(
        check_waves_comparable(sheet, "until", [shape.better], (shape.since, shape.until), study)
    )
