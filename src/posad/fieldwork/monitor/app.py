"""The monitor as an application: log in, look, pause; JSON beside each page; strict headers; nothing of the answers.

To add a page: 1. its figures; 2. its part in ``page.html``; 3. its handler and route here, with JSON beside it.
"""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from importlib.resources import files
from typing import Any

from jinja2 import Environment
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from posad.core.numbers import number
from posad.fieldwork.ledger import Ledger, desk
from posad.fieldwork.ledger.commands import Pause
from posad.fieldwork.ledger.desk import Account, DeskBook
from posad.fieldwork.monitor.accounts import MAY_AUDIT, MAY_PAUSE, log_in, same
from posad.fieldwork.monitor.figures import Figures, as_json, figures
from posad.fieldwork.monitor.wording import words
from posad.fieldwork.values import Outcome, Status, Unavailable

COOKIE = "posad_monitor"
LANGUAGES = ("ru", "en")
SHOWN = [s.value for s in Status]
MOST = 4096  # bytes of a form
HEADERS = {
    "content-security-policy": "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cache-control": "no-store",
    "x-frame-options": "DENY",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}


@dataclass(frozen=True, slots=True)
class Monitor:
    """What the monitor looks at: the ledger, the book of accounts, the study's title, the door's clock."""

    ledger: Ledger
    book: DeskBook
    study: str
    clock: Callable[[], float]
    secure: bool = False  # whether it is reached through TLS


@cache
def _template() -> Any:
    text = files("posad.fieldwork.monitor").joinpath("page.html").read_text(encoding="utf-8")
    return Environment(autoescape=True, trim_blocks=True).from_string(text)


def make_monitor(m: Monitor) -> Starlette:
    """Return the monitor of a field as an ASGI application."""

    def at(path: str, handler: Callable[[Monitor, Request], Awaitable[Response]], method: str = "GET") -> Route:
        async def handle(request: Request) -> Response:
            response = await handler(m, request)
            response.headers.update(HEADERS)
            return response

        return Route(path, handle, methods=[method])

    def failed(request: Request, error: Exception) -> Response:
        code = 503 if isinstance(error, Unavailable) else getattr(error, "status_code", 500)
        language = _language(request)
        note = words(language)["later" if code == 503 else "missing"]
        if request.url.path.endswith(".json"):
            return JSONResponse({"error": code}, code, headers=HEADERS)
        return _page(m, request, "none", code, note=note)

    routes = [
        at("/", show_field),
        at("/field.json", field_json),
        at("/login", take_login, "POST"),
        at("/logout", take_logout, "POST"),
        at("/pause", take_pause, "POST"),
        at("/audit", show_audit),
        at("/audit.json", audit_json),
        at("/style.css", style),
    ]
    handlers: Any = {HTTPException: failed, Unavailable: failed}
    return Starlette(routes=routes, exception_handlers=handlers)


def _language(request: Request) -> str:
    asked = request.query_params.get("lang", "")
    if asked in LANGUAGES:
        return asked
    return "ru" if request.headers.get("accept-language", "").lower().startswith("ru") else "en"


def _page(m: Monitor, request: Request, kind: str, code: int = 200, **facts: object) -> Response:
    language = _language(request)
    w = words(language)
    shown = {
        "kind": kind,
        "language": language,
        "languages": LANGUAGES,
        "w": w,
        "title": w["title"].format(study=m.study),
    }
    return HTMLResponse(_template().render(**shown, **facts), code, headers=HEADERS)


async def _who(m: Monitor, request: Request) -> tuple[Account, str] | None:
    token = request.cookies.get(COOKIE, "")
    return await run_in_threadpool(m.book.look, lambda tx: desk.session(tx, token, m.clock())) if token else None


async def _form(request: Request) -> dict[str, str]:
    from urllib.parse import parse_qsl

    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > MOST:
            raise HTTPException(413)
    return dict(parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=20))


async def _figures(m: Monitor) -> Figures:
    def look() -> Figures:
        with m.ledger.reading() as tx:
            return figures(tx, m.clock())

    return await run_in_threadpool(look)


async def show_field(m: Monitor, request: Request) -> Response:
    """Show how the field stands, or ask who is there."""
    who = await _who(m, request)
    if who is None:
        return _page(m, request, "login")
    f = await _figures(m)
    language = _language(request)
    w = words(language)
    minutes = [number(x, language, 1) for x in f.length or ()]
    length = w["quartiles"].format(lower=minutes[0], median=minutes[1], upper=minutes[2]) if minutes else ""
    at = datetime.fromtimestamp(f.at, UTC).strftime("%H:%M:%S")
    facts: Any = {"at": at, "length": length, "statuses": SHOWN, "most": max((n for _, n in f.hours), default=1)}
    may: Any = {"may_pause": who[0].role in MAY_PAUSE, "may_audit": who[0].role in MAY_AUDIT}
    return _page(
        m, request, "field", account=who[0], form=who[1], f=f, tests=w["tests"].format(n=f.tests), **facts, **may
    )


async def field_json(m: Monitor, request: Request) -> Response:
    """Tell a program how the field stands."""
    if await _who(m, request) is None:
        raise HTTPException(401)
    return JSONResponse(as_json(await _figures(m)))


async def take_login(m: Monitor, request: Request) -> Response:
    """Begin a session, under a token that was not there before."""
    form = await _form(request)
    at = m.clock()
    name, password, code = (form.get(k, "") for k in ("name", "password", "code"))
    found = await run_in_threadpool(log_in, m.book, name, password, code, at)
    if found is None:
        return _page(m, request, "login", 403, note=words(_language(request))["refused"])
    response = RedirectResponse(f"/?lang={_language(request)}", 303)
    response.set_cookie(COOKIE, found[0], httponly=True, samesite="strict", secure=m.secure, path="/")
    return response


async def _meant(m: Monitor, request: Request) -> tuple[Account, dict[str, str]]:
    """Return whose form was posted, from a page of this monitor."""
    who, form = await _who(m, request), await _form(request)
    if who is None or not same(form.get("_form", ""), who[1]):
        raise HTTPException(403)
    return who[0], form


async def take_logout(m: Monitor, request: Request) -> Response:
    """End a session."""
    account, _ = await _meant(m, request)
    token, at = request.cookies[COOKIE], m.clock()

    def end(tx: desk.Tx) -> None:
        desk.end_session(tx, token)
        desk.note(tx, at, account.name, "logout")

    await run_in_threadpool(m.book.change, end)
    response = RedirectResponse("/", 303)
    response.delete_cookie(COOKIE, path="/")
    return response


async def take_pause(m: Monitor, request: Request) -> Response:
    """Pause or resume a cell or the whole field; it is noted before it is done."""
    account, form = await _meant(m, request)
    cell, why, paused = form.get("cell", ""), form.get("why", "").strip()[:200], form.get("paused") == "1"
    if account.role not in MAY_PAUSE or not why:
        raise HTTPException(403)
    at = m.clock()
    what = "pause" if paused else "resume"
    await run_in_threadpool(m.book.change, lambda tx: desk.note(tx, at, account.name, what, cell=cell, why=why))
    if await m.ledger.ask(Pause(at, cell, paused, account.name, why)) is Outcome.UNKNOWN:
        raise HTTPException(404)
    return RedirectResponse(f"/?lang={_language(request)}", 303)


async def _log(m: Monitor, request: Request) -> tuple[Account, str, list[desk.Line]]:
    who = await _who(m, request)
    if who is None or who[0].role not in MAY_AUDIT:
        raise HTTPException(404)
    return *who, await run_in_threadpool(m.book.look, desk.audit_log)


async def show_audit(m: Monitor, request: Request) -> Response:
    """Show who did what, and whether the log is whole."""
    account, form, lines = await _log(m, request)
    w = words(_language(request))
    broken = desk.broken_line(lines)
    chain = w["whole"] if broken is None else w["broken"].format(line=broken)
    shown = [(datetime.fromtimestamp(x.at, UTC).strftime("%Y-%m-%d %H:%M:%S"), x) for x in reversed(lines)]
    return _page(m, request, "audit", account=account, form=form, lines=shown, chain=chain)


async def audit_json(m: Monitor, request: Request) -> Response:
    """Tell a program who did what."""
    lines = (await _log(m, request))[2]
    rows = [
        {"seq": x.seq, "at": x.at, "who": x.who, "what": x.what, "facts": json.loads(x.facts), "hash": x.hash}
        for x in lines
    ]
    return JSONResponse({"whole": desk.broken_line(lines) is None, "lines": rows})


async def style(m: Monitor, request: Request) -> Response:
    """Return the style of the pages."""
    text = files("posad.fieldwork.monitor").joinpath("style.css").read_text(encoding="utf-8")
    return Response(text, media_type="text/css")
