"""Forged posts of every kind, made from a questionnaire: for each item what no honest page sends, for each page what others send.

A *kind* names what is forged and where: the kind of question, then the forgery. The same forgery on another kind of question is
another kind, because other code has to refuse it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from posad.study.questionnaire.values import Item, Kind, Question, Role, text_column
from posad.study.rules import Page

Fields = dict[str, list[str]]
Change = Callable[[Fields], Fields]
WEIRD = {
    "a word": "abc",
    "an empty code with a sign": "+",
    "a fraction": "1.5x",
    "an exponent": "1e1",
    "hexadecimal": "0x1",
    "not a number": "NaN",
    "infinity": "inf",
    "digits of another script": "٣",
    "full-width digits": "５",
    "a zero before": "01",
    "a long number": "9" * 400,
    "a minus": "-1",
    "a null": "null",
    "true": "true",
    "a list": "[1]",
    "SQL": "1' OR '1'='1",
    "markup": "<script>alert(1)</script>",
    "a path": "../../../../etc/passwd",
    "a format": "{0.__class__}",
    "a template": "{{7*7}}",
}
NUMBER_SAFE = {"a minus"}  # of these, numbers refuse what lies outside their bounds for that reason


@dataclass(frozen=True)
class Forgery:
    """One forged post: its kind, and how it changes the honest fields of a page."""

    kind: str
    change: Change


def put(name: str, *values: str) -> Change:
    """Return the change that puts these values under a name."""
    return lambda fields: {**fields, name: list(values)}


def without(*names: str) -> Change:
    """Return the change that leaves names out."""
    return lambda fields: {k: v for k, v in fields.items() if k not in names}


def named(question: Question, item: Item) -> str:
    """Return the kind of question an item is asked by, turns of loops apart."""
    place = "a turn of a loop" if question.loop is not None else ""
    whole = f"{question.kind} of {question.cell}" if question.cell is not None else str(question.kind)
    return " in ".join(part for part in (whole, place) if part)


def of_page(page: Page) -> Iterator[Forgery]:
    """Yield the forgeries of the items of a page."""
    for part in page.parts:
        question = part.question
        for item in part.items[:1] if question.kind is not Kind.RANKING else part.items[:2]:
            kind = named(question, item)
            for what, change in _of_item(question, item):
                yield Forgery(f"{kind}: {what}", change)
        if question.kind is Kind.RANKING:
            yield from _of_ranking(question, part.items)
        if len(part.items) > 1 and question.kind is not Kind.RANKING:
            yield Forgery(f"{named(question, part.items[-1])}: last row left out", without(part.items[-1].column))
            stem = f"{question.id}__evil"
            yield Forgery(f"{named(question, part.items[0])}: a row that is not there", put(stem, "1"))


def _of_item(question: Question, item: Item) -> Iterator[tuple[str, Change]]:
    name = item.column
    if question.must_answer:
        yield "left out", without(name)
        yield "empty", put(name, "")
        yield "blanks", put(name, "  ", "\t")
    if item.kind is not Kind.MULTIPLE:
        codes = [str(o.code) for o in item.options] or ["30", "31"]
        yield "two answers", put(name, *(codes * 2)[:2])
    yield "a field with brackets", put(f"{name}[]", "1")
    yield "a field below it", put(f"{name}__x", "1")
    match item.kind:
        case Kind.SINGLE | Kind.SCALE | Kind.MULTIPLE:
            yield "an unknown code", put(name, "4321")
            yield from ((what, put(name, value)) for what, value in WEIRD.items())
        case Kind.NUMBER:
            yield from ((what, put(name, value)) for what, value in WEIRD.items() if what not in ("a zero before",))
            low, high = item.bounds or (0.0, 0.0)
            yield "under its bounds", put(name, f"{low - 1:.0f}")
            yield "over its bounds", put(name, f"{high + 1:.0f}")
            yield "just over its bounds", put(name, f"{high + 0.001:.3f}")
        case Kind.TERRITORY:
            yield from ((what, put(name, value)) for what, value in WEIRD.items())
            yield "a name that two towns have", lambda f: {**without(name)(f), f"{name}__search": ["Заречье"]}
            yield "a name that no town has", lambda f: {**without(name)(f), f"{name}__search": ["Готэм"]}
        case _:
            yield "too long", put(name, "я" * 4001)
            yield "a zero byte", put(name, "a\0b")
            yield "a sign of the terminal", put(name, "\x1b[2J")
    if item.kind is Kind.MULTIPLE:
        yield from _of_several(item)
    for option in item.options:
        if Role.TEXT in option.roles:
            words = text_column(name, option.code)
            yield "words beside an answer not given", put(words, "x")
            yield "too many words beside an answer", _both(name, str(option.code), words, "я" * 501)
            yield "two lines beside an answer", _both(name, str(option.code), words, "a", "b")


def _both(name: str, code: str, words: str, *lines: str) -> Change:
    """Return the change that gives an answer and words beside it."""
    return lambda fields: {**fields, name: [code], words: list(lines)}


def _of_several(item: Item) -> Iterator[tuple[str, Change]]:
    name = item.column
    free = [str(o.code) for o in item.options if Role.EXCLUSIVE not in o.roles]
    yield "an answer twice", put(name, free[0], free[0])
    yield "one unknown among known", put(name, free[0], "4321")
    yield "codes in one value", put(name, ",".join(free[:2]))
    if item.limit is not None:
        yield "more than allowed", put(name, *free[: item.limit + 1])
    alone = [str(o.code) for o in item.options if Role.EXCLUSIVE in o.roles]
    if alone:
        yield "an exclusive answer beside another", put(name, free[0], alone[0])


def _of_ranking(question: Question, items: Sequence[Item]) -> Iterator[Forgery]:
    codes = [str(o.code) for o in question.options]
    alone = [str(o.code) for o in question.options if Role.EXCLUSIVE in o.roles]
    first, second = (i.column for i in items[:2])
    changes: Mapping[str, Change] = {
        "one answer on two places": lambda f: {**f, first: [codes[0]], second: [codes[0]]},
        "a place left out": lambda f: {**without(first)(f), second: [codes[0]]},
        "a place that is not there": put(f"{question.id}__place_99", codes[0]),
        "an exclusive answer beside another": lambda f: {**f, first: [alone[0]], second: [codes[0]]},
    }
    for what, change in changes.items():
        yield Forgery(f"ranking: {what}", change)


def of_any_page(others: Sequence[Page], page: Page) -> Iterator[Forgery]:
    """Yield what may be posted to any page: answers of other pages, names no page has, tokens that are not its own."""
    for other in others:
        if other.id != page.id and other.parts[0].question.id != page.parts[0].question.id:
            item = other.parts[0].items[0]
            yield Forgery(f"the answer of another page: {named(other.parts[0].question, item)}", put(item.column, "1"))
    for name in (
        "__proto__",
        "constructor",
        "_id",
        "_status",
        "_page",
        "id",
        "a\r\nX-Evil: 1",
        "я",
        "",
        "'; DROP TABLE page",
        "x" * 5000,
    ):
        yield Forgery(f"a name no page has: {name[:20]!r}", put(name, "1"))
    tokens: Mapping[str, Callable[[str], list[str]]] = {
        "no token": lambda t: [],
        "an empty token": lambda t: [""],
        "two tokens": lambda t: [t, t],
        "a changed token": lambda t: [t[:-1] + ("A" if t[-1] != "A" else "B")],
        "a token cut off": lambda t: [t[:-1]],
        "a token with something behind it": lambda t: [t + "A"],
        "a token in small letters": lambda t: [t.lower()],
        "a token of a later revision": lambda t: ["7." + t.partition(".")[2]],
        "a token of a revision before the first": lambda t: ["-1." + t.partition(".")[2]],
        "a token that is a number": lambda t: ["0"],
        "a token of zeros": lambda t: ["0." + "A" * 22],
        "a token in another script": lambda t: ["٠." + t.partition(".")[2]],
        "a very long token": lambda t: [t * 500],
    }
    for what, made in tokens.items():
        yield Forgery(what, lambda f, m=made: {**f, "_token": m(f["_token"][0])})  # type: ignore[misc]
