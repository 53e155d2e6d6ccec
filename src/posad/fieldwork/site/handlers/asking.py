"""Pages of questions: shown, posted, saved, and the step to the next one.

A post is taken when its token belongs to the page, the page is on the interview's path, and the rules take all its answers; it is
answered once they are on the disk. A page that was saved meanwhile (from another window, or before Back was pressed) is replaced
only when the respondent, told so, sends it again; the same answers sent again just lead on.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from starlette.requests import Request
from starlette.responses import Response

from posad.core.words import LocalText
from posad.fieldwork.ledger.commands import SavePage
from posad.fieldwork.links import page_token, read_page_token
from posad.fieldwork.site.consent import COLUMN
from posad.fieldwork.site.desk import Desk, Held
from posad.fieldwork.site.forms import TRAP, Form, answers_in, single
from posad.fieldwork.site.handlers.answers import Refused, form_of, go, html
from posad.fieldwork.site.handlers.ending import answer_block, end, settle_if_full, take_place
from posad.fieldwork.site.handlers.looking import chosen_places, looked_up
from posad.fieldwork.site.showing.rendering import QuestionsPage, questions_page
from posad.fieldwork.site.showing.views import Filled, Found, show, summary
from posad.fieldwork.site.showing.wording import words_in
from posad.fieldwork.values import Outcome, Value
from posad.study.questionnaire.values import Item, Kind
from posad.study.rules import End, Page, judge, shown
from posad.study.rules.judging import Refusal, message
from posad.study.rules.routing import parts_put

CAUGHT = "_trap"  # in the row of a page: an input that people don't see was filled


@dataclass(frozen=True, slots=True)
class Look:
    """What of a page's state differs from a first look at it."""

    form: Form | None = None
    refusals: Sequence[Refusal] = ()
    found: Mapping[str, Found] = field(default_factory=dict)
    note: str = ""


async def resume(desk: Desk, request: Request) -> Response:
    """Lead to where the interview was left."""
    link = request.path_params["link"]
    held = await desk.open(link)
    if held is None:
        raise Refused(404)
    return await lead(desk, held, link, None, _wish(request))


async def lead(desk: Desk, held: Held, link: str, page: Page | None, language: str = "") -> Response:
    """Lead to the page after one, to consent where it is still to be given, or to the end."""
    root = f"{desk.settings.base}/i/{link}"
    tail = f"?lang={language}" if language and language != held.interview.language else ""
    if held.interview.final:
        return go(f"{root}/_end{tail}")
    if desk.consent is not None and held.saved.get(COLUMN) != desk.consent.version:
        return go(f"{root}/_consent{tail}")
    following = held.following(page)
    while isinstance(following, Page) and following.id in held.edition.blocks:
        if not held.answered(following):
            await answer_block(desk, held, following)
        following = held.following(following)
    if isinstance(following, End):
        await end(desk, held, following)
        return go(f"{root}/_end{tail}")
    return go(f"{root}/{following.id}{tail}")


async def show_page(desk: Desk, request: Request) -> Response:
    """Show a page of questions with what is saved of it."""
    link = request.path_params["link"]
    held = await desk.open(link)
    if held is None:
        raise Refused(404)
    page = _on_path(desk, held, request.path_params["page"])
    if page is None:
        return await lead(desk, held, link, None, _wish(request))
    language = desk.language(_wish(request), held.interview.language)
    return html(_render(desk, held, page, link, language, Look()))


async def take_page(desk: Desk, request: Request) -> Response:
    """Take a posted page, or show it again with what is wrong."""
    link = request.path_params["link"]
    form: Form = await form_of(request)
    held = await desk.open(link)
    if held is None:
        raise Refused(404)
    shown_in = single(form, "_in") or ""
    page = _on_path(desk, held, request.path_params["page"])
    if page is None:
        return await lead(desk, held, link, None, shown_in)
    language = desk.language(shown_in, held.interview.language)
    token = single(form, "_token") or ""
    revision = read_page_token(desk.keys, held.interview.id, page.id, token)
    if revision is None:
        note = words_in(language)["unexpected"]
        return html(_render(desk, held, page, link, language, Look(note=note)), 403)
    if wish := single(form, "_lang"):
        return html(_render(desk, held, page, link, desk.language(wish, language), Look(form)))
    form, found = looked_up(desk.finder, _territories(held, page), form, language)
    if single(form, "_find"):
        return html(_render(desk, held, page, link, language, Look(form, found=found)))
    if found:
        unclear = [Refusal(name, "unknown-place", message("unknown-place")) for name in found]
        return html(_render(desk, held, page, link, language, Look(form, unclear, found)), 422)
    return await _judged(desk, held, page, link, language, form, revision, token)


async def _judged(
    desk: Desk, held: Held, page: Page, link: str, language: str, form: Form, revision: int, token: str
) -> Response:
    posted = answers_in(form)
    judged = judge(held.edition.rules, page, posted, held.answers, held.interview.id)
    if not judged.accepted:
        return html(_render(desk, held, page, link, language, Look(form, judged.refusals)), 422)
    answers: dict[str, Value] = {name: _value(value) for name, value in judged.answers.items()}
    if revision < held.pages[page.id]:
        if all(name in held.saved and held.saved[name] == value for name, value in answers.items()):
            return await lead(desk, held, link, page, language)
        note = words_in(language)["stale"]
        return html(_render(desk, held, page, link, language, Look(form, note=note)), 409)
    if any(v.strip() for v in form.get(TRAP, ())):
        answers[CAUGHT] = 1
    return await _save(desk, held, page, link, language, answers, token)


async def _save(
    desk: Desk, held: Held, page: Page, link: str, language: str, answers: dict[str, Value], token: str
) -> Response:
    after = held.after(page, answers)
    following = after.following(page)
    position = following.id if isinstance(following, Page) else "_end"
    changed = language if language != held.interview.language else ""
    command = SavePage(desk.now(), held.interview.id, page.id, token, answers, position, changed)
    done = await desk.ask(command)
    if done.interview is None:
        raise Refused(404)
    if done.outcome is Outcome.DONE and done.interview.revision == held.interview.revision + 1:
        held.saved, held.answers, held.way = after.saved, after.answers, after.way
        held.interview = done.interview
        held.pages[page.id] += 1
    else:
        desk.forget(held.interview.id)
        fresh = await desk.open(link)
        if fresh is None:
            raise Refused(404)
        held = fresh
    root = f"{desk.settings.base}/i/{link}"
    if await settle_if_full(desk, held, done.place) or not await take_place(desk, held):
        return go(f"{root}/_end")
    return await lead(desk, held, link, page)


def _wish(request: Request) -> str:
    return request.query_params.get("lang", "")


def _on_path(desk: Desk, held: Held, id: str) -> Page | None:
    """Return a page that the interview has come to, or nothing: what lies off its path, or beyond, is not shown nor taken."""
    if held.interview.final or (desk.consent is not None and held.saved.get(COLUMN) != desk.consent.version):
        return None
    return next((p for p in held.way if p.id == id and id not in held.edition.blocks), None)


def _value(value: object) -> Value:
    if value is not None and not isinstance(value, int | float | str):
        raise TypeError(f"no answer: {value!r}")
    return value


def _territories(held: Held, page: Page) -> list[Item]:
    """Return the items of a page that are looked up in the frame."""
    rules = held.edition.rules
    put = parts_put(rules, page, held.answers) if rules.places else ()
    return [i for part in put for i in part.items if i.kind is Kind.TERRITORY]


def _render(desk: Desk, held: Held, page: Page, link: str, language: str, look: Look) -> str:
    rules, id = held.edition.rules, held.interview.id
    sight = shown(rules, page, held.answers, id)
    faults = {r.variable: r.message.get(language) for r in look.refusals}
    found = {**chosen_places(desk.finder, _territories(held, page), held.saved, look.form, language), **look.found}
    filled = Filled(held.saved, look.form, faults, found, bool(rules.places))

    def say(text: LocalText) -> str:
        return text.get(language)

    questions = [show(q.question, q.items, filled, language, say) for q in sight.questions]
    items = [i for q in sight.questions for i in q.items]
    root = f"{desk.settings.base}/i/{link}"
    way = [p for p in held.way if p.id not in held.edition.blocks]
    at = next((n for n, p in enumerate(way) if p.number == page.number), 0)
    tail = f"?lang={language}" if language != held.interview.language else ""
    shape = QuestionsPage(
        token=page_token(desk.keys, id, page.id, held.pages[page.id]),
        questions=questions,
        percent=round(100 * page.number / len(rules.pages)),
        resume=desk.settings.public.removesuffix(desk.settings.base) + root,
        withdraw=f"{root}/_withdraw{tail}",
        block=say(sight.title),
        intro=say(sight.text),
        back=f"{root}/{way[at - 1].id}{tail}" if at > 0 else "",
        last=page.number == len(rules.pages) - 1,
        note=look.note,
        faults=summary(look.refusals, items, language, say),
    )
    frame = desk.frame(language, test=held.interview.test, title=held.edition.title(language))
    return questions_page(frame, shape)
