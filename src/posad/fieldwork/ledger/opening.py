"""A study's ledger opened where its owner put it: a file of SQLite, or a database of PostgreSQL by its URL."""

from __future__ import annotations

from pathlib import Path

from posad.core.place import Place
from posad.core.problems import problem
from posad.fieldwork.ledger.engines.values import Engine
from posad.fieldwork.ledger.ledger import Ledger
from posad.fieldwork.ledger.schema import BEGINNING, FORMAT, TABLES
from posad.fieldwork.values import Unavailable

POSTGRES = ("postgresql://", "postgres://")


def open_ledger(where: str | Path, study: str, *, alone: bool = False, patience: float = 10.0) -> Ledger:
    """Open the ledger of a study, making it where there is none.

    Args:
        where: A path, or ``postgresql://…``.
        study: The study's name; a ledger belongs to one study and refuses another.
        alone: Claim it for one server; the claim ends with the process.
        patience: How many seconds to wait for another's lock.

    Raises:
        Unavailable: with the reason, when it can't be opened, is another study's, or another server has it.
    """
    engine = open_engine(where, TABLES, alone=alone, patience=patience)
    try:
        _begun(engine, study)
    except BaseException as error:
        engine.rollback()
        found = error.problem if isinstance(error, Unavailable) else engine.explain(error)
        engine.close()
        if found is not None:
            raise Unavailable(found) from error
        raise
    return Ledger(engine)


def open_engine(where: str | Path, tables: tuple[str, ...], *, alone: bool = False, patience: float = 10.0) -> Engine:
    """Open a database with its tables."""
    if str(where).startswith(POSTGRES):
        from posad.fieldwork.ledger.engines.postgres import Postgres

        return Postgres(str(where), tables, alone=alone, patience=patience)
    from posad.fieldwork.ledger.engines.sqlite import Sqlite

    return Sqlite(Path(where), tables, alone=alone, patience=patience)


def _begun(engine: Engine, study: str) -> None:
    with engine.reading() as tx:
        rows = tx.all("SELECT format, study FROM state")
    if not rows:
        engine.begin().run(BEGINNING, (FORMAT, study))
        engine.commit()
        with engine.reading() as tx:
            rows = tx.all("SELECT format, study FROM state")
    format, owner = rows[0]
    if format != FORMAT:
        raise Unavailable(problem("ledger-format", Place("ledger"), got=str(format), needed=FORMAT))
    if owner != study:
        raise Unavailable(problem("ledger-other-study", Place("ledger"), name=str(owner), study=study))
