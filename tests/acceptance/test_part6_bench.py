"""The acceptance of the speed of fieldwork: the load test runs on both databases, and the dated result keeps its bounds."""

from __future__ import annotations

import json
from pathlib import Path

from benchmarks.fieldwork import WATCHED, Run, measured

RESULTS = Path(__file__).resolve().parents[2] / "benchmarks/results"


def test_6f() -> None:
    """Durable posts and GET+POST cycles run on both databases without loss; measured: ≥ 1,000 posts/s, p99 ≤ 100 ms, flat memory."""
    now = measured(1, 0)

    assert [(r.database, r.what) for r in now] == [
        (database, what) for database in ("SQLite", "PostgreSQL") for what in ("page posts", "GET + POST cycles")
    ]
    assert all(r.refused == r.broken == 0 and 0 < r.taken <= r.kept for r in now), now
    latest = sorted(RESULTS.glob("fieldwork-*.json"))[-1]
    runs = [Run(**{**r, "memory": tuple(r["memory"])}) for r in json.loads(latest.read_text("utf-8"))]
    posts, watched = runs[0], next(r for r in runs if r.memory)
    assert (posts.database, posts.what) == ("SQLite", "page posts")
    assert posts.rate >= 1000
    assert posts.p99 <= 100
    assert watched.taken >= WATCHED
    assert max(watched.memory) <= 1.05 * watched.memory[0]
    assert all(r.refused == r.broken == 0 and r.taken <= r.kept for r in runs)
    assert {r.database for r in runs} == {"SQLite", "PostgreSQL"}
