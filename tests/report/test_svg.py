"""What a chart says, before anybody looks at it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.report import samples
from tests.report.samples import ALL, MOVE, NETS, fact, stack, text

from posad.core.words import LocalText
from posad.evidence.values import Fact, Figure
from posad.report.svg import PAGE, PHONE, draw
from posad.report.svg.reading import base_line, description, notes, read

HOSTILE = "<script>alert(1)</script> \"'&<!-- ]]> \u202ere\x00verse שלום 👩‍👩‍👧 " + "ы" * 5000


def texts(svg: str, ink: str = "") -> list[str]:
    """Return the texts of a picture, or those in one kind of ink."""
    found = [e for e in ElementTree.fromstring(svg).iter() if e.tag.endswith("}text")]
    return [e.text or "" for e in found if ink in e.get("class", "")]


def one(values: tuple[float | None, ...], n: int = 1200) -> tuple[Figure, Mapping[str, Fact]]:
    """Return one stacked bar with two nets."""
    return stack("one", "stacked", MOVE, [("total", ALL, values, n)], NETS)


def test_numbers_are_rounded_half_up_and_stand_on_their_segments() -> None:
    """17.6, 30.4, 33.1, 14.9 and 4 per cent are printed as whole numbers on the bar."""
    assert texts(draw(*samples.move(), "ru", PAGE), "on-") == ["18", "30", "33", "15", "4"]


def test_nets_come_from_their_own_facts() -> None:
    """A net is printed as its fact says, with the sign of the language."""
    assert [t for t in texts(draw(*samples.move(), "ru", PAGE)) if "%" in t][1:] == ["48\N{NO-BREAK SPACE}%"] * 2
    assert "48%" in texts(draw(*samples.move(), "en", PAGE))


def test_number_wider_than_its_segment_is_left_to_the_tooltip() -> None:
    """A segment of half a per cent carries no number, but its words say it."""
    svg = draw(*one((0.005, 0.475, 0.3, 0.2, 0.02)), "en", PHONE)

    assert texts(svg, "on-") == ["48", "30", "20"]
    assert "Total" not in svg
    assert "Definitely not — 1%" in svg


def test_parts_that_miss_a_hundred_are_explained() -> None:
    """Printed parts 33 + 33 + 34 pass; 33 + 33 + 33 get the note on rounding."""
    said = [notes(read(*one(v), "en")) for v in ((0.3, 0.3, 0.2, 0.1, 0.1), (0.333, 0.333, 0.334, 0.0, 0.0))]

    assert [any("rounding" in n for n in each) for each in said] == [False, True]


def test_net_that_differs_from_its_printed_parts_is_explained() -> None:
    """24.6 + 24.6 = 49.2: parts print as 25 and 25, the net as 49."""
    said = notes(read(*one((0.246, 0.246, 0.25, 0.25, 0.008)), "en"))

    assert any("rounding" in n for n in said)


def test_base_under_thirty_is_not_drawn() -> None:
    """A group of 21 people gets words instead of a bar, and no number of theirs is in the picture."""
    figure, facts = samples.move_by_age()
    svg = draw(figure, facts, "ru", PAGE)
    tips = re.findall(r"<title>([^<]*)</title>", svg)

    assert "мало ответов (n = 21)" in texts(svg)
    assert [t for t in tips if t.startswith("60 лет")] == []
    assert "21*" in texts(svg)


def test_base_under_a_hundred_is_starred_and_explained() -> None:
    """A group of 92 people is shown with a star beside its base."""
    figure, facts = samples.move_by_age()

    assert "92*" in texts(draw(figure, facts, "ru", PAGE))
    assert any(n.startswith("* Мало ответов") for n in notes(read(figure, facts, "ru")))


def test_base_line_counts_people_and_the_effective_base() -> None:
    """One base is printed as it is, several as a range."""
    single, several = read(*samples.move(), "en"), read(*samples.move_by_age(), "en")

    assert base_line(single) == "Base: all respondents, n = 1,200; effective base 972"
    assert base_line(several) == "Base: all respondents, n from 21 to 1,200; effective base from 17 to 972"


def test_description_holds_every_number() -> None:
    """Those who do not see the picture get the same numbers in words."""
    said = description(read(*samples.move(simulated=True), "en"))

    assert said.startswith(
        "% of respondents, one answer. Simulated respondents. All respondents: Definitely not 18%, Rather not 30%"
    )
    assert "intend to stay 48%; would like to move 48%" in said


def test_missing_number_leaves_no_mark() -> None:
    """A fact that is not there draws nothing and breaks nothing."""
    figure, facts = samples.move()
    first = figure.bars[0].cells[0]
    svg = draw(figure, {a: f for a, f in facts.items() if a != first}, "en", PAGE)

    assert texts(svg, "on-") == ["30", "33", "15", "4"]
    assert "no data" in texts(draw(figure, {}, "en", PAGE))


def test_sums_of_a_scale_leave_out_the_middle_and_the_rest() -> None:
    """The ends of a scale print 5 and 72: answers 1-2 and 4-5, without 3 and "hard to say"."""
    svg = draw(*samples.like(), "en", PAGE)

    assert [t for t in texts(svg, "negative-2") if "%" in t] == ["5%"]
    assert [t for t in texts(svg, "positive-2") if "%" in t] == ["72%"]


def test_groups_of_a_dot_chart_differ_in_shape() -> None:
    """Colour never speaks alone: three series have three markers."""
    svg = draw(*samples.gaps(), "en", PAGE)
    legend = svg[: svg.index("More opportunities</text>") if "More opportunities</text>" in svg else 6000]

    assert ("<circle" in legend, len(set(map(len, re.findall(r'points="([^"]*)"', legend)))) > 1) == (True, True)


def test_mean_is_printed_with_one_decimal() -> None:
    """Means are numbers of the language, not per cents."""
    one_series = (("value", LocalText(), "bar"),)
    figure, _ = stack("m", "ranked", one_series, [("a", text("А", "A"), (4.04,), 500)])
    address = figure.bars[0].cells[0]

    assert "4,0" in texts(draw(figure, {address: fact(address, 4.04, 500, statistic="mean")}, "ru", PAGE))


@pytest.mark.parametrize("make", samples.EVERY_FIGURE)
def test_simulated_mark_is_inside_the_picture(make: samples.Maker) -> None:
    """A chart of simulated answers says so by itself; one of real answers does not."""
    marks = [
        texts(draw(*make(simulated), "ru", width), "warn") for simulated in (True, False) for width in (PAGE, PHONE)
    ]

    assert marks == [["Смоделированные респонденты"]] * 2 + [[]] * 2


@pytest.mark.parametrize("make", samples.EVERY_FIGURE)
def test_picture_is_named_described_and_the_same_twice(make: samples.Maker) -> None:
    """A picture has a role, a title, a description and ids of its own width, and its bytes repeat."""
    figure, facts = make(False)
    wide, narrow = draw(figure, facts, "en", PAGE), draw(figure, facts, "en", PHONE)
    root = ElementTree.fromstring(wide)

    assert (root.get("role"), root[0].tag.endswith("title"), root[1].tag.endswith("desc")) == ("img", True, True)
    assert root.get("aria-labelledby") == root[0].get("id")
    assert not set(re.findall(r' id="([^"]*)"', wide)) & set(re.findall(r' id="([^"]*)"', narrow))
    assert wide == draw(figure, dict(reversed(list(facts.items()))), "en", PAGE)


@pytest.mark.parametrize("make", samples.EVERY_FIGURE)
def test_hostile_labels_stay_text(make: samples.Maker) -> None:
    """A label with tags, quotes, control characters and five thousand letters is text, and the picture stays well-formed."""
    figure, facts = make(True)
    bad = LocalText.of(ru=HOSTILE)
    hostile = replace(
        figure,
        title=bad,
        question=bad,
        answer_type=bad,
        base_text=bad,
        notes=(bad,),
        series=tuple(replace(s, label=bad) for s in figure.series),
        bars=tuple(replace(b, label=bad) for b in figure.bars),
        brackets=tuple(replace(b, label=bad) for b in figure.brackets),
    )
    svg = draw(hostile, facts, "ru", PHONE)

    assert ElementTree.fromstring(svg) is not None
    assert "<script" not in svg
    assert "\u202e" not in svg


@given(st.lists(st.floats(0, 1), min_size=5, max_size=5), st.sampled_from((PAGE, PHONE)), st.integers(30, 5000))
def test_any_shares_can_be_drawn(shares: list[float], width: int, n: int) -> None:
    """Any five shares, even if they do not add up to a hundred, give a picture within its frame."""
    total = sum(shares) or 1
    svg = draw(*one(tuple(s / max(total, 1) for s in shares), n), "ru", width)
    ends = [
        float(e.get("x", 0)) + float(e.get("width", 0))
        for e in ElementTree.fromstring(svg).iter()
        if e.tag.endswith("}rect")
    ]

    assert max(ends) <= width + 0.5
