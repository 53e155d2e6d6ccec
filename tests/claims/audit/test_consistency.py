"""Printed numbers among themselves: sums, nets, bases, what rounding may do."""

from __future__ import annotations

from fractions import Fraction
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.claims.audit.surveys import audited, first, told

from posad.claims.audit.consistency import probability
from posad.core.numbers import half_up

WHOLE = "like,5,,40,,,1\nlike,4,,20,,,1\nlike,3,,15,,,1\nlike,2,,10,,,1\nlike,1,,10,,,1\nlike,99,,5,,,1\n"


def test_the_chance_of_a_gap_is_counted_right() -> None:
    """Of three roundings in tenths the gaps of a unit or more are counted one by one."""
    errors = [Fraction(2 * i + 1 - 60, 120) for i in range(60)]
    wide = sum(abs(a + b + c) >= Fraction(1, 2) for a, b, c in product(errors, repeat=3))

    assert abs(float(probability(3, Fraction(1))) - wide / 60**3) < 0.01
    assert probability(5, Fraction(2)) == Fraction(1, 60)
    assert probability(4, Fraction(3)) == 0


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("like,5,,40", "like,5,,40", ("compatible", ["audit-compatible"])),  # 100
        ("like,5,,40", "like,5,,41", ("compatible", ["audit-compatible"])),  # 101 of six is usual
        ("like,5,,40", "like,5,,43", ("contradictory", ["audit-sum-unlikely"])),  # 103: rounding may, hardly ever
        ("like,5,,40", "like,5,,44", ("contradictory", ["audit-sum-impossible"])),
        ("like,5,,40", "like,5,,36", ("contradictory", ["audit-sum-impossible"])),
    ],
)
def test_sums_are_held_to_a_hundred(tmp_path: Path, old: str, new: str, expected: tuple[str, list[str]]) -> None:
    """Six whole shares of one answer may add to 101; 103 is unlikely, 104 and 96 cannot be."""
    value = new.rpartition(",")[2]
    made = audited(tmp_path, f"A,Very much: {value}%,{value},%,,\n", "A,number,like.5,\n", WHOLE.replace(old, new))

    assert told(first(made)) == expected


def test_an_answer_that_is_not_printed_is_named(tmp_path: Path) -> None:
    """Five shares that add to 98 leave an answer out; it is told once, at the first statement about the question."""
    printed = WHOLE.replace("like,99,,5,,,1\n", "").replace(",40,", ",43,")
    claims = "A,43%,43,%,,\nB,20%,20,%,,\n"
    made = audited(tmp_path, claims, "A,number,like.5,\nB,number,like.4,\n", printed)

    assert [told(a) for a in made.answers] == [
        ("contradictory", ["audit-sum-answer-missing"]),
        ("compatible", ["audit-compatible", "audit-see"]),
    ]
    assert first(made).reasons[0].facts["missing"] == "не знаю"


def test_numbers_that_may_be_either_answers_are_added_up(tmp_path: Path) -> None:
    """Two numbers of which it is not printed whose they are fit both answers, and count once each in the sum."""
    printed = WHOLE.replace("like,2,,10", "like,1/2,,12").replace("like,1,,10", "like,1/2,,8")
    bindings = "A,number,like.1,\nB,number,like.2,\nC,number,like.2,\n"
    made = audited(tmp_path, "A,12%,12,%,,\nB,12%,12,%,,\nC,10%,10,%,,\n", bindings, printed)

    assert [a.verdict for a in made.answers] == ["compatible", "compatible", "contradictory"]


@pytest.mark.parametrize(("net", "verdict"), [(59, "compatible"), (61, "compatible"), (62, "contradictory")])
def test_nets_are_their_parts_within_rounding(tmp_path: Path, net: int, verdict: str) -> None:
    """A net of 40 and 20 may be printed as 59 to 61."""
    printed = f"like,5,,40,,,1\nlike,4,,20,,,1\nlike,likes,,{net},,,1\n"
    made = audited(tmp_path, f"A,{net}%,{net},%,,\n", "A,number,like.likes,\n", printed)

    assert first(made).verdict == verdict


def test_shares_of_those_asked_are_no_shares_of_everybody(tmp_path: Path) -> None:
    """The question was put to 20 %, yet its shares are printed with everybody as the base; without a base it is told too."""
    claims, bindings = "A,Dull: 60%,60,%,,\nB,Far: 40%,40,%,,\n", "A,number,why.1,\nB,number,why.2,\n"
    wrong = audited(tmp_path, claims, bindings, WHOLE + "why,1,,60,,% of respondents,2\nwhy,2,,40,,,2\n")
    silent = audited(tmp_path, claims, bindings, WHOLE + "why,1,,60,,,2\nwhy,2,,40,,,2\n")
    stated = audited(tmp_path, claims, bindings, WHOLE + "why,1,,60,,those who do not like it,2\nwhy,2,,40,,,2\n")

    assert [told(a) for a in wrong.answers] == [
        ("contradictory", ["audit-base-everybody"]),
        ("compatible", ["audit-compatible", "audit-see"]),
    ]
    assert told(first(silent))[1] == ["audit-base-unstated"]
    assert [a.verdict for a in stated.answers] == ["compatible", "compatible"]


def test_an_altered_share_is_found_without_a_chart(tmp_path: Path) -> None:
    """Statements alone are held to one another: the six shares of an answer, one of them changed."""
    values = {"5": 40, "4": 20, "3": 15, "2": 10, "1": 10, "99": 5}
    for code in values:
        changed = values | {code: values[code] + 5}
        claims = "".join(f"S{c},{v}%,{v},%,,\n" for c, v in changed.items())
        made = audited(tmp_path, claims, "".join(f"S{c},number,like.{c},\n" for c in values))

        assert {a.verdict for a in made.answers} == {"contradictory"}


@settings(deadline=None, max_examples=40)
@given(st.lists(st.integers(0, 1000), min_size=6, max_size=6).filter(lambda counts: sum(counts) > 0))
def test_true_shares_are_never_impossible(tmp_path_factory: pytest.TempPathFactory, counts: list[int]) -> None:
    """Shares rounded half up from real counts, and their net, never contradict what rounding allows."""
    total = sum(counts)
    shares = [int(half_up(100 * c / total)) for c in counts]
    net = int(half_up(100 * (counts[0] + counts[1]) / total))
    printed = "".join(f"like,{c},,{s},,,1\n" for c, s in zip((5, 4, 3, 2, 1, 99), shares, strict=True))
    folder = tmp_path_factory.mktemp("counts")
    made = audited(folder, f"A,{net}%,{net},%,,\n", "A,number,like.likes,\n", f"{printed}like,likes,,{net},,,1\n")

    assert first(made).verdict == "compatible"
