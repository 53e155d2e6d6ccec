"""A weight made apart in each part of the file, as for each wave of a tracker: every part is brought to the targets by itself.

Each part keeps the weight of its own people (mean one inside it), and the levels of its margins are levels of their own in what the
errors know of the weight: the residuals of one part are those of its own regression.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from posad.kernel.weights.checks import Remark
from posad.kernel.weights.values import Calibration
from posad.store.values import BILLION, MISSING

Make = Callable[[NDArray[np.bool_]], "Calibration | list[Remark]"]


def in_parts(part: NDArray[np.int64], make: Make) -> tuple[Calibration | None, list[tuple[int, Remark]]]:
    """Return one weight out of those made in each part, and every remark with the number of its part.

    Args:
        part: the part of each row, numbered from zero; no part is empty.
        make: makes the weight of the rows that are told.

    Returns:
        The weight, nothing where a part cannot be weighted; levels and profiles of the first part stand first.
    """
    made: list[Calibration] = []
    told: list[tuple[int, Remark]] = []
    count = int(part.max(initial=-1)) + 1
    for number in range(count):
        found = make(part == number)
        remarks = found.remarks if isinstance(found, Calibration) else found
        told += [(number, remark) for remark in remarks]
        made += [found] if isinstance(found, Calibration) else []
    if len(made) < count or not made:
        return None, told
    return (made[0] if count == 1 else _stitched(part, made)), told


def _stitched(part: NDArray[np.int64], made: list[Calibration]) -> Calibration:
    d, w, profile = (np.full(len(part), MISSING, dtype=np.int64) for _ in range(3))
    before = 0
    for number, one in enumerate(made):
        rows = part == number
        d[rows], w[rows] = one.d, one.w
        profile[rows] = np.where(one.profile == MISSING, MISSING, one.profile + before)
        before += len(one.profile_levels)
    values = w[w != MISSING] / BILLION
    effective = float(values.sum() ** 2 / (values @ values))
    return replace(
        made[0],
        d=d,
        w=w,
        profile=profile,
        profile_levels=_blocks([one.profile_levels for one in made]),
        levels=tuple(level for one in made for level in one.levels),
        numbers=tuple(number for one in made for number in one.numbers),
        people=len(values),
        effective=effective,
        design_effect=len(values) / effective,
        efficiency=effective / len(values),
        lowest=min(one.lowest for one in made),
        highest=max(one.highest for one in made),
        at_bounds=sum(one.at_bounds for one in made),
        passes=max(one.passes for one in made),
        gap=max(one.gap for one in made),
        scale=sum(one.scale * one.people for one in made) / len(values),
        remarks=tuple(remark for one in made for remark in one.remarks),
    )


def _blocks(levels: list[NDArray[np.generic]]) -> NDArray[np.generic]:
    """Return the profile levels of all parts along a diagonal: the levels of one part say nothing of another."""
    rows, columns = sum(len(x) for x in levels), sum(x.shape[1] for x in levels)
    found = np.zeros((rows, columns), dtype=np.result_type(*levels))
    row = column = 0
    for x in levels:
        found[row : row + len(x), column : column + x.shape[1]] = x
        row, column = row + len(x), column + x.shape[1]
    return found
