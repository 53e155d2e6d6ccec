"""Export the design of a study with one of its tables as a script for other software, and the data it reads.

A step taken when asked for, not in a build: nothing follows from it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from posad.core.place import Place
from posad.core.problems import Problem, problem
from posad.exchange.designs import LANGUAGES, write_script
from posad.exchange.designs.data import csv_text, in_units
from posad.exchange.designs.values import BASE, FPC, PSU, STRATUM, WAVE, WEIGHT, Cell, DesignExport, How, Level, Test
from posad.pipeline.steps.context import read_weighed
from posad.pipeline.verbs.ask import ASKED, opened
from posad.processing.weighing import Weighed
from posad.store.grouping import weight_column
from posad.store.keys import quoted
from posad.study.addresses.waves import TREND
from posad.study.addresses.waves import WAVE as WAVES
from posad.study.plans.values import BannerPart
from posad.study.questionnaire.codes import out_of_base, valueless
from posad.study.questionnaire.values import Item, Kind, Role, columns_of, option_column
from posad.tabulation.context import Context
from posad.tabulation.layout import Head, heads
from posad.tabulation.tables import make_table
from posad.tabulation.values import Row, Table

FOLDER = "build/export"
_PLAIN = re.compile(r"[a-z][a-z0-9_]{0,31}")
# words that R or Stata keeps for itself
_WORDS = frozenset({"if", "else", "repeat", "while", "function", "for", "next", "break", "in", "using", "with", "int", "long",
                    "float", "double", "byte"})  # fmt: skip


def export_design(
    folder: Path, language: str, name: str | None = None, weight: str | None = None, out: Path | None = None
) -> tuple[list[Path], list[Problem]]:
    """Write a script and the data beside it.

    Args:
        folder: the study.
        language: one of :data:`posad.exchange.designs.LANGUAGES`.
        name: the table, an item with ``@variable`` for a banner; the first of the first book where None.
        weight: a weight's id, the study's first if not given.
        out: the script's file; in the study's build folder if not given.

    Returns:
        The files written, and problems; nothing is written where one is an error.
    """
    context, problems = opened(folder)
    if context is None:
        return [], problems
    item, banner = _asked(context, name)
    parts = tuple(BannerPart((v,), ASKED) for v in banner if v != TREND)
    table, found = make_table(context, item, parts, weight=weight, place=Place("--table"))
    problems = [*problems, *found]
    if table is None:
        return [], problems
    plan = context.plan(weight)
    weighed = read_weighed(folder).get(plan.id) if plan is not None and plan.method != "none" else None
    export = _Export(context, table, heads(context.study, parts)[0], weighed, context.summed_with(weight)).made()
    script = out or folder / FOLDER / f"{item.replace('.', '_')}{LANGUAGES[language]}"
    data = script.with_suffix(".csv")
    try:
        script.parent.mkdir(parents=True, exist_ok=True)
        data.write_text(csv_text(export.data), encoding="utf-8", newline="")
        script.write_text(write_script(language, export, data.name), encoding="utf-8", newline="\n")
    except OSError as error:
        return [], [
            *problems,
            problem("disk-unwritable", Place(str(script)), file=str(script), why=str(error.strerror)),
        ]
    return [script, data], problems


def _asked(context: Context, name: str | None) -> tuple[str, tuple[str, ...]]:
    """Return the item and the banner that were asked for."""
    if name is not None:
        item, _, variable = name.lstrip("#").partition("@")
        return item, (variable,) if variable else ()
    study = context.study
    book = study.books[0] if study.books else None
    rows = book.rows if book is not None else ()
    found = next((i.id for row in rows for i in study.items() if row in (i.id, i.question)), study.items()[0].id)
    variables = [p.variables[0] for p in book.banner if len(p.variables) == 1] if book is not None else []
    return found, tuple(variables[:1])


@dataclass
class _Export:
    """Gathers the columns that the cells and the design need; ``names`` are the columns' names in the script."""

    context: Context
    table: Table
    columns: tuple[Head, ...]
    weighed: Weighed | None
    engine_weight: str | None
    names: dict[str, str] = field(default_factory=dict)
    labels: dict[str, str] = field(default_factory=dict)

    def made(self) -> DesignExport:
        """Return everything a script needs."""
        item = self._item(self.table.item)
        cells = [
            c for head in self.columns for row in self.table.rows if (c := self._cell(item, head, row)) is not None
        ]
        rows = self._rows()
        how = self._how()
        levels = self._levels() if how == "rake" else ()
        made = self._regressors(rows) if how == "made" else {}
        return DesignExport(
            title=self._said(self.context.study.title),
            table=f"{self.table.item}: {self._said(self.table.question)}",
            data={**self._answers(), **self._design(rows, how), **made},
            how=how,
            cells=tuple(cells),
            labels=self.labels,
            levels=levels,
            regressors=tuple(made),
            weight=self.engine_weight or "",
            singles=self.weighed.lonely if self.weighed is not None else "fail",
            notes=("Respondents are simulated.",) if self.context.simulated else (),
        )

    def _said(self, text: object) -> str:
        return str(text.get(self.context.study.languages[0])) if hasattr(text, "get") else str(text)

    def _item(self, id: str) -> Item:
        found = self.context.waves if id == WAVES else self.context.items[id]
        for column in columns_of(found):
            self._name(column, self._said(found.label))
        return found

    def _name(self, column: str, label: str = "") -> str:
        """Return a column's name in the script: its own where any software can read it."""
        if column == WAVES:
            return WAVE
        if column not in self.names:
            plain = _PLAIN.fullmatch(column) and column not in _WORDS and not column.startswith(("posad_", "v_"))
            self.names[column] = column if plain else f"v_{len(self.names) + 1}"
            if label:
                self.labels[self.names[column]] = label
        return self.names[column]

    def _gave(self, item: Item, codes: Sequence[int]) -> Test:
        """Return the test that somebody gave one of an item's codes."""
        if item.kind is Kind.MULTIPLE:
            return Test(tuple(self._name(option_column(item.column, c)) for c in codes), (1,))
        return Test((self._name(item.column),), tuple(codes))

    def _base(self, item: Item, silent: bool) -> tuple[Test, tuple[Test, ...]]:
        """Return who is in the base of an item, and who is out of it; ``silent`` takes those out who don't know."""
        outside = sorted(valueless(item) if silent else out_of_base(item))
        answered = Test(tuple(self._name(c) for c in columns_of(item)))
        return answered, (self._gave(item, outside),) if outside else ()

    def _cell(self, item: Item, head: Head, row: Row) -> Cell | None:
        """Return a number of the table; nothing where its base is too low to be shown, or it is empty."""
        estimate = self.table.cells[row.id, head.column.id]
        if estimate.value is None or self.table.tiers[head.column.id] == "hidden":
            return None
        answered, outside = self._base(item, row.kind == "mean")
        nest = tuple(self._gave(self._item(one.id), (code,)) for one, code in head.nest)
        label = f"{self._said(row.label)} | {', '.join(self._said(x) for x in head.column.labels)}"
        cell = Cell(f"{row.id}|{head.column.id}", label, estimate.value, estimate.se, (answered, *nest), outside)
        match row.kind:
            case "answer" | "net":
                return replace(cell, counted=(self._gave(item, row.codes),))
            case "mean":
                return replace(cell, scored=self._name(item.column))
            case _:
                none = {Role.EXCLUSIVE, Role.DONT_KNOW, Role.OUT_OF_BASE}
                counted = [o.code for o in item.options if not o.roles & none]
                return replace(cell, counted=tuple(self._gave(item, (c,)) for c in counted), each=True)

    def _how(self) -> How:
        if self.weighed is None:
            return "none"
        plan = self.context.study.weight(self.weighed.id)
        if plan is None or plan.method == "given":
            return "given"
        margins = self.weighed.margins
        simple = plan.method in ("rake", "poststratify") and plan.bounds is None and not self.weighed.means
        simple = simple and all(x.target > 0 and x.variable in self.context.items for x in margins)
        return "rake" if simple else "made"

    def _levels(self) -> tuple[Level, ...]:
        """Return the levels of the margins, one left out in every margin of a wave after its first."""
        found: list[Level] = []
        seen: dict[str, list[str]] = {}
        margins = self.weighed.margins if self.weighed is not None else ()
        for level in margins:
            known = seen.setdefault(level.wave, [])
            skipped = bool(known) and level.variable not in known
            if level.variable not in known:
                known.append(level.variable)
            if skipped:
                continue
            item = self._item(level.variable)
            words = [self._said(o.label) for o in item.options if o.code in level.codes]
            people = sum(x.people for x in margins if (x.wave, x.variable) == (level.wave, level.variable))
            label = f"{self._said(item.label)}: {' + '.join(words)}{f' ({level.wave})' if level.wave else ''}"
            wave = self.context.wave_code(level.wave) if level.wave else None
            found.append(Level(label, self._gave(item, level.codes), level.target * people, wave))
        return tuple(found)

    def _weight(self, part: str) -> str:
        return weight_column(self.engine_weight or "", part)

    def _there(self) -> str | None:
        return f"{quoted(self._weight('w'))} IS NOT NULL" if self.engine_weight is not None else None

    def _rows(self) -> Mapping[str, list[object]]:
        """Return the parts of the weight, of those who have one."""
        if self.engine_weight is None:
            return {}
        parts = ("d", "w", "profile", "stratum", "psu")
        rows = self.context.engine.rows([self._weight(p) for p in parts], self._there())
        return {p: rows[self._weight(p)] for p in parts}

    def _answers(self) -> dict[str, list[object]]:
        columns = list(self.names)
        rows = self.context.engine.rows([*columns, WAVES], self._there())
        found = {self.names[c]: rows[c] for c in columns}
        if len(self.context.waves_there) > 1:
            found[WAVE] = [self.context.wave_code(str(v)) for v in rows[WAVES]]
        return found

    def _design(self, rows: Mapping[str, list[object]], how: str) -> dict[str, list[object]]:
        count = self.context.people()
        found: dict[str, list[object]] = {}
        if how in ("rake", "made"):
            found[BASE] = [in_units(int(str(v))) for v in rows["d"]]
        found[WEIGHT] = [in_units(int(str(v))) for v in rows["w"]] if rows else [1] * count
        for name, part in ((STRATUM, "stratum"), (PSU, "psu")):
            if rows and len(set(rows[part])) > 1:
                found[name] = rows[part]
        if self.weighed is not None and self.weighed.fpc:
            known = dict(self.weighed.fpc)
            found[FPC] = [known[int(str(h))] for h in rows["stratum"]]
        return found

    def _regressors(self, rows: Mapping[str, list[object]]) -> dict[str, list[object]]:
        assert self.weighed is not None
        levels = self.weighed.profile_levels
        profile = [int(str(p)) for p in rows["profile"]]
        return {f"posad_x{i + 1}": [levels[p][i] for p in profile] for i in range(len(levels[0]))}
