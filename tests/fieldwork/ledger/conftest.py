"""Every test of the ledger is made on each database."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tests.postgres import Cluster

from posad.fieldwork.ledger import Ledger, open_ledger


@pytest.fixture(params=["sqlite", "postgresql"])
def where(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Name an empty database: a file, or a database of a private server."""
    if request.param == "sqlite":
        return str(tmp_path / "ledger.sqlite")
    cluster: Cluster = request.getfixturevalue("postgres")
    return cluster.database()


@pytest.fixture
def ledger(where: str) -> Iterator[Ledger]:
    """Open an empty ledger."""
    with open_ledger(where, "town") as opened:
        yield opened


@pytest.fixture
def again(where: str) -> Callable[[], Ledger]:
    """Return a function that opens the same ledger once more."""
    return lambda: open_ledger(where, "town")
