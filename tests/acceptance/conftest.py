"""What acceptance tests of several files share."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.acceptance.support import copy_study

from posad.core.speech import say
from posad.pipeline.verbs.build import build
from posad.pipeline.verbs.simulate import simulate_study


@pytest.fixture(scope="session", params=["platforms-2025", "anes-1996"])
def shown(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a study of ours, built once for all; a test that changes it puts it back."""
    name = str(request.param)
    folder = copy_study(name, tmp_path_factory.mktemp("shown"))
    if name == "platforms-2025":
        simulate_study(folder)
    result = build(folder)
    assert result.reports == ("build/report/index.html",), [say(p, "en") for p in result.problems]
    return folder
