"""The town that the tests of this room count in."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.conftest import _open
from tests.town import ENGLISH, QUESTIONNAIRE, STUDY, VARIABLES, answers, town

from posad.tabulation.context import Context

__all__ = ["town"]


@pytest.fixture(scope="session")
def opened_town(tmp_path_factory: pytest.TempPathFactory) -> Context:
    """Return the town opened once, for tests that ask it many things."""
    folder = Path(tmp_path_factory.mktemp("town"))
    (folder / "answers").mkdir()
    texts = {
        "study.yaml": STUDY,
        "questionnaire.md": QUESTIONNAIRE,
        "questionnaire.en.md": ENGLISH,
        "variables.yaml": VARIABLES,
    }
    for name, text in (texts | {"answers/2025.csv": answers()}).items():
        (folder / name).write_text(text, encoding="utf-8")
    return _open(folder)
