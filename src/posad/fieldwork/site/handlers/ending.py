"""How an interview ends: complete, screened out, over quota, taken back; what the respondent then sees and where they go."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from posad.fieldwork.ledger.commands import Reserve, SavePage, Settle, Withdraw
from posad.fieldwork.links import page_token, read_page_token
from posad.fieldwork.panels.exits import calls_of, exit_address
from posad.fieldwork.quotas.cells import TOTAL, stage_cell
from posad.fieldwork.quotas.placing import Placing, Wanted
from posad.fieldwork.site.desk import Desk, Held
from posad.fieldwork.site.forms import single
from posad.fieldwork.site.handlers.answers import Refused, form_of, go, html
from posad.fieldwork.site.showing.rendering import PlainPage, plain_page
from posad.fieldwork.site.showing.wording import words_in
from posad.fieldwork.values import Outcome, Status
from posad.study.rules import End, Page, order

WITHDRAWAL = "_withdraw"
_PAGES = {
    Status.COMPLETE: "complete",
    Status.REJECTED: "complete",  # what became of it later is no business of the page
    Status.SCREENED_OUT: "screened-out",
    Status.OVER_QUOTA: "quota-full",
    Status.WITHDRAWN: "withdrawn",
}


async def end(desk: Desk, held: Held, how: End) -> None:
    """End an interview as its answers say.

    Somebody whose answers never told all their groups still counts in the total, which is hard.
    """
    placing = desk.settings.placing
    beyond = False
    if how.outcome == "complete" and placing is not None and not held.interview.test:
        if _placeless(held) and not await _take(desk, held, _at_the_end(held, placing)):
            return
        beyond = bool(placing.soft) and held.interview.status is not Status.HELD
    await _settle(desk, held, Status.COMPLETE if how.outcome == "complete" else Status.SCREENED_OUT, extra=beyond)


def _at_the_end(held: Held, placing: Placing) -> Wanted:
    """Return the cells of somebody who came to the end without a place: led there beyond the quotas, or of groups never told."""
    known = placing.wanted(held.answers, held.interview) if placing.soft else None
    own = (stage_cell(held.interview.stage),) if held.interview.stage in placing.stages else ()
    return known or ((TOTAL, *own), placing.choices)


async def _settle(desk: Desk, held: Held, status: Status, *, extra: bool = False) -> None:
    panel = desk.panels.get(held.interview.panel)
    calls = calls_of(panel, held.interview) if panel is not None else {}
    settled = await desk.ask(Settle(desk.now(), held.interview.id, status, extra, calls))
    if settled.interview is not None:
        held.interview = settled.interview


async def take_place(desk: Desk, held: Held) -> bool:
    """Take the interview's place in its quota cells as soon as its answers say which they are; tell whether it may go on."""
    placing = desk.settings.placing
    if placing is None or not _placeless(held):
        return True
    cells = placing.wanted(held.answers, held.interview)
    return True if cells is None else await _take(desk, held, cells)


def _placeless(held: Held) -> bool:
    return held.interview.status is Status.STARTED and not held.interview.test


async def _take(desk: Desk, held: Held, cells: Wanted) -> bool:
    """Take a place in all cells, or end the interview over quota; blocks that were chosen are answered.

    Somebody whom only tables refuse that accept more than they need goes on without a place.
    """
    placing = desk.settings.placing
    wanted = placing.settled(cells, held.saved) if placing is not None else cells
    reserved = await desk.ask(Reserve(desk.now(), held.interview.id, *wanted))
    if reserved.interview is not None:
        held.interview = reserved.interview
    if reserved.outcome is Outcome.FULL and placing is not None and placing.beyond(reserved.refused):
        return True
    if reserved.outcome in (Outcome.FULL, Outcome.PAUSED):
        await _settle(desk, held, Status.OVER_QUOTA)
        return False
    for column, code in placing.answers_of(reserved.chosen).items() if placing is not None else ():
        await _answer(desk, held, column, code)
    return True


async def _answer(desk: Desk, held: Held, column: str, code: int) -> None:
    """Answer the question of a block in the respondent's stead."""
    rules = held.edition.rules
    page = next((p for p in rules.pages if p.id in held.edition.blocks and column in p.parts[0].columns), None)
    if page is None or column in held.saved:
        return
    token = page_token(desk.keys, held.interview.id, page.id, 0)
    done = await desk.ask(SavePage(desk.now(), held.interview.id, page.id, token, {column: code}))
    if done.interview is not None:
        after = held.after(page, {column: code})
        held.saved, held.answers, held.way, held.interview = after.saved, after.answers, after.way, done.interview
        held.pages[page.id] += 1


async def answer_block(desk: Desk, held: Held, page: Page) -> None:
    """Answer the question of a block that no quota chose: by chance, as the interview's seed falls."""
    item = page.parts[0].items[0]
    code = order(item.options, f"{held.interview.id}\x1fblock {item.id}")[0].code
    await _answer(desk, held, item.column, code)


async def settle_if_full(desk: Desk, held: Held, place: Outcome) -> bool:
    """End an interview whose place lapsed in a pause and went to somebody else; tell whether it was ended."""
    if place is not Outcome.FULL or held.interview.final:
        return False
    placing = desk.settings.placing
    if placing is not None and placing.soft and await _take(desk, held, (held.interview.cells, {})):
        return False
    if not held.interview.final:
        await _settle(desk, held, Status.OVER_QUOTA)
    return True


async def show_end(desk: Desk, request: Request) -> Response:
    """Show the end of an interview, with the way back to the panel where there is one."""
    link = request.path_params["link"]
    held = await desk.open(link)
    if held is None:
        raise Refused(404)
    if not held.interview.final:
        return go(f"{desk.settings.base}/i/{link}")
    language = desk.language(request.query_params.get("lang", ""), held.interview.language)
    w = words_in(language)
    name = _PAGES[held.interview.status]
    panel = desk.panels.get(held.interview.panel)
    address = exit_address(panel, held.interview) if panel is not None else None
    if address is not None and not held.interview.test and panel is not None and panel.at_once:
        return go(address)
    complete = held.interview.status in (Status.COMPLETE, Status.REJECTED)
    page = PlainPage(
        w[f"{name}-title"],
        (w[name],),
        link=address or "",
        link_text=w["to-panel"],
        withdraw=f"{desk.settings.base}/i/{link}/{WITHDRAWAL}" if complete else "",
    )
    return html(plain_page(desk.frame(language, test=held.interview.test), page))


async def ask_withdrawal(desk: Desk, request: Request) -> Response:
    """Ask whether somebody really wants to take their answers back."""
    link = request.path_params["link"]
    held = await desk.open(link)
    if held is None:
        raise Refused(404)
    if held.interview.status is Status.WITHDRAWN:
        return go(f"{desk.settings.base}/i/{link}/_end")
    language = desk.language(request.query_params.get("lang", ""), held.interview.language)
    w = words_in(language)
    token = page_token(desk.keys, held.interview.id, WITHDRAWAL, 0)
    page = PlainPage(
        w["withdraw"],
        (w["withdraw-sure"],),
        buttons=(("yes", w["withdraw-yes"], "danger"), ("no", w["withdraw-no"], "plain")),
        hidden=(("_token", token), ("_in", language)),
    )
    return html(plain_page(desk.frame(language, test=held.interview.test), page))


async def withdraw(desk: Desk, request: Request) -> Response:
    """Delete an interview's answers on the respondent's wish."""
    link = request.path_params["link"]
    form = await form_of(request)
    held = await desk.open(link)
    if held is None:
        raise Refused(404)
    if read_page_token(desk.keys, held.interview.id, WITHDRAWAL, single(form, "_token") or "") is None:
        raise Refused(403)
    language = desk.language(single(form, "_in") or "")
    if single(form, "_go") != "yes":
        return go(f"{desk.settings.base}/i/{link}?lang={language}")
    outcome = await desk.ask(Withdraw(desk.now(), held.interview.id))
    desk.forget(held.interview.id)
    if outcome is Outcome.UNKNOWN:
        raise Refused(404)
    return go(f"{desk.settings.base}/i/{link}/_end?lang={language}")
