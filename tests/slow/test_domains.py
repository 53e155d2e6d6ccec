"""How well shares of small domains are told: worlds of 85 regions, their true shares known, direct shares beside the model's."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from posad.analysis.kinds.towns.domains.areas import fay_herriot
from posad.analysis.kinds.towns.domains.mixed import People, posterior

RESULTS = Path(__file__).resolve().parents[2] / "benchmarks" / "results"
Floats = NDArray[np.float64]
SEED, RUNS, ASKED = 20261124, 120, 2000
REGIONS, DISTRICTS, TYPES, AGES = 85, 8, 3, 6
AGE = np.array([0.9, 0.4, 0.1, -0.1, -0.4, -0.9])
TYPE = np.array([0.15, 0.0, -0.15])


@dataclass(frozen=True)
class Country:
    """An invented country: its cells, how many people each holds, its districts, what is known of its regions."""

    people: People
    mass: Floats
    regions: Floats  # which cells are of which region, with their people: what domains are made of
    large: Floats  # the same of district and type of town


def country() -> Country:
    """Return the country, the same in every world."""
    rng = np.random.default_rng([SEED, 0])
    district = rng.permutation(np.arange(REGIONS) % DISTRICTS)
    known = rng.normal(size=REGIONS)
    axes = np.meshgrid(*(np.arange(n) for n in (REGIONS, TYPES, 2, AGES)), indexing="ij")
    region, town, sex, age = (a.ravel() for a in axes)
    mass = np.exp(rng.normal(0, 0.9, REGIONS))[region] * np.array([0.45, 0.25, 0.3])[town]
    mass *= np.array([0.1, 0.18, 0.2, 0.17, 0.16, 0.19])[age] * rng.uniform(0.8, 1.2, len(region))
    mass /= mass.sum()
    x = np.column_stack([np.ones(len(region)), known[region], sex - 0.5])
    levels = (region, district[region], town, age, town * AGES + age)
    people = People(x, levels, (REGIONS, DISTRICTS, TYPES, AGES, TYPES * AGES))
    large = district[region] * TYPES + town
    sums = [(key == np.arange(n)[:, None]) * mass for key, n in ((region, REGIONS), (large, DISTRICTS * TYPES))]
    return Country(people, mass, sums[0], sums[1])


def truth_of(land: Country, rng: np.random.Generator) -> Floats:
    """Return every cell's true share in a new world."""
    region, district, town, age, both = land.people.levels
    eta = -0.05 + 0.25 * land.people.x[:, 1] + 0.1 * land.people.x[:, 2] + AGE[age] + TYPE[town]
    eta = eta + rng.normal(0, 0.25, REGIONS)[region] + rng.normal(0, 0.2, DISTRICTS)[district]
    eta = eta + rng.normal(0, 0.1, TYPES * AGES)[both]
    chance: Floats = 1 / (1 + np.exp(-eta))
    return chance


@dataclass
class Errors:
    """Squared errors of the direct shares, the multilevel model, the model of areas; how often intervals held the truth."""

    direct: list[float]
    model: list[float]
    areas: list[float]
    held: list[float]
    areas_held: list[float]

    def of(self, name: str) -> float:
        """Return the root of the mean squared error in points."""
        return 100 * float(np.sqrt(np.mean(getattr(self, name))))


def one_world(land: Country, run: int, regions: Errors, large: Errors) -> None:
    """Ask two thousand people of one world and add what both kinds of domains give."""
    rng = np.random.default_rng([SEED, 1, run])
    chance = truth_of(land, rng)
    asked = np.bincount(rng.choice(len(land.mass), ASKED, p=land.mass), minlength=len(land.mass))
    yes = rng.binomial(asked, chance)
    seen = asked > 0
    people = People(land.people.x[seen], tuple(v[seen] for v in land.people.levels), land.people.sizes)
    found = posterior(people, yes[seen].astype(np.float64), asked[seen].astype(np.float64), seed=run)
    for counts, errors in ((land.regions, regions), (land.large, large)):
        draws = found.shares(land.people, counts)
        low, high = np.quantile(draws, (0.025, 0.975), axis=0)
        true = counts @ chance / counts.sum(axis=1)
        n = (counts > 0) @ asked
        direct = ((counts > 0) @ yes) / np.maximum(n, 1)
        there = n > 0
        errors.direct.append(float(((direct - true)[there] ** 2).mean()))
        errors.model.append(float(((draws.mean(axis=0) - true)[there] ** 2).mean()))
        errors.held.append(float(((true >= low) & (true <= high)).mean()))
        known = counts @ land.people.x[:, 1] / counts.sum(axis=1)
        share = yes.sum() / ASKED
        x = np.column_stack([np.ones(len(n)), known])[there]
        areas = fay_herriot(direct[there], x, share * (1 - share) / n[there])
        errors.areas.append(float(((areas.values - true[there]) ** 2).mean()))
        half = 1.96 * np.sqrt(areas.mse)
        errors.areas_held.append(float((np.abs(areas.values - true[there]) <= half).mean()))


@pytest.mark.slow
def test_the_model_beats_direct_shares() -> None:
    """The model's error is at most 0.45 of that of direct shares of regions, and its 95% intervals hold the truth in 85% and more."""
    land = country()
    regions, large = (Errors([], [], [], [], []) for _ in range(2))
    for run in range(RUNS):
        one_world(land, run, regions, large)

    today = datetime.now(tz=UTC).date().isoformat()
    lines = [
        f"# Small domains of {today}",
        "",
        f"{RUNS} worlds of {REGIONS} regions, {ASKED} people asked in each, seed {SEED}; errors are roots of mean squares, in points.",
        "",
        "| domains | direct shares | multilevel model | of direct | held by 95 % | Fay–Herriot | held by 95 % |",
        "| --- | --- | --- | --- | --- | --- | --- |",
    ]
    for name, e in ((f"{REGIONS} regions", regions), (f"{DISTRICTS * TYPES} district and town types", large)):
        ratio = e.of("model") / e.of("direct")
        lines.append(
            f"| {name} | {e.of('direct'):.2f} | {e.of('model'):.2f} | {ratio:.3f} | {np.mean(e.held):.1%} "
            f"| {e.of('areas'):.2f} | {np.mean(e.areas_held):.1%} |"
        )
    RESULTS.mkdir(parents=True, exist_ok=True)
    (RESULTS / f"domains-{today}.md").write_text("\n".join(lines) + "\n", encoding="utf-8")
    assert regions.of("model") <= 0.45 * regions.of("direct")
    assert np.mean(regions.held) >= 0.85
    assert large.of("model") <= large.of("direct")
    assert np.mean(large.held) >= 0.85
