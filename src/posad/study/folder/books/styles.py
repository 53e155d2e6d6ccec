"""How the tables of a book look and are tested: the shapes of tables.yaml beyond banner and rows, and their values.

To add a setting: 1. a field of a shape here; 2. its value in ``read_style``; 3. a field of ``TableStyle`` in ``posad.study.plans.values``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from posad.core.problems import Problem, problem
from posad.core.words import LocalText
from posad.study.addresses.waves import WAVE
from posad.study.folder.reading import Ground, Sheet, ordered, unknown
from posad.study.plans.values import LowBase, TableStyle, TestPlan
from posad.study.plans.variables import BUILT_IN_NETS

PresetName = Literal["posad", "welch", "spss", "dimensions", "q", "crunch", "none"]
CorrectionName = Literal["bh", "holm", "bonferroni", "none"]
Statistic = Literal["mean", "median", "sd", "index"]
LINES = ("mean", "median", "sd", "answers")


@dataclass(frozen=True, slots=True)
class TestsShape:
    """``tests`` of a book: whose column test gives the letters.

    Attributes:
        preset: ``posad``, or the test of another program: ``spss``, ``dimensions``, ``q``, ``crunch``; ``welch`` tests means by Welch;
            ``none`` tests nothing.
        level: Per cent, 5 if absent: a capital letter.
        second_level: Per cent: a small letter.
        correction: Correction for many tests; that of the preset if absent.
        minimum_difference: Points of per cent; smaller differences get no letter.
    """

    __test__ = False  # no test of the product itself

    preset: PresetName = "posad"
    level: float | None = None
    second_level: float | None = None
    correction: CorrectionName | None = None
    minimum_difference: float = 0


@dataclass(frozen=True, slots=True)
class LowBaseShape:
    """``low_base`` of a book: another rule for small bases, with its reason.

    Attributes:
        hidden: Columns with a smaller base are hidden.
        no_tests: Columns with a smaller base are not tested.
        flagged: Columns with a smaller base are marked.
        by: The base that counts; ``smaller`` is the smaller of people and effective base.
        reason: Why; printed under the tables.
    """

    reason: LocalText
    hidden: float = 30
    no_tests: float = 50
    flagged: float = 100
    by: Literal["smaller", "unweighted", "weighted", "effective"] = "smaller"


@dataclass(frozen=True, slots=True)
class BookShape:
    """One book of tables.yaml; its name is the key.

    Attributes:
        banner: Columns: ``total``, ``wave``, grouping variables or questions with answers, ``a > b`` to nest.
        title: The book in words; its name if absent.
        rows: ``all``, or questions, items and variables.
        filter: A condition: only these people are counted.
        weight: The weight; the study's first if absent.
        percent: What shares are of: the column, all who gave the line's answer (``row``), or everybody (``total``).
        statistics: Lines of ``mean``, ``median``, ``sd`` where answers are numbers or points; ``index``, the first column being 100.
        tests: Whose test gives the letters, or how they are made in full.
        sort: The order of answers; pinned ones stay last.
        hide: Columns (``sex:male``), blocks (``sex``) and lines (``99``) left out, by id.
        nets: Ready nets, such as ``top2``, shown where a question has them.
        decimals: Decimals of shares.
        low_base: Another rule for small bases, with its reason.
    """

    banner: str | list[str]
    title: LocalText = LocalText()
    rows: str | list[str] = "all"
    filter: str | None = None
    weight: str | None = None
    percent: Literal["column", "row", "total"] = "column"
    statistics: list[Statistic] = field(default_factory=list)
    tests: TestsShape | PresetName = "posad"
    sort: Literal["questionnaire", "descending"] = "questionnaire"
    hide: list[str] = field(default_factory=list)
    nets: list[str] = field(default_factory=list)
    decimals: Literal[0, 1, 2, 3] = 0
    low_base: LowBaseShape | None = None


@dataclass(frozen=True, slots=True)
class TablesShape:
    """tables.yaml: books of tables. Without the file there is one book of every question by all grouping variables.

    Attributes:
        books: The books by name.
    """

    books: Mapping[str, BookShape]


def check_style(sheet: Sheet, id: str, shape: BookShape, ground: Ground) -> list[Problem]:
    """Return the names under ``hide`` and ``nets`` that no column, line or net of the study has."""
    if ground.scope is None:
        return []
    nets = {*BUILT_IN_NETS, *(name.rpartition(".")[2] for name in ground.scope.nets)}
    problems = [
        unknown("book-net-unknown", sheet.at("books", id, "nets", i), name, sorted(nets))
        for i, name in enumerate(shape.nets)
        if name not in nets
    ]
    lines, columns = _lines_and_columns(ground)
    known = lines | columns | nets | {"total", *LINES}
    for i, name in enumerate(shape.hide):
        nested = all(":" in part and part in columns for part in name.split(">"))
        wave = name.split(":")[0] in (WAVE, "change")  # the waves are known from study.yaml and the answers
        if name not in known and not nested and not wave:
            problems.append(unknown("book-hide-unknown", sheet.at("books", id, "hide", i), name, sorted(known)))
    return problems


def _lines_and_columns(ground: Ground) -> tuple[set[str], set[str]]:
    """Return the ids of answers as lines, and of blocks and columns: every variable, and each of its groups or codes."""
    lines: set[str] = set()
    columns: set[str] = set()
    assert ground.scope is not None
    for item in (i for name in ground.names() if (i := ground.item(name)) is not None):
        variable = ground.scope.variables.get(item.id)
        groups = {g.code: g.id for g in variable.groups} if variable is not None else {}
        lines |= {str(o.code) for o in item.options}
        columns |= {item.id, *(f"{item.id}:{groups.get(o.code, o.code)}" for o in item.options)}
    return lines, columns


def read_style(sheet: Sheet, id: str, shape: BookShape) -> tuple[TableStyle, list[Problem]]:
    """Return the style of a book and what is wrong with its numbers."""
    tests = TestsShape(shape.tests) if isinstance(shape.tests, str) else shape.tests
    problems = [
        problem("book-tests-level", sheet.at("books", id, "tests", name), value=value)
        for name, value in (("level", tests.level), ("second_level", tests.second_level))
        if value is not None and not 0 < value < 100
    ]
    level = tests.level or (0.1 if tests.preset == "q" else 5)
    if not problems and tests.second_level is not None and tests.second_level <= level:
        problems.append(
            problem(
                "book-tests-second",
                sheet.at("books", id, "tests", "second_level"),
                value=tests.second_level,
                level=level,
            )
        )
    if not 0 <= tests.minimum_difference <= 100:
        where = sheet.at("books", id, "tests", "minimum_difference")
        problems.append(problem("book-tests-minimum", where, value=tests.minimum_difference))
    low, more = _low_base(sheet, id, shape.low_base)
    plan = TestPlan(
        tests.preset,
        None if tests.level is None else tests.level / 100,
        None if tests.second_level is None else tests.second_level / 100,
        tests.correction,
        tests.minimum_difference / 100,
    )
    style = TableStyle(
        shape.percent,
        tuple(shape.statistics),
        plan,
        shape.sort,
        tuple(shape.hide),
        tuple(shape.nets),
        shape.decimals,
        low,
    )
    return style, [*problems, *more]


def _low_base(sheet: Sheet, id: str, shape: LowBaseShape | None) -> tuple[LowBase, list[Problem]]:
    if shape is None:
        return LowBase(), []
    problems = []
    if not shape.reason:
        problems.append(problem("book-low-base-reason", sheet.key("books", id, "low_base")))
    if not 0 <= shape.hidden <= shape.no_tests <= shape.flagged:
        problems.append(problem("book-low-base-order", sheet.key("books", id, "low_base")))
    reason = ordered(shape.reason, sheet.languages)
    return LowBase(shape.hidden, shape.no_tests, shape.flagged, shape.by, reason), problems
