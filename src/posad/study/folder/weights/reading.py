"""weights.yaml: how the answers are brought to the population."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from posad.core.problems import Problem, near, problem
from posad.core.words import LocalText
from posad.study.folder.reading import Ground, Sheet, Step, check_name, ordered, picked, shaped, shaped_each
from posad.study.folder.weights.crossing import CROSSED, crossed_targets
from posad.study.folder.weights.extras import read_benchmarks, read_replicates, read_sample
from posad.study.folder.weights.figures import Written, check_sum, number, unit_of
from posad.study.folder.weights.shapes import MarginShape, WeightShape
from posad.study.plans.values import Margin, MeanMargin, Target, WeightPlan
from posad.study.questionnaire.values import Item, Kind, Role

WEIGHTS = "weights.yaml"
MAIN = "main"
_DRAWN = ("design", "replicates")
_USED: dict[str, tuple[str, ...]] = {
    "none": (),
    "given": ("column", *_DRAWN),
    "rake": ("margins", "source", "base_column", "bounds", "merge", *_DRAWN),
    "poststratify": ("margins", "source", "base_column", "merge", *_DRAWN),
    "linear": ("margins", "source", "base_column", "bounds", "merge", *_DRAWN),
    "logit": ("margins", "source", "base_column", "bounds", "merge", *_DRAWN),
}
MADE = ("rake", "poststratify", "linear", "logit")


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
        problems += self._unused(shape)
        margins: list[Margin] = []
        means: list[MeanMargin] = []
        failed = False
        if shape.method in MADE:
            margins, means, wrong = self._margins(shape)
            failed = len(margins) + len(means) < max(len(shape.margins), 1)
            problems += wrong + self._bounds(shape) + self._fits(shape)
        merge, wrong = self._merge(shape) if shape.method in MADE else ((), [])
        problems += wrong
        note = shape.note or shape.reason
        if shape.method == "none" and not note:
            problems.append(problem("weight-reason-missing", place))
        column = shape.column
        if shape.method == "given" and column is None:
            column = id
            problems.append(problem("weight-column-missing", place, name=id))
        sample, wrong = read_sample(self.sheet, self.path, shape, self.ground)
        replicates, more = read_replicates(self.sheet, self.path, shape)
        benchmarks, other = read_benchmarks(self.sheet, self.path, shape)
        problems += [*wrong, *more, *other]
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
            tuple(means),
            sample,
            replicates,
            benchmarks,
        )
        return (None if failed else plan), problems

    def _unused(self, shape: WeightShape) -> list[Problem]:
        problems = []
        for word in ("margins", "source", "column", "base_column", "bounds", "merge", "design", "replicates"):
            if self.sheet.part(*self.path, word) is not None and word not in _USED[shape.method]:
                at = self.sheet.key(*self.path, word)
                problems.append(problem("weight-key-unused", at, name=word, method=shape.method))
        return problems

    def _bounds(self, shape: WeightShape) -> list[Problem]:
        if shape.bounds is None or 0 < shape.bounds[0] < 1 < shape.bounds[1]:
            return []
        low, high = shape.bounds
        return [problem("weight-bounds", self.sheet.at(*self.path, "bounds"), low=low, high=high)]

    def _fits(self, shape: WeightShape) -> list[Problem]:
        """Return what the method cannot do: bounds it needs, means it does not know, more margins than one."""
        means = [name for name, margin in shape.margins.items() if _mean_of(margin) is not None]
        problems = []
        if shape.method == "logit" and shape.bounds is None:
            problems.append(problem("weight-bounds-needed", self.sheet.key(*self.path)))
        if shape.method == "poststratify" and (len(shape.margins) > 1 or means):
            problems.append(problem("weight-poststratify-one", self.sheet.key(*self.path, "margins")))
        if shape.method == "rake" and means and shape.bounds is not None:
            problems.append(problem("weight-rake-mean-bounds", self.sheet.key(*self.path, "bounds"), name=means[0]))
        return problems

    def _margins(self, shape: WeightShape) -> tuple[list[Margin], list[MeanMargin], list[Problem]]:
        if not shape.margins:
            return [], [], [problem("weight-margins-missing", self.sheet.key(*self.path))]
        margins: list[Margin] = []
        means: list[MeanMargin] = []
        problems: list[Problem] = []
        for variable, margin in shape.margins.items():
            mean = _mean_of(margin)
            if mean is not None:
                known, wrong = self._mean(variable, margin, mean, shape.source)
                means += [known] if known is not None else []
            else:
                found, wrong = self._margin(variable, margin, shape.source)
                margins += [found] if found is not None else []
            problems += wrong
        return margins, means, problems

    def _mean(
        self, variable: str, margin: MarginShape | Mapping[str, float | str], mean: float, source: LocalText
    ) -> tuple[MeanMargin | None, list[Problem]]:
        place = self.sheet.key(*self.path, "margins", variable)
        full = margin if isinstance(margin, MarginShape) else MarginShape()
        if full.targets:
            return None, [problem("weight-mean-and-targets", place, name=variable)]
        item = self.ground.item(variable)
        if item is None:
            return None, self.ground.missing("weight-margin-unknown", place, variable)
        if item.kind not in (Kind.NUMBER, Kind.SCALE):
            return None, [problem("weight-mean-kind", place, name=variable)]
        named = full.source or source
        problems = [] if named else [problem("weight-source-missing", place, name=variable)]
        return MeanMargin(variable, mean, ordered(named, self.sheet.languages), place), problems

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
        source_said = ordered(named, self.sheet.languages)
        if CROSSED in variable:
            found, wrong = crossed_targets(self.sheet, path, variable, numbers, self.ground)
            problems += wrong
            if found is None or len(numbers) < len(full.targets):
                return None, problems
            targets = tuple((i, share) for i, (_, share) in enumerate(found.shares, 1))
            cells = tuple(cell for cell, _ in found.shares)
            return Margin(variable, targets, source_said, place, found.variables, cells), problems
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
        return Margin(variable, tuple(sorted(shares.items())), source_said, place), problems

    def _numbers(
        self, variable: str, margin: MarginShape, path: tuple[Step, ...]
    ) -> tuple[dict[str, float], str, list[Problem]]:
        """Return the targets by key as shares that add to one."""
        written: dict[str, Written] = {}
        problems: list[Problem] = []
        for key, value in margin.targets.items():
            found, wrong = number(value, self.targets, self.rows, self.sheet.at(*path, key))
            problems += wrong
            if found is None:
                continue
            if found.value == 0:
                problems.append(problem("weight-target-zero", self.sheet.at(*path, key), name=key, variable=variable))
                continue
            written[key] = found
        if len(written) < len(margin.targets):
            return {}, "", problems
        unit, wrong = unit_of(written, margin.unit, variable, self.sheet.key(*path[: len(self.path) + 2]))
        problems += wrong
        total = sum(w.value for w in written.values())
        sources = dict.fromkeys(w.source for w in written.values() if w.source)
        if unit != "count" and not wrong:
            wrong = check_sum(written, total, unit, variable, self.sheet.at(*path))
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
            if CROSSED in variable:
                problems.append(problem("weight-merge-crossed", place, name=variable))
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


def _mean_of(margin: MarginShape | Mapping[str, float | str]) -> float | None:
    """Return the mean that a margin asks for; written short, ``{mean: 46.3}``, it looks like targets."""
    if isinstance(margin, MarginShape):
        return margin.mean
    mean = margin.get("mean") if set(margin) == {"mean"} else None
    return float(mean) if isinstance(mean, int | float) else None
