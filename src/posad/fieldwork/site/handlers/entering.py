"""How people come in: the first page, consent, the interview begun.

Nothing is begun by looking: an interview begins with a post, whose ticket begins one interview however often it is sent.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from starlette.requests import Request
from starlette.responses import Response

from posad.fieldwork.ledger.commands import SavePage, Start
from posad.fieldwork.links import Purpose, interview_of, invited, new_id, page_token, read, read_page_token, sign
from posad.fieldwork.panels.entering import Arrival, arrive
from posad.fieldwork.site.consent import COLUMN, PAGE
from posad.fieldwork.site.desk import Desk
from posad.fieldwork.site.forms import single
from posad.fieldwork.site.handlers.answers import Refused, form_of, go, html
from posad.fieldwork.site.handlers.asking import lead
from posad.fieldwork.site.showing.rendering import PlainPage, plain_page
from posad.fieldwork.site.showing.wording import words_in
from posad.fieldwork.values import AGENT, REHEARSAL

TICKET = 24 * 3600  # seconds in which a first page may be posted
FACTS = ("purpose", "who", "operator", "retention", "contact")


@dataclass(frozen=True, slots=True)
class Door:
    """By which door somebody came: the panel, and what it sent with them."""

    panel: str = ""
    arrival: Arrival = field(default_factory=Arrival)


def _door(desk: Desk, request: Request) -> Door:
    """Return the door of a request.

    Raises:
        Refused: where there is no such door, or it does not open with this address.
    """
    panel = desk.panels.get(request.path_params.get("panel", ""))
    invitation = request.path_params.get("invitation")
    if panel is not None:
        arrival = arrive(panel, request.url.query)
        if arrival is not None:
            return Door(panel.name, arrival)
    elif invitation is not None:
        id = read(desk.keys, Purpose.INVITATION, invitation, desk.now())
        if id is not None:
            return Door("", Arrival({}, invited(id)))
    elif "panel" not in request.path_params and desk.settings.open_door:
        return Door()
    raise Refused(404)


async def show_entry(desk: Desk, request: Request) -> Response:
    """Show the first page."""
    door = _door(desk, request)
    language = desk.language(request.query_params.get("lang", ""), _accepted(desk, request))
    return html(_entry(desk, request, door, language))


def _entry(desk: Desk, request: Request, door: Door, language: str) -> str:
    w = words_in(language)
    ticket = sign(desk.keys, Purpose.START, new_id(), int(desk.now()) + TICKET)
    facts = [desk.study.facts[name].get(language) for name in FACTS if name in desk.study.facts]
    intro = desk.edition.rules.questionnaire.intro.get(language)
    page = PlainPage(
        "",
        [line for line in (*intro.splitlines(), *facts) if line.strip()],
        buttons=(("start", w["start"], ""),),
        hidden=(("_token", ticket), ("_in", language)),
        kept=[(k, v) for k, v in request.query_params.multi_items() if k != "lang"],
    )
    return plain_page(desk.frame(language, test=door.arrival.test, title=desk.edition.title(language)), page)


def _accepted(desk: Desk, request: Request) -> str:
    """Return the first language of the browser that the study speaks."""
    wishes = [
        part.partition(";")[0].strip()[:2].lower() for part in request.headers.get("accept-language", "").split(",")
    ]
    return next((w for w in wishes if w in desk.study.languages), "")


async def begin(desk: Desk, request: Request) -> Response:
    """Begin an interview, or go on with the one begun before by the same ticket or under the same panel id."""
    form = await form_of(request)
    door = _door(desk, request)
    ticket = single(form, "_token") or ""
    if read(desk.keys, Purpose.START, ticket, desk.now()) is None:
        raise Refused(403)
    language = desk.language(single(form, "_in") or "")
    entry = {**door.arrival.entry, "device": _device(request.headers.get("user-agent", ""))}
    start = Start(
        desk.now(), interview_of(desk.keys, ticket), desk.edition.id, language, door.panel, entry, door.arrival.once,
        test=door.arrival.test or desk.settings.test,
    )  # fmt: skip
    interview = await desk.ask(start)
    return go(desk.link(interview.id))


def _device(agent: str) -> str:
    """Return the class of a device, which is all that is kept of it; respondents who never were are one of their own."""
    if agent == AGENT:
        return REHEARSAL
    if "iPad" in agent or "Tablet" in agent or ("Android" in agent and "Mobile" not in agent):
        return "tablet"
    return "phone" if "Mobi" in agent or "iPhone" in agent else "computer"


async def show_consent(desk: Desk, request: Request) -> Response:
    """Show the document of consent, on a page of its own."""
    link = request.path_params["link"]
    held = await desk.open(link)
    if held is None:
        raise Refused(404)
    if desk.consent is None or held.interview.final or held.saved.get(COLUMN) == desk.consent.version:
        return await lead(desk, held, link, None)
    language = desk.language(request.query_params.get("lang", ""), held.interview.language)
    w = words_in(language)
    token = page_token(desk.keys, held.interview.id, PAGE, held.pages[PAGE])
    page = PlainPage(
        w["consent"],
        document=desk.consent.html(language),
        buttons=(("yes", w["consent-yes"], ""), ("no", w["consent-no"], "plain")),
        hidden=(("_token", token), ("_in", language), ("_version", desk.consent.version)),
        more=w["consent-version"].format(version=desk.consent.version),
    )
    return html(plain_page(desk.frame(language, test=held.interview.test), page))


async def take_consent(desk: Desk, request: Request) -> Response:
    """Keep a consent with the version of the document that was read, or let somebody go who does not give it."""
    link = request.path_params["link"]
    form = await form_of(request)
    held = await desk.open(link)
    if held is None:
        raise Refused(404)
    token = single(form, "_token") or ""
    if desk.consent is None or held.interview.final:
        return await lead(desk, held, link, None)
    if read_page_token(desk.keys, held.interview.id, PAGE, token) is None:
        raise Refused(403)
    language = desk.language(single(form, "_in") or "", held.interview.language)
    if single(form, "_go") == "no":
        w = words_in(language)
        page = PlainPage(w["refused-title"], (w["refused"],))
        return html(plain_page(desk.frame(language, test=held.interview.test), page))
    if single(form, "_go") != "yes" or single(form, "_version") != desk.consent.version:
        return go(f"{desk.settings.base}/i/{link}/_consent")  # the document was changed while it was read
    changed = language if language != held.interview.language else ""
    await desk.ask(
        SavePage(desk.now(), held.interview.id, PAGE, token, {COLUMN: desk.consent.version}, language=changed)
    )
    desk.forget(held.interview.id)
    return go(f"{desk.settings.base}/i/{link}")
