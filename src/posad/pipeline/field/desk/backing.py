"""A running field copied aside: the ledger and the book of the monitor as they are at one moment, and the keys of the links."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from posad.core.place import Place
from posad.core.problems import Problem, problem
from posad.fieldwork.ledger.engines.sqlite import Sqlite
from posad.fieldwork.values import Unavailable
from posad.pipeline.field.desk.monitoring import BOOK
from posad.pipeline.field.opening import LEDGER

KEYS = "field/keys"


@dataclass(frozen=True, slots=True)
class BackedUp:
    """What was copied, by the names it has in the study."""

    problems: tuple[Problem, ...]
    files: tuple[str, ...] = ()


def back_up(folder: Path, into: Path) -> BackedUp:
    """Copy the files of a field into an empty or new folder; copied over the study's, they are the field as it was then.

    The site and the monitor may go on meanwhile. A ledger in PostgreSQL is copied by ``pg_dump``.
    """
    if not (folder / LEDGER).exists():
        return BackedUp((problem("field-no-ledger", Place(LEDGER), name=LEDGER),))
    if into.exists() and any(into.iterdir()):
        return BackedUp((problem("backup-not-empty", Place(into.name), name=into.name),))
    done: list[str] = []
    try:
        into.mkdir(mode=0o700, parents=True, exist_ok=True)
        for name in (LEDGER, BOOK):
            if (folder / name).exists():
                engine = Sqlite(folder / name, ())
                try:
                    engine.backup(into / Path(name).name)
                finally:
                    engine.close()
                done.append(name)
        if (folder / KEYS).exists():
            handle = os.open(into / Path(KEYS).name, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(handle, "wb") as out:
                out.write((folder / KEYS).read_bytes())
            done.append(KEYS)
    except Unavailable as error:
        return BackedUp((error.problem,), tuple(done))
    except OSError as error:
        reason = error.strerror or str(error)
        return BackedUp((problem("ledger-not-opened", Place(into.name), file=into.name, reason=reason),), tuple(done))
    return BackedUp((), tuple(done))
