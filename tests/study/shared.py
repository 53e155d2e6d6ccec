"""Where the tables of real towns lie, when they are beside the project."""

from __future__ import annotations

from pathlib import Path

import pytest

FRAME = Path(__file__).parents[3] / "shared" / "data" / "frame"
towns = [
    pytest.mark.shared,
    pytest.mark.skipif(not FRAME.is_dir(), reason="the tables of towns are not beside the project"),
]
