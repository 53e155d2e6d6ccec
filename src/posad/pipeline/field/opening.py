"""A study and its ledger opened for those who run the field, beside the site that serves it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from posad.core.place import Place
from posad.core.problems import Problem, problem
from posad.fieldwork.ledger import Ledger, open_ledger
from posad.fieldwork.values import Unavailable

LEDGER = "field/ledger.sqlite"


@contextmanager
def opened(folder: Path, database: str = "") -> Iterator[tuple[Ledger | None, list[Problem]]]:
    """Open the ledger of a study, which a site may be serving meanwhile; where there is none, say so and make none."""
    where: str | Path = database or folder / LEDGER
    if isinstance(where, Path) and not where.exists():
        yield None, [problem("field-no-ledger", Place(LEDGER), name=LEDGER)]
        return
    try:
        ledger = open_ledger(where, folder.resolve().name)
    except Unavailable as error:
        yield None, [error.problem]
        return
    with ledger:
        yield ledger, []
