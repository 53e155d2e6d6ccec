"""What was posted for a page, taken apart into answers or refusals. Nothing that is not expected there gets through.

To add a refusal: 1. its words in ``WORDS``; 2. the place that gives it; 3. the case in the tests' plain statement of the rules.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import assert_never

from posad.core.words import LocalText
from posad.study.questionnaire.values import Item, Kind, Option, Question, Role, option_column, text_column
from posad.study.rules.routing import parts_put
from posad.study.rules.values import Answers, Page, Part, Rules

LONGEST_TEXT = 4000  # characters of an answer in words
LONGEST_WORDS = 500  # characters beside an option
_NUMBER = re.compile(r"[-+−–]?[0-9]{1,15}(?:[.,][0-9]{1,6})?", re.ASCII)
_ALONE = frozenset({Role.EXCLUSIVE, Role.DONT_KNOW, Role.OUT_OF_BASE})
WORDS: Mapping[str, tuple[str, str]] = {
    "required": ("Ответьте, пожалуйста, на этот вопрос", "Please answer this question"),
    "unknown-answer": ("Такого ответа здесь нет", "There is no such answer here"),
    "several-answers": ("Выберите один ответ", "Choose one answer"),
    "same-answer-twice": ("Один и тот же ответ дан дважды", "The same answer is given twice"),
    "too-many-answers": ("Отметьте не больше {limit}; сейчас отмечено {chosen}", "Choose at most {limit}; {chosen} are chosen now"),
    "exclusive-answer": (
        "Ответ «{label}» нельзя сочетать с другими",
        "The answer “{label}” cannot be combined with others",
    ),
    "not-a-number": ("Введите число цифрами", "Enter a number in digits"),
    "too-small": ("Число должно быть не меньше {low}", "The number must be at least {low}"),
    "too-large": ("Число должно быть не больше {high}", "The number must be at most {high}"),
    "too-long": ("Ответ слишком длинный: не больше {limit} знаков", "The answer is too long: at most {limit} characters"),
    "unreadable-characters": ("В ответе есть знаки, которые нельзя сохранить", "The answer holds characters that cannot be kept"),
    "words-without-answer": ("Отметьте ответ, рядом с которым вы написали", "Choose the answer beside which you have written"),
    "unknown-place": ("Выберите населённый пункт из списка", "Choose a place from the list"),
    "ranked-twice": ("Каждый ответ может занять только одно место", "Each answer can take one place only"),
    "place-skipped": ("Заполните места по порядку, без пропусков", "Fill the places in order, leaving none out"),
    "not-asked-here": ("Этого вопроса нет на странице", "This question is not on the page"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why one posted answer is not taken: the name of the field, a code, words for the respondent."""

    variable: str
    code: str
    message: LocalText


@dataclass(frozen=True, slots=True)
class Judged:
    """What came of a posted page: all its answers by the store's columns, or why it was refused.

    ``answers`` hold every column of every question put on the page, None where it was passed over; they are empty when anything
    was refused.
    """

    answers: Mapping[str, object] = field(default_factory=dict)
    refusals: tuple[Refusal, ...] = ()

    @property
    def accepted(self) -> bool:
        """Tell whether the page was taken."""
        return not self.refusals


Posted = Mapping[str, Sequence[str]]


def judge(rules: Rules, page: Page, posted: Posted, answers: Answers, seed: str = "") -> Judged:
    """Return the answers of a posted page, or every reason why it is refused.

    Args:
        rules: The rules of the study's interviews.
        page: The page that was put.
        posted: The posted values by field, the form's own fields (token, button) left out.
        answers: What was answered before this page.
        seed: The seed of the interview.
    """
    taker = _Taker(rules, posted)
    for part in parts_put(rules, page, answers):
        taker.part(part)
    for name in posted:
        if name not in taker.known:
            taker.refuse(name, "not-asked-here")
    return Judged({} if taker.refusals else taker.answers, tuple(taker.refusals))


class _Taker:
    """One posted page on its way to answers: what has been taken, what has been refused, which fields were expected."""

    def __init__(self, rules: Rules, posted: Posted) -> None:
        self.rules, self.posted = rules, posted
        self.answers: dict[str, object] = {}
        self.refusals: list[Refusal] = []
        self.known: set[str] = set()

    def refuse(self, variable: str, code: str, **facts: LocalText | str | int) -> None:
        self.refusals.append(Refusal(variable, code, message(code, **facts)))

    def values(self, name: str) -> list[str]:
        """Return what was posted under a name, without what was left blank."""
        self.known.add(name)
        return [v for v in self.posted.get(name, ()) if v.strip()]

    def part(self, part: Part) -> None:
        q = part.question
        if q.kind is Kind.RANKING:
            self._ranking(q, part.items)
            return
        for item in part.items:
            self._item(item, q)

    def _item(self, item: Item, q: Question) -> None:
        values = self.values(item.column)
        if item.kind is Kind.MULTIPLE:
            self._several(item, values, q)
            return
        taken: object = None
        if len(values) > 1:
            self.refuse(item.column, "several-answers")
        elif values:
            taken = self._one(item, values[0])
        elif q.must_answer:
            self.refuse(item.column, "required")
        self.answers[item.column] = taken
        self._words(item, {taken} if isinstance(taken, int) else set())

    def _one(self, item: Item, value: str) -> object:
        match item.kind:
            case Kind.SINGLE | Kind.SCALE:
                return self._code(item, value)
            case Kind.NUMBER:
                return self._number(item, value)
            case Kind.OPEN:
                return self._text(item.column, value, LONGEST_TEXT)
            case Kind.TERRITORY:
                return self._place(item, value)
            case Kind.MULTIPLE | Kind.GRID | Kind.RANKING:
                raise ValueError("more than one answer is taken elsewhere")
            case _:
                assert_never(item.kind)

    def _code(self, item: Item, value: str) -> int | None:
        found = _option(item.options, value)
        if found is None:
            self.refuse(item.column, "unknown-answer")
        return None if found is None else found.code

    def _several(self, item: Item, values: Sequence[str], q: Question) -> None:
        found = [_option(item.options, v) for v in values]
        chosen = [o for o in found if o is not None]
        codes = {o.code for o in chosen}
        alone = next((o for o in chosen if Role.EXCLUSIVE in o.roles), None)
        if len(chosen) < len(found):
            self.refuse(item.column, "unknown-answer")
        elif len(codes) < len(chosen):
            self.refuse(item.column, "same-answer-twice")
        elif alone is not None and len(chosen) > 1:
            self.refuse(item.column, "exclusive-answer", label=alone.label)
        elif item.limit is not None and len(chosen) > item.limit:
            self.refuse(item.column, "too-many-answers", limit=item.limit, chosen=len(chosen))
        elif not chosen and q.must_answer:
            self.refuse(item.column, "required")
        self.answers |= {option_column(item.column, o.code): int(o.code in codes) for o in item.options}
        self._words(item, codes)

    def _number(self, item: Item, value: str) -> int | float | None:
        found = number_of(value)
        if found is None:
            self.refuse(item.column, "not-a-number")
        elif item.bounds is not None and all(o.code != found for o in item.options):
            low, high = item.bounds
            if found < low:
                self.refuse(item.column, "too-small", low=f"{low:.15g}")
            elif found > high:
                self.refuse(item.column, "too-large", high=f"{high:.15g}")
        return found

    def _text(self, name: str, value: str, limit: int) -> str | None:
        text = unicodedata.normalize("NFC", value.replace("\r\n", "\n").replace("\r", "\n").strip())
        if len(text) > limit:
            self.refuse(name, "too-long", limit=limit)
        elif any(unicodedata.category(c) in ("Cc", "Cs") and c not in "\n\t" for c in text):
            self.refuse(name, "unreadable-characters")
        return text or None

    def _place(self, item: Item, value: str) -> str | None:
        if not self.rules.places:
            return self._text(item.column, value, LONGEST_WORDS)
        if value.strip() not in self.rules.places:
            self.refuse(item.column, "unknown-place")
        return value.strip()

    def _words(self, item: Item, codes: set[int]) -> None:
        """Take the words beside an item's options; those beside an option that was not chosen are refused."""
        for option in item.options:
            if Role.TEXT not in option.roles:
                continue
            name = text_column(item.column, option.code)
            values = self.values(name)
            if len(values) > 1:
                self.refuse(name, "several-answers")
            elif values and option.code not in codes:
                self.refuse(name, "words-without-answer")
            self.answers[name] = self._text(name, values[0], LONGEST_WORDS) if values else None

    def _ranking(self, q: Question, items: Sequence[Item]) -> None:
        given = [self.values(i.column) for i in items]
        found = [_option(q.options, v[0]) if len(v) == 1 else None for v in given]
        codes = [o.code if o is not None else None for o in found]
        wrong = False
        for item, values, option in zip(items, given, found, strict=True):
            if values and option is None:
                wrong = True
                self.refuse(item.column, "unknown-answer" if len(values) == 1 else "several-answers")
        if not wrong:
            for code, at, label in _disorder(found):
                self.refuse(items[at].column, code, label=label)
            filled = next((at for at, c in enumerate(codes) if c is None), len(codes))
            alone = filled == 1 and found[0] is not None and bool(found[0].roles & _ALONE)
            if q.must_answer and filled < len(codes) and not alone and not any(codes[filled:]):
                self.refuse(items[filled].column, "required")
        for item, one in zip(items, codes, strict=True):
            self.answers[item.column] = one
            self._words(item, {one} if one is not None else set())


def _disorder(found: Sequence[Option | None]) -> Iterator[tuple[str, int, LocalText]]:
    """Yield what is wrong with the places of a ranking: an answer twice, a place left out, an exclusive answer beside others."""
    seen: set[int] = set()
    for at, option in enumerate(found):
        if option is None:
            continue
        if option.code in seen:
            yield "ranked-twice", at, option.label
        elif None in found[:at]:
            yield "place-skipped", at, option.label
            return
        elif option.roles & _ALONE and sum(o is not None for o in found) > 1:
            yield "exclusive-answer", at, option.label
        seen.add(option.code)


def _option(options: Sequence[Option], value: str) -> Option | None:
    return next((o for o in options if str(o.code) == value.strip()), None)


def number_of(text: str) -> int | float | None:
    """Return a number written in digits, with a comma or a point, or nothing.

    >>> number_of("18,5"), number_of(" 1 200 "), number_of("1e3")
    (18.5, 1200, None)
    """
    bare = re.sub(r"(?<=[0-9])[ \u00a0\u202f](?=[0-9]{3}(?:\D|$))", "", text.strip())
    if _NUMBER.fullmatch(bare) is None:
        return None
    value = float(re.sub("[−–]", "-", bare).replace(",", "."))
    return int(value) if value == int(value) else value


def message(code: str, **facts: LocalText | str | int) -> LocalText:
    """Return the words of a refusal in Russian and English.

    >>> message("too-small", low="18").get("en")
    'The number must be at least 18'
    """
    said = {}
    for language, words in zip(("ru", "en"), WORDS[code], strict=True):
        known = {name: fact.get(language) if isinstance(fact, LocalText) else fact for name, fact in facts.items()}
        said[language] = words.format(**known)
    return LocalText.from_mapping(said)
