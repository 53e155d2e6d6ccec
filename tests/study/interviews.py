"""Interviews by chance, and a plain statement of what a page accepts, written apart from the product's rules."""

from __future__ import annotations

import random
import re
from collections.abc import Mapping, Sequence

from tests.strategies import scope_of_items

from posad.core.words import LocalText
from posad.study.expressions.evaluate import evaluate
from posad.study.questionnaire.values import Item, Kind, Question, Questionnaire, Role, items_of
from posad.study.rules import Answers, End, Page, Rules, judge, make_rules, next_page

Posted = Mapping[str, Sequence[str]]
PLACES = {"tver": LocalText.of(ru="Тверь"), "kimry": LocalText.of(ru="Кимры")}
ALONE = {Role.EXCLUSIVE, Role.DONT_KNOW, Role.OUT_OF_BASE}
ODD = (
    "",
    " ",
    "0",
    "00",
    "1 ",
    "7",
    "-1",
    "1e3",
    "3,5",
    "3.5",
    "999",
    "тверь",
    "tver",
    "a" * 4001,
    "\x00",
    "а\r\nб",
    "१",
)


def rules_for(made: Questionnaire, *, frame: bool = True) -> Rules:
    """Return the rules of a questionnaire without grouping variables."""
    return make_rules(made, scope_of_items(made.items()), (), PLACES if frame else {})


def items_put(rules: Rules, page: Page, answers: Answers) -> list[tuple[Question, list[Item]]]:
    """Return the questions of a page that are put, with their items there; conditions are evaluated anew, item by item."""
    found = []
    for question in page.questions:
        items = list(items_of(question, page.turn))
        if all(i.ask_if is None or evaluate(i.ask_if, answers, rules.scope) is True for i in items):
            found.append((question, items))
    return found


def accepts(rules: Rules, page: Page, posted: Posted, answers: Answers) -> bool:
    """Tell whether a page accepts what was posted: the rules as a person would tell them, one after another."""
    put = items_put(rules, page, answers)
    expected = {name for _, items in put for i in items for name in _names(i)}
    if any(name not in expected for name in posted):
        return False
    return all(_question(rules, question, items, posted) for question, items in put)


def _names(item: Item) -> list[str]:
    return [item.column, *(f"{item.column}__{o.code}__text" for o in item.options if Role.TEXT in o.roles)]


def _given(posted: Posted, name: str) -> list[str]:
    return [v for v in posted.get(name, ()) if v.strip()]


def _question(rules: Rules, question: Question, items: Sequence[Item], posted: Posted) -> bool:
    needed = question.required if question.required is not None else question.kind is not Kind.OPEN
    if not all(_words(i, _given(posted, i.column), posted) for i in items):
        return False
    if question.kind is Kind.RANKING:
        return _ranking(question, [_given(posted, i.column) for i in items], needed)
    return all(_item(rules, i, _given(posted, i.column), needed) for i in items)


def _words(item: Item, chosen: Sequence[str], posted: Posted) -> bool:
    """Tell whether words stand only beside answers that were chosen, once, and can be kept."""
    for option in item.options:
        words = _given(posted, f"{item.column}__{option.code}__text") if Role.TEXT in option.roles else []
        if len(words) > 1 or (words and str(option.code) not in [c.strip() for c in chosen]):
            return False
        if words and not _readable(words[0], 500):
            return False
    return True


def _readable(text: str, longest: int) -> bool:
    kept = text.strip().replace("\r\n", "\n").replace("\r", "\n")
    return len(kept) <= longest and not any(ord(c) < 32 and c not in "\n\t" for c in kept)


def _ranking(question: Question, places: Sequence[Sequence[str]], needed: bool) -> bool:
    known = {str(o.code): o for o in question.options}
    if any(len(p) > 1 or (p and p[0].strip() not in known) for p in places):
        return False
    order = [p[0].strip() if p else None for p in places]
    filled = [c for c in order if c is not None]
    if order[: len(filled)] != filled or len(set(filled)) < len(filled):
        return False
    alone = [c for c in filled if known[c].roles & ALONE]
    if alone and len(filled) > 1:
        return False
    return bool(alone) or not needed or len(filled) == len(order)


def _item(rules: Rules, item: Item, values: Sequence[str], needed: bool) -> bool:
    if not values:
        return not needed
    codes = [str(o.code) for o in item.options]
    if item.kind is Kind.MULTIPLE:
        chosen = [v.strip() for v in values]
        exclusive = [str(o.code) for o in item.options if Role.EXCLUSIVE in o.roles]
        known = all(c in codes for c in chosen) and len(set(chosen)) == len(chosen)
        together = len(chosen) == 1 or not any(c in exclusive for c in chosen)
        return known and together and (item.limit is None or len(chosen) <= item.limit)
    if len(values) > 1:
        return False
    match item.kind:
        case Kind.SINGLE | Kind.SCALE:
            return values[0].strip() in codes
        case Kind.NUMBER:
            return _number(item, values[0].strip())
        case Kind.TERRITORY if rules.places:
            return values[0].strip() in rules.places
        case _:
            return _readable(values[0], 500 if item.kind is Kind.TERRITORY else 4000)


def _number(item: Item, text: str) -> bool:
    if not re.fullmatch(r"[-+]?[0-9]{1,15}([.,][0-9]{1,6})?", text):
        return False
    value = float(text.replace(",", "."))
    low, high = item.bounds or (float("-inf"), float("inf"))
    return low <= value <= high or any(o.code == value for o in item.options)


def fill(question: Question, items: Sequence[Item], chance: random.Random, frame: bool = True) -> dict[str, list[str]]:
    """Return something a respondent might answer to a question."""
    if question.kind is Kind.RANKING:
        ranked = [str(o.code) for o in question.options if not o.roles & ALONE] or [str(question.options[0].code)]
        chance.shuffle(ranked)
        return {i.column: [code] for i, code in zip(items, ranked, strict=False)}
    return {i.column: _one(i, chance, frame) for i in items}


def _one(item: Item, chance: random.Random, frame: bool) -> list[str]:
    codes = [str(o.code) for o in item.options]
    match item.kind:
        case Kind.SINGLE | Kind.SCALE:
            return [chance.choice(codes)]
        case Kind.MULTIPLE:
            alone = [str(o.code) for o in item.options if Role.EXCLUSIVE in o.roles]
            others = [c for c in codes if c not in alone]
            if alone and (not others or chance.random() < 0.2):
                return [chance.choice(alone)]
            return chance.sample(others, chance.randint(1, min(item.limit or len(others), len(others))))
        case Kind.NUMBER:
            low, high = item.bounds or (0.0, 100.0)
            low = high - 3 if low == float("-inf") else low
            return [str(chance.choice([low, high, (low + high) / 2])).rstrip("0").rstrip(".")]
        case Kind.TERRITORY if frame:
            return [chance.choice(list(PLACES))]
        case _:
            return ["слова"]


def walk(rules: Rules, chance: random.Random, seed: str = "s") -> tuple[dict[str, object], End]:
    """Return the answers of an interview answered by chance from its first page to its end, and how it ended."""
    answers: dict[str, object] = {}
    for _ in range(len(rules.pages) + 1):
        page = next_page(rules, answers, seed)
        if isinstance(page, End):
            return answers, page
        posted: dict[str, list[str]] = {}
        for question, items in items_put(rules, page, answers):
            posted |= fill(question, items, chance, bool(rules.places))
        judged = judge(rules, page, posted, answers, seed)
        assert judged.accepted, (page.id, posted, judged.refusals)
        answers |= judged.answers
    raise AssertionError("the interview does not end")
