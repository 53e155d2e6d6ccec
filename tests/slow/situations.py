"""The situations in which column tests are tried: who is in which column, who says yes, how the weights come about.

To add one: 1. a drawing of people; 2. a line in ``SITUATIONS``; 3. run ``make slow`` and commit what it writes.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

import numpy as np
from tests.slow.samples import Drawing, Floats, Margin, People, Sample, chance_of, draw, margins, raked

N = 2000


@dataclass(frozen=True, slots=True)
class Situation:
    """One situation: ``effect`` is the true difference at which power is measured; ``part`` tests part against rest."""

    name: str
    people: Drawing
    effect: float
    n: int = N
    strength: float = 1.0
    base: bool = False
    constant: bool = False
    part: bool = False

    def sample(self, rng: np.random.Generator) -> Sample | None:
        """Return a raked sample."""
        if self.constant:
            levels = (rng.random(self.n) < 0.6).astype(np.int64)[:, None]
            return raked(levels, [np.array([0.18, 0.82])])
        base = rng.gamma(2.5, 8, self.n) + 1 if self.base else None
        return draw(rng, self.n, margins(self.strength), base)


def _chances(sample: Sample, share: float, link: float, strength: float) -> Floats:
    marginal: tuple[Margin, ...] = margins(strength)
    return np.minimum(chance_of(sample.levels, marginal, share, link), 1)


def disjoint(
    rng: np.random.Generator,
    sample: Sample,
    effect: float,
    *,
    share: float,
    first: float,
    second: float,
    link: float = 0,
) -> People:
    """Return people of two columns that share nobody, each in a column by chance."""
    n = len(sample.levels)
    u = rng.random(n)
    a, b = u < first, (u >= first) & (u < first + second)
    p = _chances(sample, share, link, 1.0) if link else np.full(n, share)
    yes = rng.random(n) < p + effect * a
    return a, a & yes, b, b & yes


def constant(rng: np.random.Generator, sample: Sample, effect: float, *, share: float) -> People:
    """Return people of two columns that are the levels of the only margin: one weight in each column."""
    a = sample.levels[:, 0] == 0
    yes = rng.random(len(a)) < share + effect * a
    return a, a & yes, ~a, ~a & yes


def crossed(
    rng: np.random.Generator, sample: Sample, effect: float, *, share: float, first: float, second: float
) -> People:
    """Return people of two columns in which weights and answers are related in opposite ways."""
    n = len(sample.levels)
    u = rng.random(n)
    a, b = u < first, (u >= first) & (u < first + second)
    p = np.where(a, _chances(sample, share, 0.35, 1.0), _chances(sample, share, -0.35, 1.0))
    yes = rng.random(n) < p + effect * a
    return a, a & yes, b, b & yes


def overlapping(
    rng: np.random.Generator,
    sample: Sample,
    effect: float,
    *,
    share: float,
    first: float,
    second: float,
    link: float = 0,
) -> People:
    """Return people of two columns of a question with several answers; one answer for a person, whichever columns he is in.

    With an effect, those in the first column only say yes more often.
    """
    n = len(sample.levels)
    a, b = rng.random(n) < first, rng.random(n) < second
    p = _chances(sample, share, link, 1.0) if link else np.full(n, share)
    yes = rng.random(n) < p + effect * (a & ~b)
    return a, a & yes, b, b & yes


def grid(
    rng: np.random.Generator, sample: Sample, effect: float, *, share: float, first: float, second: float, same: float,
    link: float = 0,
) -> People:  # fmt: skip
    """Return people who rate two companies, each company known to some; with chance ``same`` a person says of both alike."""
    n = len(sample.levels)
    a, b = rng.random(n) < first, rng.random(n) < second
    p = _chances(sample, share, link, 1.0) if link else np.full(n, share)
    u, v, alike = rng.random(n), rng.random(n), rng.random(n) < same
    return a, a & (u < p + effect), b, b & (np.where(alike, u, v) < p)


def part(
    rng: np.random.Generator, sample: Sample, effect: float, *, share: float, first: float, link: float = 0
) -> People:
    """Return people of a part and of the total."""
    n = len(sample.levels)
    a, everybody = rng.random(n) < first, np.ones(n, dtype=bool)
    p = _chances(sample, share, link, 1.0) if link else np.full(n, share)
    yes = rng.random(n) < p + effect * a
    return a, a & yes, everybody, yes


_HALF = partial(disjoint, share=0.3, first=0.5, second=0.5)
SITUATIONS: tuple[Situation, ...] = (
    Situation("weights unrelated to the answer", _HALF, 0.06),
    Situation("the same, expansion weights (mean 20)", _HALF, 0.06, base=True),
    Situation("one weight inside each column (0.45 and 1.37)", partial(constant, share=0.3), 0.06, constant=True),
    Situation("weights related to the answer", partial(_HALF, link=0.35), 0.06),
    Situation("column of 25 people, 10 %", partial(disjoint, share=0.1, first=0.0125, second=0.5), 0.2),
    Situation("column of 60 people, 10 %", partial(disjoint, share=0.1, first=0.03, second=0.5), 0.14),
    Situation("two columns of 50 people, 10 %, related", partial(disjoint, share=0.1, first=0.025, second=0.025, link=0.35), 0.2),
    Situation("columns of several answers that overlap", partial(overlapping, share=0.3, first=0.5, second=0.5), 0.12),
    Situation("the same, related to the answer", partial(overlapping, share=0.3, first=0.5, second=0.5, link=0.35), 0.12),
    Situation("grid: two companies rated by the same people", partial(grid, share=0.3, first=0.6, second=0.5, same=0.7), 0.05),
    Situation("grid, related, small share", partial(grid, share=0.1, first=0.6, second=0.5, same=0.9, link=0.35), 0.025),
    Situation("grid, one company known to 60 people", partial(grid, share=0.2, first=0.03, second=0.5, same=0.7), 0.15),
    Situation("part against total (the rest)", partial(part, share=0.3, first=0.2), 0.08, part=True),
    Situation("small part against total, related", partial(part, share=0.1, first=0.03, link=0.35), 0.14, part=True),
    Situation("small column related the other way round", partial(crossed, share=0.2, first=0.04, second=0.5), 0.15),
    Situation("20,000 people, related the other way round", partial(crossed, share=0.2, first=0.1, second=0.5), 0.04, n=20_000),
    Situation("20,000 people, weights related", partial(_HALF, link=0.35), 0.02, n=20_000),
    Situation("20,000 people, overlap", partial(overlapping, share=0.3, first=0.5, second=0.5, link=0.35), 0.04, n=20_000),
    Situation("20,000 people, grid", partial(grid, share=0.1, first=0.6, second=0.5, same=0.9, link=0.35), 0.008, n=20_000),
)  # fmt: skip

# Chosen after the first version of the test, from other design effects, bases, shares and relations. They led to the pull of κ by
# its uncertainty, whose RELATION was taken with them in view.
FURTHER: tuple[Situation, ...] = (
    Situation("500 people, equal columns", _HALF, 0.12, n=500),
    Situation("500 people, columns of 50 and 250, 5 %", partial(disjoint, share=0.05, first=0.1, second=0.5), 0.15, n=500),
    Situation("500 people, column of 60, 20 %, related", partial(disjoint, share=0.2, first=0.12, second=0.5, link=0.35), 0.2, n=500),
    Situation("column of 100, 10 %, related", partial(disjoint, share=0.1, first=0.05, second=0.5, link=0.35), 0.15, strength=1.6),
    Situation("column of 100, 10 %, expansion weights", partial(disjoint, share=0.1, first=0.05, second=0.5), 0.2, strength=1.6, base=True),
    Situation("column of 60, 50 %, expansion weights", partial(disjoint, share=0.5, first=0.03, second=0.5), 0.25, strength=1.6, base=True),
    Situation("column of 60, 90 %", partial(disjoint, share=0.9, first=0.03, second=0.5), -0.2),
    Situation("column of 60, 2 %", partial(disjoint, share=0.02, first=0.03, second=0.5), 0.12),
    Situation("column of 200, 2 %, related", partial(disjoint, share=0.02, first=0.1, second=0.5, link=0.35), 0.06),
    Situation("column of 200, 5 %, light weights say yes", partial(disjoint, share=0.05, first=0.1, second=0.5, link=-0.35), 0.08),
    Situation("column of 200, 20 %, related the other way round", partial(crossed, share=0.2, first=0.1, second=0.5), 0.1),
    Situation("column of 200, 5 %, related the other way round", partial(crossed, share=0.05, first=0.1, second=0.5), 0.08),
    Situation("column of 400, 30 %, related the other way round", partial(crossed, share=0.3, first=0.2, second=0.5), 0.1, strength=1.6),
    Situation("equal columns, 10 %, related the other way round", partial(crossed, share=0.1, first=0.5, second=0.5), 0.06, strength=1.6),
    Situation("column of 60, 40 %, related the other way round", partial(crossed, share=0.4, first=0.03, second=0.5), 0.2),
    Situation("overlap, column of 100, 10 %, related", partial(overlapping, share=0.1, first=0.05, second=0.5, link=0.35), 0.15),
    Situation("grid, one company known to 100 people, 5 %", partial(grid, share=0.05, first=0.05, second=0.5, same=0.7), 0.1),
    Situation("part of 100 of 500 people, 10 %, related", partial(part, share=0.1, first=0.2, link=0.35), 0.12, n=500, part=True),
    Situation("part of 60, 90 %", partial(part, share=0.9, first=0.03), -0.2, strength=1.6, part=True),
    Situation("column of 60, 10 %, weights that vary little", partial(disjoint, share=0.1, first=0.03, second=0.5), 0.14, strength=0.4),
)  # fmt: skip
