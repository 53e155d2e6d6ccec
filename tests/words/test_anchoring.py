"""Codings found again: word for word, moved, nearly the same, doubtful, lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.words.made import coding, interviews

from posad.study.words.interviews.values import Segment
from posad.words.interviews.anchoring import anchor, anchor_problems, coding_of, mended

TEXT = "Р: Банк нам помог, банк нас понял.\n\nИ: Как?\n\nР: Дал отсрочку на три месяца, когда сорвалась поставка."
MADE = interviews({"A": TEXT}).texts["A"]


@pytest.mark.parametrize(
    ("quote", "par", "nth", "how", "words"),
    [
        ("банк нас понял", 1, 1, "exact", "банк нас понял"),
        ("анк н", 1, 2, "exact", "анк н"),
        ("отсрочку на три месяца", 1, 1, "moved", "отсрочку на три месяца"),
        ("отсрочку на три месеца", 3, 1, "alike", "отсрочку на три месяца"),
        ("отсрочки на три месяца,", 3, 1, "alike", "отсрочку на три месяца,"),
        ("отсрочку на тримесяца", 1, 1, "alike", "отсрочку на три месяца"),
        ("отсрочку на пару недель", 3, 1, "weak", None),
        ("совершенно другие слова про погоду и рыбу", 1, 1, "lost", ""),
        ("анк н", 99, 1, "moved", "анк н"),
    ],
)
def test_where_a_coding_is_found(quote: str, par: int, nth: int, how: str, words: str | None) -> None:
    """A coding is found word for word in its paragraph, else where it moved, else at the words most alike; else it is lost."""
    found = anchor(coding(quote, par, nth=nth), MADE)

    assert found.how == how
    assert words is None or found.words == words
    if found.span is not None:
        assert TEXT[slice(*found.span)] == found.words


def test_the_second_occurrence_is_not_the_first() -> None:
    """The number of an occurrence tells equal words of one paragraph apart."""
    first, second = (anchor(coding("анк н", 1, nth=n), MADE).span for n in (1, 2))

    assert first == (TEXT.index("анк н"), TEXT.index("анк н") + 5)
    assert second == (TEXT.rindex("анк н"), TEXT.rindex("анк н") + 5)


def test_every_doubtful_coding_is_told() -> None:
    """Moved and alike codings are warned of, weak and lost ones are errors; many warnings are counted in one line."""
    wanted = [coding("отсрочку на три месяца", 1) for _ in range(25)] + [coding("совсем про другое и другими словами")]
    found = anchor_problems([anchor(c, MADE) for c in wanted], most=20)

    assert [p.code for p in found].count("coding-moved") == 20
    assert [(p.code, p.facts.get("count")) for p in found if p.code == "codings-more"] == [("codings-more", 5)]
    assert [p.code for p in found].count("coding-lost") == 1


def test_a_mended_coding_is_exact() -> None:
    """A coding written anew is found word for word; one that is exact or not sound is left as it was."""
    alike = anchor(coding("отсрочку на три месеца", 3), MADE)
    lost = anchor(coding("совсем про другое и другими словами"), MADE)

    assert anchor(mended(alike), MADE).how == "exact"
    assert anchor(mended(alike), MADE).span == alike.span
    assert mended(lost) is lost.coding


@given(st.integers(0, len(TEXT)), st.integers(0, len(TEXT)))
def test_a_segment_becomes_a_coding_and_comes_back(a: int, b: int) -> None:
    """Any selection with words in it is anchored by its quote and found again at the same place, blanks at its ends apart."""
    start, end = sorted((a, b))
    made = coding_of(Segment("A", start, end, "a", "x"), MADE)
    words = TEXT[start:end].strip()

    assert (made is None) == (not words)
    if made is not None:
        found = anchor(made, MADE)
        assert (found.how, found.words) == ("exact", words)
        assert found.span == (
            start + len(TEXT[start:end]) - len(TEXT[start:end].lstrip()),
            start + len(TEXT[start:end].rstrip()),
        )
