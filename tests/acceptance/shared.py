"""Where the seed report's statements lie, when they are beside the project."""

from __future__ import annotations

from pathlib import Path

import pytest

SEED = Path(__file__).parents[3] / "shared" / "seed"
BLIND, KEY = SEED / "claims_blind.csv", SEED / "claims.csv"
seed = [
    pytest.mark.shared,
    pytest.mark.skipif(not SEED.is_dir(), reason="the seed report is not beside the project"),
]

REFI = Path(__file__).parents[3] / "shared" / "data" / "refi-qda"
refi = [
    pytest.mark.shared,
    pytest.mark.skipif(not REFI.is_dir(), reason="the schemas of REFI-QDA are not beside the project"),
]
