"""A browser without a network: it sends requests straight to an application and keeps its cookies."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor

import httpx
from starlette.applications import Starlette


class Visitor:
    """A browser at ``https://monitor.example``; it follows nothing by itself."""

    def __init__(self, app: Starlette) -> None:
        self.app = app
        self.cookies = httpx.Cookies()

    def get(self, path: str) -> httpx.Response:
        """Ask for a page."""
        return self._sent("GET", path, None)

    def post(self, path: str, data: Mapping[str, str]) -> httpx.Response:
        """Post a form."""
        return self._sent("POST", path, data)

    def _sent(self, method: str, path: str, data: Mapping[str, str] | None) -> httpx.Response:
        with ThreadPoolExecutor(1) as aside:  # a browser of the same session may have a loop in this thread
            return aside.submit(lambda: asyncio.run(self._send(method, path, data))).result()

    async def _send(self, method: str, path: str, data: Mapping[str, str] | None) -> httpx.Response:
        transport = httpx.ASGITransport(self.app)
        async with httpx.AsyncClient(
            transport=transport, base_url="https://monitor.example", cookies=self.cookies
        ) as client:
            answer = await client.request(method, path, data=data)
            self.cookies = client.cookies
            return answer
