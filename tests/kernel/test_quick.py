"""The quick way of raking equals the thorough one to the last bit, and steps aside where anything is out of the ordinary."""

from __future__ import annotations

from dataclasses import fields

import numpy as np
import pytest
from hypothesis import given as cases
from hypothesis import settings
from hypothesis import strategies as st

from posad.kernel.weights.calibration import rake
from posad.kernel.weights.quick import rake_alike
from posad.kernel.weights.values import Calibration
from posad.store.values import MISSING

Targets = list[dict[int, float]]
PLAIN: Targets = [{1: 0.4, 2: 0.6}, {0: 0.5, 7: 0.25, 3: 0.25}]


@st.composite
def surveys(draw: st.DrawFn) -> tuple[list[list[int]], Targets]:
    """Return people with codes of some margins, every pair of levels met, and targets."""
    targets: Targets = []
    for _ in range(draw(st.integers(1, 3))):
        codes = draw(st.lists(st.integers(-2, 9), min_size=2, max_size=4, unique=True))
        parts = draw(st.lists(st.integers(1, 9), min_size=len(codes), max_size=len(codes)))
        targets.append({c: p / sum(parts) for c, p in zip(codes, parts, strict=True)})
    grid = np.stack(np.meshgrid(*[list(t) for t in targets]), axis=-1).reshape(-1, len(targets)).tolist()
    extra = draw(st.lists(st.sampled_from(grid), max_size=60))
    return draw(st.permutations(grid + extra)), targets


@settings(deadline=None, max_examples=60)
@cases(surveys())
def test_quick_equals_thorough(survey: tuple[list[list[int]], Targets]) -> None:
    """Weights, profiles, margins and diagnostics are equal to the last bit, whatever the people and targets."""
    people, targets = survey
    levels = np.array(people, dtype=np.int64)

    quick, thorough = rake_alike(levels, targets), rake(levels, targets, np.ones(len(levels)))

    assert isinstance(thorough, Calibration)
    assert quick is not None
    for field in fields(Calibration):
        one, other = getattr(quick, field.name), getattr(thorough, field.name)
        assert np.array_equal(one, other) if isinstance(one, np.ndarray) else one == other, field.name


def test_quick_is_taken() -> None:
    """Plain people and targets are raked the quick way."""
    levels = np.array([[1, 0], [1, 7], [2, 3], [2, 0], [2, 7], [1, 3]], dtype=np.int64)

    assert rake_alike(levels, PLAIN) is not None


@pytest.mark.parametrize(
    ("levels", "targets"),
    [
        ([[1, 0], [2, 7], [1, MISSING], [2, 3]], PLAIN),
        ([[1, 0], [2, 7], [1, 5], [2, 3]], PLAIN),
        ([[1, 0], [2, 7], [1, 8], [2, 3]], PLAIN),
        ([[1, 0], [2, 7], [1, -1], [2, 3]], PLAIN),
        ([[1, 0], [2, 7], [1, 0]], PLAIN),
        ([[1], [2]], [{1: 1.0, 2: 0.0}]),
        ([[1], [2]], [{1: 0.5, 2: 0.6}]),
        ([[1, 1], [2, 2]], [{1: 0.4, 2: 0.6}, {1: 0.6, 2: 0.4}]),
        ([[1], [2]], [{1: 0.5, 20_000: 0.5}]),
    ],
    ids=["missing", "unknown", "above", "below", "empty", "zero", "sum", "never", "far"],
)
def test_quick_steps_aside(levels: list[list[int]], targets: Targets) -> None:
    """What is missing, unknown, empty, zero, off or unreachable is left to the way that can tell it."""
    assert rake_alike(np.array(levels, dtype=np.int64), targets) is None
