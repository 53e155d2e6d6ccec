"""The questionnaire back as Markdown, in the one form posad itself writes; reading it gives the same questionnaire."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from posad.core.words import Language, LocalText
from posad.study.expressions.writing import write
from posad.study.questionnaire.pipes import PIPE, PLAIN, pipes_in
from posad.study.questionnaire.reading.blocks import own_condition
from posad.study.questionnaire.reading.machine_words import LIST_WORDS, Meaning, role_for, word_for
from posad.study.questionnaire.values import AnswerList, Block, Entity, Kind, Option, Question, Questionnaire, Role

_START = re.compile(r"[-–—•*+#\[\\]|\d+[.)]|_\s*_")  # what a plain line may not start with
_MARKS = re.compile(rf"{PIPE.pattern}|\\|<!--|\{{{PLAIN}?=")  # what in a line of help would mean something
_ROLE_ORDER = tuple(Role)


def write_questionnaire(q: Questionnaire, language: Language) -> str:
    """Return the questionnaire as Markdown in one language: title, lists, then blocks with their questions.

    Text that is missing in the language is written in the first language there is. Comments and the places of lists in the file
    are not kept.
    """
    writer = _Writer(with_lists(q), language)
    return "\n".join(writer.lines()).strip("\n") + "\n"


def with_lists(q: Questionnaire) -> Questionnaire:
    """Return the questionnaire with a list declared for every grid whose rows cannot be written in place.

    Rows of a grid with criteria need a list; a grid made by a program may come without one.
    """
    lists = {one.id: one for one in q.lists}
    questions = []
    for question in q.questions:
        known = lists.get(question.rows_list or "")
        if question.kind is Kind.GRID and question.criteria and (known is None or known.rows != question.rows):
            name = next(n for n in _names(f"{question.id}_rows") if n not in lists)
            lists[name] = AnswerList(name, question.place, rows=question.rows)
            question = replace(question, rows_list=name)
        questions.append(question)
    return replace(q, lists=tuple(lists.values()), questions=tuple(questions))


def _names(stem: str) -> Iterator[str]:
    yield stem
    number = 2
    while True:
        yield f"{stem}_{number}"
        number += 1


class _Writer:
    """The language of the page, and the lists its questions may name."""

    def __init__(self, q: Questionnaire, language: Language) -> None:
        self.q, self.language = q, language
        self.lists = {one.id: one for one in q.lists}

    def said(self, text: LocalText) -> str:
        return _inline(text.get(self.language))

    def word(self, means: Meaning) -> str:
        return word_for(means, self.language)

    def lines(self) -> Iterator[str]:
        if self.q.title:
            yield from (f"# {self.said(self.q.title)}", "")
        yield from self.prose(self.q.intro)
        for one in self.q.lists:
            yield f"## {LIST_WORDS.get(self.language, LIST_WORDS['en'])} {one.id}"
            yield from self.options(one.options)
            yield from self.entities(one.rows)
            yield ""
        waiting = list(self.q.questions)
        yield from self.questions(waiting, LocalText())
        for block in self.q.blocks:
            yield from (f"## {self.said(block.title)}", "")
            yield from self.block(block)
            yield from self.prose(block.text)
            yield from self.questions(waiting, block.title, block)
        yield from self.questions(waiting, None)

    def block(self, block: Block) -> Iterator[str]:
        parts = [] if block.ask_if is None else [f"{self.word('if')} {write(block.ask_if, self.language)}"]
        parts += [] if block.loop is None else [f"{self.word('loop')} {block.loop.source}"]
        if parts:
            yield from (f"[{'; '.join(parts)}]", "")

    def prose(self, text: LocalText) -> Iterator[str]:
        if text:
            yield from (_plain(line) for line in text.get(self.language).split("\n"))
            yield ""

    def questions(self, waiting: list[Question], title: LocalText | None, block: Block | None = None) -> Iterator[str]:
        """Yield the questions of a block from the front of those waiting; without a title, all that are left."""
        while waiting and (title is None or waiting[0].block == title):
            yield from self.question(waiting.pop(0), block)

    def question(self, q: Question, block: Block | None) -> Iterator[str]:
        yield f"### {q.id}. {self.said(q.text)}"
        if q.help:
            yield from (_plain(line) for line in q.help.get(self.language).split("\n"))
        yield f"[{'; '.join(self.parts(q, block))}]"
        if q.kind is Kind.GRID:
            yield from self.entities(q.criteria if self.rows_list(q) else q.rows)
        options = q.options
        taken = self.options_list(q)
        if taken is not None:
            options = options[len(taken.options) :]
        if q.scale is not None:
            options = tuple(o for o in options if not _bare(o) or not q.scale[0] <= o.code <= q.scale[1])
        yield from self.options(options)
        yield ""

    def rows_list(self, q: Question) -> AnswerList | None:
        found = self.lists.get(q.rows_list or "")
        return found if found is not None and found.rows == q.rows else None

    def options_list(self, q: Question) -> AnswerList | None:
        found = self.lists.get(q.options_list or "")
        if found is None or q.scale is not None or q.options[: len(found.options)] != found.options:
            return None
        return found

    def parts(self, q: Question, block: Block | None) -> Iterator[str]:
        own = own_condition(q, block)
        if own is not None:
            yield f"{self.word('if')} {write(own, self.language)}"
        if q.new_page:
            yield self.word("page")
        if q.kind is Kind.GRID:
            yield self.word("grid")
            rows = self.rows_list(q)
            asked = [*([rows.id] if rows else []), *self.order(q.shuffle_rows, q.rows_as)]
            if asked:
                yield f"{self.word('rows')}: {', '.join(asked)}"
        yield self.answer(q)
        taken = self.options_list(q)
        if taken is not None or (q.shuffle_options and q.kind is Kind.GRID):
            asked = [*([taken.id] if taken else []), *self.order(q.shuffle_options, q.options_as)]
            yield f"{self.word('answers')}: {', '.join(asked)}"
        elif q.shuffle_options:
            yield from self.order(True, q.options_as)
        if q.required is not None:
            yield self.word("required" if q.required else "optional")
        for screen in q.screens:
            reason = "" if screen.reason == q.id else f" {screen.reason},"
            yield f"{self.word('screen')}{reason} {self.word('if')} {write(screen.condition, self.language)}"

    def order(self, shuffled: bool, following: str | None) -> Iterator[str]:
        if shuffled:
            yield self.word("shuffle") if following is None else f"{self.word('order')} {following}"

    def answer(self, q: Question) -> str:
        match q.cell or q.kind:
            case Kind.MULTIPLE:
                return self.word("multiple") if q.limit is None else f"{self.word('up_to')} {q.limit}"
            case Kind.SCALE if q.scale is not None:
                return f"{self.word('scale')} {q.scale[0]}–{q.scale[1]}"
            case Kind.NUMBER:
                bounds = f" {self.bounds(*q.bounds)}" if q.bounds else ""
                unit = f", {q.unit.get(self.language)}" if q.unit else ""
                return f"{self.word('number')}{bounds}{unit}"
            case Kind.RANKING:
                return self.word("ranking") if q.limit is None else f"{self.word('ranking')} {q.limit}"
            case Kind.OPEN:
                return self.word("open")
            case Kind.TERRITORY:
                return self.word("territory")
            case _:
                return self.word("single")

    def bounds(self, low: float, high: float) -> str:
        least, most = ("от", "до") if self.language == "ru" else ("from", "to")
        if math.isinf(high):
            return f"{least} {_number(low)}"
        return f"{most} {_number(high)}" if math.isinf(low) else f"{_number(low)}–{_number(high)}"

    def options(self, options: Sequence[Option]) -> Iterator[str]:
        for option in options:
            roles = ", ".join(role_for(r, self.language) for r in _ROLE_ORDER if r in option.roles)
            yield f"- {option.code} {self.said(option.label)}" + (f" {{{roles}}}" if roles else "")

    def entities(self, entities: Sequence[Entity]) -> Iterator[str]:
        yield from (f"- {one.id}: {self.said(one.label)}" for one in entities)


def _bare(option: Option) -> bool:
    return not option.roles and all(words == str(option.code) for _, words in option.label.parts)


def _number(value: float) -> str:
    return str(int(value)) if value == int(value) else repr(value)


def _inline(text: str) -> str:
    r"""Return a text whose braces, backslashes and comments are read as text, and whose repeated answers as such.

    >>> _inline("a {b} {=used}")
    'a \\{b\\} {=used}'
    """
    found, last = [], 0
    for pipe in pipes_in(text):
        found += [_escaped(text[last : pipe.start()]), pipe[0]]
        last = pipe.end()
    return "".join((*found, _escaped(text[last:])))


def _escaped(text: str) -> str:
    return re.sub(r"(?<!\\)<!--", r"\\<!--", re.sub(r"([\\{}])", r"\\\1", text)).replace(f"{{{PLAIN}=", "{=")


def _plain(line: str) -> str:
    """Return a line of help that is read as help."""
    safe = _MARKS.sub(lambda m: m[0] if PIPE.fullmatch(m[0]) else "\\" + m[0].replace(PLAIN, ""), line)
    if not _START.match(safe) or safe.startswith("\\"):
        return safe
    digits = re.match(r"\d+", safe)
    at = digits.end() if digits else 0
    return f"{safe[:at]}\\{safe[at:]}"
