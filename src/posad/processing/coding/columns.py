"""Raw columns to typed ones: each cell becomes a code, a number or a text of its item; whatever could not is counted and named.

The raw file is only read. A value without a code becomes missing in the coded data and is reported with its rows, so the
mapping can be mended; nothing is guessed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from math import isinf
from typing import assert_never

from posad.core.place import Place
from posad.core.problems import Fact, Problem, problem
from posad.processing.cells import Coder, Unknown, as_number, chosen, coder_of, written_by_own_code
from posad.processing.coding.delimited import delimiter_of, split
from posad.processing.system import system_columns
from posad.processing.targets import Targets, check_coverage, find_targets, first_few
from posad.store.values import RawTable
from posad.study.plans.values import AnswersFile, Study
from posad.study.questionnaire.values import Item, Kind, Option, Role, option_column, text_column

Column = tuple[str, list[object]]  # (SQL type, values)


@dataclass(slots=True)
class _Work:
    """What coding one file gathers."""

    raw: RawTable
    file: AnswersFile
    targets: Targets
    columns: dict[str, Column] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def warn(self, code: str, **facts: str | int | float) -> None:
        self.problems.append(problem(code, Place(self.file.path), **facts))


def code_answers(raw: RawTable, file: AnswersFile, study: Study) -> tuple[Mapping[str, Column] | None, list[Problem]]:
    """Return the coded columns of one raw file by their names in the store, and everything that was assumed or lost.

    Every item of the questionnaire has its columns in the result, missing throughout where the file has none. Besides:
    ``respondent``, ``wave``, ``started``, ``finished``, ``stratum``, ``psu`` and ``weight:NAME`` for each given weight.
    """
    if not raw.columns or not raw.rows:
        return None, [problem("raw-no-rows", Place(file.path))]
    targets, problems = find_targets(raw.columns, file, study.questionnaire)
    work = _Work(raw, file, targets, problems=problems)
    work.problems.extend(check_coverage(targets, file, study.questionnaire))
    work.columns.update(system_columns(raw, file, targets, work.warn))
    if "respondent" not in targets.system and len(study.answers) > 1:  # numbered rows of two files are different people
        work.columns["respondent"] = (
            "VARCHAR",
            [f"{file.path.removeprefix('answers/')}:{i + 1}" for i in range(raw.rows)],
        )
    for item in study.questionnaire.items():
        _code_item(item, work)
        _code_words(item, work)
    return work.columns, work.problems


def _code_item(item: Item, work: _Work) -> None:
    match item.kind:
        case Kind.SINGLE | Kind.SCALE:
            _single(item, work)
        case Kind.MULTIPLE:
            _multiple(item, work)
        case Kind.NUMBER:
            _number(item, work)
        case Kind.OPEN | Kind.TERRITORY:
            values = _cells(item.id, work)
            missing = coder_of(item, work.file)
            work.columns[item.column] = ("VARCHAR", [None if missing.is_missing(v) else str(v) for v in values])
        case Kind.GRID | Kind.RANKING:
            raise ValueError("an item is never a whole grid or ranking")
        case _:
            assert_never(item.kind)


def _cells(item: str, work: _Work) -> Sequence[object]:
    column = work.targets.whole.get(item)
    return [None] * work.raw.rows if column is None else work.raw.columns[column]


def _each(values: Sequence[object], coder: Coder, code: Callable[[object], object]) -> tuple[list[object], Unknown]:
    """Return the coded values of a column, and those that could not be coded."""
    unknown = Unknown()
    result: list[object] = []
    for row, value in enumerate(values, 1):
        if coder.is_missing(value):
            result.append(None)
            continue
        found = code(value)
        if found is None:
            unknown.add(value, row)
        result.append(found)
    return result, unknown


def _single(item: Item, work: _Work) -> None:
    coder = coder_of(item, work.file)
    result, unknown = _each(_surely(item, _cells(item.id, work), coder, work), coder, coder.code)
    work.columns[item.column] = ("INTEGER", result)
    _tell_unknown("unknown-code", item, unknown, work)


def _surely(item: Item, cells: Sequence[object], coder: Coder, work: _Work) -> Sequence[object]:
    """Return a column's cells, and say what was made of those that are the code of one answer and the label of another.

    They are codes, unless other cells of the column can only be labels: then nobody knows, and they are left out.
    """
    doubtful, labels = coder.doubtful(cells)
    if not doubtful:
        return cells
    found = Unknown()
    for row, value in enumerate(cells, 1):
        if value in doubtful:
            found.add(value, row)
    _tell_unknown("code-or-label" if labels else "code-not-label", item, found, work)
    return [None if v in doubtful else v for v in cells] if labels else cells


def _number(item: Item, work: _Work) -> None:
    coder = coder_of(item, work.file)
    beside = {float(o.code) for o in item.options}  # "999 refused" beside the number
    result, unknown = _each(_cells(item.id, work), coder, lambda v: _amount(v, coder))
    outside = Unknown()
    if item.bounds is not None:
        low, high = item.bounds
        for row, value in enumerate(result, 1):
            if isinstance(value, float) and not low <= value <= high and value not in beside:
                outside.add(f"{value:g}", row)
                result[row - 1] = None
    work.columns[item.column] = ("DOUBLE", result)
    _tell_unknown("not-a-number", item, unknown, work)
    if outside.count:
        low, high = item.bounds or (0.0, 0.0)
        facts: dict[str, Fact] = {"low": "−∞" if isinf(low) else low, "high": "∞" if isinf(high) else high}
        _tell_unknown("number-out-of-bounds", item, outside, work, **facts)


def _amount(value: object, coder: Coder) -> float | None:
    code = coder.code(value)
    return as_number(value) if code is None else float(code)


def _tell_unknown(code: str, item: Item, unknown: Unknown, work: _Work, **more: Fact) -> None:
    if not unknown.count:
        return
    values = sorted(unknown.values.items(), key=lambda pair: (-pair[1], pair[0]))
    shown = first_few((f"{_short(v)} ({n})" for v, n in values), 5)
    work.warn(code, item=item.id, count=unknown.count, values=shown, rows=first_few(unknown.rows, 5), **more)


def _short(text: str) -> str:
    return text if len(text) <= 40 else text[:39] + "…"


def _multiple(item: Item, work: _Work) -> None:
    parts = work.targets.options.get(item.id)
    rows = _from_options(item, parts, work) if parts else _from_cells(item, work)
    for option in item.options:
        column = option_column(item.column, option.code)
        work.columns[column] = ("TINYINT", [None if r is None else int(option.code in r) for r in rows])
    _tell_conflicts(item, rows, work)


def _from_cells(item: Item, work: _Work) -> list[frozenset[int] | None]:
    """Return the codes each respondent chose, from columns of codes or texts, several of them in a cell or one."""
    result = _from_column(item, _cells(item.id, work), work)
    for column in work.targets.more.get(item.id, ()):
        further = _from_column(item, work.raw.columns[column], work)
        result = [a if b is None else b if a is None else a | b for a, b in zip(result, further, strict=True)]
    return result


def _from_column(item: Item, values: Sequence[object], work: _Work) -> list[frozenset[int] | None]:
    coder = coder_of(item, work.file)
    values = _surely(item, values, coder, work)
    delimiter = work.file.delimiter or delimiter_of(values, coder)
    unknown = Unknown()
    pieces: dict[object, list[str]] = {}
    result: list[frozenset[int] | None] = []
    for row, value in enumerate(values, 1):
        if coder.is_missing(value):
            result.append(None)
            continue
        found: set[int] = set()
        lost = False
        if value not in pieces:
            pieces[value] = split(value, delimiter, coder)
        for part in pieces[value]:
            if coder.is_missing(part) or coder.mapped(part) == 0:
                continue
            code = coder.code(part)
            if code is None:
                unknown.add(part, row)
                lost = True
            else:
                found.add(code)
        nobody = not found and not lost and coder.mapped(value) == 0
        result.append(frozenset(found) if found or nobody else None)
    _tell_unknown("unknown-code", item, unknown, work)
    return result


def _from_options(item: Item, parts: Mapping[int, str], work: _Work) -> list[frozenset[int] | None]:
    """Return the codes each respondent chose, from one column for each option.

    A respondent with a blank in every column is missing; where any column says something, a blank is "not chosen".
    """
    coder = coder_of(item, work.file)
    chosen_rows: list[set[int]] = [set() for _ in range(work.raw.rows)]
    answered = [False] * work.raw.rows
    unknown = Unknown()
    own_code = written_by_own_code({code: work.raw.columns[c] for code, c in parts.items()}, coder)
    for option in item.options:
        column = parts.get(option.code)
        if column is None:
            continue
        words = _words_beside(item, option, work)
        for i, value in enumerate(work.raw.columns[column]):
            if coder.is_missing(value):
                continue
            verdict = chosen(value, option, coder, own_code)
            if verdict is None and words is not None and as_number(value) is None:
                words[i], verdict = str(value), True
            if verdict is None:
                unknown.add(value, i + 1)
                continue
            answered[i] = True
            if verdict:
                chosen_rows[i].add(option.code)
    _tell_unknown("unknown-code", item, unknown, work)
    return [frozenset(c) if a else None for c, a in zip(chosen_rows, answered, strict=True)]


def _words_beside(item: Item, option: Option, work: _Work) -> list[object] | None:
    """Return the column that takes words found in an option's own column, when the option has a line for words."""
    if Role.TEXT not in option.roles or option.code in work.targets.words.get(item.id, {}):
        return None
    column: Column = ("VARCHAR", [None] * work.raw.rows)
    work.columns[text_column(item.column, option.code)] = column
    return column[1]


def _tell_conflicts(item: Item, rows: Sequence[frozenset[int] | None], work: _Work) -> None:
    """Say where an exclusive answer stands beside another; the answers are kept as given."""
    alone = frozenset(o.code for o in item.options if Role.EXCLUSIVE in o.roles)
    if not alone:
        return
    found = [i for i, r in enumerate(rows, 1) if r is not None and len(r) > 1 and r & alone]
    if found:
        work.warn("exclusive-with-others", item=item.id, count=len(found), rows=first_few(found, 5))


def _code_words(item: Item, work: _Work) -> None:
    for option in item.options:
        if Role.TEXT not in option.roles:
            continue
        column = work.targets.words.get(item.id, {}).get(option.code)
        name = text_column(item.column, option.code)
        if column is not None:
            values = work.raw.columns[column]
            work.columns[name] = ("VARCHAR", [None if v is None else str(v) for v in values])
        elif name not in work.columns:
            work.columns[name] = ("VARCHAR", [None] * work.raw.rows)


__all__ = ["Column", "code_answers"]
