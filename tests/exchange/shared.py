"""Where the real surveys lie, when they are beside the project."""

from __future__ import annotations

from pathlib import Path

import pytest

SURVEYS = Path(__file__).parents[3] / "shared" / "data" / "surveys"
real = [
    pytest.mark.shared,
    pytest.mark.skipif(not SURVEYS.is_dir(), reason="the real surveys are not beside the project"),
]
