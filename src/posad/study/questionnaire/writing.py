"""The questionnaire back as Markdown, in the one form posad itself writes; reading it gives the same questionnaire."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from posad.core.words import Language, LocalText
from posad.study.expressions.writing import write
from posad.study.questionnaire.reading.machine_words import LIST_WORDS, Meaning, role_for, word_for
from posad.study.questionnaire.values import AnswerList, Entity, Kind, Option, Question, Questionnaire, Role

_START = re.compile(r"[-–—•*+#\[\\]|\d+[.)]|_\s*_")  # what a plain line may not start with
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
            yield from self.prose(block.text)
            yield from self.questions(waiting, block.title)
        yield from self.questions(waiting, None)

    def prose(self, text: LocalText) -> Iterator[str]:
        if text:
            yield from (_plain(line) for line in text.get(self.language).split("\n"))
            yield ""

    def questions(self, waiting: list[Question], block: LocalText | None) -> Iterator[str]:
        """Yield the questions of a block from the front of those waiting; without a block, all that are left."""
        while waiting and (block is None or waiting[0].block == block):
            yield from self.question(waiting.pop(0))

    def question(self, q: Question) -> Iterator[str]:
        yield f"### {q.id}. {self.said(q.text)}"
        if q.help:
            yield from (_plain(line) for line in q.help.get(self.language).split("\n"))
        yield f"[{'; '.join(self.parts(q))}]"
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

    def parts(self, q: Question) -> Iterator[str]:
        if q.ask_if is not None:
            yield f"{self.word('if')} {write(q.ask_if, self.language)}"
        if q.kind is Kind.GRID:
            yield self.word("grid")
            rows = self.rows_list(q)
            asked = [*([rows.id] if rows else []), *([self.word("shuffle")] if q.shuffle_rows else [])]
            if asked:
                yield f"{self.word('rows')}: {', '.join(asked)}"
        yield self.answer(q)
        taken = self.options_list(q)
        if taken is not None or (q.shuffle_options and q.kind is Kind.GRID):
            asked = [*([taken.id] if taken else []), *([self.word("shuffle")] if q.shuffle_options else [])]
            yield f"{self.word('answers')}: {', '.join(asked)}"
        elif q.shuffle_options:
            yield self.word("shuffle")

    def answer(self, q: Question) -> str:
        match q.cell or q.kind:
            case Kind.MULTIPLE:
                return self.word("multiple") if q.limit is None else f"{self.word('up_to')} {q.limit}"
            case Kind.SCALE if q.scale is not None:
                return f"{self.word('scale')} {q.scale[0]}–{q.scale[1]}"
            case Kind.NUMBER:
                bounds = f" {_number(q.bounds[0])}–{_number(q.bounds[1])}" if q.bounds else ""
                unit = f", {q.unit.get(self.language)}" if q.unit else ""
                return f"{self.word('number')}{bounds}{unit}"
            case Kind.OPEN:
                return self.word("open")
            case Kind.TERRITORY:
                return self.word("territory")
            case _:
                return self.word("single")

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
    r"""Return a text whose braces, backslashes and comments are read as text.

    >>> _inline("a {b}")
    'a \\{b\\}'
    """
    return re.sub(r"(?<!\\)<!--", r"\\<!--", re.sub(r"([\\{}])", r"\\\1", text))


def _plain(line: str) -> str:
    """Return a line of help that is read as help."""
    safe = re.sub(r"(\\|<!--|\{=)", r"\\\1", line)
    if not _START.match(safe) or safe.startswith("\\"):
        return safe
    digits = re.match(r"\d+", safe)
    at = digits.end() if digits else 0
    return f"{safe[:at]}\\{safe[at:]}"
