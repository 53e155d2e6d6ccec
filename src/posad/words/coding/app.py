"""The coding page as an application on the own machine: its addresses, who may ask, the headers of every answer.

Every address begins with a token signed for the study and the coder with a key that only the running server holds; without it, and
from any other host name, there is nothing. A change must say that it is JSON, which no foreign page can send unasked.

To add an address: 1. its function below; 2. its line in ``make_app``; 3. its request with a wrong token in the tests.
"""

from __future__ import annotations

import hmac
import html
import json
from collections.abc import Callable
from importlib.resources import files
from string import Template
from typing import Any

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from posad.core.problems import Problem
from posad.core.speech import say
from posad.core.words import Language
from posad.study.words.interviews.values import Transcript
from posad.words.coding.desk import Desk, add, note, remove, shown
from posad.words.coding.wording import WORDS

HEADERS = {
    "content-security-policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; base-uri 'none'; "
        "form-action 'none'; frame-ancestors 'none'"
    ),
    "cache-control": "no-store",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}
TYPES = {"page.css": "text/css; charset=utf-8", "page.js": "text/javascript; charset=utf-8"}
HOSTS = ("127.0.0.1", "localhost")
CHANGES: dict[str, Callable[[Desk, Transcript, dict[str, Any]], list[Problem]]] = {
    "add": add,
    "remove": remove,
    "note": note,
}
LONGEST = 1_000_000  # bytes of a request


def token_of(desk: Desk, key: bytes) -> str:
    """Return the token that the address of a coder's page must hold."""
    return hmac.new(key, f"{desk.folder.resolve()}\0{desk.coder}".encode(), "sha256").hexdigest()


def make_app(desk: Desk, key: bytes) -> Starlette:
    """Return the coding page of a study for one coder; ``key`` signs its address."""
    token = token_of(desk, key)

    def guarded(handler: Callable[[Desk, Request], Response]) -> Callable[[Request], Any]:
        async def handle(request: Request) -> Response:
            if not hmac.compare_digest(request.path_params["token"].encode(), token.encode()):
                raise HTTPException(404)
            if request.url.hostname not in HOSTS:
                raise HTTPException(404)
            if request.method == "POST":
                request.state.asked = await _asked(request)
            answer = await run_in_threadpool(handler, desk, request)
            answer.headers.update(HEADERS)
            return answer

        return handle

    return Starlette(
        routes=[
            Route("/{token}/", guarded(first)),
            Route("/{token}/i/{interview}", guarded(page)),
            Route("/{token}/data/{interview}", guarded(data)),
            Route("/{token}/{change}/{interview}", guarded(change), methods=["POST"]),
            Route("/{token}/{name}", guarded(static)),
        ]
    )


async def _asked(request: Request) -> dict[str, Any]:
    if request.headers.get("content-type", "").partition(";")[0] != "application/json":
        raise HTTPException(415)
    body = b""
    async for piece in request.stream():
        body += piece
        if len(body) > LONGEST:
            raise HTTPException(413)
    try:
        asked = json.loads(body)
    except ValueError:
        raise HTTPException(400) from None
    if not isinstance(asked, dict):
        raise HTTPException(400)
    return asked


def _transcript(desk: Desk, request: Request) -> Transcript:
    found = desk.interviews().texts.get(request.path_params["interview"])
    if found is None:
        raise HTTPException(404)
    return found


def first(desk: Desk, request: Request) -> Response:
    """Lead to the first interview."""
    transcripts = desk.interviews().transcripts
    if not transcripts:
        raise HTTPException(404)
    return RedirectResponse(f"/{request.path_params['token']}/i/{transcripts[0].id}", 303)


def page(desk: Desk, request: Request) -> Response:
    """Show the page of an interview; its words come by ``data``."""
    own = _transcript(desk, request).id
    words = WORDS[desk.lang]
    options = "".join(
        f'<option value="{html.escape(t.id)}"{" selected" if t.id == own else ""}>{html.escape(t.id)}</option>'
        for t in desk.interviews().transcripts
    )
    told = {k: html.escape(v) for k, v in words.items()}
    given = html.escape(json.dumps({"lang": desk.lang, "coder": desk.coder, "interview": own, "words": words}))
    text = Template(files("posad.words.coding").joinpath("page", "page.html").read_text(encoding="utf-8"))
    filled = text.substitute(told, lang=desk.lang, coder=html.escape(desk.coder), options=options, given=given)
    return Response(filled, media_type="text/html; charset=utf-8")


def static(desk: Desk, request: Request) -> Response:
    """Give style or script."""
    name = request.path_params["name"]
    if name not in TYPES:
        raise HTTPException(404)
    return Response(files("posad.words.coding").joinpath("page", name).read_bytes(), media_type=TYPES[name])


def data(desk: Desk, request: Request) -> Response:
    """Give an interview, its codings and the codebook as they stand in the files now."""
    transcript = _transcript(desk, request)
    return JSONResponse(_state(desk, transcript))


def _state(desk: Desk, transcript: Transcript) -> dict[str, Any]:
    codes = [
        {
            "id": c.id,
            "label": c.label.get(desk.lang) or c.id,
            "depth": depth,
            "codable": c.codable,
            "about": c.definition.get(desk.lang) or "",
        }
        for c, depth in desk.interviews().codebook.walk()
    ]
    return {"codes": codes, **shown(desk, transcript)}


def change(desk: Desk, request: Request) -> Response:
    """Make a change and, when it is on disk, give the codings as they stand now.

    409: the transcript is not the one that was read; 422: the change was not made, and why.
    """
    asked_for = request.path_params["change"]
    make = CHANGES.get(asked_for)
    if make is None:
        raise HTTPException(404)
    asked = request.state.asked
    with desk.lock:
        transcript = _transcript(desk, request)
        if asked.get("digest") != transcript.digest:
            return JSONResponse({"problems": [WORDS[desk.lang]["changed"]], **_state(desk, transcript)}, 409)
        code = desk.interviews().codebook.by_id.get(str(asked.get("code")))
        if asked_for == "add" and (code is None or not code.codable):
            raise HTTPException(400)
        try:
            problems = make(desk, transcript, asked)
        except (KeyError, TypeError, ValueError, IndexError):
            raise HTTPException(400) from None
        language: Language = "ru" if desk.lang == "ru" else "en"
        told = [say(p, language) for p in problems]
        return JSONResponse({"problems": told, **_state(desk, transcript)}, 422 if problems else 200)
