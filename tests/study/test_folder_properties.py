"""Whatever stands in a study's files, reading gives a value or problems at places that exist."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from posad.core.speech import say, way_out
from posad.study.folder import read_study

WORDS = st.sampled_from(
    [
        "title",
        "languages",
        "sample",
        "type",
        "quota",
        "waves",
        "nets",
        "label",
        "codes",
        "groups",
        "if",
        "else",
        "exclusive",
        "main",
        "method",
        "rake",
        "none",
        "given",
        "margins",
        "targets",
        "source",
        "bounds",
        "merge",
        "column",
        "sex",
        "age",
        "move",
        "mood",
        "like_city.top2",
        "move.leave",
        "firms",
        "better",
        "1",
        "2",
        "3-4",
        "45.2",
        "%",
        "0.5",
        "true",
        "null",
        "books",
        "banner",
        "rows",
        "all",
        "total",
        ">",
        "filter",
        "rules",
        "action",
        "exclude",
        "reason",
        "of",
        "by",
        "kind",
        "columns",
        "values",
        "missing",
        "respondent",
        "ru",
        "en",
    ]
)
SCALARS = WORDS | st.integers(-5, 120).map(str) | st.text(max_size=6)
YAMLS = st.recursive(
    SCALARS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(lambda parts: f"[{', '.join(parts)}]"),
        st.dictionaries(WORDS, inner, max_size=4).map(
            lambda d: "{" + ", ".join(f"{k}: {v}" for k, v in d.items()) + "}"
        ),
    ),
    max_leaves=12,
)
FILES = ("study.yaml", "variables.yaml", "weights.yaml", "cleaning.yaml", "tables.yaml", "answers/2025.yaml",
         "report/figures.yaml", "report/look.yaml")  # fmt: skip


@pytest.mark.parametrize("name", FILES)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30, deadline=None)
@given(
    text=st.dictionaries(WORDS, YAMLS, max_size=4).map(lambda d: "\n".join(f"{k}: {v}" for k, v in d.items()))
    | st.text(max_size=60)
)
def test_any_text_of_a_settings_file_is_read(name: str, text: str, files: dict[str, str]) -> None:
    """No text of a settings file makes reading fail; every problem can be said and stands in a file of the study."""
    with tempfile.TemporaryDirectory() as folder:
        for other, words in (files | {name: text}).items():
            path = Path(folder) / other
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(words, encoding="utf-8", errors="replace")
        _, problems = read_study(Path(folder))

    for p in problems:
        assert say(p, "ru")
        assert way_out(p, "en")
        assert p.place.line >= 1
        assert p.place.column >= 1
