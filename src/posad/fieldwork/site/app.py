"""The site as an application: its addresses, the headers of every page, what happens when something goes wrong.

``make_app`` (a desk) serves one study. Addresses:

``/`` and ``/p/PANEL?…`` and ``/v/INVITATION`` the first page; ``/i/LINK`` where an interview was left; ``/i/LINK/PAGE`` a page;
``/i/LINK/_consent``, ``/i/LINK/_withdraw``, ``/i/LINK/_end``; ``/static/…`` style and script; ``/health`` and
``/territories?q=…`` in JSON, described by ``/openapi.json``.

To add an address: 1. its handler in ``handlers``; 2. its line in ``_routes``; 3. forged requests to it in the tests.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from posad.fieldwork.site.desk import Desk
from posad.fieldwork.site.handlers import asking, ending, entering, plain
from posad.fieldwork.site.handlers.answers import Refused, refusal
from posad.fieldwork.site.showing.statics import safe_headers
from posad.fieldwork.values import Unavailable

Handler = Callable[[Desk, Request], Awaitable[Response]]
AGAIN = "private, no-cache"  # pages sent back to a post: Back must be able to show them without sending it again
_GIVEN = {b"cache-control", b"x-content-type-options"}


def make_app(desk: Desk) -> ASGIApp:
    """Return the site of a study as an ASGI application."""

    def failed(request: Request, error: Exception) -> Response:
        if isinstance(error, Unavailable):
            return refusal(desk, 503)
        code = error.code if isinstance(error, Refused) else getattr(error, "status_code", 500)
        if request.url.path.removeprefix(desk.settings.base) in plain.JSON:
            return JSONResponse({"error": code}, code)
        return refusal(desk, code)

    handlers: Any = {Refused: failed, Unavailable: failed, HTTPException: failed}
    app = Starlette(routes=_routes(desk), exception_handlers=handlers)
    app.router.redirect_slashes = False  # an address with a slash too many is no address
    hosts = [host for panel in desk.panels.values() for host in panel.hosts]
    return _Safe(app, safe_headers(hosts, secure=desk.settings.public.startswith("https://")))


def _routes(desk: Desk) -> list[Route]:
    base = desk.settings.base

    def at(path: str, handler: Handler, method: str = "GET") -> Route:
        async def handle(request: Request) -> Response:
            return await handler(desk, request)

        return Route(base + path, handle, methods=[method])

    def both(path: str, show: Handler, take: Handler) -> list[Route]:
        async def handle(request: Request) -> Response:
            if request.method != "POST":
                return await show(desk, request)
            answer = await take(desk, request)
            if answer.status_code != 303:
                answer.headers["cache-control"] = AGAIN
            return answer

        return [Route(base + path, handle, methods=["GET", "POST"])]

    return [
        *both("/i/{link}/_consent", entering.show_consent, entering.take_consent),
        *both("/i/{link}/_withdraw", ending.ask_withdrawal, ending.withdraw),
        at("/i/{link}/_end", ending.show_end),
        *both("/i/{link}/{page}", asking.show_page, asking.take_page),
        at("/i/{link}", asking.resume),
        *both("/", entering.show_entry, entering.begin),
        *both("/p/{panel}", entering.show_entry, entering.begin),
        *both("/v/{invitation}", entering.show_entry, entering.begin),
        at("/static/{name}", plain.static),
        at("/health", plain.health),
        at("/territories", plain.territories),
        at("/openapi.json", plain.described),
        at("/robots.txt", plain.robots),
        at("/.well-known/security.txt", plain.security),
    ]


class _Safe:
    """Adds the safe headers to every answer, whatever gave it."""

    def __init__(self, app: ASGIApp, headers: list[tuple[bytes, bytes]]) -> None:
        self.app, self.headers = app, headers

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def sent(message: Message) -> None:
            if message["type"] == "http.response.start":
                given = {name for name, _ in message["headers"]} & _GIVEN
                message["headers"] = [*message["headers"], *(h for h in self.headers if h[0] not in given)]
            await send(message)

        await self.app(scope, receive, sent)
