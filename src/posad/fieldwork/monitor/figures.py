"""What the monitor shows, counted from the ledger: quotas, completes an hour, length, drop-off, screen-outs, flags, panels."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from statistics import median

from posad.fieldwork.ledger import reading
from posad.fieldwork.ledger.engines.values import Tx
from posad.fieldwork.values import Count, Interview, Status

HOURS = 24


@dataclass(frozen=True, slots=True)
class Figures:
    """How a field stands at a moment; interviews in test mode are only counted as such.

    ``length`` are the quartiles of the minutes of completes, ``hours`` the completes of the last day by hour, ``left`` where those
    who broke off had got to, ``panels`` the interviews by panel and status.
    """

    at: float
    stage: str
    paused: bool
    cells: tuple[Count, ...]
    statuses: Mapping[str, int]
    panels: Mapping[str, Mapping[str, int]]
    hours: tuple[tuple[str, int], ...]
    length: tuple[float, float, float] | None
    left: tuple[tuple[str, int], ...]
    flags: Mapping[str, int]
    tests: int


def figures(tx: Tx, at: float) -> Figures:
    """Count everything the monitor shows."""
    state = reading.state(tx)
    everybody = reading.interviews(tx)
    real = [i for i in everybody if not i.test]
    panels: dict[str, Counter[str]] = {}
    for i in real:
        panels.setdefault(i.panel, Counter())[i.status.value] += 1
    flags = Counter(f.name for marks in reading.flags(tx).values() for f in marks)
    return Figures(
        at,
        state.stage,
        state.paused,
        tuple(reading.counts(tx)),
        dict(Counter(i.status.value for i in real)),
        {name: dict(found) for name, found in sorted(panels.items())},
        _hours([i.changed for i in real if i.status is Status.COMPLETE], at),
        _quartiles([i.seconds / 60 for i in real if i.status is Status.COMPLETE]),
        _left(real),
        dict(sorted(flags.items())),
        len(everybody) - len(real),
    )


def _hours(moments: Sequence[float], at: float) -> tuple[tuple[str, int], ...]:
    """Return the completes of each of the last hours, by the hour in UTC."""
    now = int(at // 3600)
    counted = Counter(int(m // 3600) for m in moments)
    hours = range(now - HOURS + 1, now + 1)
    return tuple((datetime.fromtimestamp(h * 3600, UTC).strftime("%d.%m %H:00"), counted[h]) for h in hours)


def _quartiles(values: Sequence[float]) -> tuple[float, float, float] | None:
    """Return lower quartile, median and upper quartile, quartiles as medians of the halves (Tukey's hinges)."""
    if not values:
        return None
    rows = sorted(values)
    half = (len(rows) + 1) // 2
    return median(rows[:half]), median(rows), median(rows[-half:])


def _left(interviews: Sequence[Interview]) -> tuple[tuple[str, int], ...]:
    """Return where those who broke off had got to, the most frequent page first."""
    found = Counter(i.position for i in interviews if i.status is Status.BROKEN_OFF)
    return tuple(sorted(found.items(), key=lambda pair: (-pair[1], pair[0])))


def as_json(f: Figures) -> dict[str, object]:
    """Return the figures for a program."""
    cells = [
        {
            "cell": c.cell.id, "table": c.cell.table, "target": c.cell.target, "limit": c.cell.limit, "done": c.done,
            "held": c.held, "free": c.free, "paused": c.cell.paused,
        }
        for c in f.cells
    ]  # fmt: skip
    return {
        "at": f.at, "stage": f.stage, "paused": f.paused, "cells": cells, "statuses": f.statuses, "panels": f.panels,
        "completes_by_hour": [{"hour": h, "completes": n} for h, n in f.hours],
        "minutes": None if f.length is None else dict(zip(("lower", "median", "upper"), f.length, strict=True)),
        "broken_off_at": [{"page": p, "interviews": n} for p, n in f.left],
        "flags": f.flags, "tests": f.tests,
    }  # fmt: skip
