"""Counts of a frame."""

from __future__ import annotations

from tests.study.frames import small_frame, town

from posad.study.frame.counting import Count, count, country_total, size_bounds, size_of


def test_towns_and_people_are_counted_by_size() -> None:
    """Towns under 250,000 are the three smaller ones, by the upper bound that belongs to the next class."""
    frame = small_frame()

    assert count(frame, size="under250") == Count(3, 409_500)
    assert count(frame, size="from250") == Count(1, 600_000)
    assert count(frame, size="middle") == Count(2, 369_500)


def test_conditions_hold_together() -> None:
    """A size and a district are both met; a list of ids narrows further."""
    frame = small_frame()

    assert count(frame, size="under250", district="south") == Count(1, 249_500)
    assert count(frame, region="XX-N", among={"a", "d"}) == Count(1, 40_000)
    assert count(frame, id="d") == Count(1, 600_000)


def test_every_vintage_has_its_own_sizes() -> None:
    """The town that had 250,500 at the earlier census is not under 250,000 there."""
    assert count(small_frame(), "people_old", size="under250") == Count(2, 162_000)


def test_a_town_without_a_number_is_told() -> None:
    """A town without a number is counted as a town, not as people, and is in no size class."""
    frame = small_frame(town("a", "north", 5_000, None, None), town("b", "north", None, None, None))

    assert count(frame) == Count(2, 5_000, unknown=1)
    assert count(frame, size="small") == Count(1, 5_000)
    assert size_of(frame, frame.territories[1]) is None


def test_the_country_is_of_one_date() -> None:
    """The control total serves the frame's own column and no other vintage."""
    assert country_total(small_frame()) == 2_000_000
    assert country_total(small_frame(), "people_old") is None


def test_a_size_word_is_a_class_or_a_bound() -> None:
    """An unknown word has no bounds."""
    assert size_bounds(small_frame(), "from50") == (50_000, None)
    assert size_bounds(small_frame(), "huge") is None
