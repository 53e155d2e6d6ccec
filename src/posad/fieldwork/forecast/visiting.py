"""One respondent with a browser: reads the inputs of each page, fills in what they have to say, posts, follows.

A visitor knows nothing of rules and quotas: what is on a page is answered, what is not asked is not said. So a rehearsal proves the
site, not a copy of it.
"""

from __future__ import annotations

import html
import re
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal
from urllib.parse import urlencode, urlsplit

from posad.fieldwork.forecast.http import Answer, Connection
from posad.fieldwork.site.forms import OWN, SEARCH
from posad.fieldwork.site.showing.wording import words_in
from posad.study.questionnaire.values import Kind, Questionnaire, Role, option_column, text_column

Words = Mapping[str, Sequence[str]]
"""What a respondent has to say, by the names of inputs."""

Outcome = Literal["complete", "screened-out", "over-quota", "withdrawn", "left", "broken-off", "refused", "stuck"]
MOST = 500  # pages of an interview; more is a circle
_INPUT = re.compile(rb"<(?:input|textarea|select)\b([^>]*)>")
_NAME = re.compile(rb'\bname="([^"]*)"')
_VALUE = re.compile(rb'\bvalue="([^"]*)"')
_BUTTON = re.compile(rb'<button\b[^>]*\bname="_go"[^>]*\bvalue="([^"]*)"')
_HEADING = re.compile(r"<h2>(.*?)</h2>", re.DOTALL)
_FAULT = re.compile(r'<div class="sum".*?</div>', re.DOTALL)
_ENDS: Mapping[str, Outcome] = {
    "complete": "complete",
    "screened-out": "screened-out",
    "quota-full": "over-quota",
    "withdrawn": "withdrawn",
}  # what the last page says


@dataclass(slots=True)
class Visit:
    """One respondent's way through the site, as far as it has come.

    ``address`` is the page to be asked for next, ``link`` that of the interview, with which it can be gone on with from anywhere.
    """

    address: str
    link: str = ""
    pages: int = 0
    outcome: Outcome | None = None
    said: str = ""  # why a page was refused
    seconds: list[float] = field(default_factory=list)  # of each request


def words_for(questionnaire: Questionnaire, row: Mapping[str, object]) -> dict[str, list[str]]:
    """Return a row of answers, by the store's columns, as what its respondent would put into the inputs of the pages.

    Args:
        questionnaire: The questions.
        row: One respondent's answers; None and missing columns are nothing said.
    """
    said: dict[str, list[str]] = {}
    for item in questionnaire.items():
        if item.kind is Kind.MULTIPLE:
            chosen = [str(o.code) for o in item.options if row.get(option_column(item.column, o.code)) in (1, 1.0)]
            if chosen:
                said[item.column] = chosen
        elif (value := row.get(item.column)) is not None:
            said[item.column] = [_said(value)]
        for option in item.options:
            name = text_column(item.column, option.code)
            if Role.TEXT in option.roles and (words := row.get(name)) is not None:
                said[name] = [str(words)]
    return said


def _said(value: object) -> str:
    return f"{value:.15g}" if isinstance(value, float) else str(value)


async def walk(connection: Connection, visit: Visit, words: Words, pages: int = MOST) -> Visit:
    """Go on with a visit until it ends, or until so many more pages are answered.

    Args:
        connection: The connection to the site.
        visit: The visit; it is changed as it goes.
        words: What the respondent has to say.
        pages: How many pages of questions are answered before the respondent leaves.
    """
    left = pages
    answer = await _timed(visit, connection.get(visit.address))
    while visit.outcome is None:
        if answer.to:
            answer = await _follow(connection, visit, answer.to)
        elif answer.code != 200:
            visit.outcome, visit.said = "refused", _reason(answer)
        elif urlsplit(visit.address).path.endswith("/_end"):
            visit.outcome = _ended(answer)
        elif left == 0:
            return visit
        else:
            answer, questions = await _fill(connection, visit, answer, words)
            left -= questions
            visit.pages += questions
            if visit.pages > MOST:
                visit.outcome = "stuck"
    return visit


async def _follow(connection: Connection, visit: Visit, to: str) -> Answer:
    """Follow a redirect; one that leads away from the site ends the visit."""
    if to.startswith(("http://", "https://")) and not to.startswith(connection.origin):
        visit.outcome, visit.said = "left", to
        return Answer(200, {}, b"")
    visit.address = to.removeprefix(connection.origin)
    path = urlsplit(visit.address).path
    head, mark, tail = path.partition("/i/")
    if mark:
        visit.link = f"{head}/i/{tail.partition('/')[0]}"
    return await _timed(visit, connection.get(visit.address))


async def _timed(visit: Visit, request: object) -> Answer:
    start = time.perf_counter()
    answer: Answer = await request  # type: ignore[misc]  # an awaitable of the connection
    visit.seconds.append(time.perf_counter() - start)
    return answer


async def _fill(connection: Connection, visit: Visit, answer: Answer, words: Words) -> tuple[Answer, int]:
    """Post the form of a page; return the answer, and 1 where the page held questions."""
    fields: list[tuple[str, str]] = []
    names: dict[str, None] = {}
    for tag in _INPUT.finditer(answer.body):
        named = _NAME.search(tag[1])
        if named is None:
            continue
        name = html.unescape(named[1].decode())
        if b'type="hidden"' in tag[1]:
            value = _VALUE.search(tag[1])
            fields.append((name, html.unescape(value[1].decode()) if value else ""))
        else:
            names[name] = None
    for name in names:
        if name in OWN:
            fields.append((name, ""))
        elif name.endswith(SEARCH):
            fields += [(name.removesuffix(SEARCH), v) for v in words.get(name.removesuffix(SEARCH), ())]
        else:
            fields += [(name, v) for v in words.get(name, ())]
    button = _BUTTON.search(answer.body)
    fields.append(("_go", html.unescape(button[1].decode()) if button else "next"))
    posted = await _timed(visit, connection.post(visit.address, urlencode(fields).encode("ascii")))
    return posted, int(any(n not in OWN for n in names))


def _ended(answer: Answer) -> Outcome:
    said = html.unescape(answer.body.decode("utf-8", "replace"))
    for language in ("ru", "en"):
        words = words_in(language)
        for key, outcome in _ENDS.items():
            if words[key] in said:
                return outcome
    return "left"


def _reason(answer: Answer) -> str:
    text = answer.body.decode("utf-8", "replace")
    found = _FAULT.search(text) or _HEADING.search(text)
    plain = re.sub(r"<[^>]+>", " ", found[0]) if found else ""
    return f"{answer.code} {' '.join(html.unescape(plain).split())}"[:300]
