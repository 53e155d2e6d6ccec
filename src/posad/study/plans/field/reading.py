"""field.yaml as a value, with every mistake at its place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

from posad.core.place import Place
from posad.core.problems import Problem, near, problem
from posad.core.speech import has_errors
from posad.study.expressions.scope import Scope
from posad.study.expressions.tree import Expression
from posad.study.folder.reading import Ground, Sheet, check_name, condition, ordered, read_sheet, shaped
from posad.study.plans.field.shapes import AmendmentShape, FieldShape
from posad.study.plans.field.values import Amendment, Blocks, FieldPlan, Groups, QuotaPlan, Stage
from posad.study.questionnaire.codes import codes_text
from posad.study.questionnaire.values import Kind

FIELD = "field.yaml"
CROSSED = ">"


def read_field(
    folder: Path, languages: tuple[str, ...], scope: Scope | None = None
) -> tuple[FieldPlan | None, list[Problem]]:
    """Read the plan of a study's field.

    Args:
        folder: The study's folder.
        languages: Its languages.
        scope: The names that conditions may use; None where the questionnaire could not be read.

    Returns:
        The plan (what is usual where there is no file), or None where anything is wrong with it; and what is wrong.
    """
    if not (folder / FIELD).exists():
        return FieldPlan(Place(FIELD)), []
    sheet, problems = read_sheet(folder, FIELD, languages)
    if sheet is None:
        return None, problems
    shape, wrong = shaped(sheet, FieldShape, sheet.value)
    problems += wrong
    if shape is None:
        return None, problems
    reader = _Reader(sheet, shape, Ground(folder, languages, scope))
    plan = reader.plan()
    problems += reader.problems
    return (None if has_errors(problems) else plan), problems


def groups_of(text: str) -> Groups:
    """Return the groups that a key such as ``f > 18_24`` names.

    >>> groups_of("f > 18_24")
    ('f', '18_24')
    """
    return tuple(part.strip() for part in text.split(CROSSED))


class _Reader:
    """Turns a shape into a plan; ``problems`` grows on the way."""

    def __init__(self, sheet: Sheet, shape: FieldShape, ground: Ground) -> None:
        self.sheet, self.shape, self.ground = sheet, shape, ground
        self.problems: list[Problem] = []

    def plan(self) -> FieldPlan:
        s = self.shape
        self._ranges()
        tables = tuple(self._tables()) if s.quotas else None
        stages = tuple(self._stages())
        plan = FieldPlan(
            self.sheet.at(),
            s.total,
            s.hold * 60,
            s.tolerance,
            s.late,
            tables,
            self._groups(),
            tuple(self._blocks()),
            stages,
            s.stage or (stages[0].id if stages else "main"),
            tuple(self._amendments(tables, [t.id for t in stages])),
            s.keep_contacts,
            s.over_quota,
        )
        if s.stage:
            self._known_stage(s.stage, [t.id for t in stages], self.sheet.at("stage"))
        return plan

    def _ranges(self) -> None:
        s = self.shape
        for name, value, low, limit in (
            ("total", s.total, 1, "≥ 1"),
            ("hold", s.hold, 0.1, "≥ 0.1"),
            ("keep_contacts", s.keep_contacts, 0, "≥ 0"),
        ):
            if value is not None and not value >= low:
                self._out(self.sheet.at(name), value, limit)
        if s.tolerance is not None and not 0 <= s.tolerance <= 1:
            self._out(self.sheet.at("tolerance"), s.tolerance, "0–100 %")

    def _out(self, place: Place, got: float, limit: str) -> None:
        self.problems.append(problem("value-out-of-range", place, got=str(got), limit=limit))

    def _tables(self) -> Iterator[QuotaPlan]:
        for id, q in self.shape.quotas.items():
            self.problems += check_name(id, "quota-name-form", self.sheet.key("quotas", id))
            if not q.by or len(set(q.by)) < len(q.by):
                self.problems.append(problem("quota-dimensions", self.sheet.at("quotas", id, "by"), table=id))
            targets: dict[Groups, int] = {}
            for key, n in q.targets.items():
                cell = groups_of(key)
                if len(cell) != len(q.by):
                    place = self.sheet.key("quotas", id, "targets", key)
                    facts = {"table": id, "name": key, "by": " > ".join(q.by)}
                    self.problems.append(problem("quota-cell-form", place, **facts))
                if n < 0:
                    self._out(self.sheet.at("quotas", id, "targets", key), n, "≥ 0")
                targets[cell] = n
            if q.tolerance is not None and not 0 <= q.tolerance <= 1:
                self._out(self.sheet.at("quotas", id, "tolerance"), q.tolerance, "0–100 %")
            yield QuotaPlan(id, tuple(q.by), targets, self.sheet.key("quotas", id), q.tolerance, q.counts, q.over_quota)

    def _groups(self) -> dict[str, dict[str, Expression]]:
        found: dict[str, dict[str, Expression]] = {}
        for dim, groups in self.shape.groups.items():
            for name, text in groups.items():
                tree, wrong = condition(text, self.sheet.at("groups", dim, name), self.ground)
                self.problems += wrong
                if tree is not None:
                    found.setdefault(dim, {})[name] = tree
        return found

    def _blocks(self) -> Iterator[Blocks]:
        for id, b in self.shape.blocks.items():
            self.problems += check_name(id, "quota-name-form", self.sheet.key("blocks", id))
            item = self.ground.item(b.item)
            place = self.sheet.at("blocks", id, "item")
            if item is None:
                self.problems += self.ground.missing("quota-item-unknown", place, b.item)
                continue
            if item.kind is not Kind.SINGLE:
                self.problems.append(problem("quota-block-kind", place, name=b.item))
                continue
            codes = [o.code for o in item.options]
            targets: dict[int, int] = {}
            for key, n in b.targets.items():
                at = self.sheet.key("blocks", id, "targets", key)
                if not key.isdigit() or int(key) not in codes:
                    facts = {"name": key, "item": b.item, "known": codes_text(codes)}
                    self.problems.append(problem("quota-code-unknown", at, **facts))
                elif n < 0:
                    self._out(self.sheet.at("blocks", id, "targets", key), n, "≥ 0")
                else:
                    targets[int(key)] = n
            yield Blocks(id, b.item, targets or dict.fromkeys(codes, 1), self.sheet.key("blocks", id), b.stop)

    def _stages(self) -> Iterator[Stage]:
        for id, s in self.shape.stages.items():
            self.problems += check_name(id, "quota-name-form", self.sheet.key("stages", id))
            if s.stop_at is not None and s.stop_at < 1:
                self._out(self.sheet.at("stages", id, "stop_at"), s.stop_at, "≥ 1")
            label = ordered(s.label, self.sheet.languages)
            yield Stage(id, self.sheet.key("stages", id), label, s.stop_at, s.apart)

    def _known_stage(self, name: str, stages: list[str], place: Place) -> None:
        if name not in stages:
            facts = {"name": name, "near": near(name, stages), "known": ", ".join(stages) or "–"}
            self.problems.append(problem("field-stage-unknown", place, **facts))

    def _amendments(self, tables: tuple[QuotaPlan, ...] | None, stages: list[str]) -> Iterator[Amendment]:
        last = date.min
        names = [t.id for t in tables] if tables is not None else None
        for i, a in enumerate(self.shape.amendments):
            place = self.sheet.at("amendments", i)
            when = self._day(a.when, self.sheet.at("amendments", i, "when"))
            if when < last:
                self.problems.append(problem("amendment-order", place, name=a.when))
            last = max(last, when)
            for name, said in (("who", a.who.strip()), ("why", a.why)):
                if not said:
                    self.problems.append(problem("amendment-lacks", place, name=name))
            if a.stage:
                self._known_stage(a.stage, stages, self.sheet.at("amendments", i, "stage"))
            if a.total is not None and a.total < 1:
                self._out(self.sheet.at("amendments", i, "total"), a.total, "≥ 1")
            if not (a.total or a.stage or a.targets or a.move):
                self.problems.append(problem("amendment-empty", place))
            if names is not None:
                self._known_tables(i, a, names)
            yield self._amendment(a, when, place)

    def _known_tables(self, i: int, a: AmendmentShape, names: list[str]) -> None:
        used = [(self.sheet.key("amendments", i, "targets", t), t) for t in a.targets]
        used += [(self.sheet.at("amendments", i, "move", n, "table"), m.table) for n, m in enumerate(a.move)]
        for place, name in used:
            if name not in names:
                facts = {"name": name, "near": near(name, names), "known": ", ".join(names)}
                self.problems.append(problem("quota-table-unknown", place, **facts))

    def _amendment(self, a: AmendmentShape, when: date, place: Place) -> Amendment:
        targets: Mapping[str, Mapping[Groups, int]] = {
            table: {groups_of(k): n for k, n in cells.items()} for table, cells in a.targets.items()
        }
        moves = tuple((m.table, groups_of(m.from_), groups_of(m.to), m.places) for m in a.move)
        why = ordered(a.why, self.sheet.languages)
        return Amendment(when, a.who, why, place, a.total, a.stage, targets, moves)

    def _day(self, text: str, place: Place) -> date:
        try:
            return date.fromisoformat(text.strip())
        except ValueError:
            self.problems.append(problem("amendment-day", place, name=text))
            return date.min
