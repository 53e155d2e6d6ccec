"""The least of HTTP/1.1 that a rehearsal needs: one connection kept open, forms posted, answers read whole.

A rehearsal makes a hundred requests a respondent; a general client spends several times what the site does on each.
"""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from posad.fieldwork.values import AGENT

FORM = "application/x-www-form-urlencoded"
LARGEST = 4 * 1024 * 1024  # bytes of an answer
WAIT = 30.0  # seconds for an answer


class Unreachable(Exception):
    """The site could not be reached, or did not speak HTTP."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a site answered."""

    code: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def to(self) -> str:
        """Where a redirect leads, or an empty text."""
        return self.headers.get("location", "") if 300 <= self.code < 400 else ""


@dataclass(slots=True)
class Connection:
    """One connection to a site, opened again where the site has closed it."""

    origin: str  # "http://127.0.0.1:8080"
    agent: str = AGENT
    _reader: asyncio.StreamReader | None = field(default=None, repr=False)
    _writer: asyncio.StreamWriter | None = field(default=None, repr=False)

    async def get(self, path: str) -> Answer:
        """Ask for a page."""
        return await self._ask("GET", path, b"")

    async def post(self, path: str, body: bytes) -> Answer:
        """Post a form."""
        return await self._ask("POST", path, body)

    async def close(self) -> None:
        """Let the connection go."""
        writer, self._reader, self._writer = self._writer, None, None
        if writer is not None:
            writer.close()
            try:
                await writer.wait_closed()
            except OSError:
                return

    async def _ask(self, method: str, path: str, body: bytes) -> Answer:
        """Send a request; one whose connection turns out closed is sent once more: the site takes a page's post once."""
        again = self._writer is not None
        try:
            return await asyncio.wait_for(self._exchange(method, path, body), WAIT)
        except (OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError, TimeoutError, ValueError) as error:
            await self.close()
            if again:
                return await self._ask(method, path, body)
            raise Unreachable(f"{self.origin}: {error or type(error).__name__}") from error

    async def _exchange(self, method: str, path: str, body: bytes) -> Answer:
        parts = urlsplit(self.origin)
        if self._reader is None or self._writer is None:
            secure = ssl.create_default_context() if parts.scheme == "https" else None
            port = parts.port or (443 if secure else 80)
            self._reader, self._writer = await asyncio.open_connection(parts.hostname, port, ssl=secure)
        lines = [f"{method} {path} HTTP/1.1", f"Host: {parts.netloc}", f"User-Agent: {self.agent}"]
        if method == "POST":
            lines += [f"Content-Type: {FORM}", f"Content-Length: {len(body)}", f"Origin: {self.origin}"]
        self._writer.write("\r\n".join((*lines, "", "")).encode("ascii") + body)
        answer = await _read(self._reader)
        if answer.headers.get("connection", "").lower() == "close":
            await self.close()
        return answer


async def _read(reader: asyncio.StreamReader) -> Answer:
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
    code = int(head[0].split(" ", 2)[1])
    headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in head[1:] if line)}
    if headers.get("transfer-encoding", "").lower() == "chunked":
        return Answer(code, headers, await _chunks(reader))
    length = int(headers.get("content-length", "0"))
    if length > LARGEST:
        raise ValueError(f"an answer of {length} bytes")
    return Answer(code, headers, await reader.readexactly(length) if length else b"")


async def _chunks(reader: asyncio.StreamReader) -> bytes:
    found = bytearray()
    while size := int((await reader.readline()).split(b";")[0], 16):
        found += await reader.readexactly(size)
        await reader.readline()
        if len(found) > LARGEST:
            raise ValueError("an endless answer")
    while (await reader.readline()).strip():
        continue
    return bytes(found)
