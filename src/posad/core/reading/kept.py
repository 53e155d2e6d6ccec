"""Texts kept on the disk from one build to the next, such as drawn pictures: read again only when they are whole.

Who keeps a text names it by the digest of all it is made from, so that what is stale has another name. A kept text begins with its own
digest: a damaged one counts as none. The folder may be deleted at any time, and one that cannot be written costs only time.
"""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from posad.core.digests import digest_bytes


class Shelf:
    """A folder of kept texts that remembers which of them were wanted."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._wanted: set[str] = set()

    def want(self, name: str) -> None:
        """Let a text stay, without reading it."""
        self._wanted.add(name)

    def get(self, name: str) -> str | None:
        """Return the text of a name; nothing where there is none or it is damaged."""
        self.want(name)
        try:
            head, _, body = (self._folder / name).read_bytes().partition(b"\n")
            return body.decode("utf-8") if head.decode("ascii") == digest_bytes(body) else None
        except (OSError, ValueError):
            return None

    def put(self, name: str, text: str) -> None:
        """Keep a text under a name."""
        self.want(name)
        data = text.encode("utf-8")
        beside = self._folder / f".{name}.{os.getpid()}"
        with suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True)
            beside.write_bytes(digest_bytes(data).encode("ascii") + b"\n" + data)
            beside.replace(self._folder / name)

    def forget(self) -> None:
        """Remove what nobody wanted since this shelf was opened."""
        for path in self._folder.iterdir() if self._folder.is_dir() else ():
            if path.name not in self._wanted:
                with suppress(OSError):
                    path.unlink(missing_ok=True)
