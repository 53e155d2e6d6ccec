"""The monitor of a study's field, opened beside the site that serves it."""

from __future__ import annotations

import importlib.util
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from posad.core.place import Place
from posad.core.problems import Problem, problem
from posad.core.speech import has_errors
from posad.fieldwork.ledger.desk import DeskBook
from posad.fieldwork.values import Unavailable
from posad.pipeline.field.opening import opened
from posad.study.folder.facts import read_facts

if TYPE_CHECKING:
    from posad.fieldwork.monitor.app import Monitor

BOOK = "field/monitor.sqlite"
NEEDED = ("starlette", "uvicorn", "argon2")


def missing() -> list[Problem]:
    """Return a problem naming the extra to install, where a package is missing that the monitor needs."""
    absent = [name for name in NEEDED if importlib.util.find_spec(name) is None]
    return [problem("field-extra-missing", Place("posad"), missing=", ".join(absent), extra="field")] if absent else []


def open_book(folder: Path) -> tuple[DeskBook | None, list[Problem]]:
    """Open the book of accounts of a study's monitor, making it where there is none."""
    try:
        (folder / BOOK).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        return DeskBook(folder / BOOK), []
    except Unavailable as error:
        return None, [error.problem]
    except OSError as error:
        return None, [problem("ledger-not-opened", Place(BOOK), file=BOOK, reason=error.strerror or str(error))]


def add_account(folder: Path, name: str, role: str, password: str, at: float, who: str) -> tuple[str, list[Problem]]:
    """Make an account of the monitor; return the address of its second factor, and what is wrong."""
    problems = missing()
    if problems:
        return "", problems
    from posad.fieldwork.monitor.accounts import LEAST, make_account
    from posad.fieldwork.monitor.codes import address

    if len(password) < LEAST or not name.strip():
        return "", [problem("monitor-password", Place(BOOK), least=LEAST)]
    book, problems = open_book(folder)
    if book is None:
        return "", problems
    try:
        return address(make_account(book, name, role, password, at, who), name, folder.resolve().name), []
    except Unavailable as error:
        return "", [error.problem]
    finally:
        book.close()


@contextmanager
def monitor(
    folder: Path, database: str = "", *, secure: bool = False, clock: Callable[[], float] = time.time
) -> Iterator[tuple[Monitor | None, list[Problem]]]:
    """Open what the monitor of a study looks at; nothing, with what is wrong, where it can't be."""
    facts, problems = read_facts(folder)
    problems = [*missing(), *(problems if has_errors(problems) else [])]
    with opened(folder, database) as (ledger, wrong):
        book, more = open_book(folder) if ledger is not None and not problems else (None, [])
        if ledger is None or book is None or problems:
            yield None, [*problems, *wrong, *more]
            return
        from posad.fieldwork.monitor.app import Monitor

        try:
            yield Monitor(ledger, book, facts.title.get(facts.languages[0]), clock, secure), []
        finally:
            book.close()
