"""What every handler answers with: pages, redirects after a post, and one and the same page for every address that leads nowhere."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from posad.fieldwork.site.desk import Desk
from posad.fieldwork.site.forms import KIND, LARGEST, parse
from posad.fieldwork.site.showing.rendering import PlainPage, plain_page
from posad.fieldwork.site.showing.wording import words_in


class Refused(Exception):
    """A request that is not taken; ``code`` is the HTTP status."""

    def __init__(self, code: int) -> None:
        super().__init__(code)
        self.code = code


_TITLES = {404: "not-found", 503: "busy", 413: "large"}


def refusal(desk: Desk, code: int) -> Response:
    """Return the page of a refused request: the same for all of one kind, in the study's own language."""
    language = desk.language()
    w = words_in(language)
    name = _TITLES.get(code, "bad")
    lines = (w[name],) if name in w else ()
    page = plain_page(desk.frame(language), PlainPage(w[f"{name}-title"], lines))
    headers = {"retry-after": "30"} if code == 503 else {}
    return HTMLResponse(page, code, headers)


def go(address: str) -> Response:
    """Return a redirect after a post (303), so that reloading sends nothing twice."""
    return Response(status_code=303, headers={"location": address})


def html(text: str, code: int = 200) -> Response:
    """Return a page."""
    return HTMLResponse(text, code)


async def form_of(request: Request) -> Mapping[str, list[str]]:
    """Return what was posted.

    Raises:
        Refused: where it comes from another site, is no form, or is too large.
    """
    headers = request.headers
    if headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        raise Refused(403)
    origin = headers.get("origin")
    if origin is not None and urlsplit(origin).netloc != headers.get("host", ""):
        raise Refused(403)
    if headers.get("content-type", "").partition(";")[0].strip().lower() != KIND:
        raise Refused(415)
    length = headers.get("content-length", "0")
    if not length.isascii() or not length.isdigit() or int(length) > LARGEST:
        raise Refused(413)
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > LARGEST:
            raise Refused(413)
    form = parse(bytes(body))
    if form is None:
        raise Refused(400)
    return form
