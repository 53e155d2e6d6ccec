"""What the answers said, kept between builds: estimates, bases and tables, so that a changed sentence counts nothing anew.

Every chapter is read, and every number in it judged, in every build. Kept is what only the answers can tell, and what the rules of
language found in a chapter of which no letter and no number has changed. It is kept for one *world*, the digest of all it can depend
on: the study as read (without its chapters, charts, books and colours, which no number can see), the weighted answers, the diagnostics
of the weights, and the code of posad with the libraries that count. When any of these changes, the whole book is another.

The book lies in ``build/cache``, may be deleted at any time, begins with its own digest, and is read by types; a damaged one counts as
none. A value just computed is handed on as it would be read back, so that the bytes of a report are the same with the book and without.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, TypeVar, cast

import posad
from posad.core.digests import digest_bytes, digest_of
from posad.core.reading.plain import codec
from posad.study.plans.seeing import digest_for_numbers
from posad.study.plans.values import Study

FOLDER = "build/cache/answers"
COUNTING = ("duckdb", "numpy", "markdown-it-py", "jinja2", "pydantic", "pyyaml")

T = TypeVar("T")


@cache
def way_of_counting() -> str:
    """Return a digest of the files of posad, code and templates alike, and of the libraries it counts and writes with.

    A new version reads no old book, and what an older one drew or counted is made anew.
    """
    room = Path(posad.__file__).parent
    code: dict[str, str] = {}
    for folder, inside, names in os.walk(room):
        inside[:] = [name for name in inside if name != "__pycache__"]
        for name in names:
            path = Path(folder, name)
            code[path.relative_to(room).as_posix()] = digest_bytes(path.read_bytes())
    return digest_of([posad.__version__, code, sys.version, {name: _version(name) for name in COUNTING}])


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""


def world_of(study: Study, data: str, simulated: bool) -> str:
    """Return the digest of all that an estimate can depend on.

    Args:
        study: The study.
        data: A digest of the weighted answers and of how they were weighted.
        simulated: Whether the respondents are simulated.
    """
    return digest_of([way_of_counting(), digest_for_numbers(study), data, simulated])


class Book:
    """The kept values of one world. Read whole when it is first asked; written whole by :meth:`save`."""

    def __init__(self, folder: Path, world: str) -> None:
        self._path = folder / FOLDER / f"{world[:40]}.json"
        self._plain: dict[str, Any] | None = None
        self._values: dict[str, Any] = {}
        self._new = False

    def recall(self, kind: type[T], key: str, make: Callable[[], T]) -> T:
        """Return the value kept under a key, or make and keep it.

        Args:
            kind: Its type, by which it is read.
            key: What it is, among all values of this world.
            make: Computes it.
        """
        if key in self._values:
            return cast(T, self._values[key])
        if self._plain is None:
            self._plain = self._open()
        write, read = codec(cast(Any, kind))
        try:
            value = read(self._plain[key])
        except (KeyError, ValueError):
            self._plain[key] = write(make())
            self._new = True
            value = read(self._plain[key])
        self._values[key] = value
        return cast(T, value)

    def save(self, less: str = "") -> None:
        """Write the book if anything was added, and remove those of other worlds; a place that cannot be written costs only time.

        Args:
            less: What begins the keys of values that are dropped where nobody asked for them: those of texts that were changed since.
        """
        if self._plain is None:
            return
        for key in [k for k in self._plain if less and k.startswith(less) and k not in self._values]:
            del self._plain[key]
            self._new = True
        if not self._new:
            return
        body = json.dumps(self._plain, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
        beside = self._path.with_name(f".{self._path.name}.{os.getpid()}")
        with suppress(OSError):
            self._path.parent.mkdir(parents=True, exist_ok=True)
            beside.write_text(f"{digest_bytes(body.encode())}\n{body}", encoding="utf-8", newline="\n")
            beside.replace(self._path)
            self._new = False
            for other in self._path.parent.iterdir():
                if other != self._path:
                    other.unlink(missing_ok=True)

    def _open(self) -> dict[str, Any]:
        try:
            head, _, body = self._path.read_bytes().partition(b"\n")
            found = json.loads(body) if head.decode("ascii", "replace") == digest_bytes(body) else {}
        except (OSError, ValueError):
            return {}
        return found if isinstance(found, dict) else {}
