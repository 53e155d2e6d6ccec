"""Clusters of the map and declared names, each with its evidence: two stabilities, the nearest pair across a border.

Respondents' replicates alone cannot choose the number of clusters: at two thousand people every number looks stable. So the companies
are resampled too (Hennig 2007), and the nearest pair across a border must be told apart.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from posad.analysis.kinds.influence.counting import Pair, Places
from posad.analysis.kinds.influence.planning import Named
from posad.analysis.linear.ward import jaccard, silhouette, ward
from posad.kernel.design import Floats

STABLE = 0.85  # Hennig's "highly stable"
MOST = 7  # clusters
ENOUGH = 300  # people who rated, effectively; fewer do not bear names
SAMPLES, SEED = 1000, 1


@dataclass(frozen=True, slots=True)
class Clusters:
    """A partition of the companies into k clusters with its evidence.

    ``by_people`` and ``by_companies`` are the smallest mean Jaccard over the clusters in respondents' replicates and in samples of the
    companies; ``nearest`` is the pair across a border that is hardest to tell apart.
    """

    k: int
    labels: tuple[int, ...]
    by_people: float
    by_companies: float
    nearest: Pair | None
    silhouette: float

    @property
    def holds(self) -> bool:
        """Tell whether all evidence speaks for this partition."""
        return min(self.by_people, self.by_companies) >= STABLE and self.nearest is not None and self.nearest.apart


def replicated_places(found: Places, weights: Floats) -> Floats:
    """Return the places in every replicate, B×N×2; replicates in which a company lost all its raters are left out."""
    over = weights @ found.denominators
    with np.errstate(invalid="ignore", divide="ignore"):
        shares = (weights @ found.numerators) / over
    shares = shares[np.all(np.isfinite(shares), axis=1)]
    return shares.reshape(len(shares), 2, found.count).transpose(0, 2, 1)


def clusters(found: Places, repeated: Floats, tested: Sequence[Pair]) -> list[Clusters]:
    """Return Ward's partitions into 2, 3 … clusters, each with its evidence; none for fewer than five companies."""
    n = found.count
    if n < 5 or len(repeated) < 2:
        return []
    most = min(MOST, n - 2)
    own = ward(found.xy[None], most=most)
    by_people = ward(repeated, most=most)
    drawn = np.random.default_rng(SEED).integers(0, n, size=(SAMPLES, n))
    inside = np.zeros((SAMPLES, n), dtype=bool)
    inside[np.arange(SAMPLES)[:, None], drawn] = True
    by_companies = ward(np.broadcast_to(found.xy, (SAMPLES, n, 2)), inside, most=most)
    made = []
    for k in range(2, most + 1):
        labels = own[k][0]
        across = [p for p in tested if labels[p.first] != labels[p.second]]
        nearest = max(across, key=lambda p: (p.p, -p.statistic), default=None)
        people = float(np.nanmin(np.nanmean(jaccard(labels, by_people[k])[1], axis=0)))
        enough = by_companies[k][np.any(by_companies[k] >= 0, axis=1)]
        companies = float(np.nanmin(np.nanmean(jaccard(labels, enough)[1], axis=0))) if len(enough) else 0.0
        made.append(Clusters(k, tuple(labels.tolist()), people, companies, nearest, silhouette(found.xy, labels)))
    return made


def best(made: Sequence[Clusters]) -> Clusters | None:
    """Return the largest partition that holds; nothing where none does."""
    return next((c for c in reversed(made) if c.holds), None)


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for a declared group: of each member the share of replicates in which it is nearest to its own group.

    ``nearest`` is the pair of a member and a company outside that is hardest to tell apart. ``members`` are numbers of companies.
    """

    group: Named
    members: tuple[int, ...]
    own: tuple[float, ...]
    nearest: Pair | None

    @property
    def weakest(self) -> int:
        """The member that is least often nearest to its own group, by its number among ``members``."""
        return int(np.argmin(self.own))

    @property
    def holds(self) -> bool:
        """Tell whether every member stays with its group and the border can be told."""
        return min(self.own) >= STABLE and self.nearest is not None and self.nearest.apart


def evidence(found: Places, named: Sequence[Named], repeated: Floats, tested: Sequence[Pair]) -> list[Evidence]:
    """Return the evidence of every declared group that has at least two companies on the map.

    A member is compared with the mean place of its own group without it, and with the mean places of the other groups of the level
    (of all companies outside, where the level has one group only).
    """
    rows = [c.row for c in found.companies]
    made = []
    for group in named:
        inside = [rows.index(r) for r in group.rows if r in rows]
        outside = [i for i in range(found.count) if i not in inside]
        if len(inside) < 2 or not outside or len(repeated) < 2:
            continue
        peers = [
            [rows.index(r) for r in g.rows if r in rows] for g in named if g.level == group.level and g.id != group.id
        ]
        peers = [p for p in peers if p] or [outside]
        own = tuple(_nearest_own(repeated, i, [j for j in inside if j != i], peers) for i in inside)
        across = [p for p in tested if (p.first in inside) != (p.second in inside)]
        nearest = max(across, key=lambda p: (p.p, -p.statistic), default=None)
        made.append(Evidence(group, tuple(inside), own, nearest))
    return made


def _nearest_own(repeated: Floats, i: int, own: Sequence[int], peers: Sequence[Sequence[int]]) -> float:
    """Return the share of replicates in which a company is nearer to its own group than to any other."""

    def away(members: Sequence[int]) -> NDArray[np.float64]:
        far: NDArray[np.float64] = np.sum((repeated[:, i] - repeated[:, list(members)].mean(axis=1)) ** 2, axis=1)
        return far

    others = np.min([away(p) for p in peers], axis=0)
    return float(np.mean(away(own) < others))


def bears_names(found: Places) -> bool:
    """Tell whether the usual company of the map was rated by people enough to give groups names."""
    held = [found.base(i).effective for i in range(found.count)]
    return bool(held) and float(np.median(held)) >= ENOUGH
