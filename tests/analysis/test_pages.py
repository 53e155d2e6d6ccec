"""The pages of the methods: there is one for each kind, and their examples run."""

from __future__ import annotations

import doctest

import pytest
from tests.pages import DOCS

from posad.analysis.declaring import KINDS, kind_of

ANALYSES = DOCS / "explanation" / "analyses"


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_a_page_whose_example_runs(kind: str) -> None:
    """The page of each kind says what is computed, what it cannot tell, whose method it is, and its example gives what it says."""
    page = ANALYSES / f"{kind_of(kind).page}.md"
    text = page.read_text(encoding="utf-8")

    found = doctest.testfile(str(page), module_relative=False)

    assert found.attempted > 3
    assert found.failed == 0
    for head in ("## What is computed", "## What it cannot tell", "## An example that runs", "## References"):
        assert head in text
    assert f"kind: {kind}" in text
