"""Whom panels send, and when: people of the mix each panel has, after each mailing many at first and then fewer.

The rate of a panel falls back from each mailing by half in a time of its own; between mailings a floor of people comes by
themselves. These are assumptions, stated in the output; a pilot replaces them by what was seen.
"""

from __future__ import annotations

import math
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

HOUR = 3600.0
DAY = 24 * HOUR


@dataclass(frozen=True, slots=True)
class Supply:
    """What one panel sends.

    ``per_day`` people start, until ``most`` have (None: it has no end). ``mailings`` a day bring them; ``floor`` is the share that
    comes whatever the hour. ``mix`` gives, by dimension, how likely each group is: ``{"sex_age": {"m18": 0.1, …}}``; dimensions
    count as independent unless they are one.
    """

    name: str
    per_day: float
    mix: Mapping[str, Mapping[str, float]]
    most: int | None = None
    mailings: int = 3
    floor: float = 0.3
    half: float = 1 * HOUR


@dataclass(frozen=True, slots=True)
class Manners:
    """How people answer: how long, how many break off, how many are not of the population, how many are rejected later.

    ``minutes`` is the median, ``spread`` the standard deviation of its logarithm; ``pause`` of them take a break longer than a
    place is held.
    """

    minutes: float = 12.0
    spread: float = 0.45
    leave: float = 0.18
    screened: float = 0.0
    rejected: float = 0.0
    pause: float = 0.03


USUAL = Manners()


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who comes in: when, from where, in which group of each dimension."""

    at: float
    panel: str
    groups: Mapping[str, str] = field(default_factory=dict)


def arrivals(supply: Sequence[Supply], chance: random.Random, days: float) -> Iterator[Person]:
    """Yield the people of all panels in the order in which they come, for so many days."""
    found = [person for one in supply for person in _of_panel(one, random.Random(chance.random()), days)]
    yield from sorted(found, key=lambda p: p.at)


def _of_panel(supply: Supply, chance: random.Random, days: float) -> Iterator[Person]:
    """Draw starts by thinning a stream of the highest rate there is."""
    if supply.per_day <= 0:
        return
    gap, at, sent = DAY / max(supply.mailings, 1), 0.0, 0
    decay = math.log(2) / supply.half
    even = supply.per_day / DAY
    burst = (1 - supply.floor) * supply.per_day / max(supply.mailings, 1) * decay / (1 - math.exp(-decay * gap))
    highest = supply.floor * even + burst
    while supply.most is None or sent < supply.most:
        at += chance.expovariate(highest)
        if at >= days * DAY:
            return
        if chance.random() * highest <= supply.floor * even + burst * math.exp(-decay * (at % gap)):
            sent += 1
            groups = {d: chance.choices(list(mix), list(mix.values()))[0] for d, mix in supply.mix.items()}
            yield Person(at, supply.name, groups)
