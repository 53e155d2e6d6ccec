"""The questionnaire on the page: with results in place, or, before there are answers, as the plan of what will be asked."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import isinf
from typing import assert_never

from posad.core.numbers import number
from posad.core.words import Language, LocalText
from posad.report.document import Report
from posad.report.html.sections.method import Grid
from posad.report.html.tables import printed
from posad.report.wording import answers, words
from posad.study.questionnaire.pipes import standing
from posad.study.questionnaire.values import Item, Kind, Option, Question, Role, items_of, places_of
from posad.tabulation.values import Row, Table
from posad.tabulation.wording import who

_ROLES = ((Role.OUT_OF_BASE, "out_of_base"), (Role.EXCLUSIVE, "exclusive"), (Role.TEXT, "text"))


@dataclass(frozen=True, slots=True)
class AnswerView:
    """One answer: code, words, what is special in it, and its share, as printed and as a length from 0 to 100."""

    code: str
    label: str
    roles: str
    share: str = ""
    length: float = 0
    kind: str = "answer"
    indent: int = 0


@dataclass(frozen=True, slots=True)
class QuestionView:
    """A question ready for the template."""

    id: str
    text: str
    help: str
    kind: str
    asked: str
    base: str
    answers: tuple[AnswerView, ...]
    grid: Grid | None


@dataclass(frozen=True, slots=True)
class BlockView:
    """A titled part of the questionnaire."""

    title: str
    questions: tuple[QuestionView, ...]


def questionnaire_view(report: Report, language: Language) -> tuple[BlockView, ...]:
    """Return the questionnaire by blocks; numbers stand where the report has a table of the item."""
    blocks: list[BlockView] = []
    for question in report.study.questionnaire.questions:
        title, view = question.block.get(language), _question(report, question, language)
        if blocks and blocks[-1].title == title:
            blocks[-1] = replace(blocks[-1], questions=(*blocks[-1].questions, view))
        else:
            blocks.append(BlockView(title, (view,)))
    return tuple(blocks)


def _question(report: Report, question: Question, language: Language) -> QuestionView:
    items = items_of(question)
    tables = [report.topline.get(item.id) for item in items]
    asked = _asked(report, question, language)
    counted = (question.cell or question.kind) not in (Kind.OPEN, Kind.TERRITORY)
    rowed = question.kind in (Kind.GRID, Kind.RANKING) or (question.loop is not None and counted)
    grid = _grid(question, items, tables, language) if rowed else None
    table = tables[0] if not rowed and tables else None
    listed = _results(table, items[0], language) if table else _options(question, language)
    rated = rowed and any(tables)
    return QuestionView(
        question.id,
        question.said.get(language),
        standing(question.help).get(language),
        kind_in_words(question, language),
        asked,
        words("not_tabulated", language)
        if report.has_answers and question.kind is Kind.OPEN
        else _base(table, language),
        () if rated else listed,
        grid,
    )


def _asked(report: Report, question: Question, language: Language) -> str:
    """Return in words to whom a question is put; in a loop, for which answers it is repeated."""
    if question.loop is not None:
        source = report.study.questionnaire.question(question.loop.source)
        return words("asked_each", language, of=source.text.get(language) if source else question.loop.source)
    return who(report.study, question.ask_if).get(language) if question.ask_if is not None else ""


def kind_in_words(question: Question, language: Language) -> str:
    """Return what kind of answer a question takes, in words."""
    if question.kind is Kind.GRID:
        cell = _kind(question.cell or Kind.SINGLE, question, language)
        said = [words("kind_grid", language, cell=cell)]
    else:
        said = [_kind(question.kind, question, language)]
    said += [words("shuffled", language)] if question.shuffle_options else []
    said += [words("rows_shuffled", language)] if question.shuffle_rows else []
    return "; ".join(said)


def _kind(kind: Kind, question: Question, language: Language) -> str:
    match kind:
        case Kind.MULTIPLE if question.limit:
            return words("kind_limit", language, limit=question.limit, answers=answers(question.limit, language))
        case Kind.SCALE if question.scale:
            return words("kind_scale", language, low=question.scale[0], high=question.scale[1])
        case Kind.NUMBER if question.bounds:
            return _bounds(question.bounds, language)
        case Kind.RANKING:
            return words("kind_ranking", language, places=places_of(question))
        case Kind.SINGLE | Kind.MULTIPLE | Kind.SCALE | Kind.NUMBER | Kind.OPEN | Kind.TERRITORY | Kind.GRID:
            return words(f"kind_{kind.value}", language)
        case _:
            assert_never(kind)


def _bounds(bounds: tuple[float, float], language: Language) -> str:
    low, high = ("" if isinf(v) else number(v, language, 0 if v == int(v) else 1) for v in bounds)
    if not low or not high:
        return words("kind_most" if high else "kind_least", language, bound=high or low)
    return words("kind_bounds", language, low=low, high=high)


def _roles(option: Option | None, language: Language) -> str:
    found = [words(f"role_{key}", language) for role, key in _ROLES if option and role in option.roles]
    return ", ".join(found)


def _options(question: Question, language: Language) -> tuple[AnswerView, ...]:
    plain = question.kind is Kind.SCALE and not any(o.label.get(language).strip(f" {o.code}") for o in question.options)
    if plain:
        return ()
    return tuple(AnswerView(str(o.code), o.label.get(language), _roles(o, language)) for o in question.options)


def _results(table: Table, item: Item, language: Language) -> tuple[AnswerView, ...]:
    options = {str(o.code): o for o in item.options}
    shown = [row for row in table.rows if (row.id, "total") in table.cells]
    return tuple(_result(table, row, options.get(row.id), language, number == 0) for number, row in enumerate(shown))


def _result(table: Table, row: Row, option: Option | None, language: Language, first: bool) -> AnswerView:
    e = table.cells[row.id, "total"]
    hidden = table.tiers.get("total") == "hidden"
    share = "–" if hidden else printed(e, language, sign=first)
    length = 0.0 if hidden or e.value is None or e.statistic != "share" else round(max(0.0, min(1.0, e.value)) * 100, 1)
    code = str(option.code) if option else ""
    return AnswerView(code, row.label.get(language), _roles(option, language), share, length, row.kind, row.indent)


def _base(table: Table | None, language: Language) -> str:
    if table is None or "total" not in table.bases:
        return ""
    star = "*" if table.tiers.get("total") in ("no_tests", "flagged") else ""
    n = number(table.bases["total"].unweighted, language)
    who_ = table.base_text.get(language)
    return (
        f"{words('base', language)}: {who_}, {words('n', language, n=n)}{star}"
        if who_
        else words("n", language, n=n) + star
    )


def _grid(question: Question, items: tuple[Item, ...], tables: list[Table | None], language: Language) -> Grid:
    """Return a grid as a table: its lines against the answers, with shares when there are any."""
    found = [(item, table) for item, table in zip(items, tables, strict=True) if table]
    title = question.said.get(language)
    if not found:
        heads = [c.label.get(language) for c in question.criteria]
        rows = tuple((label.get(language), *[""] * len(heads)) for label in _rows(question, items))
        return Grid(title, (words("rows_of", language), *heads), rows)
    lines = [r for r in found[0][1].rows if r.kind in ("answer", "net", "mean")]
    heads = [words("rows_of", language), *(r.label.get(language) for r in lines), "n"]
    body = tuple(_grid_row(question, item, table, lines, language) for item, table in found)
    return Grid(title, tuple(heads), body, frozenset(range(1, len(heads))))


def _rows(question: Question, items: tuple[Item, ...]) -> list[LocalText]:
    """Return the lines of a question that is asked by rows, places or turns: each once, whatever its criteria."""
    if question.kind is Kind.GRID and question.loop is None:
        return [r.label for r in question.rows]
    return [i.label for i in items if question.kind is not Kind.GRID or i.criterion in (None, question.criteria[0].id)]


def _grid_row(question: Question, item: Item, table: Table, lines: list[Row], language: Language) -> tuple[str, ...]:
    criterion = next((c for c in question.criteria if c.id == item.criterion), None)
    label = item.label.get(language) + (f" – {criterion.label.get(language)}" if criterion else "")
    hidden = table.tiers.get("total") == "hidden"
    shares = []
    for line in lines:
        e = table.cells.get((line.id, "total"))
        shares.append("–" if hidden or e is None else printed(e, language))
    n = number(table.bases["total"].unweighted, language) if "total" in table.bases else "–"
    return (label, *shares, n)
