"""simulation.yaml and simulation/targets.csv: what the simulated answers must carry.

``targets.csv`` has one number a line: ``address``, ``value`` (``72 %``, ``8,8``), ``standing`` (``published`` or ``assumed``),
``source`` (where it was printed), ``reason`` (why it was assumed, or how the print was read), and where half a unit of the last printed
digit is not meant, ``within``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from posad.core.numbers import parse_number
from posad.core.place import Place
from posad.core.problems import Problem, near, problem
from posad.core.reading.csvs import CsvTable, read_csv
from posad.core.reading.yamls import Places, read_yaml
from posad.simulation.values import SETTINGS, TARGETS, Plan, SampleCondition, SampleMargin, Target, TargetStanding
from posad.study.addresses import Resolved, parse_address, resolve
from posad.study.expressions.parse import parse
from posad.study.expressions.scope import check_names
from posad.study.folder.shapes import SimulationShape
from posad.study.plans.values import Study
from posad.study.plans.variables import scope_of
from posad.study.questionnaire.values import Kind, Role

COLUMNS = ("address", "value", "standing", "source", "reason", "within")
NEEDED = COLUMNS[:3]
STANDINGS: tuple[TargetStanding, ...] = ("published", "assumed")
_NUMBER = re.compile(r"[-+−]?[0-9][0-9\s  ]*(?:[.,]([0-9]+))?\s*%?")


def read_plan(folder: Path, study: Study) -> tuple[Plan | None, list[Problem]]:
    """Read what a study's simulated answers must carry, with every mistake at its place.

    Args:
        folder: The study's folder.
        study: The study.
    """
    if not (folder / SETTINGS).exists():
        return None, [problem("simulation-missing", Place(SETTINGS))]
    shape, places, problems = read_yaml(folder / SETTINGS, SimulationShape, SETTINGS)
    if shape is None:
        return None, problems
    reader = _Settings(study, places, problems)
    margins = reader.margins(shape.sample.margins)
    conditions = reader.conditions(shape.sample.conditions)
    plan = Plan(
        reader.size(shape.size),
        shape.seed,
        places.key(("size",)),
        reader.wave(shape.wave),
        shape.source,
        margins,
        conditions,
        factors=reader.factors(shape.factors),
        outside=reader.by_item("out_of_base", shape.out_of_base),
        counts=reader.by_item("mean_count", shape.mean_count),
    )
    targets, wrong = read_targets(folder, study)
    problems += wrong
    return Plan(**{**_fields(plan), "targets": targets}), problems


def _fields(plan: Plan) -> dict[str, Any]:
    return {name: getattr(plan, name) for name in Plan.__dataclass_fields__}


@dataclass(slots=True)
class _Settings:
    """Reads the parts of simulation.yaml; ``problems`` grows on the way."""

    study: Study
    places: Places
    problems: list[Problem]

    def size(self, size: int) -> int:
        if not 30 <= size <= 100_000:
            self.problems.append(problem("simulation-size", self.places.value(("size",)), size=size))
        return size

    def wave(self, wave: str | None) -> str | None:
        known = self.study.wave_ids()
        if wave is not None and wave not in known:
            facts = {"name": wave, "near": near(wave, known), "known": ", ".join(known)}
            self.problems.append(problem("simulation-wave", self.places.value(("wave",)), **facts))
        return wave or (known[0] if len(known) == 1 else None)

    def margins(self, written: Mapping[str, Mapping[str, float | str]]) -> tuple[SampleMargin, ...]:
        found = []
        for variable, targets in written.items():
            place = self.places.key(("sample", "margins", variable))
            item = self.study.item(variable)
            if item is None or item.kind not in (Kind.SINGLE, Kind.SCALE):
                known = [i.id for i in self.study.items() if i.kind in (Kind.SINGLE, Kind.SCALE)]
                self.problems.append(problem("simulation-margin", place, name=variable, near=near(variable, known)))
                continue
            own = self.study.variable(variable)
            codes = {g.id: g.code for g in own.groups} if own else {str(o.code): o.code for o in item.options}
            shares = self._shares(variable, targets, codes)
            total = sum(shares.values())
            if total > 0:
                found.append(SampleMargin(variable, tuple((c, s / total) for c, s in sorted(shares.items())), place))
        return tuple(found)

    def _shares(self, variable: str, targets: Mapping[str, float | str], codes: Mapping[str, int]) -> dict[int, float]:
        shares: dict[int, float] = {}
        for name, written in targets.items():
            path = ("sample", "margins", variable, name)
            value = self._amount(written, self.places.value(path))
            if name not in codes:
                facts = {"name": name, "variable": variable, "near": near(name, codes), "known": ", ".join(codes)}
                self.problems.append(problem("simulation-margin-group", self.places.key(path), **facts))
            elif value is not None:
                shares[codes[name]] = value
        return shares

    def _amount(self, written: float | str, place: Place) -> float | None:
        """Return a number as written, or that of a row of frame/targets.csv."""
        rows = {t.id: t.value for t in self.study.targets}
        value = rows.get(written) if isinstance(written, str) else float(written)
        if value is None and isinstance(written, str):
            value = parse_number(written.replace("%", ""))
        if value is None or value < 0:
            facts = {"name": str(written), "near": near(str(written), rows)}
            self.problems.append(problem("simulation-amount", place, **facts))
            return None
        return value

    def conditions(self, written: Mapping[str, float | str]) -> tuple[SampleCondition, ...]:
        found = []
        for text, share in written.items():
            place = self.places.key(("sample", "conditions", text))
            tree, wrong = parse(text, place)
            wrong = wrong or (check_names(tree, scope_of(self.study)) if tree is not None else [])
            self.problems += wrong
            value = self._amount(share, self.places.value(("sample", "conditions", text)))
            if tree is not None and value is not None and not wrong:
                found.append(SampleCondition(tree, value / 100, place))
        return tuple(found)

    def factors(self, written: Mapping[str, Mapping[str, float]]) -> Mapping[str, Mapping[str, float]]:
        known = [*(q.id for q in self.study.questionnaire.questions), *(i.id for i in self.study.questionnaire.items())]
        for factor, loadings in written.items():
            for name in loadings:
                self._known(("factors", factor, name), name, known)
        return {factor: dict(loadings) for factor, loadings in written.items()}

    def by_item(self, block: str, written: Mapping[str, float]) -> Mapping[str, float]:
        """Return numbers by item; a number of a grid's question serves all its items."""
        items = self.study.questionnaire.items()
        found = {}
        for name, value in written.items():
            self._known((block, name), name, [*(i.id for i in items), *(i.question for i in items)])
            found.update({i.id: value for i in items if i.question == name and i.id not in written})
            found[name] = value
        return found

    def _known(self, path: tuple[str, ...], name: str, known: Iterable[str]) -> None:
        names = list(known)
        if name not in names:
            self.problems.append(problem("simulation-name", self.places.key(path), name=name, near=near(name, names)))


def read_targets(folder: Path, study: Study) -> tuple[tuple[Target, ...], list[Problem]]:
    """Read simulation/targets.csv: the sound lines, and what is wrong with the others."""
    if not (folder / TARGETS).exists():
        return (), [problem("simulation-targets-missing", Place(TARGETS))]
    table, problems = read_csv(folder / TARGETS, TARGETS)
    if table is None:
        return (), problems
    columns = {name.strip(): i for i, name in enumerate(table.header)}
    lacking = [name for name in NEEDED if name not in columns]
    for name in lacking:
        facts = {"name": name, "known": ", ".join(columns), "near": near(name, columns)}
        problems.append(problem("simulation-header", table.place(-1, 0), **facts))
    if lacking:
        return (), problems
    found: dict[str, Target] = {}
    for i, row in enumerate(table.rows):
        if not any(cell.strip() for cell in row) or row[0].lstrip().startswith("#"):
            continue
        target, wrong = _target(_Line(table, columns, i), study)
        problems += wrong
        if target is not None and target.address in found:
            first = found[target.address].place.line
            problems.append(problem("simulation-target-twice", target.place, name=target.address, line=first))
        elif target is not None:
            found[target.address] = target
    return tuple(found.values()), problems


@dataclass(frozen=True, slots=True)
class _Line:
    table: CsvTable
    columns: Mapping[str, int]
    row: int

    def cell(self, name: str) -> str:
        return self.table.rows[self.row][self.columns[name]].strip() if name in self.columns else ""

    def place(self, name: str) -> Place:
        return self.table.place(self.row, self.columns.get(name, 0))


def _target(line: _Line, study: Study) -> tuple[Target | None, list[Problem]]:
    resolved, problems = _resolved(line, study)
    standing = next((s for s in STANDINGS if s == line.cell("standing")), None)
    source, reason = line.cell("source"), line.cell("reason")
    if standing is None:
        facts = {"name": line.cell("standing"), "near": near(line.cell("standing"), STANDINGS)}
        problems.append(problem("simulation-standing", line.place("standing"), **facts))
    elif standing == "published" and not source:
        problems.append(problem("simulation-source-missing", line.place("address"), name=line.cell("address")))
    elif standing == "assumed" and not reason:
        problems.append(problem("simulation-reason-missing", line.place("address"), name=line.cell("address")))
    number = _value(line)
    if number is None:
        problems.append(problem("simulation-value", line.place("value"), name=line.cell("value")))
    within = parse_number(line.cell("within").replace("%", "")) if line.cell("within") else None
    if line.cell("within") and (within is None or within <= 0):
        problems.append(problem("simulation-value", line.place("within"), name=line.cell("within")))
    if resolved is None or standing is None or number is None or problems:
        return None, problems
    value, rounding = number
    scale = 100 if in_percent(resolved) else 1
    value, allowed = value / scale, (within or rounding) / scale
    wrong = _bounds(resolved, value)
    if wrong:
        return None, [problem(wrong, line.place("value"), name=line.cell("value"), address=line.cell("address"))]
    address = line.cell("address").removeprefix("#")
    place = line.place("address")
    return Target(address, resolved, value, allowed, line.cell("value"), standing, source, reason, place), []


def _resolved(line: _Line, study: Study) -> tuple[Resolved | None, list[Problem]]:
    place = line.place("address")
    address, problems = parse_address(line.cell("address").removeprefix("#"), place)
    if address is None:
        return None, problems
    resolved, problems = resolve(address, study, place)
    if resolved is None:
        return None, problems
    for term in (resolved.first, resolved.second):
        if term is not None and term.measure.kind not in ("share", "mean"):
            return None, [problem("simulation-measure", place, name=address.text)]
        if term is not None and study.variable(term.item.id) is not None:
            return None, [problem("simulation-of-variable", place, name=term.item.id)]
    return resolved, []


def in_percent(resolved: Resolved) -> bool:
    """Tell whether a number is written in per cent: a share, or the difference of two."""
    return resolved.first.measure.kind == "share" and resolved.join != "/"


def _value(line: _Line) -> tuple[float, float] | None:
    """Return a printed number and half a unit of its last digit."""
    text = line.cell("value")
    match = _NUMBER.fullmatch(text)
    value = parse_number(text.replace("%", "")) if match else None
    return None if match is None or value is None else (value, 0.5 * 10.0 ** -len(match[1] or ""))


def _bounds(resolved: Resolved, value: float) -> str:
    """Return what is wrong with a value by itself, or nothing."""
    if resolved.join == "/":
        return "" if value > 0 else "simulation-value-bounds"
    low, high = (0.0, 1.0) if resolved.first.measure.kind == "share" else _range(resolved)
    if resolved.join == "-":
        low, high = low - high, high - low
    return "" if low <= value <= high else "simulation-value-bounds"


def _range(resolved: Resolved) -> tuple[float, float]:
    item = resolved.first.item
    if item.bounds is not None:
        return item.bounds
    codes = [float(o.code) for o in item.options if not o.roles & {Role.DONT_KNOW, Role.OUT_OF_BASE}]
    return (min(codes), max(codes)) if codes else (0.0, float("inf"))
