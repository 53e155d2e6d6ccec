"""frame/strategies.yaml: strategies of towns as readable rules over the frame, and the tags those rules stand on.

A territory may follow several strategies at once. A tag that the frame lacks is never guessed: conditions on it have no answer.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from posad.core.numbers import parse_number
from posad.core.place import Place
from posad.core.problems import Problem, problem
from posad.core.speech import has_errors
from posad.core.words import LocalText
from posad.study.expressions.tree import Expression
from posad.study.folder.reading import NAME, Ground, Sheet, ordered, read_sheet, shaped
from posad.study.frame.plan.rules.position import PositionPlan
from posad.study.frame.plan.rules.scope import BUILT_IN, frame_scope, population_columns, rule, tag_kinds
from posad.study.frame.values import Frame
from posad.study.plans.variables import names_in
from posad.study.questionnaire.values import Kind

STRATEGIES = "frame/strategies.yaml"


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag that rules stand on: where its list is to be had, the value of territories the list leaves out, steps of its numbers."""

    id: str
    label: LocalText
    source: LocalText
    number: bool
    otherwise: str | None
    steps: tuple[float, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Strategy:
    """A strategy: who may follow it, by a rule; ``note`` says what the rule cannot see."""

    id: str
    label: LocalText
    rule: Expression
    text: str
    note: LocalText
    place: Place


@dataclass(frozen=True, slots=True)
class StrategyPlan:
    """Strategies and the territories they are asked of; ``of`` None: those that get a class of position."""

    strategies: tuple[Strategy, ...]
    tags: Mapping[str, Tag]
    of: Expression | None
    of_text: str
    place: Place


@dataclass(frozen=True, slots=True)
class TagShape:
    """A tag of the frame: a column ``tag_NAME`` of frame/territories.csv, made from a list.

    Attributes:
        label: The tag in words.
        source: Where the list is published.
        number: ``true``: its values are numbers, such as categories or years; else they are words.
        otherwise: The value of a territory that the list does not name; unknown if absent. It is used only when some territory
            has the tag, so that a list not yet imported says nothing.
        steps: By how much thresholds of the tag are moved to see what depends on them, such as 25 and 50 years; 10 and 25 per cent
            if absent.
    """

    label: LocalText
    source: LocalText = LocalText()
    number: bool = False
    otherwise: str | None = None
    steps: list[float] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class StrategyShape:
    """A strategy.

    Attributes:
        label: The strategy in words.
        if_: The rule, such as ``km_250k <= 100 or minutes <= 90``.
        note: What the rule cannot see, and which of its numbers are assumed.
    """

    label: LocalText
    if_: str
    note: LocalText = LocalText()


@dataclass(frozen=True, slots=True)
class StrategiesShape:
    """frame/strategies.yaml: strategies of territories as rules over the frame.

    Attributes:
        strategies: The strategies by name.
        tags: The tags their rules stand on, by name.
        of: Which territories are asked; those of frame/position.yaml if absent.
    """

    strategies: Mapping[str, StrategyShape]
    tags: Mapping[str, TagShape] = field(default_factory=dict)
    of: str | None = None


def read_strategies(
    folder: Path, frame: Frame, position: PositionPlan, languages: tuple[str, ...] = ("ru", "en")
) -> tuple[StrategyPlan | None, list[Problem]]:
    """Read frame/strategies.yaml.

    Returns:
        The plan, or None where there is no file or anything in it is wrong; and what is wrong. Tags that the frame lacks are told,
        with where their lists are published.
    """
    if not (folder / STRATEGIES).exists():
        return None, []
    sheet, problems = read_sheet(folder, STRATEGIES, languages)
    if sheet is None:
        return None, problems
    shape, wrong = shaped(sheet, StrategiesShape, sheet.value)
    problems += wrong
    if shape is None:
        return None, problems
    distances = [n.id for n in position.nearest]
    declared = {id: Kind.NUMBER if t.number else Kind.OPEN for id, t in shape.tags.items()}
    positions = {c.id: c.label for c in position.classes}
    ground = Ground(folder, languages, frame_scope(frame, distances, declared, positions))
    problems += _names(sheet, shape, frame, {*BUILT_IN, *population_columns(frame), *distances})
    strategies, wrong = _strategies(sheet, shape, ground)
    problems += wrong
    of, wrong = rule(shape.of, sheet.at("of"), ground) if shape.of is not None else (None, [])
    problems += wrong
    tags = {id: _tag(sheet, id, t) for id, t in shape.tags.items()}
    plan = StrategyPlan(strategies, tags, of, shape.of or "", sheet.at())
    if has_errors(problems):
        return None, problems
    return plan, problems + _missing(frame, plan)


def _names(sheet: Sheet, shape: StrategiesShape, frame: Frame, taken: set[str]) -> list[Problem]:
    found = [problem("rule-name-taken", sheet.key("tags", id), name=id) for id in shape.tags if id in taken]
    for id in (id for id, tag in shape.tags.items() if tag.number):
        words = [w for t in frame.territories if (w := t.tags.get(id)) and parse_number(w) is None]
        if words:
            shown = ", ".join(dict.fromkeys(words[:5]))
            found.append(problem("tag-not-number", sheet.key("tags", id), name=id, count=len(words), values=shown))
    return found + [
        problem("rule-name-taken", sheet.key(part, id), name=id)
        for part, names in (("tags", shape.tags), ("strategies", shape.strategies))
        for id in names
        if not NAME.fullmatch(id)
    ]


def _strategies(sheet: Sheet, shape: StrategiesShape, ground: Ground) -> tuple[tuple[Strategy, ...], list[Problem]]:
    found, problems = [], []
    for id, one in shape.strategies.items():
        tree, wrong = rule(one.if_, sheet.at("strategies", id, "if"), ground)
        problems += wrong
        if tree is not None and not wrong:
            label, note = (ordered(text, ground.languages) for text in (one.label, one.note))
            found.append(Strategy(id, label, tree, one.if_, note, sheet.key("strategies", id)))
    return tuple(found), problems


def _tag(sheet: Sheet, id: str, shape: TagShape) -> Tag:
    label, source = (ordered(text, sheet.languages) for text in (shape.label, shape.source))
    return Tag(id, label, source, shape.number, shape.otherwise, tuple(shape.steps), sheet.key("tags", id))


def _missing(frame: Frame, plan: StrategyPlan) -> list[Problem]:
    """Tell every declared tag that no territory has and that a rule asks about."""
    there = tag_kinds(frame)
    problems = []
    for tag in plan.tags.values():
        users = [s.id for s in plan.strategies if tag.id in {n.text for n in names_in(s.rule)}]
        if tag.id not in there and users:
            facts = {"name": tag.id, "strategies": ", ".join(users), "source": tag.source.get("ru")}
            problems.append(problem("strategy-tag-missing", tag.place, **facts))
    return problems
