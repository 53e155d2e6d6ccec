"""A whole raw table to a proposal: questions in the order of the file, and how each column leads to them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from posad.core.words import LocalText
from posad.exchange.inference.columns import look_at
from posad.exchange.inference.families import Family, Member, common_text, find_families
from posad.exchange.inference.names import Names, plain
from posad.exchange.inference.options import HERE, clean_label, coding_of, option
from posad.exchange.inference.roles import (
    find_respondent,
    is_blank,
    is_row_number,
    preferred_weights,
    system_role,
    weight_doubt,
)
from posad.exchange.inference.singles import guess
from posad.exchange.inference.values import Column, Hints, Proposal
from posad.store.values import RawTable
from posad.study.questionnaire.values import Entity, Kind, Option, Question, Role

PLAIN_NO = frozenset({"0", "not selected", "no", "нет", "не выбрано", "unchecked", "not checked", "not quoted"})
PLAIN_YES = frozenset({"1", "selected", "yes", "да", "выбрано", "checked", "quoted"})


def propose(raw: RawTable, hints: Hints, language: str) -> Proposal:
    """Return the questions a raw table probably asked, with the mapping and the doubts that remain."""
    columns = look_at(raw, hints)
    made = _Maker(raw, columns, hints, language)
    made.set_aside()
    free = {n: c for n, c in columns.items() if n not in made.proposal.columns and n not in hints.kinds}
    for family in [*_declared_sets(raw, free), *find_families(free)]:
        if all(m.column in free and m.column not in made.families for m in family.members):
            made.families.update({m.column: family for m in family.members})
    for name in columns:
        made.add(name)
    return made.proposal


def _declared_sets(raw: RawTable, free: Mapping[str, Column]) -> list[Family]:
    """Return the multiple-response sets of a file as families."""
    found = []
    for name, (_, columns, counted) in raw.sets.items():
        members = tuple(Member(c, (str(i),)) for i, c in enumerate(columns, 1) if c in free)
        if len(members) < 2 or len(members) < len(columns):
            continue
        if counted is None:
            found.append(Family(name, "multiple", members))
            continue
        wish = str(counted)
        rest = {t for m in members for t in free[m.column].counts if t != wish}
        found.append(Family(name, "multiple", members, {m.column: wish for m in members}, tuple(sorted(rest))))
    return found


class _Maker:
    """Builds a proposal column by column."""

    def __init__(self, raw: RawTable, columns: Mapping[str, Column], hints: Hints, language: str) -> None:
        self.raw, self.columns, self.hints, self.language = raw, columns, hints, language
        self.proposal = Proposal()
        self.families: dict[str, Family] = {}
        self.names = Names()
        self._done: set[int] = set()

    def set_aside(self) -> None:
        """Take the columns that are not answers: respondent, moments, weights, row numbers, blanks."""
        p, kinds = self.proposal, self.hints.kinds
        respondent = next((n for n, k in kinds.items() if k == "respondent"), None)
        respondent = respondent or find_respondent({n: c for n, c in self.columns.items() if n not in kinds}, self.raw)
        weights = []
        for name, column in self.columns.items():
            kind = kinds.get(name)
            if name == respondent:
                p.columns[name] = "respondent"
            elif kind == "skip":
                p.columns[name] = None
            elif kind == "weight" or (kind is None and weight_doubt(column) == ""):
                weights.append(name)
            elif kind is None:
                self._set_aside_plain(name, column)
        for name in preferred_weights(weights):
            id = self._weight_id(name)
            p.weights[id] = name
            p.columns[name] = f"weight:{id}"

    def _set_aside_plain(self, name: str, column: Column) -> None:
        p = self.proposal
        role = system_role(column)
        if role is not None and role not in p.columns.values():
            p.columns[name] = role
        elif is_blank(self.columns, name, self.raw):
            p.columns[name] = None
            p.doubts.append(("import-column-blank", name))
        elif is_row_number(column, self.raw):
            p.columns[name] = None
            p.doubts.append(("import-row-number", name))
        elif doubt := weight_doubt(column):
            p.doubts.append(("import-weight-not-numbers" if doubt == "words" else "import-weight-is-code", name))

    def _weight_id(self, name: str) -> str:
        id = plain(name) or "weight"
        id = id if id[0].isalpha() else f"w{id}"
        number = 2
        found = id
        while found in self.proposal.weights:
            found, number = f"{id}_{number}", number + 1
        return found

    def add(self, name: str) -> None:
        """Add the question of a column, or of its family when the column is the first of it."""
        if name in self.proposal.columns:
            return
        family = self.families.get(name)
        if family is None:
            self._add_single(name)
        elif id(family) not in self._done:
            self._done.add(id(family))
            if family.kind == "grid":
                self._add_grid(family)
            elif family.chosen is None:
                self._add_mentions(family)
            else:
                self._add_several(family)

    def _add_single(self, name: str) -> None:
        p, column = self.proposal, self.columns[name]
        kind = self.hints.kinds.get(name)
        found = guess(column, self.names.new(name), self.language, kind, self.hints.delimiter)
        question = found.question
        p.questions.append(question)
        p.columns[name] = question.id
        if found.coding is not None and found.coding.values:
            p.values[question.id] = dict(found.coding.values)
        if found.missing:
            p.missing[question.id] = found.missing
        if found.delimiter is not None:
            if p.delimiter not in (None, found.delimiter):
                p.doubts.append(("import-second-delimiter", name))
            p.delimiter = p.delimiter or found.delimiter
        p.doubts.extend((doubt, name) for doubt in found.doubts)

    def _question_text(self, family: Family) -> tuple[LocalText, tuple[str, ...]]:
        """Return the text of a family's question and a label for each member."""
        columns = [self.columns[m.column] for m in family.members]
        declared = self.raw.sets.get(family.name, ("",))[0]
        if not any(c.label for c in columns):
            return self._text(declared or family.name), tuple(m.marks[-1] for m in family.members)
        head, tails = common_text(c.label or c.name for c in columns)
        return self._text(declared or head or family.name), tails

    def _text(self, words: str) -> LocalText:
        return LocalText.from_mapping({self.language: clean_label(words)})

    def _add_several(self, family: Family) -> None:
        """Add a question of several answers with one column for each option."""
        p, id = self.proposal, self.names.new(family.name)
        text, tails = self._question_text(family)
        chosen = family.chosen or {}
        codes = _codes([m.marks[-1] for m in family.members])
        options: list[Option] = []
        values: dict[str, int] = {t: 0 for t in family.not_chosen if self._said(t, family) not in PLAIN_NO}
        for member, code, tail in zip(family.members, codes, tails, strict=True):
            value = chosen[member.column]
            said = self.columns[member.column].labels.get(value, value)
            words = said if said.casefold() not in PLAIN_YES | {""} and not said.isdigit() else tail
            options.append(option(code, words, self.language, {o.label.get("") for o in options}, several=True))
            p.columns[member.column] = f"{id}.{code}"
            plainly = (
                value.casefold() in PLAIN_YES
                or " ".join(value.split()).casefold() == options[-1].label.get("").casefold()
            )
            if value and (values or not plainly):
                values[value] = code
        p.questions.append(Question(id, text, Kind.MULTIPLE, HERE, options=_pinned_last(options)))
        if values:
            p.values[id] = values
        self._add_missing(id, family)

    def _said(self, text: str, family: Family) -> str:
        return " ".join(text.split()).casefold() if text else ""

    def _add_mentions(self, family: Family) -> None:
        """Add a question of several answers whose columns hold the first, the second … answer."""
        p, id = self.proposal, self.names.new(family.name)
        columns = [self.columns[m.column] for m in family.members]
        coding = coding_of(columns, self.language, several=True)
        text, _ = self._question_text(family)
        p.questions.append(Question(id, text, Kind.MULTIPLE, HERE, options=coding.options))
        p.columns.update({m.column: id for m in family.members})
        if coding.values:
            p.values[id] = dict(coding.values)
        self._add_missing(id, family)

    def _add_grid(self, family: Family) -> None:
        p, id = self.proposal, self.names.new(family.name)
        columns = [self.columns[m.column] for m in family.members]
        coding = coding_of(columns, self.language)
        text, tails = self._question_text(family)
        rows, criteria = self._sides(family, tails)
        for member in family.members:
            mark = [rows[member.marks[0]].id, *(criteria[m].id for m in member.marks[1:])]
            p.columns[member.column] = ".".join([id, *mark])
        grid = Question(id, text, Kind.GRID, HERE, options=coding.options, cell=Kind.SINGLE)
        p.questions.append(replace(grid, rows=tuple(rows.values()), criteria=tuple(criteria.values())))
        if coding.values:
            p.values[id] = dict(coding.values)
        if coding.unlabelled:
            p.doubts.append(("import-codes-without-label", columns[0].name))
        if coding.sorted:
            p.doubts.append(("import-order-assumed", columns[0].name))
        self._add_missing(id, family)

    def _sides(self, family: Family, tails: Sequence[str]) -> tuple[dict[str, Entity], dict[str, Entity]]:
        """Return the rows and the criteria of a grid by their marks in the columns' names."""
        names = Names()
        two = len(family.members[0].marks) > 1
        labelled = any(self.columns[m.column].label for m in family.members)
        rows: dict[str, Entity] = {}
        for member, tail in zip(family.members, tails, strict=True):
            mark = member.marks[0]
            if mark not in rows:
                words = tail if labelled and not two else (mark if not mark.isdigit() else f"{family.name} {mark}")
                rows[mark] = Entity(
                    names.new(mark, "r") if not mark.isdigit() else names.new(f"r{mark}"), self._text(words), HERE
                )
        marks = dict.fromkeys(m.marks[1] for m in family.members) if two else {}
        return rows, {m: Entity(names.new(f"c{m}"), self._text(f"c{m}"), HERE) for m in marks}

    def _add_missing(self, id: str, family: Family) -> None:
        found = dict.fromkeys(v for m in family.members for v in self.columns[m.column].missing)
        if found:
            self.proposal.missing[id] = tuple(found)


def _codes(marks: Sequence[str]) -> list[int]:
    """Return codes for the columns of a question: the numbers in their names, or their order.

    >>> _codes(["0001", "0003"]), _codes(["A", "B"])
    ([1, 3], [1, 2])
    """
    numbers = [int(m) if m.isdigit() and len(m) <= 6 else 0 for m in marks]
    return numbers if all(numbers) and len(set(numbers)) == len(numbers) else list(range(1, len(marks) + 1))


def _pinned_last(options: Sequence[Option]) -> tuple[Option, ...]:
    special = {Role.PINNED, Role.EXCLUSIVE, Role.DONT_KNOW}
    return tuple(replace(o) for o in sorted(options, key=lambda o: bool(o.roles & special)))
