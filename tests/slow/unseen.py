"""Situations that nobody chose: drawn by chance from a wide family, so that neither intervals nor tests can have been made for them.

Margins, how uneven weights become, whether answers go with them, sizes and shares all come from a seed. ``DRAWN`` is changed when a
formula or a constant of the kernel was changed with the situations of the last one in view.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from tests.slow.samples import SEED, Booleans, Floats, Ints, Margin, Sample, bits, draw, pattern, stacked
from tests.slow.trials import LEVEL, Rates, pair_tests_wald_normal

from posad.kernel.estimates import share
from posad.kernel.testing.columns import pair_tests
from posad.kernel.testing.presets import column_tests
from posad.kernel.testing.sums import gather

DRAWN = 4
COUNT = 30
RELATIONS = ("none", "heavy weights say yes", "light weights say yes", "by level, whatever the weights")


@dataclass(frozen=True, slots=True)
class Unseen:
    """One situation: ``logits`` (by margin and level) say who answers yes; two columns by chance, or one and those without it."""

    margins: tuple[Margin, ...]
    logits: tuple[Floats, ...]
    relation: str
    people: int
    share: float
    first: float
    second: float
    overlap: bool

    @property
    def effect(self) -> float:
        """The design effect that weights of the whole population have in expectation."""
        return float(np.prod([np.sum(m.population**2 / m.sample) for m in self.margins]))

    def chances(self, levels: Ints) -> Floats:
        """Return each person's chance of saying yes."""
        found: Floats = 1 / (1 + np.exp(-sum(each[levels[:, i]] for i, each in enumerate(self.logits))))
        return found


def unseen(number: int) -> Unseen:
    """Return a situation; of those drawn the first is taken in which a column of 100 people and six who say yes can be expected."""
    rng = np.random.default_rng([DRAWN, number])
    while True:
        margins = tuple(_margin(rng) for _ in range(rng.integers(1, 5)))
        people = int(rng.choice([300, 500, 800, 1200, 2000, 4000]))
        first, second = float(rng.choice([0.5, 0.3, 0.15, 0.08])), float(rng.choice([0.5, 0.3]))
        wanted = float(np.round(rng.uniform(0.03, 0.97), 2))
        relation = int(rng.integers(0, len(RELATIONS)))
        made = Unseen(
            margins, _logits(rng, margins, relation, wanted), RELATIONS[relation], people, wanted, first, second,
            bool(rng.random() < 0.5),
        )  # fmt: skip
        rarest = min(float(m.sample.min()) for m in margins)
        column = people * first
        enough = column >= 100 and column * min(wanted, 1 - wanted) >= 6 and people * rarest >= 15
        if enough and made.effect < 3:
            return made


def _margin(rng: np.random.Generator) -> Margin:
    population = rng.dirichlet(np.full(rng.integers(2, 6), 4.0))
    sample = population * np.exp(rng.normal(0, rng.uniform(0.1, 0.6), len(population)))
    return Margin(population, sample / sample.sum())


def _logits(rng: np.random.Generator, margins: tuple[Margin, ...], relation: int, wanted: float) -> tuple[Floats, ...]:
    weights = [np.log(m.population / m.sample) for m in margins]
    if relation == 3:
        slopes = [rng.normal(0, 0.5, len(w)) for w in weights]
    else:
        strength = rng.uniform(0.3, 1.2) * (0.0, 1.0, -1.0)[relation]
        slopes = [strength * w for w in weights]
    profiles = np.indices([len(w) for w in weights]).reshape(len(weights), -1)
    held = np.prod([m.population[p] for m, p in zip(margins, profiles, strict=True)], axis=0)
    sloped = np.sum([s[p] for s, p in zip(slopes, profiles, strict=True)], axis=0)
    low, high = -20.0, 20.0
    for _ in range(100):
        middle = (low + high) / 2
        low, high = (middle, high) if held @ (1 / (1 + np.exp(-middle - sloped))) < wanted else (low, middle)
    return (slopes[0] + middle, *slopes[1:])


def unseen_coverage(number: int, runs: int) -> tuple[float, float]:
    """Return the part of 95 % intervals of the first column that hold the share, and their mean width in points."""
    situation, rng = unseen(number), np.random.default_rng([SEED, 5, number])
    held, width = 0, 0.0
    for sample, first, _, yes in _samples(situation, rng, runs):
        cells = sample.cells(pattern(first, yes))
        bit = bits(cells, 2)
        found = share(sample.design, cells, bit[:, :1] & bit[:, 1:], bit[:, :1])
        assert found.low is not None
        assert found.high is not None
        held += found.low <= situation.share <= found.high
        width += found.high - found.low
    return held / runs, width / runs


def unseen_rates(number: int, runs: int) -> Rates:
    """Return how often two columns are found different in which nothing differs."""
    situation, rng = unseen(number), np.random.default_rng([SEED, 6, number])
    made, effects = [], []
    for sample, first, second, yes in _samples(situation, rng, runs):
        cells = sample.cells(pattern(first, second, yes))
        bit = bits(cells, 3)
        made.append(gather(sample.design, cells, bit[:, None, :2] & bit[:, 2:, None], bit[:, :2]))
        effects.append(sample.made.design_effect)
    sums = stacked(made)
    p, wald = pair_tests(sums).p[:, 0, 1], column_tests(sums, "share", "q")
    usual = pair_tests_wald_normal(wald.difference[:, 0, 1], wald.variance[:, 0, 1])
    found = float((np.nan_to_num(p, nan=1.0) <= LEVEL).mean())
    return Rates(found, float(usual.mean()), runs, int((~np.isnan(p)).sum()), float(np.mean(effects)))


def _samples(
    situation: Unseen, rng: np.random.Generator, runs: int
) -> Iterator[tuple[Sample, Booleans, Booleans, Booleans]]:
    """Give so many samples, with who is in the first column, who in the second, and who says yes."""
    n, left = situation.people, runs
    while left:
        sample = draw(rng, n, situation.margins)
        if sample is None:
            continue
        left -= 1
        u, v = rng.random(n), rng.random(n)
        first = u < situation.first
        second = v < situation.second if situation.overlap else ~first & (u < situation.first + situation.second)
        yield sample, first, second, rng.random(n) < situation.chances(sample.levels)
