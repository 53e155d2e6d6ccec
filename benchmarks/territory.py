"""An invented country of settlements, brought in from a table, classed, and given its distances: in seconds, and rightly.

The country is drawn with a fixed seed: 400 clusters of settlements whose numbers of people fall off as those of real ones do.
"""

from __future__ import annotations

import resource
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

SETTLEMENTS, SMALL = 150_000, 3_000
SEED = 20_250_501
CLUSTERS = 400
CITIES = (1_500_000, 800_000, 500_000, 300_000)  # the largest settlements of the first clusters, over and over
BLOCK = 500  # settlements compared with all others at once


@dataclass(frozen=True)
class Timed:
    """One step: its name, seconds of wall clock and of the processor."""

    what: str
    wall: float
    processor: float


@dataclass(frozen=True)
class Placed:
    """What came of a run: people, points, kilometres by distance, class names ("" for none), and the time of each step."""

    people: NDArray[np.int64]
    latitude: NDArray[np.float64]
    longitude: NDArray[np.float64]
    km: Mapping[str, NDArray[np.float64]]
    sizes: tuple[int, ...]  # lower ends of the size classes
    classes: tuple[str, ...]
    steps: tuple[Timed, ...]

    @property
    def seconds(self) -> float:
        """The wall clock of all steps together."""
        return sum(s.wall for s in self.steps)


def write_country(path: Path, settlements: int) -> None:
    """Write the table of an invented country: code, name, region, coordinates, people at two times."""
    drawn = np.random.default_rng(SEED)
    clusters = min(CLUSTERS, max(4, settlements // 100))
    centres = np.column_stack([drawn.uniform(44, 68, clusters), drawn.uniform(28, 140, clusters)])
    mine = np.arange(settlements) % clusters
    spots = centres[mine] + drawn.normal(0, (0.6, 1.1), (settlements, 2))
    people = np.minimum(drawn.pareto(0.9, settlements) * 120 + 5, 240_000).astype(np.int64)
    cities = min(clusters, 120)
    people[:cities] = np.resize(CITIES, cities) + np.arange(cities)
    before = (people * drawn.normal(1.05, 0.1, settlements).clip(0.5, 1.6)).astype(np.int64)
    lines = ["code,title,region,lat,lon,people_now,people_then"]
    lines += [
        f"S{i},Settlement {i},Region {mine[i] % 80},{spots[i, 0]:.5f},{spots[i, 1]:.5f},{people[i]},{before[i]}"
        for i in range(settlements)
    ]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def place_country(settlements: int) -> Placed:
    """Bring the invented country into a frame with the program's own reader, read it back, and place every settlement."""
    from posad.core.speech import has_errors
    from posad.exchange.frames.values import Wishes
    from posad.pipeline.territory.importing import import_frame
    from posad.study.frame.plan.rules.position import default_position
    from posad.study.frame.reading import read_frame
    from posad.territory.position.placing import OUTSIDE, place_territories

    take = {"id": "code", "name": "title", "people_2021": "people_now", "people_2010": "people_then"}
    wishes = Wishes(
        country="Invented",
        take=take,
        as_of={"people_2021": "2021", "people_2010": "2010"},
        source={"": "invented"},
        kind={"": "own"},
    )
    steps: list[Timed] = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_country(folder / "country.csv", settlements)
        clock = _Clock()
        done = import_frame("csv", [folder / "country.csv"], folder / "study", wishes)
        steps.append(clock.lap(f"import {settlements:,} settlements"))
        frame, problems = read_frame(folder / "study")
        steps.append(clock.lap("read and class them by size"))
    if frame is None or has_errors([*done.problems, *problems]):
        raise RuntimeError(f"the invented country was not read: {[*done.problems, *problems][:5]}")
    made = place_territories(frame, default_position(frame))
    steps.append(clock.lap("distances and classes of position"))
    return Placed(
        np.array([t.people["people_2021"] for t in frame.territories], dtype=np.int64),
        np.array([t.latitude for t in frame.territories], dtype=np.float64),
        np.array([t.longitude for t in frame.territories], dtype=np.float64),
        {id: one.km for id, one in made.nearest.items()},
        tuple(sorted(s.low for s in frame.sizes)),
        tuple("" if c == OUTSIDE else made.plan.classes[c].id for c in made.classes),
        tuple(steps),
    )


def by_all_pairs(placed: Placed, least: int | None) -> NDArray[np.float64]:
    """Return kilometres to the nearest other settlement of so many people, or (None) of a larger size class, by all pairs.

    The haversine formula, written for itself: nothing of the program is used.
    """
    lat, lon = np.radians(placed.latitude), np.radians(placed.longitude)
    size = np.searchsorted(placed.sizes, placed.people, side="right")
    km = np.full(len(lat), np.inf)
    for start in range(0, len(lat), BLOCK):
        mine = np.arange(start, min(start + BLOCK, len(lat)))
        a = np.sin((lat[mine, None] - lat) / 2) ** 2
        a += np.cos(lat[mine, None]) * np.cos(lat) * np.sin((lon[mine, None] - lon) / 2) ** 2
        far = 2 * 6371.0088 * np.arcsin(np.sqrt(a))
        wanted = size[None, :] > size[mine, None] if least is None else placed.people[None, :] >= least
        far = np.where(wanted & (mine[:, None] != np.arange(len(lat))), far, np.inf)
        km[mine] = far.min(axis=1)
    return km


class _Clock:
    """Wall clock and processor since the last lap."""

    def __init__(self) -> None:
        self._wall, self._used = time.perf_counter(), _used()

    def lap(self, what: str) -> Timed:
        """Return the time since the last lap."""
        wall, used = time.perf_counter(), _used()
        step = Timed(what, wall - self._wall, used - self._used)
        self._wall, self._used = wall, used
        return step


def _used() -> float:
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime
