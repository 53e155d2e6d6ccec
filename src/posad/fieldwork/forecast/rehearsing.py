"""Many respondents at once through a site's own door, and what came of them."""

from __future__ import annotations

import asyncio
import random
import time
from collections import Counter
from collections.abc import Callable, Coroutine, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import TypeVar
from urllib.parse import quote, urlsplit

from posad.fieldwork.forecast.http import Connection, Unreachable
from posad.fieldwork.forecast.visiting import MOST, Visit, Words, walk

Done = TypeVar("Done")


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """How a rehearsal is done.

    ``door`` is the address people come in by; ``{id}`` in it is replaced by the respondent's id. ``parallel`` respondents are on
    the site at any time. A share ``leave`` of them goes away on some page and does not come back.
    """

    door: str
    parallel: int = 16
    leave: float = 0.0
    seed: int = 1


@dataclass(frozen=True, slots=True)
class Rehearsed:
    """What came of a rehearsal: visits in the order of the respondents, and how long it took all in all."""

    visits: tuple[Visit, ...]
    took: float
    unreachable: str = ""
    outcomes: Mapping[str, int] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(
            self, "outcomes", dict(Counter(v.outcome or "broken-off" for v in self.visits).most_common())
        )

    @property
    def requests(self) -> int:
        """How many requests were made."""
        return sum(len(v.seconds) for v in self.visits)

    def seconds(self, share: float) -> float:
        """Return the time within which a share of the requests was answered."""
        found = sorted(s for v in self.visits for s in v.seconds)
        return found[min(int(share * len(found)), len(found) - 1)] if found else 0.0

    def refusals(self) -> Mapping[str, int]:
        """Return what the site said where it refused a page, with how many respondents met it."""
        return dict(Counter(v.said for v in self.visits if v.outcome == "refused").most_common())


def rehearse(
    plan: Rehearsal,
    respondents: Sequence[tuple[str, Words]],
    progress: Callable[[int, int], None] = lambda done, all: None,
) -> Rehearsed:
    """Send respondents through a site and return what came of each.

    Args:
        plan: How.
        respondents: Their ids and what they have to say.
        progress: Told of respondents done, and of all there are.
    """
    return _run(lambda: _all(plan, respondents, progress))


def looks_like_test(door: str) -> tuple[bool, str]:
    """Tell whether a site is in test mode, which its first page says; the second value is why it cannot be known."""

    async def look() -> bool:
        parts = urlsplit(door)
        connection = Connection(f"{parts.scheme}://{parts.netloc}")
        try:
            return b'class="test"' in (await connection.get(_door(door, connection.origin, "rehearsal"))).body
        finally:
            await connection.close()

    try:
        return _run(look), ""
    except Unreachable as error:
        return False, str(error)


def _run(start: Callable[[], Coroutine[object, object, Done]]) -> Done:
    """Run to the end in a thread of its own: the caller's may have a loop already, as in a notebook."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(lambda: asyncio.run(start())).result()


async def _all(
    plan: Rehearsal, respondents: Sequence[tuple[str, Words]], progress: Callable[[int, int], None]
) -> Rehearsed:
    chance = random.Random(plan.seed)
    parts = urlsplit(plan.door)
    origin = f"{parts.scheme}://{parts.netloc}"
    visits = [Visit(_door(plan.door, origin, id)) for id, _ in respondents]
    pages = [chance.randrange(12) if chance.random() < plan.leave else MOST for _ in respondents]
    waiting = iter(range(len(respondents)))
    done = 0

    async def guest() -> None:
        nonlocal done
        connection = Connection(origin)
        try:
            for at in waiting:
                await walk(connection, visits[at], respondents[at][1], pages[at])
                done += 1
                progress(done, len(respondents))
        finally:
            await connection.close()

    start = time.perf_counter()
    found = await asyncio.gather(*(guest() for _ in range(max(1, plan.parallel))), return_exceptions=True)
    took = time.perf_counter() - start
    wrong = [e for e in found if isinstance(e, BaseException)]
    for error in wrong:
        if not isinstance(error, Unreachable):
            raise error
    return Rehearsed(tuple(v for v in visits if v.seconds), took, str(wrong[0]) if wrong else "")


def _door(door: str, origin: str, id: str) -> str:
    path = door.removeprefix(origin).replace("{id}", quote(id, safe=""))
    return path if path.startswith("/") else f"/{path}"
