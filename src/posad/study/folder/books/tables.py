"""cleaning.yaml and tables.yaml: whom to leave out and why; books of tables with their banners."""

from __future__ import annotations

import re
from collections.abc import Iterable

from posad.core.place import Place
from posad.core.problems import Problem, near, problem
from posad.core.words import LocalText
from posad.study.addresses.waves import TREND, WAVE
from posad.study.expressions.tree import Expression
from posad.study.folder.books.styles import BookShape, TablesShape, check_style, read_style
from posad.study.folder.reading import (
    Ground,
    Sheet,
    as_list,
    check_name,
    condition,
    inside,
    ordered,
    shaped,
    shaped_each,
    unknown,
)
from posad.study.folder.shapes import CleaningShape, RuleShape
from posad.study.plans.values import BannerPart, Book, CleaningRule, Variable
from posad.study.questionnaire.values import Kind, Questionnaire, items_of

CLEANING = "cleaning.yaml"
TABLES = "tables.yaml"
TOTAL = "total"
GROUPING = (Kind.SINGLE, Kind.SCALE, Kind.MULTIPLE)
TABULATED = (*GROUPING, Kind.NUMBER)


def read_cleaning(sheet: Sheet | None, ground: Ground) -> tuple[tuple[CleaningRule, ...], list[Problem]]:
    """Read the cleaning rules; each has a condition, an action and a reason."""
    if sheet is None:
        return (), []
    if not sheet.mapping("rules") or len(sheet.mapping()) > 1:
        shape, problems = shaped(sheet, CleaningShape, sheet.value)
        if shape is None:
            return (), problems
    shapes, problems = shaped_each(sheet, RuleShape, sheet.mapping("rules"), "rules")
    rules = []
    for id, rule in shapes.items():
        place = sheet.key("rules", id)
        problems += check_name(id, "cleaning-name-form", place)
        tree, wrong = condition(rule.if_, sheet.at("rules", id, "if"), ground)
        problems += wrong
        if tree is not None and not wrong:
            rules.append(CleaningRule(id, tree, rule.action, ordered(rule.reason, sheet.languages), place))
    return tuple(rules), problems


def default_book(questionnaire: Questionnaire, variables: Iterable[Variable]) -> Book:
    """Return the book there is without tables.yaml: every question by all grouping variables."""
    place = Place(TABLES)
    banner = tuple(BannerPart((v.id,), place) for v in variables)
    title = LocalText.of(ru="Все вопросы", en="All questions")
    return Book("all", title, banner, all_rows(questionnaire), place)


def all_rows(questionnaire: Questionnaire) -> tuple[str, ...]:
    """Return every question that makes a table, in order: all but those answered in words."""
    return tuple(q.id for q in questionnaire.questions if any(i.kind in TABULATED for i in items_of(q)))


def read_books(
    sheet: Sheet, ground: Ground, questionnaire: Questionnaire | None, weights: frozenset[str] | None
) -> tuple[tuple[Book, ...], list[Problem]]:
    """Read the books of tables."""
    if not sheet.mapping("books") or len(sheet.mapping()) > 1:
        whole, problems = shaped(sheet, TablesShape, sheet.value)
        if whole is None:
            return (), problems
    shapes, problems = shaped_each(sheet, BookShape, sheet.mapping("books"), "books")
    books = []
    for id, shape in shapes.items():
        book, wrong = _book(sheet, id, shape, ground, questionnaire, weights)
        problems += wrong
        if book is not None:
            books.append(book)
    return tuple(books), problems


def _book(
    sheet: Sheet,
    id: str,
    shape: BookShape,
    ground: Ground,
    questionnaire: Questionnaire | None,
    weights: frozenset[str] | None,
) -> tuple[Book | None, list[Problem]]:
    place = sheet.key("books", id)
    problems = check_name(id, "book-name-form", place)
    banner, total, wrong = _banner(sheet, id, shape, ground)
    problems += wrong
    rows, wrong = _rows(sheet, id, shape, ground, questionnaire)
    problems += wrong
    tree: Expression | None = None
    if shape.filter is not None:
        tree, wrong = condition(shape.filter, sheet.at("books", id, "filter"), ground)
        problems += wrong
    if shape.weight is not None and weights is not None and shape.weight not in weights:
        problems.append(unknown("book-weight-unknown", sheet.at("books", id, "weight"), shape.weight, weights))
    style, wrong = read_style(sheet, id, shape)
    problems += [*wrong, *check_style(sheet, id, shape, ground)]
    if problems:
        return None, problems
    title = ordered(shape.title, sheet.languages) or LocalText.from_mapping(dict.fromkeys(sheet.languages, id))
    return Book(id, title, banner, rows, place, tree, shape.weight, total, style), []


def _banner(
    sheet: Sheet, id: str, shape: BookShape, ground: Ground
) -> tuple[tuple[BannerPart, ...], bool, list[Problem]]:
    parts: list[BannerPart] = []
    problems: list[Problem] = []
    total = False
    seen: set[str] = set()
    lone = isinstance(shape.banner, str)
    for i, text in enumerate(as_list(shape.banner)):
        place = sheet.at("books", id, "banner") if lone else sheet.at("books", id, "banner", i)
        bare = re.sub(r"\s+", " ", text).strip()
        if bare in seen:
            problems.append(problem("book-banner-twice", place, name=bare))
        elif bare == TOTAL:
            total = True
        else:
            names, wrong = _part(text, place, ground)
            problems += wrong
            parts += [BannerPart(names, place)] if not wrong else []
        seen.add(bare)
    return tuple(parts), total, problems


def _part(text: str, place: Place, ground: Ground) -> tuple[tuple[str, ...], list[Problem]]:
    """Return the variables of one part of a banner, each checked at its place inside the text."""
    start, exact = inside(place, text)
    names: list[str] = []
    problems: list[Problem] = []
    pieces = list(re.finditer(r"[^>]+", text))
    if not pieces or len(pieces) != text.count(">") + 1 or len(pieces) > 2:
        return (), [problem("book-banner-form", place, name=text)]
    for piece in pieces:
        name = piece[0].strip()
        column = start.column + piece.start() + len(piece[0]) - len(piece[0].lstrip())
        spot = Place(start.file, start.line, column, start.line, column + len(name)) if exact else place
        names.append(name)
        item = ground.item(name)
        if name == WAVE or (name == TREND and len(pieces) == 1):
            continue
        if not name or name == TOTAL or len(name.split()) != 1:
            problems.append(problem("book-banner-form", spot, name=text))
        elif name in names[:-1]:
            problems.append(problem("book-banner-twice", spot, name=name))
        elif item is None:
            problems += ground.missing("book-banner-unknown", spot, name, TOTAL, WAVE, TREND)
        elif item.kind not in GROUPING:
            problems.append(problem("book-banner-kind", spot, name=name))
    return tuple(names), problems


def _rows(
    sheet: Sheet, id: str, shape: BookShape, ground: Ground, questionnaire: Questionnaire | None
) -> tuple[tuple[str, ...], list[Problem]]:
    every = all_rows(questionnaire) if questionnaire is not None else ()
    if shape.rows == "all":
        return every, []
    rows: list[str] = []
    problems: list[Problem] = []
    lone = isinstance(shape.rows, str)
    for i, name in enumerate(as_list(shape.rows)):
        place = sheet.at("books", id, "rows") if lone else sheet.at("books", id, "rows", i)
        item = ground.item(name)
        kinds = {item.kind} if item is not None else {g.kind for g in ground.grid(name)}
        if name == "all":
            rows += every
        elif not kinds and ground.scope is not None:
            guess = near(name, ["all", *ground.names_and_grids()])
            problems.append(problem("book-row-unknown", place, name=name, near=guess))
        elif kinds and not kinds & set(TABULATED):
            problems.append(problem("book-row-open", place, name=name))
        else:
            rows.append(name)
    return tuple(dict.fromkeys(rows)), problems
