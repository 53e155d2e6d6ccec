"""frame/position.yaml: which larger towns distances lead to, and the classes of position made from them.

Without the file the defaults below hold; they are stated in every output that uses them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from posad.core.place import Place
from posad.core.problems import Problem, near, problem
from posad.core.words import LocalText
from posad.study.expressions.parse import parse
from posad.study.expressions.tree import Expression
from posad.study.folder.reading import NAME, Ground, Sheet, ordered, read_sheet, shaped
from posad.study.frame.plan.rules.scope import BUILT_IN, frame_scope, population_columns, rule
from posad.study.frame.values import Frame

POSITION = "frame/position.yaml"
KMH = 60.0
WHOLE = Place(POSITION)


@dataclass(frozen=True, slots=True)
class NearestPlan:
    """A distance: to the nearest other territory with at least ``people``, or (None) of a larger size class than one's own."""

    id: str
    people: int | None


@dataclass(frozen=True, slots=True)
class PositionClass:
    """A class of position; ``rule`` None takes what no earlier class took."""

    id: str
    label: LocalText
    rule: Expression | None
    text: str
    place: Place


@dataclass(frozen=True, slots=True)
class PositionPlan:
    """How territories are placed beside larger towns.

    ``of`` says which territories get a class. Times of travel in the frame stand in for the distance ``travel_to``, a minute for
    ``kmh``/60 kilometres. ``trend`` are the two population columns growth is measured between.
    """

    nearest: tuple[NearestPlan, ...]
    classes: tuple[PositionClass, ...]
    of: Expression | None
    of_text: str
    bands: tuple[float, ...]
    trend: tuple[str, str] | None
    travel_to: str | None = None
    kmh: float = KMH
    place: Place = WHOLE


@dataclass(frozen=True, slots=True)
class PositionClassShape:
    """A class of position: which territories are in it; the first class whose rule is true takes a territory.

    Attributes:
        label: The class in words.
        if_: The rule, such as ``km_1m <= 50 or km_250k <= 30``.
        else_: ``true``: every territory that no earlier class took; only the last class may say so.
    """

    label: LocalText
    if_: str | None = None
    else_: bool = False


@dataclass(frozen=True, slots=True)
class TravelShape:
    """How times of travel stand in for distances.

    Attributes:
        to: The distance that times of travel replace where the frame gives them.
        kmh: Kilometres an hour of travel stands for.
    """

    to: str
    kmh: float = KMH


@dataclass(frozen=True, slots=True)
class TrendShape:
    """The two population columns between which growth is measured.

    Attributes:
        from_: The earlier column.
        to: The later column.
    """

    from_: str
    to: str


@dataclass(frozen=True, slots=True)
class PositionShape:
    """frame/position.yaml: where territories lie beside larger towns.

    Attributes:
        nearest: Distances by name: to the nearest other territory with so many people, or ``larger``: of a larger size class.
        of: Which territories get a class of position.
        classes: The classes by name, in the order in which they take territories.
        travel: How times of travel of the frame are used; without it they replace no distance.
        trend: Growth between two population columns; the earliest and the latest if absent.
        bands: Upper ends of the bands of distance, in kilometres.
    """

    nearest: Mapping[str, int | Literal["larger"]] = field(default_factory=dict)
    of: str | None = None
    classes: Mapping[str, PositionClassShape] = field(default_factory=dict)
    travel: TravelShape | None = None
    trend: TrendShape | None = None
    bands: list[float] = field(default_factory=list)


DEFAULT_NEAREST: Mapping[str, int | Literal["larger"]] = {"km_250k": 250_000, "km_1m": 1_000_000, "km_larger": "larger"}
DEFAULT_OF = "people < 250000"
DEFAULT_BANDS = (30.0, 50.0, 75.0, 100.0, 150.0, 300.0)
DEFAULT_CLASSES: Mapping[str, PositionClassShape] = {
    "belt": PositionClassShape(
        LocalText.of(ru="Пояс крупного города", en="Belt of a large city"), "km_1m <= 50 or km_250k <= 30"
    ),
    "near": PositionClassShape(LocalText.of(ru="Рядом", en="Near"), "km_250k <= 100"),
    "far": PositionClassShape(LocalText.of(ru="В отдалении", en="Far"), "km_250k <= 200"),
    "remote": PositionClassShape(LocalText.of(ru="Далеко", en="Remote"), None, True),
}


def read_position(
    folder: Path, frame: Frame, languages: tuple[str, ...] = ("ru", "en")
) -> tuple[PositionPlan | None, list[Problem]]:
    """Read frame/position.yaml, or return the default plan where there is none.

    Returns:
        The plan, or None where anything in it is wrong; and what is wrong.
    """
    sheet, problems = read_sheet(folder, POSITION, languages)
    if sheet is None:
        return (None, problems) if problems else plan_position(PositionShape(), None, frame, folder, languages)
    shape, wrong = shaped(sheet, PositionShape, sheet.value)
    if shape is None:
        return None, problems + wrong
    plan, more = plan_position(shape, sheet, frame, folder, languages)
    wrong = problems + wrong + more
    return plan, wrong


def default_position(frame: Frame) -> PositionPlan:
    """Return the plan of a frame without frame/position.yaml."""
    plan, _ = plan_position(PositionShape(), None, frame, Path(), ("ru", "en"))
    assert plan is not None  # the defaults name nothing a frame could lack
    return plan


def plan_position(
    shape: PositionShape, sheet: Sheet | None, frame: Frame, folder: Path, languages: tuple[str, ...]
) -> tuple[PositionPlan | None, list[Problem]]:
    """Return the plan a shape describes and what is wrong with its names and rules."""
    reader = _Reader(shape, sheet, frame, Ground(folder, languages))
    plan = reader.plan()
    return (None if reader.problems else plan), reader.problems


class _Reader:
    """Reads one part after another; ``problems`` grows on the way."""

    def __init__(self, shape: PositionShape, sheet: Sheet | None, frame: Frame, ground: Ground) -> None:
        self.shape, self.sheet, self.frame = shape, sheet, frame
        self.problems: list[Problem] = []
        distances = list(shape.nearest or DEFAULT_NEAREST)
        scope = frame_scope(frame, distances)
        self.ground = Ground(ground.folder, ground.languages, scope)

    def at(self, *path: str | int) -> Place:
        return self.sheet.at(*path) if self.sheet is not None else Place(POSITION)

    def plan(self) -> PositionPlan:
        shape = self.shape
        nearest = tuple(self._nearest(id, goal) for id, goal in (shape.nearest or DEFAULT_NEAREST).items())
        of = shape.of or DEFAULT_OF
        tree = self._rule(of, "of")
        travel = shape.travel
        if travel is not None and travel.to not in (shape.nearest or DEFAULT_NEAREST):
            self._unknown(travel.to, list(shape.nearest or DEFAULT_NEAREST), "travel", "to")
        if travel is not None and travel.kmh <= 0:
            self._range(travel.kmh, "travel", "kmh")
        bands = tuple(shape.bands) or DEFAULT_BANDS
        if any(b <= a for a, b in zip((0.0, *bands), bands, strict=False)):
            self._range(", ".join(f"{b:g}" for b in bands), "bands")
        classes = tuple(self._class(id, c) for id, c in self._classes().items())
        return PositionPlan(
            nearest, classes, tree, of, bands, self._trend(),
            travel.to if travel else None, travel.kmh if travel else KMH, self.at(),
        )  # fmt: skip

    def _classes(self) -> Mapping[str, PositionClassShape]:
        if self.shape.classes or not self.shape.nearest:
            return self.shape.classes or DEFAULT_CLASSES
        return {}  # distances of one's own under other names have no default rules

    def _nearest(self, id: str, goal: int | str) -> NearestPlan:
        taken = id in BUILT_IN or id in population_columns(self.frame)
        if not NAME.fullmatch(id) or taken:
            place = self.sheet.key("nearest", id) if self.sheet is not None else Place(POSITION)
            self.problems.append(problem("rule-name-taken", place, name=id))
        if isinstance(goal, int) and goal < 1:
            self._range(goal, "nearest", id)
        return NearestPlan(id, goal if isinstance(goal, int) else None)

    def _class(self, id: str, shape: PositionClassShape) -> PositionClass:
        listed = list(self._classes())
        place = self.sheet.key("classes", id) if self.sheet is not None else Place(POSITION)
        if not NAME.fullmatch(id):
            self.problems.append(problem("rule-name-taken", place, name=id))
        if (shape.if_ is None) != shape.else_:
            self.problems.append(problem("rule-if-or-else", place, name=id))
        elif shape.else_ and id != listed[-1]:
            self.problems.append(problem("rule-else-last", place, name=id))
        tree = self._rule(shape.if_, "classes", id, "if") if shape.if_ is not None else None
        return PositionClass(id, ordered(shape.label, self.ground.languages), tree, shape.if_ or "", place)

    def _rule(self, text: str, *path: str) -> Expression | None:
        if self.sheet is None or not (self.sheet.part(*path)):
            return parse(text, Place(POSITION))[0]
        tree, wrong = rule(text, self.at(*path), self.ground)
        self.problems += wrong
        return tree

    def _trend(self) -> tuple[str, str] | None:
        columns = population_columns(self.frame)
        if self.shape.trend is not None:
            pair = (self.shape.trend.from_, self.shape.trend.to)
            for word, name in zip(("from", "to"), pair, strict=True):
                if name not in columns:
                    self._unknown(name, list(columns), "trend", word)
            return pair
        dated = sorted((s.as_of, s.column) for s in self.frame.sources if s.column in columns and s.as_of)
        if len(dated) < 2 or dated[0][0] == dated[-1][0]:
            return None
        return dated[0][1], dated[-1][1]

    def _unknown(self, name: str, known: list[str], *path: str) -> None:
        facts = {"name": name, "near": near(name, known), "known": ", ".join(known)}
        self.problems.append(problem("rule-name-unknown", self.at(*path), **facts))

    def _range(self, value: object, *path: str) -> None:
        self.problems.append(problem("value-out-of-range", self.at(*path), got=str(value), limit="> 0, ↑"))
