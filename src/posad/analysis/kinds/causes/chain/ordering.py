"""Which orders of the layers the answers can tell apart: an order says that each layer has to do only with its neighbours.

What an order leaves out is measured by how much the answers know of a link between layers that are no neighbours: the Kullback–Leibler
distance, in nats a person, from the normal distribution with the answers' covariances to the nearest one in which layers are linked to
their neighbours only; what is held equal is taken out first. An order and its reverse leave out the same, whatever the answers: they
cannot be told apart (Verma and Pearl 1990). Others are compared by the difference, with its error from the replicate weights.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise, permutations

import numpy as np
from numpy.typing import NDArray

from posad.analysis.kinds.causes.chain.modelling import People
from posad.analysis.kinds.causes.chain.planning import ChainPlan
from posad.analysis.linear.importance import covariances, without_controls
from posad.analysis.linear.regions import NORMAL
from posad.kernel.design import Floats

MOST = 6  # layers: 360 orders without their reverses
Order = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Rival:
    """Another order of the layers: how much more it leaves out than the declared one, and the error of that."""

    order: Order
    gap: float
    error: float

    @property
    def told(self) -> bool:
        """Tell whether the answers can tell it from the declared order."""
        return self.error > 0 and abs(self.gap) > NORMAL * self.error

    @property
    def better(self) -> bool:
        """Tell whether it fits clearly better than the declared order."""
        return self.told and self.gap < 0


@dataclass(frozen=True, slots=True)
class Orders:
    """What the declared order leaves out (its error too), and its rivals, the best first; a reverse stands for both of a pair."""

    declared: float
    error: float
    reverse: float  # how much more the reverse leaves out: nought, but for rounding
    rivals: tuple[Rival, ...]


def orders(people: People, plan: ChainPlan, replicates: Floats | None, scale: Floats | None) -> Orders | None:
    """Return what the orders of the layers leave out; nothing where there are too many layers, or links determine one another.

    Args:
        people: The people of the chain.
        plan: The chain.
        replicates: B×C replicate weights, where there are any.
        scale: B factors of the squares of their deviations, that add up to a variance.
    """
    layers = plan.whole
    if len(layers) > MOST:
        return None
    links = [link for layer in layers for link in layer]
    columns = np.column_stack([*(people.links[link.id] for link in links), people.controls[:, 1:]])[people.inside]
    controls = list(range(len(links), columns.shape[1]))
    blocks = _blocks([len(layer) for layer in layers])
    own = without_controls(covariances(columns, people.weights[people.inside][None]), controls)
    if np.linalg.slogdet(own[0])[1] < -50 or np.linalg.slogdet(own[0])[0] <= 0:
        return None
    table = _left_out(own, blocks)
    if replicates is not None and scale is not None:
        more = _left_out(without_controls(covariances(columns, replicates[:, people.inside]), controls), blocks)
    else:
        more, scale = {order: np.zeros(0) for order in table}, np.zeros(0)
    declared = tuple(range(len(layers)))
    base, moved = float(table[declared][0]), more[declared] - table[declared][0]
    rivals = [
        Rival(o, float(v[0]) - base, _error(more[o] - v[0] - moved, scale))
        for o, v in table.items()
        if o not in (declared, declared[::-1]) and o < o[::-1]
    ]
    reverse = float(table[declared[::-1]][0]) - base
    return Orders(base, _error(moved, scale), reverse, tuple(sorted(rivals, key=lambda r: r.gap)))


def _error(moves: Floats, scale: Floats) -> float:
    return float(np.sqrt(np.sum(scale * moves**2)))


def _blocks(sizes: Sequence[int]) -> list[list[int]]:
    ends = np.cumsum(sizes).tolist()
    return [list(range(end - size, end)) for size, end in zip(sizes, ends, strict=True)]


def _left_out(cov: Floats, blocks: Sequence[Sequence[int]]) -> dict[Order, Floats]:
    """Return, for every order, what it leaves out (B): half of Σ log|pair| − Σ log|inner layer| − log|all|."""

    def log(at: Sequence[int]) -> NDArray[np.float64]:
        return np.asarray(np.linalg.slogdet(cov[:, at][:, :, at])[1], dtype=np.float64)

    count = len(blocks)
    one = [log(b) for b in blocks]
    two = {(i, j): log([*blocks[i], *blocks[j]]) for i in range(count) for j in range(i + 1, count)}
    every = log(range(cov.shape[1]))
    found = {}
    for order in permutations(range(count)):
        pairs = sum((two[min(p), max(p)] for p in pairwise(order)), np.zeros(len(every)))
        inner = sum((one[k] for k in order[1:-1]), np.zeros(len(every)))
        found[order] = np.asarray(0.5 * (pairs - inner - every), dtype=np.float64)
    return found
