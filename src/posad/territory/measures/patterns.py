"""What to call a change: upward convergence and its kin for all territories, and how a type of territory moved beside all of them.

Names and their conditions follow Eurofound ("Upward convergence in the EU: Concepts, measurements and indicators", 2018) and its
package convergEU: a direction of good turns figures where less is better the other way round.
"""

from __future__ import annotations

from typing import Literal

Whole = Literal[
    "upward-convergence", "upward-divergence", "downward-convergence", "downward-divergence",
    "improvement", "worsening", "convergence", "divergence", "no-change",
]  # fmt: skip
Pattern = Literal[
    "catching-up", "flattening", "inversion", "outperforming", "slower-pace", "diving", "defending-better", "escaping",
    "falling-away", "underperforming", "recovering", "reacting-better", "parallel", "crossing-up", "crossing-down", "other",
]  # fmt: skip

SAME = 1e-12  # relative to the figures: smaller differences come of the arithmetic


def whole_pattern(level: tuple[float, float], spread: tuple[float, float], *, higher_is_better: bool) -> Whole:
    """Return what became of the level and of the spread from the first time to the last.

    "Upward" means that the mean moved to the good side, "convergence" that the spread fell; where one of the two stayed as it was
    the other gives the name.

    >>> whole_pattern((10.0, 12.0), (3.0, 2.0), higher_is_better=True)
    'upward-convergence'
    >>> whole_pattern((10.0, 12.0), (3.0, 2.0), higher_is_better=False)
    'downward-convergence'
    """
    better = _sign(*level) * (1 if higher_is_better else -1)
    wider = _sign(*spread)
    names: dict[tuple[int, int], Whole] = {
        (1, -1): "upward-convergence",
        (1, 1): "upward-divergence",
        (-1, -1): "downward-convergence",
        (-1, 1): "downward-divergence",
        (1, 0): "improvement",
        (-1, 0): "worsening",
        (0, -1): "convergence",
        (0, 1): "divergence",
        (0, 0): "no-change",
    }
    return names[better, wider]


def type_pattern(group: tuple[float, float], everyone: tuple[float, float], *, higher_is_better: bool) -> Pattern:
    """Return how a type of territory moved from the first time to the last beside the mean of all.

    The twelve names say whether the mean of all improved, whether the type did, and whether the gap between them narrowed; lines
    that cross, or run side by side, have names of their own; where one of the two did not move, or both were level, it is "other".

    >>> type_pattern((80.0, 95.0), (100.0, 110.0), higher_is_better=True)
    'catching-up'
    >>> type_pattern((12.0, 10.0), (8.0, 7.0), higher_is_better=False)
    'catching-up'
    """
    turn = 1.0 if higher_is_better else -1.0
    g, e = (turn * group[0], turn * group[1]), (turn * everyone[0], turn * everyone[1])
    scale = max(abs(x) for x in (*g, *e)) * SAME
    before, after = g[0] - e[0], g[1] - e[1]
    if abs(after - before) <= scale:
        return "parallel"
    if before * after < 0 and min(abs(before), abs(after)) > scale:
        return "crossing-up" if after > 0 else "crossing-down"
    key = (_sign(*e), _sign(*g), _sign(abs(before), abs(after)), 1 if after > before else -1)
    return _NAMES.get(key, "other")


_NAMES: dict[tuple[int, int, int, int], Pattern] = {
    # all, the type, the gap, the type beside all: +1 up or wider or faster
    (1, 1, -1, 1): "catching-up",
    (1, 1, -1, -1): "flattening",
    (1, -1, -1, -1): "inversion",
    (1, 1, 1, 1): "outperforming",
    (1, 1, 1, -1): "slower-pace",
    (1, -1, 1, -1): "diving",
    (-1, -1, 1, 1): "defending-better",
    (-1, 1, 1, 1): "escaping",
    (-1, -1, 1, -1): "falling-away",
    (-1, -1, -1, -1): "underperforming",
    (-1, 1, -1, 1): "recovering",
    (-1, -1, -1, 1): "reacting-better",
}


def _sign(before: float, after: float) -> int:
    """Return which way a figure went."""
    if abs(after - before) <= SAME * max(abs(before), abs(after)):
        return 0
    return 1 if after > before else -1
