"""What is measured in the simulations: false findings, power, false letters of whole books, coverage of intervals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from tests.slow.samples import SEED, Floats, Margin, bits, chance_of, draw, margins, pattern, stacked
from tests.slow.situations import FURTHER, SITUATIONS, Situation

from posad.kernel.estimates import shares
from posad.kernel.testing.columns import pair_tests
from posad.kernel.testing.corrections import adjusted
from posad.kernel.testing.presets import column_tests
from posad.kernel.testing.sums import ColumnSums, against_the_rest, gather

LEVEL = 0.05
BLOCKS = (3, 5, 6, 6)  # 20 columns, 43 pairs
QUESTIONS, ANSWERS = 20, 6  # 20 × 6 × 43 = 5,160 tests a book


@dataclass(frozen=True, slots=True)
class Rates:
    """Parts of the samples in which each test finds a difference, and how many samples were drawn and tested."""

    default: float
    wald: float
    drawn: int
    tested: int
    effect: float = 0.0  # the mean design effect of the weights


def sums_of(situation: Situation, rng: np.random.Generator, effect: float) -> tuple[ColumnSums, float] | None:
    """Return the sums of one sample and the design effect of its weights."""
    sample = situation.sample(rng)
    if sample is None:
        return None
    a, yes_a, b, yes_b = situation.people(rng, sample, effect)
    cells = sample.cells(pattern(a, yes_a, b, yes_b))
    column = bits(cells, 4)
    sums = gather(sample.design, cells, column[:, None, [1, 3]], column[:, [0, 2]])
    return (against_the_rest(sums) if situation.part else sums), sample.made.design_effect


def rates(number: int, runs: int, null: bool) -> Rates:
    """Return how often a situation's two columns are found different, with and without a true difference."""
    situation = (*SITUATIONS, *FURTHER)[number]
    rng = np.random.default_rng([SEED, 1, number, int(null)])
    effect = 0.0 if null else situation.effect
    made = [s for s in (sums_of(situation, rng, effect) for _ in range(runs)) if s is not None]
    sums = stacked([s for s, _ in made])
    default, wald = pair_tests(sums), column_tests(sums, "share", "q")
    usual = pair_tests_wald_normal(wald.difference[:, 0, 1], wald.variance[:, 0, 1])
    return Rates(
        float((np.nan_to_num(default.p[:, 0, 1], nan=1.0) <= LEVEL).mean()),
        float(usual.mean()),
        len(made),
        int((~np.isnan(default.p[:, 0, 1])).sum()),
        float(np.mean([e for _, e in made])),
    )


@dataclass(frozen=True, slots=True)
class Ratings:
    """Two columns that rate on a scale of 1 to 5; the first may be a small one, and vary more than the second."""

    name: str
    first: float
    apart: bool = False
    effect: float = 0.25


RATINGS = (
    Ratings("means of 1–5, equal columns", 0.5, effect=0.15),
    Ratings("means of 1–5, column of 60 people", 0.03, effect=0.5),
    Ratings("means of 1–5, column of 60 people that varies more", 0.03, apart=True, effect=0.6),
)
USUAL, APART = np.array([0.05, 0.1, 0.2, 0.35, 0.3]), np.array([0.2, 0.05, 0.1, 0.1, 0.55])


def mean_rates(number: int, runs: int, null: bool) -> Rates:
    """Return how often two means are found different: by the default test, and by the plain linearised one."""
    rated = RATINGS[number]
    rng = np.random.default_rng([SEED, 2, number, int(null)])
    marginal, points = margins(1.0), np.arange(1, 6)
    made = []
    for _ in range(runs):
        sample = draw(rng, 2000, marginal)
        if sample is None:
            continue
        first = rng.random(2000) < rated.first
        answer = np.where(first & rated.apart, rng.choice(5, 2000, p=APART), rng.choice(5, 2000, p=USUAL))
        cells = sample.cells(first * 5 + answer)
        inside = np.column_stack([cells.keys[0] >= 5, cells.keys[0] < 5])
        shift = (USUAL - APART) @ points * rated.apart + (0.0 if null else rated.effect)
        score = points[cells.keys[0].astype(np.int64) % 5] + shift * inside[:, 0]
        made.append(
            (gather(sample.design, cells, (inside * score[:, None])[:, None], inside), sample.made.design_effect)
        )
    sums = stacked([s for s, _ in made])
    default, wald = pair_tests(sums, "mean"), column_tests(sums, "mean", "q")
    p = default.p[:, 0, 1]
    usual = pair_tests_wald_normal(wald.difference[:, 0, 1], wald.variance[:, 0, 1])
    found = float((np.nan_to_num(p, nan=1.0) <= LEVEL).mean())
    deff = float(np.mean([e for _, e in made]))
    return Rates(found, float(usual.mean()), len(made), int((~np.isnan(p)).sum()), deff)


def pair_tests_wald_normal(difference: Floats, variance: Floats) -> NDArray[np.bool_]:
    """Tell where the plain linearised test (own shares, weights fixed, normal) finds a difference."""
    with np.errstate(invalid="ignore"):
        found: NDArray[np.bool_] = np.abs(difference) > 1.959963984540054 * np.sqrt(variance)
    return found


def null_book(seed: int, n: int = 2000) -> tuple[int, int, int, int]:
    """Return tests made, tables, tables with a false letter, false letters of a book in which nothing differs."""
    rng = np.random.default_rng([SEED, 3, seed])
    marginal = margins(1.0)
    sample = draw(rng, n, marginal)
    if sample is None:
        return 0, 0, 0, 0
    groups = [rng.integers(0, size, n) for size in BLOCKS]
    tests = false_tables = letters = 0
    for _ in range(QUESTIONS):
        tilt = np.array([-2, -1.5, -1, -0.5, 0, 0.5]) * 0.5 + 0.15 * sample.levels[:, :1] * np.linspace(-1, 1, ANSWERS)
        p = np.exp(tilt)
        answer = ((rng.random(n)[:, None] * p.sum(axis=1, keepdims=True)) > p.cumsum(axis=1)).sum(axis=1)
        found = []
        for group, size in zip(groups, BLOCKS, strict=True):
            cells = sample.cells(group * ANSWERS + answer)
            column = cells.keys[0][:, None] // ANSWERS == np.arange(size)
            row = cells.keys[0][:, None] % ANSWERS == np.arange(ANSWERS)
            sums = gather(sample.design, cells, row[:, :, None] & column[:, None, :], column)
            found.append(pair_tests(sums).p[:, *np.triu_indices(size, 1)].ravel())
        p_values = adjusted(np.concatenate(found), "bh")
        tests += int((~np.isnan(p_values)).sum())
        wrong = int(np.sum(p_values <= LEVEL))
        letters += wrong
        false_tables += wrong > 0
    return tests, QUESTIONS, false_tables, letters


SHARES = (0.05, 0.1, 0.3, 0.4)
FURTHER_SHARES = (0.02, 0.05, 0.15, 0.85, 0.95)


@dataclass(frozen=True, slots=True)
class Covered:
    """What intervals are tried on: the relation of answers to the margins, the part of people asked, how uneven weights are."""

    link: float
    column: float
    strength: float = 1.0
    n: int = 2000
    shares: tuple[float, ...] = SHARES


def coverage(runs: int, seed: int, of: Covered) -> list[tuple[float, float]]:
    """Return, for each share, the part of 95 % intervals that hold it, and the mean width."""
    rng = np.random.default_rng([SEED, 4, seed])
    marginal = margins(of.strength)
    count = len(of.shares)
    held = np.zeros((count, 2))
    true = [_true_share(marginal, p, of.link) for p in of.shares]
    drawn = 0
    while drawn < runs:
        sample = draw(rng, of.n, marginal)
        if sample is None:
            continue
        drawn += 1
        inside = rng.random(of.n) < of.column
        u = rng.random((of.n, count))
        yes = []
        for i, p in enumerate(of.shares):  # of a large share, those who say no are related
            rare = u[:, i] < chance_of(sample.levels, marginal, min(p, 1 - p), of.link)
            yes.append(rare if p <= 0.5 else ~rare)
        cells = sample.cells(pattern(inside, *yes))
        bit = bits(cells, 1 + count)
        for i, found in enumerate(shares(sample.design, cells, bit[:, 1:] & bit[:, :1], bit[:, :1])):
            assert found.low is not None
            assert found.high is not None
            held[i] += (found.low <= true[i] <= found.high, found.high - found.low)
    return [(float(h), float(w)) for h, w in held / drawn]


def _true_share(marginal: Sequence[Margin], share: float, link: float) -> float:
    """Return the share of the population; under the strongest relation 40 % are 39.9 %, as no chance is above one."""
    levels = np.indices([len(m.population) for m in marginal]).reshape(len(marginal), -1).T
    held = np.prod([m.population[levels[:, i]] for i, m in enumerate(marginal)], axis=0)
    rare = float(held @ np.minimum(chance_of(levels, marginal, min(share, 1 - share), link), 1))
    return rare if share <= 0.5 else 1 - rare
