"""Every reading of a statement on both sides, and the mistakes in the tables of an audit."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.claims.audit.surveys import BINDINGS, audited, first, told

from posad.claims.audit.auditing import READINGS as DONE
from posad.claims.audit.reading import READINGS
from posad.tabulation.context import Context

SHARES = "like,5,,57,,,1\nlike,4,,32,,,1\nlike,3,,8,,,1\nlike,1,,3,,,1\n"
CASES = [
    ("A,In 2 times more,2,times,,", "number,like.5/like.4", SHARES, "contradictory", "audit-ratio"),
    ("A,In 1.8 times more,1.8,times,,", "number,like.5/like.4", SHARES, "compatible", "audit-ratio-agrees"),
    ("A,In 1.8 times less,1.8,times,,", "number,like.5/like.4", SHARES, "contradictory", "audit-ratio"),
    ("A,25 percentage points more,25,pp,,", "number,like.5-like.4", SHARES, "compatible", "audit-compatible"),
    ("A,30 percentage points more,30,pp,,", "number,like.5-like.4", SHARES, "contradictory", "audit-difference"),
    ("A,About 56% like it,56,%,,", "number,like.5", SHARES, "compatible", "audit-compatible"),
    ("A,More than half (50%),50,%,,", "number,like.5", SHARES, "contradictory", "audit-printed-differs"),
    ("A,More than 55%,55,%,,", "number,like.5", SHARES, "compatible", "audit-compatible"),
    ("A,More,,,,", "more,like.5 like.4", SHARES, "compatible", "audit-comparison-printed"),
    ("A,More,,,,", "more,like.4 like.5", SHARES, "contradictory", "audit-comparison-false"),
    ("A,Most,,,,", "majority,like.5", SHARES, "compatible", "audit-majority-true"),
    ("A,Most,,,,", "majority,like.4", SHARES, "contradictory", "audit-majority"),
    ("A,Leaders,,,,", "rank,like.5 like.4", SHARES, "compatible", "audit-rank-true"),
    ("A,Leader,,,,", "rank,like.4", SHARES, "contradictory", "audit-rank"),
    ("A,Leader,,,,", "rank,better.1", SHARES, "bounded", "audit-unprinted"),
    ("A,2 companies,2,,,", "count,list:companies", "", "compatible", "audit-count-true"),
    ("A,Three companies,,,,", "count,list:companies", "", "contradictory", "audit-count"),
    ("A,Three companies,,,,", "count,list:shown", "list:shown,a\nlist:shown,b\nlist:shown,c\n", "compatible", "audit-count-true"),
    ("A,Up to 2,2,,,", "count,better.limit", "", "compatible", "audit-count-true"),
    ("A,In order,,,,", "order,list:shown", "list:shown,«Б»\nlist:shown,а\n", "contradictory", "audit-order"),
    ("A,In order,,,,", "order,list:shown", "list:shown,«А»\nlist:shown,б\n", "compatible", "audit-order-true"),
    ("A,The unit is %,,,,", "unit,firms", "firms,mean,,2.1,,,\n", "contradictory", "audit-unit-means"),
    ("A,The unit is a mean,,,,", "unit,like", SHARES, "contradictory", "audit-unit-shares"),
    ("A,The unit is %,,,,", "unit,like", SHARES, "compatible", "audit-compatible"),
    ("A,“They like it a lot”,,,,", "label,like.5", "", "compatible", "audit-label-true"),
    ("A,“They adore it”,,,,", "label,like.5", "", "contradictory", "audit-label"),
    ("A,“Do you like your town?”,,,,", "wording,like", "", "compatible", "audit-wording-true"),
    ("A,“Do you love your town?”,,,,", "wording,like", "", "contradictory", "audit-wording"),
    ("A,Base: residents,,,,", "base,population", "", "compatible", "audit-base-words-true"),
    ("A,Base: villagers,,,,", "base,population", "", "contradictory", "audit-base-words"),
    ("A,Quotas of 4 things,4,,,", "record,sample", "", "contradictory", "audit-record"),
    ("A,“One” and “two”,2,,,", "listed,", "", "compatible", "audit-count-true"),
    ("A,“One” and “two”,3,,,", "listed,", "", "contradictory", "audit-count"),
    ("A,Top ratings 2–3,,,,", "topbox,firms.taxi.good", "", "compatible", "audit-compatible"),
    ("A,Top ratings 1–3,,,,", "topbox,firms.taxi.good", "", "contradictory", "audit-topbox-own"),
    ("A,400 towns,400,,,", "source,", "", "needs-source", "audit-source-needed"),
    ("A,“Well”,,,,", "quote,", "", "needs-source", "audit-quote-needed"),
    ("A,7% of something,7,%,,", "unstated,", "", "needs-source", "audit-unstated"),
    ("A,It makes them leave,,,,", "cause,", "", "interpretation", "audit-cause"),
    ("A,It grows,,,,", "trend,", "", "interpretation", "audit-trend"),
    ("A,It will grow,,,,", "forecast,", "", "interpretation", "audit-forecast"),
    ("A,It is good,,,,", "opinion,", "", "interpretation", "audit-opinion"),
]  # fmt: skip


@pytest.mark.parametrize(("claim", "binding", "printed", "verdict", "code"), CASES)
def test_readings(tmp_path: Path, claim: str, binding: str, printed: str, verdict: str, code: str) -> None:
    """A statement gets the verdict and the reason that its reading asks for."""
    printed = "".join(line + "," * max(0, 6 - line.count(",")) + "\n" for line in printed.splitlines())
    made = audited(tmp_path, claim + "\n", f"A,{binding},\n", printed)

    assert (told(first(made)), [p.code for p in made.problems]) == ((verdict, [code]), [])


def test_every_reading_is_tried_and_done() -> None:
    """The table of readings, the functions behind it and the cases of this page name the same ones."""
    assert set(DONE) == set(READINGS)
    assert set(READINGS) - {c[1].partition(",")[0] for c in CASES} == {"joint"}


def test_statements_that_nobody_has_read_are_answered_too(tmp_path: Path) -> None:
    """Without a binding a number needs a source, and causes and trends are told by their words."""
    claims = "A,57% like it,57,%,,\nB,Jobs lead to growth,,,,\nC,This leads to leaving,,,,\nD,A remark,,,,\n"
    made = audited(tmp_path, claims, "A,number,like.5,\n".replace("A,", "Z,"))

    assert [told(a) for a in made.answers] == [
        ("needs-source", ["audit-not-bound"]),
        ("interpretation", ["audit-trend"]),
        ("interpretation", ["audit-cause"]),
        ("interpretation", ["audit-not-bound"]),
    ]
    assert [p.code for p in made.problems] == ["audit-binding-unknown"]


def test_mistakes_are_named_at_their_places(tmp_path: Path) -> None:
    """Every mistake in the three tables is named with its line, and the sound lines are used all the same."""
    claims = "id,statement,printed_value,verdict\nA,One,57,true\nA,Two,1,true\n,Three,1,\nB,Four,32,\n"
    bindings = (
        "A,numbre,like.5,\nB,number,like.55,\nB,more,like.5,\nC,number,like.5,\nB,number,like.4,\nB,number,like.3,\n"
    )
    printed = "like,5,,many,,,1\nlike,nobody,,3,,,1\nlike,4,,32,x,,1\nlike,4,,33,,,2\n"
    made = audited(tmp_path, claims, bindings, printed)
    found = {(p.code, str(p.place)) for p in made.problems}

    assert found == {
        ("audit-columns-ignored", "claims.csv:1:1"),
        ("audit-id-twice", "claims.csv:3:1"),
        ("audit-id-missing", "claims.csv:4:1"),
        ("audit-number", "audit/printed.csv:2:1"),
        ("address-unknown-measure", "audit/printed.csv:3:6"),
        ("audit-number", "audit/printed.csv:4:1"),
        ("audit-reading-unknown", "audit/bindings.csv:2:1"),
        ("address-unknown-code", "audit/bindings.csv:3:15"),
        ("audit-binding-names", "audit/bindings.csv:4:8"),
        ("audit-binding-unknown", "audit/bindings.csv:5:1"),
        ("audit-id-twice", "audit/bindings.csv:7:1"),
        ("audit-unbound", "claims.csv:1:1"),
    }
    assert [a.verdict for a in made.answers] == ["needs-source", "contradictory"]


def test_values_do_not_belong_in_bindings(tmp_path: Path) -> None:
    """A table that says what statements equal is refused by the name of the column."""
    made = audited(tmp_path, "A,57%,57,%,,\n", "A,number,like.5,,57\n".replace(",,57", ",") + "")
    path = tmp_path / "audit/bindings.csv"
    path.write_text(BINDINGS.replace("note", "value") + "A,number,like.5,57\n", encoding="utf-8")
    from posad.claims.audit.auditing import audit
    from posad.study.folder import read_study

    study, _ = read_study(tmp_path)
    assert study is not None
    again = audit(study, tmp_path / "claims.csv", "claims.csv")

    assert [p.code for p in made.problems] == []
    assert [(p.code, p.facts["names"]) for p in again.problems] == [("audit-binding-column", "value")]


def test_answers_of_people_reproduce_or_do_not(tmp_path: Path, opened_town: Context) -> None:
    """Of 200 people 60 answered 5, 100 like it, 60 do not: what is said is held to that, with its interval."""
    claims = (
        "A,30% like it a lot,30,%,,\nB,31% like it a lot,31,%,,\nC,Most like it,,,,\nD,More like it than not,,,,\n"
        "E,1.5 times more,1.5,times,,\nF,2 times more,2,times,,\nG,First,,,,\nH,Every second likes it,50,%,,\n"
    )
    bindings = (
        "A,number,like.5,\nB,number,like.5,\nC,majority,like.likes,\nD,more,like.likes like.1-2,\n"
        "E,number,like.5/like.4,\nF,number,like.5/like.4,\nG,rank,like.5,\nH,number,like.likes,\n"
    )
    made = audited(tmp_path, claims, bindings, context=opened_town)
    verdicts = {a.statement.id: a.verdict for a in made.answers}

    assert made.against == "answers"
    assert verdicts == {
        "A": "reproduced",
        "B": "not-reproduced",
        "C": "not-reproduced",
        "D": "reproduced",
        "E": "reproduced",
        "F": "not-reproduced",
        "G": "not-reproduced",
        "H": "reproduced",
    }
    assert made.answers[1].truth == "30.0%"
    assert made.failed
