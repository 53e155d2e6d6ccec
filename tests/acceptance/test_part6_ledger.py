"""The acceptance of the ledger: races for places, faults of disk and database."""

from __future__ import annotations

import multiprocessing
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack
from pathlib import Path

from tests.acceptance.field_races import HOLD, NOW, PLACES, Told, alone, prepared, several
from tests.postgres import Cluster

from posad.fieldwork.ledger import open_ledger, reading
from posad.fieldwork.ledger.commands import Rebuild, Tick
from posad.fieldwork.values import Status

SEEDS = range(20)


def assert_sound(where: str, told: list[Told]) -> int:
    """Assert what must hold after a race, once the time of all places has passed; return how many completes there are."""
    with open_ledger(where, "race", patience=60) as ledger:
        for minute in range(int(HOLD / 60) + 2):
            ledger.do(Tick(NOW + 1e7 + 60 * minute))
        with ledger.reading() as tx:
            counts = reading.counts(tx)
            complete = {i.id for i in reading.interviews(tx, [Status.COMPLETE])}
            pages = sum(1 for _ in reading.all_pages(tx))
        assert ledger.do(Rebuild(NOW)) == {}, "counters equal a rebuild"
    over = {c.cell.id: c.done for c in counts if c.cell.limit is not None and c.done > c.cell.limit}
    assert over == {}, "no cell is over its limit"
    assert sum(c.held for c in counts) == 0, "no reservation is left"
    assert complete == set().union(*(t.complete for t in told)), "acknowledged completes are those there are"
    assert pages == sum(t.pages for t in told), "every acknowledged page is there once"
    return len(complete)


def test_6b_sqlite(tmp_path: Path) -> None:
    """Eight processes race for 1,000 places of one SQLite file under 20 seeds: nothing over-filled, lost or left reserved."""
    reached, lapsed, full = [], 0, 0
    with ProcessPoolExecutor(8, multiprocessing.get_context("spawn")) as pool:
        for seed in SEEDS:
            where = str(tmp_path / f"{seed}.sqlite")
            prepared(where)
            runs = [pool.submit(alone, where, seed, who) for who in range(8)]
            told = [r.result() for r in runs]
            reached.append(assert_sound(where, told))
            lapsed += sum(t.lapsed for t in told)
            full += sum(t.full for t in told)

    assert min(reached) > 0.9 * PLACES, "places were really fought for"
    assert min(full, lapsed) > 0, "some found no room, some came back too late"


def emptied(where: str) -> None:
    """Empty the ledger of the last race, so that its 32 connections can stay open."""
    import psycopg

    with psycopg.connect(where, autocommit=True) as connection:
        connection.execute("TRUNCATE interview, page, cell, event")


def test_6b_postgresql(postgres: Cluster) -> None:
    """Thirty-two connections race for 1,000 places of one PostgreSQL database under 20 seeds, with the same result."""
    reached, lapsed, full = [], 0, 0
    where = postgres.database()
    with ExitStack() as stack:
        spawn = multiprocessing.get_context("spawn")
        pools = [stack.enter_context(ProcessPoolExecutor(1, spawn)) for _ in range(4)]  # eight connections each
        for seed in SEEDS:
            prepared(where)
            runs = [pool.submit(several, where, seed, 8 * n) for n, pool in enumerate(pools)]
            told = [t for r in runs for t in r.result()]
            reached.append(assert_sound(where, told))
            emptied(where)
            lapsed += sum(t.lapsed for t in told)
            full += sum(t.full for t in told)

    assert min(reached) > 0.9 * PLACES, "places were really fought for"
    assert min(full, lapsed) > 0, "some found no room, some came back too late"
