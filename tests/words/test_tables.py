"""Codes by groups, codes together, saturation, recruitment: counted by hand."""

from __future__ import annotations

from dataclasses import replace

from tests.words.made import HERE, interviews, segment

from posad.core.words import LocalText
from posad.study.words.interviews.values import InterviewPlan, Interviews, PlanGroup
from posad.words.interviews.tables import Count, codes_by, recruitment, saturation, together

TEXTS = {"A": "Р: Раз. Два.\n\nР: Три.", "B": "Р: Четыре. Пять.", "C": "Р: Шесть."}


def made() -> Interviews:
    """Return three interviews in two groups."""
    coded = [("A", "x"), ("B", "x"), ("C", "x"), ("A", "y")]
    own = interviews(TEXTS, ("top", "a", "b"), coded, {"a": "top", "b": "top"})
    groups = {"A": "one", "B": "one", "C": "two"}
    dates = {"A": "2026-01-02", "B": "2026-01-01", "C": "2026-01-03"}
    cases = tuple(replace(c, group=groups[c.id], date=dates[c.id]) for c in own.cases)
    return replace(own, cases=cases)


def test_people_and_passages_are_counted_by_group() -> None:
    """A person counts once however often they say it; the same passage coded by two coders is one; headings add those below."""
    own = made()
    segments = [
        segment(own, "Раз."), segment(own, "Раз.", coder="y"), segment(own, "Три.", "a"),
        segment(own, "Два.", "b"), segment(own, "Шесть.", "b", interview="C"),
    ]  # fmt: skip
    found = codes_by(own, segments)
    lines = {line.code.id: (line.depth, line.counts["one"], line.counts["two"], line.total) for line in found.lines}

    assert dict(found.people) == {"one": 2, "two": 1}
    assert lines == {
        "top": (0, Count(1, 3), Count(1, 1), Count(2, 4)),
        "a": (1, Count(1, 2), Count(0, 0), Count(1, 2)),
        "b": (1, Count(1, 1), Count(1, 1), Count(2, 2)),
    }


def test_pairs_of_codes_meet_on_words_and_in_paragraphs() -> None:
    """Overlapping words and a common paragraph are counted apart; coders are not told apart."""
    own = made()
    segments = [
        segment(own, "Раз. Два."), segment(own, "Два.", "b"), segment(own, "Два.", "b", "y"),
        segment(own, "Четыре.", "a", interview="B"), segment(own, "Пять.", "b", interview="B"),
    ]  # fmt: skip

    assert [(t.first, t.second, t.overlaps, t.paragraphs, t.interviews) for t in together(own, segments)] == [
        ("a", "b", 1, 2, 2)
    ]


def test_saturation_follows_the_dates() -> None:
    """New codes are counted in the order of the interviews; the mean over orders begins at the mean of single interviews."""
    own = made()
    segments = [
        segment(own, "Раз."),
        segment(own, "Пять.", "b", interview="B"),
        segment(own, "Шесть.", "b", interview="C"),
    ]
    steps = saturation(own, segments, orders=6_000)

    assert [(s.interview, s.new, s.seen) for s in steps] == [("B", 1, 1), ("A", 1, 2), ("C", 0, 2)]
    assert [round(s.expected, 1) for s in steps] == [1.0, 1.7, 2.0]
    assert (steps[0].low, steps[0].high) == (1.0, 1.0)


def test_recruitment_is_planned_and_reached() -> None:
    """Cells of the grid, groups and regions are counted by transcripts that are there; cells nobody planned are shown."""
    own = made()
    here = tuple(replace(c, region="n" if c.id != "C" else "s") for c in own.cases)
    plan = InterviewPlan(
        groups=(PlanGroup("one", LocalText.of(ru="1"), 3, HERE),),
        regions=(PlanGroup("n", LocalText.of(ru="n"), None, HERE),),
        grid={("one", "n"): 3},
    )
    found = recruitment(replace(own, cases=here, plan=plan))

    assert [(r.group, r.region, r.planned, r.reached) for r in found] == [
        ("one", "n", 3, 2),
        ("two", "s", 0, 1),
        ("one", "", 3, 2),
        ("", "n", None, 2),
    ]
