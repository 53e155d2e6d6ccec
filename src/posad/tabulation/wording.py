"""Bases and filters in words: labels instead of codes, in Russian and in English.

A base that a reader cannot read is no base. ``who`` turns a condition into "those who answered “yes” to “…”"; ``base_text`` says
whom a number stands for.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import assert_never

from posad.core.numbers import number
from posad.core.words import Language, LocalText
from posad.study.expressions.scope import Scope
from posad.study.expressions.tree import (
    And,
    Arithmetic,
    Call,
    Compare,
    Comparison,
    Expression,
    In,
    Name,
    Not,
    Number,
    Or,
    Word,
)
from posad.study.plans.values import Study
from posad.study.plans.variables import scope_of
from posad.study.questionnaire.codes import out_of_base, valueless
from posad.study.questionnaire.values import Item, Kind

EVERYBODY = LocalText.of(ru="все опрошенные", en="all respondents")
ANSWERED = LocalText.of(ru="все, кто ответил на вопрос", en="all who answered the question")
LANGUAGES: tuple[Language, ...] = ("ru", "en")

_COMPARED = {
    "ru": {
        "=": "{0}",
        "!=": "не {0}",
        "<": "меньше {0}",
        "<=": "{0} или меньше",
        ">": "больше {0}",
        ">=": "{0} или больше",
    },
    "en": {
        "=": "{0}",
        "!=": "not {0}",
        "<": "less than {0}",
        "<=": "{0} or less",
        ">": "more than {0}",
        ">=": "{0} or more",
    },
}
_REVERSED: dict[Comparison, Comparison] = {"<": ">=", "<=": ">", ">": "<=", ">=": "<"}
_TURNED = {"=": "=", "!=": "!=", "<": ">", "<=": ">=", ">": "<", ">=": "<="}


def quoted(text: str, language: Language) -> str:
    """Return a text in the quotation marks of a language, inner marks turned into the second kind.

    >>> quoted("Оцените «Сбер»", "ru")
    '«Оцените „Сбер“»'
    """
    if language == "ru":
        return "«" + text.replace("«", "„").replace("»", "“") + "»"
    return "“" + text.replace("“", "‘").replace("”", "’") + "”"


def item_title(study: Study, item: Item) -> LocalText:
    """Return the wording an item goes by: the question, for a grid followed by its line and criterion."""
    question = study.questionnaire.question(item.question)
    if question is None or item.row is None:
        return item.label
    criterion = next((c for c in question.criteria if c.id == item.criterion), None)

    def say(language: Language) -> str:
        tail = item.label.get(language) + (f" – {criterion.label.get(language)}" if criterion else "")
        return f"{question.said.get(language)} {tail}"

    return LocalText.from_mapping({language: say(language) for language in LANGUAGES})


def labels_of(item: Item, codes: Sequence[int], language: Language) -> tuple[str, ...]:
    """Return the labels of codes in the order of the questionnaire; a code without a label stands as a number."""
    known = {o.code: o.label.get(language) or str(o.code) for o in item.options}
    ordered = [c for c in known if c in set(codes)] + sorted(c for c in set(codes) if c not in known)
    return tuple(known.get(code, str(code)) for code in ordered)


def answers_in_words(item: Item, codes: Sequence[int], language: Language) -> str:
    """Return answers as a list in words: «да» или «скорее да»."""
    return _either([quoted(label, language) for label in labels_of(item, codes, language)], language)


def who(study: Study, condition: Expression) -> LocalText:
    """Return the people a condition picks, as a noun phrase in each language."""
    speaker = {language: _Speaker(study, scope_of(study), language) for language in LANGUAGES}
    return LocalText.of(ru=speaker["ru"].clause(condition), en="those who " + speaker["en"].clause(condition))


def base_text(
    study: Study,
    item: Item,
    filter: Expression | None = None,
    complete: bool = True,
    *,
    strays: int = 0,
    weightless: int = 0,
) -> LocalText:
    """Return who an item's numbers stand for: whom it was put to, less those out of the base, and the filter.

    With ``complete`` false some of those people gave no answer, which is said too. ``strays`` answered though they were not
    asked, and are counted; ``weightless`` have no weight, and are not.
    """
    outside = sorted(out_of_base(item))
    if item.ask_if is not None:
        asked = who(study, item.ask_if)
        parts = {language: asked.get(language) for language in LANGUAGES}
        if not complete:
            parts["ru"] += " и давшие ответ"
            parts["en"] += " and gave an answer"
    else:
        everybody = EVERYBODY if complete else ANSWERED
        parts = {language: everybody.get(language) for language in LANGUAGES}
    if outside:
        parts["ru"] += f", кроме ответивших {answers_in_words(item, outside, 'ru')}"
        parts["en"] += f", except those who answered {answers_in_words(item, outside, 'en')}"
    if strays:
        parts["ru"] += f"; и ещё {strays}, кому вопрос не задавали"
        parts["en"] += f"; and {strays} more who were not asked"
    if weightless:
        parts["ru"] += f"; без тех, у кого нет веса ({weightless})"
        parts["en"] += f"; without those who have no weight ({weightless})"
    if filter is not None:
        chosen = who(study, filter)
        parts["ru"] += f"; отбор: {chosen.get('ru')}"
        parts["en"] += f"; filter: {chosen.get('en')}"
    return LocalText.from_mapping(parts)


def _either(parts: Sequence[str], language: Language) -> str:
    word = "или" if language == "ru" else "or"
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} {word} {parts[-1]}"


class _Speaker:
    """Says an expression in one language; holds the study and the language so that the verbs stay short."""

    def __init__(self, study: Study, scope: Scope, language: Language) -> None:
        self._study = study
        self._scope = scope
        self._language = language
        self._variables = {v.id for v in study.variables}

    def clause(self, tree: Expression, inside: bool = False) -> str:
        """Return a participle phrase (ru) or a verb phrase (en)."""
        match tree:
            case And():
                return self._joined(tree.parts, {"ru": "и", "en": "and"}, inside)
            case Or():
                return self._joined(tree.parts, {"ru": "или", "en": "or"}, inside)
            case Not():
                return self._negated(tree.inner)
            case Name():
                return self._named(tree)
            case In():
                return self._within(tree)
            case Compare():
                return self._compared(tree)
            case Call(function="answered"):
                return self._answered(tree)
            case Call() | Arithmetic() | Number() | Word():
                return self._measured(tree, self._text("не ноль", "not zero"))
            case _:
                assert_never(tree)

    def _text(self, ru: str, en: str) -> str:
        return ru if self._language == "ru" else en

    def _joined(self, parts: Sequence[Expression], word: dict[Language, str], inside: bool) -> str:
        text = f" {word[self._language]} ".join(self.clause(p, inside=True) for p in parts)
        return f"({text})" if inside and len(parts) > 1 else text

    def _negated(self, inner: Expression) -> str:
        if isinstance(inner, Call) and inner.function == "answered":
            return self._answered(inner, negated=True)
        if isinstance(inner, Compare) and inner.op in _REVERSED:  # so that whoever has no amount is in neither
            return self._compared(replace(inner, op=_REVERSED[inner.op]))
        found = self._codes(inner)
        if found is not None:
            return self._gave(found[0], found[1], negated=True)
        return self._text(
            f"кроме тех, о ком верно: {self.clause(inner)}", f"are not among those who {self.clause(inner)}"
        )

    def _codes(self, tree: Expression) -> tuple[Item, tuple[int, ...]] | None:
        """Return the item and the codes a condition asks for, when it is as simple as that."""
        match tree:
            case Name():
                found = self._scope.resolve(tree)
                return (found.item, found.codes) if found is not None and found.codes is not None else None
            case Compare(left=Name(), right=Number() | Word() as right) if tree.op != "!=":
                item = self._item(tree.left)
                return None if item is None else self._satisfying(item, tree.op, right)
            case In(left=Name()):
                item = self._item(tree.left)
                return None if item is None else self._listed(item, tree)
            case _:
                return None

    def _item(self, name: Expression) -> Item | None:
        found = self._scope.resolve(name) if isinstance(name, Name) else None
        return found.item if found is not None and found.codes is None else None

    def _satisfying(self, item: Item, op: str, right: Number | Word) -> tuple[Item, tuple[int, ...]] | None:
        """Return the codes a comparison lets through; one by size never lets through a code that is no amount."""
        if op == "=" or isinstance(right, Word):
            return self._picked(item, [right])
        passes = {"<": int.__lt__, "<=": int.__le__, ">": int.__gt__, ">=": int.__ge__}[op]
        none = valueless(item)
        codes = tuple(o.code for o in item.options if o.code not in none and passes(o.code, int(right.value)))
        listed = item.kind not in (Kind.MULTIPLE, Kind.NUMBER)
        return (item, codes) if codes and right.value == int(right.value) and listed else None

    def _picked(self, item: Item, values: Sequence[Number | Word]) -> tuple[Item, tuple[int, ...]] | None:
        if not item.options:
            return None
        words = {g.id: g.code for v in self._study.variables if v.id == item.id for g in v.groups}
        codes = [words.get(v.value) if isinstance(v, Word) else int(v.value) for v in values]
        if item.kind is Kind.NUMBER and not {o.code for o in item.options}.issuperset(codes):
            return None
        return (item, tuple(c for c in codes if c is not None)) if all(c is not None for c in codes) else None

    def _listed(self, item: Item, tree: In) -> tuple[Item, tuple[int, ...]] | None:
        if tree.words:
            return self._picked(item, [Word(w, tree.place) for w in tree.words])
        codes = tuple(o.code for o in item.options if any(low <= o.code <= high for low, high in tree.ranges))
        amounts = item.kind is Kind.NUMBER and not all(low == high in codes for low, high in tree.ranges)
        return (item, codes) if codes and not amounts else None

    def _title(self, item: Item) -> str:
        return quoted(item_title(self._study, item).get(self._language), self._language)

    def _gave(self, item: Item, codes: tuple[int, ...], negated: bool = False) -> str:
        answers = answers_in_words(item, codes, self._language)
        title = self._title(item)
        if item.id in self._variables:
            label = item.label.get(self._language)
            if negated and item.kind is Kind.SINGLE:  # those in no group at all are not counted
                return self._text(
                    f"входящие в другую группу, чем {answers} ({label})",
                    f"are in a group other than {answers} ({label})",
                )
            ru = f"{'не ' if negated else ''}входящие в {'группу' if len(codes) == 1 else 'группы'} {answers} ({label})"
            group = "the group" if len(codes) == 1 else "the groups"
            return self._text(ru, f"are {'not ' if negated else ''}in {group} {answers} ({label})")
        if item.kind is Kind.MULTIPLE:
            return self._text(
                f"{'не ' if negated else ''}отметившие {answers} в вопросе {title}",
                f"{'did not choose' if negated else 'chose'} {answers} in {title}",
            )
        return self._text(
            f"{'ответившие иначе, чем' if negated else 'ответившие'} {answers} на вопрос {title}",
            f"{'answered other than' if negated else 'answered'} {answers} to {title}",
        )

    def _named(self, tree: Name) -> str:
        found = self._codes(tree)
        return self._measured(tree, self._text("не ноль", "not zero")) if found is None else self._gave(*found)

    def _within(self, tree: In) -> str:
        found = self._codes(tree)
        if found is not None:
            return self._gave(*found)
        if tree.words:
            return self._measured(tree.left, _either([quoted(w, self._language) for w in tree.words], self._language))
        spans = [self._span(low, high) for low, high in tree.ranges]
        return self._measured(tree.left, _either(spans, self._language))

    def _span(self, low: float, high: float) -> str:
        first, last = self._figure(low), self._figure(high)
        return first if low == high else self._text(f"от {first} до {last}", f"{first} to {last}")

    def _compared(self, tree: Compare) -> str:
        found = self._codes(tree)
        if found is not None:
            return self._gave(*found)
        left, op, right = tree.left, tree.op, tree.right
        if isinstance(left, Number | Word) and not isinstance(right, Number | Word):
            left, op, right = right, _TURNED[op], left  # type: ignore[assignment]
        if op == "!=" and isinstance(right, Number | Word):
            item = self._item(left)
            picked = None if item is None else self._picked(item, [right])
            if picked is not None:
                return self._gave(picked[0], picked[1], negated=True)
        return self._measured(left, _COMPARED[self._language][op].format(self._value(right)))

    def _measured(self, subject: Expression, value: str) -> str:
        """Return "gave 18 or more in “Age”"."""
        item = self._item(subject)
        if item is not None and item.options and item.kind is not Kind.NUMBER:
            value = self._text(f"код {value}", f"code {value}")
        if item is not None:
            return self._text(
                f"указавшие {value} в вопросе {self._title(item)}", f"gave {value} in {self._title(item)}"
            )
        return self._text(f"у кого {self._value(subject)} – {value}", f"have {self._value(subject)} of {value}")

    def _answered(self, tree: Call, negated: bool = False) -> str:
        titles = [self._value(a) for a in tree.arguments]
        ru = (
            f"{'не ' if negated else ''}ответившие на {'вопрос' if len(titles) == 1 else 'вопросы'} {', '.join(titles)}"
        )
        return self._text(ru, f"{'did not answer' if negated else 'answered'} {', '.join(titles)}")

    def _value(self, tree: Expression) -> str:
        match tree:
            case Number():
                return self._figure(tree.value)
            case Word():
                return quoted(tree.value, self._language)
            case Name():
                item = self._item(tree)
                found = self._codes(tree)
                if item is not None:
                    return self._title(item)
                return self._gave(*found) if found else quoted(tree.text, self._language)
            case Call():
                return self._called(tree)
            case Arithmetic():
                return f"({self._value(tree.left)} {tree.op} {self._value(tree.right)})"
            case And() | Or() | Not() | In() | Compare():
                return self.clause(tree, inside=True)
            case _:
                assert_never(tree)

    def _called(self, tree: Call) -> str:
        names = {
            "answered": ("ответ на", "an answer to"),
            "count": ("число ответов на", "number of answers to"),
            "min": ("наименьшее из", "the smallest of"),
            "max": ("наибольшее из", "the largest of"),
            "mean": ("среднее по", "the mean of"),
        }
        return f"{self._text(*names[tree.function])} {', '.join(self._value(a) for a in tree.arguments)}"

    def _figure(self, value: float) -> str:
        digits = 0 if value == int(value) else len(repr(value).split(".")[-1])
        return number(value, self._language, digits)
