"""What tests of several rooms share: a study is a mapping from file names to texts."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest


@pytest.fixture
def study_of(tmp_path: Path) -> Callable[[dict[str, str]], Path]:
    """Return a function that writes a study given as file names and texts, and returns its folder."""

    def write(files: dict[str, str]) -> Path:
        folder = tmp_path / "study"
        folder.mkdir(exist_ok=True)
        for name, text in files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return folder

    return write
