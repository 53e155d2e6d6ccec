"""How the field will go on a quota plan: days to fill, cells that jam, starts for nothing.

The same rules as in the field: a place is reserved in all of a person's cells when the screener is answered, renewed while they answer,
given back when they leave, and settled at the end; the total is hard. Each run draws everybody anew; the spread of the runs is what
chance does, not what the assumptions may be wrong by.
"""

from __future__ import annotations

import heapq
import math
import random
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count

from posad.fieldwork.forecast.arrivals import DAY, USUAL, Manners, Person, Supply, arrivals
from posad.fieldwork.values import Cell

SCREENER = 60.0  # seconds until the screener is answered
CellsOf = Callable[[Mapping[str, str]], Sequence[str]]


@dataclass(frozen=True, slots=True)
class Run:
    """One field as it might go: when 90 %, 99 % and all of the total were there (days; None: never), and what it took."""

    complete: int
    at90: float | None
    at99: float | None
    full: float | None
    starts: Mapping[str, int]  # by panel
    completes: Mapping[str, int]  # by panel
    over_quota: int
    screened: int
    broken: int
    late: int  # finished, but their place had lapsed and was gone
    rejected: int
    missing: Mapping[str, int] = field(default_factory=dict)  # places of cells still open at the end


@dataclass(frozen=True, slots=True)
class Forecast:
    """Several runs of one plan; ``days`` is how long each was followed."""

    runs: tuple[Run, ...]
    total: int
    days: float

    def middle(self, of: Callable[[Run], float | None]) -> float | None:
        """Return the median of the runs; None where half of them or more never came so far."""
        values = sorted(math.inf if (v := of(r)) is None else v for r in self.runs)
        found = values[len(values) // 2]
        return None if math.isinf(found) else found

    def ends(self, of: Callable[[Run], float | None]) -> tuple[float | None, float | None]:
        """Return the lowest and the highest of the runs; None is never."""
        values = [of(r) for r in self.runs]
        known = [v for v in values if v is not None]
        return (min(known) if known else None), (None if None in values else max(known))

    def jams(self) -> list[tuple[str, float]]:
        """Return cells that are not filled, with how many places are open on average, the most first."""
        open_: Counter[str] = Counter()
        for run in self.runs:
            open_.update(run.missing)
        return [(cell, n / len(self.runs)) for cell, n in open_.most_common()]


def forecast(
    cells: Sequence[Cell],
    cells_of: CellsOf,
    supply: Sequence[Supply],
    manners: Manners = USUAL,
    *,
    hold: float = 1800.0,
    days: float = 30.0,
    runs: int = 20,
    seed: int = 1,
) -> Forecast:
    """Return how the field goes when panels send what they say.

    Args:
        cells: The cells of the quota plan, the total among them under ``total``.
        cells_of: The cells of somebody by the groups they are in.
        supply: What each panel sends.
        manners: How people answer.
        hold: How long a place is held without a sign of life, in seconds.
        days: How long the field is followed.
        runs: How often it is drawn.
        seed: The same seed draws the same.
    """
    made = tuple(
        _Field(cells, cells_of, manners, hold).run(supply, random.Random(f"{seed}/{n}"), days) for n in range(runs)
    )
    total = next((c.limit or c.target for c in cells if c.id == "total"), 0)
    return Forecast(made, total, days)


class _Field:
    """One field while it runs: places done and held, and what is still to happen."""

    def __init__(self, cells: Sequence[Cell], cells_of: CellsOf, manners: Manners, hold: float) -> None:
        self.limit = {c.id: math.inf if c.limit is None else c.limit for c in cells}
        self.target = {c.id: c.target for c in cells if c.limit is not None}
        self.cells_of, self.manners, self.hold = cells_of, manners, hold
        self.done: Counter[str] = Counter()
        self.held: Counter[str] = Counter()
        self.counts: Counter[str] = Counter()
        self.starts: Counter[str] = Counter()
        self.completes: Counter[str] = Counter()
        self.moments: list[float] = []
        self.waiting: list[tuple[float, int, str, Person, tuple[str, ...], bool]] = []
        self.order = count()

    def run(self, supply: Sequence[Supply], chance: random.Random, days: float) -> Run:
        total = self.limit.get("total", math.inf)
        for person in arrivals(supply, chance, days):
            self._until(person.at, chance)
            if self.done["total"] >= total:
                break
            self.starts[person.panel] += 1
            if chance.random() < self.manners.screened:
                self.counts["screened"] += 1
            else:
                self._push(person.at + SCREENER, "screener", person, tuple(self.cells_of(person.groups)), False)
        self._until(math.inf, chance)
        return self._told(total)

    def _push(self, at: float, what: str, person: Person, cells: tuple[str, ...], held: bool) -> None:
        heapq.heappush(self.waiting, (at, next(self.order), what, person, cells, held))

    def _until(self, moment: float, chance: random.Random) -> None:
        while self.waiting and self.waiting[0][0] <= moment:
            at, _, what, person, cells, held = heapq.heappop(self.waiting)
            if what == "screener":
                self._screened(at, person, cells, chance)
            elif what == "lapse":
                self.held.subtract(cells)
            elif what == "reject":
                self.done.subtract(cells)
                self.counts["rejected"] += 1
            else:
                self._finished(at, person, cells, held, chance)

    def _room(self, cells: Sequence[str]) -> bool:
        return all(self.done[c] + self.held[c] < self.limit.get(c, math.inf) for c in cells)

    def _screened(self, at: float, person: Person, cells: tuple[str, ...], chance: random.Random) -> None:
        if not self._room(cells):
            self.counts["over"] += 1
            return
        self.held.update(cells)
        length = chance.lognormvariate(math.log(self.manners.minutes * 60), self.manners.spread)
        fate = chance.random()
        if fate < self.manners.leave:
            self.counts["broken"] += 1
            self._push(at + chance.random() * length + self.hold, "lapse", person, cells, False)
        elif fate < self.manners.leave + self.manners.pause:
            back = at + chance.random() * length + self.hold
            self._push(back, "lapse", person, cells, False)
            self._push(back + self.hold + length, "finish", person, cells, False)
        else:
            self._push(at + length, "finish", person, cells, True)

    def _finished(self, at: float, person: Person, cells: tuple[str, ...], held: bool, chance: random.Random) -> None:
        if held:
            self.held.subtract(cells)
        elif not self._room(cells):
            self.counts["late"] += 1
            return
        self.done.update(cells)
        if chance.random() < self.manners.rejected:
            self._push(at + DAY, "reject", person, cells, False)
            return
        self.completes[person.panel] += 1
        self.moments.append(at)

    def _told(self, total: float) -> Run:
        def reached(share: float) -> float | None:
            needed = math.ceil(share * total) if math.isfinite(total) else 0
            return self.moments[needed - 1] / DAY if 0 < needed <= len(self.moments) else None

        self.moments.sort()
        missing = {c: n - self.done[c] for c, n in self.target.items() if c != "total" and self.done[c] < n}
        full = self.done["total"] >= total
        c = self.counts
        return Run(
            len(self.moments), reached(0.9), reached(0.99), reached(1.0), dict(self.starts), dict(self.completes),
            c["over"], c["screened"], c["broken"], c["late"], c["rejected"], {} if full else missing,
        )  # fmt: skip
