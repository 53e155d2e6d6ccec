"""What is planned and not yet done: groups of people, weights, tables, in words."""

from __future__ import annotations

from posad.core.numbers import percent
from posad.core.words import Language
from posad.report.html.sections.method import Grid, Section, source_note
from posad.report.wording import words
from posad.study.plans.values import Book, Margin, Study, Variable
from posad.tabulation.wording import who


def plan_sections(study: Study, language: Language) -> tuple[Section, ...]:
    """Return what is planned: groups of people, weights, tables."""
    sections = []
    if study.variables:
        grids = tuple(_variable(study, v, language) for v in study.variables)
        sections.append(Section(words("plan_variables", language), grids=grids))
    if study.weights:
        sections.append(_weights(study, language))
    if study.books:
        sections.append(
            Section(words("plan_tables", language), grids=tuple(_book(study, b, language) for b in study.books))
        )
    return tuple(sections)


def _variable(study: Study, variable: Variable, language: Language) -> Grid:
    rows = tuple(
        (
            group.label.get(language) or group.id,
            who(study, group.condition).get(language) if group.condition is not None else words("else_group", language),
        )
        for group in variable.groups
    )
    return Grid(
        variable.label.get(language) or variable.id, (words("group_head", language), words("rule", language)), rows
    )


def _weights(study: Study, language: Language) -> Section:
    grids, said = [], []
    for plan in study.weights:
        said += [words(f"plan_{plan.method}", language)] if plan.method in ("none", "given", "rake") else []
        said += [plan.note.get(language)] if plan.note else []
        grids += [_margin(study, margin, language) for margin in plan.margins]
    return Section(words("plan_weights", language), tuple(dict.fromkeys(said)), grids=tuple(grids))


def _margin(study: Study, margin: Margin, language: Language) -> Grid:
    item = study.item(margin.variable)
    labels = {o.code: o.label.get(language) for o in item.options} if item else {}
    rows = tuple((labels.get(code) or str(code), percent(share, language, 1)) for code, share in margin.targets)
    title = item.label.get(language) if item and item.label else margin.variable
    heads = (words("group_head", language), words("target", language))
    return Grid(title, heads, rows, frozenset({1}), source_note(margin.source, language))


def _book(study: Study, book: Book, language: Language) -> Grid:
    banner = [words("total", language)] if book.total else []
    banner += [" > ".join(_name(study, v, language) for v in part.variables) for part in book.banner]
    every = {i.id for i in study.questionnaire.items()} | {q.id for q in study.questionnaire.questions}
    rows = [_name(study, r, language) for r in book.rows]
    whole = set(book.rows) >= {q.id for q in study.questionnaire.questions} or not set(book.rows) & every
    lines = [
        (words("plan_banner", language), "; ".join(banner)),
        (words("plan_rows", language), words("everything", language) if whole else "; ".join(rows)),
    ]
    if book.filter is not None:
        lines.append((words("plan_filter", language), who(study, book.filter).get(language)))
    return Grid(book.title.get(language) or book.id, (), tuple(lines))


def _name(study: Study, id: str, language: Language) -> str:
    item = study.item(id)
    question = study.questionnaire.question(id)
    found = item.label.get(language) if item else question.said.get(language) if question else ""
    return found or id
