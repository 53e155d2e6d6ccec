"""Links nobody can make but the server: random ids, signed addresses, tickets to begin with, tokens of pages, exits to hosts on a list.

An address carries 128 random bits and a signature (HMAC-SHA-256) over its purpose, the study, the id and the last day it holds;
whoever changes a letter of it has an address that leads nowhere, and every address that leads nowhere gets the same answer. The
token of a page is what makes a post from another site worthless, and a post sent twice harmless.

To add a purpose: 1. a ``Purpose``; 2. :func:`sign` where the link is made; 3. :func:`read` where it is opened.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
import re
import secrets
from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

MAC = 16  # bytes of a signature that are kept: 128 bits
MINUTE = 60
_HEAD = 8  # bytes before the id: name of the key, last minute
_ID = re.compile(r"[0-9a-f]{32}")
_TOKEN = re.compile(r"(0|[1-9][0-9]{0,8})\.([A-Za-z0-9_-]{22})")


class Purpose(StrEnum):
    """What an address is for; an address of one purpose opens nothing of another."""

    INTERVIEW = "interview"  # to go on with an interview, on any device
    START = "start"  # to begin one: stands in the form of the first page
    INVITATION = "invitation"  # a personal invitation


@dataclass(frozen=True, slots=True)
class Keys:
    """The secrets of one study's links: the first signs, all of them open, so that a key can be changed in the field."""

    study: str
    secrets: tuple[bytes, ...]

    def __repr__(self) -> str:
        return f"Keys({self.study!r}, {len(self.secrets)} secret)"  # never the secrets: values are printed in errors


def new_id() -> str:
    """Return an id nobody can guess: 128 random bits in hexadecimal.

    >>> len(new_id())
    32
    """
    return secrets.token_hex(16)


def is_id(text: str) -> bool:
    """Tell whether a text has the form of an id.

    >>> is_id("0" * 32), is_id("../" + "0" * 29)
    (True, False)
    """
    return _ID.fullmatch(text) is not None


def keys_from(file: Path, study: str) -> Keys:
    """Return the secrets kept in a file, one a line in hexadecimal; the file is made, for its owner's eyes only, if there is none.

    Raises:
        ValueError: when a line is no secret of at least 128 bits.
    """
    if not file.exists():
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL
        try:
            with os.fdopen(os.open(file, flags, 0o600), "w", encoding="ascii") as made:
                made.write(secrets.token_hex(32) + "\n")
        except FileExistsError:
            pass  # another server of the study made it in this moment
    lines = [line.strip() for line in file.read_text(encoding="utf-8").splitlines()]
    kept = tuple(bytes.fromhex(line) for line in lines if line and not line.startswith("#"))
    if not kept or any(len(secret) < MAC for secret in kept):
        raise ValueError(f"{file.name}: a secret has at least 32 hexadecimal digits, one a line")
    return Keys(study, kept)


def _mac(secret: bytes, *parts: str) -> bytes:
    """Return the signature of a list of texts; their lengths are part of it, so that no two lists read alike."""
    begun = _keyed(secret).copy()  # a key is prepared once: several links are signed and read for every post
    for part in parts:
        data = part.encode()
        begun.update(len(data).to_bytes(4, "big") + data)
    return begun.digest()[:MAC]


@cache
def _keyed(secret: bytes) -> hmac.HMAC:
    return hmac.new(secret, b"", "sha256")


@cache
def _name(secret: bytes) -> bytes:
    return hashlib.sha256(b"name of a key\x1f" + secret).digest()[:4]


def _text(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode("ascii")


def _bytes(text: str) -> bytes | None:
    """Return the bytes behind a text, or nothing where it is not exactly what :func:`_text` would write."""
    try:
        data = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except ValueError:
        return None
    return data if _text(data) == text else None


def sign(keys: Keys, purpose: Purpose, id: str, expires: int = 0) -> str:
    """Return the signed form of an id for an address: 59 signs that are safe in URLs.

    Args:
        keys: The study's secrets.
        purpose: What the address is for.
        id: An id of :func:`new_id`.
        expires: Seconds of the epoch when it stops to open (rounded up to a minute); 0 is never.
    """
    minutes = -(-expires // MINUTE)
    head = _name(keys.secrets[0]) + minutes.to_bytes(4, "big")
    return _text(head + bytes.fromhex(id) + _mac(keys.secrets[0], purpose, keys.study, id, str(minutes)))


def read(keys: Keys, purpose: Purpose, text: str, now: float) -> str | None:
    """Return the id behind a signed address, or nothing: unknown, foreign, expired and changed ones are told apart nowhere."""
    data = _bytes(text) if len(text) < 100 and text.isascii() else None
    if data is None or len(data) != _HEAD + 16 + MAC:
        return None
    id, minutes = data[_HEAD : _HEAD + 16].hex(), int.from_bytes(data[4:_HEAD], "big")
    for secret in keys.secrets:
        if _name(secret) == data[:4]:
            right = _mac(secret, purpose, keys.study, id, str(minutes))
            good = hmac.compare_digest(right, data[_HEAD + 16 :])
            return id if good and (minutes == 0 or now < minutes * MINUTE) else None
    return None


def invited(ticket: str) -> str:
    """Return under what an invitation counts once, as the ledger is told it."""
    return f"invitation\x1f{ticket}"


def interview_of(keys: Keys, ticket: str) -> str:
    """Return the id of the interview a ticket begins: the same for the same ticket, and not to be guessed from it.

    A first page posted twice, by a double click or from two windows, so begins one interview.
    """
    return _mac(keys.secrets[-1], "interview of a ticket", keys.study, ticket).hex()


def page_token(keys: Keys, interview: str, page: str, revision: int) -> str:
    """Return the token of a page as it is shown: ``revision`` is how many times the page has been saved by then."""
    return f"{revision}.{_text(_mac(keys.secrets[0], 'page', keys.study, interview, page, str(revision)))}"


def read_page_token(keys: Keys, interview: str, page: str, token: str) -> int | None:
    """Return the revision a token was given for, or nothing where it was not given for this page of this interview."""
    form = _TOKEN.fullmatch(token) if len(token) < 40 else None
    data = _bytes(form[2]) if form is not None else None
    if form is None or data is None:
        return None
    told = ("page", keys.study, interview, page, form[1])
    good = [hmac.compare_digest(_mac(secret, *told), data) for secret in keys.secrets]
    return int(form[1]) if any(good) else None


def signature(secret: str, text: str) -> str:
    """Return the signature panels ask for: HMAC-SHA-256 of a text in UTF-8, in hexadecimal.

    >>> signature("key", "The quick brown fox jumps over the lazy dog")[:16]
    'f7bc83f430538424'
    """
    return hmac.new(secret.encode(), text.encode("utf-8", "surrogatepass"), hashlib.sha256).hexdigest()


def same(one: str, other: str) -> bool:
    """Tell whether two signatures are the same, in a time that does not tell where they differ."""
    return hmac.compare_digest(one.encode("utf-8", "surrogatepass"), other.encode("utf-8", "surrogatepass"))


def allowed(url: str, hosts: Collection[str]) -> bool:
    """Tell whether an exit leads where it may: https, to a host on the list, with no name or password in the address.

    >>> allowed("https://panel.example/done?id=1", ["panel.example"])
    True
    >>> allowed("https://panel.example@evil.example/", ["panel.example"])
    False
    """
    if any(ord(sign) <= 32 or sign == "\\" for sign in url):
        return False
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return False
    local = parts.hostname in ("localhost", "127.0.0.1")
    if parts.scheme != "https" and not (parts.scheme == "http" and local):
        return False
    host = parts.hostname or ""
    named = f"{host}:{port}" if port is not None else host
    return parts.username is None and parts.password is None and (named in hosts or (host in hosts and port is None))
