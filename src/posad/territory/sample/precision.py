r"""Errors to expect before the field: the design effect of the allocation, intervals and smallest detectable differences by domain.

Quota samples have no chances of selection; what stands here is what a stratified random sample of the same sizes would have, and is
told as such. The design effect of unequal weights is Kish's (1965, §11.7), n·Σw²/(Σw)²; that of clusters 1 + (b − 1)·ρ (Kish
1965, §5.4), with b interviews per town; they are multiplied, as is the effect expected of later weighting. Intervals of shares are
Wilson's on the effective base. The smallest detectable difference d between two independent groups solves

    d = z(1−α/2)·√(p̄(1−p̄)(1/n₁+1/n₂)) + z(power)·√(p₁(1−p₁)/n₁ + p₂(1−p₂)/n₂),   p₂ = p₁ − d or p₁ + d

(Fleiss, Levin & Paik 2003, §4.2, without the correction for continuity), n being effective bases and p̄ the pooled share.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from fractions import Fraction
from itertools import combinations

from posad.kernel.distributions import normal_quantile
from posad.study.frame.plan.values import Assumptions, Cell, SampleDesign
from posad.territory.sample.quotas import expected_cells
from posad.territory.sample.values import Allocation, Difference, Domain, Population, Precision

MOST_PAIRS = 28  # groups compared each with each while there are no more pairs than this


def kish(parts: Iterable[tuple[Fraction, Fraction]]) -> Fraction:
    """Return Kish's design effect of unequal weights, n·Σw²/(Σw)², from pairs (interviews, people that they stand for).

    >>> float(kish([(Fraction(70), Fraction(647)), (Fraction(30), Fraction(353))]))
    1.0133761904761904
    """
    kept = [(n, people) for n, people in parts if n]
    n = sum((n for n, _ in kept), Fraction(0))
    people = sum((p for _, p in kept), Fraction(0))
    return n * sum((p * p / n for n, p in kept), Fraction(0)) / (people * people) if people else Fraction(1)


def precision(design: SampleDesign, population: Population, allocation: Allocation, per_town: float) -> Precision:
    """Return what errors to expect of a plan, for everybody and for every group of every dimension.

    Args:
        design: The plan with its assumptions.
        population: People by cell.
        allocation: Interviews by stratum.
        per_town: Interviews per town drawn, on average; 1 where no towns are drawn.
    """
    cells = expected_cells(population, allocation)
    assume = design.assume
    more = assume.deff * (1 + (per_town - 1) * assume.icc)
    everybody = _domain("", "", cells, population.cells, assume, more)
    domains, differences = [everybody], list[Difference]()
    for i, dim in enumerate(population.dims):
        found = []
        for group in design.dimension(dim).ids:
            inside = {c: n for c, n in cells.items() if c[i] == group}
            if any(inside.values()):
                found.append(_domain(dim, group, inside, population.cells, assume, more))
        domains += found
        differences += _differences(dim, found, everybody, assume)
    deff = float(kish((Fraction(n), allocation.people[c]) for c, n in allocation.whole.items()))
    return Precision(deff, tuple(domains), tuple(differences))


def _domain(
    dim: str,
    group: str,
    inside: Mapping[Cell, Fraction],
    people: Mapping[Cell, Fraction],
    assume: Assumptions,
    more: float,
) -> Domain:
    n = float(sum(inside.values()))
    deff = float(kish((x, people[c]) for c, x in inside.items())) * more
    effective = n / deff
    low, high = wilson(assume.share, effective, assume.confidence)
    return Domain(dim, group, n, deff, effective, low, high)


def _differences(dim: str, groups: list[Domain], everybody: Domain, assume: Assumptions) -> list[Difference]:
    if len(groups) < 2:
        return []
    found = []
    for g in groups:
        others = [o for o in groups if o is not g]
        rest = sum(o.effective for o in others)
        found.append(Difference(dim, g.group, "", detectable(assume.share, g.effective, rest, assume)))
    pairs = list(combinations(groups, 2))
    if len(groups) > 2 and len(pairs) <= MOST_PAIRS:
        found += [
            Difference(dim, a.group, b.group, detectable(assume.share, a.effective, b.effective, assume))
            for a, b in pairs
        ]
    return found


def wilson(share: float, n: float, confidence: float) -> tuple[float, float]:
    """Return Wilson's interval of a share on an effective base.

    >>> [round(x, 4) for x in wilson(0.5, 100, 0.95)]
    [0.4038, 0.5962]
    """
    z = normal_quantile((1 + confidence) / 2)
    middle = (share + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * math.sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    return middle - half, middle + half


def detectable(share: float, n1: float, n2: float, assume: Assumptions) -> float | None:
    """Return the smallest difference from a share that two groups of these effective bases show with the power assumed.

    The direction is that of the larger variance, towards a half; from a half the two are the same. Nothing is returned where even
    the largest difference there can be would not be found.

    >>> from posad.study.frame.plan.values import Assumptions
    >>> round(detectable(0.5, 100, 100, Assumptions()), 4)
    0.1932
    """
    z_level = normal_quantile((1 + assume.confidence) / 2)
    z_power = normal_quantile(assume.power)
    sign = 1 if share < 0.5 else -1
    most = 1 - share if sign > 0 else share

    def missing(d: float) -> float:
        other = share + sign * d
        pooled = (n1 * share + n2 * other) / (n1 + n2)
        null = math.sqrt(max(pooled * (1 - pooled), 0.0) * (1 / n1 + 1 / n2))
        own = math.sqrt(share * (1 - share) / n1 + max(other * (1 - other), 0.0) / n2)
        return z_level * null + z_power * own - d

    if missing(most) > 0:
        return None
    low, high = 0.0, most
    for _ in range(100):  # halving: more than a double can tell apart
        middle = (low + high) / 2
        low, high = (middle, high) if missing(middle) > 0 else (low, middle)
    return high
