"""A page as one respondent sees it: in the order of the interview's seed, with earlier answers in its texts."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import assert_never

from posad.core.words import Language, LocalText
from posad.study.questionnaire.pipes import GAP, fill
from posad.study.questionnaire.values import (
    Entity,
    Item,
    Kind,
    Option,
    Question,
    Role,
    option_column,
    text_column,
)
from posad.study.rules.ordering import order
from posad.study.rules.routing import parts_put
from posad.study.rules.values import Answers, Page, Part, Rules


@dataclass(frozen=True, slots=True)
class ShownQuestion:
    """A question as it is shown: answers and rows in their order, texts filled in, items in the order of the rows.

    The name of an answer in a posted page is the item's ``column``; that of words beside an option ``text_column(column, code)``.
    """

    question: Question
    items: tuple[Item, ...]

    def item(self, row: Entity | None = None, criterion: Entity | None = None) -> Item:
        """Return the item of a row (and criterion) as shown; without a row, that of the question itself."""
        rows = self.question.rows
        if row is None:
            return self.items[0]
        width = max(len(self.question.criteria), 1)
        at = [r.id for r in rows].index(row.id) * width
        return self.items[at + (0 if criterion is None else [c.id for c in self.question.criteria].index(criterion.id))]


@dataclass(frozen=True, slots=True)
class ShownPage:
    """A page as it is shown: the title of its block, the words that open the block, the questions put to this respondent."""

    page: Page
    title: LocalText
    text: LocalText
    questions: tuple[ShownQuestion, ...]


def shown(rules: Rules, page: Page, answers: Answers, seed: str) -> ShownPage:
    """Return a page as one respondent sees it.

    Args:
        rules: The rules of the study's interviews.
        page: The page.
        answers: What has been answered so far: it fills texts and tells which questions are put.
        seed: The seed of the interview, such as its id; the same seed gives the same order everywhere.
    """
    questions = tuple(_question(rules, p, page, answers, seed) for p in parts_put(rules, page, answers))

    def said(text: LocalText) -> LocalText:
        return fill(text, lambda name, language: words_of(rules, name, page, answers, language))

    block = page.block
    title = said(block.title) if block is not None else LocalText()
    return ShownPage(
        page, title, said(block.text) if block is not None and page.opens_block else LocalText(), questions
    )


def _question(rules: Rules, part: Part, page: Page, answers: Answers, seed: str) -> ShownQuestion:
    q = part.question

    def said(text: LocalText) -> LocalText:
        return fill(text, lambda name, language: words_of(rules, name, page, answers, language))

    options = [replace(o, label=said(o.label)) for o in q.options]
    rows = [replace(r, label=said(r.label)) for r in q.rows]
    if q.shuffle_options:
        options = list(order(options, seed_of(rules, q, seed, "options_as")))
    if q.shuffle_rows:
        rows = list(order(rows, seed_of(rules, q, seed, "rows_as")))
    changed = replace(
        q,
        text=said(q.text),
        help=said(q.help),
        unit=said(q.unit),
        options=tuple(options),
        rows=tuple(rows),
        criteria=tuple(replace(c, label=said(c.label)) for c in q.criteria),
    )
    return ShownQuestion(changed, _in_order(part, rows))


def _in_order(part: Part, rows: list[Entity]) -> tuple[Item, ...]:
    q = part.question
    if q.kind is not Kind.GRID:
        return part.items
    width = max(len(q.criteria), 1)
    at = {r.id: n * width for n, r in enumerate(q.rows)}
    return tuple(part.items[at[r.id] + c] for r in rows for c in range(width))


def seed_of(rules: Rules, question: Question, seed: str, following: str) -> str:
    """Return what the order of a question is drawn from: the interview's seed and the first question of the chain it follows."""
    seen = {question.id}
    other: str | None = getattr(question, following)
    while other is not None and other not in seen:
        seen.add(other)
        found = rules.questionnaire.question(other)
        if found is None:
            break
        question = found
        other = found.rows_as if found.kind is Kind.GRID and following == "rows_as" else found.options_as
    return f"{seed}\x1f{question.id}"


def words_of(rules: Rules, name: str, page: Page, answers: Answers, language: Language) -> str:
    """Return an earlier answer in words, as a text repeats it; a gap where there is none."""
    if page.turn is not None and page.parts[0].question.loop is not None:
        loop = page.parts[0].question.loop
        if name == loop.source:
            return _label(page.turn, rules.scope.items[name].column, answers, language)
        first, _, rest = name.partition(".")
        if first in loop.rowed:
            turn = f"{loop.source}_{page.turn.code}"
            name = f"{first}.{turn}_{rest}" if loop.rowed[first] and rest else f"{first}.{turn}"
    item = rules.scope.items.get(name)
    return GAP if item is None else _answer(rules, item, answers, language) or GAP


def _answer(rules: Rules, item: Item, answers: Answers, language: Language) -> str:
    match item.kind:
        case Kind.MULTIPLE:
            chosen = [o for o in item.options if answers.get(option_column(item.column, o.code)) == 1]
            return ", ".join(_label(o, item.column, answers, language) for o in chosen)
        case Kind.SINGLE | Kind.SCALE | Kind.NUMBER:
            value = answers.get(item.column)
            option = next((o for o in item.options if o.code == value), None)
            if option is not None:
                return _label(option, item.column, answers, language)
            return "" if value is None else _number(value, language)
        case Kind.OPEN:
            return str(answers.get(item.column) or "")
        case Kind.TERRITORY:
            value = str(answers.get(item.column) or "")
            return rules.places[value].get(language) if value in rules.places else value
        case Kind.GRID | Kind.RANKING:
            raise ValueError("an item is never a whole grid or ranking")
        case _:
            assert_never(item.kind)


def _number(value: object, language: Language) -> str:
    text = f"{value:.15g}" if isinstance(value, int | float) else str(value)
    return text.replace(".", ",") if language == "ru" else text


def _label(option: Option, column: str, answers: Answers, language: Language) -> str:
    own = answers.get(text_column(column, option.code)) if Role.TEXT in option.roles else None
    return str(own) if own else option.label.get(language)
