"""Shares of messages in a known world: labels alone mislead, corrected by hand codes they do not."""

from __future__ import annotations

import numpy as np
import pytest

from posad.words.sources.prevalence import Prevalence, prevalence

SIZE, CODED, TIMES = 100_000, 500, 2_000
WORLD = (
    (0.10, 0.80, 0.12),
    (0.20, 0.75, 0.04),
)  # true share, how often the labels find it, how often they find it falsely


@pytest.mark.slow
def test_corrected_shares_simulation() -> None:
    """The gap of two groups is right within 0.3 points, its interval covers in 93–97 %, and counting labels turns its sign."""
    r = np.random.default_rng(20_261_124)
    gaps, naive, covered = [], [], 0
    for _ in range(TIMES):
        found, counted = [], []
        for share, hit, false in WORLD:
            true = r.random(SIZE) < share
            labels = r.random(SIZE) < np.where(true, hit, false)
            at = r.choice(SIZE, CODED, replace=False)
            one = prevalence(labels, at, true[at])
            assert isinstance(one, Prevalence)
            found.append((one.value - float(true.mean()), one.error, one.value))
            counted.append(float(labels.mean()))
        off = found[1][0] - found[0][0]
        gaps.append(off)
        covered += abs(off) <= 1.959964 * float(np.hypot(found[0][1], found[1][1]))
        naive.append(counted[1] - counted[0])

    assert abs(float(np.mean(gaps))) < 0.003
    assert 0.93 <= covered / TIMES <= 0.97
    assert float(np.mean(naive)) < 0 < 0.10
