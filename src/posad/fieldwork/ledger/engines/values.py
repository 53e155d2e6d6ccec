"""What a database must be able to do to hold a ledger: run a batch of commands as one transaction, read beside it."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from typing import Protocol

from posad.core.problems import Problem

Parameter = str | int | float | None
Row = tuple[object, ...]


class Tx(Protocol):
    """An open transaction; ``?`` stands for a parameter."""

    def run(self, sql: str, parameters: Sequence[Parameter] = ()) -> int:
        """Carry a statement out; return how many rows it changed."""
        ...

    def many(self, sql: str, rows: Sequence[Sequence[Parameter]]) -> None:
        """Carry a statement out once for each row of parameters."""
        ...

    def all(self, sql: str, parameters: Sequence[Parameter] = ()) -> list[Row]:
        """Return all rows of a query."""
        ...


class Engine(Protocol):
    """A database that guards itself: a connection that breaks is opened anew."""

    def begin(self) -> Tx:
        """Open a transaction beside which nobody else writes."""
        ...

    def commit(self) -> None:
        """Make everything since :meth:`begin` durable, or raise."""
        ...

    def rollback(self) -> None:
        """Forget everything since :meth:`begin`; never raises."""
        ...

    def reading(self) -> AbstractContextManager[Tx]:
        """Open a view of one moment for reading, beside which others may write; from any thread."""
        ...

    def explain(self, error: BaseException) -> Problem | None:
        """Return what an error of the database means for its owner; None for an error that is not the database's."""
        ...

    def close(self) -> None:
        """Let go of the database."""
        ...
