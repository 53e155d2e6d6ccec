"""weights.yaml: how the answers are brought to the population."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from posad.core.numbers import parse_number
from posad.core.place import Place
from posad.core.problems import Problem, near, problem
from posad.core.words import LocalText
from posad.study.folder.reading import Ground, Sheet, Step, check_name, ordered, picked, shaped, shaped_each, unknown
from posad.study.folder.shapes import MarginShape, WeightShape
from posad.study.plans import Margin, Target, WeightPlan
from posad.study.questionnaire.values import Item, Kind, Role

WEIGHTS = "weights.yaml"
MAIN = "main"
_USED = {
    "none": (),
    "given": ("column",),
    "rake": ("margins", "source", "base_column", "bounds", "merge"),
}
_NUMBER = re.compile(r"\s*([0-9][0-9\s  ]*(?:[.,][0-9]+)?)\s*(%?)\s*")


def read_weights(
    sheet: Sheet | None, ground: Ground, targets: tuple[Target, ...], rows: frozenset[str] | None
) -> tuple[tuple[WeightPlan, ...], frozenset[str] | None, list[Problem]]:
    """Read the weights: sound plans, the names of all that are declared (None where unknown), and what is wrong.

    ``rows`` are the ids of frame/targets.csv, None where it can't be read. The file is one plan for each name, or, with
    ``method`` on top, the single plan ``main``.
    """
    if sheet is None:
        return (), None if (ground.folder / WEIGHTS).exists() else frozenset(), []
    shapes: dict[str, tuple[WeightShape, tuple[Step, ...]]] = {}
    if "method" in sheet.mapping() and not isinstance(sheet.part("method"), Mapping):
        shape, problems = shaped(sheet, WeightShape, sheet.value)
        shapes = {MAIN: (shape, ())} if shape is not None else {}
        names = frozenset({MAIN})
    elif isinstance(sheet.value, Mapping):
        found, problems = shaped_each(sheet, WeightShape, sheet.value)
        shapes = {id: (shape, (id,)) for id, shape in found.items()}
        names = frozenset(sheet.value)
    else:
        return (), None, shaped(sheet, dict[str, WeightShape], sheet.value)[1]
    plans = []
    for id, (shape, path) in shapes.items():
        plan, wrong = _Plan(sheet, ground, {t.id: t for t in targets}, rows, path).read(id, shape)
        problems += wrong
        if plan is not None:
            plans.append(plan)
    return tuple(plans), names, problems


@dataclass(frozen=True, slots=True)
class _Plan:
    """One plan being read; ``path`` leads to it in the file."""

    sheet: Sheet
    ground: Ground
    targets: Mapping[str, Target]
    rows: frozenset[str] | None
    path: tuple[Step, ...]

    def read(self, id: str, shape: WeightShape) -> tuple[WeightPlan | None, list[Problem]]:
        place = self.sheet.key(*self.path)
        problems = check_name(id, "weight-name-form", place)
        for word in ("margins", "source", "column", "base_column", "bounds", "merge"):
            if self.sheet.part(*self.path, word) is not None and word not in _USED[shape.method]:
                at = self.sheet.key(*self.path, word)
                problems.append(problem("weight-key-unused", at, name=word, method=shape.method))
        margins: list[Margin] = []
        failed = False
        if shape.method == "rake":
            margins, wrong = self._margins(shape)
            failed = len(margins) < max(len(shape.margins), 1)
            problems += wrong + self._bounds(shape)
        merge, wrong = self._merge(shape) if shape.method == "rake" else ((), [])
        problems += wrong
        note = shape.note or shape.reason
        if shape.method == "none" and not note:
            problems.append(problem("weight-reason-missing", place))
        column = shape.column
        if shape.method == "given" and column is None:
            column = id
            problems.append(problem("weight-column-missing", place, name=id))
        plan = WeightPlan(
            id,
            shape.method,
            place,
            tuple(margins),
            _plain(column),
            _plain(shape.base_column),
            shape.bounds,
            merge,
            ordered(note, self.sheet.languages),
        )
        return (None if failed else plan), problems

    def _bounds(self, shape: WeightShape) -> list[Problem]:
        if shape.bounds is None or 0 < shape.bounds[0] < 1 < shape.bounds[1]:
            return []
        low, high = shape.bounds
        return [problem("weight-bounds", self.sheet.at(*self.path, "bounds"), low=low, high=high)]

    def _margins(self, shape: WeightShape) -> tuple[list[Margin], list[Problem]]:
        if not shape.margins:
            return [], [problem("weight-margins-missing", self.sheet.key(*self.path))]
        margins: list[Margin] = []
        problems: list[Problem] = []
        for variable, margin in shape.margins.items():
            found, wrong = self._margin(variable, margin, shape.source)
            problems += wrong
            if found is not None:
                margins.append(found)
        return margins, problems

    def _margin(
        self, variable: str, margin: MarginShape | Mapping[str, float | str], source: LocalText
    ) -> tuple[Margin | None, list[Problem]]:
        path: tuple[Step, ...] = (*self.path, "margins", variable)
        place = self.sheet.key(*path)
        full = margin if isinstance(margin, MarginShape) else MarginShape(margin)
        path = (*path, "targets") if isinstance(margin, MarginShape) else path
        if not full.targets:
            return None, [problem("weight-targets-missing", place, name=variable)]
        numbers, found_source, problems = self._numbers(variable, full, path)
        named = full.source or source or LocalText.from_mapping(dict.fromkeys(self.sheet.languages, found_source))
        if not named:
            problems.append(problem("weight-source-missing", place, name=variable))
        item = self.ground.item(variable)
        if item is None:
            return None, [*problems, *self.ground.missing("weight-margin-unknown", place, variable)]
        if item.kind not in (Kind.SINGLE, Kind.SCALE):
            return None, [*problems, problem("weight-margin-kind", place, name=variable)]
        off = [p for p in problems if p.code == "weight-targets-sum"]
        shares, wrong = self._by_code(item, dict.fromkeys(full.targets, 0.0) if off else numbers, path)
        if off and any(p.code in ("weight-target-missing", "weight-target-key") for p in wrong):
            problems = [p for p in problems if p not in off]  # the sum is off because of what is missing
        problems += wrong
        if len(numbers) < len(full.targets) or len(shares) < len(numbers):
            return None, problems
        return Margin(variable, tuple(sorted(shares.items())), ordered(named, self.sheet.languages), place), problems

    def _numbers(
        self, variable: str, margin: MarginShape, path: tuple[Step, ...]
    ) -> tuple[dict[str, float], str, list[Problem]]:
        """Return the targets by key as shares that add to one."""
        written: dict[str, _Written] = {}
        problems: list[Problem] = []
        for key, value in margin.targets.items():
            found, wrong = _number(value, self.targets, self.rows, self.sheet.at(*path, key))
            problems += wrong
            if found is None:
                continue
            if found.value == 0:
                problems.append(problem("weight-target-zero", self.sheet.at(*path, key), name=key, variable=variable))
                continue
            written[key] = found
        if len(written) < len(margin.targets):
            return {}, "", problems
        unit, wrong = _unit(written, margin.unit, variable, self.sheet.key(*path[: len(self.path) + 2]))
        problems += wrong
        total = sum(w.value for w in written.values())
        sources = dict.fromkeys(w.source for w in written.values() if w.source)
        if unit != "count" and not wrong:
            wrong = _sum(written, total, unit, variable, self.sheet.at(*path))
            problems += wrong
        if any(p.code != "weight-targets-normalised" for p in wrong):
            return {}, "", problems
        return {key: w.value / total for key, w in written.items()}, "; ".join(sources), problems

    def _by_code(
        self, item: Item, numbers: Mapping[str, float], path: tuple[Step, ...]
    ) -> tuple[dict[int, float], list[Problem]]:
        variable = self.ground.scope.variables.get(item.id) if self.ground.scope is not None else None
        names = {str(o.code): o.code for o in item.options}
        if variable is not None:
            names = {g.id: g.code for g in variable.groups} | names
        known = [g.id for g in variable.groups] if variable is not None else list(names)
        shares: dict[int, float] = {}
        problems = []
        for key, share in numbers.items():
            if key not in names:
                facts = {"name": key, "variable": item.id, "known": ", ".join(known), "near": near(key, known)}
                problems.append(problem("weight-target-key", self.sheet.key(*path, key), **facts))
            else:
                shares[names[key]] = shares.get(names[key], 0.0) + share
        meant = {p.facts["near"] for p in problems}
        for option in item.options if numbers else ():
            name = next((n for n, c in names.items() if c == option.code), str(option.code))
            if option.code in shares or Role.OUT_OF_BASE in option.roles or name in meant:
                continue
            soft = "-dont-know" if Role.DONT_KNOW in option.roles else ""
            problems.append(problem(f"weight-target-missing{soft}", self.sheet.at(*path), name=name, variable=item.id))
        return shares, problems

    def _merge(self, shape: WeightShape) -> tuple[tuple[tuple[str, tuple[int, ...]], ...], list[Problem]]:
        merged: list[tuple[str, tuple[int, ...]]] = []
        problems: list[Problem] = []
        for variable in shape.merge:
            place = self.sheet.key(*self.path, "merge", variable)
            if variable not in shape.margins:
                known = ", ".join(shape.margins)
                guess = near(variable, shape.margins)
                problems.append(problem("weight-merge-unknown", place, name=variable, known=known, near=guess))
                continue
            item = self.ground.item(variable)
            if item is None:
                continue
            levels: list[tuple[int, ...]] = []
            value = self.sheet.at(*self.path, "merge", variable)
            for level in _levels(self.sheet.part(*self.path, "merge", variable)):
                codes, wrong = picked(item, level, value)
                problems += wrong
                levels += [codes] if not wrong else []
            every = [c for level in levels for c in level]
            if any(len(level) < 2 for level in levels) or len(set(every)) < len(every):
                problems.append(problem("weight-merge-few", value, name=variable))
            merged += [(variable, level) for level in levels]
        return tuple(merged), problems


def _plain(column: str | None) -> str | None:
    """Return the name of a weight column without the prefix that descriptions of answers give it."""
    return column.removeprefix("weight:") if column is not None else None


def _levels(value: Any) -> list[Any]:
    """Return the levels of ``merge``: a list of bare codes is one level, a list of ranges or lists several."""
    if isinstance(value, list) and not all(isinstance(v, int) for v in value):
        return value
    return [value]


@dataclass(frozen=True, slots=True)
class _Written:
    value: float
    percent: bool
    decimals: int
    source: str = ""


def _number(
    value: float | str, targets: Mapping[str, Target], rows: frozenset[str] | None, place: Place
) -> tuple[_Written | None, list[Problem]]:
    if isinstance(value, str) and value in targets:
        target = targets[value]
        return _Written(target.value, "%" in target.unit, _decimals(f"{target.value:.12g}"), target.source), []
    text = f"{value:.12g}" if isinstance(value, float | int) else value
    match = _NUMBER.fullmatch(text)
    number = parse_number(match[1]) if match else None
    if match is None or number is None:
        if isinstance(value, str) and re.match(r"[^\W\d_]", value):
            if rows is None or value in rows:  # what is wrong with the table or this row of it was told
                return None, []
            return None, [unknown("weight-target-reference", place, value, targets)]
        return None, [problem("weight-target-value", place, name=text)]
    return _Written(number, bool(match[2]), _decimals(match[1])), []


def _decimals(text: str) -> int:
    return len(text.replace(",", ".").partition(".")[2].strip())


def _unit(written: Mapping[str, _Written], unit: str | None, variable: str, place: Place) -> tuple[str, list[Problem]]:
    """Return whether targets are percents, shares or numbers of people."""
    signs = {w.percent for w in written.values()}
    if len(signs) > 1:
        return "percent", [problem("weight-targets-mixed", place, name=variable)]
    if unit is not None or True in signs:
        return unit or "percent", []
    total = sum(w.value for w in written.values())
    if all(w.value <= 1 for w in written.values()) and total < 2:
        return "share", []
    return ("count" if total > 200 else "percent"), []


def _sum(written: Mapping[str, _Written], total: float, unit: str, variable: str, place: Place) -> list[Problem]:
    """Compare the sum of targets with 100 %: rounding may move it by half a unit of the last digit for each target."""
    scale = 100 if unit == "share" else 1
    off = abs(total * scale - 100)
    rounding = sum(0.5 * 10.0**-w.decimals for w in written.values()) * scale
    shown = round(total * scale, 2)
    if off > 1 + 1e-9:
        return [problem("weight-targets-sum", place, name=variable, sum=shown)]
    if off > rounding + 1e-9:
        return [problem("weight-targets-normalised", place, name=variable, sum=shown)]
    return []
