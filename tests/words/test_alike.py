"""What is done where likeness of words cannot be told."""

from __future__ import annotations

import pytest
from tests.words.made import coding, interviews

from posad.words.interviews.anchoring import anchor, anchor_problems


def test_without_rapidfuzz_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where rapidfuzz is not installed, words are found exactly and elsewhere; what would need likeness is one problem naming the extra."""
    monkeypatch.setattr("posad.words.alike.NEEDED", "no_such_library")
    text = interviews({"A": "Р: Мы решили остаться.\n\nР: Надолго."}).texts["A"]
    found = [anchor(coding(q), text) for q in ("решили остаться", "Надолго", "решили остатся", "решил остаться")]
    problems = anchor_problems(found)

    assert [a.how for a in found] == ["exact", "moved", "lost", "lost"]
    assert [(p.code, p.facts["extra"]) for p in problems] == [("words-extra-missing", "words")]
