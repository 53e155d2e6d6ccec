"""Theil's measures, which fall apart into what lies between types of territory and what lies within them.

Formulas: Theil 1967; Shorrocks 1980 ("The class of additively decomposable inequality measures"), where T is GE(1) and L is GE(0).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from posad.territory.measures.spreads import Floats, floats, shares


@dataclass(frozen=True, slots=True)
class Decomposition:
    """A Theil measure and its two parts; ``between + within`` is ``total``. ``groups`` gives each type's part of ``within``."""

    total: float
    between: float
    within: float
    groups: tuple[tuple[str, float], ...] = ()

    @property
    def between_share(self) -> float | None:
        """The part of the measure that lies between types, from 0 to 1; None where there is no inequality at all."""
        return self.between / self.total if self.total > 0 else None


def theil_t(values: ArrayLike, people: ArrayLike | None = None) -> float | None:
    """Return Theil's T: Σ pᵢ (yᵢ/ȳ) ln(yᵢ/ȳ), where a value of zero adds nothing; it minds most what happens at the top.

    >>> theil_t([2.0, 2.0])
    0.0
    """
    y = floats(values)
    if not len(y) or np.any(y < 0) or not np.any(y > 0):
        return None
    return _t(y, shares(people, len(y)))


def theil_l(values: ArrayLike, people: ArrayLike | None = None) -> float | None:
    """Return Theil's L, the mean logarithmic deviation: Σ pᵢ ln(ȳ/yᵢ); it minds most what happens at the bottom.

    >>> theil_l([2.0, 2.0])
    0.0
    """
    y = floats(values)
    if not len(y) or np.any(y <= 0):
        return None
    return _l(y, shares(people, len(y)))


def decompose_t(values: ArrayLike, types: Sequence[str], people: ArrayLike | None = None) -> Decomposition | None:
    """Return Theil's T between types, Σ P_g (ȳ_g/ȳ) ln(ȳ_g/ȳ), and within them, Σ P_g (ȳ_g/ȳ) T_g; P_g is a type's share of people."""
    y = floats(values)
    if not len(y) or np.any(y < 0) or not np.any(y > 0):
        return None
    return _parts(y, types, shares(people, len(y)), by_value=True)


def decompose_l(values: ArrayLike, types: Sequence[str], people: ArrayLike | None = None) -> Decomposition | None:
    """Return Theil's L between types, Σ P_g ln(ȳ/ȳ_g), and within them, Σ P_g L_g; P_g is a type's share of people."""
    y = floats(values)
    if not len(y) or np.any(y <= 0):
        return None
    return _parts(y, types, shares(people, len(y)), by_value=False)


def _t(y: Floats, p: Floats) -> float:
    ratio = y / float(p @ y)
    logs = np.log(np.where(ratio > 0, ratio, 1.0))
    return max(0.0, float(p @ (ratio * logs)))


def _l(y: Floats, p: Floats) -> float:
    return max(0.0, float(p @ np.log(float(p @ y) / y)))


def _parts(y: Floats, types: Sequence[str], p: Floats, *, by_value: bool) -> Decomposition:
    names = np.asarray(types, dtype=object)
    if len(names) != len(y):
        raise ValueError("every territory needs a type")
    sizes, middles, inner = [], [], []
    order = tuple(dict.fromkeys(types))
    for name in order:
        mine = names == name
        size = float(p[mine].sum())
        sizes.append(size)
        middles.append(float(p[mine] @ y[mine]) / size)
        own = p[mine] / size
        inner.append((_t(y[mine], own) if np.any(y[mine] > 0) else 0.0) if by_value else _l(y[mine], own))
    group, middle = floats(sizes), floats(middles)
    between = _t(middle, group) if by_value else _l(middle, group)
    weight = group * middle / float(group @ middle) if by_value else group
    parts = weight * floats(inner)
    total = _t(y, p) if by_value else _l(y, p)
    return Decomposition(total, between, float(parts.sum()), tuple(zip(order, (float(x) for x in parts), strict=True)))
