"""Templates compiled once and kept as Python keeps its modules: beside them in ``__pycache__``, which no study can reach.

A kept template counts only where its source, the settings it was compiled with, and the versions of Python and of the compiler are the
same. Where the folder cannot be written, or Python was told to keep no bytecode, templates are compiled each time.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from contextlib import suppress
from importlib.util import cache_from_source
from io import BytesIO
from pathlib import Path

import jinja2
from jinja2.bccache import Bucket, BytecodeCache

from posad.core.digests import digest_bytes, digest_of

FOLDER = Path(cache_from_source(str(Path(__file__).parent.parent / "templates" / "page.py"))).parent


class Compiled(BytecodeCache):
    """The compiled templates of a folder; one that is damaged, or was compiled in another way, is compiled again.

    Args:
        settings: How they are compiled.
        folder: Where they are kept.
    """

    def __init__(self, settings: Mapping[str, bool], folder: Path = FOLDER) -> None:
        self._way = digest_of([settings, jinja2.__version__, sys.version]).encode("ascii")
        self._folder = folder

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill a bucket with the kept code of its template, where there is any and it is whole."""
        with suppress(OSError):
            head, _, body = (self._folder / f"{bucket.key}.bc").read_bytes().partition(b"\n")
            if head == self._head(body):
                bucket.load_bytecode(BytesIO(body))

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep the code of a template; a folder that cannot be written costs only time."""
        if sys.dont_write_bytecode:
            return
        body = bucket.bytecode_to_string()
        beside = self._folder / f".{bucket.key}.{os.getpid()}"
        with suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True)
            beside.write_bytes(self._head(body) + b"\n" + body)
            beside.replace(self._folder / f"{bucket.key}.bc")

    def _head(self, body: bytes) -> bytes:
        return digest_bytes(self._way + body).encode("ascii")
