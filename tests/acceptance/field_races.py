"""Many interviewers at one ledger: what the races of the fieldwork are run with."""

from __future__ import annotations

import random
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field

from posad.fieldwork.ledger import Ledger, open_ledger
from posad.fieldwork.ledger.commands import Arrange, Reserve, SavePage, Settle, Start, Tick
from posad.fieldwork.values import Cell, Interview, Outcome, Reserved, Saved, Settled, Status

NOW = 1_750_000_000.0
PLACES = 1000
SEXAGE = tuple(Cell(f"sex.age:{i}", 100, 100) for i in range(10))
TOWNS = tuple(Cell(f"district.size:{i}", 63, 64) for i in range(16))
CELLS = (Cell("total", PLACES, PLACES), *SEXAGE, *TOWNS)
HOLD = 120.0
COME = 1700  # respondents of one race: more than there are places


@dataclass
class Clock:
    """A clock that now and then jumps, forward or back, by up to a day."""

    chance: random.Random
    now: float = NOW

    def read(self) -> float:
        """Return the time."""
        self.now += self.chance.uniform(0.0, 0.5)
        if self.chance.random() < 0.01:
            self.now += self.chance.choice((-86400.0, -600.0, 300.0, 86400.0))
        return self.now


@dataclass
class Told:
    """What one interviewer was told: completes acknowledged, pages acknowledged, places refused, places lapsed."""

    complete: set[str] = field(default_factory=set)
    pages: int = 0
    full: int = 0
    lapsed: int = 0


@dataclass
class _Open:
    id: str
    pages: int
    fate: str  # stays, leaves, late
    waiting: Future[Interview] | Future[Reserved] | Future[Saved] | Future[Settled] | None = None
    done: int = 0
    pause: int = 0


def prepared(where: str) -> None:
    """Make an empty ledger with the cells of the race."""
    with open_ledger(where, "race", patience=60) as ledger:
        ledger.do(Arrange(NOW, CELLS, hold=HOLD))


_OPEN: dict[tuple[str, int], Ledger] = {}


def kept_open(where: str, number: int) -> Ledger:
    """Return one of the connections of this process, which stay open from race to race."""
    if (where, number) not in _OPEN:
        _OPEN[where, number] = open_ledger(where, "race", patience=60)
    return _OPEN[where, number]


def interview_many(ledger: Ledger, seed: int, who: int, count: int, at_once: int = 12) -> Told:
    """Lead interviews through the ledger, several at once, some of which are left in the middle and some come back too late."""
    chance = random.Random(f"{seed}:{who}")
    clock, told = Clock(chance), Told()
    names = [f"{seed:02}{who:03}{n:05}" for n in range(count)]
    going: list[_Open] = []
    while names or going:
        while names and len(going) < at_once:
            fate = chance.choices(("stays", "leaves", "late"), (0.75, 0.15, 0.1))[0]
            going.append(_Open(names.pop(), chance.randint(1, 2), fate))
        for one in list(going):
            if (one.waiting is None or one.waiting.done()) and not _step(ledger, one, clock, chance, told):
                going.remove(one)
        _wait(going)
    return told


def _wait(going: list[_Open]) -> None:
    waiting = [o.waiting for o in going if o.waiting is not None]
    if waiting and not any(w.done() for w in waiting):
        waiting[0].result()


def _step(ledger: Ledger, one: _Open, clock: Clock, chance: random.Random, told: Told) -> bool:
    """Take an interview one step on; return whether it goes on."""
    answer = one.waiting.result() if one.waiting is not None else None
    one.waiting = None
    match answer:
        case None:
            one.waiting = ledger.submit(Start(clock.read(), one.id, "v", "ru"))
        case Interview():
            cells = ("total", f"sex.age:{chance.randrange(10)}", f"district.size:{chance.randrange(16)}")
            one.waiting = ledger.submit(Reserve(clock.read(), one.id, cells))
        case Reserved():
            told.full += answer.outcome is Outcome.FULL
            if answer.outcome is not Outcome.DONE or one.fate == "leaves":
                return False
            one.waiting = _page(ledger, one, clock)
        case Saved():
            told.pages += answer.outcome is Outcome.DONE
            told.lapsed += answer.place is Outcome.FULL
            one.waiting = _page(ledger, one, clock) if one.done < one.pages else _end(ledger, one, clock)
        case Settled():
            if answer.interview is not None and answer.interview.status is Status.COMPLETE:
                told.complete.add(one.id)
            return False
    return True


def _end(ledger: Ledger, one: _Open, clock: Clock) -> Future[Settled]:
    """Complete an interview; before one that is late everybody's time passes."""
    for _ in range(3 if one.fate == "late" else 0):
        clock.now += 60
        ledger.submit(Tick(clock.now))
    return ledger.submit(Settle(clock.read(), one.id, Status.COMPLETE))


def _page(ledger: Ledger, one: _Open, clock: Clock) -> Future[Saved]:
    one.done += 1
    return ledger.submit(SavePage(clock.read(), one.id, f"p{one.done}", f"{one.id}:{one.done}", {"q": one.done}))


def alone(where: str, seed: int, who: int) -> Told:
    """Lead interviews over one connection of one process."""
    with open_ledger(where, "race", patience=60) as ledger:
        return interview_many(ledger, seed, who, COME // 8)


def several(where: str, seed: int, first: int) -> list[Told]:
    """Lead interviews over eight connections of one process."""
    ledgers = [kept_open(where, n) for n in range(8)]
    with ThreadPoolExecutor(8) as pool:
        runs = [pool.submit(interview_many, k, seed, first + n, COME // 32, 24) for n, k in enumerate(ledgers)]
        return [r.result() for r in runs]
