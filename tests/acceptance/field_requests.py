"""Forged requests around one honest post: method, origin, type, size, link and page are each made wrong in turn."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tests.fieldwork.site.visitor import FORM, HOST, KEYS

from posad.fieldwork.links import Keys, Purpose, sign

IS_FORM = ("content-type", FORM)
NOBODY = "0" * 32


@dataclass(frozen=True)
class Sent:
    """A request: what is wrong with it, and all of it."""

    kind: str
    url: str
    body: bytes
    method: str = "POST"
    headers: tuple[tuple[str, str], ...] = (IS_FORM,)


def requests_to(root: str, url: str, body: bytes) -> Iterator[Sent]:
    """Yield forged requests; ``url`` and ``body`` are an honest post to a page of the interview at ``root``."""
    yield from _headers(url, body)
    yield from _bodies(url, body)
    yield from _links(root, url, body)
    for page in (
        "_consent",
        "_withdraw",
        "_end",
        "nowhere",
        "..",
        "%2e%2e",
        "age/",
        "age%00",
        "AGE",
        "age.x",
        "often.used_2",
    ):
        yield Sent(f"page {page}", f"{root}/{page}", body)


def _headers(url: str, body: bytes) -> Iterator[Sent]:
    for method in ("PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "PROPFIND"):
        yield Sent(f"method {method}", url, body, method)
    for header, value in (
        ("origin", "https://evil.example"),
        ("origin", "null"),
        ("origin", f"https://{HOST}.evil.example"),
        ("origin", f"https://{HOST}:8443"),
        ("sec-fetch-site", "cross-site"),
        ("sec-fetch-site", "same-site"),
    ):
        yield Sent(f"{header}: {value}", url, body, headers=(IS_FORM, (header, value)))
    for kind in ("application/json", "text/plain", "multipart/form-data; boundary=x", "", "text/xml", f"x{FORM}"):
        yield Sent(f"content-type {kind!r}", url, body, headers=(("content-type", kind),))
    for length in ("-1", "99999999999999999999", "1e9", "abc", "70000"):
        yield Sent(f"content-length {length}", url, body, headers=(IS_FORM, ("content-length", length)))
    yield Sent("an override of the method", url, b"", "GET", (("x-http-method-override", "POST"),))


def _bodies(url: str, body: bytes) -> Iterator[Sent]:
    yield Sent("a body over 64 KB", url, body + b"&a=" + b"x" * 70_000, headers=(IS_FORM, ("content-length", "10")))
    yield Sent("over 2,000 fields", url, body + b"&a=1" * 2100)
    yield Sent("bytes that are no UTF-8", url, body + b"&a=%ff%fe")
    yield Sent("half a surrogate", url, body + b"&a=%ed%a0%80")
    yield Sent("a zero byte in a name", url, body + b"&a%00b=1")
    yield Sent("nothing", url, b"")
    yield Sent("JSON sent as a form", url, b'{"age": 30}')


def _links(root: str, url: str, body: bytes) -> Iterator[Sent]:
    link = root.rpartition("/")[2]
    for at in range(0, len(link), 3):
        for letter in "Ab_":
            if link[at] != letter:
                changed = link[:at] + letter + link[at + 1 :]
                yield Sent(f"a link with {letter} at {at}", url.replace(link, changed), body)
    others = {
        "a link of zeros": "A" * len(link),
        "a link cut off": link[:-1],
        "a link with something behind it": link + "A",
        "a link in capitals": link.upper(),
        "a link padded": link + "=",
        "a link of the id alone": NOBODY,
        "a link that climbs": "..%2f..",
        "a link of dots": "...",
        "a link in another script": "й" * 20,
        "a very long link": "A" * 9000,
        "a link with a line break": link + "%0d%0aX-Evil:1",
        "a link for another study": sign(Keys("other", KEYS.secrets), Purpose.INTERVIEW, NOBODY),
        "a link to nobody": sign(KEYS, Purpose.INTERVIEW, NOBODY),
        "an invitation as a link": sign(KEYS, Purpose.INVITATION, NOBODY),
        "an expired link": sign(KEYS, Purpose.INTERVIEW, NOBODY, 60),
    }
    yield from (Sent(what, url.replace(link, other), body) for what, other in others.items())
