"""A small study for the tests of this room, given as texts."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from tests.processing.plain import QUESTIONNAIRE

from posad.core.catalogue import CATALOGUE
from posad.study.folder import read_study
from posad.study.plans.values import Study


@pytest.fixture
def small(study_of: Callable[[dict[str, str]], Path]) -> Callable[..., Study]:
    """Return a function that makes the study, with more or other files and the raw answers as CSV."""

    def make(answers: str = "sex\n1\n", description: str = "", **files: str) -> Study:
        texts = {
            "study.yaml": "title: Проба\npopulation: Жители\nlanguages: [ru]\nsample: {type: quota}\n",
            "questionnaire.md": QUESTIONNAIRE,
            "answers/a.csv": answers,
            **({"answers/a.yaml": description} if description else {}),
            **{f"{name}.yaml": text for name, text in files.items()},
        }
        study, problems = read_study(study_of(texts))
        assert [p for p in problems if CATALOGUE[p.code].severity == "error"] == []
        assert study is not None
        return study

    return make


@pytest.fixture
def problems_of(study_of: Callable[[dict[str, str]], Path]) -> Callable[..., dict[str, object]]:
    """Return a function that reads the study with more files and returns the facts of each problem by its code."""

    def read(**files: str) -> dict[str, object]:
        texts = {
            "study.yaml": "title: Проба\npopulation: Жители\nlanguages: [ru]\nsample: {type: quota}\n",
            "questionnaire.md": QUESTIONNAIRE,
            "answers/a.csv": "sex\n1\n",
            **{f"{name}.yaml": text for name, text in files.items()},
        }
        found = read_study(study_of(texts))[1]
        return {p.code: dict(p.facts) for p in found if not p.code.startswith("answers-")}

    return read
