"""Addresses without a respondent: style and script, the state of the site, territories as JSON, notes for robots and finders of holes."""

from __future__ import annotations

import time

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response

from posad.fieldwork.ledger import reading
from posad.fieldwork.site.desk import Desk
from posad.fieldwork.site.handlers.answers import Refused
from posad.fieldwork.site.places import SHOWN
from posad.fieldwork.site.showing.statics import KEPT, TYPES, make_statics

JSON = ("/health", "/territories", "/openapi.json")
LONGEST = 100  # characters of a search


async def static(desk: Desk, request: Request) -> Response:
    """Send style or script; nothing but these names is known, so no path leads anywhere else."""
    name = request.path_params["name"]
    statics = make_statics(desk.study.look.get("accent", ""), desk.settings.base)
    body = statics.files.get(name)
    if body is None:
        raise Refused(404)
    return Response(body, media_type=TYPES[name.rpartition(".")[2]], headers={"cache-control": KEPT})


async def health(desk: Desk, request: Request) -> Response:
    """Tell that the site serves and the ledger answers."""
    state = await desk.look(reading.state)
    return JSONResponse({"ok": True, "paused": state.paused, "stage": state.stage})


async def territories(desk: Desk, request: Request) -> Response:
    """Return the territories that a name may mean."""
    typed = request.query_params.get("q", "")
    if len(typed) > LONGEST:
        return JSONResponse({"error": 422}, 422)
    language = desk.language(request.query_params.get("lang", ""))
    found = desk.finder.find(typed)
    listed = [{"id": p.id, "name": p.label(language)} for p in found[:SHOWN]]
    return JSONResponse({"found": len(found), "territories": listed})


async def robots(desk: Desk, request: Request) -> Response:
    """Ask search engines to stay outside."""
    return PlainTextResponse("User-agent: *\nDisallow: /\n")


async def security(desk: Desk, request: Request) -> Response:
    """Tell where a hole may be reported (RFC 9116): to the study's contact."""
    contact = desk.study.facts.get("contact")
    word = next((w.strip(".,;()<>") for w in (contact.get("").split() if contact else ()) if "@" in w), "")
    if not word:
        raise Refused(404)
    until = time.strftime("%Y-%m-%dT00:00:00Z", time.gmtime(desk.now() + 180 * 86400))
    return PlainTextResponse(f"Contact: mailto:{word}\nExpires: {until}\n")


async def described(desk: Desk, request: Request) -> Response:
    """Describe the addresses that answer in JSON."""
    return JSONResponse(openapi(desk.settings.base))


def _answer(properties: dict[str, object], required: list[str]) -> dict[str, object]:
    schema = {"type": "object", "properties": properties, "required": required, "additionalProperties": False}
    return {"description": "…", "content": {"application/json": {"schema": schema}}}


def openapi(base: str) -> dict[str, object]:
    """Return the description of the JSON addresses (OpenAPI 3.1)."""
    error = _answer({"error": {"type": "integer"}}, ["error"])
    place = {"type": "object", "properties": {"id": {"type": "string"}, "name": {"type": "string"}}}
    state = _answer(
        {"ok": {"type": "boolean"}, "paused": {"type": "boolean"}, "stage": {"type": "string"}},
        ["ok", "paused", "stage"],
    )
    found = _answer(
        {"found": {"type": "integer"}, "territories": {"type": "array", "items": place, "maxItems": SHOWN}},
        ["found", "territories"],
    )
    typed = {"name": "q", "in": "query", "schema": {"type": "string", "maxLength": LONGEST}}
    language = {"name": "lang", "in": "query", "schema": {"type": "string"}}
    return {
        "openapi": "3.1.0",
        "info": {"title": "posad", "version": "1"},
        "paths": {
            f"{base}/health": {"get": {"responses": {"200": state, "503": error}}},
            f"{base}/territories": {
                "get": {"parameters": [typed, language], "responses": {"200": found, "422": error}},
            },
        },
    }
