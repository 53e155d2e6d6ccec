"""What tests of several rooms share: a study is a mapping from file names to texts."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings
from tests.browser import browser, open_page
from tests.postgres import postgres

if TYPE_CHECKING:
    from posad.tabulation.context import Context


__all__ = ["browser", "open_page", "postgres"]
settings.register_profile("posad", deadline=None, derandomize=True)  # the same examples on every machine, however slow
settings.load_profile("posad")


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


@pytest.fixture(scope="session")
def opened() -> dict[tuple[tuple[str, str], ...], Context]:
    """Hold the studies that were opened for counting, by their texts: opening one takes longer than a test."""
    return {}


@pytest.fixture
def answered(
    study_of: Callable[[dict[str, str]], Path], opened: dict[tuple[tuple[str, str], ...], Context]
) -> Callable[[dict[str, str]], Context]:
    """Return a function that reads a study given as texts, codes and weights its first file of answers, and opens it for counting."""

    def open_(files: dict[str, str]) -> Context:
        key = tuple(sorted(files.items()))
        if key not in opened:
            opened[key] = _open(study_of(files))
        return opened[key]

    return open_


@pytest.fixture
def open_folder() -> Callable[[Path], Context]:
    """Return the function that opens a study folder for counting."""
    return _open


def _open(folder: Path) -> Context:
    """Return a study folder with its first file of answers coded, derived and weighted."""
    from posad.exchange.reading import read_raw
    from posad.processing.coding import code_answers
    from posad.processing.deriving import derive
    from posad.processing.weighing import weigh
    from posad.store.duck import DuckEngine
    from posad.study.folder import read_study
    from posad.tabulation.context import Context

    study, problems = read_study(folder)
    assert study is not None, problems
    file = study.answers[0]
    raw, _ = read_raw(folder / file.path, name=file.path)
    assert raw is not None
    columns, problems = code_answers(raw, file, study)
    assert columns is not None, problems
    engine = DuckEngine.from_columns(columns, threads=1)
    derive(engine, study)
    designs = {}
    for plan in study.weights:
        weighed, _ = weigh(engine, study, plan)
        if weighed is not None and plan.method != "none":
            designs[plan.id] = weighed.design(engine)
    simulated = any(a.simulated for a in study.answers)
    return Context(study, engine, designs, simulated=simulated, data_digest="first")
