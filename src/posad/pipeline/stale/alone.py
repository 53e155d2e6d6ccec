"""Who may write into ``build/``: one process at a time, builds and those who only ask alike.

A second build is refused at once, because what it would make is being made. Whoever only asks waits for a build to end, and a build
waits for those who ask, who are soon done. A process that was killed lets go by itself.
"""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import wraps
from pathlib import Path
from typing import Concatenate, ParamSpec, TextIO, TypeVar

from posad.core.place import Place
from posad.core.problems import Problem, problem

FOLDER = "build"
ASKS = "asks"  # what somebody who only asks writes behind its number

P = ParamSpec("P")
R = TypeVar("R")
_held: set[Path] = set()  # by this process


@contextmanager
def alone(folder: Path, *, asks: bool = False) -> Iterator[Problem | None]:
    """Hold the lock of a study's build folder, or give the problem that somebody else builds there.

    Args:
        folder: The study's folder.
        asks: Whether the holder only asks something of the study, and refreshes what its answers were made into: it waits for its
            turn. Where nothing is built, or nothing can be written, it needs none.
    """
    own = folder.resolve()
    file = _opened(folder, asks) if own not in _held else None
    if file is None:
        yield None
        return
    with file:
        holder = _take(file, asks)
        if holder is not None:
            yield problem("build-folder-busy", Place(FOLDER), why=holder or "?")
            return
        with suppress(OSError):  # who holds it is only told to others
            file.truncate(0)
            file.write(f"{os.getpid()} {ASKS}\n" if asks else f"{os.getpid()}\n")
            file.flush()
        _held.add(own)
        try:
            yield None
        finally:
            _held.discard(own)


def asking(verb: Callable[Concatenate[Path, P], R]) -> Callable[Concatenate[Path, P], R]:
    """Return a verb that takes a study's folder first and only asks of it, done while nobody else writes into its ``build/``."""

    @wraps(verb)
    def waiting(folder: Path, /, *args: P.args, **named: P.kwargs) -> R:
        with alone(folder, asks=True):
            return verb(folder, *args, **named)

    return waiting


def _opened(folder: Path, asks: bool) -> TextIO | None:
    """Return the open lock file; nothing where who asks needs none."""
    path = folder / FOLDER / ".lock"
    if asks and not ((folder / FOLDER).is_dir() or (folder / "answers").is_dir()):
        return None
    try:
        path.parent.mkdir(exist_ok=True)
        return path.open("a+", encoding="utf-8")
    except OSError:
        if asks:
            return None  # nobody can write here; what must be written and cannot is told where it is tried
        raise


def _take(file: TextIO, asks: bool) -> str | None:
    """Take the lock, waiting where it is due; return who holds it where it could not be taken."""
    try:
        if _lock(file, wait=asks):
            return None
    except OSError:
        if asks:
            return None  # a disk that knows no locks
        raise
    file.seek(0)
    holder = file.read().strip()
    return None if holder.endswith(ASKS) and _lock(file, wait=True) else holder


def _lock(file: TextIO, *, wait: bool) -> bool:
    """Lock an open file for this process; tell whether it could be."""
    try:
        if sys.platform == "win32":
            import msvcrt

            file.seek(0)
            msvcrt.locking(file.fileno(), msvcrt.LK_LOCK if wait else msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
    except OSError as error:
        if error.errno in (errno.EACCES, errno.EAGAIN, errno.EDEADLK):
            return wait and _lock(file, wait=True)
        raise
    return True
