"""Weights made apart in each part of the file."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from posad.kernel.weights.calibration import rake
from posad.kernel.weights.checks import Remark
from posad.kernel.weights.values import Calibration
from posad.processing.waves import in_parts
from posad.store.values import BILLION

TARGETS = [{1: 0.5, 2: 0.5}]


def made(part: Sequence[int], levels: Sequence[int]) -> tuple[Calibration | None, list[tuple[int, Remark]]]:
    """Return the weight of people in parts, raked to halves in each."""
    codes = np.array(levels).reshape(-1, 1)

    def make(rows: NDArray[np.bool_]) -> Calibration | list[Remark]:
        return rake(codes[rows], TARGETS)

    return in_parts(np.array(part), make)


def test_parts_are_raked_by_themselves() -> None:
    """One man of three in the first part weighs 3/2 and two of three in the second 3/4; profiles and levels are those of each part."""
    weight, remarks = made([0, 0, 0, 1, 1, 1], [1, 2, 2, 1, 1, 2])

    assert remarks == []
    assert weight is not None
    assert [w / BILLION for w in weight.w.tolist()] == [1.5, 0.75, 0.75, 0.75, 0.75, 1.5]
    assert weight.profile.tolist() == [0, 1, 1, 2, 2, 3]
    assert weight.profile_levels.tolist() == [[1, 0, 0, 0], [0, 1, 0, 0], [0, 0, 1, 0], [0, 0, 0, 1]]
    assert [(x.people, x.after) for x in weight.levels] == [(1, 0.5), (2, 0.5), (2, 0.5), (1, 0.5)]
    assert (weight.people, weight.effective) == (6, 36 / 6.75)


def test_a_part_that_cannot_be_raked_stops_all() -> None:
    """A part without a man is named by its number, and there is no weight."""
    weight, remarks = made([0, 0, 1, 1], [1, 2, 2, 2])

    assert weight is None
    assert [number for number, _ in remarks] == [1]


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(0, 2), st.integers(1, 2)), max_size=40))
def test_order_of_rows_does_not_matter(extra: list[tuple[int, int]]) -> None:
    """Each person has the same weight wherever the row stands."""
    rows = [(part, level) for part in range(3) for level in (1, 2)] + extra
    turned = rows[::-1]

    one, _ = made(*zip(*rows, strict=True))
    other, _ = made(*zip(*turned, strict=True))

    assert one is not None
    assert other is not None
    assert one.w.tolist() == other.w.tolist()[::-1]
