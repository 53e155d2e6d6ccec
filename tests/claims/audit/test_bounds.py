"""Bounds of what is not printed, against sums by hand and against every table of a few people."""

from __future__ import annotations

from fractions import Fraction
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.claims.audit.surveys import audited, first, told

from posad.claims.audit.values import Bound

PRINTED = "like,likes,,72,,,1\nsex,1,,48,,,1\n"


def ends(found: Bound) -> tuple[float, float, float, float]:
    """Return the four ends of a bound."""
    return float(found.low), float(found.high), float(found.loose_low), float(found.loose_high)


def test_two_one_way_shares_bound_their_overlap(tmp_path: Path) -> None:
    """72 % and 48 % overlap by 20 to 48 %, with rounding by 19 to 48.5 %."""
    made = audited(tmp_path, "A,Both,?,%,,\n", "A,joint,like.likes sex.1,\n", PRINTED)
    (found,) = first(made).bounds

    assert (first(made).verdict, ends(found)) == ("bounded", (20, 48, 19, 48.5))


def test_a_share_in_a_group_is_bounded(tmp_path: Path) -> None:
    """Of the glad (72 %) at least 20/72 and at most 48/72 are men; of the sad, nothing is known."""
    names = "sex.1@mood:glad sex.1@mood:sad"
    made = audited(tmp_path, "A,Men,?,%,,\n", f"A,number,{names},\n", PRINTED + "like,1,,10,,,1\nlike,2,,10,,,1\n")
    glad, sad = first(made).bounds

    assert ends(glad)[:2] == (100 * 20 / 72, 100 * 48 / 72)
    assert ends(sad)[:2] == (0, 100)


def test_a_printed_share_of_a_group_is_held_to_the_margins(tmp_path: Path) -> None:
    """67 % of the glad may be men (48/72), 69 % may not: they would be more than all men."""
    for value, verdict in ((67, "compatible"), (69, "contradictory")):
        made = audited(tmp_path, f"A,{value}% of the glad,{value},%,,\n", "A,number,sex.1@mood:glad,\n", PRINTED)

        assert first(made).verdict == verdict


def test_groups_that_are_printed_bound_the_whole(tmp_path: Path) -> None:
    """With 30 % of the glad (72 %) men, between 21.6 and 49.6 % of all are; 55 % printed for all cannot be."""
    bindings = "A,number,sex.1,\nB,number,sex.1@mood:glad,\n"
    for value, codes in ((48, ["audit-compatible"]), (55, ["audit-together"])):
        claims = f"A,{value}% men,{value},%,,\nB,30% of the glad,30,%,,\n"
        made = audited(tmp_path, claims, bindings, "like,likes,,72,,,1\n")

        assert told(first(made))[1] == codes


def test_times_as_many_of_two_groups_that_are_not_printed(tmp_path: Path) -> None:
    """Twice as many of the sad (20 %) as of the glad (72 %) are men, 48 % in all: 40/112 to 48/112 of the glad."""
    printed = PRINTED + "like,1,,10,,,1\nlike,2,,10,,,1\n"
    made = audited(tmp_path, "A,Half as many,2,times,,\n", "A,number,sex.1@mood:glad/sad,\n", printed)
    (found,) = first(made).bounds

    # 48 = 72·g + 20·2g + 8·x with x from 0 to 1
    assert ends(found)[:2] == (100 * 40 / 112, 100 * 48 / 112)
    assert first(made).verdict == "bounded"


def test_a_ratio_that_cannot_be_is_a_contradiction(tmp_path: Path) -> None:
    """With 90 % men no group can have five times the share of another that holds a fifth of all at most."""
    printed = "like,likes,,72,,,1\nsex,1,,90,,,1\nlike,1,,10,,,1\nlike,2,,10,,,1\n"
    made = audited(tmp_path, "A,5 times less,5,times,,\n", "A,number,sex.1@mood:glad/sad,\n", printed)

    assert told(first(made)) == ("contradictory", ["audit-ratio-impossible"])


def test_means_that_are_not_printed_lie_on_their_scale(tmp_path: Path) -> None:
    """A mean of a scale from 1 to 3 lies from 1 to 3."""
    made = audited(tmp_path, "A,Mean,?,points,,\n", "A,number,firms.taxi.mean,\n")

    assert ends(first(made).bounds[0]) == (1, 3, 1, 3)


@settings(deadline=None, max_examples=25)
@given(st.integers(1, 9), st.integers(1, 9))
def test_bounds_are_those_of_every_table_of_ten_people(
    tmp_path_factory: pytest.TempPathFactory, likes: int, men: int
) -> None:
    """The joint share lies between the least and the greatest of all tables of ten people with these margins."""
    tables = [a for a, b, c in product(range(11), repeat=3) if a + b == likes and a + c == men and a + b + c <= 10]
    printed = f"like,likes,,{likes * 10},0.0001,,1\nsex,1,,{men * 10},0.0001,,1\n"
    made = audited(tmp_path_factory.mktemp("ten"), "A,Both,?,%,,\n", "A,joint,like.likes sex.1,\n", printed)
    (found,) = first(made).bounds

    assert (found.low, found.high) == (10 * Fraction(min(tables)), 10 * Fraction(max(tables)))
