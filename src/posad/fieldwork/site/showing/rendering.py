"""Pages as HTML: templates prepared once, filled for one respondent.

Every text is escaped, whoever wrote it; the only HTML taken as such is the document of consent, made from Markdown without raw HTML.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from jinja2 import Environment, FunctionLoader, StrictUndefined, Template
from markupsafe import Markup

from posad.core.words import LocalText
from posad.fieldwork.site.showing.statics import Statics, template_text
from posad.fieldwork.site.showing.views import FaultView, QuestionView
from posad.fieldwork.site.showing.wording import words_in

NAMES = {"ru": "Русский", "en": "English"}


@dataclass(frozen=True, slots=True)
class Frame:
    """What surrounds every page of a study in one language."""

    study: str
    language: str
    languages: tuple[tuple[str, str], ...]  # code and name
    statics: Statics
    test: bool = False


@dataclass(frozen=True, slots=True)
class QuestionsPage:
    """A page of questions."""

    token: str
    questions: Sequence[QuestionView]
    percent: int
    resume: str  # the whole address that opens the interview on another device
    withdraw: str
    block: str = ""
    intro: str = ""
    back: str = ""
    last: bool = False
    note: str = ""
    faults: Sequence[FaultView] = ()


@dataclass(frozen=True, slots=True)
class PlainPage:
    """A page without questions: the first, consent, the end, something gone wrong."""

    heading: str
    lines: Sequence[str] = ()
    document: Markup | str = ""
    note: str = ""
    buttons: Sequence[tuple[str, str, str]] = ()  # value, words, look
    hidden: Sequence[tuple[str, str]] = ()
    link: str = ""
    link_text: str = ""
    more: str = ""
    withdraw: str = ""
    kept: Sequence[tuple[str, str]] = ()  # parameters of the address that a change of language keeps


@cache
def _environment() -> Environment:
    return Environment(
        autoescape=True,
        loader=FunctionLoader(template_text),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )


@cache
def _template(name: str) -> Template:
    return _environment().get_template(name)


def languages_of(languages: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """Return the languages with their own names for the switch.

    >>> languages_of(["ru", "de"])
    (('ru', 'Русский'), ('de', 'DE'))
    """
    return tuple((code, NAMES.get(code, code.upper())) for code in languages)


def questions_page(frame: Frame, page: QuestionsPage) -> str:
    """Return a page of questions as HTML."""
    w = words_in(frame.language)
    first = page.questions[0].text if page.questions else ""
    title = f"{first[:80]} — {frame.study}"
    shown = {**_common(frame), **_slots(page), "title": f"{w['check']} {title}" if page.faults or page.note else title}
    return _template("page.html").render(page=shown, w=w, site=frame.statics)


def plain_page(frame: Frame, page: PlainPage) -> str:
    """Return a page without questions as HTML."""
    title = f"{page.heading} — {frame.study}" if page.heading else frame.study
    shown = {**_common(frame), **_slots(page), "title": title}
    return _template("plain.html").render(page=shown, w=words_in(frame.language), site=frame.statics)


def _common(frame: Frame) -> dict[str, object]:
    return {
        "study": frame.study,
        "language": frame.language,
        "languages": frame.languages,
        "test": frame.test,
    }


def _slots(page: QuestionsPage | PlainPage) -> dict[str, object]:
    return {name: getattr(page, name) for name in page.__dataclass_fields__}


def say_in(language: str, text: LocalText) -> str:
    """Return a text's words in a language."""
    return text.get(language)
